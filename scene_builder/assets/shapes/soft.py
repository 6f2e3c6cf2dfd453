"""Bodies with soft edges: rounded slabs, swollen boxes, bars that bend in a plane."""

from dataclasses import replace
from itertools import pairwise

import manifold3d
import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.assets.shapes.solid import Solid, convex, manifold_of, solid_of, support_points
from scene_builder.model.arrays import Array

EDGE_STEPS = 4
"""Rows of corners from the side of a soft edge to its face."""


def swollen_box(x: float, y: float, z: float, *, power: float = 0.5, detail: int = 3) -> Solid:
    """Return a superellipsoid about the origin with half axes x, y, z [m].

    Args:
        x: Half axis [m].
        y: Half axis [m].
        z: Half axis [m].
        power: 1 gives an ellipsoid; the smaller, the nearer to a box.
        detail: 3 gives 1,280 triangles, 4 gives 5,120.
    """
    ball = ball_of(1, 1, 1, detail=detail)
    unit = ball.vertices
    points = np.sign(unit) * np.abs(unit) ** power * np.array([x, y, z])
    return Solid(vertices=points, triangles=ball.triangles).with_hull(48)


def rectangle(x: float, y: float, radius: float) -> Float[Array, "n 2"]:
    """Return a rectangle about the origin with rounded corners, counter-clockwise [m]."""
    return rounded_loop(
        [(-x / 2, -y / 2, radius), (x / 2, -y / 2, radius), (x / 2, y / 2, radius),
         (-x / 2, y / 2, radius)]
    )  # fmt: skip


def soft_slab(outline: Float[Array, "n 2"], height: float, edge: float) -> Solid:
    """Return a convex outline raised to `height`, its upper and lower edges rounded by `edge` [m].

    Args:
        outline: Corners, counter-clockwise [m].
        height: [m].
        edge: Radius of the edges [m], at most half the height.
    """
    middle = outline.mean(axis=0)
    reach = np.linalg.norm(outline - middle, axis=1, keepdims=True)
    layers = []
    for angle in np.linspace(0, np.pi / 2, EDGE_STEPS):
        inset = edge * (1 - np.cos(angle))
        ring = middle + (outline - middle) * np.maximum(1 - inset / reach, 0.05)
        rise = edge * (1 - np.sin(angle))
        layers += [np.column_stack([ring, np.full(len(ring), z)]) for z in (rise, height - rise)]
    return convex(np.concatenate(layers)).with_hull(60)


def common(*solids: Solid) -> Solid:
    """Return what all of the solids have in common, without convex pieces."""
    parts = [manifold_of(solid) for solid in solids]
    return solid_of(manifold3d.Manifold.batch_boolean(parts, manifold3d.OpType.Intersect))


def ring_painted(skin: Solid, pattern: Int[Array, "r k"]) -> Solid:
    """Return a skin over rings with a slot on each of its quadrangles.

    Args:
        skin: What `skinned` made of r + 1 rings of k corners each.
        pattern: Slots between each ring and the next (r), from each corner to the next (k).
    """
    twice = np.repeat(pattern[:, None], 2, axis=1).ravel()
    slots = np.concatenate([pattern[0], twice, pattern[-1]]).astype(np.int32)
    return replace(skin, slots=slots)


def bent_bar(
    path: Float[Array, "n 2"], width: float, height: float, *, edge: float, pieces: int = 8
) -> Solid:
    """Return a bar of rectangular section along a path in the x-y plane, lying on z = 0.

    Args:
        path: Middle line [m].
        width: Across the path, in the plane [m].
        height: Upwards [m].
        edge: Rounding of its four long edges [m].
        pieces: Convex pieces along it.
    """
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    normal = np.stack([along[:, 1], -along[:, 0]], axis=1)
    section = rectangle(width, height, edge)
    rings = [
        np.column_stack([p + section[:, :1] * n, section[:, 1] + height / 2])
        for p, n in zip(path, normal, strict=True)
    ]
    ends = [(*path[k], height / 2) for k in (0, -1)]
    cuts = np.unique(np.linspace(0, len(path) - 1, pieces + 1).round().astype(int))
    hulls = [support_points(np.concatenate(rings[a : b + 1]), 40) for a, b in pairwise(cuts)]
    skin = skinned(rings, *ends)
    return Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=tuple(hulls))
