"""Bullet behind the physics seam."""

import math
from collections.abc import Sequence
from typing import final

from physics.bullet.bodies.records import BulletOptions, Glance
from physics.bullet.recorder import Recorder
from physics.bullet.stepping.impacts import Impacts
from physics.bullet.stepping.joints import Joints
from physics.bullet.stepping.schedule import Schedule
from physics.bullet.stepping.stillness import Stillness
from physics.bullet.world import World
from physics.simulator import Simulator
from physics.trajectory import Trajectory
from scene_builder.model.errors import SimulationError
from scene_builder.model.stage import Stage


@final
class BulletSimulator(Simulator):
    """Rigid bodies by Bullet (Coumans 2015): sequential impulses, semi-implicit Euler.

    Every call builds its own world, so the same stage gives the same bytes.
    """

    def __init__(self, options: BulletOptions | None = None) -> None:
        self.options = options or BulletOptions()

    def simulate(self, stage: Stage) -> Trajectory:
        """Return the motion of every body over the stage's timeline.

        Raises:
            SimulationError: If the motion is not finite, or an action or a joint names a body
                that is not there.
        """
        with World(stage, self.options) as world:
            return _run(world)


def _run(world: World) -> Trajectory:
    joints, schedule, impacts = Joints(world), Schedule(world), Impacts(world)
    recorder, stillness = Recorder(world), Stillness(world)
    last = (world.stage.timeline.frame_count - 1) * world.frame_steps
    # One step more than the film has: the last frame's velocities are means over two steps.
    for step in range(last + 1):
        started = schedule.before_step(step)
        joints.before_step(step)
        before = world.glances()
        world.step()
        touches = world.touches()
        recorder.complete(touches, started)
        if step == last:
            break
        touches = impacts.resolve(touches, before)
        recorder.step(step + 1, touches)
        if (step + 1) % world.frame_steps == 0:
            frame = (step + 1) // world.frame_steps
            after = world.glances()
            _check_finite(after, world)
            recorder.frame(frame, after, touches)
            if stillness.lasts(frame, after):
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
