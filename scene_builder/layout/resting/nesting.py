"""Things in their like, as cups and buckets are stacked: a handle on the rim tilts them."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.layout.items import Item
from scene_builder.layout.resting.lowering import FREE_M, nested_height
from scene_builder.layout.solids import half_spaces_of
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, wxyz_from_rotation

HANDLE_SHARE = 0.05
"""A thing has a handle if its middle lies off its axis by this share of its breadth."""

OFF_SHARE = 0.004
"""Handles draw the weight off the axis by this share of the breadth, or more."""

SUNK_SHARE = 0.1
"""What sinks in by less of its height stands on the rim, level."""

TILTS_DEG = tuple(range(-24, 25, 4))
ASIDES = tuple(np.linspace(-0.1, 0.1, 9).tolist())
"""Tilts against the lower thing, and steps across as shares of the breadth, that are looked at."""

STEPS = (1.0, 0.25)
"""Steps by which the best is bettered: degrees, and as many hundredths of the breadth."""

MOST_STEPS = 60
"""Steps of one size."""

GAIN_M = 2e-5
"""Steps that lower the centre of mass by less are not taken [m]."""

LIFT_M = 0.5
"""So far above the lower one the upper one is let down from, in its own heights."""

UPRIGHT = 1e-6
"""Faces whose normals rise by less are walls."""

Way = tuple[float, float]
"""Tilt [deg] and step across [m]."""

Found = tuple[float, float, Way]
"""Height of the centre of mass [m], of the frame [m], and the way there."""


def handle_deg(item: Item) -> float | None:
    """Return where a thing's handle points, from +X counter-clockwise; None if it has none."""
    middle = (item.low + item.high)[:2] / 2
    if float(np.linalg.norm(middle)) < HANDLE_SHARE * item.breadth:
        return None
    return float(np.rad2deg(np.arctan2(*middle[::-1])))


def tilts_inside(lower: Item, upper: Item) -> bool:
    """Return whether a thing sinks into its like, but not straight: its weight is off its axis."""
    if upper.matter is None or _heavy_side(upper) is None:
        return False
    rim = float(lower.high[2] - upper.low[2])
    return rim - nested_height(lower, upper, 0.0) > SUNK_SHARE * upper.height


def _heavy_side(item: Item) -> float | None:
    """Return towards where the weight is off the axis [rad], from +X; None if it is on it."""
    if item.matter is None:
        return None
    off = (item.upright @ item.matter.center_of_mass)[:2]
    if float(np.linalg.norm(off)) < OFF_SHARE * item.breadth:
        return None
    return float(np.arctan2(off[1], off[0]))


def nested_pose(lower: Item, world_from_lower: Pose, upper: Item, yaw_deg: float) -> Pose:
    """Return `world_from_item` of a thing that its handle tilts in its like.

    It tilts, and slips across, to where its centre of mass is lowest: the best of a grid in the
    handle's plane, bettered by a pattern search (Hooke and Jeeves 1961).

    Args:
        lower: What is below, standing or itself tilted so.
        world_from_lower: Its pose.
        upper: What is put onto it; both have their solids.
        yaw_deg: Turn of the upper one about the vertical.
    """
    heading = (_heavy_side(upper) or 0.0) + float(np.deg2rad(yaw_deg))
    stand = tuple(np.round(np.append(world_from_lower.wxyz, 0.0), 6)[:4].tolist())
    tilt, aside, height = _lowest(lower, stand, upper, round(yaw_deg, 6))
    over = np.array([np.cos(heading) * aside, np.sin(heading) * aside, height])
    rotation = _turned(heading, tilt) @ Pose.at(0.0, 0.0, 0.0, yaw_deg=yaw_deg).rotation
    return Pose(position=world_from_lower.position + over, wxyz=wxyz_from_rotation(rotation))


@lru_cache(maxsize=256)
def _lowest(
    lower: Item, stand: tuple[float, ...], upper: Item, yaw_deg: float
) -> tuple[float, float, float]:
    """Return tilt [deg], step towards the handle [m] and height [m] over the lower one."""
    if lower.matter is None or upper.matter is None:
        return 0.0, 0.0, float(lower.high[2] - upper.low[2])
    base = Pose(position=np.zeros(3), wxyz=np.array(stand))
    turned = base @ lower.upright
    own = Pose.at(0.0, 0.0, 0.0, yaw_deg=yaw_deg) @ upper.upright
    floor = _Solid([turned @ cloud for cloud in lower.matter.clouds])
    solid = _Solid([own @ cloud for cloud in upper.matter.clouds])
    weight = own @ upper.matter.center_of_mass
    heading = (_heavy_side(upper) or 0.0) + float(np.deg2rad(yaw_deg))
    towards = np.array([np.cos(heading), np.sin(heading)])
    start = float(floor.corners[:, 2].max()) + LIFT_M * upper.height

    def let_down(way: Way) -> Found:
        rotation = _turned(heading, way[0])
        shift = np.append(way[1] * towards, start)
        height = start - _way_down(solid, rotation, shift, floor)
        return height + float((rotation @ weight)[2]), height, way

    # The search begins about the lower one's axis.
    lean = float(base.rotation[:2, 2] @ towards)
    slope = float(np.rad2deg(np.arcsin(np.clip(lean, -1.0, 1.0))))
    middle = lean * nested_height(lower, upper, 0.0)
    grid = [(slope + tilt, middle + upper.breadth * step) for tilt in TILTS_DEG for step in ASIDES]
    best = min(let_down(way) for way in grid)
    for step in STEPS:
        best = _bettered(let_down, best, (step, step * upper.breadth / 100), GAIN_M * step)
    return best[2][0], best[2][1], best[1]


def _bettered(let_down: Callable[[Way], Found], best: Found, size: Way, gain: float) -> Found:
    """Return what steps of one size lead to, each to the best neighbour; the last way first."""
    last: Way = (0.0, 0.0)
    for _ in range(MOST_STEPS):
        found: tuple[Found, Way] | None = None
        for turn in sorted(_WAYS, key=lambda one: one != last):
            one = let_down((best[2][0] + turn[0] * size[0], best[2][1] + turn[1] * size[1]))
            if one[0] < best[0] - gain and (found is None or one < found[0]):
                found = one, turn
                if turn == last:
                    break
        if found is None:
            break
        best, last = found
    return best


_WAYS: tuple[Way, ...] = tuple(
    (float(a), float(b)) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b
)
"""The eight neighbours of a place in the search, in steps."""


class _Solid:
    """Convex clouds as corners, and as half spaces."""

    def __init__(self, clouds: Sequence[Float[Array, "_ 3"]]) -> None:
        self.corners = np.unique(np.vstack(clouds).round(7), axis=0)
        spaces = half_spaces_of(clouds)
        self.normals, self.levels = spaces.normals, spaces.levels
        sizes = np.diff([*spaces.starts, len(spaces.levels)])
        self.pieces = np.repeat(np.arange(len(sizes)), sizes)


def _way_down(
    upper: _Solid, rotation: Float[Array, "3 3"], shift: Float[Array, "3"], lower: _Solid
) -> float:
    """Return how far a solid, turned and shifted, can be let down onto another [m]."""
    corners = upper.corners @ rotation.T + shift
    down = corners[:, 2] - _tops(lower.normals, lower.levels, lower.pieces, corners)
    # Mirrored, the one below lies on top of the one above.
    mirror = np.array([1.0, 1.0, -1.0])
    normals = upper.normals @ rotation.T
    levels = upper.levels + normals @ shift
    up = -_tops(normals * mirror, levels, upper.pieces, lower.corners) - lower.corners[:, 2]
    return min(float(down.min()), float(up.min())) - FREE_M


def _tops(
    normals: Float[Array, "f 3"],
    levels: Float[Array, " f"],
    pieces: Int[Array, " f"],
    points: Float[Array, "n 3"],
) -> Float[Array, " n"]:
    """Return how high convex pieces reach over places (n) [m]; −inf beside of them."""
    tilt = normals[:, 2]
    upward, downward = tilt > UPRIGHT, tilt < -UPRIGHT
    wall = ~(upward | downward)

    def heights(faces: Bool[Array, " f"]) -> Float[Array, "k n"]:
        across = normals[faces, :2] @ points[:, :2].T
        return np.asarray((levels[faces, None] - across) / tilt[faces, None])

    def begins(faces: Bool[Array, " f"]) -> Int[Array, " p"]:
        return np.searchsorted(pieces[faces], np.arange(pieces[-1] + 1))

    top = np.minimum.reduceat(heights(upward), begins(upward), axis=0)
    bottom = np.maximum.reduceat(heights(downward), begins(downward), axis=0)
    aside = normals[wall, :2] @ points[:, :2].T > levels[wall, None]
    np.logical_or.at(missed := top < bottom, pieces[wall], aside)
    return np.asarray(np.where(missed, -np.inf, top).max(axis=0))


def _turned(heading: float, tilt_deg: float) -> Float[Array, "3 3"]:
    """Return the rotation (3 3) that lowers the side at a heading [rad]."""
    axis = np.array([-np.sin(heading), np.cos(heading), 0.0])
    half = np.deg2rad(tilt_deg) / 2
    return Pose(position=np.zeros(3), wxyz=np.append(np.cos(half), np.sin(half) * axis)).rotation
