"""The video route: a model paints many frames together, a long film in windows that overlap.

A frame depends on the frames of its window, on the frames that its window was told as they were
written, and on nothing else: a film that was left goes on with the windows that were at work.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, final, runtime_checkable

import numpy as np
from jaxtyping import Float

from render.frames import FrameBuffers, Picture
from render.stylize.large.canvas import Canvas, Told, weakened
from render.stylize.large.image import strength_of
from render.stylize.large.video.windows import (
    GROUP,
    Window,
    fade,
    fade_weights,
    planned,
    whole_length,
    window_at,
)
from render.stylize.session import Session
from scene_builder.model.arrays import Array

if TYPE_CHECKING:
    from torch import Tensor
else:  # types are looked up while tests run
    Tensor = object


@runtime_checkable
class VideoModel(Protocol):
    """A model that paints frames together."""

    def painted(
        self, canvas: Canvas, told: Sequence[Told], held: Sequence[Picture], start: int
    ) -> list[Picture]:
        """Return the pictures of a window, one for each of `told`.

        Args:
            canvas: The size it works at.
            told: What it is told of each frame, 4k + 1; every fourth from the first has noise.
            held: Pictures of the first frames, which it is told as they are.
            start: The window's first frame, for its seed.
        """
        ...


@final
@dataclass(slots=True, kw_only=True)
class VideoSession(Session[Told]):
    """Paints a shot window by window.

    Attributes:
        canvas: The size the model works at.
        model: The model.
        length: Frames of a window, 4k + 1.
        overlap: Frames that two windows share.
        hold: How many of these the later window is told as they are.
    """

    canvas: Canvas
    model: VideoModel
    length: int
    overlap: int
    hold: int
    _told: dict[int, Told] = field(default_factory=dict)
    _written: dict[int, Picture] = field(default_factory=dict)
    _tail: dict[int, Picture] = field(default_factory=dict)

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows of the shot."""
        total = self.easel.shot.trajectory.frame_count
        return planned(total, length=self.length, overlap=self.overlap, hold=self.hold)

    def prepare(self, frame: FrameBuffers) -> Told:
        """Make what the model is told of a frame."""
        last = self.easel.shot.trajectory.frame_count - 1
        return self.canvas.told(frame, noisy=frame.frame % GROUP == 0 or frame.frame == last)

    def paint(self, frame: FrameBuffers, prepared: Told, fusion: Any) -> Tensor:  # noqa: ANN401
        """Return a frame painted by itself (1 3 h w), 0…1."""
        import torch

        told = prepared if prepared.noise is not None else self.canvas.told(frame, noisy=True)
        painted = self.model.painted(self.canvas, [told], [], frame.frame)[0]
        picture = weakened(painted, told.plain, strength_of(self, told))
        return torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float() / 255

    def resume(self, frame: FrameBuffers, picture: Picture) -> None:
        """Go on after a frame whose picture has been written already."""
        self._told[frame.frame] = self.prepare(frame)
        self._written[frame.frame] = picture
        coming = min(frame.frame + 1, self.easel.shot.trajectory.frame_count - 1)
        at_work = window_at(self.windows, coming)
        self._forget(self.windows[max(at_work - 1, 0)].start)

    def pictures(
        self, frames: Iterable[FrameBuffers], *, threads: int | None = None
    ) -> Iterator[Picture]:
        """Yield the pictures of the next frames, in order; a window's frames are taken ahead."""
        windows = self.windows
        ends = {window.stop - 1: window for window in windows}
        begun, coming = max(self._written, default=-1) + 1, iter(frames)
        seen = -1
        for frame in coming:
            if not self._told and frame.frame:  # from the middle of a shot: each by itself
                yield from map(self.picture, chain([frame], coming))
                return
            self._told[frame.frame] = self.prepare(frame)
            seen = frame.frame
            window = ends.get(seen)
            if window is not None:
                yield from self._window(window, begun)
        if seen >= 0 and seen not in ends:  # the shot's end is not among the frames
            window = windows[window_at(windows, seen)]
            yield from self._window(replace(window, stop=seen + 1, shown=seen + 1), begun)

    def _window(self, window: Window, begun: int) -> Iterator[Picture]:
        """Yield the frames that a window finishes, from the first that is not written yet."""
        coming = range(max(window.first, begun), window.shown)
        if not coming:
            return
        if coming[0] < window.sole and not self._tail:  # taken up again in the middle of a fade
            self._tail = self._raw([one for one in self.windows if one.start < window.start][-1])
        raw, weights = self._raw(window), fade_weights(window.faded)
        for frame in coming:
            picture = raw[frame]
            if frame < window.sole:
                weight = float(weights[frame - window.first])
                picture = fade(self._tail[frame], picture, weight)
            told = self._told[frame]
            self._written[frame] = weakened(picture, told.plain, strength_of(self, told))
            yield self._written[frame]
        self._tail = {frame: raw[frame] for frame in range(window.shown, window.stop)}
        self._forget(window.shown - self.hold)

    def _raw(self, window: Window) -> dict[int, Picture]:
        """Return what the model paints of a window, by frame."""
        frames = [min(window.start + k, window.stop - 1) for k in range(window.length)]
        held = [self._written[k] for k in range(window.start, window.start + window.held)]
        painted = self.model.painted(
            self.canvas, [self._told[k] for k in frames], held, window.start
        )
        return dict(zip(range(window.start, window.stop), painted, strict=False))

    def _forget(self, before: int) -> None:
        for known in (self._told, self._written):
            for frame in [k for k in known if k < before]:
                del known[frame]


def latent_noises(told: Sequence[Told]) -> Float[Array, "c t y x"]:
    """Return the noise of latent frames: that of every fourth frame, from the first (c t y x).

    A film's last frame may be told several times, and stands for those that are missing.

    Raises:
        ValueError: If there are not 4k + 1 frames, or if the first has no noise.
    """
    if len(told) != whole_length(len(told)) or told[0].noise is None:
        raise ValueError(f"{len(told)} frames given; a window has 4k + 1, and noise in the first")
    found: list[Float[Array, "c y x"]] = []
    for one in told[::GROUP]:
        found.append(found[-1] if one.noise is None else one.noise)
    return np.stack(found, axis=1)
