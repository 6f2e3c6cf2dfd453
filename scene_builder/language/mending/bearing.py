"""Words that things bear, written into their entities."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scene_builder.knowledge.words.nouns import singular
from scene_builder.language.phrases.closed.written import APART, SIGNS
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.wordings import Written

MOST_LETTERS = 200
"""Longest text of an entity."""


def attach_written(
    document: dict[str, Any], written: list[Written], chunks: list[Chunk]
) -> list[tuple[str, int, int]]:
    """Write the words that things bear into their entities.

    Args:
        document: The parts of the graph, as JSON values; it is changed.
        written: What is written, and near which words.
        chunks: The noun phrases of the prompt without it.

    Returns:
        (path, start, end) of the evidence.
    """
    spans = []
    for said in written:
        index = next(_bearers(document, said, chunks), None)
        if index is None:
            continue
        entity = document["entities"][index]
        parts = [*filter(None, [entity.get("text")]), said.text]
        entity["text"] = APART.join(parts)[:MOST_LETTERS]
        if said.side == "self" and entity["noun"] in ("letter", "block letter"):
            row = spelled_out(entity, document["relations"])
            document["relations"] += [row] if row is not None else []
        elif entity["text"].count(APART) >= entity["count"]:
            entity["text"] = entity["text"].replace(APART, " ")
        spans.append((f"entities.{index}.text", said.start, said.end))
    return spans


def spelled_out(
    entity: dict[str, Any], relations: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Make an entity of letters one body for each glyph.

    Args:
        entity: The letters, with their text; it is changed.
        relations: What is said already of how things stand.

    Returns:
        The relation that puts them in a row in which they can be read, where none is said.
    """
    entity["noun"] = "block letter"
    glyphs = entity["text"].split(APART)
    if len(glyphs) == 1 and len(glyphs[0]) > 1:
        glyphs = [c for c in glyphs[0] if not c.isspace()]
    entity["text"], entity["count"] = APART.join(glyphs)[:MOST_LETTERS], len(glyphs)
    grouped = any(
        said["subject"] == entity["id"] and said["predicate"] in ("in_row", "stacked", "around")
        for said in relations
    )
    if len(glyphs) == 1 or grouped:
        return None
    return {"subject": entity["id"], "predicate": "in_row", "object": []}


def _bearers(document: dict[str, Any], said: Written, chunks: list[Chunk]) -> Iterator[int]:
    """Yield the entities, not yet with words, that may bear these, the likeliest first."""
    if said.side == "after":
        near = [chunk for chunk in chunks if chunk.end > said.near]
    else:
        near = [chunk for chunk in reversed(chunks) if chunk.start < said.near]
        near = near if said.side == "self" else sorted(near, key=lambda c: c.noun not in SIGNS)
    for chunk in near:
        for k, entity in enumerate(document["entities"]):
            named = {entity["noun"], entity["noun"].rsplit(" ", maxsplit=1)[-1]}
            said_of = [part for part in entity.get("text", "").split(APART) if part]
            if {chunk.noun, singular(chunk.noun)} & named and len(said_of) < entity["count"]:
                yield k
