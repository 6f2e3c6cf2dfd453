"""Convex pieces of bodies, and how deep two of them overlap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Collider

RING = 48
SPREAD = 256


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A convex solid in the world: the hull of `points`, grown by `radius`.

    Attributes:
        points: Corners (n 3) [m].
        radius: By how much the hull is grown [m].
        normals: Directions of its faces (m 3).
        low: Smallest coordinates (3) [m].
        high: Largest coordinates (3) [m].
    """

    points: Float[Array, "n 3"]
    radius: float
    normals: Float[Array, "m 3"]
    low: Float[Array, "3"]
    high: Float[Array, "3"]


def pieces_of(body: Body, pose: Pose | None = None) -> tuple[Piece, ...]:
    """Return the convex pieces of a body's collider in the world; none for a plane."""
    world = body.pose if pose is None else pose
    return tuple(_moved(piece, world) for piece in _local(body.collider))


def overlap_depth(a: Sequence[Piece], b: Sequence[Piece]) -> float:
    """Return how deep two solids overlap [m]; 0 or below where they do not.

    For each pair of pieces the overlap along a direction bounds the depth from above, and a
    direction without overlap separates them (separating axis theorem). Directions: the faces'
    normals of both, the line of their middles, and a Fibonacci sphere (González 2010); the
    result is never too small.
    """
    deepest = -np.inf
    for one in a:
        for other in b:
            apart = np.maximum(one.low - other.high, other.low - one.high).max()
            if apart >= 0:
                deepest = max(deepest, -float(apart))
                continue
            deepest = max(deepest, _pair_depth(one, other))
    return deepest


def _pair_depth(a: Piece, b: Piece) -> float:
    middle = b.points.mean(axis=0) - a.points.mean(axis=0)
    length = float(np.linalg.norm(middle))
    ways = [a.normals, b.normals, _sphere(SPREAD), np.eye(3)]
    if length > 1e-9:  # noqa: PLR2004
        ways.append(middle[None] / length)
    directions = np.vstack(ways)
    along_a, along_b = a.points @ directions.T, b.points @ directions.T
    reach = a.radius + b.radius
    one = along_a.max(axis=0) - along_b.min(axis=0) + reach
    other = along_b.max(axis=0) - along_a.min(axis=0) + reach
    return float(np.minimum(one, other).min())


def _local(collider: Collider) -> tuple[Piece, ...]:
    if collider.shape == "plane":
        return ()
    if collider.shape == "hulls":
        return tuple(_piece(np.asarray(hull.vertices, np.float64)) for hull in collider.hulls)
    if collider.shape == "box":
        signs = np.array(np.meshgrid([-1, 1], [-1, 1], [-1, 1])).reshape(3, -1).T
        return (_piece(collider.center + signs * np.array(collider.size) / 2),)
    radius = collider.size[0]
    if collider.shape == "sphere":
        return (_piece(np.asarray(collider.center)[None], radius),)
    up = np.array([0.0, 0.0, collider.size[1] / 2])
    if collider.shape == "capsule":
        up = up - [0.0, 0.0, radius]
        return (_piece(np.stack([collider.center - up, collider.center + up]), radius),)
    angles = np.arange(RING) * 2 * np.pi / RING
    circle = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(RING)]) * radius
    return (_piece(np.vstack([collider.center + circle - up, collider.center + circle + up])),)


def _piece(points: Float[Array, "n 3"], radius: float = 0.0) -> Piece:
    from scipy.spatial import ConvexHull, QhullError

    normals = np.zeros((0, 3))
    if len(points) > 3:  # noqa: PLR2004
        try:
            normals = np.unique(ConvexHull(points).equations[:, :3].round(9), axis=0)
        except QhullError:
            normals = np.zeros((0, 3))
    return Piece(
        points=points,
        radius=radius,
        normals=normals,
        low=points.min(axis=0) - radius,
        high=points.max(axis=0) + radius,
    )


def _moved(piece: Piece, pose: Pose) -> Piece:
    points = pose @ piece.points
    return Piece(
        points=points,
        radius=piece.radius,
        normals=piece.normals @ pose.rotation.T,
        low=points.min(axis=0) - piece.radius,
        high=points.max(axis=0) + piece.radius,
    )


def _sphere(count: int) -> Float[Array, "n 3"]:
    k = np.arange(count) + 0.5
    z = 1 - 2 * k / count
    angle = np.pi * (1 + 5**0.5) * k
    ring = np.sqrt(1 - z**2)
    return np.column_stack([ring * np.cos(angle), ring * np.sin(angle), z])
