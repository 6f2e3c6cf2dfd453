"""Local operations on batches of pictures, shared by all painters.

A picture is a tensor (B, C, H, W); nothing here looks at the whole picture at once, so that
what a filter does at a place depends on that place's surroundings alone.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

_LUMA = (0.299, 0.587, 0.114)
"""Weights of display-referred colour (ITU-R BT.601)."""
_REACH = 2.6
"""Standard deviations that a Gaussian kernel reaches."""


def blurred(picture: Tensor, sigma_px: float) -> Tensor:
    """Return a picture blurred by a Gaussian; long ones are computed at half size."""
    height, width = picture.shape[-2:]
    if sigma_px > _LONG_PX and min(height, width) >= _SMALLEST_PX:
        small = functional.avg_pool2d(picture, 2, ceil_mode=True, count_include_pad=False)
        # what halving and doubling blur by themselves is taken off
        soft = blurred(small, math.sqrt(sigma_px**2 - _HALVING_VARIANCE) / 2)
        return resized(soft, (height, width))
    kernel = gaussian(sigma_px, picture)
    return _along(_along(picture, kernel, axis=3), kernel, axis=2)


_LONG_PX = 2.4
_SMALLEST_PX = 32
_HALVING_VARIANCE = 0.75


def gaussian(sigma_px: float, like: Tensor) -> Tensor:
    """Return the kernel (2·r + 1) of a Gaussian that sums to 1."""
    reach = max(1, math.ceil(_REACH * sigma_px))
    places = torch.arange(-reach, reach + 1, dtype=like.dtype, device=like.device)
    kernel = torch.exp(-0.5 * (places / sigma_px) ** 2)
    return kernel / kernel.sum()


def _along(picture: Tensor, kernel: Tensor, *, axis: int) -> Tensor:
    batch, channels, height, width = picture.shape
    reach = len(kernel) // 2
    planes = picture.reshape(batch * channels, 1, height, width)
    if axis == 3:  # noqa: PLR2004 - the rows' axis
        padded = functional.pad(planes, (reach, reach, 0, 0), mode="replicate")
        soft = functional.conv2d(padded, kernel.view(1, 1, 1, -1))
    else:
        padded = functional.pad(planes, (0, 0, reach, reach), mode="replicate")
        soft = functional.conv2d(padded, kernel.view(1, 1, -1, 1))
    return soft.reshape(batch, channels, height, width)


def resized(picture: Tensor, size: tuple[int, int]) -> Tensor:
    """Return a picture of `size` (height, width), bilinearly."""
    return functional.interpolate(picture, size=size, mode="bilinear", align_corners=False)


def places(like: Tensor) -> tuple[Tensor, Tensor]:
    """Return x and y of every pixel's centre (1, 1, H, W) [px]."""
    height, width = like.shape[-2:]
    y, x = torch.meshgrid(
        torch.arange(height, dtype=torch.float32, device=like.device),
        torch.arange(width, dtype=torch.float32, device=like.device),
        indexing="ij",
    )
    return x[None, None], y[None, None]


def sampled(picture: Tensor, x: Tensor, y: Tensor, *, mode: str = "bilinear") -> Tensor:
    """Return what a picture shows at places x, y (B, 1, H, W) [px]; its border goes on."""
    height, width = picture.shape[-2:]
    across = (2 * x[:, 0] + 1) / width - 1
    down = (2 * y[:, 0] + 1) / height - 1
    grid = torch.stack([across, down], dim=-1).expand(picture.shape[0], -1, -1, -1)
    return functional.grid_sample(
        picture, grid, mode=mode, padding_mode="border", align_corners=False
    )


def slopes(picture: Tensor) -> tuple[Tensor, Tensor]:
    """Return the central differences to the right and down, each like `picture`."""
    padded = functional.pad(picture, (1, 1, 1, 1), mode="replicate")
    right = (padded[..., 1:-1, 2:] - padded[..., 1:-1, :-2]) / 2
    down = (padded[..., 2:, 1:-1] - padded[..., :-2, 1:-1]) / 2
    return right, down


def shifted(picture: Tensor, right: int, down: int) -> Tensor:
    """Return a picture moved by whole pixels; what comes in repeats the border."""
    height, width = picture.shape[-2:]
    reach_x, reach_y = abs(right), abs(down)
    kind = picture.dtype
    padded = functional.pad(
        picture.float(), (reach_x, reach_x, reach_y, reach_y), mode="replicate"
    ).to(kind)
    top, left = reach_y - down, reach_x - right
    return padded[..., top : top + height, left : left + width]


def luma(color: Tensor) -> Tensor:
    """Return the brightness (B, 1, H, W) of display-referred colours."""
    weights = torch.tensor(_LUMA, dtype=color.dtype, device=color.device)
    return (color * weights.view(1, 3, 1, 1)).sum(1, keepdim=True)


def saturated(color: Tensor, share: float) -> Tensor:
    """Return colours `share` times as far from grey."""
    grey = luma(color)
    return grey + share * (color - grey)


def tint(red: float, green: float, blue: float, like: Tensor) -> Tensor:
    """Return one colour that can be put on a picture (1, 3, 1, 1)."""
    return torch.tensor([red, green, blue], dtype=like.dtype, device=like.device).view(1, 3, 1, 1)


def smoothstep(value: Tensor, low: float, high: float) -> Tensor:
    """Return 0 below `low`, 1 above `high`, and a smooth way between."""
    share = ((value - low) / (high - low)).clamp(0, 1)
    return share * share * (3 - 2 * share)


def over(below: Tensor, above: Tensor, share: Tensor | float) -> Tensor:
    """Return `above` laid over `below` with some coverage 0–1."""
    return below + (above - below) * share
