"""The plainest look: light as a camera would have kept it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.stylizer import Stylizer
from render.tonemap import metered_stops, tone_mapped
from scene_builder.model.arrays import Array
from scene_builder.model.graph import Look
from scene_builder.model.stage import Stage

DAY_KEY = 0.175
NIGHT_KEY = 0.085
PALE_ALBEDO = 0.55
"""Mean base colour from which on a day counts as pale: rooms have .2 to .5, snow fields .8."""
MOST_PALENESS = 2.2
PALE_POWER = 1.8
"""How fast the exposure rises with paleness: a white field has to look white, not grey."""
HIGH_KEY = {"studio": 1.8, "beach": 1.6, "snow field": 1.4}
"""A studio's sweep is exposed until it is nearly white, as photographers do; a beach dazzles."""

PRINT_STOPS, PRINT_CONTRAST, PRINT_SATURATION = 0.24, 1.4, 1.15
"""The grade of the print: AgX alone leaves lit colours pale, a red apple pink, and blacks grey."""
_DARK_TIMES = ("night", "midnight", "dusk", "evening")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PlainStylizer(Stylizer):
    """Tone mapping and one grade, the same for every film.

    One exposure holds for a whole shot, metered on the first frame, so that brightness never
    flickers.

    Attributes:
        exposure_stops: Exposure [stops]; None meters it.
    """

    exposure_stops: float | None = None

    def stylize(
        self, shot: Shot, frames: Iterable[FrameBuffers], look: Look, rng: np.random.Generator
    ) -> Iterator[Picture]:
        """Yield one sRGB picture for each frame; see `Stylizer.stylize`."""
        stops = self.exposure_stops
        for frame in frames:
            if stops is None:
                stops = shot_exposure_stops(shot.stage, frame)
            yield printed(frame.rgb, stops)


def printed(rgb: Float[Array, "h w 3"], exposure_stops: float) -> Picture:
    """Return the graded sRGB picture of scene-linear light at an exposure [stops]."""
    return tone_mapped(
        rgb, exposure_stops=exposure_stops + PRINT_STOPS, contrast=PRINT_CONTRAST,
        saturation=PRINT_SATURATION,
    )  # fmt: skip


def shot_exposure_stops(stage: Stage, frame: FrameBuffers) -> float:
    """Return the exposure [stops] of a shot, metered on one of its frames."""
    if stage.environment.time_of_day in _DARK_TIMES:
        return metered_stops(frame.rgb, key=NIGHT_KEY)
    key = DAY_KEY * _paleness(frame) * HIGH_KEY.get(stage.environment.place, 1.0)
    return metered_stops(frame.rgb, key=key)


def _paleness(frame: FrameBuffers) -> float:
    """Return how much brighter than usual a picture has to be: a meter takes snow for grey."""
    seen = frame.albedo[frame.depth < np.inf]
    pale = float(seen.mean()) / PALE_ALBEDO if seen.size else 1.0
    return float(min(max(pale, 1.0) ** PALE_POWER, MOST_PALENESS))
