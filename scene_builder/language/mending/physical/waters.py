"""Lakes and the sea are places: what falls into one lands in the water of the place.

Water is no thing that stands somewhere, so a graph says `lands_in ground` of what falls into it,
at a place that has a shore. What lands in grass or sand lands on the ground.
"""

import re
from typing import Any

from scene_builder.language.mending.physical.happening import retained
from scene_builder.language.phrases.wordings import Facts

Document = dict[str, Any]

_INLAND = ("lake", "pond", "river", "stream", "swimming pool", "pool", "lagoon", "creek", "canal",
           "reservoir", "water")  # fmt: skip
_AT_SEA = ("sea", "ocean", "bay")
_NO_PLACES = frozenset({"water", "bay", "creek", "canal", "reservoir", "lagoon"})
_WATERS = frozenset({*_INLAND, *_AT_SEA})
_ANY_WATER = "|".join(sorted(_WATERS, key=len, reverse=True))
_INTO_WATER = re.compile(
    r"\b(?:into|in|inside)\s+(?:an?\s+|the\s+|some\s+)?"
    r"(?:(?:calm|deep|cold|clear|blue|small|large|big|quiet|still|nearby|open|shallow|smooth|"
    r"frozen|mountain|forest|garden|duck)\s+)*"
    rf"(?P<water>{_ANY_WATER})\b"
    r"(?!\s+(?:of|in|table|ball|bottle|glass|bucket|tank|jug|bowl|boat|toy)\b)"
)
_ON_WATER = re.compile(
    r"\b(?:on|upon|across|over|in|down|along)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?"
    rf"(?P<water>{_ANY_WATER})\b"
)
_WATER = re.compile(rf"\b(?P<water>{_ANY_WATER})\b")
_INTO_LAND = re.compile(
    r"\b(?:into|in)\s+(?:the\s+|some\s+|an?\s+)?(?:\w+\s+)?"
    r"(?:grass|lawn|sand|mud|snow|dirt|soil|earth|gravel|dust|leaves|meadow|field|hay|moss)\b"
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
    words = prompt.lower()
    read = _read(document, facts, words)
    wet = _said(_WATER, words, document) is not None and _INTO_LAND.search(words) is None
    for outcome in [] if read or wet else document["outcomes"]:
        if outcome["predicate"] == "lands_in" and outcome.get("object") == "ground":
            outcome["predicate"] = "lands_on"
    return read


def _read(document: Document, facts: Facts, words: str) -> list[str]:
    match = _said(_INTO_WATER, words, document)
    named = [e["id"] for e in document["entities"] if e["noun"] in _WATERS]
    into, plunging = _arriving(document, named)
    resting = _said(_ON_WATER, words, document) if named else None
    if match is None and resting is not None and facts.setting.get("place") is not None:
        return []
    if match is None and resting is not None:
        plunging = []
    match = match or resting
    if match is None or "frozen" in match[0] or not (plunging or into or named):
        return []
    water = match["water"]
    place = facts.setting.get("place")
    if place is None or (plunging and place not in _WATERS | {"beach", "lakeside", "harbour"}):
        facts.setting["place"] = "lake" if water in _NO_PLACES else water
    _without(document, named)
    leaving = [a["actor"] for a in document["actions"] if a.get("direction") == "off"]
    plunging = [ref for ref in plunging if ref not in leaving]
    if not plunging:
        return [f"the {water} is taken as the place"]
    _plunge(document, plunging)
    return [f"the {water} is taken as the place, and as what the {plunging[-1]} falls into"]


def _said(pattern: re.Pattern[str], words: str, document: Document) -> re.Match[str] | None:
    """Return the first water that is not part of a thing's name: a water barrel is none."""
    nouns = [e["noun"].replace("_", " ").lower() for e in document["entities"]]
    things = [noun for noun in nouns if noun not in _WATERS]
    spans = [f.span() for noun in things for f in re.finditer(rf"\b{re.escape(noun)}", words)]
    heads = "|".join(re.escape(noun.rsplit(" ", maxsplit=1)[-1]) for noun in things)
    for match in pattern.finditer(words):
        start, end = match.span("water")
        inside = any(low <= start and end <= high for low, high in spans)
        if not inside and not (heads and re.match(rf"[\s-]+(?:{heads})(?:e?s)?\b", words[end:])):
            return match
    return None


def _arriving(document: Document, named: list[str]) -> tuple[list[str], list[str]]:
    """Return what is said to end in the water, and what comes down into it from the air."""
    falling = [a["actor"] for a in document["actions"] if a["verb"] in _PLUNGING]
    into = [o["subject"] for o in document["outcomes"]
            if o["predicate"] == "lands_in" and o.get("object") in (*named, "ground")]  # fmt: skip
    acting = {a["actor"] for a in document["actions"]}
    # What nobody moves is dropped; what rolls there finds shallows.
    plunging = dict.fromkeys((*falling, *(ref for ref in into if ref not in acting)))
    return into, [ref for ref in plunging if ref not in named]


def _plunge(document: Document, plunging: list[str]) -> None:
    """Let, in place, what comes down from the air land in the water, and float by itself."""
    outcomes = document["outcomes"]
    for said in outcomes:
        if said.get("object") == "ground" and said["predicate"] in _ARRIVING and (
            said["subject"] in plunging):  # fmt: skip
            said["predicate"] = "lands_in"
    landed = {o["subject"] for o in outcomes if o["predicate"] == "lands_in"}
    goals = {a["actor"] for a in document["actions"] if a.get("target") is not None}
    last = [ref for ref in plunging if ref not in landed | goals][-1:] if not landed else []
    outcomes += [{"predicate": "lands_in", "subject": r, "object": "ground"} for r in last]
    floating = {a["actor"] for a in document["actions"] if a["verb"] == "float"}
    document["relations"] = [
        r for r in document["relations"]
        if r["predicate"] not in ("inside", "on") or r["subject"] not in floating
        or not set(r["object"] or ()) & set(plunging)
    ]  # fmt: skip
    retained(document, "actions", lambda a: a["verb"] != "float" or a["actor"] not in plunging)


def _without(document: Document, named: list[str]) -> None:
    """Take the water out of the things; what is said of it is said of the ground."""
    document["entities"] = [e for e in document["entities"] if e["id"] not in named]
    document["relations"] = [
        r for r in document["relations"]
        if r["subject"] not in named and not set(r["object"] or ()) & set(named)
    ]  # fmt: skip
    retained(document, "actions", lambda a: a["actor"] not in named)
    for action in document["actions"]:
        if action.get("target") in (*named, "ground"):
            action["target"] = None
    moved = {a["actor"] for a in document["actions"] if a["verb"] in _PLUNGING}
    moved -= {a["actor"] for a in document["actions"] if a.get("direction") == "off"}
    acting = {a["actor"] for a in document["actions"]}

    def stays(outcome: Document) -> bool:
        wet = outcome.get("object") in (*named, "ground") and outcome["predicate"] in _ARRIVING
        # What rolls there may find shallows.
        return outcome["subject"] not in named and not (
            wet and outcome["subject"] in acting - moved)  # fmt: skip

    retained(document, "outcomes", stays)
    for outcome in document["outcomes"]:
        if outcome.get("object") in named:
            outcome["object"] = "ground"


_CRAFT = ("boat", "ship", "yacht", "canoe", "kayak", "raft", "ferry", "schooner", "catamaran",
          "frigate", "galleon", "gondola", "tanker", "dinghy")  # fmt: skip
_SAILED = frozenset({"roll", "slide", "fly", "run", "walk"})
_ON_LAND = re.compile(r"\b(?:roll|slid|push|pull|slope|ramp|table|floor|shelf|desk|trailer)\w*\b")


def sailed(document: Document, text: str) -> None:
    """Let, in place, boats and ships that go somewhere float there, unless they are on land.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        text: The lower-case prompt.
    """
    if _ON_LAND.search(text):
        return
    craft = {one["id"] for one in document["entities"] if one["noun"].endswith(_CRAFT)}
    carried = {r["subject"] for r in document["relations"] if r["predicate"] in {"on", "inside"}
               and r["object"] != ["ground"]}  # fmt: skip
    for action in document["actions"]:
        if action["actor"] in craft - carried and action["verb"] in _SAILED:
            action["verb"] = "float"
