"""Smoothing that keeps edges: what turns a rendered surface into an area of paint."""

import math

import torch
from torch import Tensor

from render.stylize.painting.filters import blurred, luma, places, sampled, shifted
from render.stylize.painting.guides import Guides

_SECTORS = 8
_TAPS = ((0.35, 0.0), (0.75, -0.55), (0.75, 0.55), (1.0, 0.0))
"""Radius (share) and turn (share of half a sector) of the samples of each sector."""
_SHARPNESS = 4.0
_LEAST_VARIANCE = 4e-4


def kuwahara(picture: Tensor, tangents: Tensor, *, radius_px: float, longer: float) -> Tensor:
    """Return flat areas with sharp borders, drawn out along the tangents.

    The anisotropic Kuwahara filter (Kyprianidis, Kang and Döllner 2009) with a few samples in
    each of eight sectors: each sector counts by how little it varies.

    Args:
        picture: What is smoothed (B, 3, H, W).
        tangents: Double angle of the direction (B, 2, H, W).
        radius_px: Of the filter, across the direction [px].
        longer: How many times longer it is along the direction.
    """
    soft = blurred(picture, max(0.5, 0.22 * radius_px))
    angle = 0.5 * torch.atan2(tangents[:, 1:], tangents[:, :1])
    cos, sin = torch.cos(angle), torch.sin(angle)
    x, y = places(picture)
    total, weight = torch.zeros_like(picture), torch.zeros_like(cos)
    for sector in range(_SECTORS):
        mean, square = 0.25 * soft, 0.25 * luma(soft) ** 2
        for share, turn in _TAPS:
            bearing = (sector + 0.5 * turn) * 2 * math.pi / _SECTORS
            along = radius_px * longer * share * math.cos(bearing)
            across = radius_px * share * math.sin(bearing)
            seen = sampled(soft, x + along * cos - across * sin, y + along * sin + across * cos)
            mean = mean + 0.1875 * seen
            square = square + 0.1875 * luma(seen) ** 2
        variance = (square - luma(mean) ** 2).clamp(min=0) + _LEAST_VARIANCE
        share_of = (_LEAST_VARIANCE / variance) ** _SHARPNESS
        total, weight = total + share_of * mean, weight + share_of
    return total / weight.clamp(min=1e-20)


def along_surfaces(values: Tensor, guides: Guides, *, passes: int = 3) -> Tensor:
    """Return values smoothed within each body where its surface does not bend.

    An à-trous cross-bilateral filter (Dammertz et al. 2010) on exact ids and normals.

    Args:
        values: What is smoothed (B, C, H, W).
        guides: Which pixels belong together.
        passes: Each doubles the reach, from 1 px.
    """
    for k in range(passes):
        step = 2**k
        total, weight = values.clone(), torch.ones_like(guides.depth)
        for right, down in ((step, 0), (-step, 0), (0, step), (0, -step)):
            same = shifted(guides.ids, right, down) == guides.ids
            lean = (shifted(guides.normals, right, down) * guides.normals).sum(1, keepdim=True)
            share = same * (_ALIKE * lean).clamp(0, 1) ** _BENDING
            share = torch.where(guides.ids == 0, same.float(), share)
            total = total + share * shifted(values, right, down)
            weight = weight + share
        values = total / weight
    return values


_ALIKE = 1.0
_BENDING = 16


def linear(color: Tensor) -> Tensor:
    """Return linear light of sRGB colours."""
    color = color.clamp(0, 1)
    return torch.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - IEC 61966-2-1


def encoded(light: Tensor) -> Tensor:
    """Return sRGB colours of linear light."""
    light = light.clamp(0, 1)
    return torch.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)  # noqa: PLR2004 - IEC 61966-2-1


def light_on(guides: Guides, *, passes: int = 3) -> Tensor:
    """Return how brightly each surface is lit (B, 1, H, W): about 1 in full light.

    What is seen, without the surface's own colour, smoothed along surfaces; 1 for background.
    """
    weights = torch.tensor([0.2126, 0.7152, 0.0722], device=guides.rgb.device).view(1, 3, 1, 1)
    seen = (linear(guides.rgb) * weights).sum(1, keepdim=True)
    own = (linear(guides.albedo) * weights).sum(1, keepdim=True).clamp(min=_DARKEST)
    light = (seen / own).clamp(max=_GLARE)
    light = torch.where(guides.ids == 0, torch.ones_like(light), light)
    return along_surfaces(light, guides, passes=passes)


_DARKEST = 0.03
_GLARE = 2.0
