"""Voronoi cells: who is nearest to which seed, as convex solids."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float
from manifold3d import Manifold

from scene_builder.model.arrays import Array

ROOM = 2.0
"""The box that all cells lie in is so many times as large as what is cut."""


def cells_of(
    seeds: Float[Array, "n 3"], low: Float[Array, "3"], high: Float[Array, "3"]
) -> Iterator[Manifold]:
    """Yield the Voronoi cell of each seed (Voronoi 1908), cut off by a box around low and high.

    Args:
        seeds: Points (n 3) [m].
        low: Smallest coordinates of what is cut [m].
        high: Largest coordinates [m].
    """
    size = (high - low) * ROOM
    box = Manifold.cube(size.tolist(), center=True).translate(((low + high) / 2).tolist())
    for k, seed in enumerate(seeds):
        cell = box
        others = np.delete(seeds, k, axis=0)
        # Near ones first: what they leave is small, and the far ones cut little of it.
        for other in others[np.argsort(np.linalg.norm(others - seed, axis=1))]:
            way = seed - other
            length = float(np.linalg.norm(way))
            if length > 0:
                normal = way / length
                half = float(normal @ (seed + other) / 2)
                cell = cell.trim_by_plane(normal.tolist(), half)
        yield cell


def seeds_rand(
    rng: np.random.Generator, corners: Float[Array, "t 3 3"], count: int
) -> Float[Array, "n 3"]:
    """Draw seeds evenly over a surface, none near another (best candidate: Mitchell 1991).

    Args:
        rng: Draws them.
        corners: The surface's triangles (t 3 3) [m].
        count: How many.
    """
    areas = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    candidates = 8
    which = rng.choice(len(corners), size=(count, candidates), p=areas / areas.sum())
    u, v = np.sqrt(rng.random((count, candidates))), rng.random((count, candidates))
    weights = np.stack([1 - u, u * (1 - v), u * v], axis=-1)
    points = np.einsum("nck,nckd->ncd", weights, corners[which])
    seeds = points[:1, 0]
    for row in points[1:]:
        apart = np.linalg.norm(row[:, None] - seeds, axis=-1).min(axis=1)
        seeds = np.vstack([seeds, row[np.argmax(apart)]])
    return np.asarray(seeds)
