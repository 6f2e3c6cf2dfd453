"""Painters with a point: pencil and pen."""

import torch
from torch import Tensor

from render.stylize.painting.filters import (
    blurred,
    luma,
    over,
    places,
    sampled,
    smoothstep,
    tint,
)
from render.stylize.painting.guides import Guides
from render.stylize.painting.smoothing import along_surfaces


def pencil(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return graphite on paper: hatching as dark as the tone, and searching contours."""
    hatch, cross, grain = strokes["hatch"], strokes["cross"], strokes["grain"]
    tone = _tone(guides) ** 0.75
    light = smoothstep(0.75 * hatch + 4.2 * (0.66 - tone), -0.9, 2.4)
    dark = smoothstep(0.75 * cross + 5.0 * (0.36 - tone), -0.6, 2.2)
    rubbed = smoothstep(0.62 - tone, 0.0, 0.6)
    graphite = 1 - (1 - 0.56 * light) * (1 - 0.52 * dark) * (1 - 0.24 * rubbed)
    contour = _contours(guides, strokes, sway_px=0.7, width_px=0.75)
    pressed = (1.15 + 0.25 * strokes["cloud"]).clamp(0.5, 1.6)
    graphite = 1 - (1 - graphite) * (1 - (0.95 * contour * pressed).clamp(0, 0.9))
    # the paper's tooth takes graphite on its peaks first
    graphite = graphite * (1 + 0.30 * grain * (1 - graphite)).clamp(0.3, 1.5)
    paper = tint(0.955, 0.95, 0.935, guides.rgb) * (1 + 0.010 * grain)
    return over(paper, tint(0.17, 0.17, 0.19, guides.rgb).expand_as(guides.rgb), graphite)


def ink(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return pen lines on warm paper: hatched, cross-hatched, and black where it is dark."""
    tone = _tone(guides) ** 0.72
    first = smoothstep(strokes["hatch"] + 5.5 * (0.50 - tone), 0.55, 1.05)
    second = smoothstep(strokes["cross"] + 6.0 * (0.27 - tone), 0.55, 1.05)
    solid = smoothstep(0.085 - tone + 0.02 * strokes["grain"], 0.0, 0.05)
    lines = torch.maximum(torch.maximum(first, second), solid)
    swell = 1.15 + 0.45 * strokes["cloud"]
    contour = _contours(guides, strokes, sway_px=0.35, width_px=0.8) * swell.clamp(0.5, 2.0)
    lines = torch.maximum(lines, smoothstep(contour, 0.22, 0.52))
    paper = tint(0.955, 0.915, 0.825, guides.rgb) * (1 + 0.012 * strokes["grain"])
    paper = paper * (1 - 0.035 * strokes["cloud"].clamp(0, 2))
    return over(paper, tint(0.085, 0.07, 0.075, guides.rgb).expand_as(guides.rgb), lines)


def _tone(guides: Guides) -> Tensor:
    """Return what a draughtsman sees of the light (B, 1, H, W): texture is left out."""
    return along_surfaces(luma(blurred(guides.rgb, 0.7)), guides, passes=2).clamp(1e-4, 1)


def _contours(
    guides: Guides, strokes: dict[str, Tensor], *, sway_px: float, width_px: float
) -> Tensor:
    """Return contours 0–1 that sway as a hand does (B, 1, H, W)."""
    x, y = places(guides.edges)
    sway = sway_px * blurred(strokes["wide"], 2.0).clamp(-2, 2)
    swayed = sampled(guides.edges, x + sway, y + sway)
    return (2.0 * blurred(swayed, width_px)).clamp(0, 1)
