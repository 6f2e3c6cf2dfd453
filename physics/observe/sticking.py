"""Whether what is to stick to something does so."""

import numpy as np

from physics.observe.finding import Finding, above_zero, below_zero
from physics.observe.view import View

SLIP_M = 0.01
"""What sticks is not displaced on the other by more than this [m]."""

NEVER_MET = -0.3
"""Margin of what comes near, but never touches."""


def sticks(view: View, subject: str, target: str) -> Finding | None:
    """Return whether subject keeps its place on target; None if no action attaches it there.

    Args:
        view: The motion.
        subject: What is to stick.
        target: To what.
    """
    ways = [
        one
        for one in view.stage.actions
        if one.kind == "attach" and (one.body, one.other) == (subject, target)
    ]
    if not ways:
        return None
    times = view.touching(subject, target).time
    times = times[times >= ways[0].start_secs]
    if not len(times):
        gap = float(view.gap(subject, target).min())
        return Finding(
            margin=below_zero(NEVER_MET - max(gap, 0.0) / view.size(subject)), time_secs=None,
            evidence=f"{subject} never touches {target}: {gap * 100:.1f} cm are left",
        )  # fmt: skip
    time = float(times.min())
    # The first frame after the touch, when it moves with the other.
    first = min(int(np.searchsorted(view.times, time)) + 1, len(view.times) - 1)
    place = view.inside(target, view.center(subject))[first:]
    slip = float(np.linalg.norm(place - place[0], axis=1).max())
    if slip > SLIP_M:
        return Finding(
            margin=below_zero(1 - slip / SLIP_M), time_secs=None,
            evidence=f"{subject} touches {target} at {time:.2f} s, and slips by "
            f"{slip * 100:.1f} cm",
        )  # fmt: skip
    return Finding(
        margin=above_zero(1 - slip / SLIP_M), time_secs=time,
        evidence=f"{subject} sticks to {target} from {time:.2f} s to the end",
    )  # fmt: skip
