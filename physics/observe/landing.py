"""Findings about arriving: lands on, lands in, comes to rest, moves."""

from functools import lru_cache

import numpy as np
from jaxtyping import Float

from physics.observe.finding import Finding, above_zero, below_zero, bounded
from physics.observe.view import CARRYING_SLOPE, View
from scene_builder.model.arrays import Array
from scene_builder.model.stage import GROUND_ID

APART_SECS = 0.08
"""What was apart for at least this long, and then is carried, has landed."""

INSIDE_SECS = 0.3
"""What is in a vessel for so long (or at the end) has landed in it."""

LOW_POINT = 0.7
"""A body's test point lies this share of the way from its centre down to its lowest point."""

REST_SPEED = 0.02
"""What is slower than this [m/s] rests."""

REST_SPIN = 0.3
"""And what turns slower than this [rad/s]."""

REST_SECS = 0.25
"""For so long, until the end."""

MOST_M = 100.0
"""Farther than this [m] from what there is not."""

LEAST_MOVE_M = 0.02
"""What is displaced by less has not moved [m]."""

LEAST_TURN_DEG = 20.0
"""Nor has what turned by less."""


def lands_on(view: View, subject: str, target: str, since: float) -> Finding:
    """Whether target comes to carry subject, which was not on it before."""
    touching = view.touching(subject, target).since(since)
    pause = np.diff(touching.time, prepend=view.held_until(subject))
    from_above = touching.normal @ view.up > CARRYING_SLOPE
    arrivals = np.flatnonzero(from_above & (pause > APART_SECS))
    inside = view.margin_inside(subject, target)
    width = max(view.half_width(target), 1e-3)
    if len(arrivals):
        time = float(touching.time[arrivals[0]])
        frame = view.stage.timeline.frame_at(time)
        stays = bool(view.carried(subject, target)[-1])
        return Finding(
            margin=above_zero(min(float(inside[frame]), 2 * width) / width + 0.3 * stays),
            time_secs=time,
            evidence=f"{subject} lands on {target} at {time:.2f} s",
        )
    gap = view.gap(subject, target)
    return Finding(
        margin=below_zero(-float(gap.min()) / view.size(target) - 0.05),
        time_secs=None,
        evidence=f"{subject} does not land on {target}: it comes within "
        f"{gap.min() * 100:.1f} cm of it",
    )


def lands_in(view: View, subject: str, target: str, since: float) -> Finding:
    """Whether subject is inside of target (its convex hull) for a while, or at the end.

    In the ground it is where it is under water.
    """
    wet = target == GROUND_ID
    depth = _depth_in_water(view, subject) if wet else _depth(view, subject, target)
    depth[view.times < since] = -np.inf
    frames = max(1, round(INSIDE_SECS / view.frame_secs))
    padded = np.concatenate([depth, np.full(frames, np.inf)])
    lasting = np.lib.stride_tricks.sliding_window_view(padded, frames + 1).min(axis=1)
    width = view.half_width(subject if wet else target)
    best = int(np.argmax(lasting))
    place = "in the water" if wet else f"inside of {target}"
    if lasting[best] > 0:
        first = int(np.argmax(lasting > 0))
        time = float(view.times[first])
        return Finding(
            margin=above_zero(float(lasting[best]) / width * 2),
            time_secs=time,
            evidence=f"{subject} is {place} from {time:.2f} s on",
        )
    nearest = float(depth.max())
    return Finding(
        margin=below_zero(max(nearest, -MOST_M) / view.size(subject if wet else target) - 0.02),
        time_secs=None,
        evidence=f"{subject} does not stay {place}: it comes within "
        f"{max(-nearest, 0.0) * 100:.1f} cm of its inside",
    )


def comes_to_rest(view: View, subject: str, _target: str | None, since: float) -> Finding:
    """Whether subject, having moved, is still at the end."""
    speed = np.linalg.norm(view.velocity(subject), axis=1)
    spin = np.linalg.norm(view.spin(subject), axis=1)
    moving = np.flatnonzero((speed > REST_SPEED) | (spin > REST_SPIN))
    if len(moving) == 0:
        return Finding(margin=-1.0, time_secs=None, evidence=f"{subject} never moves")
    last = int(moving[-1])
    rests_for = float(view.times[-1] - view.times[last])
    start = max(float(view.times[min(last + 1, len(view.times) - 1)]), since)
    if rests_for >= REST_SECS:
        return Finding(
            margin=above_zero((rests_for - REST_SECS) / 0.5),
            time_secs=start,
            evidence=f"{subject} is at rest from {start:.2f} s on",
        )
    return Finding(
        margin=below_zero(-0.1 - float(speed[-1]) / 0.5),
        time_secs=None,
        evidence=f"{subject} still moves at {view.times[last]:.2f} s, with {speed[last]:.2f} m/s",
    )


def moves(view: View, subject: str, _target: str | None, since: float) -> Finding:
    """Whether subject is displaced or turned so that one can see it."""
    center = view.center(subject)
    late = view.times >= since
    start = center[int(np.argmax(late))]
    away = np.where(late, np.linalg.norm(center - start, axis=1), 0.0)
    wxyz = view.trajectory.wxyz[:, view.trajectory.index(subject)]
    cosine = np.clip(np.abs(wxyz @ wxyz[int(np.argmax(late))]), 0.0, 1.0)
    turn = np.where(late, np.rad2deg(2 * np.arccos(cosine)), 0.0)
    needed = max(LEAST_MOVE_M, 0.1 * view.half_width(subject))
    share = np.maximum(away / needed, turn / LEAST_TURN_DEG)
    if share.max() > 1:
        time = float(view.times[int(np.argmax(share > 1))])
        return Finding(
            margin=above_zero((float(share.max()) - 1) / 2),
            time_secs=time,
            evidence=f"{subject} moves from {time:.2f} s on, by {away.max() * 100:.0f} cm",
        )
    return Finding(
        margin=min(bounded(float(share.max()) - 1), -0.02),
        time_secs=None,
        evidence=f"{subject} moves by {away.max() * 100:.1f} cm at most",
    )


def _depth_in_water(view: View, subject: str) -> Float[Array, " f"]:
    """How deep the lowest point of subject lies in the water of the place [m]; below 0 outside."""
    center = view.center(subject)
    water = next((f for f in view.stage.fluids if f.surface_z is not None), None)
    if water is None or water.surface_z is None:
        return np.full(len(center), -MOST_M)
    low = center[:, 2] - LOW_POINT * float(view.body(subject).mesh.extents.min()) / 2
    past_shore = center[:, 1] - (-np.inf if water.shore_y is None else water.shore_y)
    return np.minimum(water.surface_z - low, past_shore)


def _depth(view: View, subject: str, target: str) -> Float[Array, " f"]:
    """How deep a low point of subject lies in the convex hull of target [m]; below 0 outside."""
    mesh = view.body(subject).mesh
    lowest = view.body(subject).center_of_mass[2] - float(mesh.low[2])
    reach = min(lowest, float(mesh.extents.min()) / 2)
    point = view.center(subject) - LOW_POINT * reach * view.up
    local = view.inside(target, point)
    planes = _planes(view.body(target).mesh.vertices.tobytes())
    return np.asarray(-(local @ planes[:, :3].T + planes[:, 3]).max(axis=1))


@lru_cache(maxsize=256)
def _planes(vertices: bytes) -> Float[Array, "p 4"]:
    from scipy.spatial import ConvexHull

    return np.asarray(ConvexHull(np.frombuffer(vertices, np.float32).reshape(-1, 3)).equations)
