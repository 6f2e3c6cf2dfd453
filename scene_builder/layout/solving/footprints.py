"""Shapes seen from above."""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Area, Item, rotation_of
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Footprint:
    """A rectangle or disc on a level.

    Attributes:
        center: Its middle (2) [m].
        half: Half its edges along its own axes (2) [m]; a disc's radius twice.
        yaw: Its turn about the vertical [rad].
        round: Whether it is a disc.
    """

    center: Float[Array, "2"]
    half: Float[Array, "2"]
    yaw: float = 0.0
    round: bool = False

    @property
    def reach(self) -> float:
        """Radius of a circle around it [m]."""
        return float(self.half[0]) if self.round else math.hypot(self.half[0], self.half[1])

    @property
    def axes(self) -> Float[Array, "2 2"]:
        """Unit vectors along its own x and y, as rows."""
        c, s = math.cos(self.yaw), math.sin(self.yaw)
        return np.array([[c, s], [-s, c]])

    @property
    def corners(self) -> Float[Array, "4 2"]:
        """Its corners in the world [m]; of a disc, of the square around it."""
        signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64)
        return np.asarray(self.center + (signs * self.half) @ self.axes)


def footprint(item: Item, world_from_item: Pose) -> Footprint:
    """Return an item's footprint where its pose turns it about the vertical only."""
    half = (item.high - item.low)[:2] / 2
    middle = world_from_item @ ((item.low + item.high) / 2)
    ahead = rotation_of(world_from_item)[:, 0]
    return Footprint(
        center=middle[:2], half=half, yaw=float(np.arctan2(ahead[1], ahead[0])), round=item.round
    )


def separation(a: Footprint, b: Footprint) -> float:
    """Return a lower bound on the distance of two footprints [m], below 0 where they overlap.

    Exact for two discs and where the nearest points lie on parallel edges (separating axes,
    Gottschalk 1996); never too large.
    """
    if a.round and b.round:
        return math.dist(a.center, b.center) - float(a.half[0] + b.half[0])
    if a.round or b.round:
        disc, box = (a, b) if a.round else (b, a)
        local = np.abs(box.axes @ (disc.center - box.center)) - box.half
        outside = float(np.linalg.norm(np.maximum(local, 0.0)))
        return outside + min(float(local.max()), 0.0) - float(disc.half[0])
    gaps = []
    for axis in (*a.axes, *b.axes):
        reach = sum(float(np.abs(shape.axes @ axis) @ shape.half) for shape in (a, b))
        gaps.append(abs(float((b.center - a.center) @ axis)) - reach)
    return max(gaps)


def within(shape: Footprint, area: Area, world_from_carrier: Pose, *, margin: float) -> bool:
    """Return whether a footprint lies inside an area by `margin` [m] everywhere."""
    corners = np.column_stack([shape.corners, np.zeros(4)])
    turned = rotation_of(world_from_carrier)
    local: Float[Array, "4 2"] = np.asarray(
        (corners - world_from_carrier.position) @ turned - area.center
    )[:, :2]
    if area.round:
        reach = np.linalg.norm(local, axis=1).max()
        if shape.round:
            reach = float(np.linalg.norm(local.mean(axis=0)) + shape.half[0])
        return bool(reach <= area.half_extents[0] - margin + 1e-9)
    if shape.round:
        low = high = local.mean(axis=0)
        low, high = low - shape.half, high + shape.half
    else:
        low, high = local.min(axis=0), local.max(axis=0)
    room = area.half_extents - margin + 1e-9
    return bool((low >= -room).all() and (high <= room).all())
