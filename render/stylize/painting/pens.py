"""Painters with a point: pencil and pen."""

import torch
from torch import Tensor

from render.stylize.painting.filters import blurred, luma, over, places, sampled, smoothstep, tint
from render.stylize.painting.guides import Guides
from render.stylize.painting.lines import contours
from render.stylize.painting.smoothing import (
    along_surfaces,
    areas_of,
    encoded,
    light_on,
    linear,
    own_colors,
)


def pencil(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return graphite on paper: layers of hatching as dark as the tone, searching contours."""
    hatch, cross, grain = strokes["hatch"], strokes["cross"], strokes["grain"]
    light, tone = _seen(guides)
    tone = tone**0.8
    rubbed = 0.34 * smoothstep(0.80 - tone, 0.0, 0.75)
    first = 0.50 * smoothstep(0.55 * hatch + 3.6 * (0.60 - tone).clamp(max=0.35), -0.45, 1.7)
    second = 0.46 * smoothstep(0.60 * cross + 4.5 * (0.40 - tone).clamp(max=0.35), -0.3, 1.6)
    third = 0.55 * smoothstep(0.45 * hatch + 6.0 * (0.22 - tone), -0.2, 1.2)
    graphite = 1 - (1 - rubbed) * (1 - first) * (1 - second) * (1 - third)
    graphite = graphite * smoothstep(0.97 - tone, 0.0, 0.12)  # lights stay paper
    # a contour is searched for twice, and pressed where the form turns from the light
    shade = 1 - smoothstep(light, 0.25, 0.75)
    pressed = (0.62 + 0.30 * shade + 0.10 * strokes["cloud"]).clamp(0.25, 0.95)
    drawn = contours(
        guides, borders_px=1.25 + 0.5 * shade, creases_px=0.8, edges=_swayed(guides, strokes, 0.5)
    )
    again = contours(guides, borders_px=0.7, creases_px=0.0, edges=_swayed(guides, strokes, -1.6))
    graphite = 1 - (1 - graphite) * (1 - pressed * drawn) * (1 - 0.42 * again)
    # the paper's tooth takes graphite on its peaks first
    graphite = graphite * (1 + 0.26 * grain * (1 - graphite)).clamp(0.3, 1.5)
    paper = tint(0.96, 0.955, 0.94, guides.rgb) * (1 + 0.008 * grain)
    return over(paper, tint(0.15, 0.15, 0.17, guides.rgb).expand_as(guides.rgb), graphite)


def ink(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return pen lines on warm paper: hatched, cross-hatched, and black where it is dark."""
    light, tone = _seen(guides)
    tone = tone**0.72
    # lines swell until they cover half of the paper; then others cross them
    first = _line(strokes["hatch"], 0.50 - tone)
    second = _line(strokes["cross"], 0.34 - tone)
    solid = smoothstep(0.15 - tone + 0.012 * strokes["cloud"], 0.0, 0.03)
    lines = torch.maximum(torch.maximum(first, second), solid)
    shade = 1 - smoothstep(light, 0.30, 0.80)
    swell = (1.0 + 0.22 * strokes["cloud"]).clamp(0.6, 1.6)
    near = 1 - smoothstep(guides.depth, 0.25, 0.75)
    drawn = contours(
        guides, borders_px=swell * (1.35 + 1.1 * shade + 0.5 * near), creases_px=1.0 * swell,
        edges=_swayed(guides, strokes, 0.3),
    )  # fmt: skip
    lines = torch.maximum(lines, drawn)
    paper = tint(0.965, 0.93, 0.85, guides.rgb) * (1 + 0.010 * strokes["grain"])
    paper = paper * (1 - 0.008 * strokes["cloud"].clamp(0, 2))
    return over(paper, tint(0.085, 0.07, 0.075, guides.rgb).expand_as(guides.rgb), lines)


def _line(hatch: Tensor, darker: Tensor) -> Tensor:
    """Return hatched lines 0–1, from where it is dark enough for any, wider as it grows darker.

    Lines begin at once: the palest would be a rain of dashes. Wider than the gaps they never
    are; other lines cross them instead.
    """
    begun = smoothstep(darker, 0.0, 0.02)
    return begun * smoothstep(hatch + (4.0 * darker).clamp(0, 0.6), 0.50, 0.95)


def _seen(guides: Guides) -> tuple[Tensor, Tensor]:
    """Return light and tone (B, 1, H, W) as a draughtsman sees them: texture is left out."""
    own = own_colors(guides)
    light = light_on(guides, own, softly_px=1.2)
    bare = luma(encoded(linear(areas_of(own, guides, passes=4)) * light))
    seen = along_surfaces(luma(blurred(guides.rgb, 0.7)), guides, passes=3)
    return light, (0.6 * bare + 0.4 * seen).clamp(1e-4, 1)


def _swayed(guides: Guides, strokes: dict[str, Tensor], most_px: float) -> Tensor:
    """Return the edges where a hand draws them (B, 1, H, W)."""
    x, y = places(guides.edges)
    sway = most_px * blurred(strokes["wide"], 2.0).clamp(-2, 2)
    return sampled(guides.edges, x + sway, y + 0.6 * sway)
