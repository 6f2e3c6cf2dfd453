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

TRUSTED_M = 2e-4
"""Overlaps below this are not looked at more closely [m]."""

STARTS = 5
"""So many of the best directions are bettered."""

FIRST_SPREAD, SHRINK, LAST_SPREAD = 0.2, 0.4, 0.002
"""Directions are bettered by steps from the first to the last of these [rad]."""


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HalfSpaces:
    """Convex pieces as half spaces, `normals @ x <= levels`.

    Attributes:
        normals: Of all faces (f 3).
        levels: Of all faces (f) [m].
        starts: First face of each piece.
    """

    normals: Float[Array, "f 3"]
    levels: Float[Array, " f"]
    starts: tuple[int, ...]

    def entries(
        self, origins: Float[Array, "_ 3"], ways: Float[Array, "n 3"]
    ) -> Float[Array, " n"]:
        """Return where rays enter the solid (n), as multiples of their ways; inf if nowhere.

        A ray is within a convex solid between the last face that it enters and the first that it
        leaves (Cyrus and Beck 1978).

        Args:
            origins: Where rays begin (n 3) [m], or one place for all of them (1 3).
            ways: Their directions (n 3).
        """
        if not self.starts:
            return np.full(len(ways), np.inf)
        slope = self.normals @ ways.T
        gap: Float[Array, "f _"] = self.levels[:, None] - self.normals @ origins.T
        with np.errstate(divide="ignore", invalid="ignore"):
            at = gap / slope
        last = np.where(slope < 0, at, np.where((slope == 0) & (gap < 0), np.inf, -np.inf))
        first = np.where(slope > 0, at, np.inf)
        enter = np.maximum.reduceat(last, self.starts, axis=0)
        leave = np.minimum.reduceat(first, self.starts, axis=0)
        hit = (enter < leave) & (enter > 0)
        return np.asarray(np.where(hit, enter, np.inf).min(axis=0))


def half_spaces_of(clouds: Sequence[Float[Array, "_ 3"]]) -> HalfSpaces:
    """Return the hulls of clouds of points [m] as half spaces; flat ones are left out.

    Where all are flat, a chain's links seen by themselves, no ray enters anything.
    """
    normals, levels = [np.zeros((0, 3))], [np.zeros(0)]
    starts = list[int]()
    for cloud in clouds:
        faces = piece_of(cloud).normals
        if len(faces):
            starts.append(sum(map(len, levels)))
            normals.append(faces)
            levels.append((cloud @ faces.T).max(axis=0))
    return HalfSpaces(
        normals=np.concatenate(normals), levels=np.concatenate(levels), starts=tuple(starts)
    )


def pieces_of(body: Body, pose: Pose | None = None) -> tuple[Piece, ...]:
    """Return the convex pieces of a body's collider in the world; none for a plane."""
    world = body.pose if pose is None else pose
    return tuple(_moved(piece, world) for piece in local_pieces(body.collider))


def overlap_depth(a: Sequence[Piece], b: Sequence[Piece]) -> float:
    """Return how deep two solids overlap [m]; 0 or below where they do not.

    For each pair of pieces the overlap along a direction bounds the depth from above, and a
    direction without overlap separates them (separating axis theorem). Directions: the faces'
    normals of both, the line of their middles, and a Fibonacci sphere (González 2010), the best of
    which is bettered step by step: slanting edges part along none of them. The result is never
    too small.
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
    depths = _along(a, b, directions)
    if depths.min() < TRUSTED_M:
        return float(depths.min())
    starts = directions[np.argsort(depths)[:STARTS]]
    return min(_bettered(a, b, start) for start in starts)


def _bettered(a: Piece, b: Piece, way: Float[Array, "3"]) -> float:
    """Return the least overlap [m] found by small turns of a direction."""
    least, spread = np.inf, FIRST_SPREAD
    while least > TRUSTED_M and spread > LAST_SPREAD:
        near = np.vstack([way, way + spread * _sphere(SPREAD // 4)])
        near /= np.linalg.norm(near, axis=1, keepdims=True)
        depths = _along(a, b, near)
        best = int(depths.argmin())
        spread *= 1.0 if depths[best] < least - TRUSTED_M / 10 else SHRINK
        least, way = min(least, float(depths[best])), near[best]
    return least


def _along(a: Piece, b: Piece, ways: Float[Array, "n 3"]) -> Float[Array, " n"]:
    """Return the overlap of two pieces along each of several directions (n) [m]."""
    along_a, along_b = a.points @ ways.T, b.points @ ways.T
    one = along_a.max(axis=0) - along_b.min(axis=0)
    other = along_b.max(axis=0) - along_a.min(axis=0)
    return np.asarray(np.minimum(one, other) + a.radius + b.radius)


def local_pieces(collider: Collider) -> tuple[Piece, ...]:
    """Return the convex pieces of a collider in its body's frame; none for a plane."""
    if collider.shape == "plane":
        return ()
    if collider.shape == "hulls":
        return tuple(piece_of(np.asarray(hull.vertices, np.float64)) for hull in collider.hulls)
    if collider.shape == "box":
        signs = np.array(np.meshgrid([-1, 1], [-1, 1], [-1, 1])).reshape(3, -1).T
        return (piece_of(collider.center + signs * np.array(collider.size) / 2),)
    radius = collider.size[0]
    if collider.shape == "sphere":
        return (piece_of(np.asarray(collider.center)[None], radius),)
    up = np.array([0.0, 0.0, collider.size[1] / 2])
    if collider.shape == "capsule":
        up = up - [0.0, 0.0, radius]
        return (piece_of(np.stack([collider.center - up, collider.center + up]), radius),)
    angles = np.arange(RING) * 2 * np.pi / RING
    circle = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(RING)]) * radius
    return (piece_of(np.vstack([collider.center + circle - up, collider.center + circle + up])),)


def piece_of(points: Float[Array, "n 3"], radius: float = 0.0) -> Piece:
    """Return the hull of points (n 3) [m], grown by a radius [m]."""
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
