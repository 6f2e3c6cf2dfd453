"""Lamps, and the surroundings that give light."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.pose import Pose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Light:
    """A lamp that shines along its own −Z.

    Attributes:
        id: Unique among the stage's lights.
        kind: `sun` (parallel), `area` (a square), `point` or `spot`.
        pose: Where it hangs and where it shines.
        color: Linear-light RGB (3).
        power: Radiant flux [W]; for a sun, irradiance [W/m²].
        size: Edge or diameter [m]; for a sun, its angular diameter [rad].
    """

    id: str
    kind: Literal["sun", "area", "point", "spot"]
    pose: Pose
    color: Float[Array, "3"]
    power: float
    size: float

    def __post_init__(self) -> None:
        set_read_only(self, "color", np.float64, (3,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Panorama:
    """A picture of a whole place, taken in all directions, that lights the stage.

    Attributes:
        file: Its name among the panoramas that Blender carries.
        title: What its author calls it.
        source: Where the original is.
        author: Who took it.
        licence: SPDX identifier.
        licence_url: Where the licence can be read.
        changes: What is changed about it.
    """

    file: str
    title: str
    source: str
    author: str
    licence: str
    licence_url: str
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Environment:
    """The place around the bodies.

    Attributes:
        place: The kind of place (`kitchen`, `park`, `studio`, …).
        indoor: Whether walls and a ceiling close it.
        time_of_day: `day`, `sunset`, `night`, ….
        weather: `clear`, `overcast`, `snow`, ….
        sky_color: Linear-light RGB (3) of a plain sky, or of the light from outside.
        sky_strength: Factor on the sky's light.
        sun_elevation_deg: Height of the sun in a physical sky; None gives a plain sky.
        sun_azimuth_deg: Its direction, counter-clockwise from +X.
        panorama: Outdoors the sky, indoors what glossy things mirror; None for a drawn light.
    """

    place: str
    indoor: bool
    time_of_day: str
    weather: str
    sky_color: Float[Array, "3"]
    sky_strength: float
    sun_elevation_deg: float | None = None
    sun_azimuth_deg: float = 0.0
    panorama: Panorama | None = None

    def __post_init__(self) -> None:
        set_read_only(self, "sky_color", np.float64, (3,))
