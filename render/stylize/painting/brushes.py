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
from render.stylize.painting.smoothing import (
    areas_of,
    encoded,
    kuwahara,
    light_on,
    linear,
    own_colors,
)


def oil(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return thick paint: dabs of one colour each, bristle marks, and light on their ridges."""
    fine, wide, dab = strokes["fine"], strokes["wide"], strokes["dab"]
    angle = 0.5 * torch.atan2(guides.tangents[:, 1:], guides.tangents[:, :1])
    cos, sin = torch.cos(angle), torch.sin(angle)
    base = kuwahara(guides.rgb, guides.tangents, radius_px=4.0, longer=1.8)
    x, y = places(base)
    sway, slip = 1.0 * wide.clamp(-2, 2), 1.6 * dab.clamp(-2, 2)
    base = sampled(base, x + slip * cos - sway * sin, y + slip * sin + sway * cos)
    color = saturated(base**0.92, 1.3)
    # a painter mixes each load of the brush anew: warmer and cooler, lighter and darker
    room = 0.35 + luma(color)
    room = room.clamp(max=0.95)
    mixed = tint(0.016, 0.004, -0.018, color) * dab + tint(-0.008, 0.006, 0.010, color) * wide
    color = color * (1 + 0.028 * dab + 0.034 * wide) + mixed * room
    right, down = slopes(0.55 * fine + 0.75 * dab + 0.5 * wide)
    ridge = -(0.6 * right + 0.8 * down)
    return color + room * (0.085 * ridge.clamp(-1.6, 2.2) + 0.022 * fine)


def watercolor(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return washes: glazes over each other, pigment that gathers at their borders, paper.

    Density of pigment is what turbulence, borders and the paper's grain change, as in Bousseau
    et al. 2006 ("Interactive watercolor rendering with temporal coherence").
    """
    grain, pool = strokes["grain"], _POOL_SCALE * blurred(strokes["cloud"], _POOL_PX)
    x, y = _swum(guides, strokes)
    wash = sampled(_glazed(guides), x, y).clamp(0.03, 1)
    rim = rims(wash, guides, strokes)
    settled = grain * (0.25 + 0.75 * (1 - luma(wash)))
    amount = 1 + 0.06 * pool + 0.02 * strokes["cloud"] + 0.045 * settled + rim
    pigment = -torch.log(wash) * amount.clamp(0.4, 2.4)
    # a brush lifted here and there before it reached the border leaves dry paper
    dry = smoothstep(strokes["cloud"] + 0.3 * strokes["wide"], 1.1, 1.7)
    pigment = pigment * (1 - 0.6 * dry * blurred(guides.edges, 1.6).clamp(0, 0.35) / 0.35)
    paper = tint(0.985, 0.974, 0.945, wash) * (1 + 0.012 * grain)
    return paper * torch.exp(-pigment)


def rims(wash: Tensor, guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return how much more pigment lies where two washes meet, and where bodies end (B, 1, H, W).

    Water carries it there as it dries.
    """
    border = blurred(sampled(guides.edges, *_swum(guides, strokes)), 0.8)
    rise_x, rise_y = slopes(blurred(wash, 1.0))
    meeting = (rise_x**2 + rise_y**2).sum(1, keepdim=True).sqrt()
    pool = _POOL_SCALE * blurred(strokes["cloud"], _POOL_PX)
    return blurred(meeting, 0.7).clamp(0, 0.16) * 3.6 + 0.55 * border * (1 + 0.3 * pool)


def _swum(guides: Guides, strokes: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Return whence the water has carried the paint at each place."""
    x, y = places(guides.rgb)
    right = 0.5 * strokes["cloud"].clamp(-2, 2)
    return x + right, y + 0.5 * blurred(strokes["wide"], 2.5).clamp(-2, 2)


def _glazed(guides: Guides) -> Tensor:
    """Return what is laid down before water moves it: glazes of each surface's own colour."""
    base = own_colors(guides)
    light = blurred(light_on(guides, base), 1.2)
    glaze = 0.30 + 0.22 * smoothstep(light, 0.18, 0.25) + 0.26 * smoothstep(light, 0.39, 0.48)
    glaze = glaze + 0.24 * smoothstep(light, 0.74, 0.84) + 0.5 * smoothstep(light, 1.2, 1.7)
    own = areas_of(base, guides, alike=0.16)
    # shadows are glazed with blue, lights are left to the paper
    cool = over(tint(0.84, 0.92, 1.14, own), torch.ones_like(own), smoothstep(light, 0.2, 0.8))
    flat = encoded(linear(own) * glaze * cool)
    flat = torch.where(guides.ids == 0, own, flat)
    seen = areas_of(guides.rgb, guides, passes=4, alike=0.10)
    wash = saturated(over(seen, flat, 0.65).clamp(0, 1) ** 0.70, 1.35)
    return over(wash, torch.ones_like(wash), 0.08 + 0.30 * smoothstep(luma(wash), 0.72, 0.98))


_POOL_PX = 9.0
_POOL_SCALE = 2.3
"""Pools of pigment are wider than the field's clouds; their deviation is brought back to 1."""
