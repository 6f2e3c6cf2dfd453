"""Threads: what is tied to something is seen to be."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.shapes.rounds import tube
from scene_builder.assets.shapes.solid import Solid
from scene_builder.build.jointed.lines import mesh_of, rod_inertia, rounded
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import Body, Joint

LINKS = 8
"""A thread is so many straight pieces."""

RADIUS_M = 0.0013
"""Of a thread that nobody says [m]: a balloon's ribbon is 5 mm wide, and flat."""

WEIGHT_KG_M = 2.2e-4
"""Of a metre of it [kg/m]: 5 mm by 0.05 mm of polypropylene, 900 kg/m³."""

DRAG = 0.998
"""Share of its speed that it loses in a second: a ribbon sinks in air with about 1.5 m/s, so that
it follows the air within 0.16 s."""


def thread_of(
    parent: Body, child: Body, start: Float[Array, "3"], end: Float[Array, "3"]
) -> tuple[list[Body], list[Joint]]:
    """Return a straight thread from a place on one body to a place on another, and its joints.

    Args:
        parent: Where the thread begins.
        child: Where it ends; it wears this one's material.
        start: Place in the world (3) [m].
        end: Likewise.
    """
    way = end - start
    long = float(np.linalg.norm(way)) / LINKS
    line = Pose(position=start, wxyz=wxyz_from_rotation(_upwards(way)))
    knots = [line @ Pose.at(0.0, 0.0, k * long) for k in range(LINKS + 1)]
    bodies = [_link(child, k, frame, long) for k, frame in enumerate(knots[:-1])]
    chain = [parent, *bodies, child]
    joints = [
        Joint(
            id=f"{child.id}.thread_{k + 1}_ball", kind="ball", parent=one.id, child=other.id,
            parent_from_joint=one.pose.inverse() @ knot,
            child_from_joint=other.pose.inverse() @ knot,
        )
        for k, (one, other, knot) in enumerate(zip(chain[:-1], chain[1:], knots, strict=True))
    ]  # fmt: skip
    return bodies, joints


def _link(child: Body, k: int, frame: Pose, long: float) -> Body:
    strand: Solid = tube(np.array([(0, 0, 0), (0, 0, long)], np.float64), RADIUS_M, sides=8)
    mass_kg = WEIGHT_KG_M * long
    return replace(
        child,
        id=f"{child.id}.thread_{k + 1}",
        noun="thread",
        entity=None,
        part_of=child.id,
        mesh=mesh_of(strand),
        collider=rounded(RADIUS_M, long),
        materials=child.materials[:1],
        mobility="dynamic",
        mass_kg=mass_kg,
        center_of_mass=np.array([0.0, 0.0, long / 2]),
        inertia=rod_inertia(mass_kg, RADIUS_M, long),
        pose=frame,
        linear_velocity=np.zeros(3),
        angular_velocity=np.zeros(3),
        linear_damping=DRAG,
        angular_damping=DRAG,
        break_impulse=None,
        color_asked=None,
    )


def _upwards(way: Float[Array, "3"]) -> Float[Array, "3 3"]:
    """Return axes (3 3) whose Z is along a direction."""
    up = way / np.linalg.norm(way)
    side = np.cross(up, np.eye(3)[int(np.abs(up).argmin())])
    side /= np.linalg.norm(side)
    return np.stack([side, np.cross(up, side), up], axis=1)
