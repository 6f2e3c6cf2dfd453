"""What happens to what: things stand until something befalls them, and break by what they meet."""

from collections.abc import Callable
from typing import Any

Document = dict[str, Any]

_BEFALLING = {("subject", "falls"), ("subject", "falls_off"), ("object", "knocks_over"),
              ("subject", "moves")}  # fmt: skip
_STRIKING = frozenset({"touches", "knocks_over"})


def befallen(document: Document) -> None:
    """Take out of `document`, in place, actions that are only how something ends.

    Of "cups stand on a table, the last falls" the cups do not stay; of "a book hits a lamp and
    the lamp falls over" the lamp does not fall by itself; and a stack that wobbles hangs nowhere.
    """
    if any(action.get("after") is not None for action in document["actions"]):
        return
    struck = _struck(document)
    ended = {
        _name(o[key]) for o in document["outcomes"] if not o.get("negated")
        for key in ("subject", "object")
        if o.get(key) and (key, o["predicate"]) in _BEFALLING
    }  # fmt: skip
    ended |= {_name(a["actor"]) for a in document["actions"] if a["verb"] != "stay"}
    fallen = {o["subject"] for o in document["outcomes"] if o["predicate"] == "falls"}
    stacked = {r["subject"] for r in document["relations"] if r["predicate"] == "stacked"}

    def only_ends(action: Document) -> bool:
        actor = action["actor"]
        if action["verb"] == "fall" and action.get("direction") in (None, "down"):
            return actor in fallen and _name(actor) in struck
        return (action["verb"] == "stay" and _name(actor) in ended) or (
            action["verb"] == "swing" and actor in stacked)  # fmt: skip

    document["actions"] = [action for action in document["actions"] if not only_ends(action)]


def broken(document: Document) -> None:
    """Send, in place, what breaks by touching something there: "a balloon pops on a cactus"."""
    moved = {a["actor"] for a in document["actions"] if a["verb"] not in {"explode", "stay"}}
    for action in [a for a in document["actions"] if a["verb"] == "explode"]:
        met = [
            o["object"] for o in document["outcomes"]
            if o["predicate"] == "touches" and o["subject"] == action["actor"]
            and o.get("object") and not o.get("negated")
        ]  # fmt: skip
        if met and action["actor"] not in moved:
            place = document["actions"].index(action)
            sent = {"actor": action["actor"], "verb": "throw", "target": met[0]}
            document["actions"].insert(place, sent)
            for other in document["actions"]:
                if other.get("after") is not None and other["after"] >= place:
                    other["after"] += 1


def retained(document: Document, part: str, keeps: Callable[[Document], bool]) -> None:
    """Keep, in place, the statements of a part for which `keeps` holds.

    What came after one that goes comes after what that one came after.
    """
    said = document[part]
    places: dict[int, int] = {}
    for k, one in enumerate(said):
        if keeps(one):
            places[k] = len(places)
    for k in places:
        after = said[k].get("after")
        while after is not None and after not in places:
            after = said[after].get("after")
        if said[k].get("after") is not None:
            said[k] = {**said[k], "after": None if after is None else places[after]}
    document[part] = [said[k] for k in places]


def _struck(document: Document) -> set[str]:
    """The things that something else is said to hit."""
    return {
        _name(o["object"]) for o in document["outcomes"]
        if o["predicate"] in _STRIKING and o.get("object") and not o.get("negated")
        and _name(o["object"]) != _name(o["subject"])
    }  # fmt: skip


def _name(ref: str) -> str:
    return ref.partition("#")[0]
