"""Colliders as points and planes: how deep solids lie in each other, measured anew.

A simulator's own word on overlaps is not taken. Every depth found here is one that cannot be
less: a point of one solid lies that far inside of the other, so that no honest motion is accused.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body, Collider

DIRECTIONS = 64
"""Points that stand for a sphere's surface, beside those that face another solid's sides."""

SIDES = 24
"""Sides of the prism that stands for a cylinder."""

MOST_POINTS = 400
"""Points of one hull that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One convex piece of a collider, in its body's frame.

    Attributes:
        points: Points of the piece: corners and middles of edges (n 3) [m]; a sphere's centre.
        planes: Outward normals and offsets (p 4), n·x + d ≤ 0 inside; empty for a sphere.
        radius: Of a sphere [m]; 0 for everything else.
    """

    points: Float[Array, "n 3"]
    planes: Float[Array, "p 4"]
    radius: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """A body's collider.

    Attributes:
        pieces: Its convex pieces; none for a plane.
        plane: Whether it is everything at or below its frame's z = 0.
        reach: Radius about the frame's origin that holds all of it [m].
        low: Lower corner of the box around it, in the body's frame (3) [m].
        high: Upper corner (3) [m].
        corners: All that reaches furthest: corners of its pieces, a sphere's centre (n 3) [m].
        middles: A point in the middle of each piece (p 3) [m].
        reaches: Radius about it that holds the piece (p) [m].
    """

    pieces: tuple[Piece, ...]
    plane: bool
    reach: float
    low: Float[Array, "3"]
    high: Float[Array, "3"]
    corners: Float[Array, "n 3"]
    middles: Float[Array, "p 3"]
    reaches: Float[Array, " p"]

    def furthest(self, directions: Float[Array, "n 3"]) -> Float[Array, " n"]:
        """Return how far the solid reaches in unit directions of its own frame [m].

        A plane reaches as far as its surface.
        """
        if self.plane:
            return np.zeros(len(directions))
        reach = (directions @ self.corners.T).max(axis=1)
        return np.asarray(reach + self.pieces[0].radius)


def solid_of(body: Body) -> Solid:
    """Return a body's collider as a solid."""
    collider = body.collider
    if collider.shape == "plane":
        wide, none = np.full(3, np.inf), np.zeros((0, 3))
        return Solid((), True, np.inf, -wide, wide, none, none, none[:, 0])
    pieces = _pieces(collider)
    radius = pieces[0].radius
    points = np.concatenate([piece.points for piece in pieces])
    reach = float(np.linalg.norm(points, axis=1).max()) + radius
    corners = points
    if collider.shape == "hulls":
        corners = np.concatenate([hull.vertices for hull in collider.hulls]).astype(np.float64)
    low, high = points.min(axis=0) - radius, points.max(axis=0) + radius
    middles = np.array([(p.points.min(axis=0) + p.points.max(axis=0)) / 2 for p in pieces])
    reaches = np.array(
        [
            np.linalg.norm(piece.points - middle, axis=1).max() + piece.radius
            for piece, middle in zip(pieces, middles, strict=True)
        ]
    )
    return Solid(pieces, False, reach, low, high, corners, middles, reaches)


def depths(
    a: Solid, b: Solid, turns: Float[Array, "f 3 3"], shifts: Float[Array, "f 3"]
) -> Float[Array, " f"]:
    """Return how deep two solids lie in each other [m], at least; 0 where they do not.

    Args:
        a: The one; no plane.
        b: The other.
        turns: Rotations `b_from_a` (f 3 3), one for each moment.
        shifts: Places of a's frame in b's (f 3) [m].
    """
    if b.plane:
        low = np.full(len(shifts), np.inf)
        for piece in a.pieces:
            heights = turns[:, 2] @ piece.points.T + shifts[:, 2, None]
            low = np.minimum(low, heights.min(axis=1) - piece.radius)
        return np.asarray(np.maximum(-low, 0.0))
    one, other = a.pieces[0], b.pieces[0]
    if one.radius and other.radius:
        apart = np.linalg.norm(turns @ one.points[0] + shifts - other.points[0], axis=1)
        return np.asarray(np.maximum(one.radius + other.radius - apart, 0.0))
    near = np.linalg.norm(
        (a.middles @ turns.transpose(0, 2, 1) + shifts[:, None])[:, :, None] - b.middles, axis=3
    )
    found = np.zeros(len(shifts))
    for k, i, j in np.argwhere(near < a.reaches[:, None] + b.reaches).tolist():
        deep = _pair(a.pieces[i], b.pieces[j], turns[k], shifts[k])
        found[k] = max(found[k], deep)
    return found


def _pair(a: Piece, b: Piece, turn: Float[Array, "3 3"], shift: Float[Array, "3"]) -> float:
    """Depth of two convex pieces; points of either are looked for in the other."""
    if a.radius and b.radius:
        apart = float(np.linalg.norm(turn @ a.points[0] + shift - b.points[0]))
        return max(a.radius + b.radius - apart, 0.0)
    from_a = _surface(a, b, turn) @ turn.T + shift
    from_b = (_surface(b, a, turn.T) - shift) @ turn
    return max(_inside(from_a, b), _inside(from_b, a))


def _surface(a: Piece, b: Piece, turn: Float[Array, "3 3"]) -> Float[Array, "n 3"]:
    """Points of a's surface, in a's frame; a sphere's are those that b's sides see first."""
    if not a.radius:
        return a.points
    facing = -(b.planes[:, :3] @ turn)
    return np.asarray(a.points[0] + a.radius * np.concatenate([_directions(), facing]))


def _inside(points: Float[Array, "n 3"], piece: Piece) -> float:
    """How deep the deepest of the points lies inside of a piece [m]."""
    if piece.radius:
        away = np.linalg.norm(points - piece.points[0], axis=1)
        return max(piece.radius - float(away.min()), 0.0)
    far = points @ piece.planes[:, :3].T + piece.planes[:, 3]
    return max(-float(far.max(axis=1).min()), 0.0)


def _pieces(collider: Collider) -> tuple[Piece, ...]:
    center = np.asarray(collider.center)
    if collider.shape == "sphere":
        return (Piece(center[None], np.zeros((0, 4)), collider.size[0]),)
    if collider.shape == "hulls":
        return tuple(_convex(hull.vertices) for hull in collider.hulls)
    if collider.shape == "box":
        corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
        return (_convex(center + corners * np.array(collider.size) / 2),)
    radius, height = collider.size
    angle = np.arange(SIDES) * 2 * np.pi / SIDES
    ring = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1) * radius
    if collider.shape == "cylinder":
        up = np.array([0.0, 0.0, height / 2])
        return (_convex(center + np.concatenate([ring - up, ring + up])),)
    cap = _directions() * radius
    up = np.array([0.0, 0.0, max(height / 2 - radius, 0.0)])
    return (_convex(center + np.concatenate([cap + up, cap - up, ring + up, ring - up])),)


def _convex(points: Float[Array, "n 3"]) -> Piece:
    corners, planes = _hull(np.asarray(points, np.float64).tobytes())
    return Piece(corners, planes)


@lru_cache(maxsize=4096)
def _hull(points: bytes) -> tuple[Float[Array, "n 3"], Float[Array, "p 4"]]:
    """Corners and middles of edges of a convex hull, and its planes."""
    from scipy.spatial import ConvexHull

    cloud = np.frombuffer(points, np.float64).reshape(-1, 3)
    hull = ConvexHull(cloud)
    sides = cloud[hull.simplices]
    middles = [(sides[:, i] + sides[:, j]) / 2 for i, j in ((0, 1), (1, 2), (2, 0))]
    chosen = np.concatenate([cloud[hull.vertices], *middles, sides.mean(axis=1)])
    chosen = np.unique(chosen.round(9), axis=0)
    if len(chosen) > MOST_POINTS:
        chosen = cloud[hull.vertices][:MOST_POINTS]
    return chosen, np.unique(hull.equations.round(12), axis=0)


@lru_cache(maxsize=1)
def _directions() -> Float[Array, "n 3"]:
    """Directions spread evenly (Fibonacci's spiral)."""
    k = np.arange(DIRECTIONS) + 0.5
    z, turn = 1 - 2 * k / DIRECTIONS, k * np.pi * (3 - np.sqrt(5))
    flat = np.sqrt(1 - z**2)
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), z], axis=1)
