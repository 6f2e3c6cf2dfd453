"""What could be seen of every body, frame by frame."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from render.frames import FrameBuffers
from scene_builder.model.arrays import Array, set_read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Visibility:
    """Silhouettes in numbers: claims can be judged without the frames.

    Attributes:
        body_ids: The stage's bodies, in its order.
        pixels: Visible pixels (f b).
        box: x0, y0, x1, y1 of the visible pixels, inclusive (f b 4) [px]; −1 where unseen.
        centroid: Mean place of the visible pixels (f b 2) [px]; NaN where unseen.
    """

    body_ids: tuple[str, ...]
    pixels: Int[Array, "f b"]
    box: Int[Array, "f b 4"]
    centroid: Float[Array, "f b 2"]

    def __post_init__(self) -> None:
        frames, bodies = len(self.pixels), len(self.body_ids)
        set_read_only(self, "pixels", np.int64, (frames, bodies))
        set_read_only(self, "box", np.int32, (frames, bodies, 4))
        set_read_only(self, "centroid", np.float64, (frames, bodies, 2))


class VisibilityMeter:
    """Measures silhouettes while frames stream by, in any order."""

    def __init__(self, body_ids: tuple[str, ...], frame_count: int) -> None:
        self._body_ids = body_ids
        self._pixels = np.zeros((frame_count, len(body_ids)), np.int64)
        self._box = np.full((frame_count, len(body_ids), 4), -1, np.int32)
        self._centroid = np.full((frame_count, len(body_ids), 2), np.nan)

    def add(self, frame: FrameBuffers) -> None:
        """Measure one frame."""
        self.add_index(frame.frame, frame.body_index)

    def add_index(self, frame: int, body_index: Int[Array, "h w"]) -> None:
        """Measure one frame of which only the body index is known (h w)."""
        rows, columns = np.nonzero(body_index)
        k = body_index[rows, columns] - 1
        bodies = len(self._body_ids)
        count = np.bincount(k, minlength=bodies)
        seen = np.flatnonzero(count)
        low = np.full((bodies, 2), np.iinfo(np.int32).max)
        high = np.full((bodies, 2), -1)
        places = np.stack([columns, rows], axis=-1)
        np.minimum.at(low, k, places)
        np.maximum.at(high, k, places)
        sums = np.stack(
            [np.bincount(k, weights=axis, minlength=bodies) for axis in places.T], axis=-1
        )
        self._pixels[frame] = count
        self._box[frame], self._centroid[frame] = -1, np.nan
        self._box[frame, seen] = np.concatenate([low, high], axis=-1)[seen]
        self._centroid[frame, seen] = sums[seen] / count[seen, None]

    def watch(self, frames: Iterable[FrameBuffers]) -> Iterator[FrameBuffers]:
        """Yield the frames on, measured."""
        for frame in frames:
            self.add(frame)
            yield frame

    def result(self) -> Visibility:
        """Return what was measured; frames that never came count as unseen."""
        return Visibility(
            body_ids=self._body_ids,
            pixels=self._pixels,
            box=self._box,
            centroid=self._centroid,
        )
