"""Painters with light: clay under a soft lamp, and black-and-white film."""

import torch
from torch import Tensor

from render.stylize.painting.filters import blurred, over, saturated, slopes, smoothstep, tint
from render.stylize.painting.guides import Guides
from render.stylize.painting.smoothing import (
    along_surfaces,
    encoded,
    kuwahara,
    light_on,
    linear,
)

_KEY = (-0.45, 0.62, 0.64)
"""Unit direction of the lamp in the view: from the upper left, in front."""


def clay(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return plasticine: matte colours, dents and finger marks, a soft lamp, dark seams."""
    body = guides.ids > 0
    own = along_surfaces(guides.albedo, guides, passes=3)
    own = kuwahara(own, guides.tangents, radius_px=4.0, longer=1.0).clamp(0.03, 0.97)
    facing = along_surfaces(guides.normals, guides, passes=2)
    dents = 1.35 * strokes["cloud"] + 0.55 * blurred(strokes["wide"], 1.0)
    marks = 0.16 * strokes["hatch"] * smoothstep(strokes["cloud"], 0.2, 1.2)
    right, down = slopes(dents + marks)
    bumped = facing + 0.55 * torch.cat([-right, down, torch.zeros_like(right)], dim=1)
    bumped = bumped / bumped.norm(dim=1, keepdim=True).clamp(min=1e-6)
    key = torch.tensor(_KEY, device=own.device).view(1, 3, 1, 1)
    lamp = (bumped * key).sum(1, keepdim=True)
    wrapped = ((lamp + 0.45) / 1.45).clamp(0, 1) ** 1.3  # light goes a little way into clay
    gloss = 0.10 * lamp.clamp(0, 1) ** 12
    rendered = blurred(light_on(guides, passes=3), 1.2).clamp(0, 1.4)
    seam = (1.1 * blurred(guides.edges, 2.2)).clamp(0, 0.55)
    light = (0.14 + 0.74 * wrapped + 0.52 * rendered) * (1 - 0.8 * seam)
    color = encoded(linear(saturated(own, 1.25)) * light * 1.15 + gloss * light)
    backdrop = saturated(blurred(guides.rgb, 1.5), 1.1)
    return torch.where(body, color, backdrop * (1 + 0.02 * strokes["cloud"]))


def noir(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return black-and-white film: hard contrast, halation about lights, grain."""
    weights = tint(0.42, 0.44, 0.14, guides.rgb)  # film of its time sees as through a yellow filter
    light = (linear(blurred(guides.rgb, 0.45)) * weights).sum(1, keepdim=True)
    bright = (light - 0.45).clamp(min=0)
    light = light + 0.55 * blurred(bright, 3.0) + 0.35 * blurred(bright, 8.0)
    tone = encoded(light * 1.15)
    graded = smoothstep(tone, 0.07, 0.97)
    graded = over(tone, graded, 0.85)
    grains = 0.75 * strokes["grain"] + 0.25 * strokes["fine"]
    graded = graded + 0.050 * grains * (0.35 + 2.6 * graded.clamp(0, 1) * (1 - graded.clamp(0, 1)))
    silver = tint(1.0, 0.985, 0.955, guides.rgb)
    return 0.015 + 0.975 * graded * silver
