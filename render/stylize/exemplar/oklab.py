"""Oklab, in which distances between colours are about as large as they look (Ottosson 2020)."""

import torch
from torch import Tensor

from render.stylize.painting.smoothing import encoded, linear


def oklab(color: Tensor) -> Tensor:
    """Return Oklab (B, 3, H, W) of sRGB colours 0–1: lightness 0–1, and a, b about ±0.3."""
    cones = _mixed(_TO_CONES, linear(color)).clamp(min=0) ** (1 / 3)
    return _mixed(_TO_LAB, cones)


def srgb(lab: Tensor) -> Tensor:
    """Return sRGB colours 0–1 of Oklab (B, 3, H, W); what no display shows is cut off."""
    cones = _mixed(torch.linalg.inv(_TO_LAB), lab)
    return encoded(_mixed(torch.linalg.inv(_TO_CONES), cones**3))


def chroma(lab: Tensor) -> Tensor:
    """Return how far colours are from grey (B, 1, H, W)."""
    length: Tensor = lab[:, 1:].norm(dim=1, keepdim=True)
    return length


def _mixed(matrix: Tensor, planes: Tensor) -> Tensor:
    return torch.einsum("ij,bjhw->bihw", matrix.to(planes.dtype), planes)


_TO_CONES = torch.tensor(
    [[0.4122214708, 0.5363325363, 0.0514459929],
     [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]],
    dtype=torch.float64,
)  # fmt: skip
_TO_LAB = torch.tensor(
    [[0.2104542553, 0.7936177850, -0.0040720468],
     [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]],
    dtype=torch.float64,
)  # fmt: skip
