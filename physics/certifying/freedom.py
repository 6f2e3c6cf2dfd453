"""Which bodies move by gravity and touches alone, and when something else acts on them."""

import numpy as np
from jaxtyping import Bool

from physics.observe.view import View
from scene_builder.model.actions.action import StageAction, end_of
from scene_builder.model.arrays import Array

GRIPPING = frozenset({"follow_path", "attach"})
"""Actions that have a hold of a body."""


def jointed(view: View) -> set[str]:
    """Return the bodies that a joint holds."""
    ends = [end for joint in view.stage.joints for end in (joint.parent, joint.child)]
    return {end for end in ends if end is not None}


def unfree(view: View, body_id: str) -> str | None:
    """Return why gravity and touches alone do not explain a body's motion; None if they do."""
    body = view.body(body_id)
    if body.mobility == "kinematic":
        return f"{body_id} moves by command"
    if body_id in jointed(view):
        return f"{body_id} is held by a joint, whose forces are not recorded"
    if body.linear_damping > 0:
        return f"{body_id} flies through air that brakes it"
    if immersed := fluids_felt(view, body_id):
        return f"{' and '.join(immersed)} drag and lift act on {body_id}: not recorded"
    return None


def fluids_felt(view: View, body_id: str) -> tuple[str, ...]:
    """Return the fluids that push or carry a body."""
    return tuple(one.fluid for one in view.stage.immersions if one.body == body_id)


def buoyed(view: View) -> set[str]:
    """Return the bodies that a fluid may carry: nothing else has to."""
    return {one.body for one in view.stage.immersions if one.volume_m3 > 0}


def held_from(view: View, action: StageAction) -> float:
    """Return from when on an action has a hold of its body [s]; inf if it never gets one.

    What is to be attached at a touch is free until then.
    """
    if action.kind != "attach" or action.other is None or action.duration_secs == 0:
        return action.start_secs
    times = view.touching(action.body, action.other).time
    end = action.start_secs + action.duration_secs
    times = times[(times >= action.start_secs) & (times <= end)]
    return float(times.min(initial=np.inf))


def acted(view: View, body_id: str) -> Bool[Array, " i"]:
    """Intervals from frame to frame in which an action, not a law, may change a body's motion."""
    starts, ends = view.times[:-1], view.times[1:]
    step = view.stage.timeline.step_secs
    found = np.zeros(len(starts), np.bool_)
    for action in view.stage.actions:
        if not _concerns(action, body_id):
            continue
        begin, end = action.start_secs, action.start_secs + action.duration_secs
        if action.kind == "release":
            begin, end = 0.0, action.start_secs
        elif action.kind == "drive_joint" and action.duration_secs == 0:
            end = np.inf
        elif action.kind in GRIPPING:
            begin, end = held_from(view, action), end_of(action, view.stage.actions)
        found |= (begin < ends + step) & (end > starts - step)
    return found


def _concerns(action: StageAction, body_id: str) -> bool:
    """Whether an action acts on a body; what another is attached to feels that one's weight."""
    return body_id == action.body or (action.kind == "attach" and body_id == action.other)


def gripped(view: View, body_id: str) -> Bool[Array, " f"]:
    """Frames at which a body is led, kept where it was led to, or attached to another."""
    found = np.zeros(len(view.times), np.bool_)
    for action in view.stage.actions:
        if _concerns(action, body_id) and action.kind in GRIPPING:
            end = end_of(action, view.stage.actions)
            found |= (view.times >= held_from(view, action)) & (view.times <= end + view.frame_secs)
    return found
