"""Leaning one thing against another, so that it stays there."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.layout.forest import Parent
from scene_builder.layout.items import Item, Matter
from scene_builder.layout.leaning.balance import grip_needed
from scene_builder.layout.leaning.stances import stances_of
from scene_builder.layout.leaning.touching import NEAR_M, Touches, slide
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.refusals import NoPlaceError
from scene_builder.layout.solving.surfaces import surfaces_of
from scene_builder.model.arrays import Array
from scene_builder.model.errors import LayoutError
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import GROUND_ID

TRIES = 8
"""Places along what it leans against, for each side."""

HOPELESS = 6
"""After so many places where it does not stay there is none."""

SAFE_GRIP = 0.85
"""Leaning things need no more than this share of the friction, if there is a way to."""

WALL_FRICTION = 0.65
"""Of plaster, wood and brick: factor of a pair's coefficient."""

FEET = 16
"""Of all points on the ground, the outermost in so many directions count."""

REACH_M = 20.0
"""How far off a thing begins to slide towards what it leans against [m]."""

WIDE_M = 0.6
"""What is wider is leant against from the front."""

SIDES = {"front": (0.0, 1.0), "left": (1.0, 0.0), "right": (-1.0, 0.0)}
"""Where a thing stands, and towards where it leans then."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Leaning:
    """A pose in which a thing stays, and the share of its friction that it needs."""

    world_from_item: Pose
    grip: float


def lean_rand(rng: np.random.Generator, state: Arrangement, name: str, parent: Parent) -> None:
    """Place a thing so that it leans against another, or the wall.

    Args:
        rng: Where chance comes from.
        state: What stands already.
        name: What leans.
        parent: What it stands on, and what it leans against.

    Raises:
        NoPlaceError: If every place where it would stay is taken.
        LayoutError: If it would slip or fall at every angle.
    """
    item, other = state.items[name], parent.against
    stays, tie, failed = False, None, 0
    for way, aside in _places_rand(rng, item, other, state):
        found = _leaning(item, other, (way, aside, _level(parent.id, state)), state)
        if found is None:
            failed += 1
            # Along the wall it is the same everywhere.
            if other == "wall" or failed == HOPELESS:
                break
            continue
        stays = True
        poses = {name: found.world_from_item}
        broken = state.broken(poses)
        tie = broken or tie
        if broken is None and state.clash(poses) is None and _stands(item, poses, parent, state):
            state.put(poses)
            return
    if stays:
        why = f" ('{tie}' would not hold)" if tie else ""
        raise NoPlaceError(f"{name} finds no free place against {other}{why}", names=(name,))
    raise LayoutError(
        f"{name} cannot lean against {other}: with its friction it would slip or fall at every "
        f"angle; ask for a rougher {item.entity} or ground, a larger {other.partition('#')[0]}, "
        "or let it lie"
    )


def _level(floor: str, state: Arrangement) -> float:
    """Return the height of what a thing stands on [m]."""
    return 0.0 if floor == GROUND_ID else surfaces_of(floor, state)[0].middle[2]


def _places_rand(
    rng: np.random.Generator, item: Item, other: str, state: Arrangement
) -> Iterator[tuple[Float[Array, "3"], float]]:
    """Yield a direction in which to lean, and the place aside of it, in world coordinates [m]."""
    if other == "wall":
        spread = 0.25 * (state.room.high[0] - state.room.low[0])
        for k in range(3 * TRIES):
            yield np.array([0.0, 1.0, 0.0]), float(rng.normal(0.0, 0.3 + spread * k / 20))
        return
    box = state.placed[other]
    sides = ["left", "right"] if rng.uniform() < 0.5 else ["right", "left"]  # noqa: PLR2004
    # In front of something narrow it would hide that.
    sides.insert(0 if box.size[0] > WIDE_M else 2, "front")
    for k in range(TRIES):
        for side in sides:
            way = np.array([*SIDES[side], 0.0])
            aside = np.cross([0.0, 0.0, 1.0], way)
            half = float(np.abs(aside[:2]) @ box.size[:2]) / 2
            step = 0.0 if k == 0 else float(rng.uniform(-0.8, 0.8)) * half
            yield way, float(box.center[:2] @ aside[:2]) + step


def _leaning(
    item: Item,
    other: str,
    place: tuple[Float[Array, "3"], float, float],
    state: Arrangement,
) -> _Leaning | None:
    """Return how an item leans best, or None.

    Args:
        item: What leans.
        other: What it leans against.
        place: Towards where; place of its weight across that; height of what it stands on [m].
        state: What stands already.
    """
    matter, way = item.matter, place[0]
    if matter is None:
        return None
    right = np.cross(way, [0.0, 0.0, 1.0])
    # Stances lean towards +Y.
    turn = np.column_stack([right, way, [0.0, 0.0, 1.0]])
    best: _Leaning | None = None
    for stance in stances_of(item):
        rotation = turn @ stance.rotation
        found = _at_rest(matter, rotation, place, other, state)
        if found is None:
            continue
        pose, grip = found
        if grip <= SAFE_GRIP or best is None or grip < best.grip:
            best = _Leaning(world_from_item=pose @ item.upright.inverse(), grip=grip)
        if grip <= SAFE_GRIP:
            break
    return best


def _at_rest(
    matter: Matter,
    rotation: Float[Array, "3 3"],
    place: tuple[Float[Array, "3"], float, float],
    other: str,
    state: Arrangement,
) -> tuple[Pose, float] | None:
    """Return `world_from_body` where it touches, and the grip that it needs; None if it falls."""
    way, aside, level = place
    clouds = [cloud @ rotation.T for cloud in matter.clouds]
    weight = rotation @ matter.center_of_mass
    across = np.cross([0.0, 0.0, 1.0], way)
    lowest = min(float(cloud[:, 2].min()) for cloud in clouds)
    shift = (aside - float(weight @ across)) * across + np.array([0.0, 0.0, level - lowest])
    shift = shift - (REACH_M + float(weight @ way)) * way
    clouds = [cloud + shift for cloud in clouds]
    touch = _touch(clouds, way, other, state)
    if touch is None:
        return None
    shift = shift + touch.way * way
    feet = _feet(np.vstack(clouds) + touch.way * way, level)
    points = np.vstack([feet, touch.points])
    normals = np.vstack([np.tile([0.0, 0.0, 1.0], (len(feet), 1)), touch.normals])
    frictions = np.concatenate(
        [
            np.full(len(feet), matter.friction * state.grip),
            np.full(len(touch.points), matter.friction * _friction(other, state)),
        ]
    )
    size = float(np.ptp(np.vstack(clouds), axis=0).max())
    grip = grip_needed(points, normals, frictions, weight + shift, size=size)
    if not np.isfinite(grip):
        return None
    return Pose(position=shift, wxyz=wxyz_from_rotation(rotation)), grip


def _touch(
    clouds: list[Float[Array, "_ 3"]], way: Float[Array, "3"], other: str, state: Arrangement
) -> Touches | None:
    if other == "wall":
        points = np.vstack(clouds)
        far = float(points[:, 1].max())
        near = points[points[:, 1] > far - NEAR_M]
        gap = state.room.wall_y - far
        ends = near[[int(near[:, 0].argmin()), int(near[:, 0].argmax())]]
        return Touches(
            way=gap, points=ends + gap * way, normals=np.tile([0.0, -1.0, 0.0], (len(ends), 1))
        )
    matter = state.items[other].matter
    if matter is None:
        return None
    body = state.poses[other] @ state.items[other].upright
    return slide(clouds, [body @ cloud for cloud in matter.clouds], way)


def _friction(other: str, state: Arrangement) -> float:
    item = state.items.get(other)
    return WALL_FRICTION if item is None or item.matter is None else item.matter.friction


def _feet(points: Float[Array, "n 3"], level: float) -> Float[Array, "k 3"]:
    foot = points[points[:, 2] < level + NEAR_M]
    angles = np.arange(FEET) * 2 * np.pi / FEET
    ways = np.stack([np.cos(angles), np.sin(angles)])
    return np.asarray(foot[np.unique((foot[:, :2] @ ways).argmax(axis=0))])


def _stands(item: Item, poses: dict[str, Pose], parent: Parent, state: Arrangement) -> bool:
    """Return whether it stays in the room, or its feet on what carries it."""
    if item.matter is None:
        return False
    points = poses[item.id] @ item.upright @ np.vstack(item.matter.clouds)
    if parent.id == GROUND_ID:
        low, high = np.array(state.room.low), np.array(state.room.high)
        return bool((points[:, :2] >= low - 1e-6).all() and (points[:, :2] <= high + 1e-6).all())
    surface = surfaces_of(parent.id, state)[0]
    feet = _feet(points, surface.middle[2])
    if surface.area is None:
        return False
    local = np.abs(surface.pose.inverse() @ feet - surface.area.center)[:, :2]
    return bool((local <= surface.area.half_extents).all())
