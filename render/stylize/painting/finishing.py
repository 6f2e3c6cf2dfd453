"""What a network's picture gets by rule: edges and textures that are known exactly.

A small network learns tones well and hair-fine edges badly. Where blocks end, where paper was cut,
and where pigment gathers follows from the guides; nothing about it has to be learnt.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import torch
from torch import Tensor

from render.stylize.painting.brushes import rims
from render.stylize.painting.cells import cut, sheets
from render.stylize.painting.filters import luma
from render.stylize.painting.guides import Guides
from render.stylize.painting.pixels import on_blocks
from render.stylize.painting.smoothing import areas_of
from render.stylize.painting.strokes import CHANNELS

_OF_ONE_SHEET = 0.07
"""How far tones of one sheet of paper may be apart: a network's waver by less."""

_RIMS_LEFT = 0.5
"""Share of the rims that is laid by rule: a network gives the rest, softly."""


def finished(style: str, picture: Tensor, guides: Guides, strokes: Tensor) -> Tensor:
    """Return a network's picture as its style finishes it (B, 3, H, W), sRGB 0–1.

    Args:
        style: The picture's style; most have nothing to add.
        picture: What the network gave (B, 3, H, W).
        guides: What the picture shows.
        strokes: What `stroke_field` gave for it.
    """
    if style not in FINISHES:
        return picture
    named = {name: strokes[:, k : k + 1] for k, name in enumerate(CHANNELS)}
    return FINISHES[style](picture.clamp(0, 1), guides, named).clamp(0, 1)


def _papercut(picture: Tensor, guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Even sheets, their cut edges, and their tooth."""
    paper = areas_of(picture, guides, alike=_OF_ONE_SHEET)
    return cut(paper, guides, sheets(guides), strokes)


def _watercolor(picture: Tensor, guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Rims of pigment where washes end, and the paper's grain."""
    wash = picture.clamp(0.03, 1)
    settled = strokes["grain"] * (0.25 + 0.75 * (1 - luma(wash)))
    more = 0.045 * settled + _RIMS_LEFT * rims(wash, guides, strokes)
    return torch.exp(torch.log(wash) * (1 + more))


def _pixel(picture: Tensor, guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Blocks of the palette."""
    del strokes
    return on_blocks(picture, guides)


FINISHES: Mapping[str, Callable[[Tensor, Guides, dict[str, Tensor]], Tensor]] = MappingProxyType(
    {"papercut": _papercut, "pixel": _pixel, "watercolor": _watercolor}
)
"""What some styles add to a network's picture."""
