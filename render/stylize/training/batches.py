"""Batches of crops: noise, what is known, and the picture that this very noise becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from render.stylize.diffusion.condition import condition_of
from render.stylize.painting.guides import Guides, joined
from render.stylize.painting.paint import paint
from render.stylize.painting.strokes import stroke_field
from render.stylize.painting.styles import STYLES
from render.stylize.steady.noise import Points, pinned_noise

Paint = Callable[[str, Guides, Tensor], Tensor]


@dataclass(frozen=True, kw_only=True)
class Example:
    """One frame to learn from.

    Attributes:
        guides: Its guides (a batch of one).
        points: What its noise is pinned to.
        fine: The same frame rendered with many samples, sRGB 0…1 (1 3 h w); None without.
    """

    guides: Guides
    points: Points
    fine: Tensor | None = None


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What one step learns from (b …).

    Attributes:
        noise: Standard normal (b 4 h w).
        condition: See `condition_of` (b c h w).
        target: Finished pictures, −1…1 (b 3 h w).
        style: One-hot (b styles).
    """

    noise: Tensor
    condition: Tensor
    target: Tensor
    style: Tensor


def batch_rand(
    rng: np.random.Generator,
    examples: Sequence[Example],
    *,
    size: int,
    crop_px: int,
    device: torch.device | str = "cpu",
    fine: Sequence[int] = (),
    more: Sequence[int] = (),
) -> Batch:
    """Return a batch of crops in one style.

    Args:
        rng: Chance.
        examples: The frames to choose from.
        size: Crops in the batch.
        crop_px: Width and height of a crop [px].
        device: Where painting and training happen.
        fine: Which examples have a twin of many samples.
        more: Styles that are drawn twice as often as others.
    """
    style = int(rng.choice([*range(len(STYLES)), *more]))
    painted = STYLES[style].painted
    usable = range(len(examples)) if painted else fine or range(len(examples))
    crops = [_crop_rand(rng, examples[int(usable[rng.integers(len(usable))])], crop_px)
             for _ in range(size)]  # fmt: skip
    guides = joined([crop.guides for crop in crops]).to(device)
    noise = torch.cat([_noise_rand(rng, crop.points) for crop in crops]).to(device)
    if painted:
        target = paint(STYLES[style].name, guides, noise)
    else:
        twins = [crop.guides.rgb if crop.fine is None else crop.fine for crop in crops]
        target = torch.cat(twins).to(device)
    one_hot = torch.zeros(size, len(STYLES), device=device)
    one_hot[:, style] = 1
    condition = condition_of(guides, noise, stroke_field(guides, noise))
    return Batch(noise=noise, condition=condition, target=target * 2 - 1, style=one_hot)


def together(batches: Sequence[Batch]) -> Batch:
    """Return several batches as one."""
    return Batch(**{
        name: torch.cat([getattr(batch, name) for batch in batches])
        for name in ("noise", "condition", "target", "style")
    })  # fmt: skip


def _crop_rand(rng: np.random.Generator, example: Example, crop_px: int) -> Example:
    """Return a part of a frame; mirrored half of the time would break hatching's one slant."""
    height, width = example.guides.rgb.shape[-2:]
    tall, wide = min(crop_px, height), min(crop_px, width)
    top = 8 * int(rng.integers((height - tall) // 8 + 1))
    left = 8 * int(rng.integers((width - wide) // 8 + 1))
    rows, columns = slice(top, top + tall), slice(left, left + wide)
    points = Points(*(part[rows, columns] for part in example.points))
    fine = None if example.fine is None else example.fine[..., rows, columns]
    return Example(guides=example.guides.crop(top, left, tall, wide), points=points, fine=fine)


def _noise_rand(rng: np.random.Generator, points: Points) -> Tensor:
    """Return noise (1 4 h w): pinned to surfaces as in films, or white, half of the time each."""
    if rng.random() < _PINNED:
        field = pinned_noise(points, int(rng.integers(2**31)))
    else:
        field = rng.standard_normal((4, *points.body.shape), np.float32)
    return torch.from_numpy(field)[None]


_PINNED = 0.7
