"""Bodies as upright prisms: what a way has to bend around, and what goes along it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Collider

ROUND_CORNERS = 16
"""Corners of the outline of what is round; it lies around the circle."""

WALL_M, WALL_DEEP_M = 60.0, 1.0
"""An upright plane stands for so long and so thick a wall [m]."""

UPRIGHT = 0.5
"""A plane is a wall if its normal is less upright than this."""

THIN_M = 1e-3
"""What is a line or a point, seen from above, is made so thick [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class Prism:
    """One convex piece of a body.

    Attributes:
        body: Whose it is.
        outline: Corners seen from above, counter-clockwise (n 2) [m].
        low, high: Its lowest and highest points [m].
    """

    body: str
    outline: Float[Array, "n 2"]
    low: float
    high: float

    def away(self, points: Float[Array, "p 2"]) -> Float[Array, " p"]:
        """Return how far points lie outside of the outline [m]; below 0 inside."""
        edges = np.roll(self.outline, -1, axis=0) - self.outline
        length = np.linalg.norm(edges, axis=1)
        along = edges / length[:, None]
        arms = points[:, None] - self.outline
        inside = (arms[..., 1] * along[:, 0] - arms[..., 0] * along[:, 1]).min(axis=1)
        share = np.clip(np.sum(arms * along, axis=2), 0.0, length)
        gap = np.linalg.norm(arms - share[..., None] * along, axis=2).min(axis=1)
        return np.asarray(np.where(inside >= 0, -inside, gap))

    def level_with(self, low: float, high: float) -> bool:
        """Whether it reaches into a layer from `low` to `high` [m]."""
        return bool(self.low < high and self.high > low)


def prisms_of(body: Body) -> Iterator[Prism]:
    """Yield the pieces of a body as it stands; none for level planes."""
    for points in _corners(body.collider, body.pose):
        outline = _outline(points[:, :2])
        yield Prism(body.id, outline, float(points[:, 2].min()), float(points[:, 2].max()))


def whole_of(body: Body) -> Prism:
    """Return one prism around a whole body as it stands."""
    points = np.vstack(list(_corners(body.collider, body.pose)))
    outline = _outline(points[:, :2])
    return Prism(body.id, outline, float(points[:, 2].min()), float(points[:, 2].max()))


def overlapping(
    outline: Float[Array, "n 2"], places: Float[Array, "p 2"], turns: Float[Array, " p"],
    other: Prism,
) -> Bool[Array, " p"]:  # fmt: skip
    """Return at which places an outline overlaps another, seen from above (separating axes).

    Args:
        outline: Of what moves, around its own origin (n 2) [m].
        places: Where its origin is (p 2) [m].
        turns: How it is turned there (p) [rad].
        other: What stands.
    """
    cosine, sine = np.cos(turns), np.sin(turns)
    turned = np.stack(
        [
            cosine[:, None] * outline[:, 0] - sine[:, None] * outline[:, 1],
            sine[:, None] * outline[:, 0] + cosine[:, None] * outline[:, 1],
        ],
        axis=2,
    )
    moved = turned + places[:, None]
    apart = np.zeros(len(places), np.bool_)
    for edge in np.roll(other.outline, -1, axis=0) - other.outline:
        axis = np.array([edge[1], -edge[0]])
        apart |= (moved @ axis).min(axis=1) >= float((other.outline @ axis).max())
    edges = np.roll(turned, -1, axis=1) - turned
    axes = np.stack([edges[..., 1], -edges[..., 0]], axis=2)
    mine = np.einsum("pkc,pkc->pk", axes, moved)  # an edge's own end is farthest out
    theirs = np.einsum("pkc,nc->pkn", axes, other.outline).min(axis=2)
    return np.asarray(~(apart | (theirs >= mine).any(axis=1)))


def _corners(collider: Collider, pose: Pose) -> Iterator[Float[Array, "n 3"]]:
    if collider.shape == "hulls":
        for hull in collider.hulls:
            yield pose @ np.asarray(hull.vertices, np.float64)
    elif collider.shape == "plane":
        if abs(float(pose.rotation[2, 2])) < UPRIGHT:
            yield pose @ (_box((WALL_M, WALL_M, WALL_DEEP_M)) - [0.0, 0.0, WALL_DEEP_M / 2])
    elif collider.shape == "box":
        yield pose @ (_box(collider.size) + collider.center)
    elif collider.shape == "sphere":
        radius = collider.size[0]
        ring = _ring(radius)
        middle = pose @ collider.center
        top = np.array([0.0, 0.0, radius])
        yield middle + np.vstack([ring + top, ring - top])
    else:
        radius, height = collider.size
        top = np.array([0.0, 0.0, height / 2])
        ring = _ring(radius)
        yield pose @ (np.vstack([ring + top, ring - top]) + collider.center)


def _box(size: tuple[float, ...]) -> Float[Array, "8 3"]:
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float64)
    return np.asarray(signs * np.array(size) / 2)


def _ring(radius: float) -> Float[Array, "n 3"]:
    turns = 2 * np.pi * np.arange(ROUND_CORNERS) / ROUND_CORNERS
    around = radius / np.cos(np.pi / ROUND_CORNERS)
    ring = np.stack([np.cos(turns), np.sin(turns), np.zeros(ROUND_CORNERS)], axis=1)
    return np.asarray(around * ring)


def _outline(points: Float[Array, "n 2"]) -> Float[Array, "k 2"]:
    from scipy.spatial import ConvexHull, QhullError

    try:
        return np.asarray(points[ConvexHull(points).vertices], np.float64)
    except (QhullError, ValueError):
        low, high = points.min(axis=0) - THIN_M / 2, points.max(axis=0) + THIN_M / 2
        return np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
