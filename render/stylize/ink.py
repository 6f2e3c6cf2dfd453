"""Ink lines where bodies end, fold, or hide a part of themselves."""

import numpy as np
from jaxtyping import Float

from render.camera_track import CameraTrack
from render.frames import FrameBuffers
from scene_builder.model.arrays import Array


def ink(frame: FrameBuffers, track: CameraTrack, *, width_px: float) -> Float[Array, "h w"]:
    """Return how much ink covers each pixel, 0…1.

    Lines run between pixels, on a grid twice as fine: whether one is there is decided from
    exact ids, points and normals, so that it holds still when nothing moves. Blurring and
    cutting that grid rounds its steps, as supersampling would.

    Args:
        frame: Its depth, normal and body index are used.
        track: The camera.
        width_px: Width of the lines [px].
    """
    from scipy.ndimage import gaussian_filter

    points = _points(frame, track)
    height, width = frame.depth.shape
    fine = np.zeros((2 * height - 1, 2 * width - 1))
    ends_across, folds_across = _between(frame, points, (slice(None), slice(None, -1)), 1)
    ends_down, folds_down = _between(frame, points, (slice(None, -1), slice(None)), 0)
    folds_across, folds_down = _without_rungs(folds_across, folds_down)
    fine[:, 1::2][::2] = np.maximum(ends_across, folds_across)
    fine[1::2, ::2] = np.maximum(ends_down, folds_down)
    # Where lines meet between four pixels they are joined.
    beside = np.maximum(fine[:-2:2, 1::2], fine[2::2, 1::2])
    above = np.maximum(fine[1::2, :-2:2], fine[1::2, 2::2])
    fine[1::2, 1::2] = np.minimum(np.maximum(beside, above), 1)
    spread = width_px * _SPREAD
    soft = gaussian_filter(np.pad(fine, 1, mode="edge"), spread, truncate=3.0)
    peak = 1 / (np.sqrt(2 * np.pi) * spread)  # what a straight line comes to at its middle
    lines = smoothstep(soft / peak, *_CUT)
    # Each pixel takes the mean of the 3 × 3 fine places around its centre.
    rows = lines[0:-2:2] * 0.25 + lines[1:-1:2] * 0.5 + lines[2::2] * 0.25
    return np.asarray(
        rows[:, 0:-2:2] * 0.25 + rows[:, 1:-1:2] * 0.5 + rows[:, 2::2] * 0.25
    )  # fmt: skip


def smoothstep(x: Float[Array, "*n"], low: float, high: float) -> Float[Array, "*n"]:
    """Return 0 below `low`, 1 above `high`, and a smooth rise between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


_SPREAD = 0.92
_CUT = (0.32, 0.78)
_CREASE = (1 - np.cos(np.deg2rad(28)), 1 - np.cos(np.deg2rad(50)))
_CREASE_INK = 0.75
_NEIGHBOURHOOD_PX = 7
_RARE = 0.6
_STEP = (0.004, 0.012)
"""Shares of the depth by which a surface jumps away from its own tangent plane."""


def _points(frame: FrameBuffers, track: CameraTrack) -> Float[Array, "h w 3"]:
    """Return what each pixel shows, in the world [m]; far away for the background."""
    depth = np.where(np.isfinite(frame.depth), frame.depth, _FAR_M).astype(np.float64)
    rays: Array = track.lens.rays()
    return np.asarray(track.world_from_camera(frame.frame) @ (rays * depth[..., None]))


_FAR_M = 1e4


def _between(
    frame: FrameBuffers, points: Float[Array, "h w 3"], here: tuple[slice, slice], axis: int
) -> tuple[Array, Array]:
    """Return whether a body ends between neighbours along an axis, and how much it folds there."""
    there = tuple(slice(1, None) if k == axis else slice(None) for k in (0, 1))
    ends = frame.body_index[here] != frame.body_index[there]
    turn = 1 - (frame.normal[here] * frame.normal[there]).sum(-1)
    crease = _CREASE_INK * smoothstep(_ridges(turn, axis), *_CREASE)
    folds = np.maximum(crease, _steps(frame, points, here, there))
    solid = (frame.body_index[here] > 0) & (frame.body_index[there] > 0)
    return ends, np.asarray(np.where(solid, folds, 0.0))


def _without_rungs(across: Array, down: Array) -> tuple[Array, Array]:
    """Return the folds of both axes, each only where it is not much rarer than the other.

    A fold that runs nearly along the rows is met by every column, but by a row only where it
    steps: those few would stand across the line like a ladder's rungs.
    """
    from scipy.ndimage import uniform_filter

    share_across = uniform_filter(np.pad(across, ((0, 0), (0, 1))), _NEIGHBOURHOOD_PX)
    share_down = uniform_filter(np.pad(down, ((0, 1), (0, 0))), _NEIGHBOURHOOD_PX)
    keep_across = share_across > _RARE * share_down
    keep_down = share_down > _RARE * share_across
    return across * keep_across[:, :-1], down * keep_down[:-1]


def _ridges(turn: Float[Array, "h w"], axis: int) -> Float[Array, "h w"]:
    """Return how much surfaces bend, where they bend most along an axis: one line a bend.

    A rounded edge bends over several pixels; drawn at each of them it would be a ladder.
    """
    nothing = np.zeros_like(turn[:1] if axis == 0 else turn[:, :1])
    padded = np.concatenate([nothing, nothing, turn, nothing, nothing], axis=axis)
    count = turn.shape[axis]
    ahead = [np.take(padded, range(2 + k, 2 + k + count), axis=axis) for k in (1, 2)]
    behind = [np.take(padded, range(2 - k, 2 - k + count), axis=axis) for k in (1, 2)]
    most = (turn > np.maximum(*behind)) & (turn >= np.maximum(*ahead))
    return np.asarray(np.where(most, turn, 0.0))


def _steps(
    frame: FrameBuffers, points: Array, here: tuple[slice, ...], there: tuple[slice, ...]
) -> Array:
    """Return how much a surface hides a part of itself between neighbours."""
    normals = frame.normal
    apart = points[there] - points[here]
    away = np.abs((normals[here] * apart).sum(-1))
    back = np.abs((normals[there] * apart).sum(-1))
    depth = np.minimum(frame.depth[here], frame.depth[there])
    depth = np.where(np.isfinite(depth), depth, _FAR_M)
    return np.asarray(smoothstep(np.minimum(away, back) / depth, *_STEP))
