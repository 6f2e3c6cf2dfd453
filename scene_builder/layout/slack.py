"""How far a thing can be moved so that everything that was said stays true."""

from collections.abc import Mapping, Sequence
from itertools import combinations, product

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Item
from scene_builder.layout.lay_out import Layout
from scene_builder.layout.solving.footprints import footprint, within
from scene_builder.layout.solving.surfaces import surfaces_of
from scene_builder.layout.ties import GROUP_PREDICATES
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import GROUND_ID

SHRINKS = 5
SHRINK = 0.6
"""A box of displacements that does not fit is made smaller by this factor, so many times."""


SPREADS = (0.8, 0.84, 0.88, 0.92, 0.96), (1.25, 1.15, 1.08)
"""Things that stand together may stand closer or further apart by these factors, largest change
first."""

LEAST_GAP_M = 4e-3
"""But so far apart at least [m]: who stands in a row does not touch."""

TURNS_DEG = (15.0, 30.0, 45.0, 60.0, 75.0, 90.0, 105.0, 120.0, 135.0, 150.0, 165.0, 180.0)
"""Things that stand together may stand so much further round their middle, as far as all is well
on the way."""

ENOUGH_DEG = 90.0
"""By so much either way, anything may come to stand in front."""

WAYS = 64
"""In so many directions a gap between two things is looked for."""

LEVEL_M = 1e-3
"""What stands together stands equally high, but for this [m]."""


def carried_by(names: Sequence[str], layout: Layout) -> tuple[str, ...]:
    """Return `names` and everything that they carry, hold or support."""
    above = [
        other
        for other, carriers in layout.state.carriers.items()
        if other not in names and carriers & set(names)
    ]
    return (*names, *above)


def slack_of(names: Sequence[str], layout: Layout, wanted: Float[Array, "2"]) -> Float[Array, "2"]:
    """Return half the box (2) [m] by which things may be displaced together along x and y.

    At its corners, and at twice their distance, every relation still holds, nothing is touched
    and everything stands fully on what carries it. Twice, because a neighbour may come closer
    by as much.

    Args:
        names: Bodies that move together, with all that they carry.
        layout: Where everything stands.
        wanted: Half the largest box of interest (2) [m].
    """
    at = {name: layout.state.poses[name] for name in names}
    # Twice the box's half diagonal: nothing can be jumped over.
    clear = layout.state.clearance(at) / np.sqrt(8.0)
    half = np.clip(np.asarray(wanted, np.float64), 0.0, max(clear, 0.0))
    for _ in range(SHRINKS):
        if all(_free(names, layout, 2 * half * corner) for corner in product((-1, 1), repeat=2)):
            return half
        half = half * SHRINK
    return np.zeros(2)


def spread_of(names: Sequence[str], layout: Layout, half: Float[Array, "2"]) -> tuple[float, float]:
    """Return the interval of factors on the distances between things that stand together.

    Whatever is chosen of it, and of the box of displacements, every relation still holds, and
    they touch neither each other nor anything else; (1, 1) for what is stacked.

    Args:
        names: Bodies that move together.
        layout: Where everything stands.
        half: Half the box (2) [m] by which they may be displaced together.
    """
    heights = [layout.state.poses[name].position[2] for name in names]
    if len(names) == 1 or max(heights) - min(heights) > LEVEL_M:
        return 1.0, 1.0
    steps = [half * corner for corner in product((-1, 1), repeat=2)]
    low, high = (
        next((f for f in factors if all(_free(names, layout, s, spread=f) for s in steps)), 1.0)
        for factors in SPREADS
    )
    return low, high


def turn_of(
    names: Sequence[str], layout: Layout, half: Float[Array, "2"], spread: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the intervals of spreads, and of turns of things' places about their middle [deg].

    Whatever is chosen of them, and of the box of displacements, every relation still holds and
    nothing is touched. What could only turn less than half round may come less close together;
    (0, 0) for what is stacked, or said to stand in a row.

    Args:
        names: Bodies that move together.
        layout: Where everything stands.
        half: Half the box (2) [m] by which they may be displaced together.
        spread: Interval of factors on their distances, were they not turned.
    """
    heights = [layout.state.poses[name].position[2] for name in names]
    tied = any(
        tie.predicate in GROUP_PREDICATES and {tie.subject, *tie.objects} & set(names)
        for tie in layout.state.ties
    )
    if len(names) == 1 or tied or max(heights) - min(heights) > LEVEL_M:
        return spread, (0.0, 0.0)
    lows = (low for low in (*SPREADS[0], 1.0) if low >= spread[0])
    found = [((low, spread[1]), _turn(names, layout, half, (low, spread[1]))) for low in lows]
    kept, most = next((one for one in found if one[1] >= ENOUGH_DEG), found[0])
    return kept, (-most, most)


def _turn(
    names: Sequence[str], layout: Layout, half: Float[Array, "2"], spread: tuple[float, float]
) -> float:
    """Return how far things can be turned either way [deg]."""
    steps = [half * corner for corner in product((-1, 1), repeat=2)]
    most = 0.0
    for turn in TURNS_DEG:
        sides = (
            _free(names, layout, step, spread=apart, turn_deg=way)
            for way in (turn, -turn)
            for apart in spread
            for step in steps
        )
        if not all(sides):
            break
        most = turn
    return most


def _free(
    names: Sequence[str],
    layout: Layout,
    step: Float[Array, "2"],
    *,
    spread: float = 1.0,
    turn_deg: float = 0.0,
) -> bool:
    state = layout.state
    middle = np.mean([state.poses[name].position for name in names], axis=0)
    turn = Pose.at(0.0, 0.0, 0.0, yaw_deg=turn_deg)
    poses = {
        name: Pose(
            position=middle
            + np.append(step, 0.0)
            + turn @ ((state.poses[name].position - middle) * [spread, spread, 1.0]),
            wxyz=state.poses[name].wxyz,
        )
        for name in names
    }
    if spread < 1.0 or turn_deg:
        shapes = [_outline(state.items[name], pose) for name, pose in poses.items()]
        if any(_gap(one, other) < LEAST_GAP_M for one, other in combinations(shapes, 2)):
            return False
    stands = all(_stands(name, poses, layout) for name in names)
    return stands and state.clash(poses) is None and state.broken(poses) is None


def _outline(item: Item, pose: Pose) -> Float[Array, "k 2"]:
    """Return the outermost points of a thing at a pose, seen from above (k 2) [m]."""
    if item.outline is None:
        return footprint(item, pose).corners
    flat = np.column_stack([item.outline, np.zeros(len(item.outline))])
    return np.asarray((pose @ flat)[:, :2])


def _gap(a: Float[Array, "k 2"], b: Float[Array, "l 2"]) -> float:
    """Return a lower bound on the distance of two convex outlines [m]."""
    turns = np.linspace(0.0, 2 * np.pi, WAYS, endpoint=False)
    ways = np.array([np.cos(turns), np.sin(turns)])
    return float(((b @ ways).min(axis=0) - (a @ ways).max(axis=0)).max())


def _stands(name: str, poses: Mapping[str, Pose], layout: Layout) -> bool:
    parent = layout.parents[name]
    if parent.id in poses:
        return True
    state = layout.state
    shape = footprint(state.items[name], poses[name])
    if parent.kind != "on":
        return False
    if parent.id == GROUND_ID:
        low, high = np.array(state.room.low), np.array(state.room.high)
        return bool((shape.corners >= low).all() and (shape.corners <= high).all())
    return any(
        surface.area is not None and within(shape, surface.area, surface.pose, margin=0.0)
        for surface in surfaces_of(parent.id, state)
    )
