"""A chair with three legs is one thing, not a chair and three legs."""

import re
from typing import Any

from scene_builder.knowledge.parts import ADJECTIVES, NUMBERS, Counted, number_of, with_parts

Document = dict[str, Any]

_NUMBER = rf"(?P<number>{'|'.join(NUMBERS)}|\d+)"
_PLURALS = {"legs": "leg", "leg": "leg", "points": "point", "petals": "petal", "boards": "board",
            "shelves": "board", "links": "link", "link": "link", "drawers": "drawer",
            "drawer": "drawer"}  # fmt: skip
_AFTER = re.compile(
    rf"\b(?P<noun>[a-z]+) (?:with|of|made of|that has|which has) (?:only |exactly )?{_NUMBER} "
    rf"(?P<part>{'|'.join(_PLURALS)})\b"
)
_BEFORE = re.compile(
    rf"\b{_NUMBER}[- ](?P<part>legged|pointed|petall?ed) (?:[a-z]+ ){{0,2}}?(?P<noun>[a-z]+)\b"
)


def numbered_parts(document: Document, words: str) -> tuple[list[str], list[str]]:
    """Give, in place, things the number of parts that the words say.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        words: The prompt in small letters.

    Returns:
        Sentences for what was taken so, and for what is asked and cannot be made.
    """
    taken: list[str] = []
    refused: list[str] = []
    for found in (*_AFTER.finditer(words), *_BEFORE.finditer(words)):
        entity = next((e for e in document["entities"] if _names(found["noun"], e["noun"])), None)
        number = number_of(found["number"])
        if entity is None or number is None or any(_names(found["noun"], p) for p in _PLURALS):
            continue
        part = _part(found["part"])
        _without(document, part, keep=entity["id"])
        said = with_parts(entity["noun"], Counted(part, number))
        if said is None:
            refused.append(f"how many {part}s the {entity['noun']} has: {found[0]!r}")
        else:
            entity["noun"] = said
            taken.append(f"{found[0]!r} is taken as one thing: {said}")
    return taken, refused


def _part(word: str) -> str:
    said = word.replace("petaled", "petalled")
    return _PLURALS.get(said) or next(p for p, w in ADJECTIVES.items() if w == said)


def _names(word: str, noun: str) -> bool:
    head = noun.rsplit(" ", maxsplit=1)[-1]
    return head in (word, word.removesuffix("s"))


def _without(document: Document, part: str, *, keep: str) -> None:
    """Take away, in place, a part that was read as a thing; what is said of it holds of `keep`."""
    gone = {e["id"] for e in document["entities"] if e["noun"] == part and e["id"] != keep}
    if not gone:
        return
    document["entities"] = [e for e in document["entities"] if e["id"] not in gone]
    for kind in ("relations", "actions", "outcomes"):
        moved = [_of_whole(said, gone, keep) for said in document.get(kind, [])]
        document[kind] = [said for said in moved if said is not None]


def _of_whole(statement: Document, gone: set[str], keep: str) -> Document | None:
    """Return a statement about the whole; None for one between the whole and its part."""
    moved, ends = dict(statement), []
    for key in ("subject", "object", "actor", "target"):
        said = statement.get(key)
        if isinstance(said, list):
            moved[key] = [keep if ref.partition("#")[0] in gone else ref for ref in said]
            ends += moved[key]
        elif said:
            moved[key] = keep if said.partition("#")[0] in gone else said
            ends.append(moved[key])
    return None if moved != statement and len(ends) > len(set(ends)) else moved
