"""What the model and the noun phrases say together: attributes are read where they stand."""

from typing import Any

from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.wordings import Facts

Document = dict[str, Any]


def combined(document: Document, facts: Facts) -> list[str]:
    """Set, in place, attributes of entities that exactly one noun phrase describes.

    Where a noun heads one describing phrase and one entity, the words next to it are more
    reliable than a small model's memory of them; elsewhere the model decides.

    Returns:
        One sentence for each value that was set right.
    """
    chunks = chunks_of(stated_quantities(facts.rest)[1])
    repairs: list[str] = []
    for entity in document["entities"]:
        same = [e for e in document["entities"] if e["noun"] == entity["noun"]]
        phrases = [c for c in chunks if c.noun == entity["noun"] and _describes(c)]
        if len(same) == 1 and len(phrases) == 1:
            _set_right(entity, phrases[0], repairs)
    return repairs


def _describes(chunk: Chunk) -> bool:
    return not chunk.definite or bool(chunk.color or chunk.material or chunk.size or chunk.counted)


def _set_right(entity: dict[str, Any], chunk: Chunk, repairs: list[str]) -> None:
    stated = {
        "count": chunk.count if chunk.count is not None else None,
        "color": chunk.color[0] if chunk.color else None,
        "material": chunk.material[0] if chunk.material else None,
        "size": chunk.size[0] if chunk.size else None,
    }
    for field, value in stated.items():
        have = entity.get(field, 1 if field == "count" else None)
        if value is not None and have != value:
            entity[field] = value
            repairs.append(f"{entity['id']}: the {field} was read as {have}, the words say {value}")
