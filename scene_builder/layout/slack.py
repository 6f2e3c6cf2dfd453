"""How far a thing can be moved so that everything that was said stays true."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from jaxtyping import Float

from scene_builder.layout.lay_out import Layout
from scene_builder.layout.solving.footprints import footprint, within
from scene_builder.layout.solving.surfaces import surfaces_of
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import GROUND_ID

SHRINKS = 5
SHRINK = 0.6
"""A box of displacements that does not fit is made smaller by this factor, so many times."""


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


def _free(names: Sequence[str], layout: Layout, step: Float[Array, "2"]) -> bool:
    state = layout.state
    poses = {
        name: Pose(
            position=state.poses[name].position + np.append(step, 0.0),
            wxyz=state.poses[name].wxyz,
        )
        for name in names
    }
    stands = all(_stands(name, poses, layout) for name in names)
    return stands and state.clash(poses) is None and state.broken(poses) is None


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
