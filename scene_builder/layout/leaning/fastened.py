"""Where a thing is fixed to another: on top of it, or at a side, and touching it."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import FOOT_SHARE, Item, Placed, placed_item
from scene_builder.layout.leaning.touching import slide
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.refusals import NoPlaceError
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose

FLAT_SHARE = 0.35
"""What is thinner front to back than this share of its width and height is flat: a sign, a tag.

Where it is no larger than a front, it is fixed to that.
"""

TALL_SIZES = 3.0
"""What is so many times as tall as the thing is long has it at its front: a magnet on a fridge."""

FRONT_SHARE = 0.62
"""The middle of what is fixed to a front is at this share of its height."""

SPOTS = ((0.0, 0.0), (0.0, 0.4), (0.4, 0.0), (-0.4, 0.0), (0.0, -0.4))
"""Where on top: shares of half the width and depth, the best first."""

FRONT, RIGHT, LEFT = (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (1.0, 0.0, 0.0)
"""Ways along which a thing comes to the front, the right and the left of another."""


def fasten(state: Arrangement, name: str, carrier: str) -> None:
    """Place a thing where it is fixed to one that stands.

    What is flat, and what is small beside it, is fixed to its front; all else to its top, upright.

    Args:
        state: What stands already.
        name: What is fixed.
        carrier: What it is fixed to.

    Raises:
        NoPlaceError: If other things are in the way everywhere.
    """
    blocker = None
    for pose in _poses(state, name, carrier):
        poses = {name: pose}
        found = state.clash(poses)
        if found is None and state.broken(poses) is None:
            state.put(poses)
            return
        blocker = blocker or found
    why = f" ({blocker} is in the way)" if blocker else ""
    raise NoPlaceError(f"{name} cannot be fixed to {carrier}{why}", names=(name, carrier))


def _poses(state: Arrangement, name: str, carrier: str) -> Iterator[Pose]:
    item, base = state.items[name], state.items[carrier]
    solid = _clouds(base, state.poses[carrier])
    box = placed_item(base, state.poses[carrier])
    tops = (_on_top(item, box, solid, spot) for spot in SPOTS)
    sides = (_at_side(item, box, solid, np.array(way)) for way in (FRONT, RIGHT, LEFT))
    flat = float(item.extents[1]) < FLAT_SHARE * float(item.extents[[0, 2]].min())
    flat = flat and bool((item.extents[[0, 2]] <= box.size[[0, 2]]).all())
    at_front = flat or box.size[2] > TALL_SIZES * float(item.extents.max())
    first, then = (sides, tops) if at_front else (tops, sides)
    for pose in (*first, *then):
        if pose is not None:
            yield pose


def _clouds(item: Item, pose: Pose) -> list[Float[Array, "_ 3"]]:
    """Return the corners of an item's convex pieces in the world [m]."""
    if item.matter is None:
        corners = np.array(list(product(*np.stack([item.low, item.high], axis=1))))
        return [pose @ corners]
    return [pose @ (item.upright @ cloud) for cloud in item.matter.clouds]


def _on_top(
    item: Item, box: Placed, solid: list[Float[Array, "_ 3"]], spot: tuple[float, float]
) -> Pose | None:
    """Return a pose in which a thing's foot stands on another, which may be narrower."""
    start = Pose.at(0.0, 0.0, float(box.high[2] - item.low[2]) + item.height)
    cloud = _clouds(item, start)
    points = np.vstack(cloud)
    foot = points[points[:, 2] < points[:, 2].min() + FOOT_SHARE * item.height]
    middle = (foot.min(axis=0) + foot.max(axis=0)) / 2
    x, y = box.center[:2] + np.array(spot) * box.size[:2] / 2 - middle[:2]
    shift = np.array([x, y, 0.0])
    touch = slide([one + shift for one in cloud], solid, np.array([0.0, 0.0, -1.0]))
    if touch is None:
        return None
    return Pose.at(float(x), float(y), float(start.position[2]) - touch.way)


def _at_side(
    item: Item, box: Placed, solid: list[Float[Array, "_ 3"]], way: Float[Array, "3"]
) -> Pose | None:
    """Return a pose in which a thing touches another from the side, its middle on that one's."""
    middle = (item.low + item.high) / 2
    away = np.abs(way) @ (box.size + item.extents)
    spot = box.center - middle - away * way
    spot[2] = box.low[2] + FRONT_SHARE * box.size[2] - middle[2]
    spot[2] = max(spot[2], float(box.low[2] - item.low[2]))
    start = Pose(position=spot, wxyz=np.array([1.0, 0.0, 0.0, 0.0]))
    touch = slide(_clouds(item, start), solid, way)
    if touch is None:
        return None
    return Pose(position=spot + touch.way * way, wxyz=start.wxyz)
