"""From noise to a picture in one step or a few, along a straight flow.

A rectified flow (Liu et al. 2023) goes from noise at time 0 to the picture at time 1 on a
straight line. The network predicts where the line ends; Euler's method walks along it. Because
the paint in the targets was made from the very noise that the flow starts at, one step already
lands on brush strokes and not on their mean.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from render.stylize.diffusion.condition import padded
from render.stylize.diffusion.network import StyleNetwork

Blend = Callable[[Tensor], Tensor]
"""Changes a predicted clean picture (b 3 h w), 0…1, for example towards the last frame's."""


@torch.inference_mode()
def sample(
    network: StyleNetwork,
    noise: Tensor,
    condition: Tensor,
    style: Tensor,
    *,
    steps: int = 1,
    strength: Tensor | float = 1.0,
    blend: Blend | None = None,
    begun: Tensor | None = None,
) -> Tensor:
    """Return pictures (b 3 h w), sRGB 0…1, float32.

    Args:
        network: Which network; pictures are computed in its own number format.
        noise: Standard normal (b 4 h w) or (b 3 h w).
        condition: What `condition_of` gave.
        style: How much of each style (b styles), summing to 1.
        steps: How many times the network is asked.
        strength: Share of the style's change to the rendered picture, 0…1: one number, or one
            for each pixel (b 1 h w).
        blend: Applied to every predicted clean picture.
        begun: What `predicted` gave at time 0, if it is known already.
    """
    rendered = (condition[:, :3] + 1) / 2
    start = noise[:, :3]
    noisy, clean = start, rendered
    for k in range(steps):
        if k or begun is None:
            clean = predicted(network, noisy, condition, style, time=k / steps)
        else:
            clean = begun
        clean = (rendered + strength * (clean - rendered)).clamp(0, 1)
        if blend is not None:
            clean = blend(clean)
        reached = (k + 1) / steps
        # The line from the same noise to where it is now thought to end: what one step got
        # wrong is not carried on.
        noisy = (1 - reached) * start + reached * (clean * 2 - 1)
    return clean


@torch.inference_mode()
def predicted(
    network: StyleNetwork, noisy: Tensor, condition: Tensor, style: Tensor, *, time: float = 0.0
) -> Tensor:
    """Return the pictures (b 3 h w) in which a flow ends, sRGB 0…1 and a little beyond, float32.

    Args:
        network: Which network.
        noisy: Where the flow stands (b 3 h w); more channels are not looked at.
        condition: What `condition_of` gave.
        style: How much of each style (b styles), summing to 1.
        time: When it stands there, 0…1.
    """
    height, width = noisy.shape[-2:]
    parameter = next(network.parameters())
    known, given = (
        _like(padded(x, network.shape.multiple), parameter) for x in (condition, noisy[:, :3])
    )
    weights = style.to(parameter.device, parameter.dtype)
    when = torch.full((len(noisy),), time, device=parameter.device)
    ended: Tensor = network(given, when, known, weights)[..., :height, :width]
    return (ended.float().to(noisy.device) + 1) / 2


def style_weights(names: tuple[str, ...], mix: dict[str, float]) -> Tensor:
    """Return how much of each style (1 styles) a mix holds, summing to 1.

    Raises:
        KeyError: If the mix names a style that there is not.
    """
    weights = torch.zeros(1, len(names))
    for name, share in mix.items():
        if name not in names:
            raise KeyError(name)
        weights[0, names.index(name)] = share
    return weights / weights.sum()


def _like(x: Tensor, parameter: Tensor) -> Tensor:
    """Return pictures in the number format, place and layout in which a network convolves."""
    return x.to(parameter.device, parameter.dtype, memory_format=torch.channels_last)
