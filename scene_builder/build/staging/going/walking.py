"""What walks, runs or flies: along an eased way that bends around, or lifts over, what stands."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.going.goals import Goal
from scene_builder.build.staging.going.lines import STEP_M, Line, Walker, line_of
from scene_builder.build.staging.going.pacing import Pace
from scene_builder.build.staging.going.solids import Prism
from scene_builder.build.staging.speeds import is_stated, speed_at_size
from scene_builder.model.actions.path import TimedPath
from scene_builder.model.arrays import Array
from scene_builder.model.pose import multiply_wxyz

PACES: Mapping[str, float] = {"walk": 0.4, "run": 1.0, "fly": 0.8}
"""Speed of each verb, as a share of what the same word means for what rolls."""

MOST_HASTE: Mapping[str, float] = {"walk": 1.5, "run": 1.6, "fly": 6.0}
"""Where no speed is said, one may go so many times faster to arrive before the film ends."""

KNOTS_HZ = 60.0
"""Knots of a path a second."""

TURN_RATE = np.pi
"""What faces elsewhere first turns where it stands at this rate [rad/s]."""

FACING = np.deg2rad(8.0)
"""What faces its way but for this [rad] need not turn first."""


def path_of(
    deed: Deed, walker: Walker, goal: Goal, prisms: Sequence[Prism], secs: float,
    ceiling: float = np.inf,
) -> TimedPath | None:  # fmt: skip
    """Return the way of a deed; None where it has no room at all.

    Args:
        deed: It walks, runs or flies.
        walker: What goes.
        goal: Where to.
        prisms: What stands there.
        secs: The time that is left of the film [s].
        ceiling: How high the place is [m].
    """
    line = line_of(walker, goal, prisms, flies=deed.verb == "fly")
    if line is not None and float(line.points[:, 2].max()) + walker.high > ceiling:
        line = line_of(walker, goal, prisms, flies=False)  # around, where it cannot go over
    if line is None or line.along[-1] <= STEP_M:
        return None
    pace = Pace.over(float(line.along[-1]), _speed(deed, walker, line, secs), stops=goal.stops)
    return _timed(walker, line, pace)


def _speed(deed: Deed, walker: Walker, line: Line, secs: float) -> float:
    if is_stated(deed.speed):
        return max(float(deed.speed or 0.0), 1e-3)
    size = max(walker.length, walker.high - walker.low)
    usual = speed_at_size(deed.pace, size) * PACES.get(deed.verb, 0.5)
    needed = float(line.along[-1]) / max(0.85 * secs, 0.5)
    return float(np.clip(needed, usual, usual * MOST_HASTE.get(deed.verb, 1.0)))


def _timed(walker: Walker, line: Line, pace: Pace) -> TimedPath:
    """Turn to the way first, then go along it."""
    gap = float(line.turns[0])
    turning = Pace.over(abs(gap), TURN_RATE) if abs(gap) > FACING else None
    wait = 0.0 if turning is None else turning.secs
    count = max(2, int(np.ceil((wait + pace.secs) * KNOTS_HZ)) + 1)
    times = np.linspace(0.0, wait + pace.secs, count)
    gone = pace.at(times - wait)
    along = line.along
    points = np.column_stack([np.interp(gone, along, line.points[:, k]) for k in range(3)])
    turns = np.interp(gone, along, line.turns)
    if turning is not None:
        early = times < wait
        turns[early] = np.sign(gap) * turning.at(times[early])
    else:
        # The rest of the turn is done on the first step.
        turns -= gap * np.clip(1 - gone / max(walker.length, 1e-3), 0.0, 1.0)
    wxyz = [multiply_wxyz(_upright(turn), walker.pose.wxyz) for turn in turns]
    return TimedPath(times=times, positions=points, wxyz=np.array(wxyz))


def _upright(turn: float) -> Float[Array, "4"]:
    return np.array([np.cos(turn / 2), 0.0, 0.0, np.sin(turn / 2)])
