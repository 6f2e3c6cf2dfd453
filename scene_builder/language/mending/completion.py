"""What the words imply: targets, counts and ends that follow from what they say."""

import math
from typing import Any

from scene_builder.knowledge.words.nouns import FOR_ONE, FURNITURE, TABLETOP, plural
from scene_builder.language.mending.contradictions import doubts
from scene_builder.language.mending.physical.happening import befallen, broken

Document = dict[str, Any]
_MET = {"touches", "knocks_over"}
_AIMED = _MET | {"lands_in", "lands_on"}
_FALLING = {"drop", "throw", "launch", "kick"}
_MOVING = {"roll", "slide", "throw", "kick", "launch", "swing", "fly", "bounce", "drop", "run"}
_HELD = {"on", "inside", "hanging_from"}
_EACH_MEANT = 3
"""Up to so many things are each meant where a blow is said of them all."""
_SIDEWAYS = {"behind", "in_front_of", "beside", "near", "left_of", "right_of", "between"}


def completed(document: Document) -> list[str]:
    """Add to `document`, in place, what its statements imply.

    Returns:
        One sentence for each choice that the words leave open.
    """
    assumptions: list[str] = []
    befallen(document)
    broken(document)
    _falls_off(document)
    _aims(document)
    _counts(document, assumptions)
    _nearest_to_its_like(document, assumptions)
    _same_support(document, assumptions)
    return [*assumptions, *doubts(document)]


def _falls_off(document: Document) -> None:
    """What rolls off something falls off it."""
    support = {
        r["subject"]: r["object"][0] for r in document["relations"] if r["predicate"] == "on"
    }
    for action in document["actions"]:
        under = support.get(action["actor"])
        said = [o for o in document["outcomes"] if o["subject"] == action["actor"]
                and o["predicate"] in {"falls_off", "stays_on"}]  # fmt: skip
        if action.get("direction") == "off" and under not in (None, "wall") and not said:
            for outcome in document["outcomes"]:
                if outcome.get("after") is not None:
                    outcome["after"] += 1
            document["outcomes"].insert(
                0, {"predicate": "falls_off", "subject": action["actor"], "object": under}
            )


def _aims(document: Document) -> None:
    """What hits something was aimed at it, unless it meets it only by what happens on the way."""
    aimed = {action["actor"] for action in document["actions"] if action.get("target") is not None}
    leaving = {
        o["subject"] for o in document["outcomes"]
        if o["predicate"] == "falls_off" and not o.get("negated")
    }  # fmt: skip
    for k, action in enumerate(document["actions"]):
        who = action["actor"]
        if who in aimed or action["verb"] not in _MOVING:
            continue
        falling = action["verb"] in _FALLING
        hits = [
            o["object"]
            for o in document["outcomes"]
            if o["subject"] == who and _leads_to(document["actions"][k:], o)
            and o["predicate"] in (_AIMED if falling else _MET)
            and not o.get("negated")
            and o.get("object") not in (None, "ground", who)
        ]  # fmt: skip
        if hits and (falling or not (who in leaving or action.get("direction") == "off")):
            action["target"] = hits[0]


def _leads_to(actions: list[dict[str, Any]], outcome: dict[str, Any]) -> bool:
    """Whether the first of `actions` is the last of its actor's before the words of an outcome."""
    verb, end = _place(actions[0], "verb"), _place(outcome, "predicate")
    if verb is None or end is None:
        return True
    between = [
        other for other in actions[1:]
        if other["actor"] == actions[0]["actor"] and verb < (_place(other, "verb") or 0) < end
    ]  # fmt: skip
    return verb <= end and not between


def _place(said: dict[str, Any], field: str) -> int | None:
    place = said.get("spans", {}).get(field)
    return None if place is None else int(place[0])


def _counts(document: Document, assumptions: list[str]) -> None:
    entities = {entity["id"]: entity for entity in document["entities"]}
    stacked = {r["subject"] for r in document["relations"] if r["predicate"] == "stacked"}
    loose = _judged_alone(document)
    for said in document["outcomes"]:
        entity = entities.get(said.get("object") or said["subject"])
        if entity is None or said.get("count") is not None:
            continue
        count = entity.get("count", 1)
        if said.get("object") and said["subject"].startswith(f"{said['object']}#"):
            count -= 1  # the first of six knocks over the other five
        if said.get("negated") or count == 1:
            continue
        things = plural(entity["noun"])
        if said["predicate"] == "touches" and entity["id"] not in loose:
            said |= {"count": 1, "compare": "at_least"}
            assumptions.append(f"hitting the {count} {things} is taken as touching at least one")
        elif said["predicate"] == "knocks_over" and entity["id"] in stacked:
            half = math.ceil(count / 2)
            said |= {"count": half, "compare": "at_least"}
            assumptions.append(
                f"the stack is taken as toppled when at least {half} {things} have fallen"
            )
        elif said["predicate"] in {"knocks_over", "touches"}:
            said["count"] = count


def _judged_alone(document: Document) -> set[str]:
    """Few things of which being touched is all that is said: each of them is meant.

    A ball that rolls into a row of dominoes, into ten bottles, or into pins of which three fall,
    touches the first.
    """
    rows = {r["subject"] for r in document["relations"] if r["predicate"] in {"in_row", "stacked"}}
    judged = {
        o.get("object") or o["subject"] for o in document["outcomes"] if o["predicate"] != "touches"
    }
    few = {e["id"] for e in document["entities"] if e.get("count", 1) <= _EACH_MEANT}
    return few - rows - judged


def _nearest_to_its_like(document: Document, assumptions: list[str]) -> None:
    """In "a coin on a desk behind a candle" the coin is behind the candle, not the desk.

    Nobody tells where furniture is by something small that would stand on it.
    """
    nouns = {entity["id"]: entity["noun"] for entity in document["entities"]}
    carried: dict[str, list[str]] = {}
    for said in document["relations"]:
        if said["predicate"] == "on":
            carried.setdefault(said["object"][0], []).append(said["subject"])
    supported = {r["subject"] for r in document["relations"] if r["predicate"] in _HELD}
    for said in list(document["relations"]):
        subject, others = said["subject"], said["object"] or []
        upon = [ref for ref in carried.get(subject, []) if nouns.get(ref) in TABLETOP]
        if (
            said["predicate"] in _SIDEWAYS and nouns.get(subject) in FURNITURE and len(upon) == 1
            and all(nouns.get(ref) in TABLETOP and ref not in supported for ref in others)
        ):  # fmt: skip
            said["subject"] = upon[0]
            twins = [r for r in document["relations"] if _same(r, said)]
            if len(twins) > 1:  # it was said already
                document["relations"].remove(twins[-1])
            assumptions.append(
                f"the {nouns[upon[0]]}, and not the {nouns[subject]}, is taken to be "
                f"{said['predicate'].replace('_', ' ')} the {nouns[others[0]]}"
            )


def _same(one: Document, other: Document) -> bool:
    return all(one[key] == other[key] for key in ("subject", "predicate", "object"))


def _same_support(document: Document, assumptions: list[str]) -> None:
    """What stands beside a thing on a table stands on that table too."""
    nouns = {entity["id"]: entity["noun"] for entity in document["entities"]}
    support = {
        r["subject"]: r["object"][0] for r in document["relations"] if r["predicate"] in _HELD
    }
    movers = {action["actor"] for action in document["actions"] if action["verb"] != "stay"}
    for said in list(document["relations"]):
        if said["predicate"] not in _SIDEWAYS:
            continue
        under = support.get(said["subject"])
        if under is None or nouns.get(under) not in FURNITURE - FOR_ONE:
            continue
        for other in said["object"]:
            small = nouns.get(other) in TABLETOP and nouns.get(said["subject"]) in TABLETOP
            if other in support or other == under or not small or other in movers:
                continue
            document["relations"].append({"subject": other, "predicate": "on", "object": [under]})
            support[other] = under
            assumptions.append(
                f"the {nouns[other]} is taken to stand on the {nouns[under]}, as the "
                f"{nouns[said['subject']]} beside it does"
            )
