"""A rehearsal: everything that is needed to shoot a take anywhere, and what comes back of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from physics.directing.aiming import aimed_rand
from physics.directing.ending import Ending
from physics.directing.freedoms import Dial, apply_freedom, dials_of
from physics.directing.proxies import proxies_of, with_proxies
from physics.directing.robustness import nudged_rand
from physics.directing.scoring import (
    cut_at,
    hastened,
    idle_frames,
    preview_of,
    score_of,
    settled_secs,
)
from physics.observe.view import View
from physics.outcomes import Verdict, judge_all
from physics.simulator import Simulator
from physics.stepping.run import StoppableSimulator
from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.errors import SimulationError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.light import Environment
from scene_builder.model.material import Material
from scene_builder.model.stage import Body, Collider, Stage
from scene_builder.model.timeline import Timeline

OVERLAP_M = 5e-4
"""A take whose bodies overlap by more at frame 0 (and by more than before) is none [m]."""

AIMS = 3
"""How many ways to mend a miss are thought of after each take that misses."""

HASTE = (1.0, 0.5)
"""Speeds worth a try at once: this share of the way from the planned one to the highest."""

REFUSED = -2.0
"""The score of what cannot be filmed: worse than any take."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call:
    """One take to shoot.

    Attributes:
        number: Its number, which names its random numbers.
        point: How the dials are turned, in the unit cube (d).
        proves: Whether the whole film has to show what it is worth, not the preview.
        nudge: Which small change is made to the stage; None for none.
        until_secs: Everything has to have happened by then [s]: the rest of the film is left out;
            None for the whole film.
    """

    number: int
    point: Float[Array, " d"]
    proves: bool = False
    nudge: int | None = None
    until_secs: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tried:
    """What came of a take.

    Attributes:
        number: Its number.
        point: How the dials were turned, in the unit cube (d).
        score: What it is worth; `REFUSED` if bodies would overlap, or nothing finite came of it.
        aims: Points at which a miss would be mended, were nothing else to change.
        settled_secs: When every outcome had come true for good [s]; None if there is no such time.
    """

    number: int
    point: Float[Array, " d"]
    score: float
    aims: tuple[Float[Array, " d"], ...] = ()
    settled_secs: float | None = None

    @property
    def holds(self) -> bool:
        """Whether every outcome held."""
        return self.score > 0

    @property
    def refused(self) -> bool:
        """Whether there was nothing to judge."""
        return self.score <= REFUSED


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rehearsal:
    """Shoots takes of one stage; other processes get it once, and then calls.

    Attributes:
        stage: A settled stage, as it is filmed or bared of its looks.
        graph: What has to happen.
        simulator: Moves the bodies.
        seed: Of the whole run.
        preview: A cheap stand-in for the film, for the search.
        proxies: Simpler solids by body id, for the search.
        overlap_allowed: Bodies may overlap by so much at frame 0 [m].
        dials: What may be turned.
        idle_frames: Frames at the beginning in which nothing happens; previews begin after them.
    """

    stage: Stage
    graph: SceneGraph
    simulator: Simulator
    seed: int
    preview: Timeline
    proxies: Mapping[str, Collider]
    overlap_allowed: float
    dials: tuple[Dial, ...]
    idle_frames: int = 0

    @staticmethod
    def of(stage: Stage, graph: SceneGraph, simulator: Simulator, *, seed: int) -> "Rehearsal":
        """Return the rehearsal of a stage."""
        return Rehearsal(
            stage=stage, graph=graph, simulator=simulator, seed=seed,
            preview=preview_of(stage, graph), proxies=proxies_of(stage, graph),
            overlap_allowed=OVERLAP_M, dials=dials_of(stage),
        )  # fmt: skip

    def knowing(self, neutral: Trajectory) -> "Rehearsal":
        """Return the rehearsal that has seen the stage move as it is.

        Its bodies may overlap by so much as they stand; where they overlap by more with their
        proxies, these are not used. The rest before anything happens is left out of previews.
        """
        allowed = max(OVERLAP_M, 1.05 * float(neutral.penetration_m[0]))
        proxies = self.proxies
        if proxies:
            moment = replace(self.preview, frame_count=1)
            simple = replace(with_proxies(self.stage, proxies), timeline=moment)
            if self.simulator.simulate(simple).penetration_m[0] > allowed:
                proxies = {}
        idle = idle_frames(self.stage, neutral)
        return replace(self, overlap_allowed=allowed, proxies=proxies, idle_frames=idle)

    @property
    def neutral(self) -> Float[Array, " d"]:
        """The point that leaves the stage as it is (d)."""
        span = np.where(self._span > 0, self._span, 1.0)
        return np.asarray((np.array([dial.neutral for dial in self.dials]) - self._low) / span)

    @property
    def bold(self) -> tuple[Float[Array, " d"], ...]:
        """Points like the neutral one, but with more haste: what is hit hard falls far."""
        hasty = np.array([dial.kind == "speed" for dial in self.dials])
        if not hasty.any():
            return ()
        rest = hasty * (1.0 - self.neutral)
        return tuple(self.neutral + share * rest for share in HASTE)

    def staged(self, point: Float[Array, " d"]) -> Stage:
        """Return the stage with its dials turned."""
        if not self.dials or np.array_equal(point, self.neutral):
            return self.stage
        return apply_freedom(self.stage, self.dials, self._low + point * self._span)

    def film(
        self, stage: Stage, timeline: Timeline, *, whole: bool = True
    ) -> tuple[Trajectory, tuple[Verdict, ...]]:
        """Simulate and judge a stage; not `whole`: as far as the words have a say in it."""
        shown = stage if timeline == stage.timeline else replace(stage, timeline=timeline)
        ending = None if whole else Ending.of(shown, self.graph)
        if ending is not None and isinstance(self.simulator, StoppableSimulator):
            trajectory = self.simulator.simulate_until(shown, ending)
        else:
            trajectory = self.simulator.simulate(shown)
        return trajectory, judge_all(self.graph, shown, trajectory)

    def shoot(self, call: Call) -> Tried:
        """Shoot a take, and think about its misses."""
        stage = self.staged(call.point)
        try:
            if call.nudge is not None:
                stage = nudged_rand(stage, self.seed, call.nudge)
            if not call.proves:
                stage = with_proxies(stage, self.proxies)
                stage = hastened(stage, self.idle_frames * stage.timeline.frame_secs)
            # What is filmed is looked at to its end.
            whole = call.proves and call.nudge is None
            trajectory, verdicts = self.film(stage, self._length(call, stage), whole=whole)
        except SimulationError:
            return Tried(number=call.number, point=call.point, score=REFUSED)
        if call.nudge is None and trajectory.penetration_m[0] > self.overlap_allowed:
            return Tried(number=call.number, point=call.point, score=REFUSED)
        return self.judged(call, stage, trajectory, verdicts)

    def judged(
        self, call: Call, stage: Stage, trajectory: Trajectory, verdicts: Sequence[Verdict]
    ) -> Tried:
        """Score a take that was filmed, and think about its misses."""
        score = score_of(verdicts, self.graph)
        aims: tuple[Float[Array, " d"], ...] = ()
        if score <= 0 and call.nudge is None:
            aims = self._aims(call, stage, trajectory, verdicts)
        settled = settled_secs(verdicts, self.graph) if score > 0 else None
        return Tried(
            number=call.number, point=call.point, score=score, aims=aims, settled_secs=settled
        )

    def _length(self, call: Call, stage: Stage) -> Timeline:
        if not call.proves:
            frames = max(self.preview.frame_count - self.idle_frames, 1)
            return replace(self.preview, frame_count=frames)
        if call.until_secs is None:
            return stage.timeline
        return cut_at(call.until_secs, stage.timeline)

    def bare(self) -> "Rehearsal":
        """Return the rehearsal of a stage without looks: less to send, and it moves alike."""
        stage = replace(
            self.stage, bodies=tuple(_bare(body) for body in self.stage.bodies), lights=(),
            environment=_NOWHERE,
        )  # fmt: skip
        return replace(self, stage=stage)

    @property
    def _low(self) -> Float[Array, " d"]:
        return np.array([dial.low for dial in self.dials])

    @property
    def _span(self) -> Float[Array, " d"]:
        return np.array([dial.high - dial.low for dial in self.dials])

    def _aims(
        self, call: Call, stage: Stage, trajectory: Trajectory, verdicts: Sequence[Verdict]
    ) -> tuple[Float[Array, " d"], ...]:
        rng = stream(self.seed, "director", "aim", call.number)
        view, values = View(stage, trajectory), self._low + call.point * self._span
        found = (
            aimed_rand(rng, view, self.graph, verdicts, self.dials, values) for _ in range(AIMS)
        )
        return tuple((aim - self._low) / self._span for aim in found if aim is not None)


_NOWHERE = Environment(
    place="", indoor=False, time_of_day="", weather="", sky_color=np.zeros(3), sky_strength=0.0
)


def _bare(body: Body) -> Body:
    # How hard a surface is goes by its material's name: what strikes it may break.
    plain = tuple(Material(name=m.name, base_color=np.zeros(3)) for m in body.materials)
    return replace(body, materials=plain)
