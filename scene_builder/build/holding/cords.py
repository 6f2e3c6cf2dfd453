"""What others hang on: ropes, chains, springs, and how long they are."""

from collections.abc import Mapping
from types import MappingProxyType

from scene_builder.build.holding.sizes import noun_of
from scene_builder.knowledge.parts import counted_parts
from scene_builder.model.graph import Entity

ROPES: Mapping[str, float] = MappingProxyType({"rope": 9.0, "chain": 9.0, "spring": 0.45})
"""What others hang on, and how long it is at most [m]."""

LINK_M = 0.09
"""A chain whose links are counted has links no longer than this, each a little in the next [m]."""


def links_of(entity: Entity | None) -> int | None:
    """Return how many links the words give a rope or a chain ("chain of seven links"), if any."""
    said = counted_parts(entity.noun) if entity is not None else None
    return said.number if said is not None and said.part == "link" else None


def longest_of(entity: Entity) -> float:
    """Return how long something is at most that others hang on [m]; inf for other things."""
    noun, links = noun_of(entity), links_of(entity)
    most = ROPES.get(noun.name, float("inf")) if noun is not None else float("inf")
    return most if links is None else min(most, links * LINK_M)
