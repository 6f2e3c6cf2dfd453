"""Bodies of another size, with all that belongs to them: parts, pieces, joints, the hung."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from pipeline.blender_addon.restaging.scaling import EVEN, scaled
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SceneError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Joint, Stage

Factors = Mapping[str, Float[Array, "3"]]
_SLACK = ("rope", "spring")
"""Joints whose two ends need not meet."""


def grown(stage: Stage, factors: Factors) -> Stage:
    """Return a stage on which bodies were stretched along their own axes, about their origins.

    Pieces are stretched with their whole. Parts stay where they are on it, and grow with it if it
    grows evenly. What a joint holds to a body stays at its anchor; the anchor of a body that was
    stretched itself stays on its surface.

    Args:
        stage: As it was.
        factors: By body id: factors along x, y and z (3), above 0.

    Raises:
        SceneError: If one of them is not rigid.
        AssetError: If what comes out encloses nothing.
    """
    if not factors:
        return stage
    soft = sorted(set(factors) & stage.deforming)
    if soft:
        raise SceneError(f"{soft[0]} is not rigid; it cannot be scaled: say its size in words")
    wholes = {body.id: body for body in stage.bodies}
    every = dict(factors)
    for body in stage.bodies:
        whole = body.piece_of or body.part_of
        if whole is None or whole not in factors or body.id in factors:
            continue
        if body.piece_of is not None or _even(factors[whole]):
            every[body.id] = factors[whole]
    bodies = {
        body.id: _placed(
            scaled(body, every[body.id]) if body.id in every else body, factors, wholes
        )
        for body in stage.bodies
    }
    joints = tuple(_stretched(joint, every) for joint in stage.joints)
    hung = {
        joint.child: pose
        for joint in joints
        if (pose := _hung(joint, bodies, wholes, factors)) is not None
    }
    bodies |= {name: replace(bodies[name], pose=pose) for name, pose in hung.items()}
    closed = tuple(_closed(joint, bodies, factors) for joint in joints)
    return replace(stage, bodies=tuple(bodies.values()), joints=closed)


def _even(factors: Float[Array, "3"]) -> bool:
    return float(np.ptp(factors)) <= EVEN * float(np.max(factors))


def _placed(body: Body, factors: Factors, wholes: Mapping[str, Body]) -> Body:
    """A part stays at its place on its whole."""
    if body.part_of is None or body.part_of not in factors:
        return body
    whole = wholes[body.part_of].pose
    place = whole.inverse() @ body.pose
    moved = Pose(position=place.position * factors[body.part_of], wxyz=place.wxyz)
    return replace(body, pose=whole @ moved)


def _stretched(joint: Joint, factors: Factors) -> Joint:
    parent, child = joint.parent_from_joint, joint.child_from_joint
    if joint.parent is not None and joint.parent in factors:
        parent = replace(parent, position=parent.position * factors[joint.parent])
    if joint.child in factors:
        child = replace(child, position=child.position * factors[joint.child])
    return replace(joint, parent_from_joint=parent, child_from_joint=child)


def _hung(
    joint: Joint, bodies: Mapping[str, Body], before: Mapping[str, Body], factors: Factors
) -> Pose | None:
    """Return where a body goes that hangs on one that was stretched; None where it stays."""
    held = bodies[joint.child]
    if joint.parent is None or joint.parent not in factors:
        return None
    if joint.child in factors or held.part_of is not None:
        return None
    if held.mobility == "static":
        return None
    parent = bodies[joint.parent].pose
    was = parent @ _unstretched(joint.parent_from_joint, factors[joint.parent])
    now = parent @ joint.parent_from_joint
    start = before[joint.child].pose
    return Pose(position=start.position + now.position - was.position, wxyz=start.wxyz)


def _unstretched(pose: Pose, factors: Float[Array, "3"]) -> Pose:
    return replace(pose, position=pose.position / factors)


def _closed(joint: Joint, bodies: Mapping[str, Body], factors: Factors) -> Joint:
    """Let the ends of a joint meet again where the body that it holds was stretched."""
    if not {joint.child, joint.parent} & set(factors):
        return joint
    world = Pose.identity() if joint.parent is None else bodies[joint.parent].pose
    here = bodies[joint.child].pose @ joint.child_from_joint
    if joint.kind in _SLACK:
        apart = float(np.linalg.norm(here.position - (world @ joint.parent_from_joint).position))
        longer = max(joint.length_m, apart) if joint.kind == "rope" else joint.length_m
        return replace(joint, length_m=longer)
    end = world.inverse() @ here
    return replace(joint, parent_from_joint=replace(joint.parent_from_joint, position=end.position))
