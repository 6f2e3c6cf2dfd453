"""Stage, motion and camera of one shot: what a stylizer and an exporter may look at."""

from dataclasses import dataclass

from physics.trajectory import Trajectory
from render.camera_track import CameraTrack
from scene_builder.model.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shot:
    """One shot, before it has pictures.

    Attributes:
        stage: What is there.
        trajectory: How it moves.
        track: Who looks at it.
    """

    stage: Stage
    trajectory: Trajectory
    track: CameraTrack
