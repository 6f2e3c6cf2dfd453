"""Places on surfaces where patches are laid: they ride on what they lie on.

Each body's own space is cut into cubes about as wide as patches lie apart, and one point of each
cube, chosen by chance, is laid on the surface that goes through it. As with the noise that is
pinned to surfaces, there are two levels of detail, each twice as coarse as the last, and one
fades into the other as the camera comes nearer. So a frame's places follow from the frame
alone, and come back after they were hidden.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from render.stylize.steady.noise import Points
from scene_builder.model.arrays import Array

_STRIDE = 2
"""Every so many pixels a surface is looked at."""
_MIDDLE = 0.5
_JITTER = 0.25
"""How far from its middle a cube's point may lie, as a share of its width."""
_LEAST_SEEN = 0.10
"""A cube of which less than this share is seen has no place."""
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Places:
    """Places in one frame.

    Attributes:
        x, y: Where they are seen [px] (n).
        row, column: The pixel nearest by that shows their surface (n).
        weight: How much they count, 0…1 (n): they fade in and out.
        rank: Which lies above which, 0…1 (n).
        chance: 0…1 (n), for whoever chooses a patch.
    """

    x: Float[Array, " n"]
    y: Float[Array, " n"]
    row: Int[Array, " n"]
    column: Int[Array, " n"]
    weight: Float[Array, " n"]
    rank: Float[Array, " n"]
    chance: Float[Array, " n"]


@dataclass(frozen=True, slots=True)
class _Looked:
    """Pixels that are looked at (n): their point, body, level of detail and slopes."""

    place: Float[Array, "n 3"]
    body: Int[Array, " n"]
    level: Float[Array, " n"]
    across: Float[Array, "n 3"]
    down: Float[Array, "n 3"]
    row: Int[Array, " n"]
    column: Int[Array, " n"]


def places_on(points: Points, seed: int, *, apart_px: float) -> Places:
    """Return the places of a frame.

    Args:
        points: What each pixel shows.
        seed: Another seed gives other places.
        apart_px: How far they lie apart, about [px].
    """
    seen = _looked_at(points, apart_px)
    coarse = np.floor(seen.level)
    share = seen.level - coarse
    level = np.concatenate([coarse, coarse + 1])
    weight = np.concatenate([1 - share, share])
    twice = np.tile(np.arange(len(share)), 2)
    size = np.exp2(level)
    cell = np.floor(seen.place[twice] / size[:, None] + _OFF).astype(np.int64)
    bits = _hashed(cell, level, seen.body[twice], seed)
    target = (cell - _OFF + _jitter(bits)) * size[:, None]
    apart = np.linalg.norm(target - seen.place[twice], axis=-1)
    order = np.lexsort((apart, bits))
    first = np.flatnonzero(np.diff(bits[order], prepend=~bits[order[:1]]) != 0)
    count = np.diff(first, append=len(order))
    best = order[first]
    at = twice[best]
    right, below, sure = _offset(target[best] - seen.place[at], seen.across[at], seen.down[at])
    area = size[best] ** 2 / np.maximum(_spanned(seen.across[at], seen.down[at]), _LEAST)
    visible = count * _STRIDE**2 / np.minimum(area, apart_px**2 * 4)
    beyond = np.hypot(right, below) / apart_px
    key = bits[best]
    # on surfaces seen from the side cubes are crowded: some of them stand back
    crowded = area / (_CROWDED * apart_px**2)
    counts = weight[best] * sure * _ramp(visible, _LEAST_SEEN, 0.5) * _ramp(-beyond, -1.6, -0.8)
    counts *= _ramp(crowded - _part(key, 32), -0.15, 0.15)
    kept = counts > _FAINT
    return Places(
        x=(seen.column[at] + right)[kept], y=(seen.row[at] + below)[kept],
        row=seen.row[at][kept], column=seen.column[at][kept],
        weight=counts[kept], rank=_part(key, 16)[kept], chance=_part(key, 0)[kept],
    )  # fmt: skip


_OFF = np.array([0.371, 0.433, 0.287])
"""Cubes do not begin where bodies do: a floor would lie between two of them."""
_CROWDED = 0.55
_FAINT = 0.03


def _looked_at(points: Points, apart_px: float) -> _Looked:
    rows, columns = (
        np.arange(_STRIDE // 2, edge - 1, _STRIDE) for edge in points.body.shape
    )  # fmt: skip
    row, column = (grid.ravel() for grid in np.meshgrid(rows, columns, indexing="ij"))
    across, known_across = _step(points, row, column, 0, 1)
    down, known_down = _step(points, row, column, 1, 0)
    known: Bool[Array, " n"] = known_across & known_down
    row, column = row[known], column[known]
    level = np.log2(np.maximum(points.footprint[row, column] * apart_px, 1e-6))
    return _Looked(
        points.place[row, column], points.body[row, column], level, across[known], down[known],
        row, column,
    )  # fmt: skip


def _step(points: Points, row: Array, column: Array, below: int, right: int) -> tuple[Array, Array]:
    """Return how far the surface goes in one pixel (n 3), and where a neighbour shows it (n)."""
    here, body = points.place[row, column], points.body[row, column]
    steps = []
    for sign in (1, -1):
        at = np.maximum(row + sign * below, 0), np.maximum(column + sign * right, 0)
        same = (points.body[at] == body) & ((at[0] != row) | (at[1] != column))
        step = sign * (points.place[at] - here)
        steps.append((step, np.where(same, (step**2).sum(-1), np.inf)))
    (ahead, far), (back, near) = steps
    step = np.where((far <= near)[:, None], ahead, back)
    length = np.minimum(far, near)
    return step, np.isfinite(length) & (length > 0)


def _offset(gap: Array, across: Array, down: Array) -> tuple[Array, Array, Array]:
    """Return how many pixels right and down a point lies (n), and whether that can be said."""
    aa, dd = (across**2).sum(-1), (down**2).sum(-1)
    ad, ga, gd = ((one * other).sum(-1) for one, other in
                  ((across, down), (gap, across), (gap, down)))  # fmt: skip
    whole = aa * dd - ad**2
    sure = whole > _SLIM * aa * dd
    whole = np.where(sure, whole, 1.0)
    return (ga * dd - gd * ad) / whole, (gd * aa - ga * ad) / whole, sure.astype(float)


_SLIM = 1e-3


def _spanned(across: Array, down: Array) -> Array:
    """Return the area that a pixel covers [m²] (n)."""
    return np.asarray(np.linalg.norm(np.cross(across, down), axis=-1))


def _jitter(bits: Array) -> Array:
    """Return a place in each cube, 0…1 (n 3)."""
    parts = np.stack([_part(_mixed(bits), k) for k in (0, 16, 32)], axis=-1)
    return np.asarray(_MIDDLE + _JITTER * (2 * parts - 1))


def _part(bits: Array, shift: int) -> Array:
    """Return 16 of the bits as a number 0…1."""
    return np.asarray((bits >> np.uint64(shift)).astype(np.uint16) / 65536.0)


def _hashed(cell: Array, level: Array, body: Array, seed: int) -> Array:
    """Return 64 well-mixed bits for each cube (Steele et al. 2014, SplitMix64)."""
    bits = np.full(len(cell), (seed * 0xD6E8FEB86659FD93 + 1) % 2**64, np.uint64)
    for part in (*cell.T, level, body):
        bits = _mixed(bits ^ part.astype(np.int64).view(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    return bits


def _mixed(bits: Array) -> Array:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(bits ^ (bits >> np.uint64(31)))


def _ramp(value: Array, low: float, high: float) -> Array:
    share = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))
