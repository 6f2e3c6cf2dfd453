"""What every route tells its model of a frame, on the size that the model works at."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, final

import numpy as np
from jaxtyping import Float, Int

from render.frames import FrameBuffers, Picture
from render.stylize.large.controls import ControlName, DepthRange, control_pictures
from render.stylize.large.latent_noise import latent_noise
from render.stylize.plain import printed
from render.stylize.session import Easel
from scene_builder.model.arrays import Array

if TYPE_CHECKING:
    from PIL.Image import Image
else:  # types are looked up while tests run
    Image = Any


class Told(NamedTuple):
    """What a model is told of a frame.

    Attributes:
        plain: The plain picture.
        controls: The control pictures.
        noise: Latent noise (c h w); None where the model needs none.
        bodies: Body index (h w).
    """

    plain: Picture
    controls: tuple[Picture, ...]
    noise: Float[Array, "c y x"] | None
    bodies: Int[Array, "h w"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Size and surroundings of a model's pictures: their frames, and a rim that is cut off again.

    Attributes:
        easel: What holds for all frames.
        controls: Which control pictures.
        fitted: Depths that depth pictures are fitted to.
        multiple: What width and height are multiples of [px].
        channels: Channels of latents.
        cell_px: Width of what a latent pixel covers [px].
        independent: Share of noise that does not ride on surfaces.
    """

    easel: Easel
    controls: tuple[ControlName, ...]
    fitted: DepthRange
    multiple: int
    channels: int
    cell_px: int
    independent: float

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the model's pictures [px]."""
        width, height = self.easel.shot.track.lens.size_px
        return width + -width % self.multiple, height + -height % self.multiple

    def told(self, frame: FrameBuffers, *, noisy: bool) -> Told:
        """Return what a model is told of a frame; with its noise, or without."""
        track = self.easel.shot.track
        noise = None
        if noisy:
            noise = latent_noise(
                frame, track, self.easel.seed, channels=self.channels, size_px=self.size_px,
                cell_px=self.cell_px, independent=self.independent,
            )  # fmt: skip
        return Told(
            plain=self.plain(frame),
            controls=control_pictures(frame, track, self.controls, self.fitted),
            noise=noise,
            bodies=frame.body_index,
        )

    def plain(self, frame: FrameBuffers) -> Picture:
        """Return the plain picture of a frame."""
        return printed(frame.rgb, self.easel.stops)

    def image(self, picture: Picture) -> Image:
        """Return a picture with its rim, as diffusers takes it."""
        from PIL import Image as Images

        width, height = self.size_px
        more = (height - picture.shape[0], width - picture.shape[1])
        whole = np.pad(picture, ((0, more[0]), (0, more[1]), (0, 0)), mode="edge")
        return Images.fromarray(np.ascontiguousarray(whole))

    def picture(self, image: Float[Array, "hm wm 3"]) -> Picture:
        """Return what a model painted, 0…1, without the rim: hm ≥ h, wm ≥ w."""
        width, height = self.easel.shot.track.lens.size_px
        kept = np.nan_to_num(np.asarray(image[:height, :width], np.float64))
        return np.asarray(np.round(255 * np.clip(kept, 0, 1)), np.uint8)


def weakened(painted: Picture, plain: Picture, strength: Float[Array, "h w"] | float) -> Picture:
    """Return a painted picture of which only a share is kept, the same everywhere or not."""
    if isinstance(strength, float) and strength == 1.0:
        return painted
    share = np.asarray(strength, np.float64)
    share = share[..., None] if share.ndim else share
    return np.asarray(np.round(plain + share * (painted.astype(np.float64) - plain)), np.uint8)
