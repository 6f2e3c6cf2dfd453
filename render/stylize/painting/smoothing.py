"""Smoothing that keeps edges: what turns a rendered surface into an area of paint."""

import math

import torch
from torch import Tensor

from render.stylize.painting.filters import (
    blurred,
    luma,
    over,
    places,
    sampled,
    shifted,
    smoothstep,
)
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
        total, weight = values.clone(), torch.ones_like(guides.depth)
        for right, down in _taps(k):
            same = shifted(guides.ids, right, down) == guides.ids
            lean = (shifted(guides.normals, right, down) * guides.normals).sum(1, keepdim=True)
            share = same * lean.clamp(0, 1) ** _BENDING
            share = torch.where(guides.ids == 0, same.float(), share)
            total = total + share * shifted(values, right, down)
            weight = weight + share
        values = total / weight
    return values


_BENDING = 16


def areas_of(color: Tensor, guides: Guides, *, passes: int = 5, alike: float = 0.13) -> Tensor:
    """Return colours without their grain: each body is a few even areas with clean borders.

    The same filter on ids and on the colours themselves, as in image abstraction (Winnemöller,
    Olsen and Gooch 2006): grain goes, what is painted on a thing stays.

    Args:
        color: What is smoothed (B, C, H, W).
        guides: Which pixels belong together.
        passes: Each doubles the reach, from 1 px.
        alike: Distance of colours that still flow into each other.
    """
    for k in range(passes):
        middle = blurred(color, 0.8) if k == 0 else color  # grain must not judge itself
        total, weight = color.clone(), torch.ones_like(guides.depth)
        for right, down in _taps(k):
            same = shifted(guides.ids, right, down) == guides.ids
            apart = ((shifted(middle, right, down) - middle) ** 2).sum(1, keepdim=True)
            share = same * torch.exp(-apart / (2 * alike**2))
            total = total + share * shifted(color, right, down)
            weight = weight + share
        color = total / weight
    return color


def _taps(k: int) -> tuple[tuple[int, int], ...]:
    """Return the neighbours of pass k: along the axes and the diagonals by turns."""
    step = 2**k
    if k % 2:
        return (step, step), (-step, step), (step, -step), (-step, -step)
    return (step, 0), (-step, 0), (0, step), (0, -step)


def linear(color: Tensor) -> Tensor:
    """Return linear light of sRGB colours."""
    color = color.clamp(0, 1)
    return torch.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - IEC 61966-2-1


def encoded(light: Tensor) -> Tensor:
    """Return sRGB colours of linear light."""
    light = light.clamp(0, 1)
    return torch.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)  # noqa: PLR2004 - IEC 61966-2-1


def light_on(guides: Guides, own: Tensor, *, passes: int = 5, softly_px: float = 1.5) -> Tensor:
    """Return how brightly each surface is lit (B, 1, H, W): about 1 in full light.

    What is seen without the surface's own colour, smoothed; 1 for background.

    Args:
        guides: What the frame shows.
        own: What `own_colors(guides)` gave.
        passes: See `areas_of`.
        softly_px: What seen and own colours are blurred by first, so that the grain of a
            surface does not count as light [px].
    """
    seen, own = _brightness(guides.rgb), _brightness(own)
    if softly_px:
        seen, own = (_within(part, guides, softly_px) for part in (seen, own))
    light = (seen / own.clamp(min=_DARKEST)).clamp(max=_GLARE)
    light = torch.where(guides.ids == 0, torch.ones_like(light), light)
    # what a surface's bend leaves is smoothed where it is alike: cast shadows keep their borders
    return areas_of(along_surfaces(light, guides, passes=2), guides, passes=passes, alike=0.12)


_DARKEST = 0.03
_GLARE = 2.0


def own_colors(guides: Guides) -> Tensor:
    """Return the colour that each surface seems to have, sRGB 0–1 (B, 3, H, W).

    Its base colour; but what is nearly black, and brighter than any light could make it (a pane
    of glass, a lamp, a mirror), has the colour that is seen.
    """
    seen, own = (_brightness(blurred(color, 1.0)) for color in (guides.rgb, guides.albedo))
    beyond = smoothstep(seen / own.clamp(min=_DARKEST), 2.6, 3.4)
    beyond = beyond * (1 - smoothstep(own, 0.06, 0.14))
    beyond = torch.where(guides.ids == 0, torch.zeros_like(beyond), beyond)
    return over(guides.albedo, guides.rgb, beyond)


def _brightness(color: Tensor) -> Tensor:
    """Return the luminance (B, 1, H, W) of sRGB colours."""
    weights = torch.tensor(_LUMINANCE, dtype=color.dtype, device=color.device)
    return (linear(color) * weights.view(1, 3, 1, 1)).sum(1, keepdim=True)


_LUMINANCE = (0.2126, 0.7152, 0.0722)


def _within(values: Tensor, guides: Guides, sigma_px: float) -> Tensor:
    """Return values blurred; close to a border of bodies they stay as they are."""
    border = blurred((guides.edges > _BORDER).float(), sigma_px)
    return over(blurred(values, sigma_px), values, smoothstep(border, 0.02, 0.10))


_BORDER = 0.75
