"""The same film with half the physics step: how far does the motion move?"""

import time
from dataclasses import dataclass, replace

import numpy as np

from physics.certifying.check import Check, not_covered
from physics.observe.view import View
from physics.pace import refinement
from physics.simulator import Simulator
from physics.trajectory import Trajectory
from scene_builder.model.errors import SimulationError
from scene_builder.model.stage import Stage

HALVING_TOLERANCE = 0.02
"""Largest way between both motions, as a share of the longest way that anything goes."""

LEAST_WAY_M = 0.01
"""Ways between both motions shorter than this [m] are none that one could see."""

PROBE_FRAMES = 8
"""So many frames are simulated first, to learn how long the whole would take."""

BUDGET_SECS = 30.0
"""Where it would take longer than this [s], it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Halving:
    """A film simulated again with half the step.

    Attributes:
        check: How far it moved.
        motion: The other motion; None if it was not made.
    """

    check: Check
    motion: Trajectory | None = None


def halved(
    stage: Stage, trajectory: Trajectory, simulator: Simulator, budget_secs: float = BUDGET_SECS
) -> Halving:
    """Simulate a stage again with half the step, where that is cheap, and compare.

    Args:
        stage: What moved.
        trajectory: How it moved.
        simulator: Moves it again.
        budget_secs: Longest time that this may take [s].
    """
    if stage.softs:
        return Halving(check=_left_out("a soft body shakes another way after the least change"))
    if stage.fabrics:
        return Halving(check=_left_out("cloth folds another way after the least change"))
    finer = _finer(stage)
    try:
        if _due_secs(finer, simulator) > budget_secs:
            return Halving(check=_left_out(f"it would take more than {budget_secs:.0f} s"))
        motion = simulator.simulate(finer)
    except SimulationError as error:
        return Halving(check=_left_out(str(error)))
    return Halving(check=compared(stage, trajectory, motion), motion=motion)


def _finer(stage: Stage) -> Stage:
    """Return a stage whose shortest steps are at most half as long.

    Shorter steps of the timeline are parted less often, so twice as many may not do.
    """
    wanted, factor = 2 * stage.timeline.substeps * refinement(stage), 2
    while True:
        timeline = replace(stage.timeline, substeps=factor * stage.timeline.substeps)
        finer = replace(stage, timeline=timeline)
        if timeline.substeps * refinement(finer) >= wanted:
            return finer
        factor += 1


def _due_secs(stage: Stage, simulator: Simulator) -> float:
    """Learn from the first frames how long a stage takes to simulate: opening it, and a frame."""
    frames = stage.timeline.frame_count
    if frames <= PROBE_FRAMES:
        return 0.0
    took = []
    for count in (1, PROBE_FRAMES):
        began = time.perf_counter()
        simulator.simulate(replace(stage, timeline=replace(stage.timeline, frame_count=count)))
        took.append(time.perf_counter() - began)
    opening, probe = took
    return opening + max(probe - opening, 0.0) * frames / PROBE_FRAMES


def compared(stage: Stage, trajectory: Trajectory, finer: Trajectory) -> Check:
    """Return how far two motions of a stage are from each other."""
    coarse, fine = View(stage, trajectory), View(stage, finer)
    dynamic = [body.id for body in stage.bodies if body.mobility == "dynamic"]
    if not dynamic:
        return not_covered("step halving", "all", "nothing moves by the laws")
    apart = np.array(
        [np.linalg.norm(coarse.center(b) - fine.center(b), axis=1) for b in dynamic]
    )  # fmt: skip
    way = max(
        float(np.linalg.norm(np.diff(coarse.center(b), axis=0), axis=1).sum()) for b in dynamic
    )
    limit = max(HALVING_TOLERANCE * way, LEAST_WAY_M)
    most = apart.max(axis=0)
    row, frame = np.unravel_index(int(apart.argmax()), apart.shape)
    text = f"with half the step {dynamic[int(row)]} ends up to {apart.max() * 1000:.1f} mm away"
    if most.max() <= limit:
        return Check(
            law="step halving", subject="all", measured=float(most.max()), limit=limit, unit="m",
            text=f"{text}, at {coarse.times[int(frame)]:.2f} s", frame=int(frame),
        )  # fmt: skip
    since = float(coarse.times[int(np.argmax(most > limit))])
    return Check(
        law="step halving", subject="all", measured=float(most.max()), limit=limit, unit="m",
        text=f"chaotic from {since:.2f} s on: {text}; small causes decide what happens then",
        frame=int(frame), covered=False,
    )  # fmt: skip


def _left_out(why: str) -> Check:
    row = not_covered("step halving", "all", why)
    return replace(row, text=f"not measured: {why}")
