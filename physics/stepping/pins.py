"""Joints as points that two bodies share: what every engine can hold by itself.

A ball joint is one point, a hinge is two points on one axis, a weld is three points; a slider
holds none, but its bodies do not collide either.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from physics.stepping.records import Motion
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SimulationError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Stage

HALF_SPAN_M = 0.05
"""How far from a joint's middle the points lie that hold it."""

POINTS = {
    "ball": ((0, 0, 0),),
    "hinge": ((0, 0, 1), (0, 0, -1)),
    "fixed": ((1, 0, 0), (-1, 1, 0), (-1, -1, 0)),
}
"""Points that a joint holds together, in its frame and in half spans."""


@dataclass(frozen=True, slots=True, eq=False)
class Pinned:
    """Two bodies that do not collide, and the points that they share.

    Attributes:
        parent: Index of the parent, or None for the world.
        child: Index of the child.
        pins: Each point in the parent's body frame (or in the world) and in the child's.
    """

    parent: int | None
    child: int
    pins: tuple[tuple[Pose, Pose], ...]


def pinned(stage: Stage) -> Iterator[Pinned]:
    """Yield what joints hold together; ropes and springs hold nothing.

    Raises:
        SimulationError: If a joint names a body that is not there.
    """
    index = {body_id: k for k, body_id in enumerate(stage.body_ids)}
    for joint in stage.joints:
        for body_id in (joint.parent, joint.child):
            if body_id is not None and body_id not in index:
                raise SimulationError(
                    f"joint {joint.id!r} names body {body_id!r}; there are: " + ", ".join(index)
                )
        if joint.kind in ("rope", "spring"):
            continue
        places = [
            Pose.at(*(HALF_SPAN_M * value for value in point))
            for point in POINTS.get(joint.kind, ())
        ]
        yield Pinned(
            None if joint.parent is None else index[joint.parent],
            index[joint.child],
            tuple((joint.parent_from_joint @ at, joint.child_from_joint @ at) for at in places),
        )


def weld_pins(
    world: World, k: int, other: int
) -> Iterator[tuple[Float[Array, "3"], Float[Array, "3"]]]:
    """Yield the points that weld body `k` to another as both are now.

    They lie about the body's centre of mass, as far as its matter does.

    Args:
        world: Where both are.
        k: Index of the body.
        other: Index of what it is welded to.

    Yields:
        Each point in the principal axes of the other and of the body [m].
    """
    here, there = world.motion(k), world.motion(other)
    body = world.movers[k].body
    reach = np.linalg.norm(body.mesh.extents) / 2
    for point in POINTS["fixed"]:
        place = here.center + reach * np.array(point, np.float64)
        yield _inside(there, place), _inside(here, place)


def _inside(motion: Motion, place: Float[Array, "3"]) -> Float[Array, "3"]:
    return np.asarray(motion.rotation.T @ (place - motion.center))
