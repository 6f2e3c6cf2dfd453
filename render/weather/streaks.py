"""Particles as a shutter sees them: discs that are drawn out along their way."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Streaks:
    """Particles in the picture during one exposure.

    Attributes:
        starts: Where they are when the shutter opens (n 2) [px].
        ends: Where they are when it shuts (n 2) [px].
        widths: Their diameters (n) [px].
        depths: Distances along the camera's axis (n) [m].
        weights: For how many particles each one stands (n).
        radiance: Their light (n 3).
    """

    starts: Float[Array, "n 2"]
    ends: Float[Array, "n 2"]
    widths: Float[Array, " n"]
    depths: Float[Array, " n"]
    weights: Float[Array, " n"]
    radiance: Float[Array, "n 3"]


def draw_over(
    rgb: Float[Array, "h w 3"], depth: Float[Array, "h w"], streaks: Streaks
) -> Float[Array, "h w 3"]:
    """Return a picture with streaks in front of it.

    What a moving disc covers of a pixel is its area, spread evenly along its way: a streak
    keeps its light however long it is drawn out (Garg and Nayar 2007).

    Args:
        rgb: Linear light (h w 3).
        depth: Distance of what each pixel shows (h w) [m]; streaks behind it are not seen.
        streaks: What is drawn.
    """
    owner, places, cover = _samples(streaks)
    height, width = depth.shape
    x, y = places.T
    column, row = np.round(x).astype(np.int64), np.round(y).astype(np.int64)
    seen = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    seen[seen] = streaks.depths[owner[seen]] < depth[row[seen], column[seen]]
    x, y, owner, cover = x[seen], y[seen], owner[seen], cover[seen]
    covered, light = _splatted(x, y, cover, streaks.radiance[owner], (height, width))
    # Many thin things, one behind the other, hide by Beer's law.
    hidden = -np.expm1(-covered)[..., None]
    mean = light / np.maximum(covered, _TINY)[..., None]
    return np.asarray(rgb * (1 - hidden) + mean * hidden, np.float32)


def _samples(
    streaks: Streaks,
) -> tuple[Int[Array, " s"], Float[Array, "s 2"], Float[Array, " s"]]:
    """Spread each streak's cover over points: whose each is, where [px], how much [px²]."""
    way = streaks.ends - streaks.starts
    length = np.linalg.norm(way, axis=-1)
    across = np.maximum(1.0, _DENSITY * streaks.widths)
    count = np.ceil(1.5 * (length + across) * across).astype(np.int64)
    owner = np.repeat(np.arange(len(count)), count)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    # Roberts' (2018) sequence fills way and disc evenly, with the same points for equal streaks.
    # A thin streak needs its points in even steps; in a wide one those would make a lattice.
    jitter = np.minimum(streaks.widths, 1.0)[owner] * ((rank * 0.8191725134 + 0.5) % 1 - 0.5)
    along = ((rank + 0.5 + jitter) / count[owner])[:, None]
    radius = np.sqrt((rank * 0.6710436067 + 0.5) % 1) * streaks.widths[owner] / 2
    angle = 2 * np.pi * ((rank * 0.5497004779 + 0.5) % 1)
    disc = np.stack([np.cos(angle), np.sin(angle)], axis=-1) * radius[:, None]
    area = np.pi / 4 * streaks.widths**2 * streaks.weights
    return owner, streaks.starts[owner] + along * way[owner] + disc, (area / count)[owner]


_DENSITY = 2.5
"""Points across a disc for each pixel of its width."""

_TINY = 1e-12


def _splatted(
    x: Float[Array, " s"],
    y: Float[Array, " s"],
    cover: Float[Array, " s"],
    light: Float[Array, "s 3"],
    size: tuple[int, int],
) -> tuple[Float[Array, "h w"], Float[Array, "h w 3"]]:
    """Share points among the four pixels around each: sums of cover, and of cover times light."""
    height, width = size
    left, top = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    planes = np.zeros((4, (height + 2) * (width + 2)))
    for right, low in ((0, 0), (1, 0), (0, 1), (1, 1)):
        share = cover * np.abs(1 - right - (x - left)) * np.abs(1 - low - (y - top))
        pixel = (top + low + 1) * (width + 2) + left + right + 1
        planes[0] += np.bincount(pixel, share, minlength=planes.shape[1])
        for channel in range(3):
            weight = share * light[:, channel]
            planes[1 + channel] += np.bincount(pixel, weight, minlength=planes.shape[1])
    inner = planes.reshape(4, height + 2, width + 2)[:, 1:-1, 1:-1]
    return inner[0], np.moveaxis(inner[1:], 0, -1)
