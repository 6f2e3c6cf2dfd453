"""Lines that a hand draws about things: continuous, and as wide as they are told."""

import math

import torch
from torch import Tensor

from render.stylize.painting.filters import blurred
from render.stylize.painting.guides import Guides

_SIGMA_PX = 1.0
_PEAK = 1 / (_SIGMA_PX * math.sqrt(2 * math.pi))
"""What is left of a line of one pixel, at its middle, when it is blurred."""
_CREASE = 0.5


def contours(
    guides: Guides,
    *,
    borders_px: Tensor | float,
    creases_px: Tensor | float,
    edges: Tensor | None = None,
) -> Tensor:
    """Return how much of each pixel a line covers, 0–1 (B, 1, H, W).

    A line of one pixel that is blurred by a Gaussian falls off in a known way: cut at the
    right height it has any width, smooth sides, and no gaps. A fainter line is a thinner one.

    Args:
        guides: Whose borders and creases are drawn.
        borders_px: Width of the borders of bodies [px]; may differ from place to place.
        creases_px: Width of the creases inside of them [px].
        edges: What is drawn instead of the guides' own edges (swayed by a hand, say).
    """
    given = guides.edges if edges is None else edges
    border = _cut(blurred(given, _SIGMA_PX), borders_px)
    crease = _cut(blurred((given / _CREASE).clamp(max=1), _SIGMA_PX), creases_px)
    return torch.maximum(border, crease)


def _cut(soft: Tensor, width_px: Tensor | float) -> Tensor:
    """Return the coverage by a line of some width about the ridge of a blurred line."""
    height = (soft / _PEAK).clamp(1e-4, 1 - 1e-4)
    # 2 · distance from the middle of the line, from the Gaussian's own shape
    away_px = 2 * _SIGMA_PX * torch.sqrt(-2 * torch.log(height))
    return (0.5 + 0.5 * (width_px - away_px)).clamp(0, 1)
