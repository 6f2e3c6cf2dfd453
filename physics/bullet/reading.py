"""Bullet's rows of numbers as our records."""

from collections.abc import Mapping, Sequence
from typing import Any

from physics.stepping.records import Touch

FORCE = 9
"""Where a row of Bullet's contact points has its normal force."""


def touches_of(
    rows: Sequence[tuple[Any, ...]], index: Mapping[int, int], scale: float, step_secs: float
) -> list[Touch]:
    """Return contact points in metres and newton seconds.

    Args:
        rows: As `getContactPoints` gives them.
        index: Number of each body in the stage, by Bullet's id.
        scale: Bullet lengths in a metre.
        step_secs: Length of the step that they were found in [s].
    """
    secs, half = step_secs / scale, 0.5 / scale
    found, new = [], tuple.__new__  # A named tuple's own constructor costs twice as much.
    for _, one, two, _, _, (ax, ay, az), (bx, by, bz), normal, distance, force, *_ in rows:
        point = ((ax + bx) * half, (ay + by) * half, (az + bz) * half)
        values = (index[one], index[two], point, normal, distance / scale, force * secs)
        found.append(new(Touch, values))
    return found
