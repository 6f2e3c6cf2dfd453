"""The open hollow of a vessel, found as a puddle: what would hold rain."""

import heapq

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.assets.measuring.height_field import HeightField
from scene_builder.assets.source import Cavity
from scene_builder.model.arrays import Array

LEAST_DEPTH = 0.2
"""Share of the height that a hollow is deep, at least."""

SLIMMEST = 0.25
"""Depth of a hollow, at least, as a share of its radius: a plate is no vessel."""

LEAST_RADIUS = 0.12
"""Radius of a hollow, at least, as a share of the footprint's shorter side."""

FLOOR_SHARE = 0.12
"""Share of the depth by which a hollow's floor may be uneven (the bottom of a bowl)."""


def hollow(field: HeightField) -> Cavity | None:
    """Return the hollow into which things can be put from above, or None.

    The field is flooded from outside (priority flood: Barnes, Lehman & Mulla 2014); what stays
    lower than the flood is a puddle, and the one that holds most is the hollow.
    """
    from scipy import ndimage

    top = float(field.heights.max())
    depth = _flooded(field.heights) - field.heights
    deep = (depth > LEAST_DEPTH * top) & field.hit
    labels, count = ndimage.label(deep)
    if count == 0:
        return None
    volumes = ndimage.sum_labels(depth, labels, np.arange(1, count + 1))
    return _measured(field, depth, np.asarray(labels == 1 + int(np.argmax(volumes))))


def _measured(
    field: HeightField, depth: Float[Array, "x y"], pool: Bool[Array, "x y"]
) -> Cavity | None:
    from scipy import ndimage

    heights = field.heights
    floor = float(np.quantile(heights[pool], 0.05))
    deepest = float((heights + depth)[pool].max()) - floor
    flat = pool & (heights <= floor + FLOOR_SHARE * deepest)
    room = ndimage.distance_transform_edt(flat)
    most = float(room.max())
    # The middle of the widest place; a long hollow has many such places.
    places = np.argwhere(room >= most - 0.5)
    middle = places[np.argmin(((places - places.mean(axis=0)) ** 2).sum(axis=1))]
    radius = (most - 0.5) * field.cell_m
    sides = np.ptp(np.argwhere(field.hit), axis=0) * field.cell_m
    if radius < LEAST_RADIUS * float(sides.min()) or deepest < SLIMMEST * radius:
        return None
    center = field.centers(middle[None])[0]
    level = float(heights[flat & (room >= most - 1)].max())
    return Cavity(floor=np.array([*center, level]), radius=radius, depth=floor + deepest - level)


def _flooded(heights: Float[Array, "x y"]) -> Float[Array, "x y"]:
    """Return how high a flood from the border stands in each cell."""
    rows, columns = heights.shape
    water = np.full(heights.shape, np.inf)
    waiting: list[tuple[float, int, int]] = []
    for i in range(rows):
        for j in range(columns):
            if i in (0, rows - 1) or j in (0, columns - 1):
                water[i, j] = heights[i, j]
                waiting.append((float(heights[i, j]), i, j))
    heapq.heapify(waiting)
    while waiting:
        level, i, j = heapq.heappop(waiting)
        for a, b in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
            if 0 <= a < rows and 0 <= b < columns and np.isinf(water[a, b]):
                water[a, b] = max(level, heights[a, b])
                heapq.heappush(waiting, (float(water[a, b]), a, b))
    return water
