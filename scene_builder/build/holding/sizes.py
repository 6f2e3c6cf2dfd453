"""How large things probably are, before anything has a shape."""

import numpy as np

from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.nouns import Noun, noun_named, resolve_noun
from scene_builder.model.graph import Entity, SceneGraph

LEANT = {"umbrella": "folded umbrella", "ladder": "straight ladder"}
"""What has another form when it leans against something, or stands in it."""

LYING, HEAP_SHARE = 1.8, 0.6
"""What is so many times longer than broad lies side by side, and takes this share of the breadth
of all: they pile up."""

DEEP_SHARE, SLENDER, SLENDER_SLACK = 0.7, 2.4, 0.27
"""What is so many times longer than broad stands in what is higher than this share of its width;
so much of its breadth takes room there."""

BLOOM_SHARE = 0.22
"""Breadth of a cut flower, which has neither pot nor bush, as a share of its length."""


def noun_of(entity: Entity | None) -> Noun | None:
    """Return what is known about an entity's noun."""
    match = resolve_noun(entity.noun) if entity is not None else None
    return match.noun if match else None


def usual_size(entity: Entity | None) -> float:
    """Return the largest dimension [m] that an entity probably has."""
    noun = noun_of(entity)
    if entity is not None and isinstance(entity.size, float | int):
        return float(entity.size)
    return noun.size_for(entity.size if entity else None) if noun else 0.2


def girth_of(graph: SceneGraph, name: str, vessel: str) -> float:
    """Return how much of a vessel's width a thing takes [m]: what is long stands in a deep one."""
    entity, size = graph.entity(name), usual_size(graph.entity(name))
    noun, holder = noun_of(entity), noun_of(graph.entity(vessel))
    if noun is None or holder is None or holder.box_m[2] < DEEP_SHARE * max(holder.box_m[:2]):
        return size
    if noun.name in LEANT:
        noun = noun_named(LEANT[noun.name].replace(" ", "_"))
        size = noun.size_m
    _, middle, long = sorted(noun.box_m)
    if "flower" in (noun.name, *hypernyms_of(noun.name)):
        middle = min(middle, BLOOM_SHARE * long)
    return SLENDER_SLACK * size * middle / long if long > SLENDER * middle else size


def heap_of(graph: SceneGraph, name: str, count: int) -> float:
    """Return the breadth that long things side by side take [m], one kind of them; else inf."""
    noun, size = noun_of(graph.entity(name)), usual_size(graph.entity(name))
    if noun is None or count < 2:  # noqa: PLR2004
        return np.inf
    _, middle, long = sorted(noun.box_m)
    across = HEAP_SHARE * count * size * middle / long
    return float(np.hypot(size, across)) if long > LYING * middle else np.inf
