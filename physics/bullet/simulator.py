"""Bullet behind the physics seam."""

from typing import final

from physics.bullet.bodies.options import BulletOptions
from physics.bullet.world import BulletWorld
from physics.simulator import Simulator
from physics.stepping.records import Over
from physics.stepping.run import run
from physics.trajectory import Trajectory
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
        with BulletWorld(stage, self.options) as world:
            return run(world)

    def simulate_until(self, stage: Stage, over: Over) -> Trajectory:
        """Return the motion until it is over; from then on everything stays as it is.

        Raises:
            SimulationError: As for `simulate`.
        """
        with BulletWorld(stage, self.options) as world:
            return run(world, over)
