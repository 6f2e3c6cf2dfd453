"""What stands where so far, and whether one more thing may stand there too."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from scene_builder.layout.items import Item, Placed, placed_item, rotation_of
from scene_builder.layout.relations import TOUCH_M, holds
from scene_builder.layout.solving.footprints import Footprint, separation
from scene_builder.layout.solving.units import Unit
from scene_builder.layout.ties import GROUP_PREDICATES, Tie
from scene_builder.model.pose import Pose

MARGIN_SHARE = 0.04
"""Free distance between neighbours, as a share of the smaller one's breadth."""

FAR_M = 50.0

UNDER_MARGIN_M = 0.003
"""Free distance between what stands under a thing and that thing's legs [m]."""

FIRM_M = 0.003
"""Relations hold as well if their subject is displaced by this much [m]."""

LEVEL_M = 1e-4
"""Things that share less height than this stand on each other."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Room:
    """What closes the space that layout may use.

    Attributes:
        wall_y: Where the back wall stands [m].
        left_x: Where the left wall stands [m].
        ceiling_z: Height of the ceiling [m].
        low: Smallest x and y that may be used on the ground [m].
        high: Largest x and y [m].
        hung: The ceiling is where what hangs ends.
    """

    wall_y: float
    left_x: float
    ceiling_z: float
    low: tuple[float, float]
    high: tuple[float, float]
    hung: bool = True

    def closes(self) -> tuple[Placed, ...]:
        """Return what the reserved ids stand for, as relations see them."""
        return (
            _slab("ground", (-FAR_M, -FAR_M, -1.0), (FAR_M, FAR_M, 0.0)),
            _slab("wall", (-FAR_M, self.wall_y, 0.0), (FAR_M, self.wall_y + 1.0, FAR_M)),
            _slab("ceiling", (-FAR_M, -FAR_M, self.ceiling_z), (FAR_M, FAR_M, FAR_M)),
            _slab("camera", (0.0, -4.0, 1.0), (0.0, -4.0, 1.0)),
        )


Corner = tuple[float, float, float]


def _slab(name: str, low: Corner, high: Corner) -> Placed:
    return Placed(id=name, low=np.array(low), high=np.array(high))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solid:
    """An outline from `bottom` to `top` [m]."""

    shape: Footprint
    bottom: float
    top: float

    def level_with(self, other: "Solid") -> bool:
        """Return whether the two share a height."""
        return self.bottom < other.top - LEVEL_M and other.bottom < self.top - LEVEL_M

    def meets(self, other: "Solid", margin: float) -> bool:
        """Return whether the two come closer than `margin` [m]."""
        if not self.level_with(other):
            return False
        a, b = self.shape, other.shape
        far = a.reach + b.reach + margin
        away = math.hypot(a.center[0] - b.center[0], a.center[1] - b.center[1])
        return away < far and separation(a, b) < margin


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lane:
    """A way that has to stay free for its users."""

    solid: Solid
    users: frozenset[str]


@dataclass(slots=True, kw_only=True, eq=False)
class Arrangement:
    """The search's state.

    Attributes:
        items: All items by id.
        carriers: What carries each item, by id: a thing never collides with its carriers.
        ties: All relations.
        room: What closes the space.
        poses: `world_from_item` of what is placed already.
        placed: The same as relations see it, with the reserved ids.
        shapes: Outlines of what is placed, with their z-intervals.
        lanes: Ways that have to stay free.
        kept: Where things stood before, if there was a before: they are placed first, and there.
        urgency: How often a thing found no place in earlier attempts: those are placed early.
        grip: The ground's factor of Coulomb's coefficient.
        wary: Ways are kept free, and starts in the air noted, before their actor is placed.
    """

    items: Mapping[str, Item]
    carriers: Mapping[str, frozenset[str]]
    ties: Sequence[Tie]
    room: Room
    poses: dict[str, Pose] = field(default_factory=dict)
    placed: dict[str, Placed] = field(default_factory=dict)
    shapes: dict[str, Solid] = field(default_factory=dict)
    lanes: list[Lane] = field(default_factory=list)
    kept: Mapping[str, Pose] = field(default_factory=dict)
    urgency: Mapping[str, int] = field(default_factory=dict)
    grip: float = 0.6
    wary: bool = False

    def __post_init__(self) -> None:
        self.placed.update({one.id: one for one in self.room.closes()})

    def put(self, poses: Mapping[str, Pose]) -> None:
        """Place items at poses in the world."""
        for name, pose in poses.items():
            placed = placed_item(self.items[name], pose)
            self.poses[name] = pose
            self.placed[name] = placed
            self.shapes[name] = _solid(self.items[name], pose, placed)

    def clash(self, poses: Mapping[str, Pose]) -> str | None:
        """Return what stands in the way of items at poses, or None."""
        for name, pose in poses.items():
            mine = _solid(self.items[name], pose, placed_item(self.items[name], pose))
            for other, theirs in self.shapes.items():
                if other not in poses and mine.meets(theirs, self._margin(name, other)) and (
                    not self._related(name, other)
                ) and self._meets_parts(name, pose, other):  # fmt: skip
                    return other
            for lane in self.lanes:
                if name not in lane.users and mine.meets(lane.solid, 0.0):
                    return "the way of " + min(lane.users)
        return None

    def clearance(self, poses: Mapping[str, Pose]) -> float:
        """Return how far items at poses are from all others on their level, at least [m]."""
        free = np.inf
        for name, pose in poses.items():
            mine = _solid(self.items[name], pose, placed_item(self.items[name], pose))
            for other, theirs in self.shapes.items():
                if other in poses or not mine.level_with(theirs):
                    continue
                if self._related(name, other) or self._beneath(name, other):
                    continue
                gap = separation(mine.shape, theirs.shape) - self._margin(name, other)
                free = min(free, gap)
        return float(free)

    def broken(self, poses: Mapping[str, Pose], *, firm: bool = False) -> Tie | None:
        """Return a relation that would not hold with items at poses, or None.

        Args:
            poses: `world_from_item` by id.
            firm: It has to hold as well if the subject stands a few millimetres elsewhere: things
                move by as much when they settle.
        """
        moved = {n: placed_item(self.items[n], p) for n, p in poses.items()}
        for tie in self.ties:
            names = (tie.subject, *tie.objects)
            if tie.predicate in GROUP_PREDICATES or not any(one in moved for one in names):
                continue
            world = [moved.get(one) or self.placed.get(one) for one in names]
            known = [one for one in world if one is not None]
            if len(known) < len(names):
                continue
            for subject in (known[0], *(_shifted(known[0]) if firm else ())):
                if not self.tie_holds(tie, subject, tuple(known[1:])):
                    return tie
        return None

    def unmet(self) -> list[Tie]:
        """Return the relations that do not hold now that everything is placed."""
        found = []
        for tie in self.ties:
            names = (tie.subject, *tie.objects)
            if tie.predicate in GROUP_PREDICATES or any(one not in self.placed for one in names):
                continue
            subject, *objects = (self.placed[one] for one in names)
            if not self.tie_holds(tie, subject, tuple(objects)):
                found.append(tie)
        return found

    def tie_holds(self, tie: Tie, subject: Placed, objects: tuple[Placed, ...]) -> bool:
        """Return whether a relation holds, also through what carries the subject."""
        if tie.predicate in ("on", "inside", "attached_to", "hanging_from"):
            mine = self.carriers.get(tie.subject, frozenset())
            if any(one in mine for one in tie.objects):
                return True
        return holds(tie.predicate, subject, objects)

    def _related(self, a: str, b: str) -> bool:
        none: frozenset[str] = frozenset()
        return b in self.carriers.get(a, none) or a in self.carriers.get(b, none)

    def _beneath(self, a: str, b: str) -> bool:
        """Return whether one of the two is said to be under the other."""
        return any(
            tie.predicate == "under"
            and ((tie.subject == a and b in tie.objects) or (tie.subject == b and a in tie.objects))
            for tie in self.ties
        )

    def _meets_parts(self, name: str, pose: Pose, other: str) -> bool:
        """Return whether a thing at a pose touches another that it is said to be under, or over.

        Of all others, the whole box counts: nothing else goes between the legs of a table.
        """
        for tie in self.ties:
            if tie.predicate != "under":
                continue
            for lower, upper in ((name, other), (other, name)):
                if tie.subject == lower and upper in tie.objects:
                    above = pose if upper == name else self.poses[upper]
                    below = pose if lower == name else self.poses[lower]
                    return self._touches_parts(lower, below, upper, above)
        return True

    def _touches_parts(self, lower: str, below: Pose, upper: str, above: Pose) -> bool:
        item = self.items[lower]
        mine = _solid(item, below, placed_item(item, below))
        return any(
            mine.meets(part, UNDER_MARGIN_M) for part in part_solids(self.items[upper], above)
        )

    def _margin(self, a: str, b: str) -> float:
        for tie in self.ties:
            if tie.predicate in ("against", "attached_to") and {a, b} <= {
                tie.subject,
                *tie.objects,
            }:
                return -TOUCH_M / 10
        breadth = min(self.items[a].breadth, self.items[b].breadth)
        return max(0.002, MARGIN_SHARE * breadth)


def _shifted(one: Placed) -> Iterator[Placed]:
    """Yield a thing as it would stand a little to each side."""
    for step in ((FIRM_M, 0.0), (-FIRM_M, 0.0), (0.0, FIRM_M), (0.0, -FIRM_M)):
        by = np.array([*step, 0.0])
        yield replace(one, low=one.low + by, high=one.high + by)


def part_solids(item: Item, pose: Pose) -> Iterator[Solid]:
    """Yield a box for each convex piece of an upright item."""
    if item.parts is None:
        yield _solid(item, pose, placed_item(item, pose))
        return
    turned = rotation_of(pose)
    yaw = math.atan2(turned[1, 0], turned[0, 0])
    for low, high in item.parts:
        middle = pose @ ((low + high) / 2)
        half = (high - low) / 2
        yield Solid(
            shape=Footprint(center=middle[:2], half=half[:2], yaw=yaw),
            bottom=float(middle[2] - half[2]),
            top=float(middle[2] + half[2]),
        )


def _solid(item: Item, pose: Pose, placed: Placed) -> Solid:
    turned = rotation_of(pose)
    if turned[2, 2] > 1 - 1e-9:
        middle = pose @ ((item.low + item.high) / 2)
        outline = Footprint(
            center=middle[:2],
            half=item.extents[:2] / 2,
            yaw=math.atan2(turned[1, 0], turned[0, 0]),
            round=item.round,
        )
    else:
        outline = Footprint(center=placed.center[:2], half=placed.size[:2] / 2)
    return Solid(shape=outline, bottom=float(placed.low[2]), top=float(placed.high[2]))


def unit_poses(unit: Unit, x: float, y: float, z: float, yaw: float) -> dict[str, Pose]:
    """Return `world_from_item` of a unit's members with its origin at (x, y, z) [m]."""
    base = Pose.at(x, y, z, yaw_deg=float(np.rad2deg(yaw)))
    return {name: base @ pose for name, pose in unit.poses.items()}
