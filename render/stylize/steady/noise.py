"""Noise that is pinned to surfaces: strokes made from it ride on the things that they paint.

Each body's own space is cut into cells, and a cell's normal numbers follow from a hash of where
it lies. Cells are about as big as a pixel: two levels, each twice as coarse as the last, are
mixed so that the variance stays 1 while the camera comes nearer. A pixel takes the mean of what
lies under it, scaled back to a variance of 1: an integral of noise over its footprint, as in
Chang et al. 2024 ("How I Warped Your Noise"), but made anew for each frame from exact surface
points and never carried from frame to frame, where rounding would lose it (EquiVDM 2025 hangs
noise on meshes likewise). So any frame can be made without the others, and what was hidden
comes back with its own noise.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from render.camera_track import CameraTrack
from render.frames import FrameBuffers
from scene_builder.model.arrays import Array

CHANNELS = 4


class Points(NamedTuple):
    """What noise is pinned to.

    Attributes:
        place: Each pixel's point in its body's frame [m], or for the background a direction,
            far away (h w 3).
        body: Body index (h w), 0 for the background.
        footprint: Width of what a pixel covers there, seen head on [m] (h w).
    """

    place: Float[Array, "h w 3"]
    body: Array
    footprint: Float[Array, "h w"]


def surface_noise(
    frame: FrameBuffers, track: CameraTrack, seed: int, *, cell_px: float = 1.0
) -> Float[Array, "4 h w"]:
    """Return four independent fields of standard normal noise of a frame, float32.

    Args:
        frame: Its body points, body index and depth are used.
        track: The camera, for the footprint of pixels and the direction of the background.
        seed: Another seed gives other noise.
        cell_px: Size of the finest cells [px].
    """
    return pinned_noise(points_of(frame, track), seed, cell_px=cell_px)


def points_of(frame: FrameBuffers, track: CameraTrack) -> Points:
    """Return what the noise of a frame is pinned to."""
    lens = track.lens
    behind = (frame.body_index == 0) | ~np.isfinite(frame.body_point).all(-1)
    place = np.where(behind[..., None], 0, frame.body_point).astype(np.float64)
    if behind.any():
        rays = lens.rays()[behind] @ track.world_from_camera(frame.frame).rotation.T
        place[behind] = rays / np.linalg.norm(rays, axis=-1, keepdims=True) * _SKY_M
    depth = np.where(behind, _SKY_M, frame.depth).astype(np.float64)
    return Points(place, np.where(behind, 0, frame.body_index), depth / lens.focal_px)


_SKY_M = 1000.0


def pinned_noise(points: Points, seed: int, *, cell_px: float = 1.0) -> Float[Array, "4 h w"]:
    """Return four fields of standard normal noise that belong to points; see `surface_noise`."""
    height, width = points.body.shape
    across, down = _steps(points, 1), _steps(points, 0)
    level = np.log2(np.maximum(points.footprint * cell_px, _FINEST_M))
    coarse = np.floor(level)
    share = level - coarse
    key = _keys(points.body, seed)
    noise = np.zeros((CHANNELS, height, width), np.float32)
    for start in range(0, height, _ROWS):
        rows = slice(start, start + _ROWS)
        for above, weight in ((0, 1 - share[rows]), (1, share[rows])):
            mixed = _at_level(
                points.place[rows], across[rows], down[rows], coarse[rows] + above, key[rows]
            )
            mixed *= np.sqrt(weight, dtype=np.float64).astype(np.float32)
            noise[:, rows] += mixed
    return noise


_FINEST_M = 1e-6
_ROWS = 24
"""Rows at a time: what is being worked on stays in the processor's cache."""
_SAMPLES = 3
"""Places along one side of a pixel at which cells are looked up."""


def _steps(points: Points, axis: int) -> Float[Array, "h w 3"]:
    """Return how far the surface goes in one pixel along an axis [m], within one body.

    Of the two neighbours on the same body the nearer one counts: a fold or a hole would make
    the footprint far too wide.
    """
    place, body = points.place, points.body
    ahead = np.diff(place, axis=axis)
    same = np.diff(body, axis=axis) == 0
    length = np.where(same, np.einsum("hwk,hwk->hw", ahead, ahead), np.inf)
    ahead[~same] = 0
    zeros = np.zeros_like(np.take(ahead, [0], axis=axis))
    none = np.full_like(np.take(length, [0], axis=axis), np.inf)
    to_next, to_last = np.append(length, none, axis=axis), np.append(none, length, axis=axis)
    forward, back = np.append(ahead, zeros, axis=axis), np.append(zeros, ahead, axis=axis)
    step = np.where((to_next <= to_last)[..., None], forward, back)
    size = np.sqrt(np.where(np.minimum(to_next, to_last) < np.inf,
                            np.minimum(to_next, to_last), 0))  # fmt: skip
    limit = _MOST_STRETCHED * points.footprint
    return np.asarray(step * np.minimum(1, limit / np.maximum(size, _FINEST_M))[..., None])


_MOST_STRETCHED = 6.0
"""At grazing angles a pixel covers more than this many times its width: it is cut there."""


def _at_level(place: Array, across: Array, down: Array, level: Array, key: Array) -> Array:
    """Return the noise (4 h w) of one level of detail: the mean of cells under each pixel."""
    scale = np.exp2(-level)[..., None]
    base, across, down = place * scale, across * scale, down * scale
    salted = key ^ (level.astype(np.int64).astype(np.uint64) * _PRIMES[3])
    offsets = (np.arange(_SAMPLES) + 0.5) / _SAMPLES - 0.5
    hashes = [
        _hashed(np.floor(base + across * x + down * y).astype(np.int64).view(np.uint64), salted)
        for y in offsets
        for x in offsets
    ]
    total = np.zeros((CHANNELS, *level.shape), np.float32)
    for cell in hashes:
        for channel in range(CHANNELS):
            index = (cell >> np.uint64(16 * channel)).astype(np.uint16)
            total[channel] += _NORMALS[index]
    return np.asarray(total / np.sqrt(_shared(hashes)))


def _shared(hashes: list[Array]) -> Float[Array, "h w"]:
    """Return the variance of a sum in which a cell may stand several times."""
    pairs = np.zeros(hashes[0].shape, np.uint8)
    for k, one in enumerate(hashes):
        for other in hashes[:k]:
            pairs += one == other
    return len(hashes) + 2 * pairs.astype(np.float32)


def _hashed(cells: Array, key: Array) -> Array:
    """Return 64 well-mixed bits for each cell (… 3) (Steele et al. 2014, SplitMix64)."""
    bits = cells[..., 0] * _PRIMES[0] ^ cells[..., 1] * _PRIMES[1] ^ cells[..., 2] * _PRIMES[2]
    bits ^= key
    bits ^= bits >> np.uint64(30)
    bits *= np.uint64(0xBF58476D1CE4E5B9)
    bits ^= bits >> np.uint64(27)
    bits *= np.uint64(0x94D049BB133111EB)
    bits ^= bits >> np.uint64(31)
    return np.asarray(bits)


_PRIMES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64
)


def _keys(body: Array, seed: int) -> Array:
    """Return what tells bodies and seeds apart (h w) uint64."""
    salt = np.uint64((seed * 0xD6E8FEB86659FD93 + 1) % 2**64)
    return np.asarray(body.astype(np.uint64) * np.uint64(0xA0761D6478BD642F) ^ salt)


def _normal_table() -> Float[Array, " n"]:
    """Return the normal distribution's quantiles in 2¹⁶ equal parts, of variance 1."""
    from scipy.special import ndtri

    values = ndtri((np.arange(2**16) + 0.5) / 2**16)
    return np.asarray(values / values.std(), np.float32)


_NORMALS = _normal_table()
