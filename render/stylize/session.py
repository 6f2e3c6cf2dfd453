"""One shot being painted: each frame is prepared by itself, and finished after the one before.

What a picture depends on: its frame, the frame before, and the picture before as it was written,
in 8 bits. So a film that was left can be taken up with `resume`. What is slow, the noise and
the paint of a frame, needs nothing but that frame: several frames are prepared at a time, in
threads, and finished in their order. However many threads there are, the pictures are the same.
"""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, final, runtime_checkable

import numpy as np
from jaxtyping import Float

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.plain import printed, shot_exposure_stops
from scene_builder.model.arrays import Array
from scene_builder.model.graph import Look

if TYPE_CHECKING:
    from torch import Tensor

    from render.stylize.painting.guides import Guides
else:  # types are looked up while tests run
    Tensor = Guides = object

Prepared = TypeVar("Prepared")
Item = TypeVar("Item")
Made = TypeVar("Made")
MOST_THREADS = 4
"""Frames that are prepared at the same time: more take memory, and wait for the finishing."""


@runtime_checkable
class SessionStylizer(Protocol):
    """A stylizer whose films can be taken up again, and painted more weakly in places."""

    def session(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> "Session[Any]":
        """Return what paints the frames of a shot; `first` is its first frame."""
        ...


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Easel:
    """What holds for all frames of a shot.

    Attributes:
        shot: What is painted.
        style: Name of the style.
        seed: Seed of the paint; one for a shot.
        strength: Share of the style's change to the plain picture, 0…1.
        share: Share of the last picture in each; 0 paints every frame for itself.
        stops: Exposure of the plain picture [stops].
        scale_m: Depth that counts as half far [m].
    """

    shot: Shot
    style: str
    seed: int
    strength: float
    share: float
    stops: float
    scale_m: float

    @classmethod
    def before(
        cls, shot: Shot, first: FrameBuffers, *, style: str, seed: int, strength: float,
        share: float,
    ) -> "Easel":  # fmt: skip
        """Return the easel of a shot; exposure and depth are measured on its first frame."""
        from render.stylize.painting.guides import scale_of

        return cls(
            shot=shot, style=style, seed=seed, strength=strength, share=share,
            stops=shot_exposure_stops(shot.stage, first), scale_m=scale_of(first.depth),
        )  # fmt: skip

    def guides(self, frame: FrameBuffers) -> Guides:
        """Return what guides the painting of a frame."""
        from render.stylize.painting.guides import guides_of_frame

        rotation = self.shot.track.world_from_camera(frame.frame).rotation
        plain = printed(frame.rgb, self.stops)
        return guides_of_frame(frame, plain, rotation, scale_m=self.scale_m)

    def noise(self, frame: FrameBuffers) -> Tensor:
        """Return the noise that is pinned to what a frame shows (1 4 h w)."""
        import torch

        from render.stylize.steady.noise import surface_noise

        return torch.from_numpy(surface_noise(frame, self.shot.track, self.seed))[None]


@dataclass(slots=True, kw_only=True)
class Session(ABC, Generic[Prepared]):
    """Paints the frames of one shot, in order.

    Attributes:
        easel: What holds for all frames.
        strengths: Strength of single bodies by body index, where it differs.
    """

    easel: Easel
    strengths: dict[int, float] = field(default_factory=dict)
    _before: tuple[int, Array, Picture] | None = None

    @abstractmethod
    def prepare(self, frame: FrameBuffers) -> Prepared:
        """Do what needs this frame alone; frames may be prepared in any order, in any thread."""

    @abstractmethod
    def paint(self, frame: FrameBuffers, prepared: Prepared, fusion: Any) -> Tensor:  # noqa: ANN401 - a Fusion, or None
        """Return the picture (1 3 h w), 0…1, of a prepared frame, fused with its history."""

    def picture(self, frame: FrameBuffers) -> Picture:
        """Return the picture of the next frame."""
        import torch

        with torch.inference_mode():
            return self.finish(frame, self.prepare(frame))

    def finish(self, frame: FrameBuffers, prepared: Prepared) -> Picture:
        """Return the picture of the next frame, which is prepared already."""
        import torch

        with torch.inference_mode():
            painted = self.paint(frame, prepared, self._fusion(frame))
            shown = (painted[0].permute(1, 2, 0) * 255).round().to(torch.uint8).numpy()
        picture = np.array(shown)
        self._before = (frame.frame, frame.body_index, picture)
        return picture

    def resume(self, frame: FrameBuffers, picture: Picture) -> None:
        """Go on after a frame whose picture has been written already."""
        self._before = (frame.frame, frame.body_index, picture)

    def pictures(
        self, frames: Iterable[FrameBuffers], *, threads: int | None = None
    ) -> Iterator[Picture]:
        """Yield the pictures of the next frames, in order.

        Args:
            frames: The frames; a few more are taken than pictures have been yielded.
            threads: How many prepare frames; None for as many as torch uses, at most 4.
        """
        import torch

        most = torch.get_num_threads()
        count = min(most, MOST_THREADS) if threads is None else threads
        if count < 2:  # noqa: PLR2004 - one thread is this one
            for frame in frames:
                yield self.picture(frame)
            return
        try:
            with ThreadPoolExecutor(
                count, initializer=torch.set_num_threads, initargs=(1,)
            ) as pool:
                for frame, prepared in _ahead(pool, self._prepared, frames, count):
                    yield self.finish(frame, prepared)
        finally:
            torch.set_num_threads(most)

    def strength_at(self, frame: FrameBuffers) -> "Tensor | float":
        """Return one strength, or one for each pixel (1 1 h w) if bodies differ."""
        if not self.strengths:
            return self.easel.strength
        import torch

        size = int(frame.body_index.max()) + 1
        table: Float[Array, " n"] = np.full(size, self.easel.strength)
        for index, strength in self.strengths.items():
            if index < size:
                table[index] = strength
        return torch.from_numpy(table[frame.body_index].astype(np.float32))[None, None]

    def _prepared(self, frame: FrameBuffers) -> Prepared:
        import torch

        with torch.inference_mode():  # a mode holds for one thread
            return self.prepare(frame)

    def _fusion(self, frame: FrameBuffers) -> Any:  # noqa: ANN401 - a Fusion, or None
        from render.stylize.steady.fusion import fusion_with

        if self._before is None or not self.easel.share or self._before[0] != frame.frame - 1:
            return None
        _, index, picture = self._before
        track = self.easel.shot.track
        return fusion_with(picture, index, frame, track, share=self.easel.share)


def painted_in_a_session(
    stylizer: SessionStylizer,
    shot: Shot,
    frames: Iterable[FrameBuffers],
    look: Look,
    rng: np.random.Generator,
) -> Iterator[Picture]:
    """Yield the pictures of a whole shot in one session; see `Stylizer.stylize`."""
    seed = int(rng.integers(2**31))
    several = iter(frames)
    first = next(several, None)
    if first is None:
        return
    session = stylizer.session(shot, first, look, seed)
    yield session.picture(first)
    yield from session.pictures(several)


def _ahead(
    pool: ThreadPoolExecutor, work: Callable[[Item], Made], items: Iterable[Item], count: int
) -> Iterator[tuple[Item, Made]]:
    """Yield items with what `work` makes of them, in order; `count` are under way."""
    waiting: deque[tuple[Item, Future[Made]]] = deque()
    try:
        for item in items:
            waiting.append((item, pool.submit(work, item)))
            if len(waiting) > count:
                first, made = waiting.popleft()
                yield first, made.result()
        while waiting:
            first, made = waiting.popleft()
            yield first, made.result()
    finally:
        for _, made in waiting:
            made.cancel()
