"""Ways that have to stay free: of what rolls, slides, flies or falls to its targets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Placed, placed_item
from scene_builder.layout.solving.arrangement import Arrangement, Lane, Solid, part_solids
from scene_builder.layout.solving.footprints import Footprint
from scene_builder.layout.solving.staging import airborne, bounding, edge_of, heading
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose

SHORT_M = 1e-6
"""What has no farther to go needs no way [m]."""

HALF_SHARE = 0.6
"""Half a way's width, as a share of its user's width across the way."""

BEYOND_M = 0.5
"""So far past its run what has no target goes on [m]."""

_WAYS = frozenset({"run", "edge", "slope", "air", "above"})
"""Kinds of cue whose actor goes somewhere."""

LIFT_M = 1e-3
"""What is lower over the ground than this is rolled over [m]."""


def open_lanes(arrangement: Arrangement, cues: Sequence[Cue]) -> None:
    """Keep the ways of those cues free whose actor and targets all stand by now.

    A wary arrangement keeps those free as well of which the actor is still to come, and notes where
    that will start in the air, so that what relates to it finds its place.
    """
    for cue in cues:
        if not all(name in arrangement.poses for name in cue.targets):
            continue
        if cue.actor in arrangement.poses:
            lane = lane_of(cue, arrangement)
        elif arrangement.wary:
            actor = _coming(cue, arrangement)
            lane = None if actor is None else _lane(cue, actor, arrangement)
            if actor is not None and cue.kind in ("air", "above"):
                arrangement.placed[cue.actor] = actor
        else:
            lane = None
        if lane is not None:
            fellows = {other.actor for other in cues if other.targets == cue.targets}
            arrangement.lanes.append(replace(lane, users=lane.users | fellows))


def lane_of(cue: Cue, arrangement: Arrangement) -> Lane | None:
    """Return the way that has to stay free for a cue, once actor and targets are placed."""
    if cue.kind not in _WAYS:
        return None
    if cue.actor not in arrangement.placed:
        return None
    return _lane(cue, arrangement.placed[cue.actor], arrangement)


def blocked_ways(arrangement: Arrangement, cues: Sequence[Cue]) -> Iterator[tuple[str, str]]:
    """Yield (bystander, actor) where a thing without a part in any cue stands in a way.

    Args:
        arrangement: With everything placed.
        cues: All cues.
    """
    taking_part = {name for cue in cues for name in (cue.actor, *cue.targets, *cue.carriers)}
    for cue in cues:
        lane = lane_of(cue, arrangement)
        if lane is None:
            continue
        for name in arrangement.items:
            if name in lane.users or name in taking_part:
                continue
            if _stands_in(name, lane, cue, arrangement):
                yield name, cue.actor


def ways_hindered(cues: Sequence[Cue], poses: Mapping[str, Pose], arrangement: Arrangement) -> int:
    """Return how many ways would be blocked by what stands if their actors stood at some poses."""
    count = 0
    for cue in cues:
        if cue.kind not in _WAYS or cue.actor not in poses or not cue.targets:
            continue
        if any(name not in arrangement.placed or name in poses for name in cue.targets):
            continue
        actor = placed_item(arrangement.items[cue.actor], poses[cue.actor])
        lane = _lane(cue, actor, arrangement)
        if lane is not None:
            standing = arrangement.poses.keys() - lane.users - poses.keys()
            count += any(_stands_in(name, lane, cue, arrangement) for name in standing)
    return count


def _stands_in(name: str, lane: Lane, cue: Cue, arrangement: Arrangement) -> bool:
    """Return whether a thing stands in a way; what rolls may pass between its legs."""
    if cue.kind == "air":
        return arrangement.shapes[name].meets(lane.solid, 0.0)
    parts = part_solids(arrangement.items[name], arrangement.poses[name])
    return any(part.meets(lane.solid, 0.0) for part in parts)


def _coming(cue: Cue, arrangement: Arrangement) -> Placed | None:
    """Return where an actor will start, if that follows from what stands."""
    item = arrangement.items[cue.actor]
    if cue.kind in ("air", "above"):
        pose = airborne(cue, arrangement)
        return None if pose is None else placed_item(item, pose)
    if cue.kind not in ("edge", "slope") or cue.support not in arrangement.poses:
        return None
    edge = edge_of(cue, heading(cue.heading_deg), arrangement)
    start = np.array([*edge, float(arrangement.placed[cue.support].high[2])])
    half = np.array([*np.full(2, float(item.extents[:2].min()) / 2), 0.0])
    top = np.array([0.0, 0.0, item.height])
    return Placed(id=cue.actor, low=start - half, high=start + half + top)


def _lane(cue: Cue, actor: Placed, arrangement: Arrangement) -> Lane | None:
    known = [arrangement.placed[one] for one in cue.targets if one in arrangement.placed]
    supports = (cue.support,) if cue.support else ()
    riding = (name for name, below in arrangement.carriers.items() if cue.actor in below)
    users = frozenset(
        {cue.actor, *cue.targets, *cue.carriers, *supports, *_carriers(cue, arrangement), *riding}
    )
    if cue.kind == "above":
        return _shaft(actor, known, users)
    if known and cue.clearance:
        way = heading(cue.heading_deg)
        past = bounding(known).center[:2] - actor.center[:2]
        end = actor.center[:2] + (2 * float(way @ past)) * way
    elif known:
        end = bounding(known).center[:2]
    else:
        end = actor.center[:2] + heading(cue.heading_deg) * (cue.distance + cue.reach + BEYOND_M)
    start = actor.center[:2]
    length = float(np.linalg.norm(end - start))
    if length < SHORT_M:
        return None
    # Down to the targets: a body that leaves its table passes through the air below.
    bottom = min([float(actor.low[2]), *(float(one.low[2]) for one in known)])
    return Lane(
        solid=Solid(
            shape=_strip(start, end, HALF_SHARE * _across(actor, end - start)),
            bottom=bottom + LIFT_M,
            top=float(actor.high[2]),
        ),
        users=users,
    )


def _shaft(actor: Placed, known: list[Placed], users: frozenset[str]) -> Lane | None:
    """Return the upright way of what falls onto what is below it."""
    if not known:
        return None
    top = float(bounding(known).high[2])
    shape = Footprint(center=actor.center[:2], half=actor.size[:2] / 2)
    return Lane(
        solid=Solid(shape=shape, bottom=top + LIFT_M, top=float(actor.high[2])), users=users
    )


def _across(thing: Placed, way: Float[Array, "2"]) -> float:
    """Return how wide a thing is across its way [m]: that of the ellipse within its box."""
    x, y = way / np.linalg.norm(way)
    return float(np.hypot(thing.size[0] * y, thing.size[1] * x))


def _strip(start: Float[Array, "2"], end: Float[Array, "2"], half: float) -> Footprint:
    """Return the outline of a way from one place to another (2) [m], `half` as wide."""
    way = end - start
    return Footprint(
        center=(start + end) / 2,
        half=np.array([float(np.linalg.norm(way)) / 2, half]),
        yaw=float(np.arctan2(way[1], way[0])),
    )


def _carriers(cue: Cue, arrangement: Arrangement) -> frozenset[str]:
    names: set[str] = set()
    for one in (cue.actor, *cue.targets):
        names |= arrangement.carriers.get(one, frozenset())
    return frozenset(names)
