"""Painters with a brush: oil and watercolour."""

import torch
from torch import Tensor

from render.stylize.painting.filters import (
    blurred,
    luma,
    over,
    places,
    sampled,
    saturated,
    slopes,
    smoothstep,
    tint,
)
from render.stylize.painting.guides import Guides
from render.stylize.painting.smoothing import kuwahara


def oil(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return thick paint: dabs of one colour each, bristle marks, and light on their ridges."""
    fine, wide, dab = strokes["fine"], strokes["wide"], strokes["dab"]
    angle = 0.5 * torch.atan2(guides.tangents[:, 1:], guides.tangents[:, :1])
    cos, sin = torch.cos(angle), torch.sin(angle)
    base = kuwahara(guides.rgb, guides.tangents, radius_px=4.0, longer=1.8)
    x, y = places(base)
    sway, slip = 1.0 * wide.clamp(-2, 2), 1.6 * dab.clamp(-2, 2)
    base = sampled(base, x + slip * cos - sway * sin, y + slip * sin + sway * cos)
    color = saturated(base**0.92, 1.4)
    # a painter mixes each load of the brush anew: warmer and cooler, lighter and darker
    room = 0.35 + luma(color)
    room = room.clamp(max=0.95)
    mixed = tint(0.030, 0.006, -0.032, color) * dab + tint(-0.010, 0.012, 0.014, color) * wide
    color = color * (1 + 0.055 * dab + 0.065 * wide) + mixed * room
    right, down = slopes(0.55 * fine + 0.75 * dab + 0.5 * wide)
    ridge = -(0.6 * right + 0.8 * down)
    return color + room * (0.085 * ridge.clamp(-1.6, 2.2) + 0.022 * fine)


def watercolor(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return washes: pigment that flows, gathers at borders, and settles in the paper's grain."""
    grain, wide = strokes["grain"], strokes["wide"]
    cloud = _POOL_SCALE * blurred(strokes["cloud"], _POOL_PX)
    x, y = places(guides.rgb)
    right, down = 0.8 * strokes["cloud"].clamp(-2, 2), 0.8 * blurred(wide, 1.5).clamp(-2, 2)
    flowed = sampled(guides.rgb, x + right, y + down)
    wash = kuwahara(flowed, guides.tangents, radius_px=4.5, longer=1.2)
    wash = saturated(wash.clamp(0, 1) ** 0.72, 1.35).clamp(0.02, 1)
    wash = over(wash, torch.ones_like(wash), 0.10 + 0.25 * smoothstep(luma(wash), 0.72, 0.98))
    # borders: where two washes meet, and where bodies end
    rise_x, rise_y = slopes(wash)
    meeting = (rise_x**2 + rise_y**2).sum(1, keepdim=True).sqrt()
    border = blurred(sampled(guides.edges, x + right, y + down), 0.9)
    gathered = blurred(meeting, 0.8).clamp(0, 0.2) * 2.6 + 0.55 * border * (1 + 0.4 * cloud)
    settled = grain * (0.35 + 0.65 * (1 - luma(wash)))
    amount = 1 + 0.14 * cloud + 0.06 * strokes["cloud"] + 0.11 * settled + gathered
    pigment = -torch.log(wash) * amount.clamp(0.35, 2.6)
    paper = tint(0.985, 0.972, 0.94, wash) * (1 + 0.016 * grain)
    return paper * torch.exp(-pigment)


_POOL_PX = 9.0
_POOL_SCALE = 2.3
"""Pools of pigment are wider than the field's clouds; their deviation is brought back to 1."""
