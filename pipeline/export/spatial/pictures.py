"""What one eye sees: its frames, toned or drawn as the other eye's are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.run_folder.frame_store import FrameStore
from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.plain import PlainStylizer, shot_exposure_stops
from render.stylize.stylizer import Stylizer
from render.stylize.toon import ToonStylizer
from scene_builder.model.chance import stream
from scene_builder.model.graph import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """The pictures of one eye, made while they are asked for.

    A painter would put other strokes before each eye, which cannot be fused: what is neither
    drawn nor plain is tone-mapped only.

    Attributes:
        shot: With the eye's own camera.
        frames: What was rendered through it.
        look: The film's look, its stylizer, and the seed.
        metered: The frame on which the exposure of both eyes is metered.
        cut: Takes the eye's part of a wider picture.
    """

    shot: Shot
    frames: FrameStore
    look: tuple[Look, Stylizer, int]
    metered: FrameBuffers
    cut: Callable[[Picture], Picture] = np.asarray

    def __iter__(self) -> Iterator[Picture]:
        """Yield the pictures in order."""
        look, stylizer, seed = self.look
        if not isinstance(stylizer, ToonStylizer):
            stops = shot_exposure_stops(self.shot.stage, self.metered)
            stylizer = PlainStylizer(exposure_stops=stops)
        pictures = stylizer.stylize(self.shot, self.frames, look, stream(seed, "stylize"))
        return map(self.cut, pictures)


def side_by_side(left: Eye, right: Eye) -> Iterator[Picture]:
    """Yield both eyes' pictures in one, the left eye's left."""
    for one, two in zip(left, right, strict=True):
        yield np.concatenate([one, two], axis=1)
