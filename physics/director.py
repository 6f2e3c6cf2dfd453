"""The director: tries what the words leave open until everything they promise happens.

Three ways take turns: aiming (a miss tells which dial would make up for it), a quasi-random sweep
over all freedoms, and a search around the best take, whose steps grow when they succeed and shrink
when they fail (Rechenberg's evolution strategy, 1973).
Every take is a whole simulation; nothing is bent while it runs.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from physics.directing.aiming import aimed_rand
from physics.directing.freedoms import Dial, apply_freedom, dials_of
from physics.directing.pacing import begins_at, paced
from physics.observe.view import View
from physics.outcomes import Verdict, judge_all
from physics.simulator import Simulator
from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.graph import Outcome, SceneGraph
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

ONE_BODY_SHARE = 0.5
"""Share of the search's steps that change one body (or group) alone, twice as far."""

LEAST_STEP = 0.01
"""The search does not look closer than this share of an interval."""

PREVIEW_SECS = 2.0
"""Takes are searched on so much of the film after the first action, if outcomes allow it [s]."""

MOMENTS = ("touches", "falls_off", "falls", "knocks_over", "lands_on", "bounces", "moves")
"""Outcomes that have happened once they happen."""

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
    search.attempt(search.neutral, stage.timeline)
    preview = _preview(stage, graph)
    rng = stream(seed, "director")
    points, step = _sweep_rand(rng, MOST_REFUSED * takes, len(search.dials)), FIRST_STEP
    for k, point in enumerate(points):
        if progress is not None:
            progress(search.tries, takes, search.best.score)
        if search.tries >= takes or search.satisfied or not search.dials:
            break
        aimed = search.aimed_rand(rng) if k % 3 == 0 else None
        if aimed is not None:
            search.attempt(aimed, preview)
        elif k % 3 == 1:
            search.attempt(point, preview)
        elif search.attempt(search.near_rand(rng, step), preview):
            step *= GROWTH
        else:
            step = max(step * SHRINKAGE, LEAST_STEP)
    best = search.well_paced(search.whole(search.best))
    return Take(
        stage=best.stage,
        trajectory=best.trajectory,
        verdicts=best.verdicts,
        note=_note(best, graph, search),
        tries=search.tries,
    )


def _preview(stage: Stage, graph: SceneGraph) -> Timeline:
    """The part of the film that a take is searched on.

    What happens early in a preview happens likewise in the film: the same stage gives the same
    bytes. Only what has to last, or must not happen, needs the film's end.
    """
    timeline = stage.timeline
    lasting = any(
        outcome.predicate not in MOMENTS or outcome.negated or _has_a_most(outcome, graph)
        for outcome in graph.outcomes
    )
    frames = math.ceil((begins_at(stage) + PREVIEW_SECS) * timeline.fps)
    if lasting or timeline.frame_count <= frames:
        return timeline
    return replace(timeline, frame_count=frames)


def _has_a_most(outcome: Outcome, graph: SceneGraph) -> bool:
    """Whether one more individual would be one too many."""
    if outcome.count is None or outcome.compare == "at_least":
        return False
    refs = (outcome.subject, outcome.object or outcome.subject)
    return outcome.count < max(len(graph.body_ids(ref)) for ref in refs)


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

    def attempt(self, point: Float[Array, " d"], timeline: Timeline) -> bool:
        """Simulate and judge one point; return whether it is the best so far."""
        first = self._best is None
        stage = self._stage
        if not first:
            stage = apply_freedom(stage, self.dials, self._low + point * self._range)
            if self._overlaps(stage):
                self.refused += 1
                return False
        scored = self._shoot(stage, point, timeline)
        self.tries += 1
        if first:
            allowed = 1.05 * float(scored.trajectory.penetration_m[0])
            self._overlap_allowed = max(OVERLAP_M, allowed)
        if self._best is not None and scored.score <= self._best.score:
            return False
        if scored.score > 0 and (self._best is None or self._best.score <= 0):
            self._held_at = self.tries
        self._best = scored
        return True

    def aimed_rand(self, rng: np.random.Generator) -> Float[Array, " d"] | None:
        """A point that would mend a miss of the best take."""
        best = self.best
        values = self._low + best.point * self._range
        view = View(best.stage, best.trajectory)
        aimed = aimed_rand(rng, view, self._graph, best.verdicts, self.dials, values)
        return None if aimed is None else (aimed - self._low) / self._range

    def near_rand(self, rng: np.random.Generator, step: float) -> Float[Array, " d"]:
        """A point near the best take: half the time only one body, or one group, is changed."""
        point = self.best.point
        noise = rng.normal(0.0, step, point.shape)
        groups = sorted({dial.bodies for dial in self.dials})
        chosen = groups[int(rng.integers(len(groups)))]
        if rng.random() < ONE_BODY_SHARE:
            noise *= [2.0 * (dial.bodies == chosen) for dial in self.dials]
        return np.asarray(np.clip(point + noise, 0.0, 1.0))

    def whole(self, scored: _Scored) -> _Scored:
        """Return a take at the film's full length."""
        if scored.trajectory.frame_count == self._stage.timeline.frame_count:
            return scored
        return self._shoot(scored.stage, scored.point, self._stage.timeline)

    def well_paced(self, scored: _Scored) -> _Scored:
        """Return a take whose rests before and after the event suit each other, if it holds."""
        later = paced(scored.stage, scored.trajectory, scored.verdicts)
        if later is scored.stage:
            return scored
        shot = self._shoot(later, scored.point, self._stage.timeline)
        return shot if shot.score >= min(scored.score, COMFORT) else scored

    def _shoot(self, stage: Stage, point: Float[Array, " d"], timeline: Timeline) -> _Scored:
        shown = stage if timeline == stage.timeline else replace(stage, timeline=timeline)
        trajectory = self._simulator.simulate(shown)
        verdicts = judge_all(self._graph, shown, trajectory)
        return _Scored(stage, trajectory, verdicts, point, _score(verdicts))

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
