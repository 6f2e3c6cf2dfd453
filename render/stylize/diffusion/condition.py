"""What the network is told of a frame, besides the noise that it starts from."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from render.stylize.painting.guides import Guides
else:  # types are looked up while tests run
    Guides = object

KNOWN_CHANNELS = 14
"""Rendered picture 3, base colour 3, depth, normals 3, edges, tangents 2, one field of noise."""
NOISE_CHANNELS = 4
"""Fields of noise: the flow starts from three, and paint is made from all four."""


def condition_of(guides: Guides, noise: Tensor, strokes: Tensor) -> Tensor:
    """Return the condition (b c h w) of `StyleNetwork`.

    Args:
        guides: The frames' guides.
        noise: Standard normal (b 4 h w).
        strokes: What `stroke_field(guides, noise)` gave (b s h w).
    """
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
        ],
        1,
    )


def padded(x: Tensor, multiple: int) -> Tensor:
    """Return `x` (b c h w) with its last row and column repeated up to a multiple [px]."""
    height, width = x.shape[-2:]
    right, bottom = -width % multiple, -height % multiple
    return functional.pad(x, (0, right, 0, bottom), mode="replicate") if right or bottom else x
