"""The stroke field: white noise, carried along the ways that a hand would go.

It is the part of a painting that chance makes, in closed form: painters draw from it, and the
network is given it, so that what it must add is only paint. Line integral convolution (Cabral
and Leedom 1993) is done à trous: a few passes of three taps, each pass twice as far apart, so
that a long stroke costs little more than a short one and bends with its direction.
"""

import math

import torch
from torch import Tensor

from render.stylize.painting.filters import blurred, places, resized, sampled
from render.stylize.painting.guides import Guides, level_lines, unit_angle

NOISE_CHANNELS = 4
CHANNELS = (
    "fine", "wide", "hatch", "cross", "dab", "grain", "cloud", "hatch_cos", "hatch_sin", "dither",
)  # fmt: skip
"""What each channel of a stroke field is.

`fine` and `wide`: noise 0 and 1 along the tangents, as bristles and as strokes. `hatch` and
`cross`: noise 0 and 1 along the hatching direction and across it. `dab`: one value for each
dab of a brush (a cell about a local maximum of noise 2, drawn out along the tangents).
`grain`: noise 2, hardly blurred. `cloud`: noise 3, blurred wide. All of these have mean 0 and
deviation 1 under white noise. `hatch_cos`, `hatch_sin`: double angle of the hatching direction.
`dither`: the ordered threshold (Bayer 2×2 over blocks of 4 px), −0.75…0.75.
"""


def stroke_field(guides: Guides, noise: Tensor) -> Tensor:
    """Return the stroke field of frames.

    Args:
        guides: What they show (B).
        noise: Standard normal noise (B, 4, H, W).

    Returns:
        The field (B, S, H, W), channels as `CHANNELS` names them.
    """
    along = _direction(guides.tangents)
    angle = hatch_angle(guides)
    hatch = _direction(angle)
    first, second = noise[:, 0:1], noise[:, 1:2]
    fine = carried(blurred(first, 0.6), along, (1.0, 2.0, 4.0)) * _FINE
    wide = _wide(second, guides.tangents) * _WIDE
    # of noise, only what changes as often as lines of a pen do: hatching keeps its distance
    thin = blurred(noise[:, 0:2], _PEN_PX) - blurred(noise[:, 0:2], _GAP_PX)
    across = torch.cat([-hatch[:, 1:], hatch[:, :1]], dim=1)
    hatched = carried(thin[:, :1], hatch, _HATCH_STEPS) * _HATCH
    crossed = carried(thin[:, 1:], across, _HATCH_STEPS) * _HATCH
    grain = blurred(noise[:, 2:3], 0.7) * _GRAIN
    cloud = blurred(noise[:, 3:4], 4.0) * _CLOUD
    dab = (dabs(noise[:, 2:3], guides) - _DAB_MEAN) / _DAB_DEVIATION
    dither = ordered_dither(noise).expand(len(noise), 1, -1, -1)
    return torch.cat([fine, wide, hatched, crossed, dab, grain, cloud, angle, dither], dim=1)


# Measured once on white noise over turning directions, so that no frame is scaled by itself.
_FINE, _WIDE, _HATCH, _GRAIN, _CLOUD = 5.44, 13.15, 16.27, 2.43, 13.66
_DAB_MEAN, _DAB_DEVIATION = 0.687, 0.209

_PEN_PX, _GAP_PX = 0.65, 1.7
_HATCH_STEPS = (1.5, 3.0, 6.0, 9.0)


def carried(noise: Tensor, direction: Tensor, steps_px: tuple[float, ...]) -> Tensor:
    """Return noise smeared along a direction.

    Args:
        noise: What is smeared (B, C, H, W).
        direction: Unit vectors (B, 2, H, W), x right, y down; the sign does not matter.
        steps_px: How far apart the taps of each pass are [px].
    """
    x, y = places(noise)
    for step in steps_px:
        right, down = step * direction[:, :1], step * direction[:, 1:]
        ahead = sampled(noise, x + right, y + down)
        behind = sampled(noise, x - right, y - down)
        noise = 0.5 * noise + 0.25 * (ahead + behind)
    return noise


def dabs(priority: Tensor, guides: Guides) -> Tensor:
    """Return the highest priority that a dab of the brush brings to each pixel (B, 1, H, W).

    Every pixel's own dab is a short stroke along its tangent; where strokes overlap, the one
    of highest priority lies on top. Strokes end at the border of their body.
    """
    along = _direction(guides.tangents)
    x, y = places(priority)
    ids = guides.ids.to(priority.dtype)
    value = blurred(priority, 0.8)
    for step, turned in _DAB_PASSES:
        right, down = along[:, :1] * step, along[:, 1:] * step
        if turned:
            right, down = -down, right
        layers = torch.cat([value, ids], dim=1)
        for sign in (1.0, -1.0):
            near = sampled(layers, x + sign * right, y + sign * down, mode="nearest")
            same = near[:, 1:] == ids
            value = torch.where(same, torch.maximum(value, near[:, :1]), value)
    return value


_DAB_PASSES = ((1.0, False), (2.0, False), (3.0, False), (1.0, True))
"""Step [px] of each pass, and whether it goes across the stroke."""


def hatch_angle(guides: Guides) -> Tensor:
    """Return the double angle of the hatching: a draughtsman's slant, bent by the surface."""
    rest = torch.tensor(_SLANT, dtype=guides.rgb.dtype, device=guides.rgb.device)
    lean = 1 - guides.normals[:, 2:].abs()
    lines = level_lines(guides.normals)
    return unit_angle(rest.view(1, 2, 1, 1) + _BEND * lean * lines)


_SLANT = (math.cos(2 * -0.85), math.sin(2 * -0.85))
_BEND = 1.6


def _wide(noise: Tensor, tangents: Tensor) -> Tensor:
    """Return long strokes, computed at half size."""
    height, width = noise.shape[-2:]
    half = (math.ceil(height / 2), math.ceil(width / 2))
    small = resized(blurred(noise, 1.5), half)
    along = _direction(unit_angle(resized(tangents, half)))
    return resized(carried(small, along, (1.0, 2.0, 4.0)), (height, width))


def _direction(double_angle: Tensor) -> Tensor:
    angle = 0.5 * torch.atan2(double_angle[:, 1:], double_angle[:, :1])
    return torch.cat([torch.cos(angle), torch.sin(angle)], dim=1)


BLOCK_PX = 4
"""Edge of a pixel painter's block [px]."""


def ordered_dither(like: Tensor) -> Tensor:
    """Return the ordered threshold of each pixel (1, 1, H, W)."""
    x, y = places(like)
    right, down = (x // BLOCK_PX) % 2, (y // BLOCK_PX) % 2
    return (2 * (right != down).float() + down) / 2 - 0.75
