"""What a picture is made with: how fine, how strong, which way, with lines or without.

An exemplar is brought to the scale of the film, and parted into what it shows, which is soft,
and its texture, which is the rest: strokes, hatching, grain. All is measured once for a shot.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from render.frames import Picture
from render.stylize.exemplar.oklab import chroma, oklab
from render.stylize.exemplar.palette import Colors, clustered
from render.stylize.painting.filters import blurred, places, sampled, slopes
from scene_builder.model.arrays import Array

MIDDLE_PX = 288.0
"""Height of a film for which lengths are given here [px]; others scale with their height."""
_SMALLEST = 0.5
_MOST_ENLARGED = 1.6
"""A kept picture is enlarged so many times at most: beyond, its strokes would be soft."""
_READABLE_PX = 6.0
"""Strokes finer than that [px at 288 rows] are enlarged, at most twice: a film hides them."""
_LEAST_SOFT_PX, _MOST_SOFT_PX = 4.0, 9.0
COLORLESS = 0.025
"""Mean chroma in Oklab below which a picture counts as black and white."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """What was measured of an exemplar.

    Attributes:
        texture: Standard deviation of its texture's lightness away from what it depicts (Oklab).
        wave_px: Mean wavelength of the texture [px].
        along: How much all strokes go one way, 0…1.
        way: That way, as a double angle (2).
        flatness: How much it consists of a few even areas, 0…1.
        contour: By how much the borders of what it depicts are darker than both sides (Oklab).
        colorless: Whether it is black and white.
    """

    texture: float
    wave_px: float
    along: float
    way: tuple[float, float]
    flatness: float
    contour: float
    colorless: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """An exemplar at the scale of a film, taken apart.

    Attributes:
        unit: Size of a length of one pixel at 288 rows [px].
        soft: What it shows, Oklab (1, 3, H, W).
        texture: Its texture, Oklab (1, 3, H, W), a little crisper than it is: `soft` and `texture`
            together are the picture.
        ways: Double angle of the strokes, as long as they agree on it, 0…1 (1, 2, H, W).
        depicted: How much what it shows changes about each place [1/px at 288 rows] (1, 1, H, W).
        levels: The few colours of a flat picture (n, 3).
        character: What was measured.
    """

    unit: float
    soft: Tensor
    texture: Tensor
    ways: Tensor
    depicted: Tensor
    levels: Tensor
    character: Character


def studied(picture: Picture, size_px: tuple[int, int]) -> Study:
    """Return an exemplar as a film of a size (width, height) sees it."""
    width, height = size_px
    unit = max(height / MIDDLE_PX, _SMALLEST)
    given = torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 255
    fitting = max(width, MIDDLE_PX * _SMALLEST) / max(picture.shape[:2])
    lab = oklab(_scaled(given, min(fitting, _MOST_ENLARGED)).double()).float()
    finer = _READABLE_PX * unit / _wave_px(lab - blurred(lab, _MOST_SOFT_PX * unit))
    if finer > 1:
        fitting *= min(finer, 2.0)
        lab = oklab(_scaled(given, min(fitting, _MOST_ENLARGED)).double()).float()
    wave_px = _wave_px(lab - blurred(lab, _MOST_SOFT_PX * unit))
    sigma = min(max(0.9 * wave_px, _LEAST_SOFT_PX * unit), _MOST_SOFT_PX * unit)
    soft = blurred(lab, sigma)
    texture = lab - soft
    ways = _ways(texture[:, :1], unit)
    right, down = slopes(blurred(soft, 3 * unit))
    steep = (right**2 + down**2).sum(1, keepdim=True).sqrt() * unit
    levels = clustered(_few(lab), _MOST_LEVELS)
    depicted = blurred(steep, 8 * unit)
    character = _character(lab, texture, ways, depicted, levels, unit, wave_px)
    few = torch.from_numpy(levels.means.astype(np.float32))
    # what is laid is interpolated: what that takes of the finest strokes is given first
    crisp = texture + _CRISPER * (texture - blurred(texture, 0.7))
    return Study(
        unit=unit, soft=soft, texture=crisp, ways=ways, depicted=depicted, levels=few,
        character=character,
    )  # fmt: skip


_MOST_LEVELS = 7
_CRISPER = 0.4


def some_of(lab: Tensor, count: int = 4000) -> Float[Array, "n 3"]:
    """Return evenly spread colours of a picture (1, 3, H, W)."""
    flat = lab[0].flatten(1).T
    step = max(1, len(flat) // count)
    return np.asarray(flat[step // 2 :: step].double().numpy())


def _few(lab: Tensor) -> Float[Array, "n 3"]:
    return some_of(lab, 2500)


def _scaled(picture: Tensor, share: float) -> Tensor:
    size = [max(8, round(edge * share)) for edge in picture.shape[-2:]]
    return functional.interpolate(
        picture, size=size, mode="bicubic", antialias=True, align_corners=False
    ).clamp(0, 1)


def _wave_px(texture: Tensor) -> float:
    """Return the mean wavelength of a texture [px]: 2π √(power / power of its slope)."""
    light = texture[:, :1]
    right, down = slopes(light)
    slope = float((right**2 + down**2).mean())
    return 2 * math.pi * math.sqrt(float((light**2).mean()) / max(slope, 1e-12))


def _ways(light: Tensor, unit: float) -> Tensor:
    """Return the double angle along which a texture changes least, as long as it is sure.

    The structure tensor (Brox et al. 2006).
    """
    right, down = slopes(blurred(light, 0.7 * unit))
    parts = torch.cat([down * down - right * right, -2 * right * down,
                       right * right + down * down], dim=1)  # fmt: skip
    parts = blurred(parts, 6 * unit)
    return parts[:, :2] / (parts[:, 2:] + _QUIET)


_QUIET = 1e-5
"""Power of slopes (Oklab²/px²) below which a texture has no direction."""


def _character(
    lab: Tensor, texture: Tensor, ways: Tensor, depicted: Tensor, levels: Colors, unit: float,
    wave_px: float,
) -> Character:  # fmt: skip
    calm = depicted <= depicted.flatten().median()
    power = blurred(texture[:, :1] ** 2, 4 * unit)
    mean = (ways * power).mean((2, 3)) / power.mean().clamp(min=1e-9)
    sure = (ways.norm(dim=1, keepdim=True) * power).mean() / power.mean().clamp(min=1e-9)
    length = float(mean.norm())
    along = length / max(float(sure), 1e-6) * _ramp(float(sure), 0.15, 0.4)
    way = (mean[0] / max(length, 1e-6)).tolist()
    return Character(
        texture=float(texture[:, :1][calm].std()),
        wave_px=wave_px,
        along=min(along, 1.0),
        way=(way[0], way[1]),
        flatness=_flatness(lab, levels),
        contour=_contour(lab[:, :1], unit),
        colorless=float(chroma(lab - lab.flatten(2).median(-1).values[..., None, None]).mean())
        < COLORLESS and float(chroma(lab).mean()) < 2 * COLORLESS,
    )  # fmt: skip


def _flatness(lab: Tensor, levels: Colors) -> float:
    """Return how much a picture is a few even areas: neighbours are alike, and near a level."""
    light = lab[:, :1]
    span = functional.max_pool2d(light, 3, 1) + functional.max_pool2d(-light, 3, 1)
    even = float((span < _EVEN).float().mean())
    colors = _few(lab)
    off = ((colors[:, None] - levels.means[None]) ** 2).sum(-1).min(1)
    return _ramp(even, 0.70, 0.90) * _ramp(-float(np.sqrt(np.median(off))), -0.05, -0.02)


_EVEN = 0.02


def _contour(light: Tensor, unit: float) -> float:
    """Return by how much borders are darker than both of their sides, beyond what texture is.

    Along the steepest borders of what is shown, the darkest place across is compared with both
    sides; the same measured about every other place is what hatching and grain do by chance.
    """
    right, down = slopes(blurred(light, 3 * unit))
    steep = (right**2 + down**2).sqrt()
    strong = steep >= torch.quantile(steep.flatten()[::7], 0.97)
    dips = _dips(blurred(light, 0.6 * unit), right / steep.clamp(min=1e-6),
                 down / steep.clamp(min=1e-6), unit)  # fmt: skip
    return max(0.0, float(dips[strong].mean() - dips[~strong].mean()))


def _dips(light: Tensor, right: Tensor, down: Tensor, unit: float) -> Tensor:
    x, y = places(light)
    across = [sampled(light, x + k * unit * right, y + k * unit * down) for k in range(-9, 10)]
    sides = torch.minimum(
        torch.stack(across[:3]).mean(0), torch.stack(across[-3:]).mean(0)
    )  # fmt: skip
    return (sides - torch.stack(across[4:-4]).min(0).values).clamp(min=0)


def _ramp(value: float, low: float, high: float) -> float:
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return share * share * (3 - 2 * share)
