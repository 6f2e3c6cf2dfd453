"""Whether what goes along a planned way touches nothing that it need not touch."""

from collections.abc import Iterator

import numpy as np

from physics.observe.view import View
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import GROUND_ID, StageAction

MEETING = frozenset({"touches", "knocks_over", "lands_on", "lands_in", "stays_on"})
"""What has to come of a deed, and is a touch."""


def way_of(view: View, body_id: str, verb: str) -> StageAction | None:
    """Return the action that leads a body for the sake of a verb, or None."""
    for action in view.stage.actions:
        if action.body == body_id and action.verb == verb and action.path is not None:
            return action
    return None


def bumps(view: View, graph: SceneGraph, way: StageAction) -> Iterator[tuple[str, float]]:
    """Yield what a body touches on its way, although nobody says so, and when first [s].

    What carries it when it sets off, what it carries, and what it has to meet do not count.

    Args:
        view: The motion.
        graph: What the words say.
        way: The action that leads it.
    """
    allowed = {GROUND_ID, way.body, view.support_at_start(way.body)} | _met(graph, way.body)
    end = way.start_secs + way.duration_secs + view.frame_secs
    for other in view.partners(way.body):
        whole = view.body(other).part_of or view.body(other).piece_of or other
        if {other, whole} & allowed or view.support_at_start(other) == way.body:
            continue
        times = view.touching(way.body, other).time
        times = times[(times >= way.start_secs) & (times <= end)]
        if len(times) and not view.carried(way.body, other)[_frame(view, way.start_secs)]:
            yield other, float(np.min(times))


def _frame(view: View, secs: float) -> int:
    return view.stage.timeline.frame_at(secs)


def _met(graph: SceneGraph, body_id: str) -> set[str]:
    """Return what a body has to touch, from either side."""
    found: set[str] = set()
    for outcome in graph.outcomes:
        if outcome.negated or outcome.predicate not in MEETING or outcome.object is None:
            continue
        sides = set(graph.body_ids(outcome.subject)), set(graph.body_ids(outcome.object))
        for one, other in (sides, sides[::-1]):
            found |= other if body_id in one else set()
    return found
