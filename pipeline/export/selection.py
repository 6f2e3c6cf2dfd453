"""What of a shot goes onto a table top: the bodies, what they touch, and the floor under them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool

from physics.trajectory import Trajectory
from render.dressed import Order
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.errors import EncodeError
from scene_builder.model.stage import GROUND_ID, Body, Stage

MARGIN = 1.12
"""How much wider the disc of floor is than what happens on it."""
LARGEST_DISC_M, SMALLEST_DISC_M = 4.0, 0.1
SURROUNDINGS_DISC_M = 12.0
"""Radius of the floor that goes with the whole place [m]."""
MOST_TRIANGLES = 90_000
"""A little below what a headset's own guide recommends, 100 000."""
LEAST_KEPT = 0.02
SMALL_M, LARGE_M = 0.35, 1.5
"""Edges up to which a body gets the smallest maps, and from which the floor the largest [m]."""
SMALL_MAP_PX, MIDDLE_MAP_PX, LARGE_MAP_PX = 512, 1024, 2048
FLAT_M, FLAT_TRIANGLES = 0.05, 4000
"""Height up to which something lies on the floor [m], and how much it may cost."""
_OFF_STAGE = "scenery_sunlit"
"""What stands outside to throw a window's light: nobody is meant to see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is exported, and how it lies.

    Attributes:
        bodies: Ids of the bodies, in the stage's order.
        orders: How each is to be dressed.
        middle_m: Middle of the floor's disc in the world (x, y) [m].
        radius_m: Its radius [m].
    """

    bodies: tuple[str, ...]
    orders: Mapping[str, Order]
    middle_m: tuple[float, float]
    radius_m: float


def select(shot: Shot, *, surroundings: bool, live: bool) -> Selection:
    """Choose what of a shot is exported.

    Args:
        shot: The shot.
        surroundings: Whether the whole place goes along.
        live: Whether a physics engine will move it: pieces that only come of breaking are left.

    Raises:
        EncodeError: If nothing is there that a viewer could stand before.
    """
    stage, motion = shot.stage, shot.trajectory
    named = {b.id for b in stage.bodies if b.entity is not None}
    named |= {b.id for b in stage.bodies if (b.part_of or b.piece_of) in named}
    if live:
        named -= {b.id for b in stage.bodies if b.piece_of is not None}
    if not named:
        raise EncodeError("the shot holds no body that its words name; there is nothing to export")
    middle, radius = _disc(stage, motion, named)
    if surroundings:
        chosen = {b.id for b in stage.bodies if not b.id.startswith(_OFF_STAGE)}
        chosen -= {b.id for b in stage.bodies if live and b.piece_of is not None}
        radius = max(radius, SURROUNDINGS_DISC_M)
    else:
        chosen = named | {GROUND_ID} | _touched(stage, motion, named, radius)
        chosen |= _lying(stage, middle, radius)
    bodies = tuple(b for b in stage.bodies if b.id in chosen)
    keep = _shares(bodies)
    orders = {b.id: _order(b, keep[b.id], middle, radius) for b in bodies}
    return Selection(
        bodies=tuple(b.id for b in bodies), orders=orders, middle_m=middle, radius_m=radius
    )


def _disc(stage: Stage, motion: Trajectory, named: set[str]) -> tuple[tuple[float, float], float]:
    """Return middle (x, y) and radius [m] of the disc that all of it happens on."""
    lows, highs = [], []
    for body in stage.bodies:
        if body.id not in named:
            continue
        k = motion.index(body.id)
        seen: Bool[Array, " f"] = motion.present[:, k]
        if not seen.any():
            continue
        reach = float(np.linalg.norm(body.mesh.extents)) / 2
        if body.mobility == "static":
            reach = float(np.hypot(*body.mesh.extents[:2])) / 2
        around = (body.mesh.low + body.mesh.high)[:2] / 2
        places = motion.positions[seen, k, :2] + (around if body.mobility == "static" else 0)
        lows.append(places.min(axis=0) - reach)
        highs.append(places.max(axis=0) + reach)
    low, high = np.min(lows, axis=0), np.max(highs, axis=0)
    radius = MARGIN * float(np.max(high - low)) / 2
    if radius > LARGEST_DISC_M:
        # Something leaves: the place where it all begins is what belongs onto the table.
        low, high = np.median(lows, axis=0), np.median(highs, axis=0)
    middle = (low + high) / 2
    radius = float(np.clip(radius, SMALLEST_DISC_M, LARGEST_DISC_M))
    return (float(middle[0]), float(middle[1])), radius


def _touched(stage: Stage, motion: Trajectory, named: set[str], radius: float) -> set[str]:
    """Return what else the bodies touch and that fits on the disc: rugs, shelves, steps."""
    touch = motion.contacts
    ids = np.array(motion.body_ids)
    first, second = ids[touch.a], ids[touch.b]
    inside = np.isin(first, list(named)), np.isin(second, list(named))
    met = {*first[inside[1]].tolist(), *second[inside[0]].tolist()}
    return {
        b.id for b in stage.bodies if b.id in met and b.mesh.extents[:2].max() <= 2 * radius
    }  # fmt: skip


def _lying(stage: Stage, middle: tuple[float, float], radius: float) -> set[str]:
    """Return what lies flat on the floor and whole on the disc: rugs, mats, leaves."""
    found = set()
    for body in stage.bodies:
        center = body.pose @ ((body.mesh.low + body.mesh.high) / 2)
        reach = float(np.linalg.norm(body.mesh.extents[:2])) / 2
        inside = float(np.linalg.norm(center[:2] - np.array(middle))) + reach <= radius
        flat = body.mesh.extents[2] <= FLAT_M and body.mobility == "static"
        if inside and flat and len(body.mesh.triangles) <= FLAT_TRIANGLES:
            found.add(body.id)
    return found


def _shares(bodies: tuple[Body, ...]) -> dict[str, float]:
    """Return the share of triangles that each body keeps, so that all stay within the budget.

    The largest meshes give first: one limit for all is lowered until the sum fits.
    """
    counts = np.array([len(b.mesh.triangles) for b in bodies], np.float64)
    low, high = 0.0, float(counts.max())
    if counts.sum() > MOST_TRIANGLES:
        for _ in range(40):
            limit = (low + high) / 2
            fits = np.minimum(counts, limit).sum() <= MOST_TRIANGLES
            low, high = (limit, high) if fits else (low, limit)
        high = low
    shares = np.maximum(np.minimum(1.0, np.floor(high) / counts), LEAST_KEPT)
    return {b.id: float(share) for b, share in zip(bodies, shares, strict=True)}


def _order(body: Body, keep: float, middle: tuple[float, float], radius: float) -> Order:
    if body.id == GROUND_ID:
        place = body.pose.inverse() @ np.array([*middle, 0.0])
        within = (float(place[0]), float(place[1]), radius)
        size = LARGE_MAP_PX if 2 * radius > LARGE_M else MIDDLE_MAP_PX
        return Order(map_px=size, keep=keep, within_m=within)
    large = body.mesh.extents.max() > SMALL_M
    return Order(map_px=MIDDLE_MAP_PX if large else SMALL_MAP_PX, keep=keep)
