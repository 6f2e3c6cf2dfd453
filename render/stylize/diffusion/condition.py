"""What the network is told of a frame, besides the noise that it starts from."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from render.stylize.painting.filters import slopes
from render.stylize.painting.lights import dents
from render.stylize.painting.smoothing import areas_of, light_on, own_colors
from render.stylize.painting.strokes import CHANNELS

if TYPE_CHECKING:
    from render.stylize.painting.guides import Guides
else:  # types are looked up while tests run
    Guides = object

KNOWN_CHANNELS = 20
"""Rendered picture 3, base colour 3, depth, normals 3, edges, tangents 2, one field of noise,
even areas of base colour 3, light, and the slopes of a thumbed surface 2."""
NOISE_CHANNELS = 4
"""Fields of noise: the flow starts from three, and paint is made from all four."""


def condition_of(guides: Guides, noise: Tensor, strokes: Tensor) -> Tensor:
    """Return the condition (b c h w) of `StyleNetwork`.

    Besides what was rendered it holds what smoothing across many pixels finds out, which a small
    network would have to learn at great length: areas of one paint, and the light on them.

    Args:
        guides: The frames' guides.
        noise: Standard normal (b 4 h w).
        strokes: What `stroke_field(guides, noise)` gave (b s h w).
    """
    own = own_colors(guides)
    named = {name: strokes[:, k : k + 1] for k, name in enumerate(CHANNELS)}
    return torch.cat(
        [
            guides.rgb * 2 - 1,
            guides.albedo * 2 - 1,
            guides.depth * 2 - 1,
            guides.normals,
            guides.edges * 2 - 1,
            guides.tangents,
            noise[:, 3:4],
            strokes,
            areas_of(own, guides, alike=_ALIKE) * 2 - 1,
            light_on(guides, own, softly_px=_SOFTLY_PX) * 2 - 1,
            *(_STEEPER * slope for slope in slopes(dents(named))),
        ],
        1,
    )


_ALIKE, _SOFTLY_PX, _STEEPER = 0.16, 2.0, 3.0


def padded(x: Tensor, multiple: int) -> Tensor:
    """Return `x` (b c h w) with its last row and column repeated up to a multiple [px]."""
    height, width = x.shape[-2:]
    right, bottom = -width % multiple, -height % multiple
    return functional.pad(x, (0, right, 0, bottom), mode="replicate") if right or bottom else x
