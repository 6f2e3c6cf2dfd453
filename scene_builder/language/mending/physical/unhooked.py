"""Off the wall: what falls off a wall hung there, and comes down along it."""

import re
from typing import Any

from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.nouns import plural
from scene_builder.language.mending.physical.happening import retained

Document = dict[str, Any]

_ALIVE = frozenset({"person", "animal"})
_FALLS = r"(?:falls?|fell|falling|drops?|slips?|slides?|comes?|came|crashes|tumbles?|jumps?|flies)"
_OFF = rf"(?: \w+ly)? {_FALLS}(?: straight| right)?(?: down)? (?:off|from)(?: of)?"
_WALL = r"(?:the|a|an|its|his|her|their|my|our) (?:[\w-]+ ){0,2}?wall\b"
_HOW = frozenset({"fall", "drop", "slide"})


def unhooked(document: Document, text: str) -> None:
    """Say, in place, that what falls off the wall hung there: nothing stands on a wall.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        text: The lower-case prompt, its closed wordings blanked out.
    """
    if any(entity["noun"] == "wall" for entity in document["entities"]):
        return
    for entity in document["entities"]:
        noun, one = entity["noun"], entity["id"]
        either = f"(?:{re.escape(noun)}|{re.escape(plural(noun))})"
        if not _is_alive(noun) and re.search(rf"\b{either}{_OFF} {_WALL}", text):
            _hang(document, one)


def _is_alive(noun: str) -> bool:
    match = resolve_noun(noun)
    return match is not None and bool({match.noun.name, *hypernyms_of(match.noun.name)} & _ALIVE)


def _hang(document: Document, one: str) -> None:
    placed = {"on", "inside", "attached_to", "hanging_from"}
    if not any(r["subject"] == one and r["predicate"] in placed for r in document["relations"]):
        document["relations"].append({"subject": one, "predicate": "on", "object": ["wall"]})
    retained(
        document,
        "outcomes",
        lambda o: (
            o["subject"] != one
            or o.get("object") != "wall"
            or o["predicate"] not in {"touches", "falls_off"}
        ),
    )
    mine = [a for a in document["actions"] if a["actor"] == one and a["verb"] in _HOW]
    for action in mine[:1]:
        action |= {"verb": "fall", "direction": "off"}
    if not mine:
        document["actions"].append({"actor": one, "verb": "fall", "direction": "off"})
