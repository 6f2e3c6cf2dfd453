"""When nothing moves any more: the rest of the film needs no steps."""

import math
from collections.abc import Sequence
from typing import final

from physics.stepping.records import Glance, Motion, Over
from physics.stepping.world import World

STILL_SPEED = 2e-3
"""What is slower than this [m/s] does not visibly move."""

STILL_SPIN = 2e-2
"""Nor does what turns slower than this [rad/s]."""

STILL_SECS = 0.25
"""The world has to be still for so long."""


@final
class Stillness:
    """Watches one world come to rest.

    Solvers creep: a stack of blocks wanders by a tenth of a millimetre a second. Once everything
    has been still for a while, and no action is to come, the world stays as it is. So
    it does from when on somebody says that the rest does not matter.
    """

    def __init__(self, world: World, over: Over | None = None) -> None:
        self._world, self._told_over = world, over
        self._scale = world.scale
        self._wait = math.ceil(STILL_SECS / world.stage.timeline.frame_secs)
        self._frame_secs = world.stage.timeline.frame_secs
        self._still_frames = 0
        ends = [_end_secs(a.kind, a.start_secs, a.duration_secs) for a in world.stage.actions]
        self._actions_end = max(ends, default=0.0)

    def lasts(self, frame: int, glances: Sequence[Glance | None], *, resting: bool = True) -> bool:
        """Whether the world has been still for long enough, this frame included.

        Args:
            frame: Which.
            glances: The bodies' motions.
            resting: Whether what is no rigid body rests, too.
        """
        still = resting and all(map(self._still, glances))
        self._still_frames = self._still_frames + 1 if still else 0
        secs = frame * self._frame_secs
        if self._told_over is not None and self._told_over(secs, self._motions(glances)):
            return True
        return secs > self._actions_end and self._still_frames >= self._wait

    def _motions(self, glances: Sequence[Glance | None]) -> list[Motion | None]:
        return [
            None if glance is None else self._world.motion(k, glance)
            for k, glance in enumerate(glances)
        ]

    def _still(self, glance: Glance | None) -> bool:
        if glance is None:
            return True
        speed = math.hypot(*glance.velocity) / self._scale
        return speed < STILL_SPEED and math.hypot(*glance.spin) < STILL_SPIN


def _end_secs(kind: str, start_secs: float, duration_secs: float) -> float:
    """When an action is over; what goes on without an end never is."""
    if kind == "drive_joint" and duration_secs == 0:
        return math.inf
    return start_secs + duration_secs
