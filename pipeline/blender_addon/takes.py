"""Another take: what the words leave open is drawn anew until everything promised happens."""

from collections.abc import Callable

import numpy as np

from physics.directing.rehearsal import Rehearsal
from physics.directing.scoring import score_of
from physics.simulator import Simulator
from scene_builder.model.chance import stream
from scene_builder.model.errors import SimulationError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

MOST_TRIES = 24
"""So many draws are simulated at most."""

LEAST_REACH = 0.1
"""The last draws stay within this part of what the words leave open."""


def another_take(
    stage: Stage,
    graph: SceneGraph,
    simulator: Simulator,
    *,
    seed: int,
    number: int,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Stage:
    """Return a take of a stage that is not the director's: the first drawn that holds.

    Draws begin anywhere in what the words leave open and come closer to the stage as laid out;
    if none holds, the best of them is returned.

    Args:
        stage: The stage as built, at rest.
        graph: What has to happen.
        simulator: Moves the bodies.
        seed: Of the run.
        number: Which take; the same number gives the same take.
        tell: Hears how many of how many draws are done.
    """
    rehearsal = Rehearsal.of(stage, graph, simulator, seed=seed)
    rng = stream(seed, "next take", number)
    best, best_score = stage, -np.inf
    for k in range(MOST_TRIES):
        reach = 1.0 + (LEAST_REACH - 1.0) * k / (MOST_TRIES - 1)
        drawn = rng.random(len(rehearsal.neutral))
        take = rehearsal.staged(rehearsal.neutral + reach * (drawn - rehearsal.neutral))
        tell(k + 1, MOST_TRIES)
        try:
            trajectory, verdicts = rehearsal.film(take, take.timeline)
        except SimulationError:
            continue
        if trajectory.penetration_m[0] > 2 * rehearsal.overlap_allowed:
            continue
        score = score_of(verdicts, graph)
        if score > best_score:
            best, best_score = take, score
        if all(verdict.holds is not False for verdict in verdicts):
            return take
    return best
