"""Painters of even areas: cel animation and cut paper."""

import torch
from torch import Tensor

from render.stylize.painting.filters import (
    blurred,
    luma,
    over,
    saturated,
    shifted,
    slopes,
    smoothstep,
    tint,
)
from render.stylize.painting.guides import Guides
from render.stylize.painting.lines import contours
from render.stylize.painting.smoothing import areas_of, encoded, light_on, linear, own_colors


def toon(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return cels: a few tones a surface, and clean lines, heavier on the side of the shade."""
    del strokes  # a cel has no texture
    own = own_colors(guides)
    paint = areas_of(own, guides, alike=0.16)
    light = blurred(light_on(guides, own, softly_px=2.0), 1.2)
    level = 0.38 + 0.30 * smoothstep(light, 0.15, 0.21) + 0.26 * smoothstep(light, 0.38, 0.45)
    level = level + 0.24 * smoothstep(light, 0.60, 0.68) + 0.28 * smoothstep(light, 0.88, 0.97)
    level = level + 0.4 * smoothstep(light, 1.35, 1.5)
    # a cel's shade is cooler than its light, and fuller
    shade = 1 - smoothstep(light, 0.38, 0.45)
    cool = 1 + shade * (tint(0.86, 0.93, 1.12, paint) - 1)
    lit = saturated(encoded(linear(paint) * level * cool), 1.3)
    lit = torch.where(guides.ids == 0, saturated(paint, 1.2), lit)
    lines = contours(guides, borders_px=1.35 + 0.8 * shade, creases_px=0.9)
    return over(lit, 0.12 * lit, lines)


def papercut(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return layers of coloured paper: few tones, cut edges, and the shadows that they throw."""
    own = own_colors(guides)
    paint = areas_of(own, guides, alike=0.22)
    backdrop, height = guides.ids == 0, sheets(guides)
    color = encoded(linear(paint) * (0.40 + 0.26 * height))
    tone = luma(paint) * _SKY_SHEETS
    part = tone - tone.floor()
    sky = (tone.floor() + smoothstep(part, 0.44, 0.56)) / _SKY_SHEETS
    color = torch.where(backdrop, paint * (sky + 0.08) / (luma(paint) + 0.08), color)
    color = 0.05 + 0.93 * saturated(color.clamp(0, 1) ** 0.85, 1.3)
    shadow = _thrown(guides, height)
    return cut(color * (1 - 0.60 * shadow), guides, height, strokes)


def sheets(guides: Guides) -> Tensor:
    """Return how many sheets of paper, by the light on them, lie above the lowest (B, 1, H, W)."""
    light = blurred(light_on(guides, own_colors(guides), softly_px=2.0), 2.0)
    height = smoothstep(light, 0.22, 0.27) + smoothstep(light, 0.42, 0.48)
    height = height + smoothstep(light, 0.64, 0.72)
    return torch.where(guides.ids == 0, torch.zeros_like(height), height)


def cut(color: Tensor, guides: Guides, height: Tensor, strokes: dict[str, Tensor]) -> Tensor:
    """Return sheets of paper with their tooth, and with white where they were cut.

    Args:
        color: The sheets' colours (B, 3, H, W).
        guides: What they show.
        height: How many of them lie above the lowest (B, 1, H, W).
        strokes: The named planes of the stroke field.
    """
    rim = smoothstep(_thrown(guides, height, towards=-1, reach=2), 0.35, 0.75)
    # the tooth of construction paper, lit from the upper left
    right, down = slopes(strokes["grain"] + 0.6 * strokes["fine"])
    fibre = 0.016 * (right + down).clamp(-2, 2) + 0.010 * strokes["cloud"]
    color = color * (1 + fibre)
    return over(color, over(color, tint(1.0, 0.985, 0.95, color).expand_as(color), 0.62), rim)


_SKY_SHEETS = 4.0


def _thrown(guides: Guides, height: Tensor, *, towards: int = 1, reach: int = 8) -> Tensor:
    """Return the soft shadow 0–1 that each layer throws right and down on layers behind it."""
    shadow = torch.zeros_like(guides.depth)
    for k in range(1, reach + 1):
        right, down = towards * k, towards * k
        nearer = guides.depth - shifted(guides.depth, right, down) > _NEARER
        other = shifted(guides.ids, right, down) != guides.ids
        sheet = (shifted(height, right, down) - height).clamp(0, 1)
        strength = 1 - (k - 1) / reach
        lower = (nearer & other).float() * strength
        step = 0.45 * sheet * strength * (k <= _SHEET_PX)
        shadow = torch.maximum(shadow, torch.maximum(lower, step))
    return blurred(shadow, 0.7)


_NEARER = 0.002
_SHEET_PX = 3
