"""The proof that a motion kept the laws: every check with what was measured and what is allowed."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool

from physics.observe.energy import total_energy
from physics.observe.view import View
from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Stage

Law = Literal["free fall", "fallen distance", "energy", "overlap", "rest", "support"]

LEAST_FLIGHT_FRAMES = 6
"""Shorter flights are not fitted."""

GRAVITY_TOLERANCE = 1e-3
"""Largest relative error of the gravity fitted to a flight, and of a fallen distance."""

MENDING_STEPS = 10
"""For so many steps after a touch, a solver may still draw an overlap apart."""

FALL_SECS = 0.5
"""Flights at least this long have their fallen distance checked."""

ENERGY_TOLERANCE = 0.01
"""Largest gain of mechanical energy without an action, as a share of the largest that moved."""

MENDED_M = 5e-5
"""By so much a contact may lift what rests while it draws an overlap apart [m]: no motion."""

OVERLAP_SHARE = 0.05
"""Deepest overlap, as a share of the thinnest body that moves by the laws."""

LEAST_OVERLAP_M = 5e-4
"""An overlap that is less [m] is none that one could see."""

JITTER_M = 2e-4
"""Most that a body at rest may shake from frame to frame, on average [m]."""

STILL_SPEED = 0.02
"""A body no point of which is faster than this [m/s] over the last quarter of a second is at rest:
what rocks or spins is not."""

STILL_SECS = 0.25

LEAST_ENERGY_J = 1e-6
"""Where less than this moves, nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One law, checked on one thing.

    Attributes:
        law: Which.
        subject: The body, or "all".
        measured: What came out.
        limit: The most that is allowed.
        unit: Of both: "1" for a relative error, or "m".
        text: A sentence.
    """

    law: Law
    subject: str
    measured: float
    limit: float
    unit: str
    text: str

    @property
    def ok(self) -> bool:
        """Whether it is within what is allowed."""
        return bool(self.measured <= self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """All checks of one motion."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every law was kept."""
        return all(check.ok for check in self.checks)

    def worst(self, law: Law) -> Check | None:
        """Return the check of a law that used up most of what is allowed."""
        of_law = [check for check in self.checks if check.law == law]
        return max(of_law, key=lambda c: c.measured / c.limit, default=None)


def certify(stage: Stage, trajectory: Trajectory) -> Certificate:
    """Check a motion against the laws that it should keep."""
    view = View(stage, trajectory)
    checks = [check for body in stage.bodies for check in _flight_checks(view, body.id)]
    checks += [*_energy(view), _overlap(view), *_rest(view)]
    return Certificate(checks=tuple(checks))


def _flight_checks(view: View, body_id: str) -> Iterator[Check]:
    for first, last in flights(view, body_id):
        frames = slice(first, last + 1)
        times = view.times[frames] - view.times[first]
        points = view.center(body_id)[frames]
        g, size = view.stage.gravity, float(np.linalg.norm(view.stage.gravity))
        fitted = 2 * np.polyfit(times, points, 2)[0]
        error = float(np.linalg.norm(fitted - g)) / size
        yield Check(
            law="free fall", subject=body_id, measured=error, limit=GRAVITY_TOLERANCE, unit="1",
            text=f"{body_id} flies from frame {first} to {last} with "
            f"{np.linalg.norm(fitted):.4f} m/s², {error:.1e} off",
        )  # fmt: skip
        if times[-1] >= FALL_SECS:
            flown = points[-1] - points[0] - view.velocity(body_id)[first] * times[-1]
            due = g * times[-1] ** 2 / 2
            off = float(np.linalg.norm(flown - due) / np.linalg.norm(due))
            yield Check(
                law="fallen distance", subject=body_id, measured=off, limit=GRAVITY_TOLERANCE,
                unit="1", text=f"{body_id} falls {np.linalg.norm(flown):.4f} m from its straight "
                f"course in {times[-1]:.2f} s, {off:.1e} off",
            )  # fmt: skip


def flights(view: View, body_id: str) -> list[tuple[int, int]]:
    """Return the first and last frames of a body's free flights of six frames or more."""
    body = view.body(body_id)
    joined = {j.parent for j in view.stage.joints} | {j.child for j in view.stage.joints}
    damped = body.linear_damping > 0
    if body.mobility != "dynamic" or damped or body_id in joined or not view.stage.gravity.any():
        return []
    step = view.stage.timeline.step_secs
    touched = {
        time for other in view.partners(body_id) for time in view.touching(body_id, other).time
    }
    moments = np.unique([-np.inf, np.inf, *_disturbances(view, body_id), *touched])
    found = []
    for start, end in itertools.pairwise(moments):
        # The step before a touch already brakes; after it, what overlaps is drawn apart first.
        begin = start + MENDING_STEPS * step if start in touched else start
        inside = (view.times >= begin - step / 4) & (view.times < end - step * 1.25)
        if inside.sum() >= LEAST_FLIGHT_FRAMES:
            frames = np.flatnonzero(inside)
            found.append((int(frames[0]), int(frames[-1])))
    return found


def _disturbances(view: View, body_id: str) -> list[float]:
    """Moments at which, or between which, actions keep a body from flying freely [s]."""
    step, moments = view.stage.timeline.step_secs, []
    for action in view.stage.actions:
        if action.body != body_id:
            continue
        moments.append(action.start_secs)
        if action.kind == "release":
            moments += np.arange(0.0, action.start_secs, step).tolist()
        elif action.kind == "apply_force" and action.duration_secs > 0:
            end = action.start_secs + action.duration_secs
            moments += [*np.arange(action.start_secs, end, step).tolist(), end]
    return moments


def _energy(view: View) -> Iterator[Check]:
    """Largest rise of the total energy over its least before, where no action put any in."""
    energy = total_energy(view)
    if energy is None:
        return
    scale = float(max(energy.moving.max(), np.ptp(energy.total), 1e-12))
    least, gain, frame = np.inf, 0.0, 0
    acted = _acted(view)
    for k, value in enumerate(energy.total):
        if acted[k]:
            least = value
        least = min(least, value)
        if value - least > gain:
            gain, frame = value - least, k
    weight = sum(
        body.mass_kg * float(np.linalg.norm(view.stage.gravity))
        for body in view.stage.bodies
        if body.mobility == "dynamic"
    )
    told = max(gain - weight * MENDED_M, 0.0)
    share = told / scale if energy.moving.max() > LEAST_ENERGY_J else 0.0
    yield Check(
        law="energy", subject="all", measured=share, limit=ENERGY_TOLERANCE, unit="1",
        text=f"mechanical energy rises by {gain:.2g} J at most (frame {frame}), "
        f"{share:.1e} of what moved",
    )  # fmt: skip


def _acted(view: View) -> Bool[Array, " f"]:
    """Frames up to which, since the frame before, an action or a driven body could give energy."""
    acted = np.zeros(len(view.times), np.bool_)
    rounding = view.stage.timeline.step_secs / 2  # actions begin with a whole step
    for action in view.stage.actions:
        end = action.start_secs + action.duration_secs
        if action.kind == "drive_joint" and action.duration_secs == 0:
            end = np.inf
        begun = view.times > action.start_secs - rounding
        acted |= begun & (view.times - view.frame_secs < end + rounding)
    for body in view.stage.bodies:
        if body.mobility == "kinematic":
            acted |= np.linalg.norm(view.velocity(body.id), axis=1) > 0
    return acted


def _overlap(view: View) -> Check:
    widths = [
        float(body.mesh.extents.min()) for body in view.stage.bodies if body.mobility == "dynamic"
    ]
    limit = max(OVERLAP_SHARE * min(widths, default=1.0), LEAST_OVERLAP_M)
    overlap = view.trajectory.penetration_m
    frame = int(np.argmax(overlap))
    return Check(
        law="overlap", subject="all", measured=float(overlap[frame]), limit=limit, unit="m",
        text=f"deepest overlap {overlap[frame] * 1000:.2f} mm, at frame {frame}",
    )  # fmt: skip


def _rest(view: View) -> Iterator[Check]:
    """What stands still at the end does not shake, and something carries it."""
    joined = {j.parent for j in view.stage.joints} | {j.child for j in view.stage.joints}
    frames = max(1, round(STILL_SECS / view.frame_secs))
    for body in view.stage.bodies:
        speed = np.linalg.norm(view.velocity(body.id), axis=1)
        speed = speed + np.linalg.norm(view.spin(body.id), axis=1) * view.size(body.id) / 2
        if body.mobility != "dynamic" or (speed[-frames:] > STILL_SPEED).any():
            continue
        still = _trailing(speed <= STILL_SPEED)
        shaking = np.diff(view.center(body.id)[still:], n=2, axis=0)
        shake = float(np.abs(shaking).max(axis=1).mean()) if len(shaking) else 0.0
        yield Check(
            law="rest", subject=body.id, measured=shake, limit=JITTER_M,
            unit="m", text=f"{body.id} shakes by {shake * 1000:.3f} mm while it is at rest",
        )  # fmt: skip
        if view.stage.gravity.any() and body.id not in joined and not _held(view, body.id):
            carriers = [o for o in view.partners(body.id) if view.carried(body.id, o)[-1]]
            yield Check(
                law="support", subject=body.id, measured=float(not carriers), limit=0.5, unit="1",
                text=f"{body.id} rests on {', '.join(carriers) or 'nothing'}",
            )  # fmt: skip


def _held(view: View, body_id: str) -> bool:
    end = float(view.times[-1])
    return any(
        action.body == body_id and action.kind == "release" and action.start_secs >= end
        for action in view.stage.actions
    )


def _trailing(true: Bool[Array, " f"]) -> int:
    """First frame of the run of True that reaches the end."""
    false = np.flatnonzero(~true)
    return int(false[-1]) + 1 if len(false) else 0
