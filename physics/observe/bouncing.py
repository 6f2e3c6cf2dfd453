"""How often something bounces, as one who watches would count."""

import math

import numpy as np

from physics.observe.finding import Finding, above_zero, below_zero
from physics.observe.touching import REBOUND_SPEED, rebounds, sprung_off
from physics.observe.view import View

COUNTED_RISE = 0.1
"""A bounce is counted if it lifts a body by this share of its size, or could."""


def counted_bounces(view: View, subject: str, target: str | None, since: float) -> list[Finding]:
    """Return a finding for each time that a body came back off a surface, in time order.

    Args:
        view: The motion.
        subject: What bounces.
        target: Off what; None is off anything.
        since: From when on [s].

    Returns:
        The findings of bounces that one counts hold; the small ones that end a row of bounces,
        like a ball's last trembling, are there too and do not.
    """
    gravity = float(np.linalg.norm(view.stage.gravity))
    seen = max(REBOUND_SPEED, math.sqrt(2.0 * gravity * COUNTED_RISE * view.size(subject)))
    others = (target,) if target else sprung_off(view, subject)
    found = sorted(
        (time, speed, other)
        for other in others
        for time, speed in rebounds(view, subject, other, since)
    )
    return [_finding(subject, other, time, speed, seen) for time, speed, other in found]


def _finding(subject: str, other: str, time: float, speed: float, seen: float) -> Finding:
    excess = (speed - seen) / seen
    said = f"{subject} bounces off {other} at {time:.2f} s with {speed:.2f} m/s"
    if speed > seen:
        return Finding(margin=above_zero(excess), time_secs=time, evidence=said)
    return Finding(margin=below_zero(excess), time_secs=None, evidence=f"{said}: hardly")
