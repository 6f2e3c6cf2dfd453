"""The director: tries what the words leave open until everything they promise happens.

A quasi-random sweep over the stage's freedoms takes turns with a search around the best take, whose
steps grow when they succeed and shrink when they fail (Rechenberg's evolution strategy, 1973).
Every take is a whole simulation; nothing is bent while it runs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from physics.freedoms import Dial, apply_freedom, dials_of
from physics.outcomes import Verdict, judge_all
from physics.simulator import Simulator
from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage
from scene_builder.model.timeline import Timeline

COMFORT = 0.2
"""A take in which every outcome has this margin is good enough to stop."""

MORE_TAKES = 4
"""Takes that are still made for comfort once every outcome holds."""

MOST_REFUSED = 4
"""Points looked at for each take, at most: some are refused because bodies would overlap."""

FIRST_STEP = 0.15
"""First step of that search, as a share of each interval."""

GROWTH, SHRINKAGE = 1.5, 0.7
"""How the step changes with success and failure."""

LEAST_STEP = 0.01
"""The search does not look closer than this share of an interval."""

OVERLAP_M = 5e-4
"""A take whose bodies overlap by more at frame 0 (and by more than before) is none [m]."""

Progress = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Take:
    """One try, simulated and judged.

    Attributes:
        stage: The stage as filmed.
        trajectory: Its motion.
        verdicts: One for each outcome of the graph.
        note: What the director has to say: how many takes, and what was not reached.
        tries: Takes simulated.
    """

    stage: Stage
    trajectory: Trajectory
    verdicts: tuple[Verdict, ...]
    note: str
    tries: int

    @property
    def reached(self) -> bool:
        """Whether every outcome that can be judged holds."""
        return all(verdict.holds is not False for verdict in self.verdicts)


def direct(
    stage: Stage,
    graph: SceneGraph,
    simulator: Simulator,
    *,
    seed: int,
    takes: int = 24,
    progress: Progress | None = None,
) -> Take:
    """Return the first take in which every outcome holds comfortably, or the best one.

    Args:
        stage: A settled stage; take 0 is the stage as it is.
        graph: What has to happen.
        simulator: Moves the bodies.
        seed: Of the whole run.
        takes: Most simulations, at least 1.
        progress: Told (takes done, most takes, best score) after each.
    """
    search = _Search(stage, graph, simulator, dials_of(stage))
    search.attempt(search.neutral)
    rng = stream(seed, "director")
    points, step = _sweep_rand(rng, MOST_REFUSED * takes, len(search.dials)), FIRST_STEP
    for k, point in enumerate(points):
        if progress is not None:
            progress(search.tries, takes, search.best.score)
        if search.tries >= takes or search.satisfied or not search.dials:
            break
        if k % 2 == 0:
            search.attempt(point)
        elif search.attempt(_near_rand(rng, search.best.point, step)):
            step *= GROWTH
        else:
            step = max(step * SHRINKAGE, LEAST_STEP)
    best = search.best
    return Take(
        stage=best.stage,
        trajectory=best.trajectory,
        verdicts=best.verdicts,
        note=_note(best, graph, search),
        tries=search.tries,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    stage: Stage
    trajectory: Trajectory
    verdicts: tuple[Verdict, ...]
    point: Float[Array, " d"]
    score: float


class _Search:
    """The takes so far; points are in the unit cube of the dials."""

    def __init__(
        self, stage: Stage, graph: SceneGraph, simulator: Simulator, dials: Sequence[Dial]
    ) -> None:
        self._stage, self._graph, self._simulator = stage, graph, simulator
        self.dials = tuple(dials)
        self._low = np.array([dial.low for dial in dials])
        self._range = np.array([dial.high - dial.low for dial in dials])
        self.neutral = (np.array([dial.neutral for dial in dials]) - self._low) / np.where(
            self._range > 0, self._range, 1.0
        )
        self.tries = 0
        self.refused = 0
        self._held_at = 0
        self._overlap_allowed = OVERLAP_M
        self._best: _Scored | None = None

    @property
    def satisfied(self) -> bool:
        """Whether more takes are not worth their time."""
        if self.best.score <= 0:
            return False
        return self.best.score >= COMFORT or self.tries >= self._held_at + MORE_TAKES

    @property
    def best(self) -> _Scored:
        """The best take; there is one from the first attempt on."""
        assert self._best is not None
        return self._best

    def attempt(self, point: Float[Array, " d"]) -> bool:
        """Simulate and judge one point; return whether it is the best so far."""
        first = self._best is None
        stage = self._stage
        if not first:
            stage = apply_freedom(stage, self.dials, self._low + point * self._range)
            if self._overlaps(stage):
                self.refused += 1
                return False
        trajectory = self._simulator.simulate(stage)
        self.tries += 1
        if first:
            self._overlap_allowed = max(OVERLAP_M, 1.05 * float(trajectory.penetration_m[0]))
        verdicts = judge_all(self._graph, stage, trajectory)
        scored = _Scored(stage, trajectory, verdicts, point, _score(verdicts))
        if self._best is not None and scored.score <= self._best.score:
            return False
        if scored.score > 0 and (self._best is None or self._best.score <= 0):
            self._held_at = self.tries
        self._best = scored
        return True

    def _overlaps(self, stage: Stage) -> bool:
        """Whether bodies overlap before anything moves: one frame without a step shows it."""
        timeline = Timeline(frame_count=1, fps=stage.timeline.fps, substeps=1)
        still = self._simulator.simulate(replace(stage, timeline=timeline))
        return float(still.penetration_m[0]) > self._overlap_allowed


def _sweep_rand(rng: np.random.Generator, count: int, dimensions: int) -> Float[Array, "n d"]:
    """Points that fill the unit cube evenly, shifted by chance (Roberts 2018, R-sequence)."""
    ratio = 2.0
    for _ in range(40):
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    steps = ratio ** -np.arange(1.0, dimensions + 1)
    return np.asarray((rng.random(dimensions) + np.outer(np.arange(count), steps)) % 1.0)


def _near_rand(
    rng: np.random.Generator, point: Float[Array, " d"], step: float
) -> Float[Array, " d"]:
    """A point near another, inside of the unit cube."""
    return np.asarray(np.clip(point + rng.normal(0.0, step, point.shape), 0.0, 1.0))


def _score(verdicts: Sequence[Verdict]) -> float:
    """The least margin; a little of the mean tells apart takes that fail in the same place."""
    margins = [verdict.margin for verdict in verdicts if verdict.holds is not None]
    if not margins:
        return 1.0
    least = min(margins)
    return least if least > 0 else least + 0.01 * (float(np.mean(margins)) - 1)


def _note(best: _Scored, graph: SceneGraph, search: _Search) -> str:
    """Say honestly what was reached, and after how much."""
    missed = [
        f"outcome {k} ({outcome.predicate}): {verdict.evidence}"
        for k, (outcome, verdict) in enumerate(zip(graph.outcomes, best.verdicts, strict=True))
        if verdict.holds is False
    ]
    tried = f"{search.tries} take" + ("s" if search.tries > 1 else "")
    if search.refused:
        tried += f" ({search.refused} more refused: bodies would overlap)"
    if missed:
        free = "" if search.dials else "; the words leave nothing open to search"
        return f"not reached in {tried}{free}: " + " | ".join(missed)
    judged = sum(verdict.holds is not None for verdict in best.verdicts)
    return f"{judged} outcome{'s' if judged != 1 else ''} reached in {tried}"
