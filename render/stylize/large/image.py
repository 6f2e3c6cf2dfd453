"""The image route: SDXL paints key frames, and exact motion carries them to the frames between.

A key frame starts at its own plain picture, mixed with the last key frame's paint where that
still shows, and at noise that rides on surfaces: `latents=` of diffusers' image-to-image pipelines
wants latents that are noised already.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import numpy as np
from jaxtyping import Float

from render.frames import FrameBuffers, Picture
from render.stylize.large.asked import Asked
from render.stylize.large.canvas import Canvas, Told, weakened
from render.stylize.large.controls import UNION_MODES
from render.stylize.large.loading import enough_memory
from render.stylize.large.propagation import KeyFrame, between, carried_from
from render.stylize.session import MOST_THREADS, Session
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream

if TYPE_CHECKING:
    from torch import Tensor
else:  # types are looked up while tests run
    Tensor = object


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ImageModel(Asked):
    """An image-to-image pipeline with a union ControlNet, and how it is asked."""

    def painted(self, canvas: Canvas, told: Told, start: Picture, seed: int) -> Picture:
        """Return a frame as the model paints it.

        Args:
            canvas: The size it works at.
            told: What it is told of the frame, with noise.
            start: The picture it starts from.
            seed: Seed of what chance is left: samplers that add noise on their way.

        Raises:
            SettingsError: If there is too little memory.
        """
        import torch

        steps, control = self.steps, self.control
        generator = torch.Generator("cpu").manual_seed(seed)
        image = canvas.image(start)
        with torch.inference_mode(), enough_memory(self.source):
            latents = self._noised(image, told, steps, generator)
            found = self.pipeline(
                prompt=self.prompt, negative_prompt=self.negative, image=image,
                control_image=[canvas.image(one) for one in told.controls],
                control_mode=[UNION_MODES[name] for name in canvas.controls],
                controlnet_conditioning_scale=[control] * len(told.controls),
                strength=self.wishes.denoise, num_inference_steps=steps,
                guidance_scale=self.guidance,
                latents=latents, generator=generator, output_type="np",
            )  # fmt: skip
        return canvas.picture(found.images[0])

    def _noised(self, image: Any, told: Told, steps: int, generator: Any) -> Tensor:  # noqa: ANN401
        """Return the latents of a picture, noised as far as denoising begins."""
        import torch

        pipeline = self.pipeline
        device = pipeline._execution_device
        pipeline.scheduler.set_timesteps(steps, device=device)
        times, _ = pipeline.get_timesteps(steps, self.wishes.denoise, device)
        number = pipeline.unet.dtype
        clean = pipeline.prepare_latents(
            pipeline.image_processor.preprocess(image).to(torch.float32), times[:1], 1, 1, number,
            device, generator, add_noise=False,
        )  # fmt: skip
        noise = torch.from_numpy(np.array(told.noise, np.float32))[None].to(device, number)
        noised: Tensor = pipeline.scheduler.add_noise(clean, noise, times[:1])
        return noised


@final
@dataclass(slots=True, kw_only=True)
class KeyFrameSession(Session[Told]):
    """Paints key frames of a shot, and carries them to the frames between.

    A key frame depends on its frame and the key frame before as it was written; a frame between
    depends on its frame and on both key frames as they were written.

    Attributes:
        canvas: The size the model works at.
        model: The model.
    """

    canvas: Canvas
    model: ImageModel
    _key: KeyFrame | None = None

    def prepare(self, frame: FrameBuffers) -> Told:
        """Make what the model is told of a frame."""
        return self.canvas.told(frame, noisy=True)

    def paint(self, frame: FrameBuffers, prepared: Told, fusion: Any) -> Tensor:  # noqa: ANN401
        """Return a frame as a key frame (1 3 h w), 0…1."""
        import torch

        picture = self._key_picture(frame, prepared)
        return torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float() / 255

    def picture(self, frame: FrameBuffers) -> Picture:
        """Return a frame as a key frame."""
        told = self.prepare(frame)
        picture = self._key_picture(frame, told)
        self._key = KeyFrame(frame, told.plain, picture)
        return picture

    def resume(self, frame: FrameBuffers, picture: Picture) -> None:
        """Go on after a frame whose picture has been written already."""
        if self._is_key(frame.frame):
            self._key = KeyFrame(frame, self.canvas.plain(frame), picture)

    def pictures(
        self, frames: Iterable[FrameBuffers], *, threads: int | None = None
    ) -> Iterator[Picture]:
        """Yield the pictures of the next frames, in order; `every` frames are taken ahead.

        Args:
            frames: The frames.
            threads: How many carry paint to frames between; None for at most 4.
        """
        waiting: list[FrameBuffers] = []
        for frame in frames:
            if not self._is_key(frame.frame):
                waiting.append(frame)
                continue
            earlier = self._key
            picture = self.picture(frame)
            if earlier is not None and self._key is not None:
                yield from self._carried(waiting, (earlier, self._key), threads)
            waiting = []
            yield picture
        if waiting and self._key is not None:  # the shot's end is not among the frames
            yield from self._carried(waiting, (self._key,), threads)

    def _carried(
        self, frames: Sequence[FrameBuffers], keys: tuple[KeyFrame, ...], threads: int | None
    ) -> Iterator[Picture]:
        def carried(frame: FrameBuffers) -> Picture:
            return between(frame, self.canvas.plain(frame), keys, self.easel.shot)

        with ThreadPoolExecutor(threads or MOST_THREADS) as pool:
            yield from pool.map(carried, frames)

    def _is_key(self, frame: int) -> bool:
        last = self.easel.shot.trajectory.frame_count - 1
        return self._key is None or frame % self.model.wishes.every == 0 or frame == last

    def _key_picture(self, frame: FrameBuffers, told: Told) -> Picture:
        seed = int(stream(self.easel.seed, "key frame", frame.frame).integers(2**31))
        painted = self.model.painted(self.canvas, told, self._start(frame, told), seed)
        return weakened(painted, told.plain, strength_of(self, told))

    def _start(self, frame: FrameBuffers, told: Told) -> Picture:
        """Return the plain picture with the last key frame's paint where it still shows."""
        share = self.model.wishes.history
        if self._key is None or not share:
            return told.plain
        paint, trusted = carried_from(self._key, frame, told.plain, self.easel.shot)
        mixed = told.plain + share * trusted[..., None] * (255 * paint - told.plain)
        return np.asarray(np.round(mixed), np.uint8)


def strength_of(session: Session[Told], told: Told) -> Float[Array, "h w"] | float:
    """Return one strength, or one for each pixel if bodies differ."""
    whole = session.easel.strength
    if not session.strengths:
        return whole
    size = max(int(told.bodies.max()), *session.strengths) + 1
    table = np.full(size, whole)
    for index, strength in session.strengths.items():
        table[index] = strength
    return np.asarray(table[told.bodies])
