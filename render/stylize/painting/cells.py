"""Painters of even areas: cel animation, pixels and cut paper."""

import torch
from torch import Tensor
from torch.nn import functional

from render.stylize.painting.filters import (
    blurred,
    luma,
    over,
    saturated,
    shifted,
    smoothstep,
    tint,
)
from render.stylize.painting.guides import Guides
from render.stylize.painting.smoothing import along_surfaces, encoded, kuwahara, light_on, linear
from render.stylize.painting.strokes import BLOCK_PX


def toon(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return cels: three tones a surface, and clean lines."""
    del strokes  # a cel has no texture
    paint = _areas(guides)
    light = blurred(light_on(guides, passes=4), 0.8)
    level = 0.40 + 0.38 * smoothstep(light, 0.15, 0.20) + 0.42 * smoothstep(light, 0.40, 0.48)
    level = level + 0.35 * smoothstep(light, 0.85, 0.95) + 0.5 * smoothstep(light, 1.35, 1.5)
    lit = encoded(linear(paint) * level)
    sky = kuwahara(guides.rgb, guides.tangents, radius_px=4.0, longer=1.0)
    lit = torch.where(guides.ids == 0, saturated(sky, 1.2), saturated(lit, 1.3))
    lines = smoothstep(1.9 * blurred(guides.edges, 0.75), 0.30, 0.85)
    return over(lit, 0.10 * lit, lines)


def pixel(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return blocks of few colours, dithered in order, with dark outlines."""
    picture = saturated(guides.rgb.clamp(0, 1) ** 0.9, 1.35).clamp(0, 1)
    nearest = guides.ids[..., 1::BLOCK_PX, 1::BLOCK_PX]
    own = functional.interpolate(nearest.float(), size=guides.ids.shape[-2:], mode="nearest")
    same = (own == guides.ids).float()
    pool = functional.avg_pool2d
    count = pool(same, BLOCK_PX, ceil_mode=True)
    block = pool(picture * same, BLOCK_PX, ceil_mode=True) / count.clamp(min=1 / 16)
    threshold = pool(strokes["dither"], BLOCK_PX, ceil_mode=True)
    block = _few_colors(block, threshold)
    far = pool(guides.depth, BLOCK_PX, ceil_mode=True)
    outline = torch.zeros_like(far)
    for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        other = shifted(nearest, right, down) != nearest
        behind = far < shifted(far, right, down)
        outline = torch.maximum(outline, (other & behind).float())
    block = over(block, 0.45 * block, outline)
    whole = functional.interpolate(block, scale_factor=float(BLOCK_PX), mode="nearest")
    return whole[..., : guides.rgb.shape[-2], : guides.rgb.shape[-1]]


_TONES, _HUES = 7.0, 10.0


def _few_colors(block: Tensor, threshold: Tensor) -> Tensor:
    """Return colours of an even palette: tones are dithered, hues are not."""
    tone = luma(block)
    hue = block - tone
    strong = hue.abs().amax(1, keepdim=True)
    shown = (tone * _TONES + 0.36 * threshold).round().clamp(0, _TONES) / _TONES
    hue = hue * (strong * _HUES).round() / (_HUES * strong).clamp(min=1e-4)
    return (shown + hue).clamp(0, 1)


def papercut(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return layers of coloured paper: few tones, cut edges, and the shadows that they throw."""
    paint = _areas(guides)
    light = blurred(light_on(guides, passes=4), 1.5)
    paint = kuwahara(paint, guides.tangents, radius_px=6.0, longer=1.0)
    soft = kuwahara(guides.rgb, guides.tangents, radius_px=5.0, longer=1.0)
    sheets = smoothstep(light, 0.22, 0.26) + smoothstep(light, 0.62, 0.68)
    sky = (luma(soft) * 5).round() / 5
    height = torch.where(guides.ids == 0, torch.zeros_like(sheets), sheets)
    color = encoded(linear(paint) * (0.48 + 0.46 * height))
    flat_sky = soft * (sky + 0.08) / (luma(soft) + 0.08)
    color = torch.where(guides.ids == 0, flat_sky, color)
    color = saturated(color.clamp(0, 1) ** 0.85, 1.35)
    shadow = _thrown(guides, height)
    rim = smoothstep(_thrown(guides, height, towards=-1, reach=1), 0.3, 0.9)
    fibre = 0.014 * strokes["fine"] + 0.016 * strokes["grain"] + 0.012 * strokes["cloud"]
    color = color * (1 + fibre) * (1 - 0.62 * shadow)
    return over(color, tint(1.0, 0.99, 0.96, color).expand_as(color), 0.30 * rim)


def _areas(guides: Guides) -> Tensor:
    """Return each surface's own colour, without its grain."""
    flat = along_surfaces(guides.albedo, guides, passes=3)
    return kuwahara(flat, guides.tangents, radius_px=4.0, longer=1.0).clamp(0, 1)


def _thrown(guides: Guides, height: Tensor, *, towards: int = 1, reach: int = 8) -> Tensor:
    """Return the soft shadow 0–1 that each layer throws right and down on layers behind it."""
    shadow = torch.zeros_like(guides.depth)
    for k in range(1, reach + 1):
        right, down = towards * k, towards * k
        nearer = guides.depth - shifted(guides.depth, right, down) > _NEARER
        other = shifted(guides.ids, right, down) != guides.ids
        sheet = shifted(height, right, down) - height > 0.5  # noqa: PLR2004 - half a sheet
        strength = 1 - (k - 1) / reach
        lower = (nearer & other).float() * strength
        step = sheet.float() * strength * (k <= _SHEET_PX) * 0.7
        shadow = torch.maximum(shadow, torch.maximum(lower, step))
    return blurred(shadow, 0.7)


_NEARER = 0.002
_SHEET_PX = 3
