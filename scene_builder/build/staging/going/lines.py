"""Ways through space for one thing: around or over what stands, or up to what it touches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.build.staging.going.goals import Goal
from scene_builder.build.staging.going.routes import Field, route
from scene_builder.build.staging.going.solids import Prism, overlapping
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose

CLEARANCE_SHARE, CLEARANCE_M = 0.25, (0.02, 0.3)
"""What goes keeps so much of its half width free beside itself, within these bounds [m]."""

STEP_M = 5e-3
"""What is no higher than this over the ground is stepped over [m]."""

STEEPEST = 1.0
"""What flies rises and sinks so many metres on a metre, if it has the room."""

ENDS = np.linspace(-1.0, 0.0, 200)[1:]
"""Points of the straight end of a way, from its last free point to its goal [1]."""

TOUCH_M = 2e-3
"""What has to touch something stops so deep in it [m]: engines feel no touch of less."""

MOST_DETOUR = 1.25
"""Who goes nowhere in particular goes less far rather than so many times as far as straight on."""

SHORTER = (1.0, 0.8, 0.6, 0.45, 0.3, 0.2)
"""How far it goes then, as a share of what it had time for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Walker:
    """What goes.

    Attributes:
        pose: `world_from_body` where it begins.
        outline: Seen from above, about its frame's origin (n 2) [m].
        low, high: Its lowest and highest point over that origin [m].
        front: The way that it faces at the beginning [rad].
        length: How long it is, from above [m].
        width: How wide it is, across the way that it faces [m].
    """

    pose: Pose
    outline: Float[Array, "n 2"]
    low: float
    high: float
    front: float
    length: float
    width: float

    @property
    def clearance(self) -> float:
        """What it keeps free beside itself [m]."""
        return float(np.clip(CLEARANCE_SHARE * self.width / 2, *CLEARANCE_M))


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A way through space, point by point.

    Attributes:
        points: Of the origin (k 3) [m].
        turns: How far it is turned from where it begins (k) [rad].
    """

    points: Float[Array, "k 3"]
    turns: Float[Array, " k"]

    @property
    def along(self) -> Float[Array, " k"]:
        """How far each point is along the way [m]."""
        steps = np.linalg.norm(np.diff(self.points, axis=0), axis=1)
        return np.concatenate([[0.0], np.cumsum(steps)])


def line_of(walker: Walker, goal: Goal, prisms: Sequence[Prism], *, flies: bool) -> Line | None:
    """Keep free all that one needs to turn, or else all that one needs to go straight on."""
    start = walker.pose.position
    around = float(np.linalg.norm(walker.outline, axis=1).max())
    standing = [one for one in prisms if one.body not in goal.touches]
    layer = (start[2] + walker.low + STEP_M, start[2] + walker.high)
    blocking = [one for one in standing if one.level_with(*layer)]
    found: list[Line] = []
    for radius in (around, (around + walker.width / 2) / 2, walker.width / 2):
        reach = radius + walker.clearance
        if flies and not goal.touches:
            # It is lifted over whatever is below its way.
            field = Field([], start[:2], reach, None)
        else:
            field = Field(blocking, start[:2], reach, goal.floor)
        points = _course(field, start[:2], goal)
        if points is None:
            continue
        if goal.touches:
            # What it has to touch may stand against something that it has to keep away from.
            points = np.vstack([points, goal.place + (goal.place - points[-1]) * ENDS[:, None]])
        line = _raised(walker, points, goal, standing, reach, flies=flies)
        line = _until_touching(walker, line, prisms, goal)
        whole = _cut(walker, line, standing)
        found.append(whole)
        if len(whole.points) == len(line.points):
            return whole
    return max(found, key=lambda line: float(line.along[-1]), default=None)


def _course(field: Field, start: Float[Array, "2"], goal: Goal) -> Float[Array, "k 2"] | None:
    if goal.course is not None or not goal.open:
        return goal.course if goal.course is not None else route(field, start, goal.place)
    for share in SHORTER:
        place = start + share * (goal.place - start)
        points = route(field, start, place)
        if points is None:
            continue
        length = float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())
        missed = float(np.linalg.norm(points[-1] - place))
        if length + missed <= MOST_DETOUR * float(np.linalg.norm(place - start)):
            return points
    return None


def _raised(
    walker: Walker, points: Float[Array, "k 2"], goal: Goal, prisms: Sequence[Prism], reach: float,
    *, flies: bool,
) -> Line:  # fmt: skip
    """Lift a way over what is below it, as steeply as it has to be, and turn along it."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    share = along / max(float(along[-1]), 1e-9)
    start = walker.pose.position[2]
    heights = start + goal.rise * (3 * share**2 - 2 * share**3)
    if flies and not goal.touches:
        heights = np.maximum(heights, _over(walker, points, along, heights, prisms, reach))
    places = np.column_stack([points, heights])
    return Line(places, _turns(walker, points))


def _over(
    walker: Walker, points: Float[Array, "k 2"], along: Float[Array, " k"],
    heights: Float[Array, " k"], prisms: Sequence[Prism], reach: float,
) -> Float[Array, " k"]:  # fmt: skip
    """Return how high the origin has to be at each point [m]."""
    from scipy.ndimage import gaussian_filter1d, maximum_filter1d

    needed = np.full(len(points), -np.inf)
    for prism in prisms:
        above = prism.high + walker.clearance - walker.low
        within = prism.away(points) < reach
        within &= heights < above
        needed[within] = np.maximum(needed[within], above)
    if not np.isfinite(needed).any():
        return heights
    gaps = np.abs(along[:, None] - along)
    tops = np.isfinite(needed)
    # As steep as it may be; steeper where what is to be passed stands too near.
    steep = max(
        STEEPEST, float(np.max((needed[tops] - heights[0]) / np.maximum(along[tops], reach)))
    )
    rising = (needed[tops] - steep * gaps[:, tops]).max(axis=1)
    profile = np.maximum(heights, rising)
    window = max(3, len(points) // 12)
    widened = maximum_filter1d(profile, 2 * window + 1, mode="nearest")
    smooth = gaussian_filter1d(widened, window / 2, mode="nearest")
    fade = np.clip(along / max(2 * window * float(along[-1]) / len(points), 1e-9), 0.0, 1.0)
    fade = 3 * fade**2 - 2 * fade**3
    return np.asarray(heights[0] + (smooth - heights[0]) * fade)


def _turns(walker: Walker, points: Float[Array, "k 2"]) -> Float[Array, " k"]:
    """Return how far one is turned at each point to face the way [rad]."""
    from scipy.ndimage import gaussian_filter1d

    ways = np.gradient(points, axis=0)
    turns = np.unwrap(np.arctan2(ways[:, 1], ways[:, 0]) - walker.front)
    turns -= 2 * np.pi * np.round(turns[0] / (2 * np.pi))
    return np.asarray(gaussian_filter1d(turns, max(1.0, len(points) / 100), mode="nearest"))


def _cut(walker: Walker, line: Line, prisms: Sequence[Prism]) -> Line:
    """Return the way up to where it would run into something; all of it if it does not.

    What one already stands in at the beginning (a collider is simpler than what it stands for)
    is no hindrance.
    """
    first = len(line.points)
    for prism in prisms:
        hit = _hits(walker, line, prism)
        if hit.any() and not _hits(walker, Line(line.points[:1], np.zeros(1)), prism)[0]:
            first = min(first, int(hit.argmax()))
    return Line(line.points[:first], line.turns[:first])


def _hits(walker: Walker, line: Line, prism: Prism) -> Bool[Array, " k"]:
    level = (line.points[:, 2] + walker.low + STEP_M < prism.high) & (
        line.points[:, 2] + walker.high > prism.low
    )
    near = prism.away(line.points[:, :2]) < float(np.linalg.norm(walker.outline, axis=1).max())
    found = level & near
    rows = np.flatnonzero(found)
    if len(rows):
        found[rows] = overlapping(walker.outline, line.points[rows, :2], line.turns[rows], prism)
    return np.asarray(found)


def _until_touching(walker: Walker, line: Line, prisms: Sequence[Prism], goal: Goal) -> Line:
    """Stop where one touches what one has to touch, if that stands fast."""
    met = [one for one in prisms if one.body in goal.touches & goal.fast]
    first = len(line.points)
    for prism in met:
        hit = _hits(walker, line, prism)
        first = min(first, int(hit.argmax()) if hit.any() else first)
    if first in (0, len(line.points)):
        return line
    # The last bit of the way is halved until it just touches.
    before, after, turn = line.points[first - 1], line.points[first], line.turns[first - 1]
    way = float(np.linalg.norm(after - before))
    low, high = 0.0, 1.0
    while (high - low) * way > TOUCH_M / 4:
        middle = (low + high) / 2
        place = before + middle * (after - before)
        one = Line(place[None], np.array([turn]))
        low, high = (low, middle) if any(_hits(walker, one, p)[0] for p in met) else (middle, high)
    end = before + (high + TOUCH_M / max(way, 1e-9)) * (after - before)
    return Line(np.vstack([line.points[:first], end]), np.append(line.turns[:first], turn))
