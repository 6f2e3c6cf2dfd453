"""Mechanical energy of a stage in motion."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from physics.observe.view import View
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Body, Joint


@dataclass(frozen=True, slots=True, eq=False)
class Energy:
    """Energy at each frame [J].

    Attributes:
        total: Kinetic, potential and of springs, over all bodies that the laws move (f).
        moving: The kinetic part (f).
    """

    total: Float[Array, " f"]
    moving: Float[Array, " f"]


def total_energy(view: View) -> Energy | None:
    """Return the energy of what the laws move, or None where there is no such thing."""
    bodies = [body for body in view.stage.bodies if body.mobility == "dynamic"]
    if not bodies:
        return None
    moving = np.sum([_kinetic(view, body) for body in bodies], axis=0)
    high = np.sum([_potential(view, body) for body in bodies], axis=0)
    springs = [_spring(view, joint) for joint in view.stage.joints if joint.kind == "spring"]
    return Energy(moving + high + np.sum(springs, axis=0), moving)


def _kinetic(view: View, body: Body) -> Float[Array, " f"]:
    k = view.trajectory.index(body.id)
    rotation = rotation_from_wxyz(view.trajectory.wxyz[:, k])
    spin = np.einsum("fji,fj->fi", rotation, view.spin(body.id))
    turning = np.einsum("fi,ij,fj->f", spin, body.inertia, spin)
    running = body.mass_kg * np.square(view.velocity(body.id)).sum(axis=1)
    return np.asarray((running + turning) / 2 * view.trajectory.present[:, k])


def _potential(view: View, body: Body) -> Float[Array, " f"]:
    present = view.trajectory.present[:, view.trajectory.index(body.id)]
    return np.asarray(-body.mass_kg * (view.center(body.id) @ view.stage.gravity) * present)


def _spring(view: View, joint: Joint) -> Float[Array, " f"]:
    child = view.place(joint.child, joint.child_from_joint.position)
    anchor: Pose = joint.parent_from_joint
    parent = anchor.position
    if joint.parent is not None:
        parent = view.place(joint.parent, anchor.position)
    stretch = np.linalg.norm(child - parent, axis=1) - joint.length_m
    return np.asarray(joint.stiffness * stretch**2 / 2)
