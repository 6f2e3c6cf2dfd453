"""How a thing comes to rest on a level floor: it rolls."""

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, wxyz_from_rotation

MOST_ROLLS = 60
"""Edges and corners that a thing rolls over before it is left as it is."""

FLAT_SHARE = 1e-4
"""Points this near to the floor, as a share of the thing's size, touch it."""

TILT_DEG = 5.0
"""What tilts by less keeps the stance that it was made with: settling sees to the rest."""


def resting_turn(points: Float[Array, "n 3"], center_of_mass: Float[Array, "3"]) -> Pose:
    """Return the turn by which a thing, put down as it is, comes to rest; often none.

    Quasi-static rolling: as long as the centre of mass lies outside of what touches the floor, the
    thing turns about the nearest edge or corner of that until another of its points touches down.

    Args:
        points: The solid's outermost points, in the body's frame (n 3) [m].
        center_of_mass: In the same frame (3) [m].
    """
    turned = np.eye(3)
    at = points - center_of_mass
    size = float(np.ptp(at, axis=0).max())
    for _ in range(MOST_ROLLS):
        foot = at[at[:, 2] < at[:, 2].min() + FLAT_SHARE * size]
        nearest = _nearest(foot[:, :2])
        off = float(np.linalg.norm(nearest))
        if off < FLAT_SHARE * size:
            break
        step = _roll(at, foot, -nearest / off)
        if step is None:
            break
        turned, at = step @ turned, at @ step.T
    tilt = np.rad2deg(np.arccos(np.clip(turned[2, 2], -1.0, 1.0)))
    if tilt < TILT_DEG:
        return Pose.identity()
    return Pose(position=np.zeros(3), wxyz=wxyz_from_rotation(turned))


def _roll(
    at: Float[Array, "n 3"], foot: Float[Array, "m 3"], way: Float[Array, "2"]
) -> Float[Array, "3 3"] | None:
    """Return the turn (3 3) towards a direction until the next point touches down."""
    pivot = foot[int(np.argmax(foot[:, :2] @ way))]
    ahead = (at - pivot)[:, :2] @ way
    above = np.maximum(at[:, 2] - pivot[2], 0.0)
    afloat = (above > 1e-9) | (ahead > 1e-9)  # noqa: PLR2004
    angles = np.arctan2(above[afloat], ahead[afloat])
    angles = angles[angles > 1e-7]  # noqa: PLR2004
    if not len(angles):
        return None
    angle = float(angles.min())
    x, y = -way[1], way[0]
    cross = np.array([[0.0, 0.0, y], [0.0, 0.0, -x], [-y, x, 0.0]])
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross)


def _nearest(points: Float[Array, "n 2"]) -> Float[Array, "2"]:
    """Return the point of a convex hull (2) that is nearest to the origin.

    Frank and Wolfe's method with exact steps (Gilbert 1966); the hulls are small.
    """
    best = np.asarray(points[int(np.argmin(np.linalg.norm(points, axis=1)))], np.float64)
    for _ in range(200):
        corner = points[int(np.argmin(points @ best))]
        way = corner - best
        gain = float(-best @ way)
        if gain <= 1e-12:  # noqa: PLR2004
            break
        best = best + min(1.0, gain / float(way @ way)) * way
    return best
