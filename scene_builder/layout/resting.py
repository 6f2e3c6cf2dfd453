"""How a thing comes to rest: on a level floor it rolls, in its like it sinks."""

from functools import lru_cache

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Item, Matter
from scene_builder.layout.solids import half_spaces_of
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, wxyz_from_rotation

MOST_ROLLS = 60
"""Edges and corners that a thing rolls over before it is left as it is."""

FLAT_SHARE = 1e-4
"""Points this near to the floor, as a share of the thing's size, touch it."""

TILT_DEG = 5.0
"""What tilts by less keeps the stance that it was made with: settling sees to the rest."""

FREE_M = 5e-5
"""So much air is left between the two [m]: edges may meet where no corner does."""

LEAST_M = 1e-3
"""What could sink in by less stands on the rim [m]."""

DROP_M = 2.0


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


def nested_height(lower: Item, upper: Item, turn_rad: float) -> float:
    """Return how high an item's frame is over that of a like one below, when it rests in it [m].

    Both stand upright on one axis. Where the upper one does not sink in, that is where it stands
    on the lower one's rim.

    Args:
        lower: What is below.
        upper: What is put onto it.
        turn_rad: Turn of the upper one about the vertical, against the lower one.
    """
    rim = float(lower.high[2] - upper.low[2])
    if lower.matter is None or upper.matter is None:
        return rim
    if len(lower.matter.clouds) < 2:  # noqa: PLR2004
        return rim
    rest = _rest(lower.matter, upper.matter, lower.upright, upper.upright, round(turn_rad, 6))
    return rest if rest < rim - LEAST_M else rim


@lru_cache(maxsize=256)
def _rest(lower: Matter, upper: Matter, below: Pose, above: Pose, turn_rad: float) -> float:
    """Return the height at which corners of the one first meet faces of the other [m].

    Every corner of the upper solid is cast down onto the lower one, and every corner of the lower
    one up.
    """
    turn = Pose.at(0.0, 0.0, DROP_M, yaw_deg=float(np.rad2deg(turn_rad)))
    floor = [below @ cloud for cloud in lower.clouds]
    roof = [turn @ (above @ cloud) for cloud in upper.clouds]
    down = np.array([0.0, 0.0, -1.0])
    way = np.inf
    for points, solid, ray in ((roof, floor, down), (floor, roof, -down)):
        corners = np.unique(np.vstack(points).round(7), axis=0)
        ways = np.tile(ray, (len(corners), 1))
        way = min(way, float(half_spaces_of(solid).entries(corners, ways).min()))
    return DROP_M - way + FREE_M


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
