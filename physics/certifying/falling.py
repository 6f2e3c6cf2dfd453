"""Free flights: gravity refitted to each, and how far what falls has fallen."""

import itertools
from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from physics.certifying.check import Check, not_covered
from physics.certifying.freedom import GRIPPING, held_from, unfree
from physics.observe.view import View
from scene_builder.model.actions.action import end_of
from scene_builder.model.arrays import Array

LEAST_FLIGHT_FRAMES = 6
"""Shorter flights are not fitted."""

GRAVITY_TOLERANCE = 1e-3
"""Largest relative error of the gravity fitted to a flight, and of a fallen distance."""

MENDING_STEPS = 10
"""For so many steps after a touch, a solver may still draw an overlap apart."""

FALL_SECS = 0.5
"""Flights at least this long have their fallen distance checked."""


def check_falling(view: View) -> Iterator[Check]:
    """Check every flight of every body that nothing but gravity moves."""
    if not view.stage.gravity.any():
        yield not_covered("free fall", "all", "there is no gravity")
        return
    for body in view.stage.bodies:
        if body.mobility == "static":
            continue
        why = unfree(view, body.id)
        if why is not None:
            yield not_covered("free fall", body.id, why)
            continue
        for first, last in flights(view, body.id):
            yield from _flight(view, body.id, first, last)


def _flight(view: View, body_id: str, first: int, last: int) -> Iterator[Check]:
    frames = slice(first, last + 1)
    times = view.times[frames] - view.times[first]
    points = view.center(body_id)[frames]
    g, size = view.stage.gravity, float(np.linalg.norm(view.stage.gravity))
    curve = np.polyfit(times, points, 2)
    fitted = 2 * curve[0]
    error = float(np.linalg.norm(fitted - g)) / size
    share = _explained(times, points, curve)
    yield Check(
        law="free fall", subject=body_id, measured=error, limit=GRAVITY_TOLERANCE, unit="1",
        text=f"{body_id} flies from {view.times[first]:.2f} s to {view.times[last]:.2f} s with "
        f"{np.linalg.norm(fitted):.4f} m/s² (R² {share:.6f}), {error:.1e} off",
        frame=first,
    )  # fmt: skip
    if times[-1] >= FALL_SECS:
        flown = points[-1] - points[0] - view.velocity(body_id)[first] * times[-1]
        due = g * times[-1] ** 2 / 2
        off = float(np.linalg.norm(flown - due) / np.linalg.norm(due))
        yield Check(
            law="fallen distance", subject=body_id, measured=off, limit=GRAVITY_TOLERANCE,
            unit="1", text=f"{body_id} falls {np.linalg.norm(flown):.4f} m from its straight "
            f"course in {times[-1]:.2f} s, {off:.1e} off", frame=last,
        )  # fmt: skip


def _explained(
    times: Float[Array, " n"], points: Float[Array, "n 3"], curve: Float[Array, "3 3"]
) -> float:
    """Share of the points' variance that the parabola explains (R²)."""
    fitted = np.stack([times**2, times, np.ones_like(times)], axis=1) @ curve
    spread = float(np.square(points - points.mean(axis=0)).sum())
    return 1.0 - float(np.square(points - fitted).sum()) / max(spread, 1e-18)


def flights(view: View, body_id: str) -> list[tuple[int, int]]:
    """Return the first and last frames of a body's free flights of six frames or more."""
    if view.body(body_id).mobility != "dynamic" or unfree(view, body_id):
        return []
    if not view.stage.gravity.any():
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
        inside &= view.trajectory.present[:, view.trajectory.index(body_id)]
        if inside.sum() >= LEAST_FLIGHT_FRAMES:
            frames = np.flatnonzero(inside)
            found.append((int(frames[0]), int(frames[-1])))
    return found


def _disturbances(view: View, body_id: str) -> list[float]:
    """Moments at which, or between which, actions keep a body from flying freely [s]."""
    step, moments = view.stage.timeline.step_secs, []
    for action in view.stage.actions:
        if body_id != action.body and not (action.kind == "attach" and body_id == action.other):
            continue
        moments.append(action.start_secs)
        if action.kind == "release":
            moments += np.arange(0.0, action.start_secs, step).tolist()
        elif action.kind in GRIPPING:
            end = min(end_of(action, view.stage.actions), float(view.times[-1]))
            begin = min(held_from(view, action), float(view.times[-1]))
            moments += [*np.arange(begin, end, step).tolist(), end]
        elif action.kind == "apply_force" and action.duration_secs > 0:
            end = action.start_secs + action.duration_secs
            moments += [*np.arange(action.start_secs, end, step).tolist(), end]
    return moments
