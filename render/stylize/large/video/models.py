"""Video models of diffusers, each told its controls, its noise and its first frames its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import numpy as np

from render.frames import Picture
from render.stylize.large.asked import Asked
from render.stylize.large.canvas import Canvas, Told
from render.stylize.large.controls import mixed
from render.stylize.large.loading import enough_memory
from render.stylize.large.video.session import VideoModel, latent_noises
from scene_builder.model.chance import stream

if TYPE_CHECKING:
    from torch import Tensor
else:  # types are looked up while tests run
    Tensor = object

_LEAST_CHUNK = 5
"""Fewest frames that Cosmos paints together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _AskedForVideo(Asked):
    """A pipeline that paints several frames together, and how it is asked."""

    def common(self, canvas: Canvas, start: int) -> dict[str, Any]:
        """Return what every pipeline is called with."""
        import torch

        width, height = canvas.size_px
        seed = int(stream(canvas.easel.seed, "window", start).integers(2**31))
        return {
            "prompt": self.prompt, "negative_prompt": self.negative, "height": height,
            "width": width, "num_inference_steps": self.steps,
            "guidance_scale": self.guidance,
            "generator": torch.Generator("cpu").manual_seed(seed), "output_type": "np",
        }  # fmt: skip


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class WanVace(_AskedForVideo, VideoModel):
    """Wan VACE (Jiang et al. 2025): a control video, a mask of what is to be made, a reference.

    Where the mask is black, a frame is known: so a window is told the frames that it goes on from.

    Attributes:
        reference: A picture of the look; None for none.
    """

    reference: Picture | None = None

    def painted(
        self, canvas: Canvas, told: Sequence[Told], held: Sequence[Picture], start: int
    ) -> list[Picture]:
        """Return the pictures of a window; see `VideoModel.painted`."""
        import torch
        from PIL import Image

        video = [canvas.image(mixed(one.controls)) for one in told]
        video[: len(held)] = [canvas.image(one) for one in held]
        masks = [Image.new("L", canvas.size_px, 0 if k < len(held) else 255)
                 for k in range(len(told))]  # fmt: skip
        shown = [] if self.reference is None else [canvas.image(self.reference)]
        with torch.inference_mode(), enough_memory(self.source):
            found = self.pipeline(
                video=video, mask=masks, num_frames=len(told), conditioning_scale=self.control,
                latents=self._latents(canvas, told), reference_images=shown or None,
                **self.common(canvas, start),
            )  # fmt: skip
        return [canvas.picture(image) for image in found.frames[0]]

    def _latents(self, canvas: Canvas, told: Sequence[Told]) -> Tensor:
        import torch

        noise = latent_noises(told)
        if self.reference is not None:  # its latent frame stands before the film's
            own = stream(canvas.easel.seed, "reference").standard_normal(noise[:, :1].shape)
            noise = np.concatenate([own, noise], axis=1)
        return torch.from_numpy(np.asarray(noise, np.float32))[None]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CosmosTransfer(_AskedForVideo, VideoModel):
    """Cosmos Transfer 2.5 (NVIDIA 2025): from simulation to video, by one control video.

    Each window is asked for by itself: its pipeline cannot be told a window's first frames.
    """

    def painted(
        self, canvas: Canvas, told: Sequence[Told], held: Sequence[Picture], start: int
    ) -> list[Picture]:
        """Return the pictures of a window; see `VideoModel.painted`.

        Raises:
            ValueError: If it is given frames to go on from.
        """
        import torch

        if held:
            raise ValueError("cosmos is told no frames to go on from")
        count = len(told)
        whole = [*told, *[told[-1]] * max(_LEAST_CHUNK - count, 0)]
        noise = torch.from_numpy(np.asarray(latent_noises(whole), np.float32))[None]
        with torch.inference_mode(), enough_memory(self.source):
            found = self.pipeline(
                controls=[canvas.image(mixed(one.controls)) for one in whole],
                controls_conditioning_scale=self.control, num_frames=len(whole),
                num_frames_per_chunk=len(whole), latents=noise, **self.common(canvas, start),
            )  # fmt: skip
        return [canvas.picture(image) for image in found.frames[0][:count]]
