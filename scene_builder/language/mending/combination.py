"""What the model and the noun phrases say together: attributes are read where they stand."""

import re
from dataclasses import dataclass
from typing import Any

from scene_builder.language.notation.counting import numbers_said
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.wordings import Facts

Document = dict[str, Any]

_OF_THE = re.compile(r"\bof (?:the|these|those) $")
"""What stands before the number of what was named just now: "one brick of the eight"."""
_PAIRED = frozenset({"sunglasses", "glasses", "spectacles", "goggles", "scissors", "shears",
                     "pliers", "tongs", "tweezers", "binoculars", "headphones", "trousers",
                     "jeans", "shorts", "pants", "tights", "pyjamas", "stairs",
                     "steps"})  # fmt: skip
"""Things that are one and have no singular."""
_FOODS = frozenset({"chocolate", "lime", "olive", "plum", "tomato", "salmon", "aquamarine",
                    "cornsilk", "goldenrod", "lavender", "orchid"})  # fmt: skip
"""Colours whose word as often says of what food or flower something is: "a chocolate cake"."""
_STUFFS = frozenset({"sand", "ice", "jelly", "straw", "brick", "felt", "lead", "wax"})
"""Materials that also fill or load a thing: "a sand tray", "a pallet of bricks"."""
_HIGH = frozenset({"tall"})
"""A high chair, a high striker."""
_PLANTS = frozenset({"tree", "branch", "leaf", "forest", "cone", "log", "nut", "needle"})
"""Things of which "oak" or "pine" says the kind, not the material."""


def combined(document: Document, facts: Facts) -> list[str]:
    """Set, in place, attributes of entities that exactly one noun phrase describes.

    Where a noun heads one describing phrase and one entity, the words next to it are more
    reliable than a small model's memory of them; elsewhere the model decides.

    Returns:
        One sentence for each value that was set right.
    """
    rest = stated_quantities(facts.rest)[1]
    chunks = chunks_of(rest)
    repairs: list[str] = []
    for entity in document["entities"]:
        same = [e for e in document["entities"] if e["noun"] == entity["noun"]]
        phrases = [c for c in chunks if c.noun == entity["noun"] and _describes(c)]
        if len(same) == 1 and len(phrases) == 1:
            _set_right(entity, phrases[0], _Words(rest, chunks), repairs)
    return repairs


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    chunks: list[Chunk]


def _describes(chunk: Chunk) -> bool:
    return not chunk.definite or bool(chunk.color or chunk.material or chunk.size or chunk.counted)


def _set_right(entity: Document, chunk: Chunk, words: _Words, repairs: list[str]) -> None:
    stated = {
        "count": chunk.count if not _counts_otherwise(entity, chunk, words) else None,
        "color": chunk.color[0] if chunk.color else None,
        "material": chunk.material[0] if chunk.material else None,
        "size": chunk.size[0] if chunk.size else None,
    }
    for field, value in stated.items():
        have = entity.get(field, 1 if field == "count" else None)
        if value is None or have == value or (have is None and _may_mislead(entity, chunk, field)):
            continue
        entity[field] = value
        repairs.append(f"{entity['id']}: the {field} was read as {have}, the words say {value}")


def _counts_otherwise(entity: Document, chunk: Chunk, words: _Words) -> bool:
    """Whether the words may say another number of the entity than stands in its one phrase."""
    have, said = entity.get("count", 1), chunk.count
    if said is None or entity["noun"] in _PAIRED:
        return True
    alike = [c for c in words.chunks if _same_kind(c.noun, entity["noun"])]
    if have == 1:  # "as nets do"
        return chunk.counted is None and any(c.count == 1 or not c.several for c in alike)
    if chunk.counted is None and chunk.several:  # "pencils, ten of them"
        return have in numbers_said(words.text)
    shared = re.search(r"\b(?:each|every|all)\b", words.text)  # "a weight on each of six"
    if shared and said == 1:
        return have in numbers_said(words.text)
    taken = [
        c.counted for c in words.chunks
        if c.counted is not None and c not in alike
        and not _OF_THE.search(words.text[: c.counted[0]])
    ]  # fmt: skip
    others = "".join(
        " " if any(start <= k < end for start, end in taken) else letter
        for k, letter in enumerate(words.text)
    )
    return have > said and have in numbers_said(others)  # "one of the eight", "a fifth"


def _same_kind(one: str, other: str) -> bool:
    return one.rsplit(" ", maxsplit=1)[-1] == other.rsplit(" ", maxsplit=1)[-1]


def _may_mislead(entity: Document, chunk: Chunk, field: str) -> bool:
    """Whether a word that may be no quality was rightly not read as one."""
    place = getattr(chunk, field)
    if place is None:
        return False
    doubtful = {"color": _FOODS, "size": _HIGH}.get(field, _STUFFS)
    other = {"material": "color", "color": "material"}.get(field, "")
    both = entity.get(other) == place[0]  # "gold" is read as either
    tree = entity["noun"].rsplit(" ", maxsplit=1)[-1] in _PLANTS
    return both or place[0] in doubtful or (field == "material" and tree)
