"""What sticks: a ball to the wall, a ring on a hook. It is held from the first touch on."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from scene_builder.build.staging.deeds import supports_said
from scene_builder.build.staging.going.picking import is_gripper
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage, StageAction
from scene_builder.model.words import Verb

STEEP = frozenset({"wall", "ceiling"})
"""Nothing stays on these without sticking to them."""

AFTER_SECS = 0.01
"""What is let go is let go first; only then may it be held again [s]."""

STARTING = frozenset({"set_velocity", "release", "apply_force"})


def with_sticking(stage: Stage, graph: SceneGraph) -> Stage:
    """Return the stage in which what has to stay where nothing could is attached at its touch.

    A magnet or a hook that does nothing but catch stands firm.

    Args:
        stage: Everybody in their places, with what they do.
        graph: What the words say: `stays_on` of a thing that comes from elsewhere, to a wall or
            a magnet, or to what it also `touches`.
    """
    known, soft = set(stage.body_ids), stage.deforming
    actions = [
        StageAction(
            kind="attach", body=body, other=other, start_secs=start, verb=verb,
            duration_secs=max(stage.timeline.duration_secs - start, 0.1),
        )
        for body, other in _sticking(graph, stage)
        if body in known - soft and other in known - soft
        for start, verb in [_begin(stage, body)]
    ]  # fmt: skip
    if not actions:
        return stage
    ordered = sorted((*stage.actions, *actions), key=lambda action: action.start_secs)
    busy = {one.body for one in ordered}
    busy |= {end for joint in stage.joints for end in (joint.parent, joint.child) if end}
    grippers = {body.id for body in stage.bodies if is_gripper(body)}
    firm = {action.other for action in actions} & grippers - busy
    bodies = tuple(replace(b, mobility="static") if b.id in firm else b for b in stage.bodies)
    return replace(stage, actions=tuple(ordered), bodies=bodies)


def _sticking(graph: SceneGraph, stage: Stage) -> Iterator[tuple[str, str]]:
    """Yield each body that has to stick, and to what."""
    supports = supports_said(graph)
    for outcome in graph.outcomes:
        if outcome.predicate != "stays_on" or outcome.negated or outcome.object is None:
            continue
        for other in graph.body_ids(outcome.object):
            there = stage.body(other) if other in stage.body_ids else None
            holds = other in STEEP or is_gripper(there)
            for body in graph.body_ids(outcome.subject):
                if supports.get(body) != other and (holds or _comes_to(graph, body, other)):
                    yield body, other


def _comes_to(graph: SceneGraph, body: str, other: str) -> bool:
    """Whether a body first meets what it stays on, and does not just come to lie there."""
    ends = {
        outcome.predicate
        for outcome in graph.outcomes
        if outcome.object is not None
        and not outcome.negated
        and body in graph.body_ids(outcome.subject)
        and other in graph.body_ids(outcome.object)
    }
    return "touches" in ends and not ends & {"lands_on", "lands_in"}


def _begin(stage: Stage, body: str) -> tuple[float, Verb]:
    for action in stage.actions:
        if action.body == body and action.kind in STARTING:
            return action.start_secs + AFTER_SECS, cast("Verb", action.verb)
    return 0.0, "stay"
