"""Where the camera is at every frame."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CameraTrack:
    """The camera's motion: it looks along its own −Z, with +Y up.

    Attributes:
        positions: In the world (f 3) [m].
        wxyz: `world_from_camera` (f 4), without sign jumps.
        lens: One lens for the whole shot.
    """

    positions: Float[Array, "f 3"]
    wxyz: Float[Array, "f 4"]
    lens: Lens

    def __post_init__(self) -> None:
        set_read_only(self, "positions", np.float64, (None, 3))
        set_read_only(self, "wxyz", np.float64, (len(self.positions), 4))

    def world_from_camera(self, frame: int) -> Pose:
        """Return the camera's pose at a frame."""
        return Pose(position=self.positions[frame], wxyz=self.wxyz[frame])

    def pixels(self, frame: int, points: Float[Array, "*n 3"]) -> Float[Array, "*n 2"]:
        """Project points in the world [m] to the picture of a frame [px]."""
        return self.lens.pixels(self.world_from_camera(frame).inverse() @ points)
