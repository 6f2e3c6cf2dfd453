"""Which steps a frame is made of: short ones where fast things meet thin ones, else longer ones.

How short a stage's steps have to be at worst is known before it is stepped
(`physics.pace`). Most frames need less: what was thrown has come down, the row of dominoes
lies. So each frame takes the longest steps that its own speeds allow, and the worst case is the
shortest. Moments are counted in ticks, the shortest steps; whatever is told to happen at one, or to
last, gets a frame of ticks.
"""

import math
from collections.abc import Sequence
from typing import final

import numpy as np
from jaxtyping import Float

from physics.pace import GRAIN_STEP_M, WIDTHS_A_STEP, is_slender, width
from physics.stepping.pacing.nearness import Nearness
from physics.stepping.pacing.spans import span_of
from physics.stepping.records import Glance, Touch
from physics.stepping.stillness import STILL_SPEED
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.solids.grains import grains_of

STIRRING_SPEED = 0.02
"""What is slender and faster than this [m/s] may be toppling."""

TOPPLING = 1.5
"""The tip of a rod that topples falls so many times faster than a stone."""


STEPS_A_TILT = 13.9
"""What stirs gets so many steps in the time √(width / g) in which it tips over its narrowest side:
a coin that rolls on its edge would gain energy."""


@final
class Pacing:
    """Sets the length of the steps of one world, frame by frame.

    Attributes:
        ticks: Length of the steps of this frame.
    """

    def __init__(self, world: World) -> None:
        stage = world.stage
        self._world = world
        self._most = world.frame_ticks // stage.timeline.substeps
        self.ticks = 1
        self._steady = self._most == 1 or _always_fine(world)
        self._spans = [span_of(action, world.tick_secs) for action in stage.actions]
        bodies = [mover.body for mover in world.movers]
        self._near = Nearness(world)
        self._width = np.array([width(body) for body in bodies])
        self._slender = np.array([is_slender(body) for body in bodies])
        self._gain = float(np.linalg.norm(stage.gravity)) * stage.timeline.frame_secs
        self._jointed = {name for j in stage.joints for name in (j.parent, j.child)}
        self._wanted = self._most
        self._flights: dict[int, Float[Array, 3]] = {}

    def before_frame(self, frame: int) -> None:
        """Choose the steps of a frame (0 is the first)."""
        if self._steady:
            return
        begin = frame * self._world.frame_ticks
        told = any(a < begin + self._world.frame_ticks and b >= begin for a, b in self._spans)
        ticks = 1 if told else _longest(self._most, self._wanted)
        if ticks != self.ticks:
            self._change(ticks)

    def look(
        self,
        before: Sequence[Glance | None],
        after: Sequence[Glance | None],
        touches: Sequence[Touch],
    ) -> None:
        """See how things move at the end of a frame, for the next one.

        Args:
            before: Motions at the start of the frame's last step; None for what cannot move.
            after: Motions at its end.
            touches: The touches of that step.
        """
        if self._steady:
            return
        touched = {k for touch in touches for k in (touch.a, touch.b)}
        self._wanted = self._steps_for(after, touched)
        lag = self._world.scale * self._world.step_secs
        self._flights = {
            k: (np.array(now.velocity) - then.velocity) / lag
            for k, (then, now) in enumerate(zip(before, after, strict=True))
            if then is not None and now is not None and self._flies(k, touched)
        }

    def _flies(self, k: int, touched: set[int]) -> bool:
        mover = self._world.movers[k]
        return mover.free and k not in touched and mover.body.id not in self._jointed

    def _steps_for(self, glances: Sequence[Glance | None], touched: set[int]) -> int:
        """Return how many steps one of the timeline's is to be made of, at least 1.

        A thing may go a share of its own width in a step, and of the width of what it could meet
        before the frame is over; a ball less before what it touches unforeseen.
        """
        seen, timeline = self._near.seen(glances), self._world.stage.timeline
        if not seen.rows:
            return 1
        rows, dt, secs = seen.rows, timeline.step_secs, timeline.frame_secs
        turning = seen.spin * self._near.rims[rows]
        speeds = np.maximum(np.linalg.norm(seen.linear, axis=1), turning)
        # What falls, or topples, is faster by the frame's end.
        falls = np.array([self._world.movers[k].free and k not in touched for k in rows])
        topples = self._slender[rows] & (speeds > STIRRING_SPEED)
        gains = self._gain * np.where(topples, TOPPLING, np.where(falls, 1.0, 0.0))
        fastest = speeds + gains
        widths = self._near.widths(seen, fastest * secs)
        steps = float((fastest / widths).max()) * dt / WIDTHS_A_STEP
        sudden = self._near.sudden(seen, gains, dt, secs)
        steps = max(steps, sudden / GRAIN_STEP_M, self._tilting(rows, speeds))
        return max(math.ceil(steps - 1e-9), 1)

    def _tilting(self, rows: Sequence[int], speeds: Float[Array, " n"]) -> float:
        """Return how many steps the thinnest thing that stirs needs to gain nothing from them."""
        stirring = self._width[rows][speeds > STILL_SPEED]
        if not len(stirring):
            return 1.0
        timeline = self._world.stage.timeline
        rate = self._gain / timeline.frame_secs / float(stirring.min())
        return STEPS_A_TILT * timeline.step_secs * math.sqrt(rate)

    def _change(self, ticks: int) -> None:
        """Take steps of another length.

        Flight is stepped like a leapfrog: its velocity is half a step behind its place, so it has
        to be that of another moment now.
        """
        before_secs = self._world.step_secs
        self.ticks = ticks
        self._world.set_pace(ticks)
        half = (before_secs - self._world.step_secs) / 2
        for k, acceleration in self._flights.items():
            linear, angular = self._world.velocity(k)
            self._world.set_velocity(k, linear + acceleration * half, angular)


def _always_fine(world: World) -> bool:
    """Whether a world has what no longer step would do: grains, shards, cloth, soft bodies."""
    stage = world.stage
    shards = any(body.piece_of is not None for body in stage.bodies)
    return bool(shards or stage.fabrics or stage.softs or grains_of(stage.bodies))


def _longest(most: int, wanted: int) -> int:
    """Return how many ticks a step may have, if `wanted` steps do where `most` ticks are."""
    return max(n for n in range(1, most + 1) if most % n == 0 and most // n >= min(wanted, most))
