"""The seam for style: frames with exact truth become pictures."""

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

import numpy as np

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from scene_builder.model.graph import Look


@runtime_checkable
class Stylizer(Protocol):
    """Gives frames their look, and moves nothing."""

    def stylize(
        self, shot: Shot, frames: Iterable[FrameBuffers], look: Look, rng: np.random.Generator
    ) -> Iterator[Picture]:
        """Yield one sRGB picture (h w 3) uint8 for each of `frames`, in order."""
        ...
