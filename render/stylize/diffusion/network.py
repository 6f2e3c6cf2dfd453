"""A rectified-flow network in pixel space: no autoencoder, a picture in and a picture out.

The picture is folded 4 × 4 into channels (Shi et al. 2016, "pixel unshuffle"), a small U-Net
(Ronneberger et al. 2015) works on that coarse grid, and its answer is unfolded again. It
predicts the clean picture itself (Li and He 2025, x-prediction), as a change to the rendered
one. Time and style steer every block by a scale and a shift (Perez et al. 2018, FiLM).

A coarse place has few channels for each of its sixteen pixels: too few to turn a field of noise
into pen lines. So a small network of full resolution finishes each pixel from what is known of
it and around it (Yu and Koltun 2016, dilated convolutions), and from hints that the U-Net gives
it. What a pen does there has little to do with what a brush does: its kernels are mixed of one
set for all styles and one for each (Yang et al. 2019, CondConv).

Normalisation looks at one place's channels alone (Zhang and Sennrich 2019, RMS norm), never
at the whole picture: what leaves the picture on one side changes nothing on the other, which
would flicker in a film.
"""

import math
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

FOLD = 4
"""Pixels along one side of the square that becomes channels."""
FREQUENCIES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How big a network is; stored beside its weights.

    Attributes:
        condition: Channels of what is known of the frame.
        styles: Names of its styles, in the order of its embedding.
        channels: Channels of each level, finest first; each is half as wide as the last.
        blocks: Blocks of each level, on the way down and again on the way up.
        embedding: Numbers in which time and style are told.
        hints: Channels in which the U-Net tells each pixel what to become.
        detail: Channels of the network of full resolution.
    """

    condition: int
    styles: tuple[str, ...]
    channels: tuple[int, ...] = (96, 160, 256)
    blocks: int = 2
    embedding: int = 192
    hints: int = 8
    detail: int = 40

    @property
    def multiple(self) -> int:
        """Width and height of a picture have to be multiples of this [px]."""
        return int(FOLD * 2 ** (len(self.channels) - 1))

    def record(self) -> dict[str, Any]:
        """Return what `shape_of` reads back."""
        return asdict(self)


def shape_of(record: dict[str, Any]) -> Shape:
    """Return the shape that `Shape.record` described."""
    lists = {key: tuple(record[key]) for key in ("styles", "channels")}
    return Shape(**{**record, **lists})


class StyleNetwork(nn.Module):
    """Predicts the finished picture from a noisy one and what is known of the frame."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width, told = shape.channels[0], shape.embedding
        self.style = nn.Parameter(torch.randn(len(shape.styles), told))
        self.time = nn.Sequential(
            nn.Linear(2 * FREQUENCIES, told), nn.SiLU(), nn.Linear(told, told)
        )
        self.enter = nn.Conv2d((3 + shape.condition) * FOLD**2, width, 3, padding=1)
        levels = list(zip(shape.channels, shape.channels[1:], strict=False))
        self.down = nn.ModuleList(_stack(c, shape) for c in shape.channels[:-1])
        self.shrink = nn.ModuleList(nn.Conv2d(a, b, 3, 2, 1) for a, b in levels)
        self.middle = _stack(shape.channels[-1], shape, times=2)
        self.grow = nn.ModuleList(nn.Conv2d(b, a, 3, padding=1) for a, b in levels)
        self.join = nn.ModuleList(nn.Conv2d(2 * c, c, 1) for c in shape.channels[:-1])
        self.up = nn.ModuleList(_stack(c, shape) for c in shape.channels[:-1])
        self.tint, self.finish = _silent(told, width), _silent(told, 2 * width)
        self.grade = _silent(told, 12)
        self.leave = nn.Conv2d(width, (3 + shape.hints) * FOLD**2, 3, padding=1)
        nn.init.zeros_(self.leave.weight[: 3 * FOLD**2])
        if self.leave.bias is not None:
            nn.init.zeros_(self.leave.bias)
        self.detail = Detail(3 + shape.condition + shape.hints, shape)

    def forward(self, noisy: Tensor, time: Tensor, condition: Tensor, style: Tensor) -> Tensor:
        """Return the predicted clean picture (b 3 h w), −1…1 for sRGB 0…1.

        Args:
            noisy: Noise at time 0, the picture at time 1, a mix between (b 3 h w).
            time: When, 0…1 (b).
            condition: What is known of the frame; its first three channels are the rendered
                picture, −1…1 (b c h w).
            style: How much of each style (b styles), summing to 1.

        `h` and `w` are multiples of `Shape.multiple`.
        """
        told = functional.silu(self.time(_waves(time).to(style.dtype)) + style @ self.style)
        x = self.enter(functional.pixel_unshuffle(torch.cat([noisy, condition], 1), FOLD))
        x = x + self.tint(told)[:, :, None, None]
        kept = []
        for blocks, shrink in zip(self.down, self.shrink, strict=True):
            x = _through(blocks, x, told)
            kept.append(x)
            x = shrink(x)
        x = _through(self.middle, x, told)
        for level in reversed(range(len(kept))):
            x = self.grow[level](functional.interpolate(x, scale_factor=2.0, mode="nearest"))
            x = self.join[level](torch.cat([x, kept[level]], 1))
            x = _through(self.up[level], x, told)
        scale, shift = self.finish(told)[:, :, None, None].chunk(2, 1)
        x = self.leave(functional.silu(_evened(x) * (1 + scale) + shift))
        x = functional.pixel_shuffle(x, FOLD)
        fine = self.detail(torch.cat([noisy, condition, x[:, 3:]], 1), told, style)
        clean: Tensor = x[:, :3] + fine + self._graded(condition[:, :3], told)
        return clean

    def _graded(self, rendered: Tensor, told: Tensor) -> Tensor:
        """Return the rendered picture (b 3 h w) in the style's own tones: what is changed."""
        mixed: Tensor = self.grade(told)
        rows = mixed[:, :9].reshape(-1, 3, 3)
        graded: Tensor = rendered + torch.einsum("brc,bchw->brhw", rows, rendered)
        return graded + mixed[:, 9:, None, None]


class Block(nn.Module):
    """Two convolutions beside a way straight through, steered by time and style."""

    def __init__(self, channels: int, told: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        self.steer = _silent(told, 3 * channels)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """Return `x` (b c h w), changed as `told` (b e) says."""
        scale, shift, share = self.steer(told)[:, :, None, None].chunk(3, 1)
        y = self.first(functional.silu(_evened(x)))
        y = self.second(functional.silu(_evened(y) * (1 + scale) + shift))
        changed: Tensor = x + y * (share + _START_SHARE)
        return changed


_START_SHARE = 0.3


class Detail(nn.Module):
    """Layers of full resolution with kernels of each style's own: each pixel's last touch."""

    def __init__(self, given: int, shape: Shape) -> None:
        super().__init__()
        width, styles = shape.detail, len(shape.styles)
        sizes = [given, *(width for _ in _REACHES)]
        self.layers = nn.ModuleList(
            MixedConv(a, width, styles, reach) for a, reach in zip(sizes, _REACHES, strict=False)
        )
        self.last = MixedConv(width, 3, styles, 0)
        nn.init.zeros_(self.last.kernel)
        self.steer = _silent(shape.embedding, 2 * width * len(_REACHES))

    def forward(self, x: Tensor, told: Tensor, style: Tensor) -> Tensor:
        """Return what is added to a picture (b 3 h w).

        Args:
            x: What is known of each pixel (b c h w).
            told: Time and style (b e).
            style: How much of each style (b styles).
        """
        made = x.new_empty(len(x), 3, *x.shape[-2:])
        for mix in torch.unique(style, dim=0):
            here = (style == mix).all(1).nonzero()[:, 0]
            made = made.index_copy(0, here, self._touched(x[here], told[here], mix))
        return made

    def _touched(self, x: Tensor, told: Tensor, mix: Tensor) -> Tensor:
        steered = self.steer(told)[:, :, None, None].chunk(2 * len(_REACHES), 1)
        for k, layer in enumerate(self.layers.children()):
            x = functional.silu(layer(x, mix) * (1 + steered[2 * k]) + steered[2 * k + 1])
        touch: Tensor = self.last(x, mix)
        return touch


_REACHES = (1, 2, 4)


class MixedConv(nn.Module):
    """A convolution whose kernel is mixed of one for all styles and one for each."""

    def __init__(self, given: int, made: int, styles: int, reach: int) -> None:
        super().__init__()
        size = 3 if reach else 1
        self.reach = reach
        self.kernel = nn.Parameter(torch.empty(made, given, size, size))
        self.bias = nn.Parameter(torch.zeros(made))
        self.own = nn.Parameter(torch.zeros(styles, made, given, size, size))
        self.own_bias = nn.Parameter(torch.zeros(styles, made))
        nn.init.kaiming_normal_(self.kernel)

    def forward(self, x: Tensor, mix: Tensor) -> Tensor:
        """Return `x` (b c h w) folded with the kernel of a mix (styles) of styles."""
        kernel = self.kernel + torch.tensordot(mix, self.own, 1)
        bias = self.bias + mix @ self.own_bias
        return functional.conv2d(x, kernel, bias, padding=self.reach, dilation=self.reach or 1)


def parameter_count(network: nn.Module) -> int:
    """Return how many numbers are learnt."""
    return sum(p.numel() for p in network.parameters())


def _stack(channels: int, shape: Shape, times: int = 1) -> nn.ModuleList:
    return nn.ModuleList(Block(channels, shape.embedding) for _ in range(times * shape.blocks))


def _through(blocks: nn.Module, x: Tensor, told: Tensor) -> Tensor:
    for block in blocks.children():
        x = block(x, told)
    return x


def _evened(x: Tensor) -> Tensor:
    """Return each place's channels, scaled to a mean square of 1."""
    scale = torch.rsqrt(x.float().square().mean(1, keepdim=True) + _TINY)
    return x * scale.to(x.dtype)


_TINY = 1e-5


def _silent(given: int, made: int) -> nn.Linear:
    """Return a layer that says nothing before it has learnt something."""
    layer = nn.Linear(given, made)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def _waves(time: Tensor) -> Tensor:
    """Return sines and cosines of times (b) at many frequencies (b 2·n)."""
    octaves = torch.linspace(0, math.log(_FASTEST), FREQUENCIES, device=time.device)
    phase = time.float()[:, None] * torch.exp(octaves)[None]
    return torch.cat([phase.sin(), phase.cos()], 1)


_FASTEST = 300.0
