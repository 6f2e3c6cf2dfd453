"""On which third of the picture something lies: with room before it, or for what is beside it."""

import numpy as np
from jaxtyping import Float

from render.aim.subjects import Subjects
from scene_builder.model.arrays import Array

LEAST_WAY = 0.5
"""What goes less far sideways than this share of its own width goes nowhere."""

TOGETHER = 0.5
"""Several go together if each goes at least this share of the longest way, to the same side."""

BESIDE = 0.25
"""What is nearer to a thing's middle than this share of its width is not to one side of it."""

MIDDLE, LEFT, RIGHT = 0.0, -1.0, 1.0


def third_of(subjects: Subjects, held: range, azimuth_deg: float) -> float:
    """Return where the subjects' middle should lie: `LEFT` or `RIGHT` third, or `MIDDLE`.

    What goes to one side has room before it. One that goes nowhere leaves room for what else is
    named, on whose side that is. Several that do not go together stay in the middle.

    Args:
        subjects: What the camera holds.
        held: Frames at which it does.
        azimuth_deg: Direction from the scene to the camera [deg].
    """
    a = np.deg2rad(azimuth_deg)
    right = np.array([np.cos(a), np.sin(a), 0.0])
    ways, widths = _ways(subjects, held, right)
    longest = float(np.abs(ways).max())
    if longest > LEAST_WAY * float(widths.mean()):
        together = np.abs(ways.sum()) >= np.abs(ways).sum() - 1e-9
        if together and float(np.abs(ways).min()) >= TOGETHER * longest:
            return -float(np.sign(ways.sum()))
        return MIDDLE
    if len(subjects.indices) > 1:
        return MIDDLE
    return _opposite(subjects, held, right, float(widths[0]))


def _ways(
    subjects: Subjects, held: range, right: Float[Array, "3"]
) -> tuple[Float[Array, " s"], Float[Array, " s"]]:
    """Return how far each subject goes to the right, and how wide it is at first [m]."""
    ways, widths = [], []
    for points in subjects.points:
        sideways = points[[held.start, held.stop - 1]] @ right
        ways.append(float(sideways[1].mean() - sideways[0].mean()))
        widths.append(float(np.ptp(sideways[0])))
    return np.array(ways), np.array(widths)


def _opposite(subjects: Subjects, held: range, right: Float[Array, "3"], width: float) -> float:
    """Return the side that is not that of what else is named; without any, the left."""
    if not subjects.beginnings:
        return LEFT
    here = float((subjects.points[0][held.start] @ right).mean())
    there = float(np.mean([(points @ right).mean() for points in subjects.beginnings]))
    if abs(there - here) <= BESIDE * width:
        return LEFT
    return -float(np.sign(there - here))
