"""Foliage: thousands of single leaves that turn outwards around clumps."""

import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.shapes.solid import Solid
from scene_builder.model.arrays import Array

UPPER = ((0, 1, 2), (0, 2, 3), (0, 3, 4), (0, 4, 5))
"""Triangles of a leaf's upper side, folded along its middle, over the corners of its outline."""

_LOWER = ((5, 1, 0), (5, 4, 1), (4, 2, 1), (4, 3, 2))
"""Those of its lower side: other diagonals, so that the two enclose a thin body."""

_ALONG = np.array([0.0, 0.28, 0.68, 1.0, 0.68, 0.28])
_ACROSS = np.array([0.0, 0.8, 0.78, 0.0, -0.78, -0.8])
_LOWERED = np.array([0.0, 0.2, 0.2, 0.08, 0.2, 0.2])
"""Outline from the stalk round the tip: along a leaf, across its half width, and lowered below its
middle, as shares: like a roof along its middle vein."""

_BREADTH = 0.29
"""Half width of a leaf as a share of its length."""

_BURIED = 0.86
"""A leaf within this share of another clump's radius would not be seen."""

_DEEPEST = 0.78
"""No leaf sits deeper in its clump than at this share of its radius."""

_SUNWARDS, _DROOP = np.array([0, 0, 0.35]), np.array([0, 0, 0.4])
"""How leaves turn to the light, and hang."""

Points = Float[Array, "n 3"]


def leaves_rand(
    rng: np.random.Generator, clumps: Float[Array, "k 4"], count: int, length: float
) -> Solid:
    """Return leaves around clumps as closed blades, eight triangles each.

    Args:
        rng: Where chance comes from.
        clumps: Middle and radius of each clump (k 4) [m].
        count: How many leaves.
        length: Usual length of a leaf [m].
    """
    outlines = leaf_outlines_rand(rng, *leaf_places_rand(rng, clumps, count), length)
    # What hangs lower lies on the ground.
    outlines[:, :, 2] += np.maximum(0.0, -outlines[:, :, 2].min(axis=1))[:, None]
    return Solid(vertices=outlines.reshape(-1, 3), triangles=copies((*UPPER, *_LOWER), count, 6))


def leaf_places_rand(
    rng: np.random.Generator,
    clumps: Float[Array, "k 4"],
    count: int,
    *,
    loose: float = 0.08,
) -> tuple[Points, Points]:
    """Return where leaves sit around clumps, and which way is outwards there.

    Args:
        rng: Where chance comes from.
        clumps: Middle and radius of each clump (k 4) [m].
        count: How many leaves.
        loose: How far some stand out of their clump, as a share of its radius.

    Returns:
        Places [m] and unit directions, (count 3) each; none is deep within another clump.
    """
    middles, radii = clumps[:, :3], clumps[:, 3]
    at, outward = np.zeros((0, 3)), np.zeros((0, 3))
    while len(at) < count:
        owner = rng.choice(len(clumps), 2 * count, p=radii**2 / (radii**2).sum())
        way = rng.normal(size=(2 * count, 3))
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        depth = rng.uniform(_DEEPEST, 1 + loose, 2 * count) * radii[owner]
        points = middles[owner] + depth[:, None] * way
        gaps = np.linalg.norm(points[:, None] - middles[None], axis=2) / radii
        gaps[np.arange(2 * count), owner] = np.inf
        seen = (gaps.min(axis=1) > _BURIED) & (points[:, 2] > 0)
        at = np.concatenate([at, points[seen]])[:count]
        outward = np.concatenate([outward, way[seen]])[:count]
    return at, outward


def leaf_outlines_rand(
    rng: np.random.Generator, at: Points, outward: Points, length: float
) -> Float[Array, "n 6 3"]:
    """Return the outline of a leaf at each place: it faces about outwards, and droops a little.

    Args:
        rng: Where chance comes from.
        at: Where its stalk is (n 3) [m].
        outward: Away from the clump there (n 3), unit.
        length: Usual length [m].

    Returns:
        Corners from the stalk round the tip (n 6 3) [m]; `UPPER` is its upper side.
    """
    n = len(at)
    face = _unit(outward + _SUNWARDS + rng.normal(0, 0.42, (n, 3)))
    along = rng.normal(size=(n, 3)) + 0.5 * outward - _DROOP
    along = _unit(along - face * np.einsum("ni,ni->n", along, face)[:, None])
    across = np.cross(along, face)
    long = (length * rng.uniform(0.65, 1.2, n))[:, None, None]
    shape = (
        _ALONG[:, None] * along[:, None]
        + _BREADTH * _ACROSS[:, None] * across[:, None]
        - _BREADTH * _LOWERED[:, None] * face[:, None]
    )
    return np.asarray(at[:, None] + long * shape)


def copies(faces: tuple[tuple[int, ...], ...], count: int, corners: int) -> Int[Array, "t 3"]:
    """Return the triangles of `count` copies of a shape that has so many corners."""
    offsets = (np.arange(count) * corners)[:, None, None]
    return np.asarray((np.array(faces)[None] + offsets).reshape(-1, 3).astype(np.int32))


def _unit(vectors: Points) -> Points:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
