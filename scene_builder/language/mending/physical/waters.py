"""Lakes and the sea are places: what falls into one lands in the water of the place.

Water is no thing that stands somewhere, so a graph says `lands_in ground` of what falls into it,
at a place that has a shore.
"""

import re
from typing import Any

from scene_builder.language.phrases.wordings import Facts

Document = dict[str, Any]

_INLAND = ("lake", "pond", "river", "stream", "swimming pool", "pool", "lagoon", "creek", "canal",
           "reservoir", "water")  # fmt: skip
_AT_SEA = ("sea", "ocean", "bay")
_NO_PLACES = frozenset({"water", "bay", "creek", "canal", "reservoir", "lagoon"})
_WATERS = frozenset({*_INLAND, *_AT_SEA})
_INTO_WATER = re.compile(
    r"\b(?:into|in|inside)\s+(?:an?\s+|the\s+|some\s+)?"
    r"(?:(?:calm|deep|cold|clear|blue|small|large|big|quiet|still|nearby|open|shallow|smooth|"
    r"frozen|mountain|forest|garden|duck)\s+)*"
    r"(?P<water>" + "|".join(sorted(_WATERS, key=len, reverse=True)) + r")\b"
    r"(?!\s+(?:of|in|table|ball|bottle|glass|bucket|tank|jug|bowl|boat|toy)\b)"
)
_ON_WATER = re.compile(
    r"\b(?:on|upon|across|over|in|down|along)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?"
    r"(?P<water>" + "|".join(sorted(_WATERS, key=len, reverse=True)) + r")\b"
)
_PLUNGING = frozenset({"drop", "fall", "throw", "launch", "bounce", "kick"})
_ARRIVING = frozenset({"lands_in", "lands_on", "touches", "falls_off"})


def at_water(document: Document, facts: Facts, prompt: str) -> list[str]:
    """Read, in place, a lake or the sea that something falls into as where it happens.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        facts: What the closed wordings say; the place is set there.
        prompt: The prompt.

    Returns:
        One sentence if the words speak of water.
    """
    match = _INTO_WATER.search(prompt.lower())
    falling = [a["actor"] for a in document["actions"] if a["verb"] in _PLUNGING]
    named = [e["id"] for e in document["entities"] if e["noun"] in _WATERS]
    into = [o["subject"] for o in document["outcomes"]
            if o["predicate"] == "lands_in" and o.get("object") in (*named, "ground")]  # fmt: skip
    leaving = [a["actor"] for a in document["actions"] if a.get("direction") == "off"]
    plunging = [ref for ref in dict.fromkeys((*falling, *into)) if ref not in named]
    resting = _ON_WATER.search(prompt.lower()) if named else None
    if match is None and resting is not None and facts.setting.get("place") is not None:
        return []
    if match is None and resting is not None:
        plunging = []
    match = match or resting
    if match is None or "frozen" in match[0] or not (plunging or named):
        return []
    water = match["water"]
    place = facts.setting.get("place")
    if place is None or (plunging and place not in _WATERS | {"beach", "lakeside", "harbour"}):
        facts.setting["place"] = "lake" if water in _NO_PLACES else water
    _without(document, named)
    plunging = [ref for ref in plunging if ref not in leaving]
    if not plunging:
        return [f"the {water} is taken as the place"]
    outcomes = document["outcomes"]
    for said in outcomes:
        if said.get("object") == "ground" and said["predicate"] in _ARRIVING and (
            said["subject"] in plunging):  # fmt: skip
            said["predicate"] = "lands_in"
    landed = {o["subject"] for o in outcomes if o["predicate"] == "lands_in"}
    goals = {a["actor"] for a in document["actions"] if a.get("target") is not None}
    last = [ref for ref in plunging if ref not in landed | goals][-1:] if not landed else []
    outcomes += [{"predicate": "lands_in", "subject": r, "object": "ground"} for r in last]
    document["actions"] = [
        a for a in document["actions"] if a["verb"] != "float" or a["actor"] not in plunging
    ]
    return [f"the {water} is taken as the place, and as what the {plunging[-1]} falls into"]


def _without(document: Document, named: list[str]) -> None:
    """Take the water out of the things; what is said of it is said of the ground."""
    document["entities"] = [e for e in document["entities"] if e["id"] not in named]
    document["relations"] = [
        r for r in document["relations"]
        if r["subject"] not in named and not set(r["object"] or ()) & set(named)
    ]  # fmt: skip
    document["actions"] = [a for a in document["actions"] if a["actor"] not in named]
    for action in document["actions"]:
        if action.get("target") in (*named, "ground"):
            action["target"] = None
    document["outcomes"] = [o for o in document["outcomes"] if o["subject"] not in named]
    moved = {a["actor"] for a in document["actions"] if a["verb"] in _PLUNGING}
    moved -= {a["actor"] for a in document["actions"] if a.get("direction") == "off"}
    acting = {a["actor"] for a in document["actions"]}
    kept = []
    for outcome in document["outcomes"]:
        wet = outcome.get("object") in (*named, "ground") and outcome["predicate"] in _ARRIVING
        if wet and outcome["subject"] in acting - moved:
            continue  # it rolls there, and lakes have shallows
        kept.append(outcome | ({"object": "ground"} if outcome.get("object") in named else {}))
    document["outcomes"] = kept
