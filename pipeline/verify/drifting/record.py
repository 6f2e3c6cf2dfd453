"""What a look has done to a film, as it lies in drift.json."""

import math
import statistics
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.verify.report import Figure


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )


class BodyDrift(_Part):
    """What a look has done to one body, or to the background ("").

    Attributes:
        body: Which.
        index: Its body index.
        warp: Warping error along exact flow, frame to frame (0…1); None where it never stays.
        plain_warp: The same of the plain picture.
        share: Its share of all pixels that were compared.
    """

    body: str
    index: int
    warp: float | None
    plain_warp: float | None
    share: float


class Sighting(_Part):
    """Where a body is found again in a picture, by its outline.

    Attributes:
        frame: In which frame.
        body: Which body; only such as the plain picture shows clearly are looked for.
        place_px: Middle of its visible pixels, as rendered (x, y) [px].
        found_px: The same in the finished picture; None if its outline does not stand out.
    """

    frame: int
    body: str
    place_px: tuple[float, float]
    found_px: tuple[float, float] | None

    @property
    def off_px(self) -> float | None:
        """How far from its true place it is found [px]; None if it is not."""
        return None if self.found_px is None else math.dist(self.found_px, self.place_px)


class Drift(_Part):
    """What a look has done to a film: drift.json.

    Attributes:
        style: The style whose bounds hold.
        keeps_colors: Whether that style keeps the colours of things.
        figures: What was measured, each with its bound.
        bodies: What was measured of each body.
        sightings: Where bodies are found again in the finished pictures.
        strengths: Share of the style's change that single bodies got in the end, where it was
            lowered to keep a bound; "" is the background.
    """

    schema_name: Literal["worldreel.drift/2"] = Field("worldreel.drift/2", alias="schema")
    style: str
    keeps_colors: bool = True
    figures: tuple[Figure, ...] = ()
    bodies: tuple[BodyDrift, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    strengths: dict[str, float] = {}

    @property
    def broken(self) -> tuple[Figure, ...]:
        """What breaks its bound."""
        return tuple(figure for figure in self.figures if not figure.ok)


def offsets_px(sightings: Sequence[Sighting]) -> dict[str, float]:
    """Return how far each body is found from its true place, the median over its stills [px].

    One still may mislead: where a body is half hidden, part of its outline is another's.
    """
    found: dict[str, list[float]] = {}
    for one in sightings:
        if one.off_px is not None:
            found.setdefault(one.body, []).append(one.off_px)
    return {body: statistics.median(values) for body, values in found.items()}
