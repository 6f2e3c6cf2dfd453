"""Pouring, as the words tell it: what is poured, from what, into what.

What is poured is no person of the play: it is told as many grains, and taken out of the graph
that is laid out; `pouring_grains.py` puts it into its vessel, `pouring_path.py` tips that.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from scene_builder.build.holding.sizes import usual_size
from scene_builder.build.staging.deeds import supports_said
from scene_builder.build.staging.pouring_grains import Grain, grain_named
from scene_builder.model.graph import MAX_GRAINS, Action, Entity, Outcome, Relation, SceneGraph
from scene_builder.model.reading import Reading

USUAL_GRAINS = 120
"""So many grains are poured where the words give no number: a handful, and a quick film."""

LANDED_SHARE = 0.9
"""What is poured has landed if this share of it has: a few drops always go astray."""

VESSEL, VESSEL_SIZES, VESSEL_M = "pitcher", 1.35, (0.15, 0.24)
"""What nobody names a vessel for is poured from one of so many sizes of its target, within these
bounds [m]."""


STANDING_ROOM = 1.5
"""Both vessels stand on what is so many times wider than both together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pour:
    """One pouring.

    Attributes:
        content: Entity of what is poured.
        grain: What its grains are.
        vessel: Body id of what it is poured from.
        target: Body id of what it is poured into or onto; None for the ground.
        start_secs: When the words say that it begins [s].
    """

    content: Entity
    grain: Grain
    vessel: str
    target: str | None
    start_secs: float = 0.0


def told_in_grains(reading: Reading) -> Reading:
    """Return a reading in which what is poured is counted, and most of it has to arrive.

    A number that the words give is kept.
    """
    graph = _contents_act(reading.graph)
    said = {span.path for span in reading.spans}
    entities, notes = list(graph.entities), []
    others = sum(entity.count for entity in entities)
    for k, entity in enumerate(entities):
        grain = grain_named(entity.noun)
        if grain is None or not _pours(graph, entity.id) or f"entities.{k}.count" in said:
            continue
        count = min(USUAL_GRAINS, MAX_GRAINS - others + entity.count)
        entities[k] = entity.model_copy(update={"count": count})
        others += count - entity.count
        shown = f"is shown as {count} small {grain.name}s" if grain.flows else f"is {count} grains"
        notes.append(f"The {entity.noun} {shown}.")
    poured = {e.id: e for e in entities if grain_named(e.noun) and _pours(graph, e.id)}
    outcomes = tuple(_mostly(outcome, poured) for outcome in graph.outcomes)
    if graph is reading.graph and not poured:
        return reading
    changed = graph.model_copy(update={"entities": tuple(entities), "outcomes": outcomes})
    missing = tuple(s for s in reading.not_served if not _is_shown(s, poured.values()))
    return reading.model_copy(
        update={
            "graph": changed,
            "assumptions": (*reading.assumptions, *notes),
            "not_served": missing,
        }
    )


def poured(graph: SceneGraph) -> tuple[SceneGraph, tuple[Pour, ...], tuple[str, ...]]:
    """Take out of a graph what is poured, and put into it what that is poured from.

    Returns:
        The graph to lay out, the pourings, and a sentence about each choice.
    """
    graph = _contents_act(graph)
    pours: list[Pour] = []
    notes: list[str] = []
    for action in graph.actions:
        content = graph.entity(action.actor)
        grain = grain_named(content.noun) if content is not None else None
        if action.verb != "pour" or content is None or grain is None:
            continue
        if any(pour.content.id == content.id for pour in pours):
            continue
        target = _target(graph, action)
        vessel = _vessel(graph, content.id)
        if vessel is None:
            graph, vessel = _with_vessel(graph, target)
            notes.append(f"The {content.noun} is poured from a {VESSEL}: the words name no vessel.")
        if grain.flows:
            notes.append(f"Liquids are shown as beads: the {content.noun} is {content.count}.")
        pours.append(
            Pour(content=content, grain=grain, vessel=vessel, target=target,
                 start_secs=action.start_secs)
        )  # fmt: skip
    for pour in pours:
        graph = _put_beside(_without(graph, pour), pour)
        noun = graph.entity(pour.vessel)
        notes.append(f"The {noun.noun if noun else VESSEL} tips by itself: no hand is shown.")
    return graph, tuple(pours), tuple(notes)


def _contents_act(graph: SceneGraph) -> SceneGraph:
    """Where a vessel pours ("sand pours out of a bucket"), let its content do so."""
    for k, action in enumerate(graph.actions):
        vessel = graph.entity(action.actor)
        if action.verb != "pour" or vessel is None or grain_named(vessel.noun) is not None:
            continue
        inside = [r.subject for r in graph.relations if vessel.id in r.object]
        named = {ref.partition("#")[0] for _, ref in graph.references()}
        loose = [e.id for e in graph.entities if grain_named(e.noun)]
        found = [one for one in loose if one in inside] or [o for o in loose if o not in named]
        if len(found) != 1:
            continue
        content = found[0]
        actions = list(graph.actions)
        actions[k] = action.model_copy(update={"actor": content})
        relations = graph.relations
        if content not in inside:
            told = Relation(subject=content, predicate="inside", object=(vessel.id,))
            relations = (*relations, told)
        outcomes = tuple(
            o.model_copy(update={"subject": content})
            if o.predicate in ("lands_in", "lands_on") and o.subject == vessel.id
            else o
            for o in graph.outcomes
        )
        graph = graph.model_copy(
            update={"actions": tuple(actions), "relations": relations, "outcomes": outcomes}
        )
    return graph


def _pours(graph: SceneGraph, content: str) -> bool:
    return any(a.verb == "pour" and a.actor.partition("#")[0] == content for a in graph.actions)


def _mostly(outcome: Outcome, contents: dict[str, Entity]) -> Outcome:
    """Ask only for most of what is poured to arrive, where the words give no number."""
    content = contents.get(outcome.subject)
    lands = outcome.predicate in ("lands_in", "lands_on") and not outcome.negated
    if content is None or not lands or outcome.count is not None:
        return outcome
    count = math.floor(LANDED_SHARE * content.count)
    return outcome.model_copy(update={"count": count, "compare": "at_least"})


def _is_shown(sentence: str, contents: Iterable[Entity]) -> bool:
    """Whether a sentence says of something that flows that it is not shown, and it is."""
    return "flows" in sentence and any(f"{e.noun!r}" in sentence for e in contents)


def _target(graph: SceneGraph, action: Action) -> str | None:
    refs = [action.target] if action.target else []
    refs += [
        o.object
        for o in graph.outcomes
        if o.subject == action.actor and o.object and o.predicate in ("lands_in", "lands_on")
    ]
    bodies = [graph.body_ids(ref)[0] for ref in refs if graph.entity(ref) is not None]
    return bodies[0] if bodies else None


def _vessel(graph: SceneGraph, content: str) -> str | None:
    for relation in graph.relations:
        if relation.subject == content and relation.predicate in ("inside", "on"):
            for ref in relation.object:
                if graph.entity(ref) is not None:
                    return graph.body_ids(ref)[0]
    return None


def _with_vessel(graph: SceneGraph, target: str | None) -> tuple[SceneGraph, str]:
    size = VESSEL_SIZES * usual_size(graph.entity(target)) if target else VESSEL_M[1]
    name = VESSEL
    while graph.entity(name) is not None:
        name += "_2"
    vessel = Entity(id=name, noun=VESSEL, size=min(max(size, VESSEL_M[0]), VESSEL_M[1]))
    return graph.model_copy(update={"entities": (*graph.entities, vessel)}), f"{name}#1"


def _put_beside(graph: SceneGraph, pour: Pour) -> SceneGraph:
    """Let a vessel that the words put nowhere stand beside what it pours into, if there is room."""
    target, vessel = graph.entity(pour.target or ""), graph.entity(pour.vessel)
    if target is None or vessel is None:
        return graph
    if any(r.subject.partition("#")[0] == vessel.id for r in graph.relations):
        return graph
    support = supports_said(graph).get(pour.target or "")
    told = [Relation(subject=pour.vessel, predicate="beside", object=(target.id,))]
    if support is not None:
        carrier = graph.entity(support)
        needed = STANDING_ROOM * (usual_size(vessel) + usual_size(target))
        if carrier is None or usual_size(carrier) < needed:
            return graph
        told.append(Relation(subject=pour.vessel, predicate="on", object=(support,)))
    return graph.model_copy(update={"relations": (*graph.relations, *told)})


def _without(graph: SceneGraph, pour: Pour) -> SceneGraph:
    """Return a graph without a content, whose vessel moves by command."""
    content, vessel = pour.content.id, pour.vessel.partition("#")[0]

    def names(*refs: str | None) -> bool:
        return any(ref is not None and ref.partition("#")[0] == content for ref in refs)

    entities = tuple(
        e.model_copy(update={"mobility": "kinematic"}) if e.id == vessel else e
        for e in graph.entities
        if e.id != content
    )
    return graph.model_copy(
        update={
            "entities": entities,
            "relations": tuple(r for r in graph.relations if not names(r.subject, *r.object)),
            "actions": tuple(
                a.model_copy(update={"after": None})
                for a in graph.actions if not names(a.actor, a.target)
            ),
            "outcomes": tuple(
                o.model_copy(update={"after": None})
                for o in graph.outcomes if not names(o.subject, o.object)
            ),
            "camera": tuple(c for c in graph.camera if not names(c.target)),
        }
    )  # fmt: skip
