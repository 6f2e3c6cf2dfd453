"""MuJoCo behind the physics seam."""

from typing import final

from physics.mujoco.options import MujocoOptions
from physics.mujoco.world import MujocoWorld
from physics.simulator import Simulator
from physics.stepping.records import Over
from physics.stepping.run import run
from physics.trajectory import Trajectory
from scene_builder.model.stage import Stage


@final
class MujocoSimulator(Simulator):
    """Rigid bodies by MuJoCo (Todorov 2012): convex optimisation of the contact forces.

    Every call builds its own model, so the same stage gives the same bytes.
    """

    def __init__(self, options: MujocoOptions | None = None) -> None:
        self.options = options or MujocoOptions()

    def simulate(self, stage: Stage) -> Trajectory:
        """Return the motion of every body over the stage's timeline.

        Raises:
            SimulationError: If the motion is not finite, or an action or a joint names a body
                that is not there.
            UnsupportedBody: If a body is of a kind that MuJoCo does not have.
        """
        return run(MujocoWorld(stage, self.options))

    def simulate_until(self, stage: Stage, over: Over) -> Trajectory:
        """Return the motion until it is over; from then on everything stays as it is.

        Raises:
            SimulationError: As for `simulate`.
        """
        return run(MujocoWorld(stage, self.options), over)
