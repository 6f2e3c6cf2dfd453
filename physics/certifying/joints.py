"""Joints hold: what they join stays where they join it."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from physics.certifying.check import Check
from physics.observe.view import View
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Joint

JOINT_GAP_M = 2e-3
"""Furthest apart that a joint's two ends may come [m]."""

JOINT_SHARE = 0.02
"""And this share of the size of what it holds."""


def check_joints(view: View) -> Iterator[Check]:
    """Check that the ends of every joint stay together; springs may stretch as they like."""
    for joint in view.stage.joints:
        if joint.kind == "spring":
            continue
        gap = _gap(view, joint)
        worst = int(gap.argmax())
        yield Check(
            law="joints", subject=joint.id, measured=float(gap[worst]), unit="m",
            limit=JOINT_GAP_M + JOINT_SHARE * view.size(joint.child), frame=worst,
            text=f"the {joint.kind} {joint.id} gapes by {gap[worst] * 1000:.2f} mm at "
            f"{view.times[worst]:.2f} s",
        )  # fmt: skip


def _gap(view: View, joint: Joint) -> Float[Array, " f"]:
    child = view.place(joint.child, joint.child_from_joint.position)
    parent = joint.parent_from_joint.position
    if joint.parent is not None:
        parent = view.place(joint.parent, joint.parent_from_joint.position)
    apart = np.asarray(child - parent)
    distance = np.linalg.norm(apart, axis=1)
    if joint.kind == "rope":
        return np.asarray(np.maximum(distance - joint.length_m, 0.0))
    if joint.kind == "slider":
        axis = joint.parent_from_joint.rotation[:, 2]
        if joint.parent is not None:
            base = view.place(joint.parent, np.zeros(3))
            axis = view.place(joint.parent, axis) - base
        along = np.sum(apart * axis, axis=-1)
        return np.asarray(np.sqrt(np.maximum(distance**2 - along**2, 0.0)))
    return np.asarray(distance)
