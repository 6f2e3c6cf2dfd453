"""What layout knows about a thing: its size, where others can stand on it, and in it."""

from dataclasses import dataclass, field
from itertools import product
from typing import Literal

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.pose import Pose

FOOT_SHARE = 0.05
"""A thing stands on what lies below this share of its height."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Area:
    """A level area on which things can stand, in the item's frame.

    Attributes:
        center: Its middle (3) [m].
        half_extents: Half its size along x and y (2) [m]; a disc's radius twice.
        round: Whether it is a disc.
        headroom: Free height above it [m].
    """

    center: Float[Array, "3"]
    half_extents: Float[Array, "2"]
    round: bool = False
    headroom: float = np.inf

    def __post_init__(self) -> None:
        set_read_only(self, "center", np.float64, (3,))
        set_read_only(self, "half_extents", np.float64, (2,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hollow:
    """An open hollow, in the item's frame: free radii at heights above its floor.

    Attributes:
        floor: Centre of the hollow's floor (3) [m].
        heights: Ascending heights above the floor (n) [m], from 0 to the rim.
        radii: Free radius at each height (n) [m].
    """

    floor: Float[Array, "3"]
    heights: Float[Array, " n"]
    radii: Float[Array, " n"]

    def __post_init__(self) -> None:
        set_read_only(self, "floor", np.float64, (3,))
        set_read_only(self, "heights", np.float64, (None,))
        set_read_only(self, "radii", np.float64, (len(self.heights),))

    @property
    def depth(self) -> float:
        """From the floor to the rim [m]."""
        return float(self.heights[-1])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slope:
    """A plane that things roll or slide down, in the item's frame.

    Attributes:
        top: Middle of its upper edge (3) [m].
        bottom: Middle of its lower edge (3) [m].
        width: Across the slope [m].
    """

    top: Float[Array, "3"]
    bottom: Float[Array, "3"]
    width: float

    def __post_init__(self) -> None:
        set_read_only(self, "top", np.float64, (3,))
        set_read_only(self, "bottom", np.float64, (3,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matter:
    """What decides whether a thing keeps its balance, in its body's frame.

    Attributes:
        clouds: Corners of its solid's convex pieces (n 3) each [m].
        center_of_mass: (3) [m].
        friction: Its factor of Coulomb's coefficient.
        head: Towards its wider end (3), which belongs up: a flower's, a brush's; None where the
            heavier end belongs down.
    """

    clouds: tuple[Float[Array, "_ 3"], ...]
    center_of_mass: Float[Array, "3"]
    friction: float = 0.6
    head: Float[Array, "3"] | None = None

    def __post_init__(self) -> None:
        set_read_only(self, "center_of_mass", np.float64, (3,))
        if self.head is not None:
            set_read_only(self, "head", np.float64, (3,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Item:
    """A thing to be placed.

    Its frame is its body's frame after `upright`: Z up, the front towards −Y.

    Attributes:
        id: Body id.
        entity: The entity that it is one of.
        low: Smallest coordinates (3) [m].
        high: Largest coordinates (3) [m].
        upright: `item_from_body`: how the body is turned to stand (a coin on its edge).
        round: Its footprint is a disc: turning it about the vertical changes nothing.
        areas: Where things can stand on it, best first.
        hollow: Where things can lie in it, or None.
        slope: What things roll down, or None.
        furniture: It stands on the ground and carries others.
        girths: Its radius about its axis at heights above its base: rows (height, radius),
            ascending (g 2) [m]; None for a cylinder around its box.
        wall_hugging: It looks best with its back to a wall.
        legible: Its front bears words: it is turned to the camera.
        wall_hung: It hangs on walls, as pictures and mirrors do.
        outline: Outermost points seen from above (k 2) [m]; None for its box's corners.
        parts: Boxes around its solid's convex pieces: lows and highs (p 2 3) [m]; None for one
            box around all.
        matter: Its solid, for what has to keep its balance; None where that is not known.
        leaning: How it leans against others: `erect`, set on its end as a plank is; `tilted`,
            standing as always, as a bicycle is; None for what stands by itself.
        pendant: Its own upper end is what it hangs by: a pendulum's eye.
    """

    id: str
    entity: str
    low: Float[Array, "3"]
    high: Float[Array, "3"]
    upright: Pose = field(default_factory=Pose.identity)
    round: bool = False
    areas: tuple[Area, ...] = ()
    hollow: Hollow | None = None
    slope: Slope | None = None
    furniture: bool = False
    wall_hugging: bool = False
    legible: bool = False
    wall_hung: bool = False
    outline: Float[Array, "k 2"] | None = None
    girths: Float[Array, "g 2"] | None = None
    parts: Float[Array, "p 2 3"] | None = None
    matter: Matter | None = None
    leaning: Literal["erect", "tilted"] | None = None
    pendant: bool = False

    def __post_init__(self) -> None:
        set_read_only(self, "low", np.float64, (3,))
        set_read_only(self, "high", np.float64, (3,))
        for name in ("outline", "girths"):
            if getattr(self, name) is not None:
                set_read_only(self, name, np.float64, (None, 2))
        if self.parts is not None:
            set_read_only(self, "parts", np.float64, (None, 2, 3))

    @property
    def extents(self) -> Float[Array, "3"]:
        """Size along x, y and z [m]."""
        return self.high - self.low

    @property
    def height(self) -> float:
        """Size along z [m]."""
        return float(self.extents[2])

    @property
    def base_radius(self) -> float:
        """Radius about its axis of what it stands on [m]."""
        if self.girths is None:
            return float(np.hypot(*self.extents[:2])) / 2
        foot = self.girths[:, 0] <= FOOT_SHARE * self.height
        return float(self.girths[foot, 1].max())

    @property
    def breadth(self) -> float:
        """The larger of its sizes along x and y [m]."""
        return float(self.extents[:2].max())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """A thing in the world, as relations see it.

    Attributes:
        id: Body id.
        low: Smallest world coordinates (3) [m].
        high: Largest world coordinates (3) [m].
        front: Unit vector to which its front looks (3).
    """

    id: str
    low: Float[Array, "3"]
    high: Float[Array, "3"]
    front: Float[Array, "3"] = field(default_factory=lambda: np.array([0.0, -1.0, 0.0]))

    def __post_init__(self) -> None:
        set_read_only(self, "low", np.float64, (3,))
        set_read_only(self, "high", np.float64, (3,))
        set_read_only(self, "front", np.float64, (3,))

    @property
    def center(self) -> Float[Array, "3"]:
        """Middle of its box (3) [m]."""
        return (self.low + self.high) / 2

    @property
    def size(self) -> Float[Array, "3"]:
        """Edges of its box (3) [m]."""
        return self.high - self.low


def rotation_of(pose: Pose) -> Float[Array, "3 3"]:
    """Return a pose's rotation matrix (3 3), quickly: a search asks for very many."""
    w, x, y, z = pose.wxyz.tolist()
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def placed_item(item: Item, world_from_item: Pose) -> Placed:
    """Return the item as it stands in the world at a pose."""
    turned = rotation_of(world_from_item)
    front = turned @ np.array([0.0, -1.0, 0.0])
    if item.round and abs(turned[2, 2]) > 1 - 1e-9:
        low, high = item.low + world_from_item.position, item.high + world_from_item.position
    else:
        corners = _extremes(item) @ turned.T + world_from_item.position
        low, high = corners.min(axis=0), corners.max(axis=0)
    return Placed(id=item.id, low=low, high=high, front=front)


def _extremes(item: Item) -> Float[Array, "n 3"]:
    if item.outline is None:
        return np.array(list(product(*zip(item.low, item.high, strict=True))))
    levels = [np.full((len(item.outline), 1), z) for z in (item.low[2], item.high[2])]
    return np.vstack([np.hstack([item.outline, level]) for level in levels])
