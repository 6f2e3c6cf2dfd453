"""Where things can stand on a shape: its level faces, shelf by shelf."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.assets.measuring.height_field import HeightField
from scene_builder.assets.source import Support
from scene_builder.model.arrays import Array

LEVEL_COS = 0.985
"""Faces that lean by less than 10° count as level."""

SAME_LEVEL = 0.02
"""Share of the height within which level faces are one."""

LEAST_SHARE = 0.2
"""Share of the footprint that a level takes up, at least."""

HEADROOM = 0.12
"""Share of the height that is free above a level, at least."""

MOST_LEVELS = 6
CELLS = 40
MARGIN = 0.95
ROUND_FILL = 0.74, 0.83
"""Share of its square that a disc fills: π/4, give or take a few cells."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Level:
    height: float
    support: Support

    @property
    def area(self) -> float:
        return float(np.prod(self.support.half_extents))


def supports(
    vertices: Float[Array, "v 3"],
    triangles: Int[Array, "t 3"],
    field: HeightField,
    *,
    at_m: float | None = None,
) -> tuple[Support, ...]:
    """Return where things can stand, largest first; a height that a catalogue states wins.

    Args:
        vertices: Corners [m], base on z = 0.
        triangles: Corner indices.
        field: The same surface from above.
        at_m: Height at which things stand on it [m], where that is known.
    """
    found = sorted(_levels(vertices, triangles), key=lambda level: -level.area)
    if at_m is None:
        return tuple(level.support for level in found)
    near = max(0.03 * float(vertices[:, 2].max()), 0.01)
    stated = [level for level in found if abs(level.height - at_m) < near]
    first = stated[0].support if stated else _seat(field, at_m, near)
    rest = [level.support for level in found if level not in stated]
    return (*(() if first is None else (first,)), *rest)


def _levels(vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"]) -> list[_Level]:
    corners = vertices[triangles]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(cross, axis=1)
    height = float(vertices[:, 2].max())
    middle = corners[:, :, 2].mean(axis=1)
    level = (cross[:, 2] > LEVEL_COS * np.maximum(area, 1e-15)) & (middle > 0.02 * height)
    extents = np.ptp(vertices[:, :2], axis=0)
    least = LEAST_SHARE * float(extents.prod())
    found: list[_Level] = []
    above: list[float] = []
    remaining = np.flatnonzero(level)
    while len(remaining) and len(found) < MOST_LEVELS:
        top = float(middle[remaining].max())
        same = remaining[middle[remaining] >= top - SAME_LEVEL * height]
        remaining = remaining[middle[remaining] < top - SAME_LEVEL * height]
        if area[same].sum() / 2 < least:
            continue
        # A board's own underside may face up in a careless file; there is no room below it.
        if above and min(above) - top < HEADROOM * height:
            continue
        support = _area(corners[same][:, :, :2], float(np.median(middle[same])), least)
        if support is not None:
            found.append(_Level(height=top, support=support))
            above.append(top)
    return found


def _area(corners: Float[Array, "t 3 2"], height: float, least: float) -> Support | None:
    """Return the largest rectangle, or the disc, that level triangles cover."""
    low, high = corners.reshape(-1, 2).min(axis=0), corners.reshape(-1, 2).max(axis=0)
    step = (high - low) / CELLS
    if (step <= 0).any():
        return None
    filled = _filled(corners, low, step)
    x, y = high - low
    if abs(x - y) < 0.05 * x and ROUND_FILL[0] < filled.mean() < ROUND_FILL[1]:
        center = np.array([*(low + high) / 2, height])
        return Support(center=center, half_extents=np.full(2, MARGIN * x / 2), round=True)
    first, last = largest_rectangle(filled)
    span = (last - first) * step
    if float(span.prod()) < least / 2:
        return None
    center = np.array([*(low + (first + last) / 2 * step), height])
    return Support(center=center, half_extents=MARGIN * span / 2)


def _filled(
    corners: Float[Array, "t 3 2"], low: Float[Array, "2"], step: Float[Array, "2"]
) -> Bool[Array, "x y"]:
    """Return which cells have their middle in any of the triangles."""
    filled = np.zeros((CELLS, CELLS), bool)
    local = (corners - low) / step - 0.5
    for a, b, c in local:
        first = np.maximum(np.ceil(np.minimum(np.minimum(a, b), c) - 1e-6), 0).astype(int)
        last = np.minimum(np.floor(np.maximum(np.maximum(a, b), c) + 1e-6), CELLS - 1).astype(int)
        if (first > last).any():
            continue
        x, y = np.meshgrid(
            np.arange(first[0], last[0] + 1), np.arange(first[1], last[1] + 1), indexing="ij"
        )
        sides = [
            (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0])
            for p, q in ((a, b), (b, c), (c, a))
        ]
        inside = np.all([s >= -1e-6 for s in sides], axis=0)  # noqa: PLR2004
        filled[first[0] : last[0] + 1, first[1] : last[1] + 1] |= inside
    return filled


def largest_rectangle(filled: Bool[Array, "x y"]) -> tuple[Int[Array, "2"], Int[Array, "2"]]:
    """Return the first and the last-but-one corner (2) of the largest rectangle of true cells."""
    runs = np.zeros(filled.shape[1], int)
    best, first, last = 0, np.zeros(2, int), np.zeros(2, int)
    for row, line in enumerate(filled):
        runs = np.where(line, runs + 1, 0)
        stack: list[int] = []
        for column in range(len(runs) + 1):
            now = int(runs[column]) if column < len(runs) else 0
            while stack and runs[stack[-1]] >= now:
                tall = int(runs[stack.pop()])
                left = stack[-1] + 1 if stack else 0
                if tall * (column - left) > best:
                    best = tall * (column - left)
                    first = np.array([row - tall + 1, left])
                    last = np.array([row + 1, column])
            stack.append(column)
    return first, last


def _seat(field: HeightField, height: float, near: float) -> Support | None:
    """Return the largest rectangle that is about as high as stated: a cushion, a mattress."""
    for reach in (near, 2.5 * near):
        first, last = largest_rectangle(field.hit & (np.abs(field.heights - height) < reach))
        if (last - first).min() > 2:  # noqa: PLR2004 - cells
            middle = field.centers(((first + last - 1) / 2)[None])[0]
            half = MARGIN * (last - first) * field.cell_m / 2
            return Support(center=np.array([*middle, height]), half_extents=half)
    return None
