"""Where a cue wants its actor and its targets."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Placed
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.units import Unit
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose

TURNS_DEG = (0.0, 8.0, -8.0, 20.0, -20.0, 35.0, -35.0)
"""A cue's heading may turn this much if the straight way is blocked."""

SHARES = (1.0, 0.85, 0.7, 0.55, 0.4)
"""A cue's distance may shrink by these factors if there is too little room."""

Spot = tuple[float, float]


def heading(deg: float) -> Float[Array, "2"]:
    """Return the unit vector (2) of a heading."""
    return np.array([np.cos(np.deg2rad(deg)), np.sin(np.deg2rad(deg))])


def reach_along(size: Float[Array, "3"], way: Float[Array, "2"]) -> float:
    """Return how far a box of `size` reaches along a direction from its middle [m].

    Along the axes exactly; between them no farther than its longer half.
    """
    half = size[:2] / 2
    return float(min(np.abs(way) @ half, half.max()))


def spots_by_cue(cue: Cue, unit: Unit, arrangement: Arrangement) -> Iterator[Spot]:
    """Yield places (x, y) [m] that suit the unit's part in the cue, best first."""
    middle = (unit.low + unit.high) / 2
    for x, y in _middles(cue, unit, arrangement):
        yield x - float(middle[0]), y - float(middle[1])


def _middles(cue: Cue, unit: Unit, arrangement: Arrangement) -> Iterator[Spot]:
    if cue.kind in ("run", "swing"):
        yield from _run(cue, unit, arrangement)
    elif cue.kind in ("edge", "slope") and cue.support in arrangement.placed:
        if cue.actor in unit.poses and cue.kind == "edge":
            yield from _before_edge(cue, unit, arrangement)
        elif cue.actor not in unit.poses:
            yield from _beyond(cue, unit, arrangement)


def _run(cue: Cue, unit: Unit, arrangement: Arrangement) -> Iterator[Spot]:
    acts = cue.actor in unit.poses
    others = cue.targets if acts else (cue.actor,)
    known = [arrangement.placed[one] for one in others if one in arrangement.placed]
    if not known:
        return
    box = bounding(known)
    ours = arrangement.items[cue.actor].extents if acts else unit.size
    for share in SHARES:
        for turn in TURNS_DEG if not cue.clearance else TURNS_DEG[:1]:
            way = heading(cue.heading_deg + turn)
            step = cue.distance * share + reach_along(box.size, way) + reach_along(ours, way)
            away = aside(cue, way, box.size, ours) - step * way
            spot = box.center[:2] + (away if acts else -away)
            yield float(spot[0]), float(spot[1])


def aside(
    cue: Cue, way: Float[Array, "2"], theirs: Float[Array, "3"], ours: Float[Array, "3"]
) -> Float[Array, "2"]:
    """Return the step (2) [m] to the camera's side by which a course passes what it avoids.

    Args:
        cue: Of what goes along the course.
        way: Unit vector of the course (2).
        theirs: Size of what is passed (3) [m].
        ours: Size of what passes it (3) [m].
    """
    if not cue.clearance:
        return np.zeros(2)
    side = np.array([way[1], -way[0]])
    side = side if side[1] <= 0 else -side
    # What passes goes along its own length, whichever way that is turned.
    width = float(np.sort(ours[:2])[0])
    return np.asarray((cue.clearance + reach_along(theirs, side) + width / 2) * side)


def _before_edge(cue: Cue, unit: Unit, arrangement: Arrangement) -> Iterator[Spot]:
    way = heading(cue.heading_deg)
    edge = edge_of(cue, way, arrangement)
    for share in SHARES:
        step = cue.distance * share + reach_along(unit.size, way)
        spot = edge - step * way
        yield float(spot[0]), float(spot[1])


def _beyond(cue: Cue, unit: Unit, arrangement: Arrangement) -> Iterator[Spot]:
    way = heading(cue.heading_deg)
    edge = edge_of(cue, way, arrangement)
    for stretch in (1.0, 1.15, 1.3, 1.5):
        spot = edge + (cue.reach * stretch + reach_along(unit.size, way)) * way
        yield float(spot[0]), float(spot[1])


def edge_of(cue: Cue, way: Float[Array, "2"], arrangement: Arrangement) -> Float[Array, "2"]:
    """Return where the middle of a support's area meets its edge along a direction (2) [m]."""
    name = cue.support or ""
    item, pose = arrangement.items[name], arrangement.poses[name]
    if cue.kind == "edge" and item.areas:
        area = item.areas[0]
        middle, half = (pose @ area.center)[:2], area.half_extents
    else:
        box = arrangement.placed[name]
        middle, half = box.center[:2], box.size[:2] / 2
    return np.asarray(middle + way * float(np.abs(way) @ half))


def target_spot_on_area(cue: Cue, middle: Spot) -> Spot:
    """Return where a run's targets stand on an area so that the run-up fits before them."""
    way = heading(cue.heading_deg)
    step = cue.distance / 2
    return middle[0] + float(step * way[0]), middle[1] + float(step * way[1])


def airborne(cue: Cue, arrangement: Arrangement) -> Pose | None:
    """Return where an actor starts in the air (`air`, `above`), or None for other cues."""
    item = arrangement.items[cue.actor]
    known = [arrangement.placed[one] for one in cue.targets if one in arrangement.placed]
    if not known or cue.kind not in ("air", "above"):
        return None
    box = bounding(known)
    if cue.kind == "above":
        x, y = _opening(cue.targets[0], arrangement)
        return Pose.at(x, y, float(box.high[2]) + cue.height - float(item.low[2]))
    way = heading(cue.heading_deg)
    step = cue.distance + reach_along(box.size, way) + item.breadth / 2
    spot = box.center[:2] - step * way
    z = float(box.center[2]) + cue.height - float(item.low[2] + item.high[2]) / 2
    return Pose.at(float(spot[0]), float(spot[1]), max(z, 0.02 - float(item.low[2])))


def bounding(things: list[Placed]) -> Placed:
    """Return the box around several things."""
    return Placed(
        id=things[0].id,
        low=np.min([one.low for one in things], axis=0),
        high=np.max([one.high for one in things], axis=0),
    )


def _opening(name: str, arrangement: Arrangement) -> Spot:
    item = arrangement.items.get(name)
    if item is None:
        return 0.0, 0.0
    local = item.hollow.floor if item.hollow else (item.low + item.high) / 2
    if not item.hollow and item.areas:
        local = item.areas[0].center
    x, y, _ = arrangement.poses[name] @ local
    return float(x), float(y)
