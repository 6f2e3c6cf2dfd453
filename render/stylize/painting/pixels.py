"""The painter of pixel art: few blocks, few colours, clean clusters, outlines that are chosen."""

import math
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

from render.stylize.painting.filters import shifted
from render.stylize.painting.guides import Guides
from render.stylize.painting.smoothing import areas_of, encoded, light_on, linear, own_colors
from render.stylize.painting.strokes import BLOCK_PX, ordered_dither


def pixel(guides: Guides, strokes: dict[str, Tensor]) -> Tensor:
    """Return blocks of one palette, dithered in order where tones meet, with dark outlines.

    The palette is the same for all films: what depended on the scene would flicker with it.
    """
    own = own_colors(guides)
    light = 0.10 + 0.95 * light_on(guides, own, softly_px=2.0)
    lit = linear(areas_of(own, guides, alike=0.16)) * light
    return _in_blocks(_oklab(lit.clamp(0, 1)), guides, strokes["dither"], _VIVID)


def on_blocks(picture: Tensor, guides: Guides) -> Tensor:
    """Return what is nearest to a picture and is pixel art: blocks of the palette, outlined.

    A network that is asked for blocks gives their tones; edges that fall on a grid exactly, and
    colours that are exactly those of a palette, are a rule and nothing to learn.

    Args:
        picture: The picture (B, 3, H, W), sRGB 0–1.
        guides: What guides the painting.
    """
    color = _oklab(linear(picture.clamp(0, 1)))
    hues = areas_of(color, guides, alike=_ALIKE)[:, 1:]
    return _in_blocks(torch.cat([color[:, :1], hues], 1), guides, ordered_dither(picture), 1.0)


def _in_blocks(color: Tensor, guides: Guides, thresholds: Tensor, vivid: float) -> Tensor:
    """Return blocks of the palette for colours in Oklab, made so much more vivid."""
    nearest = guides.ids[..., 1::BLOCK_PX, 1::BLOCK_PX]
    own = functional.interpolate(nearest.float(), size=guides.ids.shape[-2:], mode="nearest")
    same = (own == guides.ids).float()
    count = _pooled(same).clamp(min=1 / BLOCK_PX**2)
    block = _pooled(color * same) / count
    far = _pooled(guides.depth * same) / count
    gain = torch.tensor([1.0, vivid, vivid], device=block.device).view(1, 3, 1, 1)
    shade = _outline(nearest, far)
    dither = _DITHER * _pooled(thresholds) * (shade == 1)
    tone = (block[:, :1] + dither) * shade
    block = torch.cat([tone, block[:, 1:] * gain[:, 1:]], dim=1)
    shown = palette_of(block.device)[_nearest(block)].permute(0, 3, 1, 2)
    whole = functional.interpolate(shown, scale_factor=float(BLOCK_PX), mode="nearest")
    return whole[..., : guides.rgb.shape[-2], : guides.rgb.shape[-1]]


_VIVID = 1.15
_ALIKE = 0.05
"""How far colours of one area may be apart in Oklab: a network's hues waver by less."""
_DITHER = 0.019
"""Lightness by which the ordered threshold moves a block: tones lie about 0.15 apart."""
_SHADE_SIDE, _LIGHT_SIDE = 0.52, 0.80
"""Lightness of outlines away from the lamp, at the lower right, and towards it."""
_STEP = 0.004


def _pooled(plane: Tensor) -> Tensor:
    return functional.avg_pool2d(plane, BLOCK_PX, ceil_mode=True)


def _outline(ids: Tensor, far: Tensor) -> Tensor:
    """Return what lightness is multiplied by (B, 1, h, w): less than 1 on outlines."""
    shade = torch.ones_like(far)
    sides = ((-1, 0, _SHADE_SIDE), (0, -1, _SHADE_SIDE), (1, 0, _LIGHT_SIDE), (0, 1, _LIGHT_SIDE))
    for right, down, share in sides:
        other = shifted(ids, right, down) != ids
        before = far + _STEP < shifted(far, right, down)
        shade = torch.where(other & before & (ids > 0), shade.clamp(max=share), shade)
    return shade


def _nearest(color: Tensor) -> Tensor:
    """Return which colour of the palette is nearest (B, h, w), in Oklab."""
    known = _oklab(linear(palette_of(color.device).T[None, :, :, None]))[0, :, :, 0].T
    flat = color.permute(0, 2, 3, 1)
    weight = torch.tensor([1.0, _HUE_COUNTS, _HUE_COUNTS], device=color.device)
    known = (known * weight)[None].expand(len(flat), -1, -1)
    apart = torch.cdist((flat * weight).flatten(1, 2), known)
    return apart.argmin(-1).view(flat.shape[:3])


_HUE_COUNTS = 1.6


def _oklab(light: Tensor) -> Tensor:
    """Return Oklab (Ottosson 2020) of linear light (B, 3, H, W)."""
    to_cones = torch.tensor(_TO_CONES, dtype=light.dtype, device=light.device)
    to_lab = torch.tensor(_TO_LAB, dtype=light.dtype, device=light.device)
    cones = torch.einsum("ij,bjhw->bihw", to_cones, light).clamp(min=0) ** (1 / 3)
    return torch.einsum("ij,bjhw->bihw", to_lab, cones)


_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)

_HUES_DEG = (28.0, 56.0, 131.0, 147.0, 195.0, 260.0, 305.0, 355.0)
_YELLOW_DEG = 105.0
_EARTHS_DEG = (55.0, 92.0, 142.0, 255.0)
_TONES = (0.34, 0.49, 0.64, 0.79)
_YELLOW_TONES = (0.50, 0.65, 0.79, 0.93)
_EARTH_TONES = (0.27, 0.41, 0.55, 0.69, 0.83)
_GREYS = (0.16, 0.29, 0.41, 0.53, 0.65, 0.77, 0.88, 0.98)
_COLD_DEG, _WARM_DEG, _TURN = 275.0, 95.0, 0.07
"""Shadows turn to blue and lights to yellow, as pixel artists shift the hues of a ramp."""


@cache
def palette_of(device: torch.device) -> Tensor:
    """Return the palette, sRGB 0–1 (n, 3): ramps of nine hues, four earths, and greys."""
    ramps = [(tone, 0.21, hue) for hue in _HUES_DEG for tone in _TONES]
    ramps += [(tone, 0.19, _YELLOW_DEG) for tone in _YELLOW_TONES]
    ramps += [(tone, 0.07, hue) for hue in _EARTHS_DEG for tone in _EARTH_TONES]
    ramps += [(tone, 0.006, _COLD_DEG) for tone in _GREYS]
    return torch.tensor([_srgb(*ramp) for ramp in ramps], device=device)


def _srgb(tone: float, chroma: float, hue_deg: float) -> tuple[float, ...]:
    """Return a colour, as strong as sRGB can show it."""
    pole = _WARM_DEG if tone > _MIDDLE else _COLD_DEG
    turn = (pole - hue_deg + 180) % 360 - 180
    angle = math.radians(hue_deg + _TURN * turn * min(1.0, 2 * abs(tone - _MIDDLE)) * 2)
    back = torch.linalg.inv(torch.tensor(_TO_LAB, dtype=torch.float64))
    out = torch.linalg.inv(torch.tensor(_TO_CONES, dtype=torch.float64))
    while True:
        lab = torch.tensor(
            [tone, chroma * math.cos(angle), chroma * math.sin(angle)], dtype=torch.float64
        )
        light = out @ (back @ lab) ** 3
        if chroma <= 0 or (float(light.min()) >= 0 and float(light.max()) <= 1):
            return tuple(encoded(light).tolist())
        chroma = max(0.0, chroma - 0.004)


_MIDDLE = 0.56
