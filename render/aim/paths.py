"""Camera positions over time that hold their subjects, and are smooth."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from render.aim.framing import Frustum, tightest
from scene_builder.model.arrays import Array

PointsAt = Callable[[range], Float[Array, "n 3"]]
"""What has to be held over some frames (n 3) [m]."""


def standing(
    points: Float[Array, "n 3"], rotation: Float[Array, "3 3"], view: Frustum, frame_count: int
) -> Float[Array, "f 3"]:
    """Return one position for all frames, the tightest."""
    return np.tile(tightest(points, rotation, view), (frame_count, 1))


def following(
    points_at: PointsAt,
    rotation: Float[Array, "3 3"],
    view: Frustum,
    *,
    frame_count: int,
    held: range,
    reach: int,
) -> Float[Array, "f 3"]:
    """Return positions that go with moving points, smooth, and hold them at every frame.

    The position wanted at frame k is the tightest that holds what is there within `reach`
    frames of k, or one farther back where points have drawn close together: three apples in a
    bowl are shown on their table. The mean over `reach` frames then still holds what is there at
    k, because positions that hold a set of points are convex (see `tightest`).

    Args:
        points_at: What has to be held.
        rotation: The camera's axes, the same for all frames.
        view: What may hold the points.
        frame_count: Frames of the shot.
        held: Frames at which the points have to be held; outside, the camera comes to rest.
        reach: Half the length of the smoothing [frames].
    """
    held_at = [points_at(_around(k, reach, held)) for k in range(frame_count)]
    wanted = np.stack([tightest(points, rotation, view) for points in held_at])
    back = rotation[:, 2]
    away = (wanted - np.stack([points.mean(axis=0) for points in held_at])) @ back
    kept = np.clip(_NEARER * away.max(), away, _AIR * np.maximum(away, 0.0))
    return smoothed(wanted + np.maximum(kept - away, 0.0)[:, None] * back, reach)


_NEARER = 0.5
"""A camera that follows comes so near at most, of the longest distance that it needs."""
_AIR = 1.8
"""For that it stays back from what it holds by so many times the least distance, at most."""


def smoothed(values: Float[Array, "f n"], reach: int) -> Float[Array, "f n"]:
    """Return weighted means over `reach` frames to each side."""
    window = np.hanning(2 * reach + 3)[1:-1]
    padded = np.pad(values, ((reach, reach), (0, 0)), mode="edge")
    columns = [np.convolve(one, window / window.sum(), mode="valid") for one in padded.T]
    return np.stack(columns, axis=-1)


def eased(frame_count: int, active: range) -> Float[Array, " f"]:
    """Return 0…1 over some frames of a shot, at rest at both ends (smootherstep, Perlin 2002)."""
    steps = max(1, len(active) - 1)
    t = np.clip((np.arange(frame_count) - active.start) / steps, 0, 1)
    return np.asarray(t**3 * (t * (6 * t - 15) + 10))


def _around(k: int, reach: int, held: range) -> range:
    low = min(max(k - reach, held.start), held.stop - 1)
    high = max(min(k + reach, held.stop - 1), held.start)
    return range(low, high + 1)
