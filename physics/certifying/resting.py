"""What rests does not shake, is carried, and touches where its surface is."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float, Int

from physics.certifying.check import Check
from physics.certifying.freedom import buoyed, gripped, jointed
from physics.certifying.solids import Solid, solid_of
from physics.observe.view import View
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz

JITTER_M = 2e-4
"""Most that a body at rest may shake from frame to frame, on average [m]."""

STILL_SPEED = 0.02
"""A body no point of which is faster than this [m/s] over the last quarter of a second is at rest:
what rocks or spins is not."""

STILL_SECS = 0.25

TOUCH_GAP_M = 1.5e-3
"""Furthest that a touch may be from the surfaces that it joins [m], beside what they move by in
two steps."""

FLOATING_SECS = 0.1
"""Longest time for which something may stand still in the air [s]: the top of a throw is still,
too, but not for so long."""

HANGING_SPEED = 0.01
"""What is slower than this at two frames in a row [m/s] stands still."""


def check_resting(view: View) -> Iterator[Check]:
    """Check what is still at the end, and what stands still on the way."""
    held_by_joint = jointed(view) | buoyed(view)
    frames = max(1, round(STILL_SECS / view.frame_secs))
    for body in view.stage.bodies:
        if body.mobility != "dynamic":
            continue
        if view.stage.gravity.any() and body.id not in held_by_joint:
            yield _floating(view, body.id)
        speed = np.linalg.norm(view.velocity(body.id), axis=1)
        speed = speed + np.linalg.norm(view.spin(body.id), axis=1) * view.size(body.id) / 2
        if (speed[-frames:] > STILL_SPEED).any() or not _there(view, body.id)[-frames:].all():
            continue
        still = _trailing((speed <= STILL_SPEED) & _there(view, body.id))
        shaking = np.diff(view.center(body.id)[still:], n=2, axis=0)
        shake = float(np.abs(shaking).max(axis=1).mean()) if len(shaking) else 0.0
        yield Check(
            law="rest", subject=body.id, measured=shake, limit=JITTER_M,
            unit="m", text=f"{body.id} shakes by {shake * 1000:.3f} mm while it is at rest",
        )  # fmt: skip
        if view.stage.gravity.any() and body.id not in held_by_joint and not _held(view, body.id):
            carriers = [o for o in view.partners(body.id) if view.carried(body.id, o)[-1]]
            yield Check(
                law="support", subject=body.id, measured=float(not carriers), limit=0.5, unit="1",
                text=f"{body.id} rests on {', '.join(carriers) or 'nothing'}",
            )  # fmt: skip


def _there(view: View, body_id: str) -> Bool[Array, " f"]:
    return np.asarray(view.trajectory.present[:, view.trajectory.index(body_id)])


def _floating(view: View, body_id: str) -> Check:
    """Longest time for which a body stands still and nothing carries it."""
    slow = np.linalg.norm(view.velocity(body_id), axis=1) < HANGING_SPEED
    slow &= _there(view, body_id)
    slow &= (view.times > view.held_until(body_id) + view.frame_secs) & ~gripped(view, body_id)
    for other in view.partners(body_id):
        slow &= ~_touched(view, body_id, other)
    longest, end, run = 0, 0, 0
    for k, value in enumerate(slow):
        run = run + 1 if value else 0
        if run > longest:
            longest, end = run, k
    secs = max(longest - 1, 0) * view.frame_secs
    return Check(
        law="hovering", subject=body_id, measured=secs, limit=FLOATING_SECS,
        unit="s", text=f"{body_id} stands still in the air for {secs:.2f} s"
        + (f", until {view.times[end]:.2f} s" if secs else ""), frame=end if secs else None,
    )  # fmt: skip


def _touched(view: View, a: str, b: str) -> Bool[Array, " f"]:
    """Frames within a frame of a touch, whatever its direction: walls can wedge a body in."""
    times = view.touching(a, b).time
    if len(times) == 0:
        return np.zeros(len(view.times), np.bool_)
    after = np.searchsorted(times, view.times)
    gap = np.abs(view.times - times[np.minimum(after, len(times) - 1)])
    gap = np.minimum(gap, np.abs(view.times - times[np.maximum(after - 1, 0)]))
    return np.asarray(gap <= view.frame_secs * 1.01)


def _held(view: View, body_id: str) -> bool:
    end = float(view.times[-1])
    return bool(gripped(view, body_id)[-1]) or any(
        action.body == body_id and action.kind == "release" and action.start_secs >= end
        for action in view.stage.actions
    )


def _trailing(true: Bool[Array, " f"]) -> int:
    """First frame of the run of True that reaches the end."""
    false = np.flatnonzero(~true)
    return int(false[-1]) + 1 if len(false) else 0


def check_touches(view: View) -> Iterator[Check]:
    """Check that what is told to touch at a frame is not apart along the touch's normal.

    Two solids that leave a gap between their shadows on any line are apart by at least that gap.
    """
    contacts, step = view.trajectory.contacts, view.stage.timeline.step_secs
    if len(contacts.time) == 0:
        return
    frame = np.abs(contacts.time[:, None] - view.times[None]).argmin(axis=1)
    on_frame = np.abs(view.times[frame] - contacts.time) < step / 4
    fastest = _fastest(view)
    solids = {body.id: solid_of(body) for body in view.stage.bodies}
    pairs = np.stack([contacts.a, contacts.b], axis=1)
    for i, j in np.unique(pairs[on_frame], axis=0).tolist():
        rows = np.flatnonzero(on_frame & (contacts.a == i) & (contacts.b == j))
        at = frame[rows]
        a, b = view.trajectory.body_ids[i], view.trajectory.body_ids[j]
        apart = _apart(view, (solids[a], solids[b]), (i, j), at, contacts.normal[rows])
        excess = np.maximum(apart - 2 * (fastest[at, i] + fastest[at, j]) * step, 0.0)
        worst = int(excess.argmax())
        size = min(view.size(a), view.size(b), 0.5)
        yield Check(
            law="place of touch", subject=f"{a} and {b}", measured=float(excess[worst]),
            limit=TOUCH_GAP_M + 0.005 * size, unit="m", frame=int(at[worst]),
            text=f"{a} touches {b} across a gap of {max(apart[worst], 0.0) * 1000:.2f} mm at "
            f"{contacts.time[rows[worst]]:.2f} s",
        )  # fmt: skip


def _apart(
    view: View, solids: tuple[Solid, Solid], pair: tuple[int, int], frames: Int[Array, " n"],
    normals: Float[Array, "n 3"],
) -> Float[Array, " n"]:  # fmt: skip
    """Gap between the shadows of two solids on the normals of their touches [m]."""
    motion, toward = view.trajectory, normals.copy()
    turns = [rotation_from_wxyz(motion.wxyz[frames, k]) for k in pair]
    for solid, turn, sign in zip(solids, turns, (-1.0, 1.0), strict=True):
        if solid.plane:
            toward = sign * turn[:, :, 2]
    gap = np.zeros(len(frames))
    for solid, turn, k, sign in zip(solids, turns, pair, (1.0, -1.0), strict=True):
        gap += sign * np.sum(toward * motion.positions[frames, k], axis=1)
        local = np.einsum("nji,nj->ni", turn, -sign * toward)
        gap -= solid.furthest(local)
    return gap


def _fastest(view: View) -> Float[Array, "f b"]:
    """Speed of each body's quickest point about each frame [m/s]; a blow may have slowed it."""
    sizes = np.array([view.size(body_id) for body_id in view.trajectory.body_ids])
    speed = np.linalg.norm(view.trajectory.linear_velocities, axis=2)
    speed = speed + np.linalg.norm(view.trajectory.angular_velocities, axis=2) * sizes
    before, after = np.roll(speed, 1, axis=0), np.roll(speed, -1, axis=0)
    before[0], after[-1] = speed[0], speed[-1]
    return np.asarray(np.maximum(np.maximum(before, speed), after))
