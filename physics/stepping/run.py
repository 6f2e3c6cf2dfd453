"""A whole shot, step by step, in any world."""

import math
from collections.abc import Sequence

from physics.fields.immersed import Immersed
from physics.stepping.cloths import Cloths
from physics.stepping.fracture import Fracture
from physics.stepping.impacts import Impacts
from physics.stepping.joints import Joints
from physics.stepping.recorder import Recorder
from physics.stepping.records import Glance
from physics.stepping.schedule import Schedule
from physics.stepping.stillness import Stillness
from physics.stepping.world import World
from physics.trajectory import Trajectory
from scene_builder.model.errors import SimulationError


def run(world: World) -> Trajectory:
    """Return the motion of a new world over its stage's timeline.

    Raises:
        SimulationError: If the motion is not finite, or an action or a joint names a body that
            is not there.
    """
    joints, schedule, impacts = Joints(world), Schedule(world), Impacts(world)
    fracture, stillness = Fracture(world), Stillness(world)
    cloths, immersed = Cloths(world), Immersed(world)
    recorder = Recorder(world, fracture, cloths)
    last = (world.stage.timeline.frame_count - 1) * world.frame_steps
    # One step more than the film has: the last frame's velocities are means over two steps.
    for step in range(last + 1):
        started = schedule.before_step(step)
        fracture.before_step(step)
        immersed.before_step()
        cloths.before_step()
        joints.before_step(step)
        before = world.glances()
        world.step()
        touches = world.touches()
        recorder.complete(touches, started)
        if step == last:
            break
        touches, breaking = fracture.after_step(touches, before)
        touches = [*impacts.resolve(touches, before), *breaking]
        touches += cloths.after_step(step, before)
        recorder.step(step + 1, touches)
        if (step + 1) % world.frame_steps == 0:
            frame = (step + 1) // world.frame_steps
            after = world.glances()
            _check_finite(after, world)
            recorder.frame(frame, after, touches)
            if stillness.lasts(frame, after, resting=cloths.still()):
                recorder.freeze(frame, touches)
                break
    return recorder.trajectory()


def _check_finite(glances: Sequence[Glance | None], world: World) -> None:
    for mover, glance in zip(world.movers, glances, strict=True):
        if glance is not None and not all(map(math.isfinite, (*glance.position, *glance.velocity))):
            raise SimulationError(
                f"the motion of {mover.body.id!r} is not finite; "
                "allowed are finite masses, sizes and speeds: check its size and its actions"
            )
