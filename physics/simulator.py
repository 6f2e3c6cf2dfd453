"""The seam for physics: a stage becomes motion."""

from importlib.util import find_spec
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


def usual_simulator() -> str:
    """Return the name of the simulator that is taken where nobody chooses one.

    PyBullet's; MuJoCo's where PyBullet is not installed: it has no wheels for Windows, macOS or
    ARM.
    """
    return "bullet" if find_spec("pybullet") is not None else "mujoco"


def substitution_notes() -> tuple[str, ...]:
    """Return a sentence if another simulator than the usual one has to do, else nothing."""
    if usual_simulator() == "bullet":
        return ()
    return ("PyBullet is not installed here (it has no wheel everywhere): MuJoCo simulates.",)
