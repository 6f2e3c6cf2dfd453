"""The double of the physics seam: nothing moves."""

from typing import final

import numpy as np

from physics.simulator import Simulator
from physics.trajectory import Contacts, Trajectory
from scene_builder.model.stage import Stage


@final
class StillSimulator(Simulator):
    """Leaves every body where the stage has it, touching nothing; nothing breaks."""

    def simulate(self, stage: Stage) -> Trajectory:
        """Return a motion in which every frame is frame 0 at rest."""
        frames, bodies = stage.timeline.frame_count, len(stage.bodies)
        positions = np.array([body.pose.position for body in stage.bodies]).reshape(bodies, 3)
        wxyz = np.array([body.pose.wxyz for body in stage.bodies]).reshape(bodies, 4)
        return Trajectory(
            body_ids=stage.body_ids,
            times=stage.timeline.times_secs,
            positions=np.broadcast_to(positions, (frames, bodies, 3)),
            wxyz=np.broadcast_to(wxyz, (frames, bodies, 4)),
            linear_velocities=np.zeros((frames, bodies, 3)),
            angular_velocities=np.zeros((frames, bodies, 3)),
            present=np.broadcast_to([b.piece_of is None for b in stage.bodies], (frames, bodies)),
            contacts=Contacts(),
            penetration_m=np.zeros(frames),
        )
