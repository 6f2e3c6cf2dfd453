"""Shapes that a painter sees: blades and specks belong to the ground that they stand on.

A lawn of a thousand blades is one area with a texture. Drawn as a thousand bodies it gives
specks, dashes and shadows of a pixel each, in every style that draws borders.
"""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from render.stylize.painting.filters import shifted

_AROUND = tuple((x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y)
_REACH = 3
"""Passes in which what is thin is filled from its sides, one pixel each."""
_SAME_PLACE = 0.10
"""Share by which depths of a blade and of the ground behind it may differ."""


class Shapes(NamedTuple):
    """What lies where (B, 1 or 3, H, W): depth as in `Guides`, normals and body index."""

    depth: Tensor
    normals: Tensor
    ids: Tensor


def without_specks(seen: Shapes) -> Shapes:
    """Return shapes in which threads that lie on something are part of it.

    A thread is what a square of 3 px does not fit into (a morphological opening). It goes if a
    solid area of another body lies beside it at nearly the same depth: grass goes, the leg of
    a table before a far wall stays.
    """
    solid = _opened(seen.ids)
    depth, normals, ids = seen
    known = solid
    for _ in range(_REACH):
        best = torch.full_like(depth, torch.inf)
        found = [torch.zeros_like(depth), torch.zeros_like(normals), torch.zeros_like(ids)]
        for right, down in _AROUND:
            offered = [shifted(layer, right, down) for layer in (depth, normals, ids)]
            apart = _apart(offered[0], seen.depth)
            apart = torch.where(shifted(known, right, down) & ~known, apart, torch.inf)
            nearer = apart < best
            best = torch.where(nearer, apart, best)
            found = [torch.where(nearer, new, old) for new, old in zip(offered, found, strict=True)]
        taken = best < _SAME_PLACE
        depth, normals, ids = (
            torch.where(taken, new, old)
            for new, old in zip(found, (depth, normals, ids), strict=True)
        )
        known = known | taken
    return Shapes(depth, normals, ids)


def _opened(ids: Tensor) -> Tensor:
    """Return which pixels lie in a square of 3 px of one body (B, 1, H, W) bool."""
    index = functional.pad(ids.float(), (1, 1, 1, 1), mode="replicate")
    inner = functional.max_pool2d(index, 3, 1) == -functional.max_pool2d(-index, 3, 1)
    return functional.max_pool2d(inner.float(), 3, 1, 1) > 0


def _apart(one: Tensor, other: Tensor) -> Tensor:
    """Return the share by which two depths differ: Δz / z = Δd / (d · (1 − d))."""
    nearer = torch.minimum(one, other).clamp(1e-3, 1 - 1e-3)
    return (one - other).abs() / (nearer * (1 - nearer))
