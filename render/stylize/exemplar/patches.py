"""Patches of an exemplar's texture, and which of them goes where."""

from dataclasses import dataclass

import torch
from torch import Tensor

from render.stylize.exemplar.character import Study
from render.stylize.painting.filters import blurred

RADIUS_PX = 25.0
"""Of a patch, at 288 rows [px]."""
_SPACING_PX = 7.0
_STRATA = 16
"""Tones from each of which a place is offered one patch: chance offers, likeness chooses."""
_TURN_COSTS = 0.030
_DEPICTING_COSTS = 130.0
_COLOR_COUNTS = 1.5
_UNUSUAL_COSTS = 0.03
_BANDS = 24
"""Tones in each of which it is asked how much texture is usual."""


@dataclass(frozen=True, slots=True)
class Patches:
    """Where patches may be taken from, ordered from dark to bright.

    Attributes:
        x, y: Their middles [px] (n).
        lab: What is shown about them, Oklab (n, 3).
        ways: Double angle of their strokes, as long as it is sure (n, 2).
        flaws: What speaks against them: they depict something (n).
    """

    x: Tensor
    y: Tensor
    lab: Tensor
    ways: Tensor
    flaws: Tensor

    def chosen(self, lab: Tensor, ways: Tensor, chance: Tensor) -> Tensor:
        """Return the patch for each of several places (n): one as bright and as coloured.

        Each place is offered a few patches by chance, one of each tone, and takes the one that
        suits it best. Few are offered so that a place seldom changes its mind between frames.

        Args:
            lab: What is painted there, Oklab (n, 3).
            ways: Double angle of the strokes there (n, 2).
            chance: 0…1 (n); it belongs to the place.
        """
        count = len(self.x)
        tones = torch.arange(_STRATA)
        drawn = (chance[:, None] * (_PRIME * (tones + 1))) % 1.0
        offered = ((tones + drawn) * count / _STRATA).long().clamp(0, count - 1)
        apart = (self.lab[offered] - lab[:, None]) ** 2
        cost = apart[..., 0] + _COLOR_COUNTS * apart[..., 1:].sum(-1) + self.flaws[offered]
        sure = self.ways[offered].norm(dim=-1)
        agree = (self.ways[offered] * ways[:, None]).sum(-1)
        best = (cost + _TURN_COSTS * (sure - agree)).argmin(1)
        return offered.gather(1, best[:, None])[:, 0]


_PRIME = 37.631


def _unusual(study: Study, at: tuple[Tensor, Tensor], order: Tensor) -> Tensor:
    """Return by how much more texture than usual in its tone a patch has (n).

    A line that stands alone, a twig or a star, is a thing depicted, and no manner of painting.
    """
    power = (study.texture[:, :1] ** 2).sum(1, keepdim=True)
    widely, closely = (blurred(power, reach * study.unit)[0, 0][at] for reach in (14.0, 5.0))
    most = torch.maximum(widely, closely).clamp(min=1e-8).log()[order]
    band = max(1, len(most) // _BANDS)
    parts = [most[k : k + band] for k in range(0, len(most), band)]
    usual = torch.cat([part.median().expand(len(part)) for part in parts])
    beyond = torch.empty_like(most)
    beyond[order] = (most - usual).clamp(min=0)
    return beyond


def patches_of(study: Study) -> Patches:
    """Return the patches of an exemplar; such as reach over its border come last."""
    unit = study.unit
    height, width = study.soft.shape[-2:]
    margin_x, margin_y = (min(0.6 * RADIUS_PX * unit, edge / 3) for edge in (width, height))
    step = max(2.0, _SPACING_PX * unit)
    x = torch.arange(margin_x, width - margin_x, step)
    y = torch.arange(margin_y, height - margin_y, step)
    rows, columns = (grid.flatten() for grid in torch.meshgrid(y, x, indexing="ij"))
    at = rows.long(), columns.long()
    about = blurred(study.soft, 8 * unit)[0][:, at[0], at[1]].T
    order = about[:, 0].argsort(stable=True)
    flaws = _DEPICTING_COSTS * study.depicted[0, 0][at] ** 2
    flaws = flaws + _UNUSUAL_COSTS * _unusual(study, at, order)
    return Patches(
        x=columns[order], y=rows[order], lab=about[order], flaws=flaws[order],
        ways=study.ways[0][:, at[0], at[1]].T[order],
    )  # fmt: skip
