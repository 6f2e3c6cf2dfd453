"""Palettes: which colour of an exemplar stands for each colour of a film.

Optimal transport between both palettes (Ferradans et al. 2014, "Regularized discrete optimal
transport"): the film's colours go to the exemplar's by the shortest ways, in Oklab, and
neighbours stay neighbours. Both are a few dozen clusters; how much of each colour there is
counts softly only (Chizat et al. 2018, "Scaling algorithms for unbalanced transport"), so that a
film of one grey room need not wear the rarest colours of a picture. Between clusters a colour goes
a smooth mean of their ways in lightness, so that shading stays, and takes a mean of their hues. A
shot has one map: nothing of it changes with the frames.
"""

from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from render.stylize.exemplar.oklab import oklab
from scene_builder.model.arrays import Array

CLUSTERS = 40
SIDE = 33
"""Colours along each side of the table that a map is kept as."""
_BLUR = 0.004
"""Regularisation of the transport, in squared distances of Oklab."""
_SOFTLY = 0.12
"""How much it costs to use more or less of a colour than there is."""
_NEAR = 0.035
"""Distance over which ways of clusters are mixed."""
_ROUNDS = 300
_CLUSTER_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Colors:
    """A palette: the means (n 3) of clusters of colours in Oklab, and their shares (n), sum 1."""

    means: Float[Array, "n 3"]
    shares: Float[Array, " n"]


def clustered(colors: Float[Array, "m 3"], count: int = CLUSTERS) -> Colors:
    """Return a palette of at most `count` clusters of colours (k-means; Lloyd 1982)."""
    rng = np.random.default_rng(0)
    means = colors[rng.integers(len(colors), size=1)]
    for _ in range(count - 1):  # k-means++ (Arthur and Vassilvitskii 2007)
        apart = _apart(colors, means).min(1)
        if apart.sum() <= _TINY:
            break
        means = np.vstack([means, colors[rng.choice(len(colors), p=apart / apart.sum())]])
    for _ in range(_CLUSTER_ROUNDS):
        nearest = _apart(colors, means).argmin(1)
        held = np.bincount(nearest, minlength=len(means))
        sums = [np.bincount(nearest, colors[:, k], len(means)) for k in range(3)]
        moved = np.stack(sums, axis=-1) / np.maximum(held, 1)[:, None]
        means = np.where(held[:, None] > 0, moved, means)
    kept = held > 0
    return Colors(means[kept], held[kept] / held.sum())


_TINY = 1e-9


def transported(film: Colors, exemplar: Colors) -> Float[Array, "n 3"]:
    """Return where each cluster of a film's palette goes in an exemplar's (Sinkhorn's scaling)."""
    cost = _apart(film.means, exemplar.means)
    kernel = np.exp(-cost / _BLUR) + 1e-300
    power = _SOFTLY / (_SOFTLY + _BLUR)
    left, right = np.ones(len(film.shares)), np.ones(len(exemplar.shares))
    for _ in range(_ROUNDS):
        left = (film.shares / np.maximum(kernel @ right, 1e-200)) ** power
        right = (exemplar.shares / np.maximum(kernel.T @ left, 1e-200)) ** power
    plan = left[:, None] * kernel * right[None]
    return np.asarray(plan @ exemplar.means / plan.sum(1, keepdims=True))


def color_table(film: Colors, exemplar: Colors) -> Tensor:
    """Return the map from sRGB to the exemplar's Oklab, as a table (1, 3, SIDE, SIDE, SIDE).

    Its axes are blue, green and red, as `looked_up` wants them.
    """
    goals = transported(film, exemplar)
    steps = torch.linspace(0, 1, SIDE, dtype=torch.float64)
    blue, green, red = torch.meshgrid(steps, steps, steps, indexing="ij")
    given = torch.stack([red, green, blue]).flatten(1)[None, :, :, None]
    lab = oklab(given)[0, :, :, 0].T.numpy()
    apart = _apart(lab, film.means)
    near = np.exp((apart.min(1, keepdims=True) - apart) / (2 * _NEAR**2)) * np.sqrt(film.shares)
    near /= near.sum(1, keepdims=True)
    light = lab[:, 0] + near @ (goals - film.means)[:, 0]
    gone = np.column_stack([light.clip(0, 1), near @ goals[:, 1:]])
    return torch.from_numpy(gone.T.astype(np.float32)).reshape(1, 3, SIDE, SIDE, SIDE)


def looked_up(color: Tensor, table: Tensor) -> Tensor:
    """Return what a table says of sRGB colours (1, 3, H, W): Oklab, likewise."""
    grid = color.permute(0, 2, 3, 1)[:, None] * 2 - 1
    found = functional.grid_sample(
        table, grid, mode="bilinear", padding_mode="border", align_corners=True
    )
    return found[:, :, 0]


def gathered(lab: Tensor, levels: Tensor, share: float) -> Tensor:
    """Return colours drawn to the nearest of a few (n, 3) by a share, as a poster's are."""
    apart = torch.cdist(lab[0].flatten(1).T[None], levels[None])[0] ** 2
    weights = torch.softmax(-apart / _STEP, dim=1)
    drawn = (weights @ levels).T.reshape(lab.shape[1:])[None]
    return lab + share * (drawn - lab)


_STEP = 0.0012
"""How soft the border of two colours is, in squared distances."""


def _apart(one: Array, other: Array) -> Float[Array, "n m"]:
    """Return squared distances."""
    return np.asarray(((one[:, None] - other[None]) ** 2).sum(-1))
