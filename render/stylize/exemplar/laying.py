"""Patches of an exemplar's texture, laid on a frame one over the other.

Example-based synthesis guided by exact truth, after StyLit (Fišer et al. 2016) and StyleBlit
(Sýkora et al. 2019): whole pieces of the picture are taken, chosen by how bright and how coloured
the film is there, turned along its strokes, and kept to one body and one side of it. Which lies
above is a place's own; so the pieces, their borders and their order ride on surfaces.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from render.stylize.exemplar.character import Study
from render.stylize.exemplar.patches import RADIUS_PX, Patches
from render.stylize.exemplar.places import Places
from render.stylize.painting.filters import blurred
from render.stylize.painting.guides import Guides

_AT_ONCE = 192
"""Patches that are laid at the same time: what is worked on stays small."""
_ABOVE = 5.0
"""How many times (as a power of e) the uppermost patch outweighs the lowest."""
_LONGER = 1.25
_BEND = 3.0
_COVERED = 0.004
"""A place that no patch covers well keeps only a part of the texture."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Patches and where they go (n): source and goal [px], turn, way of strokes, weight."""

    from_x: Tensor
    from_y: Tensor
    x: Tensor
    y: Tensor
    turn: Tensor
    way: Tensor
    weight: Tensor
    row: Tensor
    column: Tensor


def laid(
    study: Study, patches: Patches, places: Places, base: Tensor, ways: Tensor, guides: Guides
) -> Tensor:
    """Return the texture of a frame, Oklab (1, 3, H, W).

    Args:
        study: The exemplar.
        patches: Its patches.
        places: Where to lay them.
        base: What is painted, Oklab (1, 3, H, W).
        ways: Double angle of the strokes there (1, 2, H, W).
        guides: Body and normal of each pixel.
    """
    height, width = base.shape[-2:]
    total = torch.zeros(height * width, 5)
    if len(places.x):
        pieces = _pieces(study, patches, places, base, ways)
        for start in range(0, len(places.x), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            some = Pieces(*(getattr(pieces, name)[part] for name in Pieces.__slots__))
            _lay(some, study, guides, total)
    summed = total.T.reshape(1, 5, height, width)
    # uncorrelated textures that are mixed keep their contrast (Heitz and Neyret 2018)
    return summed[:, :3] / (summed[:, 4:].sqrt() + _COVERED)


def _pieces(study: Study, patches: Patches, places: Places, base: Tensor, ways: Tensor) -> Pieces:
    row, column = torch.from_numpy(places.row), torch.from_numpy(places.column)
    calm = blurred(base, _ABOUT_PX * study.unit)  # a place must not change its mind with every ray
    lab, way = calm[0][:, row, column].T, ways[0][:, row, column].T
    chance = torch.from_numpy(places.chance).float()
    chosen = patches.chosen(lab, way, chance)
    own = patches.ways[chosen]
    angle, from_angle = (0.5 * torch.atan2(double[:, 1], double[:, 0]) for double in (way, own))
    # by how little a patch can be turned for its strokes to lie right; grain is not turned
    turn = torch.remainder(angle - from_angle + math.pi / 2, math.pi) - math.pi / 2
    sure = (own.norm(dim=1) / _SURE).clamp(max=1)
    rank = torch.from_numpy(places.rank).float()
    weight = torch.from_numpy(places.weight).float() * torch.exp(_ABOVE * (rank - 0.5))
    x, y = (torch.from_numpy(np.asarray(place)).float() for place in (places.x, places.y))
    return Pieces(
        patches.x[chosen], patches.y[chosen], x, y, turn * sure, angle, weight, row, column
    )


_SURE = 0.25
_ABOUT_PX = 5.0


def _lay(pieces: Pieces, study: Study, guides: Guides, total: Tensor) -> None:
    """Add some pieces' texture, its weight and its weight squared to a frame (h·w, 5)."""
    height, width = guides.ids.shape[-2:]
    radius = RADIUS_PX * study.unit
    reach = math.ceil(radius * _LONGER)
    steps = torch.arange(-reach, reach + 1)
    down, right = (grid.flatten() for grid in torch.meshgrid(steps, steps, indexing="ij"))
    column, row = (
        pieces.x.round().long()[:, None] + right,
        pieces.y.round().long()[:, None] + down,
    )
    dx, dy = column - pieces.x[:, None], row - pieces.y[:, None]
    cos, sin = torch.cos(pieces.way)[:, None], torch.sin(pieces.way)[:, None]
    along, across = (cos * dx + sin * dy) / _LONGER, (cos * dy - sin * dx) * _LONGER
    fall = 1 - (along**2 + across**2) / radius**2
    here = (fall > 0) & (row >= 0) & (row < height) & (column >= 0) & (column < width)
    which, where = torch.nonzero(here, as_tuple=True)
    at = (row[which, where] * width + column[which, where]).long()
    dx, dy, fall = dx[which, where], dy[which, where], fall[which, where]
    weight = pieces.weight[which] * fall**2 * _belonging(pieces, which, at, guides)
    own = torch.nonzero(weight > 0)[:, 0]
    which, at, dx, dy, weight = which[own], at[own], dx[own], dy[own], weight[own]
    cos, sin = torch.cos(pieces.turn)[which], torch.sin(pieces.turn)[which]
    found = _fetched(
        study.texture, pieces.from_x[which] + cos * dx + sin * dy,
        pieces.from_y[which] + cos * dy - sin * dx,
    )  # fmt: skip
    rows = torch.cat([found * weight, weight[None], weight[None] ** 2]).T
    total.index_add_(0, at, rows)


def _belonging(pieces: Pieces, which: Tensor, at: Tensor, guides: Guides) -> Tensor:
    """Return how much pixels belong to a piece's surface: same body, alike normal (n)."""
    width = guides.ids.shape[-1]
    own = (pieces.row * width + pieces.column)[which]
    ids, normals = guides.ids.flatten(), guides.normals[0].flatten(1)
    lean = (normals[:, at] * normals[:, own]).sum(0).clamp(0, 1) ** _BEND
    lean = torch.where(ids[own] == 0, torch.ones_like(lean), lean)
    return (ids[at] == ids[own]) * lean


def _fetched(texture: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return a picture's values at places (3, n); beyond its border it is mirrored."""
    height, width = texture.shape[-2:]
    grid = torch.stack([(2 * x + 1) / width - 1, (2 * y + 1) / height - 1], dim=-1)
    found: Tensor = functional.grid_sample(
        texture, grid[None, None], padding_mode="reflection", align_corners=False
    )
    return found[0, :, 0]
