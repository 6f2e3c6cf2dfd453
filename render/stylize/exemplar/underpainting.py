"""What lies below the strokes: the film in the exemplar's colours, asked colours kept."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from render.stylize.exemplar.character import Study
from render.stylize.exemplar.oklab import chroma, oklab
from render.stylize.exemplar.palette import gathered, looked_up
from render.stylize.painting.filters import blurred, over, smoothstep
from render.stylize.painting.guides import Guides, level_lines, unit_angle
from render.stylize.painting.lines import contours
from render.stylize.painting.smoothing import (
    areas_of,
    encoded,
    kuwahara,
    light_on,
    linear,
    own_colors,
)
from scene_builder.knowledge.colors import COLORFUL, linear_color
from scene_builder.model.errors import SceneError
from scene_builder.model.material import srgb_from_linear
from scene_builder.model.stage import Stage

GREY_CHROMA = 0.04
"""Chroma in Oklab below which an asked colour is a grey."""
_TURN = math.radians(15)
"""By how much the hue of an asked colour may go towards the exemplar's."""
_FULLNESS = 0.85
"""Share of its own chroma that an asked colour keeps at least."""
_LIGHTER = 0.16
"""How much lighter or darker an asked colour may become."""
_STROKE_PX = 3.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Colours that words ask for, by body index: whether any, hue [rad], whether a grey (n)."""

    any: Tensor
    hue: Tensor
    grey: Tensor

    @classmethod
    def of(cls, stage: Stage) -> "Asked":
        """Return the asked colours of a stage's bodies; body index 0 is the background."""
        count = len(stage.bodies) + 1
        known, hue, grey = torch.zeros(count), torch.zeros(count), torch.zeros(count)
        for k, body in enumerate(stage.bodies):
            if body.color_asked is None or body.color_asked == COLORFUL:
                continue
            try:
                color = srgb_from_linear(linear_color(body.color_asked))
            except SceneError:
                continue
            lab = oklab(torch.tensor(color, dtype=torch.float64).view(1, 3, 1, 1))
            known[k + 1] = 1.0
            hue[k + 1] = float(torch.atan2(lab[0, 2, 0, 0], lab[0, 1, 0, 0]))
            grey[k + 1] = float(chroma(lab)) < GREY_CHROMA
        return cls(known, hue, grey)

    def kept(self, painted: Tensor, plain: Tensor, ids: Tensor) -> Tensor:
        """Return a painting (1, 3, H, W), Oklab, in which asked colours keep their names.

        Args:
            painted: What was painted.
            plain: The plain picture, Oklab.
            ids: Body index (1, 1, H, W).
        """
        index = ids.long()
        share = self.any[index]
        if not share.any():
            return painted
        hue, grey = self.hue[index], self.grey[index]
        off = torch.atan2(painted[:, 2:], painted[:, 1:2]) - hue
        strong = chroma(painted)
        turned = hue + _TURN * torch.sin(off) * strong / (strong + _WEAK)
        full = torch.maximum(strong, _FULLNESS * chroma(plain))
        vivid = torch.cat([full * torch.cos(turned), full * torch.sin(turned)], dim=1)
        pale = painted[:, 1:] * (_GREYEST / strong.clamp(min=_GREYEST))
        light = plain[:, :1] + (painted[:, :1] - plain[:, :1]).clamp(-_LIGHTER, _LIGHTER)
        named = torch.cat([light, over(vivid, pale, grey)], dim=1)
        return over(painted, named, share)


_WEAK = 0.05
_GREYEST = 0.03


def underpainted(study: Study, table: Tensor, guides: Guides, asked: Asked | None) -> Tensor:
    """Return what lies below the strokes, Oklab (1, 3, H, W).

    Args:
        study: The exemplar.
        table: Which of its colours stands for each of the film's; see `color_table`.
        guides: What the frame shows.
        asked: Colours to be kept; None for a black-and-white exemplar.
    """
    character = study.character
    flat = character.flatness
    seen = guides.rgb
    if flat < 1:
        seen = kuwahara(seen, guides.tangents, radius_px=_STROKE_PX * study.unit, longer=1.6)
    if flat:
        seen = over(seen, _even(guides), flat)
    lab = looked_up(seen.clamp(0, 1), table)
    if flat:
        lab = gathered(lab, study.levels, flat)
    return lab if asked is None else asked.kept(lab, oklab(seen), guides.ids)


def _even(guides: Guides) -> Tensor:
    """Return even areas (1, 3, H, W): each surface's own colour in light, half shade and shade."""
    own = own_colors(guides)
    light = light_on(guides, own, softly_px=2.0)
    tone = 0.30 + 0.28 * smoothstep(light, 0.16, 0.24) + 0.40 * smoothstep(light, 0.42, 0.52)
    lit = encoded(linear(areas_of(own, guides, alike=0.22)) * tone)
    return torch.where(guides.ids == 0, areas_of(guides.rgb, guides, alike=0.16), lit)


def stroke_ways(study: Study, guides: Guides) -> Tensor:
    """Return the double angle of strokes in a frame (1, 2, H, W).

    Strokes that all go one way in the exemplar do so in the film, bent a little by surfaces;
    others follow the forms.
    """
    character = study.character
    forms = blurred(guides.tangents, _CALM_PX * study.unit)
    one = torch.tensor(character.way).view(1, 2, 1, 1)
    bent = one + _BEND * (1 - guides.normals[:, 2:].abs()) * level_lines(guides.normals)
    return unit_angle(over(unit_angle(forms), unit_angle(bent), character.along))


_CALM_PX = 5.0
_BEND = 0.3


def outlined(lab: Tensor, study: Study, guides: Guides) -> Tensor:
    """Return a painting with its borders as dark as those of the exemplar."""
    dark = study.character.contour
    share = float(smoothstep(torch.tensor(dark), *_DRAWN))
    if not share:
        return lab
    lines = contours(guides, borders_px=_LINE_PX * study.unit, creases_px=_CREASE_PX * study.unit)
    tones = study.soft[0].flatten(1)
    darkest = tones[:, tones[0].argsort()[: max(1, tones.shape[1] // 100)]].mean(1)
    pen = darkest.view(1, 3, 1, 1).expand_as(lab)
    return over(lab, over(lab, pen, _PRESSED), share * lines)


_DRAWN = (0.03, 0.15)
_LINE_PX, _CREASE_PX = 1.6, 0.8
_PRESSED = 0.85
