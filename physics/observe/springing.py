"""What hangs on a spring bounces, too: where the spring is longest, it comes back."""

import numpy as np
from jaxtyping import Float, Int

from physics.observe.view import View
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Joint

LEAST_SWING_M = 1e-3
"""A spring that gets longer and shorter by less than this hangs still [m]."""


def springs_on(view: View, subject: str) -> tuple[str, ...]:
    """Return the coils that hold a body at their lower ends."""
    return tuple(coil for coil, joint in _coils(view).items() if joint.child == subject)


def recoils(view: View, subject: str, coil: str, since: float) -> list[tuple[float, float]]:
    """Return each time [s] at which a coil stops growing and pulls a body back, and how fast.

    The speed [m/s] is the greatest with which the spring gets shorter before it grows again.
    """
    joint = _coils(view).get(coil)
    if joint is None or joint.child != subject:
        return []
    length, times = _length(view, joint), view.times
    rate = np.gradient(length, times) if len(times) > 1 else np.zeros(1)
    tops = _turns(length)
    bottoms = np.append(_turns(-length), len(length) - 1)
    found = []
    for top in tops:
        end = int(bottoms[bottoms > top].min())
        if times[top] >= since and length[top] - length[top : end + 1].min() > LEAST_SWING_M:
            found.append((float(times[top]), float(-rate[top : end + 1].min())))
    return found


def _coils(view: View) -> dict[str, Joint]:
    joints = {joint.id: joint for joint in view.stage.joints}
    return {coil.body: joints[coil.joint] for coil in view.stage.coils}


def _turns(values: Float[Array, " f"]) -> Int[Array, " n"]:
    """Return the frames, but the first and the last, at which values are greatest."""
    inner = values[1:-1]
    return np.flatnonzero((inner > values[:-2]) & (inner >= values[2:])) + 1


def _length(view: View, joint: Joint) -> Float[Array, " f"]:
    child = view.place(joint.child, joint.child_from_joint.position)
    parent = joint.parent_from_joint.position
    if joint.parent is not None:
        parent = view.place(joint.parent, joint.parent_from_joint.position)
    return np.asarray(np.linalg.norm(child - parent, axis=1))
