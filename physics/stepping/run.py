"""A whole shot, step by step, in any world."""

import math
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from physics.fields.immersed import Immersed
from physics.stepping.blows.impacts import Impacts
from physics.stepping.cloths import Cloths
from physics.stepping.fracture import Fracture
from physics.stepping.joints import Joints
from physics.stepping.pacing.frames import Pacing
from physics.stepping.recording.recorder import Recorder
from physics.stepping.records import Glance, Over, Touches
from physics.stepping.schedule import Schedule
from physics.stepping.stillness import Stillness
from physics.stepping.world import World
from physics.trajectory import Trajectory
from scene_builder.model.errors import SimulationError
from scene_builder.model.stage import Stage


@runtime_checkable
class StoppableSimulator(Protocol):
    """A simulator that need not look on when the rest of a film does not matter."""

    def simulate_until(self, stage: Stage, over: Over) -> Trajectory:
        """Return the motion of every body until it is over; from then on they stay as they are.

        Args:
            stage: As for `simulate`.
            over: Asked at each frame from the second on, in order.

        Raises:
            SimulationError: If the motion is not finite.
        """
        ...


def run(world: World, over: Over | None = None) -> Trajectory:
    """Return the motion of a new world over its stage's timeline.

    Args:
        world: It is stepped once, from its beginning.
        over: Asked at each frame whether the world may stop there, as it is.

    Raises:
        SimulationError: If the motion is not finite, or an action or a joint names a body that
            is not there.
    """
    joints, schedule, impacts = Joints(world), Schedule(world), Impacts(world)
    fracture, stillness = Fracture(world), Stillness(world, over)
    cloths, immersed = Cloths(world), Immersed(world)
    recorder = Recorder(world, fracture, cloths)
    pacing, last = Pacing(world), (world.stage.timeline.frame_count - 1) * world.frame_ticks
    # One step more than the film has: the last frame's velocities are means over two steps.
    tick = 0
    while tick <= last:
        if tick % world.frame_ticks == 0:
            pacing.before_frame(tick // world.frame_ticks)
        started = schedule.before_step(tick)
        fracture.before_step(tick)
        immersed.before_step()
        cloths.before_step()
        joints.before_step(tick)
        before = world.glances()
        world.step()
        touches = world.touches()
        recorder.complete(touches, started)
        if tick == last:
            break
        touches, breaking = fracture.after_step(touches, before)
        touches = impacts.resolve(touches, before, caught=schedule.catch(touches))
        others = [*breaking, *cloths.after_step(tick, before)]
        if others:
            touches = Touches([*touches, *others])
        tick += pacing.ticks
        recorder.step(tick, touches)
        if tick % world.frame_ticks == 0:
            frame = tick // world.frame_ticks
            after = world.glances()
            _check_finite(after, world)
            recorder.frame(frame, after, touches)
            if stillness.lasts(frame, after, resting=cloths.still()):
                recorder.freeze(frame, touches)
                break
            pacing.look(before, after, touches)
    return recorder.trajectory()


def _check_finite(glances: Sequence[Glance | None], world: World) -> None:
    for mover, glance in zip(world.movers, glances, strict=True):
        if glance is not None and not all(map(math.isfinite, (*glance.position, *glance.velocity))):
            raise SimulationError(
                f"the motion of {mover.body.id!r} is not finite; "
                "allowed are finite masses, sizes and speeds: check its size and its actions"
            )
