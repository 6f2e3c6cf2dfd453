"""Painters with light: clay under a soft lamp, and black-and-white film."""

import torch
from torch import Tensor

from render.stylize.painting.filters import (
    blurred,
    over,
    saturated,
    slopes,
    smoothstep,
    tint,
)
from render.stylize.painting.guides import Guides
from render.stylize.painting.smoothing import (
    along_surfaces,
    areas_of,
    encoded,
    light_on,
    linear,
    own_colors,
)

_KEY = (-0.45, 0.62, 0.64)
"""Unit direction of the lamp in the view: from the upper left, in front."""


def clay(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return plasticine: thumbed surfaces, rounded edges, a soft lamp, light that goes in."""
    seen = own_colors(guides)
    own = areas_of(seen, guides, alike=0.2).clamp(0.03, 0.97)
    lamp = _lamp_on(guides, strokes)
    wrapped = ((lamp + 0.45) / 1.45).clamp(0, 1) ** 1.3  # light goes a little way into clay
    gloss = 0.07 * lamp.clamp(0, 1) ** 8
    rendered = blurred(light_on(guides, seen, softly_px=2.0), 2.0).clamp(0, 1.4)
    seam = (1.2 * blurred((guides.edges > _BORDER).float(), 2.6)).clamp(0, 0.6)
    light = (0.12 + 0.72 * wrapped + 0.55 * rendered) * (1 - 0.75 * seam)
    # what has gone through clay is fuller and warmer: the turn from the light glows
    paint = linear(saturated(own, 1.2).clamp(0.02, 0.98))
    turn = smoothstep(wrapped, 0.05, 0.35) * (1 - smoothstep(wrapped, 0.35, 0.75))
    glow = 1 + 0.28 * turn * (tint(1.0, 0.45, 0.25, paint) - 0.35)
    fuller = paint ** (1 + 0.22 * (1 - wrapped))
    return encoded(fuller * glow * light * 1.15 + gloss * light)


_BORDER = 0.75


def _lamp_on(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return how far thumbed surfaces face the lamp, −1…1 (B, 1, H, W)."""
    ahead = tint(0.0, 0.0, 1.0, guides.rgb).expand_as(guides.normals)
    facing = along_surfaces(torch.where(guides.ids == 0, ahead, guides.normals), guides, passes=2)
    # no edge of clay is sharp
    facing = over(facing, blurred(facing, 2.6), 0.6)
    right, down = slopes(dents(strokes))
    bumped = facing + 0.44 * torch.cat([-right, down, torch.zeros_like(right)], dim=1)
    bumped = bumped / bumped.norm(dim=1, keepdim=True).clamp(min=1e-6)
    key = torch.tensor(_KEY, device=bumped.device).view(1, 3, 1, 1)
    lamp: Tensor = (bumped * key).sum(1, keepdim=True)
    return lamp


def dents(strokes: dict[str, Tensor]) -> Tensor:
    """Return how high a thumbed surface stands out (B, 1, H, W): dents, and prints in some."""
    thumbed = 1.7 * blurred(strokes["cloud"], 2.0) + 0.5 * blurred(strokes["wide"], 1.2)
    prints = 0.18 * blurred(strokes["hatch"], 0.6) * smoothstep(strokes["cloud"], 0.3, 1.3)
    return thumbed + prints


def noir(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return black-and-white film: a few bold masses of light and dark, halation, fine grain."""
    tone = _silver(guides.rgb)
    mass = along_surfaces(_silver(areas_of(guides.rgb, guides, passes=4)), guides, passes=4)
    # as in a darkroom: what is dark all about is dodged, what is bright all about burnt in
    about = blurred(mass, _ABOUT_PX)
    gain = (_KEY_TONE / (about + 0.12)).clamp(0.6, 3.5) ** 0.6
    tone, mass = tone * gain, mass * gain
    key = mass + _APART * (mass - about * gain)
    low, high = smoothstep(key, 0.26, 0.40), smoothstep(key, 0.46, 0.62)
    grouped = 0.03 + 0.30 * low + 0.52 * high
    detail = (tone - mass).clamp(-0.16, 0.16)
    graded = over(smoothstep(tone, 0.10, 0.92), grouped + 0.6 * detail, 0.65)
    bright = (graded - 0.70).clamp(min=0)
    graded = graded + 0.5 * blurred(bright, 3.0) + 0.45 * blurred(bright, 8.0)
    grains = 0.8 * strokes["grain"] + 0.2 * strokes["fine"]
    middle = graded.clamp(0, 1) * (1 - graded.clamp(0, 1))
    graded = graded + 0.020 * grains * (0.25 + 2.4 * middle)
    return 0.012 + 0.975 * graded * tint(1.0, 0.985, 0.955, guides.rgb)


_ABOUT_PX = 20.0
_KEY_TONE = 0.52
_APART = 0.9
"""How much lighter than all about it a mass must be to be one of the light ones."""


def _silver(color: Tensor) -> Tensor:
    """Return what film of its time makes of colours, seen through a yellow filter."""
    weights = tint(0.42, 0.44, 0.14, color)
    return encoded((linear(blurred(color, 0.5)) * weights).sum(1, keepdim=True) * 1.1)
