"""A long film in windows: which frames a video model paints together, and how windows join.

Video models take 4k + 1 frames at a time. Two windows share some: of these, the first few are
the earlier window's own, and the later window is told them as they are; over the others the
earlier window fades into the later one. Windows begin at multiples of four frames, so that both
see the same noise on the frames that they share.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8

from scene_builder.model.arrays import Array

GROUP = 4
"""Frames of one latent frame, after the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Frames that are painted together.

    Attributes:
        start: The first frame.
        stop: The frame after the last one.
        held: How many of its first frames are the earlier window's.
        faded: How many after them the earlier window fades into.
        shown: The frame after the last one that is finished with this window alone.
    """

    start: int
    stop: int
    held: int
    faded: int
    shown: int

    @property
    def first(self) -> int:
        """The first frame that this window changes."""
        return self.start + self.held

    @property
    def sole(self) -> int:
        """The first frame that is this window's alone."""
        return self.first + self.faded

    @property
    def length(self) -> int:
        """How many frames the model is asked for, 4k + 1: the last one is repeated."""
        return whole_length(self.stop - self.start)


def whole_length(frames: int) -> int:
    """Return the least 4k + 1 that is not smaller."""
    return -(-(frames - 1) // GROUP) * GROUP + 1


def planned(total: int, *, length: int, overlap: int, hold: int) -> tuple[Window, ...]:
    """Return the windows of a film, in order.

    Args:
        total: Frames of the film.
        length: Frames of a window, 4k + 1.
        overlap: Frames that two windows share, 4k + 1 and fewer.
        hold: How many of these the later window is told as they are.
    """
    starts = [0]
    while starts[-1] + length < total:
        starts.append(starts[-1] + length - overlap)
    windows = []
    for k, start in enumerate(starts):
        stop = min(start + length, total)
        held = hold if k else 0
        shown = starts[k + 1] + hold if k + 1 < len(starts) else total
        windows.append(
            Window(start=start, stop=stop, held=held, faded=overlap - held if k else 0, shown=shown)
        )
    return tuple(windows)


def fade(
    earlier: UInt8[Array, "h w 3"], later: UInt8[Array, "h w 3"], weight: float
) -> UInt8[Array, "h w 3"]:
    """Return a mix of one frame's pictures from two windows; `weight` is the later one's."""
    mixed = (1 - weight) * earlier.astype(np.float64) + weight * later
    return np.asarray(np.round(mixed), np.uint8)


def fade_weights(faded: int) -> Float[Array, " n"]:
    """Return the later window's weight in each faded frame, rising smoothly from 0 to 1 (n)."""
    t = (np.arange(faded) + 1) / (faded + 1)
    return np.asarray(t * t * (3 - 2 * t))


def window_at(windows: tuple[Window, ...], frame: int) -> int:
    """Return which window finishes a frame."""
    return next(k for k, window in enumerate(windows) if frame < window.shown)
