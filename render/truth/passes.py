"""The exact passes of a frame, shared by every renderer: an engine adds only its light."""

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.camera_track import CameraTrack
from render.frames import FrameBuffers
from render.truth.deforming import Deforming
from render.truth.flow import places_at, seen_at
from render.truth.surfaces import SurfaceCaster, Surfaces
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Stage


class Truth:
    """Exact passes of one shot; what it says of a frame depends on that frame alone."""

    def __init__(self, stage: Stage, motion: Trajectory, track: CameraTrack) -> None:
        self._motion = motion
        self._track = track
        self._caster = SurfaceCaster(stage, motion)
        self._deforming = Deforming(stage, motion)
        width, height = track.lens.size_px
        across, down = np.meshgrid(np.arange(width, dtype=np.float64), np.arange(height))
        self._pixels = np.stack([across, down], axis=-1).reshape(-1, 2)

    @property
    def caster(self) -> SurfaceCaster:
        """What casts the rays: others may ask it too."""
        return self._caster

    def surfaces(self, frame: int) -> Surfaces:
        """Return what the centre of every pixel shows, row by row from the top (h·w)."""
        pose = self._track.world_from_camera(frame)
        return self._caster.cast(frame, pose, self._track.lens, self._pixels)

    def buffers(
        self,
        frame: int,
        surfaces: Surfaces,
        *,
        rgb: Float[Array, "h w 3"],
        albedo: Float[Array, "h w 3"],
    ) -> FrameBuffers:
        """Return the whole frame, from its surfaces and an engine's light.

        Args:
            frame: Which frame.
            surfaces: What `surfaces(frame)` returned.
            rgb: Linear light (h w 3).
            albedo: Base colour, linear (h w 3).
        """
        moving = self._motion, self._track, self._deforming
        after, _ = places_at(frame + 1, surfaces, *moving)
        before, depth_before = places_at(frame - 1, surfaces, *moving)
        seen = np.zeros(len(before), np.bool_)
        if frame > 0:
            seen = seen_at(
                frame - 1, surfaces, before, depth_before, self._caster, self._track
            )  # fmt: skip
        width, height = self._track.lens.size_px
        picture = (height, width)
        return FrameBuffers(
            frame=frame,
            rgb=rgb,
            albedo=albedo,
            depth=surfaces.depth.reshape(picture),
            normal=surfaces.normal.reshape(*picture, 3),
            flow_forward=(after - self._pixels).reshape(*picture, 2),
            flow_backward=(before - self._pixels).reshape(*picture, 2),
            visible_before=seen.reshape(picture),
            body_point=surfaces.body_point.reshape(*picture, 3),
            body_index=surfaces.body_index.reshape(picture),
        )
