"""Noise for a latent model that rides on surfaces.

A latent pixel covers 8 × 8 pixels of the picture. Its noise is the sum of theirs, scaled back to a
variance of 1, as in Go-with-the-Flow (Burgert et al. 2025): motion of a fraction of a latent pixel
still moves the noise. Pinned noise is not quite white between neighbouring pixels, so that sums
are scaled by what they measure. Base models have never seen noise that moves along; a share of
independent noise in it is what EquiVDM (2025) found latent video models to need.
"""

import numpy as np
from jaxtyping import Float

from render.camera_track import CameraTrack
from render.frames import FrameBuffers
from render.stylize.steady.noise import CHANNELS, pinned_noise, points_of
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream


def latent_noise(
    frame: FrameBuffers,
    track: CameraTrack,
    seed: int,
    *,
    channels: int,
    size_px: tuple[int, int],
    cell_px: int = 8,
    independent: float = 0.0,
) -> Float[Array, "c h w"]:
    """Return standard normal noise (channels, height / cell, width / cell), float32.

    Args:
        frame: Whose surfaces it is pinned to.
        track: The camera.
        seed: Another seed gives other noise.
        channels: How many fields.
        size_px: Width and height of the model's picture, multiples of `cell_px` and not smaller
            than the frame [px].
        cell_px: Width of what a latent pixel covers [px].
        independent: Share β of noise that belongs to this frame alone: √(1 − β²) of the pinned
            noise and β of it are mixed.
    """
    points = points_of(frame, track)
    rounds = -(-channels // CHANNELS)
    several = [pinned_noise(points, _seed(seed, k)) for k in range(rounds)]
    noise = summed(np.concatenate(several)[:channels], size_px, cell_px)
    if independent:
        own = stream(seed, "latents", frame.frame).standard_normal(noise.shape)
        noise = np.sqrt(1 - independent**2) * noise + independent * own
    return np.asarray(noise, np.float32)


def summed(
    noise: Float[Array, "c h w"], size_px: tuple[int, int], cell_px: int
) -> Float[Array, "c y x"]:
    """Return the sums of noise over cells, of variance 1; what is missing at the rims is mirrored.

    Args:
        noise: Pixels' noise (c h w).
        size_px: Width and height that it is enlarged to [px].
        cell_px: Width of a cell [px].
    """
    width, height = size_px
    more = (height - noise.shape[1], width - noise.shape[2])
    whole = np.pad(noise, ((0, 0), (0, more[0]), (0, more[1])), mode="symmetric")
    cells = whole.reshape(len(noise), height // cell_px, cell_px, width // cell_px, cell_px)
    sums = cells.sum((2, 4), dtype=np.float64) / cell_px
    return np.asarray(sums / np.sqrt(np.mean(sums**2)))


def _seed(seed: int, k: int) -> int:
    return seed if k == 0 else int(stream(seed, "latent channels", k).integers(2**31))
