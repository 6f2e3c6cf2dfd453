"""How many are taken where the words name a group and no number."""

import re
from collections.abc import Sequence
from typing import Any

from scene_builder.knowledge.words.nouns import plural
from scene_builder.knowledge.words.quantities import PLURAL_COUNT
from scene_builder.language.phrases.counting import Chunk

_ROW_COUNT = 6
"""Fewer than this make no chain that falls one by one, and no pyramid."""
_CHAINED = frozenset({"domino"})
_BUILT = re.compile(r"\b(?:pyramids?|walls?)\b")


def numbered(document: dict[str, Any], text: str, chunks: Sequence[Chunk]) -> list[str]:
    """Take more than the usual few of what is named as a chain, a pyramid or a wall.

    Args:
        document: Lists of entities, relations and outcomes; it is changed.
        text: The words.
        chunks: Their noun phrases.

    Returns:
        One sentence for each number that was taken.
    """
    stacked = {r["subject"] for r in document["relations"] if r["predicate"] == "stacked"}
    told = []
    for entity in document["entities"]:
        open_number = entity.get("count") == PLURAL_COUNT and not any(
            chunk.counted for chunk in chunks if chunk.noun == entity["noun"]
        )
        piled = entity["id"] in stacked and _BUILT.search(text) is not None
        if not open_number or not (entity["noun"] in _CHAINED or piled):
            continue
        entity["count"] = _ROW_COUNT
        for said in document["outcomes"]:
            counts = said.get("object") or said["subject"]
            if counts == entity["id"] and said.get("count") == PLURAL_COUNT:
                said["count"] = _ROW_COUNT
        told.append(f"how many {plural(entity['noun'])} is not said: {_ROW_COUNT} are taken")
    return told
