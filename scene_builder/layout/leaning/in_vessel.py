"""Long things in vessels: their feet on its floor, leaning on its rim, as flowers in a vase."""

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Hollow, Item, Matter
from scene_builder.layout.leaning.balance import grip_needed
from scene_builder.layout.leaning.stances import END_SHARE, erected, tilted
from scene_builder.layout.leaning.touching import NEAR_M, slide
from scene_builder.layout.solids import Piece, overlap_depth, piece_of
from scene_builder.model.arrays import Array
from scene_builder.model.errors import LayoutError
from scene_builder.model.pose import Pose, wxyz_from_rotation

LONG = 2.4
"""What is so many times longer than broad stands in vessels that it cannot lie in."""

DEEP = 0.7
"""A vessel is deep if it is deeper than this share of its width."""

ALONE_DEG = (36.0, 30.0, 25.0, 21.0, 17.0, 14.0, 11.0, 8.0, 6.0, 4.0, 2.5)
"""Tilts of one thing: the farther it leans, the firmer it lies on the rim."""

TOGETHER_DEG = (14.0, 18.0, 11.0, 8.0, 6.0, 22.0, 4.0, 2.5)
"""Tilts of several: they part upwards."""

STARTS = (0.9, 0.7, 0.5, 0.3, 0.1, 0.0, -0.2, -0.4)
"""How far across the floor the foot is set before it slides, as shares of the floor's radius."""

OFFSETS = (0.0, 0.35, 0.6)
"""Several pass beside the axis by this share of the neck's radius, all on the same side: so none
meets another where they cross (the lines of a hyperboloid)."""

FACING_RAD = 0.35
"""Where one thing alone leans: to the right of the picture, and a little away."""

APART_M = 0.0005
LIFT_M = 0.0003
"""Free distances between things, and over the floor while they slide [m]."""

FLOOR_SHARE = 0.6
"""Feet stand on this share of the floor's radius, or not far beyond."""

STEADY = 1.0
"""Share of the friction that may be needed."""


def stands_inside(item: Item, hollow: Hollow) -> bool:
    """Return whether a thing stands in a hollow, because it is too long to lie there."""
    if item.matter is None or not item.matter.clouds:
        return False
    _, middle, long = np.sort(np.ptp(np.vstack(item.matter.clouds), axis=0))
    width = 2 * float(hollow.radii.max())
    return bool(long > LONG * middle and long > width and hollow.depth > DEEP * width)


def stood_in(items: Sequence[Item], vessel: Item, world_from_vessel: Pose) -> dict[str, Pose]:
    """Return poses of long things in a vessel, in which they stay by themselves.

    Args:
        items: What stands there.
        vessel: What holds it, with a hollow.
        world_from_vessel: Its pose.

    Raises:
        LayoutError: If one of them finds no hold.
    """
    if vessel.hollow is None or vessel.matter is None:
        raise LayoutError(f"{vessel.id} has no hollow, so nothing can be put inside of it")
    body = world_from_vessel @ vessel.upright
    walls = [body @ cloud for cloud in vessel.matter.clouds]
    floor = _floor(world_from_vessel @ vessel.hollow.floor, vessel.hollow, walls)
    poses: dict[str, Pose] = {}
    taken: list[tuple[Piece, ...]] = []
    for k, item in enumerate(items):
        found = next(_ways(item, vessel, (walls, floor), taken, (k, len(items))), None)
        if found is None:
            others = f" with {len(items) - 1} others" if len(items) > 1 else ""
            raise LayoutError(
                f"{item.id} does not stay inside {vessel.id}{others}: it is "
                f"{2 * vessel.hollow.radii.min():.2g} m wide and {vessel.hollow.depth:.2g} m deep: "
                "ask for fewer or shorter ones, or a larger vessel"
            )
        pose, pieces = found
        taken.append(pieces)
        poses[item.id] = pose @ item.upright.inverse()
    return poses


def _floor(
    middle: Float[Array, "3"], hollow: Hollow, walls: Sequence[Float[Array, "_ 3"]]
) -> Float[Array, "3"]:
    """Return the middle of a hollow's floor (3) [m] as its solid has it: a plate sinks onto it."""
    angles = np.arange(8) * np.pi / 4
    ring = FLOOR_SHARE * float(hollow.radii[0]) * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    above = hollow.depth / 2
    plate = np.vstack([np.column_stack([ring, np.full(8, z)]) for z in (above, above + 0.001)])
    touch = slide([plate + middle], walls, np.array([0.0, 0.0, -1.0]), inside=True)
    return middle if touch is None else middle + np.array([0.0, 0.0, above - touch.way])


def _ways(
    item: Item,
    vessel: Item,
    space: tuple[list[Float[Array, "_ 3"]], Float[Array, "3"]],
    taken: Sequence[tuple[Piece, ...]],
    turn: tuple[int, int],
) -> Iterator[tuple[Pose, tuple[Piece, ...]]]:
    """Yield `world_from_body` and pieces of a thing where it stays and touches no other."""
    k, count = turn
    matter, hollow = item.matter, vessel.hollow
    if matter is None or hollow is None:
        return
    angle = FACING_RAD if count == 1 else 2 * np.pi * k / count + np.pi / 5
    base = erected(matter) if count == 1 else _bent_outwards(matter)
    for tilt in ALONE_DEG if count == 1 else TOGETHER_DEG:
        c, s = np.cos(angle - np.pi / 2), np.sin(angle - np.pi / 2)
        turned = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
        rotation = turned @ tilted(base, tilt)
        for offset in (0.0,) if count == 1 else OFFSETS:
            aside = offset * float(hollow.radii.min())
            for start in STARTS:
                foot = start * float(hollow.radii[0])
                pose = _leant(item, vessel, rotation, space, (angle, foot, aside))
                if pose is None:
                    continue
                pieces = tuple(piece_of(pose @ cloud) for cloud in matter.clouds)
                if all(overlap_depth(pieces, others) < -APART_M for others in taken):
                    yield pose, pieces
                break


def _bent_outwards(matter: Matter) -> Float[Array, "3 3"]:
    """Return the rotation that sets a thing on its end, its upper end bent towards +Y.

    Several lean towards +Y, each in its own direction: so the heads of bent stems part.
    """
    bases = [erected(matter, face=face) for face in (-1.0, 1.0)]
    return max(bases, key=lambda base: _bend(np.vstack(matter.clouds) @ base.T))


def _bend(points: Float[Array, "n 3"]) -> float:
    """Return how far the upper end is off the lower one, along +Y [m]."""
    low, high = points[:, 2].min(), points[:, 2].max()
    band = END_SHARE * (high - low)
    upper, lower = points[points[:, 2] > high - band], points[points[:, 2] < low + band]
    return float(np.ptp(upper[:, 1]) / 2 + upper[:, 1].min() - lower[:, 1].mean())


def _leant(
    item: Item,
    vessel: Item,
    rotation: Float[Array, "3 3"],
    space: tuple[list[Float[Array, "_ 3"]], Float[Array, "3"]],
    place: tuple[float, float, float],
) -> Pose | None:
    """Return `world_from_body` where it leans on the wall, or None if it does not stay there."""
    matter, (walls, floor), (angle, start, aside) = item.matter, space, place
    if matter is None or vessel.matter is None:
        return None
    way = np.array([np.cos(angle), np.sin(angle), 0.0])
    points = np.vstack(matter.clouds) @ rotation.T
    low = points[points[:, 2] < points[:, 2].min() + NEAR_M].mean(axis=0)
    across = np.array([-np.sin(angle), np.cos(angle), 0.0])
    shift = (
        floor
        - start * way
        + aside * across
        - low
        + np.array([0.0, 0.0, float(low[2] - points[:, 2].min())])
    )
    lifted = [cloud @ rotation.T + shift + [0.0, 0.0, LIFT_M] for cloud in matter.clouds]
    touch = slide(lifted, walls, way, inside=True)
    if touch is None or touch.way <= 0.0:
        return None
    shift = shift + touch.way * way
    feet = points[points[:, 2] < points[:, 2].min() + NEAR_M] + shift
    contacts = [(feet, np.tile([0.0, 0.0, 1.0], (len(feet), 1))), (touch.points, touch.normals)]
    back = slide([cloud + touch.way * way for cloud in lifted], walls, -way, inside=True)
    if back is not None and back.way < NEAR_M:
        contacts.append((back.points, back.normals))
    normals = np.vstack([normal for _, normal in contacts])
    grip = grip_needed(
        np.vstack([spot for spot, _ in contacts]),
        normals,
        np.full(len(normals), matter.friction * vessel.matter.friction),
        rotation @ matter.center_of_mass + shift,
        size=float(np.ptp(points, axis=0).max()),
    )
    return Pose(position=shift, wxyz=wxyz_from_rotation(rotation)) if grip <= STEADY else None
