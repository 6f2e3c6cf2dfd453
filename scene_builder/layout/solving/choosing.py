"""Choosing a place for one unit: guesses, refusals, and the best of what is free."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

import numpy as np

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item
from scene_builder.layout.resting.lowering import way_down
from scene_builder.layout.solving.arrangement import Arrangement, unit_poses
from scene_builder.layout.solving.holding import downhill_yaw_deg
from scene_builder.layout.solving.lanes import open_lanes, ways_hindered
from scene_builder.layout.solving.packing import spots_on_rand, spots_packed_rand
from scene_builder.layout.solving.proposals import spots_by_relation_rand, spots_near_rand
from scene_builder.layout.solving.refusals import Refusals
from scene_builder.layout.solving.staging import (
    SHARES,
    TURNS_DEG,
    spots_by_cue,
    target_spot_on_area,
)
from scene_builder.layout.solving.surfaces import Surface, lies_across
from scene_builder.layout.solving.suspension import suspension_height
from scene_builder.layout.solving.units import Unit
from scene_builder.model.pose import Pose

TRIES = 48
"""Places tried for one thing in one arrangement."""

ENOUGH = 6
"""Free places among which the best is taken."""

LET_DOWN_M = 0.05
"""From so far above the highest point below it a thing is let down [m]."""

WALL_GAP_M = 0.01
"""Shelves and the like stand this near to the wall [m]."""

LOOSENED = 0.6
"""Share of the later arrangements in which a run begins elsewhere, and may be shorter."""

SHIFT_SHARE = 0.5
"""How far it may begin from the usual place then, as a share of half the support's size."""

HINDERED = 2.0
"""What a place costs from which an actor cannot go where it has to."""

SETTLED_M = 0.02
"""What stood nearer than this to where its unit would put it stands there still [m]."""


def place_rand(
    rng: np.random.Generator,
    unit: Unit,
    surfaces: Sequence[Surface],
    state: Arrangement,
    cues: Sequence[Cue],
    looseness: float,
) -> None:
    """Place a unit on the first of the surfaces that has room for it.

    Raises:
        NoPlaceError: If none has.
    """
    mine = [cue for cue in cues if _takes_part(unit, cue)]
    refusals = Refusals()
    for surface in surfaces:
        if surface.area is not None and unit.size[2] > surface.area.headroom:
            continue
        kept = _where_it_stood(unit, surface, state, mine, refusals)
        if kept is not None:
            state.put(kept)
            open_lanes(state, mine)
            return
        free: list[tuple[float, dict[str, Pose]]] = []
        for order, (x, y) in enumerate(_spots_rand(rng, unit, surface, state, mine, looseness)):
            yaw = _yaw_rand(rng, unit, (x, y), state, mine, order=1.0 - looseness)
            if _is_free(unit, (x, y), state, mine):
                yaw += np.pi / 2 * lies_across(unit, surface)
            level = _rest_level(unit, (x, y, yaw), surface, state, mine)
            poses = refusals.poses_at(unit, (x, y, yaw), level, surface, state)
            if poses is None:
                continue
            cost = _cost(poses, state) + HINDERED * ways_hindered(mine, poses, state)
            free.append((cost + 0.05 * order * bool(mine), poses))
            if len(free) == ENOUGH:
                break
        if free:
            state.put(min(free, key=lambda one: one[0])[1])
            open_lanes(state, mine)
            return
    raise refusals.no_place(unit, surfaces[0].carrier if surfaces else "anything")


def _where_it_stood(
    unit: Unit, surface: Surface, state: Arrangement, cues: Sequence[Cue], refusals: Refusals
) -> dict[str, Pose] | None:
    """Return the poses of an earlier arrangement, if they are known, fit and are free."""
    if not all(name in state.kept for name in unit.poses):
        return None
    base = state.kept[unit.ids[0]] @ unit.poses[unit.ids[0]].inverse()
    x, y = (float(value) for value in base.position[:2])
    yaw = float(np.arctan2(base.rotation[1, 0], base.rotation[0, 0]))
    level = _level(unit, surface, state, cues)
    poses = unit_poses(unit, x, y, level, yaw)
    gaps = [np.abs(poses[name].position - state.kept[name].position).max() for name in poses]
    if max(gaps) > SETTLED_M:
        return None
    return refusals.poses_at(unit, (x, y, yaw), level, surface, state)


def _takes_part(unit: Unit, cue: Cue) -> bool:
    return any(name in unit.poses for name in (cue.actor, *cue.targets, cue.support or ""))


def _spots_rand(
    rng: np.random.Generator,
    unit: Unit,
    surface: Surface,
    state: Arrangement,
    cues: Sequence[Cue],
    looseness: float,
) -> Iterator[tuple[float, float]]:
    x, y, _ = surface.middle
    if surface.area is not None and not surface.area.half_extents.any():
        yield x, y
        return
    loosened = looseness > 0 and rng.uniform() < LOOSENED
    sources: list[Iterator[tuple[float, float]]] = [
        islice(spots_by_cue(cue, unit, state), _skip_rand(rng, cue, loosened=loosened), None)
        for cue in cues
    ]
    sources.append(spots_by_relation_rand(rng, unit, state, tries=TRIES, mixed=looseness > 0))
    if surface.area is not None:
        runs = [cue for cue in cues if cue.kind == "run" and cue.actor not in unit.poses]
        shift = surface.area.half_extents * rng.uniform(-1.0, 1.0, 2) * loosened * SHIFT_SHARE
        middle = x + float(shift[0]), y + float(shift[1])
        sources.extend(iter([target_spot_on_area(cue, middle)]) for cue in runs)
    item = state.items[unit.ids[0]]
    if surface.area is None and item.wall_hugging and not cues and not _backed(item.id, state):
        back = state.room.wall_y - float(item.high[1]) - WALL_GAP_M
        sources.append((float(rng.normal(0.0, 0.6)), back) for _ in range(ENOUGH))
    reach = _reach(unit, surface, state) * (1.0 + looseness)
    if surface.area is not None and looseness > 0:
        sources.append(spots_packed_rand(rng, unit, surface, state))
        sources.append(spots_on_rand(rng, unit, surface, tries=TRIES))
    sources.append(spots_near_rand(rng, (x, y), reach, tries=TRIES))
    most = (4 if looseness == 0 else 8) * TRIES
    yield from islice(chain.from_iterable(sources), most)


def _skip_rand(rng: np.random.Generator, cue: Cue, *, loosened: bool) -> int:
    """Return how many of a cue's favourite places are left out, to make room for others."""
    if not loosened or cue.kind not in ("run", "edge"):
        return 0
    shares = int(rng.integers(len(SHARES) - 1))
    return shares * (len(TURNS_DEG) if cue.kind == "run" else 1)


def _backed(name: str, state: Arrangement) -> bool:
    """Return whether something has to stand behind a thing."""
    return any(
        (tie.predicate == "behind" and name in tie.objects)
        or (tie.predicate == "in_front_of" and name == tie.subject and "wall" not in tie.objects)
        for tie in state.ties
    )


def _reach(unit: Unit, surface: Surface, state: Arrangement) -> float:
    if surface.area is not None:
        return float(surface.area.half_extents.max())
    crowd = sum(float(item.breadth) ** 2 for item in state.items.values())
    return 0.5 + float(unit.size[:2].max()) + 1.2 * float(np.sqrt(crowd))


def _level(unit: Unit, surface: Surface, state: Arrangement, cues: Sequence[Cue]) -> float:
    level = surface.middle[2]
    for cue in cues:
        if cue.actor in unit.poses and cue.kind == "swing":
            return suspension_height(cue, unit, state)
        if cue.actor in unit.poses and cue.kind in ("lift", "above", "air"):
            level += cue.height
    return level


def _rest_level(
    unit: Unit,
    at: tuple[float, float, float],
    surface: Surface,
    state: Arrangement,
    cues: Sequence[Cue],
) -> float:
    """Return where a unit at (x, y, yaw) touches what carries it [m].

    On what has no level area that may be below its highest point: a candle on a plate stands
    within the rim.
    """
    level = _level(unit, surface, state, cues)
    if surface.area is None or surface.area.half_extents.any() or len(unit.poses) > 1:
        return level
    item, carrier = state.items[unit.ids[0]], state.items[surface.carrier]
    if item.matter is None or carrier.matter is None or level > surface.middle[2]:
        return level
    pose = unit_poses(unit, at[0], at[1], level + LET_DOWN_M, at[2])[item.id] @ item.upright
    body = surface.pose @ carrier.upright
    way = way_down(
        [pose @ cloud for cloud in item.matter.clouds],
        [body @ cloud for cloud in carrier.matter.clouds],
    )
    return level - max(way - LET_DOWN_M, 0.0) if np.isfinite(way) else level


def _yaw_rand(
    rng: np.random.Generator,
    unit: Unit,
    spot: tuple[float, float],
    state: Arrangement,
    cues: Sequence[Cue],
    *,
    order: float,
) -> float:
    """Return a turn [rad]; `order` below 1 straightens what may stand as it likes."""
    if len(unit.poses) > 1:
        return 0.0
    item = state.items[unit.ids[0]]
    asked = _yaw_asked(item, spot, state, cues)
    if asked is not None:
        return asked
    if item.furniture or item.wall_hugging or item.legible or item.slope is not None:
        return 0.0
    if item.round:
        return float(rng.uniform(-np.pi, np.pi))
    return float(np.deg2rad(rng.normal(0.0, 9.0)) * (1.0 if order == 1 else 0.5 * order))


def _is_free(
    unit: Unit, spot: tuple[float, float], state: Arrangement, cues: Sequence[Cue]
) -> bool:
    """Return whether a thing, or a pile, may be turned by a quarter."""
    item = state.items[unit.ids[0]]
    several = len(unit.poses) > 1 and unit.base is None
    fixed = several or item.furniture or item.wall_hugging or item.legible
    fixed = fixed or item.slope is not None
    return not fixed and _yaw_asked(item, spot, state, cues) is None


def _yaw_asked(
    item: Item, spot: tuple[float, float], state: Arrangement, cues: Sequence[Cue]
) -> float | None:
    """Return the turn [rad] that cues and relations ask for, if any does."""
    for cue in cues:
        if cue.support == item.id and cue.kind == "slope":
            return float(np.deg2rad(downhill_yaw_deg(item, cue.heading_deg)))
        if cue.actor == item.id and not item.round:
            return float(np.deg2rad(cue.heading_deg))
    for tie in state.ties:
        if tie.subject == item.id and tie.predicate == "facing":
            yaw = _facing_yaw(tie.objects, spot, state)
            if yaw is not None:
                return yaw
        if item.id in (tie.subject, *tie.objects) and tie.predicate == "against":
            return 0.0
    return None


def _facing_yaw(
    objects: Sequence[str], spot: tuple[float, float], state: Arrangement
) -> float | None:
    """Return the yaw [rad] at which a thing at `spot` [m] looks at those of them that stand."""
    seen = [state.placed[one].center[:2] - spot for one in objects if one in state.placed]
    if not seen:
        return None
    if len(seen) == 1:
        way = seen[0]
    else:
        way = np.sum([one / max(float(np.linalg.norm(one)), 1e-9) for one in seen], axis=0)
    return float(np.arctan2(way[1], way[0]) + np.pi / 2)


def _cost(poses: Mapping[str, Pose], state: Arrangement) -> float:
    """Prefer places near the middle, and such that neither hides the other from the camera."""
    before = dict(state.placed)
    cost = 0.0
    for name, pose in poses.items():
        cost += 0.3 * float(np.hypot(*pose.position[:2])) / len(poses)
        item = state.items[name]
        half = item.breadth / 2
        for other, thing in before.items():
            if other not in state.items or other in state.carriers[name]:
                continue
            shared = (
                half + float(thing.size[0]) / 2 - abs(float(thing.center[0] - pose.position[0]))
            )
            if shared <= 0:
                continue
            in_front = pose.position[1] < thing.center[1]
            near, far = (item.height, thing.size[2]) if in_front else (thing.size[2], item.height)
            cost += float(near > 0.6 * far) * shared
    return cost
