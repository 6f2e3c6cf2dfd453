"""Things with as many legs, points, petals or boards as the words say."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Builder
from scene_builder.assets.procedural.things.home import decor, seats, shelves, tables
from scene_builder.assets.procedural.things.outdoors import plants
from scene_builder.assets.source import COUNTED_TAG, Variant
from scene_builder.knowledge.parts import PARTS, counted_parts

CountedBuilder = Callable[[np.random.Generator, int], Blueprint]

COUNTED: Mapping[str, CountedBuilder] = MappingProxyType({
    "bookshelf": shelves.bookshelf_rand,
    "chair": lambda _rng, count: seats.chair(count),
    "flower": plants.flower_rand,
    "star": lambda _rng, count: decor.flat_star(count),
    "stool": lambda _rng, count: tables.stool(count),
    "table": lambda _rng, count: tables.table(count),
})  # fmt: skip
"""Builders by shape; `PARTS` says of which part there are how many."""


def counted(noun: str, shape: str, variant: Variant | None = None) -> Builder | None:
    """Return the builder of a thing whose noun says how many parts it has; None for others.

    Args:
        noun: For instance "three-legged stool".
        shape: Its shape, `stool`.
        variant: In which form.
    """
    said = counted_parts(noun)
    if said is None or shape not in COUNTED or PARTS[shape][0] != said.part:
        return None
    build: CountedBuilder = COUNTED[shape]
    if (shape, variant) == ("flower", "cut"):
        build = plants.cut_flower_rand

    def tagged(rng: np.random.Generator) -> Blueprint:
        blueprint = build(rng, said.number)
        return replace(blueprint, tags=(*blueprint.tags, COUNTED_TAG))

    return tagged
