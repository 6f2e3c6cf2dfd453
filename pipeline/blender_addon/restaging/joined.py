"""What goes along with a thing that was moved by hand."""

from collections.abc import Mapping, Set
from dataclasses import replace

from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint, Stage


def shifts_of_all(stage: Stage, moved: Mapping[str, Pose]) -> dict[str, Pose]:
    """Return how every body shifts that was moved, or that goes along with one that was.

    Parts and pieces go along with their whole, and whatever a joint holds goes along with what
    it is held to; what stands for good, like a wall, is not dragged along by what hangs on it.

    Args:
        stage: As it was shown.
        moved: By body id: what takes its old pose to the new one, in the world.
    """
    shifts = dict(moved)
    still = {body.id for body in stage.bodies if body.mobility == "static"}
    wholes = {b.id: whole for b in stage.bodies if (whole := b.piece_of or b.part_of) is not None}
    changed = True
    while changed:
        changed = False
        for body_id, whole in wholes.items():
            if whole in shifts and body_id not in shifts:
                shifts[body_id], changed = shifts[whole], True
        for joint in stage.joints:
            pair = _drawn(joint, shifts, still)
            if pair is not None:
                shifts[pair[1]], changed = shifts[pair[0]], True
    return shifts


def _drawn(joint: Joint, shifts: Mapping[str, Pose], still: Set[str]) -> tuple[str, str] | None:
    """Who draws whom along at a joint."""
    if joint.parent is None:
        return None
    for giver, taker in ((joint.parent, joint.child), (joint.child, joint.parent)):
        if giver in shifts and taker not in shifts and taker not in still:
            return giver, taker
    return None


def joints_moved(stage: Stage, shifts: Mapping[str, Pose]) -> tuple[Joint, ...]:
    """Return a stage's joints where what they hold was moved away from its anchor.

    Args:
        stage: As it was shown.
        shifts: How each body shifts, of `shifts_of_all`.
    """
    poses = {body.id: body.pose for body in stage.bodies}
    joints = []
    for joint in stage.joints:
        shift = shifts.get(joint.child)
        held = joint.parent is None or joint.parent not in shifts
        if shift is not None and held:
            world = Pose.identity() if joint.parent is None else poses[joint.parent]
            anchor = world.inverse() @ shift @ world @ joint.parent_from_joint
            joint = replace(joint, parent_from_joint=anchor)  # noqa: PLW2901
        joints.append(joint)
    return tuple(joints)
