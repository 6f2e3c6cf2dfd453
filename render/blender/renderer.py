"""Frames by Blender's engines: their light, our truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.blender.settings import Device, Engine, set_engine, set_output
from render.blender.theatre import open_theatre, scratch_folder
from render.camera_track import CameraTrack
from render.flat import base_colors
from render.frames import FrameBuffers
from render.renderer import Renderer
from render.truth.passes import Truth
from render.weather.weather import weather_of
from scene_builder.model.arrays import Array
from scene_builder.model.digest import digest
from scene_builder.model.errors import RenderError
from scene_builder.model.stage import Stage


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BlenderRenderer(Renderer):
    """Renders a moving stage in Blender.

    `rgb` and `albedo` come from the engine, averaged over each pixel; all other passes are
    computed from our own records, exact at every pixel's centre, the same for every engine.
    Rain and snow are drawn over `rgb` alone, after the denoiser: every other pass, and
    `albedo`, is of the world behind them.

    Attributes:
        engine: `cycles` (path tracing), `eevee` or `workbench` (both need OpenGL).
        samples: Samples a pixel, at least 1.
        denoise: Whether Open Image Denoise cleans the picture (Cycles only).
        device: Where Cycles computes; `auto` takes a GPU if Blender sees one.
        textures_root: The folder that materials' picture files are relative to.
        seed: Seed of the run: which drops fall where.
    """

    engine: Engine = "cycles"
    samples: int = 6
    denoise: bool = True
    device: Device = "auto"
    textures_root: Path | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.samples < 1:
            raise RenderError(f"{self.samples} samples a pixel given; at least 1 is needed")

    @property
    def identity(self) -> str:
        """What names it in a key: where the run lies is left out, so that a run can be moved."""
        return digest([self.engine, self.samples, self.denoise, self.device, self.seed])

    def render(
        self, stage: Stage, motion: Trajectory, track: CameraTrack, *, frames: range | None = None
    ) -> Iterator[FrameBuffers]:
        """Yield one `FrameBuffers` a frame, in order; see `Renderer.render`."""
        truth = Truth(stage, motion, track)
        weather = weather_of(stage, motion, track, truth.caster, seed=self.seed)
        width, height = track.lens.size_px
        with (
            open_theatre(
                stage, track, textures_root=self.textures_root, volumes=self.engine == "cycles"
            ) as theatre,
            scratch_folder() as folder,
        ):
            set_engine(
                theatre.scene,
                engine=self.engine,
                samples=self.samples,
                denoise=self.denoise,
                device=self.device,
            )
            set_output(theatre.scene, track.lens.size_px)
            for frame in range(motion.frame_count) if frames is None else frames:
                theatre.show(frame, motion)
                light = theatre.film(folder)
                surfaces = truth.surfaces(frame)
                albedo = _albedo(light)
                if albedo is None:
                    albedo = base_colors(stage, surfaces).reshape(height, width, 3)
                rgb = np.maximum(light["Combined"], 0)
                if weather is not None:
                    rgb = weather.over(
                        rgb,
                        surfaces.depth.reshape(height, width),
                        time_secs=float(motion.times[frame]),
                        world_from_camera=track.world_from_camera(frame),
                    )
                yield truth.buffers(frame, surfaces, rgb=rgb, albedo=albedo)


def _albedo(light: dict[str, Float[Array, "h w 3"]]) -> Float[Array, "h w 3"] | None:
    """Return the base colour that the engine saw, or None if it does not tell.

    What scatters light shows its own colour; a metal only mirrors, so its colour is the
    mirror's.
    """
    parts = [next((light[n] for n in names if n in light), None) for names in _COLOR_PASSES]
    diffuse, glossy, through = (np.float32(0) if part is None else part for part in parts)
    if parts[0] is None:
        return None
    scattered = np.asarray(diffuse + through)
    mirrors = (scattered < _SCATTERS_NOTHING).all(-1, keepdims=True)
    return np.clip(np.where(mirrors, glossy, scattered), 0, 1)


_SCATTERS_NOTHING = 0.008
"""Below the blackest paint: only metals are here."""


_COLOR_PASSES = (
    ("DiffCol", "Diffuse Color"),
    ("GlossCol", "Glossy Color"),
    ("TransCol", "Transmission Color"),
)
"""What Blender 4 and 5 call the colours of their three kinds of reflection."""
