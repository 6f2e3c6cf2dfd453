"""Where things can stand: the ground, and the level areas of what is placed already."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Area, Item, rotation_of
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.footprints import Footprint, within
from scene_builder.layout.solving.units import Unit
from scene_builder.model.arrays import Array
from scene_builder.model.errors import LayoutError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import GROUND_ID

RIM_SHARE = 0.02
"""Share of a support's width that stays free along its edge."""

STEADY_SHARE = 0.55
"""What is wider than its support still stands on it if the middle of its base, up to this share
of its radius, does."""

BALANCED_SHARE = 0.35
"""Likewise of a single thing, which has to stand right on the middle: a cup on a coin."""

BALANCE_SHARE = 0.4
"""A thing can lie on another without a level area that is this share of its breadth or more."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surface:
    """Where units are placed: the ground (`area` None), or an area of a carrier."""

    carrier: str
    pose: Pose
    area: Area | None

    @property
    def middle(self) -> tuple[float, float, float]:
        """Its middle in the world [m]."""
        if self.area is None:
            return 0.0, 0.0, 0.0
        x, y, z = self.pose @ self.area.center
        return float(x), float(y), float(z)


def surfaces_of(carrier: str, state: Arrangement) -> list[Surface]:
    """Return where things can stand on a carrier that is placed already."""
    if carrier == GROUND_ID:
        return [Surface(carrier=carrier, pose=Pose.identity(), area=None)]
    item, pose = state.items[carrier], state.poses[carrier]
    areas = item.areas or (_top(item),)
    return [Surface(carrier=carrier, pose=pose, area=area) for area in areas]


def _top(item: Item) -> Area:
    """Of a thing without a level area, the highest point carries: physics has the last word."""
    middle = (item.low + item.high) / 2
    return Area(center=np.array([middle[0], middle[1], item.high[2]]), half_extents=np.zeros(2))


def stands_on(
    unit: Unit, outline: Footprint, surface: Surface, *, spot: tuple[float, float]
) -> bool:
    """Return whether a unit with its origin at `spot` [m] stands fully on a surface with edges.

    What is too wide to fit may hang over the edge, as a lamp's shade does, or a tray on a stool,
    as long as its base, or for what has no legs the middle of its base, is carried.
    """
    area = surface.area
    if area is None or area.half_extents.min() <= 0:
        return True
    margin = RIM_SHARE * float(area.half_extents.min())
    if within(outline, area, surface.pose, margin=margin):
        return True
    foot = unit.foot(*spot)
    if foot is None or _fits(unit.size[:2], area, margin):
        return False
    if within(foot, area, surface.pose, margin=0.0):
        return True
    if unit.legged or _fits(2 * foot.half, area, 0.0):
        return False
    share = STEADY_SHARE if len(unit.poses) > 1 else BALANCED_SHARE
    core = Footprint(center=foot.center, half=share * foot.half, round=True)
    return within(core, area, surface.pose, margin=0.0)


def _fits(size: Float[Array, "2"], area: Area, margin: float) -> bool:
    """Return whether a rectangle (2) [m] fits on an area somewhere, along its axes."""
    return bool((np.sort(size) <= np.sort(2 * (area.half_extents - margin))).all())


def lies_across(unit: Unit, surface: Surface) -> bool:
    """Return whether a long unit fits on an area only if it is turned by a quarter."""
    area = surface.area
    if area is None or area.round or unit.round or not area.half_extents.all():
        return False
    room = 2 * area.half_extents * (1 - RIM_SHARE)
    straight, across = unit.size[:2] <= room, unit.size[1::-1] <= room
    return bool(across.all() and not straight.all())


def refuse_what_cannot_stand(units: Sequence[Unit], surfaces: Sequence[Surface]) -> None:
    """Refuse units that no arrangement can put on a carrier.

    Raises:
        LayoutError: If one is far wider than all that carries it, or all of them together.
    """
    edged = [surface for surface in surfaces if surface.area is not None]
    if not edged or not units:
        return
    carrier = edged[0].carrier
    level = [one.area for one in edged if one.area is not None and one.area.half_extents.any()]
    if not level:
        return
    for unit in units:
        if not any(_could_stand(unit, surface) for surface in edged):
            x, y = unit.size[:2]
            w, d = 2 * level[0].half_extents
            raise LayoutError(
                f"{unit.ids[0]} finds no place on {carrier}: it takes {x:.2g} × {y:.2g} m, "
                f"{carrier} has {w:.2g} × {d:.2g} m: ask for a smaller one, or a larger "
                f"{carrier.partition('#')[0]}"
            )
    space = sum(float(np.prod(2 * area.half_extents)) for area in level)
    # What hangs over the edge takes no more than all there is.
    needed = sum(min(float(np.prod(unit.size[:2])), space) for unit in units)
    if len(units) > 1 and needed > space:
        raise LayoutError(
            f"{len(units)} things ({units[0].ids[0]} …) find no place on {carrier}: they take "
            f"{needed:.2g} m², it has {space:.2g} m²: ask for fewer or smaller ones, or a larger "
            f"{carrier.partition('#')[0]}"
        )


def _could_stand(unit: Unit, surface: Surface) -> bool:
    """Return whether a unit can stand in the middle of a surface, straight or across."""
    x, y, _ = surface.middle
    ahead = rotation_of(surface.pose)[:, 0]
    along = float(np.arctan2(ahead[1], ahead[0]))
    for yaw in (along, along + np.pi / 2):
        off = unit.footprint(0.0, 0.0, yaw).center
        for spot in ((x, y), (x - float(off[0]), y - float(off[1]))):
            if stands_on(unit, unit.footprint(*spot, yaw), surface, spot=spot):
                return True
    return False


def refuse_what_cannot_balance(unit: Unit, item: Item) -> None:
    """Refuse a unit on the top of a thing without a level area that is far too small.

    Raises:
        LayoutError: If it would fall off.
    """
    breadth = 2 * unit.base if unit.base is not None else float(unit.size[:2].min())
    breadth = min(breadth, float(unit.size[:2].min()))
    if not item.areas and item.breadth < BALANCE_SHARE * breadth:
        name = unit.ids[0]
        raise LayoutError(
            f"{name} finds no place on {item.id}: it is {breadth:.2g} m wide, {item.id} only "
            f"{item.breadth:.2g} m: ask for a smaller {name.partition('#')[0]} or a larger "
            f"{item.entity}"
        )
