"""Places that follow from geometry alone: in a hollow, on a slope, under a rope."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Hollow, Item
from scene_builder.layout.relations import TOUCH_M
from scene_builder.model.arrays import Array
from scene_builder.model.errors import LayoutError
from scene_builder.model.pose import Pose, wxyz_from_rotation

LONG, LOW_SHARE, SHEAF_TURN_DEG = 1.8, 0.8, 25.0
"""What is so many times longer than broad lies side by side, below this share of the depth; each
layer is turned against the one below."""

CLEARANCE_M = 0.0005
"""Free distance between things in one hollow [m]."""


def in_hollow(items: Sequence[Item], vessel: Item, world_from_vessel: Pose) -> dict[str, Pose]:
    """Return poses of items inside a vessel: rings in layers, each as low as it fits.

    Raises:
        LayoutError: If one of them would stand above the rim.
    """
    hollow = vessel.hollow
    if hollow is None:
        raise LayoutError(f"{vessel.id} has no hollow, so nothing can be put inside of it")
    poses: dict[str, Pose] = {}
    waiting = list(items)
    bottom = 0.0
    while waiting:
        sheaf = _sheaf(waiting, hollow, bottom, turn_deg=SHEAF_TURN_DEG * len(poses))
        if sheaf is not None:
            poses.update({name: world_from_vessel @ pose for name, pose in sheaf.items()})
            bottom = (
                max(
                    float(sheaf[one.id].position[2] + one.high[2] - hollow.floor[2])
                    for one in waiting[: len(sheaf)]
                )
                + CLEARANCE_M
            )
            waiting = waiting[len(sheaf) :]
            continue
        layer, offset, height = _layer(waiting, hollow, bottom)
        for k, item in enumerate(layer):
            angle = 2 * np.pi * k / len(layer) + np.pi / 5
            local = hollow.floor + np.array(
                [offset * np.cos(angle), offset * np.sin(angle), height]
            )
            poses[item.id] = world_from_vessel @ Pose.at(
                float(local[0]), float(local[1]), float(local[2] - item.low[2])
            )
        bottom = height + max(item.height for item in layer) + CLEARANCE_M
        waiting = waiting[len(layer) :]
        if height >= hollow.depth - TOUCH_M:
            several = f"{len(items)} things ({items[0].id} …) do not"
            raise LayoutError(
                f"{several if len(items) > 1 else f'{items[0].id} does not'} fit inside "
                f"{vessel.id}: it is "
                f"{2 * hollow.radii.max():.3g} m wide and {hollow.depth:.3g} m deep: "
                "ask for fewer or smaller ones, or a larger vessel"
            )
    return poses


def _sheaf(
    waiting: Sequence[Item], hollow: Hollow, bottom: float, *, turn_deg: float
) -> dict[str, Pose] | None:
    """Return `vessel_from_item` of long things side by side, as many as lie low; None of others.

    Where discs around them fit, they lie in a ring as all others do.
    """
    long = [one for one in waiting if one.breadth > LONG * float(one.extents[:2].min())]
    if len(long) < len(waiting) or len(waiting) < 2:  # noqa: PLR2004
        return None
    _, _, ring = _layer(waiting, hollow, bottom)
    if ring < LOW_SHARE * hollow.depth:
        return None
    for count in range(len(waiting), 0, -1):
        width = max(float(one.extents[:2].min()) for one in waiting) + CLEARANCE_M
        reach = float(np.hypot(max(one.breadth for one in waiting), count * width)) / 2
        fits = hollow.heights[hollow.radii >= reach]
        height = max(float(fits.min()), bottom) if len(fits) else np.inf
        if height < LOW_SHARE * hollow.depth or (count == 1 and height < hollow.depth - TOUCH_M):
            break
    else:
        return None
    poses = {}
    for k, one in enumerate(waiting[:count]):
        yaw = turn_deg + (0.0 if one.extents[0] >= one.extents[1] else 90.0)
        aside = (k - (count - 1) / 2) * width
        angle = np.deg2rad(turn_deg)
        middle = Pose.at(0.0, 0.0, 0.0, yaw_deg=yaw) @ ((one.low + one.high) / 2)
        x, y = hollow.floor[:2] + aside * np.array([-np.sin(angle), np.cos(angle)]) - middle[:2]
        z = float(hollow.floor[2] + height - one.low[2])
        poses[one.id] = Pose.at(float(x), float(y), z, yaw_deg=yaw)
    return poses


def _layer(
    waiting: Sequence[Item], hollow: Hollow, bottom: float
) -> tuple[Sequence[Item], float, float]:
    """Return the layer, its ring's radius [m] and its height above the floor [m].

    All in one layer if they stay below the rim; else as many as lie in the lower half; else the
    layer that lies lowest.
    """
    found: list[tuple[Sequence[Item], float, float]] = []
    for count in range(len(waiting), 0, -1):
        layer = waiting[:count]
        radius = max(_radius(item) for item in layer)
        offset = 0.0 if count == 1 else (radius + CLEARANCE_M) / np.sin(np.pi / count)
        height = max(_lowest(item, radius, float(offset), hollow, bottom) for item in layer)
        found.append((layer, float(offset), height))
        share = 0.9 if count == len(waiting) else 0.5
        if height < share * hollow.depth:
            return found[-1]
    return min(found, key=lambda one: one[2])


def _radius(item: Item) -> float:
    if item.girths is not None:
        return float(item.girths[:, 1].max())
    if item.round:
        return item.breadth / 2
    return float(np.hypot(*item.extents[:2])) / 2


def _lowest(item: Item, radius: float, offset: float, hollow: Hollow, bottom: float) -> float:
    """Return the least height [m] above the floor, from `bottom` up, where the item is free."""
    for height in np.arange(bottom, hollow.depth + 1e-9, 0.001):
        if (offset + _profile(item, radius, hollow.heights - height) <= hollow.radii + 1e-9).all():
            return float(height)
    return max(hollow.depth, bottom)


def _profile(item: Item, radius: float, above_base: Float[Array, " n"]) -> Float[Array, " n"]:
    """Return the item's radius at heights above its base (n) [m]; −inf beside of it."""
    if item.girths is None:
        width = np.full_like(above_base, radius)
    else:
        width = np.interp(above_base, item.girths[:, 0], item.girths[:, 1])
    return np.where((above_base > -CLEARANCE_M) & (above_base <= item.height), width, -np.inf)


def on_slope(item: Item, ramp: Item, world_from_ramp: Pose, *, aside: float = 0.0) -> Pose:
    """Return an item's pose at the top of a slope, its X axis pointing downhill.

    Args:
        item: What stands there.
        ramp: What it stands on.
        world_from_ramp: The ramp's pose.
        aside: Step across the slope [m].

    Raises:
        LayoutError: If it is longer than the slope.
    """
    slope = ramp.slope
    if slope is None:
        raise LayoutError(f"{ramp.id} has no slope")
    way = slope.bottom - slope.top
    length = float(np.linalg.norm(way))
    along = way / length
    across = np.cross([0.0, 0.0, 1.0], along)
    across /= np.linalg.norm(across)
    rotation = np.column_stack([along, across, np.cross(along, across)])
    half = float(item.extents[0]) / 2
    if 2 * half > length:
        raise LayoutError(
            f"{item.id} ({2 * half:.3g} m long) is too long for the slope of {ramp.id} "
            f"({length:.3g} m): ask for a smaller {item.entity} or a larger {ramp.entity}"
        )
    step = min(half + 0.04 * length, length - half)
    spot = slope.top + step * along + aside * across - float(item.low[2]) * rotation[:, 2]
    spot = spot - (item.low[0] + item.high[0]) / 2 * rotation[:, 0]
    return world_from_ramp @ Pose(position=spot, wxyz=wxyz_from_rotation(rotation))


def downhill_yaw_deg(ramp: Item, heading_deg: float) -> float:
    """Return the yaw [deg] at which a ramp's slope, or a flight of stairs, leads to a heading."""
    if ramp.slope is not None:
        way = ramp.slope.bottom - ramp.slope.top
    elif len(ramp.areas) > 1:
        levels = sorted(ramp.areas, key=lambda area: float(area.center[2]))
        way = levels[0].center - levels[-1].center
    else:
        return 0.0
    return heading_deg - float(np.rad2deg(np.arctan2(way[1], way[0])))


def below(item: Item, carrier: Item, world_from_carrier: Pose) -> Pose:
    """Return an item's pose hanging from the lower end of what carries it."""
    end = world_from_carrier @ np.array([0.0, 0.0, carrier.low[2]])
    return Pose.at(float(end[0]), float(end[1]), float(end[2] - item.high[2]))
