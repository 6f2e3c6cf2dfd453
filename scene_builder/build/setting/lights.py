"""Lamps and sky of a place at its hour."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from scene_builder.build.setting.kinds import Place
from scene_builder.build.setting.panoramas import panorama_of
from scene_builder.model.arrays import Array
from scene_builder.model.graph import Setting
from scene_builder.model.light import Environment, Light
from scene_builder.model.pose import Pose, wxyz_from_rotation

WARM = (1.0, 0.93, 0.82)
NEUTRAL = (1.0, 0.98, 0.95)
COOL = (0.72, 0.83, 1.0)
SKY_BLUE = (0.55, 0.68, 0.9)

KEY_WATTS = 260.0
"""Power of the key light at three metres from the event [W]."""

KEY_WAY_M = 3.3
KEY_SIZE_M = 0.65
KEY_FROM = (1.95, -0.35, 1.65)
"""Where the key light stands: to the side, so that things have a dark side and cast shadows."""

INDOOR_SKY = 0.15
"""Strength of the light that comes from everywhere in a room: more of it hides shadows."""

OPEN_SKY, CLEAR_SKY, NIGHT_SKY = 0.9, 0.7, 0.13
"""Strength of the sky under clouds, without clouds, and by night: a clear sky's light is a
fraction of its sun's, so that shadows are dark and snow and sand have relief."""

SUN_WATTS = {"morning": 4.6, "day": 5.0, "afternoon": 4.8, "evening": 4.5, "sunset": 4.5,
             "sunrise": 4.5, "night": 0.08}  # fmt: skip
"""Irradiance of the sun (by night of the moon) [W/m²]: chosen for a medium exposure."""

SUN_ELEVATION_DEG = {"morning": 28.0, "day": 48.0, "afternoon": 38.0, "evening": 14.0,
                     "sunset": 7.0, "sunrise": 7.0, "night": 35.0}  # fmt: skip

SUN_COLOR = {
    "morning": (1.0, 0.9, 0.75), "day": (1.0, 0.96, 0.9), "afternoon": (1.0, 0.93, 0.82),
    "evening": (1.0, 0.72, 0.48), "sunset": (1.0, 0.6, 0.35), "sunrise": (1.0, 0.68, 0.5),
    "night": (0.55, 0.68, 1.0),
}  # fmt: skip

SUN_AZIMUTH_DEG = -35.0
"""The sun stands to the right, somewhat behind the camera, counter-clockwise from +X."""

LOW_SUN_AZIMUTH_DEG = 38.0
"""A low sun stands to the right behind the scene: rims glow, and shadows come to the camera."""

LOW_SUN_HOURS = frozenset({"sunset", "sunrise", "evening"})

RAKING: Mapping[str, tuple[float, float]] = {
    "desert": (17.0, 10.0), "space": (13.0, -14.0), "snow field": (24.0, -18.0),
    "mountains": (30.0, -12.0), "forest": (40.0, -30.0),
}  # fmt: skip
"""Elevation and azimuth of the day's sun where the land lives by its shadows [deg]."""

ROOM_SUN_DEG: Mapping[str, tuple[float, float]] = {
    "morning": (27.0, -22.0), "day": (36.0, -18.0), "afternoon": (30.0, -14.0),
    "sunrise": (15.0, -10.0), "evening": (17.0, -10.0), "sunset": (15.0, -10.0),
}  # fmt: skip
"""Elevation and azimuth of the sun that shines into a room [deg]: never along a wall."""

ROOM_SUN_WATTS = 13.0
"""Its irradiance [W/m²]: somewhat more than that of the key light, which is weaker then."""

SUNLIT_KEY = 0.6
"""Share of the key light's power that is left where the sun shines in."""

STREET_SUN_DEG = -24.0
"""Azimuth of a low sun where houses stand behind the event: it shines along the street."""

HOUSES_BEHIND = frozenset({"street", "city", "rooftop", "stadium"})

LAMP_WATTS = 560.0
"""Power of a street lamp above the event [W]."""

DIM_WEATHER = {"cloudy": 0.25, "overcast": 0.2, "rain": 0.12, "storm": 0.08, "fog": 0.15,
               "snow": 0.3}  # fmt: skip
"""Share of the sun that comes through."""


def environment_of(place: Place, setting: Setting) -> Environment:
    """Return the surroundings that give light."""
    hour = setting.time_of_day or "day"
    weather = setting.weather or "clear"
    night = hour == "night"
    strength = INDOOR_SKY if place.indoor else OPEN_SKY if weather in DIM_WEATHER else CLEAR_SKY
    color = SKY_BLUE
    if night:
        strength, color = 0.25 * strength if place.indoor else NIGHT_SKY, (0.25, 0.35, 0.7)
    elif hour in ("sunset", "sunrise", "evening"):
        strength, color = strength * 0.7, (0.9, 0.7, 0.62)
    elif weather in DIM_WEATHER:
        color = (0.72, 0.76, 0.82)
    if place.backdrop and not night:
        strength, color = 0.35, (0.9, 0.92, 1.0)
    sun_elevation, sun_azimuth = sun_angles(place, hour)
    physical = not place.indoor and not night and weather not in DIM_WEATHER
    return Environment(
        place=place.name,
        indoor=place.indoor,
        time_of_day=hour,
        weather=weather,
        sky_color=np.array(color),
        sky_strength=strength,
        sun_elevation_deg=sun_elevation if physical else None,
        sun_azimuth_deg=sun_azimuth,
        panorama=panorama_of(place, hour, weather),
    )


def lights_of(
    place: Place, setting: Setting, *, focus: Float[Array, "3"], reach: float
) -> tuple[Light, ...]:
    """Return the lamps.

    Args:
        place: The kind of place.
        setting: Hour and weather.
        focus: Middle of the event (3) [m].
        reach: How far things stand from it [m]: power grows with the square of the distance.
    """
    hour = setting.time_of_day or "day"
    if not place.indoor:
        lamps = _street_lamps(place, focus) if hour in LAMP_HOURS else ()
        return (_sun(place, hour, setting.weather or "clear"), *lamps)
    scale = float(np.clip(reach / 1.2, 1.0, 2.5))
    color = {"night": WARM, "evening": WARM, "sunset": (1.0, 0.78, 0.55)}.get(hour, WARM)
    dim = {"night": 0.45, "evening": 0.7, "sunset": 0.8}.get(hour, 1.0)
    if place.backdrop:
        return (
            _area("key", focus, (1.7, -2.0, 2.2), 0.8 * KEY_WATTS * scale**2, 1.6, NEUTRAL, scale),
            _area("fill", focus, (-2.4, -1.6, 1.6), 0.25 * KEY_WATTS * scale**2, 2.0, COOL, scale),
            _spot_on_backdrop(focus, reach, scale),
            _area("rim", focus, (-0.8, 1.6, 2.4), 0.3 * KEY_WATTS * scale**2, 1.0, NEUTRAL, scale),
        )
    sun = _room_sun(place, hour)
    key = dim * KEY_WATTS * scale**2 * (SUNLIT_KEY if sun else 1.0)
    return (
        *sun,
        _area("key", focus, KEY_FROM, key, KEY_SIZE_M, color, scale),
        _area("fill", focus, (-2.2, -2.2, 1.7), 0.13 * KEY_WATTS * scale**2, 2.0, COOL, scale),
    )


SUNLIT = "sunlit_window"
"""Scenery that lets the sun into a room."""


def room_sun_deg(place: Place) -> tuple[float, float] | None:
    """Return where the sun stands that shines into a room [deg]; None if none does."""
    hour, weather = place.setting.time_of_day or "day", place.setting.weather or "clear"
    if SUNLIT not in place.scenery or weather in DIM_WEATHER:
        return None
    return ROOM_SUN_DEG.get(hour)


def _room_sun(place: Place, hour: str) -> tuple[Light, ...]:
    angles = room_sun_deg(place)
    if angles is None:
        return ()
    return (
        Light(
            id="sun", kind="sun", pose=looking(20.0 * sun_way(*angles), np.zeros(3)),
            color=np.array(SUN_COLOR[hour]) ** 1.5, power=ROOM_SUN_WATTS,
            size=float(np.deg2rad(0.53)),
        ),
    )  # fmt: skip


def sun_way(elevation_deg: float, azimuth_deg: float) -> Float[Array, "3"]:
    """Return the unit vector to the sun (3); azimuth is counter-clockwise from +X."""
    elevation, azimuth = np.deg2rad(elevation_deg), np.deg2rad(azimuth_deg)
    flat = np.cos(elevation)
    return np.array([flat * np.cos(azimuth), flat * np.sin(azimuth), np.sin(elevation)])


def _spot_on_backdrop(focus: Float[Array, "3"], reach: float, scale: float) -> Light:
    """Return the pool of light on a studio's backdrop that parts the subject from it."""
    where = focus + np.array([0.0, 0.2 * reach, 1.9 * scale])
    target = np.array([focus[0], focus[1] + reach, 0.35 + 0.4 * focus[2]])
    return Light(
        id="backdrop", kind="spot", pose=looking(where, target), color=np.array(NEUTRAL),
        power=110.0 * scale**2, size=0.3,
    )  # fmt: skip


def _area(
    name: str,
    focus: Float[Array, "3"],
    offset: tuple[float, float, float],
    watts: float,
    size: float,
    color: tuple[float, float, float],
    scale: float,
) -> Light:
    where = focus + np.array(offset) * scale
    return Light(
        id=name, kind="area", pose=looking(where, focus), color=np.array(color), power=watts,
        size=size * scale,
    )  # fmt: skip


LAMP_HOURS = frozenset({"night", "midnight"})

LAMP_PLACES = frozenset({"street", "city", "parking lot", "park", "rooftop", "road"})


def _street_lamps(place: Place, focus: Float[Array, "3"]) -> tuple[Light, ...]:
    """Return a lamp's warm pool of light on the event, and a second one farther on."""
    if place.name not in LAMP_PLACES:
        return ()
    sodium = (1.0, 0.7, 0.4)
    return (
        _area("lamp", focus, (-1.9, -0.9, 4.0), LAMP_WATTS, 0.5, sodium, 1.0),
        _area("lamp_far", focus + np.array([7.0, 6.0, 0.0]), (0.0, 0.0, 4.4), 300.0, 0.5, sodium,
              1.0),
    )  # fmt: skip


def sun_angles(place: Place, hour: str) -> tuple[float, float]:
    """Return where the sun stands: elevation and azimuth [deg]."""
    if hour in LOW_SUN_HOURS:
        azimuth = STREET_SUN_DEG if place.name in HOUSES_BEHIND else LOW_SUN_AZIMUTH_DEG
        return SUN_ELEVATION_DEG[hour], azimuth
    if hour == "day" and place.name in RAKING:
        return RAKING[place.name]
    return SUN_ELEVATION_DEG.get(hour, 45.0), SUN_AZIMUTH_DEG


def _sun(place: Place, hour: str, weather: str) -> Light:
    way = sun_way(*sun_angles(place, hour))
    through = DIM_WEATHER.get(weather, 1.0)
    return Light(
        id="sun", kind="sun", pose=looking(20.0 * way, np.zeros(3)),
        color=np.array(SUN_COLOR.get(hour, (1.0, 0.96, 0.9))),
        power=SUN_WATTS.get(hour, 4.0) * through,
        # Clouds spread the sun's disc of half a degree.
        size=float(np.deg2rad(0.53 if through == 1.0 else 25.0)),
    )  # fmt: skip


def looking(position: Float[Array, "3"], target: Float[Array, "3"]) -> Pose:
    """Return the pose at `position` whose −Z points to `target` (3) [m]."""
    back = np.asarray(position, np.float64) - target
    back = back / np.linalg.norm(back)
    right = np.cross([0.0, 0.0, 1.0], back)
    length = float(np.linalg.norm(right))
    right = np.array([1.0, 0.0, 0.0]) if length < 1e-6 else right / length  # noqa: PLR2004
    rotation = np.column_stack([right, np.cross(back, right), back])
    return Pose(position=np.asarray(position, np.float64), wxyz=wxyz_from_rotation(rotation))
