"""The seam for physics: a stage becomes motion."""

from typing import Protocol, runtime_checkable

from physics.trajectory import Trajectory
from scene_builder.model.stage import Stage


@runtime_checkable
class Simulator(Protocol):
    """Moves what is on a stage by the laws of motion."""

    def simulate(self, stage: Stage) -> Trajectory:
        """Return the motion of every body over the stage's timeline.

        Frame 0 is the stage itself; the same stage gives the same bytes.

        Raises:
            SimulationError: If the motion is not finite.
        """
        ...
