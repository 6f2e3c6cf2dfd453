"""The double of a renderer: exact truth, plain Lambert light, no Blender."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.camera_track import CameraTrack
from render.frames import FrameBuffers
from render.renderer import Renderer
from render.truth.passes import Truth
from render.truth.surfaces import Surfaces
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Stage


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class FlatRenderer(Renderer):
    """Base colours under one parallel light.

    Attributes:
        light: Direction towards the light, in the world; any length.
        ambient: Share of light that comes from everywhere, 0…1.
    """

    light: tuple[float, float, float] = (0.4, -0.6, 0.8)
    ambient: float = 0.35

    def render(
        self, stage: Stage, motion: Trajectory, track: CameraTrack, *, frames: range | None = None
    ) -> Iterator[FrameBuffers]:
        """Yield one `FrameBuffers` a frame, in order; see `Renderer.render`."""
        truth = Truth(stage, motion, track)
        width, height = track.lens.size_px
        for frame in range(motion.frame_count) if frames is None else frames:
            surfaces = truth.surfaces(frame)
            albedo = base_colors(stage, surfaces)
            shade = self._shade(surfaces.normal)
            yield truth.buffers(
                frame,
                surfaces,
                rgb=(albedo * shade[:, None]).reshape(height, width, 3),
                albedo=albedo.reshape(height, width, 3),
            )

    def _shade(self, normal: Float[Array, "n 3"]) -> Float[Array, " n"]:
        """Return Lambert's cosine law with an even part; the background shines by itself."""
        towards = np.asarray(self.light) / np.linalg.norm(self.light)
        lit = self.ambient + (1 - self.ambient) * np.clip(normal @ towards, 0, 1)
        return np.where((normal == 0).all(-1), 1.0, lit)


def base_colors(stage: Stage, surfaces: Surfaces) -> Float[Array, "n 3"]:
    """Return the linear base colour of what each pixel shows (n 3); the sky's for background."""
    colors = np.tile(np.clip(stage.environment.sky_color, 0, 1), (len(surfaces.depth), 1))
    for k, body in enumerate(stage.bodies):
        here = np.flatnonzero(surfaces.body_index == k + 1)
        slots = np.stack([material.base_color for material in body.materials])
        colors[here] = slots[body.mesh.material_index[surfaces.triangle[here]]]
    return colors
