"""Which things are there in another form than the usual one."""

from collections.abc import Mapping

from scene_builder.assets.source import Variant
from scene_builder.build.holding.mounting import fixtures_of
from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import SceneGraph


def variants_of(graph: SceneGraph) -> Mapping[str, Variant]:
    """Return the form of each entity that has another one, by its id.

    What something lies in, or lands in, is open; flowers in a vessel are cut; hooks and nails in
    the wall are made for that; animals that go somewhere are on their feet.
    """
    found: dict[str, Variant] = dict.fromkeys(fixtures_of(graph), "mounted")
    found |= dict.fromkeys(_boards(graph), "mounted")
    found |= dict.fromkeys(_goers(graph), "going")
    pairs = [
        (one.subject, ref) for one in graph.relations if one.predicate == "inside"
        for ref in one.object
    ]  # fmt: skip
    pairs += [
        (one.subject, one.object)
        for one in graph.outcomes
        if one.predicate == "lands_in" and one.object and not one.negated
    ]
    for content, vessel in pairs:
        found[vessel.partition("#")[0]] = "open"
        if _is_flower(graph, content):
            found[content.partition("#")[0]] = "cut"
    return {name: variant for name, variant in found.items() if graph.entity(name) is not None}


_GOING = frozenset({"walk", "run", "fly", "turn", "push", "pull", "kick", "roll", "slide"})
_ON_FEET = frozenset({"dog", "cat"})
"""Shapes that libraries have sitting, and builders standing."""


def _goers(graph: SceneGraph) -> list[str]:
    """Return the animals that go somewhere: none of them does so sitting."""
    going = {one.actor.partition("#")[0] for one in graph.actions if one.verb in _GOING}
    entities = [entity for name in sorted(going) if (entity := graph.entity(name)) is not None]
    matches = [(entity.id, resolve_noun(entity.noun)) for entity in entities]
    return [name for name, match in matches if match and match.noun.shape in _ON_FEET]


def _boards(graph: SceneGraph) -> list[str]:
    """Return the signs that hang, or are fixed to something: they have no post."""
    names = [
        one.subject.partition("#")[0]
        for one in graph.relations
        if one.predicate in ("attached_to", "hanging_from")
    ]
    found = []
    for name in names:
        entity = graph.entity(name)
        match = None if entity is None else resolve_noun(entity.noun)
        if match is not None and match.noun.shape == "arrow_sign":
            found.append(name)
    return found


def _is_flower(graph: SceneGraph, ref: str) -> bool:
    entity = graph.entity(ref.partition("#")[0])
    match = None if entity is None else resolve_noun(entity.noun)
    return match is not None and "flower" in (match.noun.name, *hypernyms_of(match.noun.name))
