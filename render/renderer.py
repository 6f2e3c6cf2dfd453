"""The seam for rendering: a moving stage becomes frames with exact truth."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from physics.trajectory import Trajectory
from render.camera_track import CameraTrack
from render.frames import FrameBuffers
from scene_builder.model.stage import Stage


@runtime_checkable
class Renderer(Protocol):
    """Makes frames."""

    def render(
        self, stage: Stage, motion: Trajectory, track: CameraTrack, *, frames: range | None = None
    ) -> Iterator[FrameBuffers]:
        """Yield one `FrameBuffers` a frame, in order.

        Args:
            stage: What is there.
            motion: How it moves.
            track: The camera, with the picture's size in its lens.
            frames: Which frames; None means all. A frame's passes never depend on which
                other frames are asked for.

        Raises:
            RenderError: If a frame cannot be made.
        """
        ...
