"""Skins over a sequence of rings: whatever is made of cross-sections."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.assets.shapes.solid import Point, Solid
from scene_builder.model.arrays import Array


def skinned(rings: Sequence[Float[Array, "n 3"]], start: Point, end: Point) -> Solid:
    """Return the closed surface through rings of equally many corners, from `start` to `end`.

    Args:
        rings: Corners of each ring, all running the same way round [m].
        start: The point that closes the first ring.
        end: The point that closes the last.

    Returns:
        The surface, facing outwards, without convex pieces.
    """
    count = len(rings[0])
    k = np.arange(count)
    after = (k + 1) % count
    triangles = [np.stack([after, k, np.full(count, len(rings) * count)], axis=1)]
    for row in range(len(rings) - 1):
        low, high = row * count, (row + 1) * count
        triangles.append(np.stack([low + k, low + after, high + after], axis=1))
        triangles.append(np.stack([low + k, high + after, high + k], axis=1))
    last = (len(rings) - 1) * count
    tip = np.full(count, len(rings) * count + 1)
    triangles.append(np.stack([last + k, last + after, tip], axis=1))
    vertices = np.concatenate([*rings, [start], [end]])
    return Solid(vertices=vertices, triangles=np.concatenate(triangles).astype(np.int32)).outward()
