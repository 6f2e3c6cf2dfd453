"""How far parts have turned or gone on their joints, and whether that tips a thing."""

import numpy as np
from jaxtyping import Float

from physics.observe.finding import Finding, above_zero, below_zero
from physics.observe.view import View
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz
from scene_builder.model.stage import Joint

TIPPED_RAD = np.deg2rad(6.0)
"""What turns so far on its own stand has tipped: one end of a seesaw is up, the other down."""

LEVEL = 0.5
"""A part that turns about an axis more upright than this swings, like a door."""


def ways_of(view: View, joint: Joint) -> Float[Array, " f"]:
    """Return how far a joint is from shut at each frame [rad or m]."""
    motion, stage = view.trajectory, view.stage
    child = motion.index(joint.child)
    parent_turns = np.broadcast_to(np.eye(3), (motion.frame_count, 3, 3))
    origin = np.zeros((motion.frame_count, 3))
    if joint.parent is not None and joint.parent in stage.body_ids:
        k = motion.index(joint.parent)
        parent_turns, origin = rotation_from_wxyz(motion.wxyz[:, k]), motion.positions[:, k]
    world_from_parent = parent_turns @ joint.parent_from_joint.rotation
    world_from_child = rotation_from_wxyz(motion.wxyz[:, child]) @ joint.child_from_joint.rotation
    if joint.kind == "slider":
        anchor = origin + parent_turns @ joint.parent_from_joint.position
        place = view.place(joint.child, joint.child_from_joint.position)
        return np.asarray(np.einsum("fi,fi->f", world_from_parent[:, :, 2], place - anchor))
    turn = np.einsum("fji,fjk->fik", world_from_parent, world_from_child)
    return np.asarray(np.arctan2(turn[:, 1, 0], turn[:, 0, 0]))


def tips(view: View, subject: str, since: float) -> Finding | None:
    """Return whether a part tips on a thing that stands firm; None if nothing can.

    Args:
        view: The motion.
        subject: A body that never moves, on which something turns both ways: a seesaw.
        since: What is before this time does not count [s].
    """
    if view.body(subject).mobility != "static":
        return None
    found: Finding | None = None
    late = view.times >= since
    for joint in view.stage.joints:
        both_ways = (joint.lower or 0.0) < 0.0 < (joint.upper or 0.0)
        if joint.parent != subject or joint.kind != "hinge" or not both_ways:
            continue
        axis = (view.body(subject).pose @ joint.parent_from_joint).rotation[:, 2]
        if abs(float(axis @ view.up)) > LEVEL:
            continue
        way = ways_of(view, joint)
        turned = np.where(late, np.abs(way - way[int(np.argmax(late))]), 0.0)
        finding = _tipped(view, joint, turned)
        if found is None or finding.margin > found.margin:
            found = finding
    return found


def _tipped(view: View, joint: Joint, turned: Float[Array, " f"]) -> Finding:
    most = float(turned.max())
    share = (most - TIPPED_RAD) / TIPPED_RAD
    part = joint.child.rpartition(".")[2]
    if most <= TIPPED_RAD:
        return Finding(
            margin=below_zero(share), time_secs=None,
            evidence=f"the {part} of {joint.parent} tips by {np.rad2deg(most):.1f}° at most",
        )  # fmt: skip
    time = float(view.times[int(np.argmax(turned > TIPPED_RAD))])
    return Finding(
        margin=above_zero(share), time_secs=time,
        evidence=f"the {part} of {joint.parent} tips by {np.rad2deg(most):.0f}° "
        f"from {time:.2f} s on",
    )  # fmt: skip
