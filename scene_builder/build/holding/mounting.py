"""What is fixed to the wall, and what hangs on that: pictures, coat hooks, coats."""

from collections.abc import Collection, Iterable, Mapping

from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import Action, Relation, SceneGraph

RISING = frozenset({"balloon"})
"""What pulls at its thread."""

FIXTURES = frozenset({"hook", "nail"})
"""What is there for others to hang on it."""


ON_WALLS = {"clock": "wall clock"}
"""What has another form where it hangs on the wall."""


def with_fixtures(graph: SceneGraph) -> SceneGraph:
    """Return the graph in which all that is on the wall, or hangs from it, is attached to it.

    Hooks and nails on which something hangs are in the wall where the words put them nowhere. A
    balloon that is tied to something floats there, if nothing else is said of it.
    """
    relations = [_on_wall(one) for one in graph.relations]
    placed = {
        name
        for one in relations
        if one.predicate in ("on", "inside", "attached_to", "hanging_from", "against")
        for name in graph.body_ids(one.subject)
    }
    used = dict.fromkeys(
        ref for one in relations if one.predicate == "hanging_from" for ref in one.object
    )
    relations += [
        Relation(subject=ref, predicate="attached_to", object=("wall",))
        for ref in used
        if _is_fixture(graph, ref) and not placed & set(graph.body_ids(ref))
    ]
    floats = tuple(
        Action(actor=ref, verb="float", direction="up")
        for ref in dict.fromkeys(
            one.subject
            for one in relations
            if one.predicate == "attached_to" and "wall" not in one.object
        )
        if _is_of(graph, ref, RISING) and not _acts(graph, ref)
    )
    if tuple(relations) == graph.relations and not floats:
        return graph
    update = {"relations": tuple(relations), "actions": (*graph.actions, *floats)}
    return graph.model_copy(update=update)


def mounted_of(graph: SceneGraph) -> Mapping[str, str]:
    """Return what the wall holds, by body id: `wall`, or the fixture that it hangs on.

    Args:
        graph: A graph with its fixtures.
    """
    found: dict[str, str] = {}
    for one in graph.relations:
        if one.predicate == "attached_to" and "wall" in one.object:
            found.update(dict.fromkeys(graph.body_ids(one.subject), "wall"))
    for one in graph.relations:
        if one.predicate != "hanging_from":
            continue
        carriers = [name for ref in one.object for name in graph.body_ids(ref)]
        if not carriers or any(found.get(name) != "wall" for name in carriers):
            continue
        if all(_is_fixture(graph, ref) for ref in one.object):
            subjects = graph.body_ids(one.subject)
            found.update({n: carriers[k % len(carriers)] for k, n in enumerate(subjects)})
    return found


def wall_forms(graph: SceneGraph) -> Mapping[str, str]:
    """Return the form of each entity that has another one on the wall, by its id.

    Args:
        graph: A graph with its fixtures.
    """
    found: dict[str, str] = {}
    for name in mounted_of(graph):
        entity = graph.entity(name)
        match = None if entity is None else resolve_noun(entity.noun)
        if entity is not None and match is not None and match.noun.name in ON_WALLS:
            found[entity.id] = ON_WALLS[match.noun.name]
    return found


def fixtures_of(graph: SceneGraph) -> Iterable[str]:
    """Yield the ids of the entities that are hooks or nails in the wall."""
    mounted = mounted_of(graph)
    for entity in graph.entities:
        if _is_fixture(graph, entity.id) and mounted.get(graph.body_ids(entity.id)[0]) == "wall":
            yield entity.id


def _on_wall(relation: Relation) -> Relation:
    if relation.predicate in ("on", "hanging_from") and tuple(relation.object) == ("wall",):
        return relation.model_copy(update={"predicate": "attached_to"})
    return relation


def _acts(graph: SceneGraph, ref: str) -> bool:
    """Whether something is said to be done by any of the bodies that a reference names."""
    names = set(graph.body_ids(ref))
    return any(names & set(graph.body_ids(one.actor)) for one in graph.actions)


def _is_fixture(graph: SceneGraph, ref: str) -> bool:
    return _is_of(graph, ref, FIXTURES)


def _is_of(graph: SceneGraph, ref: str, shapes: Collection[str]) -> bool:
    entity = graph.entity(ref.partition("#")[0])
    match = None if entity is None else resolve_noun(entity.noun)
    return match is not None and match.noun.shape in shapes
