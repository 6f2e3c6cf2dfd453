"""Bullet's rows of numbers as our records."""

from collections.abc import Mapping, Sequence
from typing import Any

from physics.stepping.records import Touch, Touches

DISTANCE, FORCE = 8, 9
"""Where a row of Bullet's contact points has the distance of its surfaces, and their force."""


def touches_of(
    rows: Sequence[tuple[Any, ...]],
    index: Mapping[int, int],
    scale: float,
    step_secs: float,
    *,
    pressed: bool,
) -> Touches:
    """Return contact points in metres and newton seconds.

    Args:
        rows: As `getContactPoints` gives them.
        index: Number of each body in the stage, by Bullet's id.
        scale: Bullet lengths in a metre.
        step_secs: Length of the step that they were found in [s].
        pressed: Leave out those without force: more than half are near without touching.
    """
    secs, half = step_secs / scale, 0.5 / scale
    # Most are near without touching: they are not even taken apart.
    near = [row for row in rows if row[FORCE] > 0] if pressed else rows
    new = tuple.__new__  # A named tuple's own constructor costs twice as much.
    found = [
        new(
            Touch,
            (
                index[one],
                index[two],
                ((ax + bx) * half, (ay + by) * half, (az + bz) * half),
                normal,
                distance / scale,
                force * secs,
            ),
        )
        for (
            _, one, two, _, _, (ax, ay, az), (bx, by, bz), normal, distance, force, _, _, _, _
        ) in near
    ]  # fmt: skip
    return Touches(found)


def deepest_of(rows: Sequence[tuple[Any, ...]], scale: float) -> float:
    """Return the deepest overlap among contact points [m]; below 0 where none overlaps."""
    return -min([row[DISTANCE] for row in rows]) / scale if rows else 0.0
