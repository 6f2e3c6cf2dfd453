"""Things that are placed as one: single items, stacks, rows, clusters and circles."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Item, placed_item
from scene_builder.layout.resting.lowering import nested_height
from scene_builder.layout.resting.nesting import handle_deg, nested_pose, tilts_inside
from scene_builder.layout.solving.footprints import Footprint
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose

THIN_SHARE = 0.4
"""A thing is a slab if one side is thinner than this share of its height."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unit:
    """Items in fixed poses to one another.

    Attributes:
        poses: `unit_from_item` of each member, by id; the unit stands on its own z = 0.
        low: Smallest coordinates of all members (3) [m].
        high: Largest coordinates (3) [m].
        round: Turning it about the vertical changes no outline.
        base: Radius about its origin of what it stands on [m]; None for what stands in
            several places.
        legged: It stands on legs, all of which need ground.
    """

    poses: Mapping[str, Pose]
    low: Float[Array, "3"]
    high: Float[Array, "3"]
    round: bool
    base: float | None = None
    legged: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Its members."""
        return tuple(self.poses)

    @property
    def size(self) -> Float[Array, "3"]:
        """Edges of its box (3) [m]."""
        return self.high - self.low

    def foot(self, x: float, y: float) -> Footprint | None:
        """Return the disc that it stands on when its origin is at (x, y) [m], if it is one."""
        if self.base is None:
            return None
        return Footprint(center=np.array([x, y]), half=np.full(2, self.base), round=True)

    def footprint(self, x: float, y: float, yaw: float) -> Footprint:
        """Return its outline when its origin is at (x, y) [m], turned by `yaw` [rad]."""
        c, s = math.cos(yaw), math.sin(yaw)
        dx, dy = ((self.low + self.high)[:2] / 2).tolist()
        center = np.array([x + c * dx - s * dy, y + s * dx + c * dy])
        return Footprint(center=center, half=self.size[:2] / 2, yaw=yaw, round=self.round)


def single(item: Item) -> Unit:
    """Return one item as a unit."""
    return _unit({item.id: item}, {item.id: Pose.at(0.0, 0.0, -float(item.low[2]))})


def stack(items: Sequence[Item], *, turn_deg: float = 0.0) -> Unit:
    """Return items stacked on each other's first area (or top), lowest first, centred.

    Hollow things of one kind, as plates, sink into each other.

    Args:
        items: The things, lowest first.
        turn_deg: Each is turned by up to this against the one below: no hand stacks exactly, and
            things in line would look like one.
    """
    poses: dict[str, Pose] = {}
    top = np.zeros(3)
    below: tuple[Item, float] | None = None
    for item in items:
        yaw = turn_deg * _TURNS[len(poses) % len(_TURNS)]
        pose = Pose.at(top[0], top[1], float(top[2] - item.low[2]), yaw_deg=yaw)
        if below is not None and below[0].entity == item.entity and below[0].hollow is not None:
            lower, base = below[0], poses[below[0].id]
            if tilts_inside(lower, item):
                # Handles on both sides by turns, so that the pile does not bend over.
                yaw = 180.0 * (len(poses) % 2)
                pose = nested_pose(lower, base, item, yaw)
            else:
                height = nested_height(lower, item, float(np.deg2rad(yaw - below[1])))
                pose = Pose.at(top[0], top[1], float(base.position[2]) + height, yaw_deg=yaw)
        below = item, yaw
        poses[item.id] = pose
        upper = item.areas[0].center if item.areas else np.array([0.0, 0.0, item.high[2]])
        top = poses[item.id] @ upper
    return _unit({item.id: item for item in items}, poses)


_TURNS = (0.0, 1.0, -0.6, 0.5, -1.0, 0.2)
"""Turns in a stack, as shares of the largest."""


def row(items: Sequence[Item], *, along_deg: float) -> Unit:
    """Return items in a straight row, evenly spaced: slabs turn their thin side along it.

    Slabs (dominoes, books) stand half their height apart, centre to centre; others leave half
    their breadth free.
    """
    first = items[0]
    width, depth, height = first.extents
    slab = min(width, depth) < THIN_SHARE * height
    turn = 90.0 if slab and depth < width else 0.0
    length = float(depth if turn else width)
    pitch = max(0.5 * float(height), length + 0.1 * float(height)) if slab else 1.5 * length
    poses = {}
    for k, item in enumerate(items):
        step = (k - (len(items) - 1) / 2) * pitch
        poses[item.id] = Pose.at(
            step * float(np.cos(np.deg2rad(along_deg))),
            step * float(np.sin(np.deg2rad(along_deg))),
            -float(item.low[2]),
            yaw_deg=along_deg + turn,
        )
    return _unit({item.id: item for item in items}, poses)


def cluster(items: Sequence[Item], *, heading_deg: float, hitter: float, gate: bool) -> Unit:
    """Return items like pins before a bowling ball: rows of 1, 2, 3 … across the heading.

    Args:
        items: The things, nearest first.
        heading_deg: Where what hits them goes, counter-clockwise from +X.
        hitter: Width of what hits them [m]: neighbours stand so close that it cannot pass.
        gate: Rows of 2, 1, 2, 1 … instead: all of them get touched, pushed aside in pairs.
    """
    across = max(_core(item) for item in items) + min(
        0.3 * hitter, 0.6 * max(_core(item) for item in items)
    )
    places: list[tuple[float, float]] = []
    rank = 0
    while len(places) < len(items):
        size = 2 - rank % 2 if gate else rank + 1
        count = min(size, len(items) - len(places))
        # An unfilled last rank leaves its middle free, so that it shows behind the one before.
        slots = np.linspace(0, size - 1, count) if count > 1 else np.array([(size - 1) / 2])
        slots = np.round(slots * 2) / 2 - (size - 1) / 2
        places += [(rank * 0.87 * across, float(slot) * across) for slot in slots]
        rank += 1
    middle = (places[0][0] + places[-1][0]) / 2
    turn = Pose.at(0.0, 0.0, 0.0, yaw_deg=heading_deg)
    poses = {
        item.id: turn
        @ Pose.at(ahead - middle, aside, -float(item.low[2]), yaw_deg=_averted(item, k))
        for k, (item, (ahead, aside)) in enumerate(zip(items, places, strict=True))
    }
    return _unit({item.id: item for item in items}, poses)


def _core(item: Item) -> float:
    """Return the breadth of a thing without what sticks out on one side: a cup's handle."""
    return 2 * float(np.minimum(-item.low[:2], item.high[:2]).max())


def _averted(item: Item, k: int) -> float:
    """Return the turn [deg] that points a handle away from what comes, each one differently."""
    handle = handle_deg(item)
    return 0.0 if handle is None else _AVERTED_DEG[k % len(_AVERTED_DEG)] - handle


_AVERTED_DEG = (30.0, 20.0, -20.0, 10.0, -30.0)


def circle(center: Item, items: Sequence[Item], *, radius: float) -> Unit:
    """Return a thing with others around it, all looking at it, evenly spread."""
    poses = {center.id: Pose.at(0.0, 0.0, -float(center.low[2]))}
    for k, item in enumerate(items):
        angle = 2 * np.pi * (k + 0.5) / len(items) - np.pi / 2
        poses[item.id] = Pose.at(
            radius * float(np.cos(angle)),
            radius * float(np.sin(angle)),
            -float(item.low[2]),
            yaw_deg=float(np.rad2deg(angle)) - 90.0,
        )
    return _unit({one.id: one for one in (center, *items)}, poses)


def circle_radius(center: Item, items: Sequence[Item]) -> float:
    """Return the least radius [m] at which nothing on the circle touches."""
    depth = max(float(np.hypot(*item.extents[:2])) / 2 for item in items)
    inner = float(np.hypot(*center.extents[:2])) / 2 if not center.round else center.breadth / 2
    spread = 1.1 * depth / np.sin(np.pi / max(len(items), 2))
    return max(inner + depth + 0.02 + 0.15 * depth, float(spread))


def _unit(items: Mapping[str, Item], poses: Mapping[str, Pose]) -> Unit:
    placed = [placed_item(items[name], pose) for name, pose in poses.items()]
    low = np.min([one.low for one in placed], axis=0)
    high = np.max([one.high for one in placed], axis=0)
    alone = len(poses) == 1 or np.ptp([p.position[:2] for p in poses.values()], axis=0).max() == 0
    lowest = min(poses, key=lambda name: float(poses[name].position[2]))
    return Unit(
        poses=poses, low=low, high=high,
        round=bool(alone and all(items[name].round for name in poses)),
        base=items[lowest].base_radius if alone else None,
        legged=items[lowest].furniture,
    )  # fmt: skip
