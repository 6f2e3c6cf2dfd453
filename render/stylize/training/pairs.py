"""Two frames of one scene in one style: what the network is taught of steadiness.

Both frames are painted from the same noise, pinned to surfaces, in one step. Carried along
exact motion, the earlier picture should be the later one (EquiVDM 2025 and "Warped Diffusion",
Daras et al. 2024, call it equivariance); where it is not, the network has made up something
that does not lie on the surface.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from render.stylize.diffusion.condition import condition_of
from render.stylize.painting.guides import joined
from render.stylize.painting.strokes import stroke_field
from render.stylize.painting.styles import STYLES
from render.stylize.steady.noise import Points, pinned_noise
from render.stylize.training.batches import Example
from render.stylize.training.examples import Examples

Painter = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]
"""What paints: a `StyleNetwork`."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Crops of two frames, the later one first.

    Attributes:
        noise: Standard normal (2 4 h w).
        condition: See `condition_of` (2 c h w).
        style: One-hot (2 styles).
        places: Where the later crop's pixels are in the earlier one, as `grid_sample` wants
            them (1 h w 2).
        seen: Where they could be seen there, 0 or 1 (1 1 h w).
    """

    noise: Tensor
    condition: Tensor
    style: Tensor
    places: Tensor
    seen: Tensor


def pair_rand(
    rng: np.random.Generator, examples: Examples, crop_px: int, device: torch.device | str = "cpu"
) -> Pair:
    """Return two frames of one scene, cropped to where most of the later one's pixels are.

    Args:
        rng: Chance.
        examples: The frames to choose from.
        crop_px: Width and height of the crops [px].
        device: Where training happens.
    """
    later, earlier, places, seen = examples.pair_rand(rng)
    height, width = seen.shape
    tall, wide = min(crop_px, height), min(crop_px, width)
    top = 8 * int(rng.integers((height - tall) // 8 + 1))
    left = 8 * int(rng.integers((width - wide) // 8 + 1))
    places, seen = places[top : top + tall, left : left + wide], seen[top:, left:][:tall, :wide]
    middle = np.median(places[seen], axis=0) if seen.any() else np.zeros(2)
    corner = np.round((middle - np.array([wide, tall]) / 2) / 8) * 8
    x, y = np.clip(corner, 0, [(width - wide) // 8 * 8, (height - tall) // 8 * 8]).astype(int)
    inside = ((places >= [x, y]) & (places <= [x + wide - 1, y + tall - 1])).all(-1)
    there = (places - [x, y] + 0.5) / np.array([wide, tall]) * 2 - 1
    crops = [_cropped(later, top, left, tall, wide), _cropped(earlier, int(y), int(x), tall, wide)]
    guides = joined([crop.guides for crop in crops]).to(device)
    seed = int(rng.integers(2**31))
    fields = np.stack([pinned_noise(crop.points, seed) for crop in crops])
    noise = torch.from_numpy(fields).to(device)
    style = torch.zeros(2, len(STYLES), device=device)
    style[:, int(rng.integers(len(STYLES)))] = 1
    return Pair(
        noise=noise,
        condition=condition_of(guides, noise, stroke_field(guides, noise)),
        style=style,
        places=torch.from_numpy(there.astype(np.float32))[None].to(device),
        seen=torch.from_numpy((seen & inside).astype(np.float32))[None, None].to(device),
    )


def unsteadiness(network: Painter, pair: Pair) -> Tensor:
    """Return the mean difference between the later picture and the earlier one carried along."""
    start = torch.zeros(2, device=pair.noise.device)
    painted = network(pair.noise[:, :3], start, pair.condition, pair.style)
    carried = functional.grid_sample(
        painted[1:], pair.places, mode="bilinear", padding_mode="border", align_corners=False
    )
    apart = (carried - painted[:1]).abs().mean(1, keepdim=True)
    mean: Tensor = (apart * pair.seen).sum() / pair.seen.sum().clamp(min=1)
    return mean


def _cropped(example: Example, top: int, left: int, height: int, width: int) -> Example:
    rows, columns = slice(top, top + height), slice(left, left + width)
    points = Points(*(part[rows, columns] for part in example.points))
    return Example(guides=example.guides.crop(top, left, height, width), points=points)
