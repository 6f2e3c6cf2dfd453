"""Which panorama lights a place: those that every Blender carries (CC0, by Greg Zaal)."""

from collections.abc import Mapping
from typing import Final

from scene_builder.build.setting.kinds import Place
from scene_builder.model.light import Panorama

ORIGINALS: Final[Mapping[str, str]] = {
    "city": "portland_landing_pad", "courtyard": "courtyard", "forest": "ninomaru_teien",
    "interior": "hotel_room", "night": "moonless_golf", "studio": "studio_small_01",
    "sunrise": "spruit_sunrise", "sunset": "venice_sunset",
}  # fmt: skip
"""Poly Haven's own names, as license.txt beside Blender's files states them."""

OUTDOORS: Final[Mapping[str, str]] = {
    "forest": "forest", "park": "forest", "garden": "forest", "meadow": "forest",
    "outdoors": "forest", "street": "city", "city": "city", "parking lot": "city",
    "rooftop": "city",
}  # fmt: skip
"""Panoramas of places by day."""

HOURS: Final[Mapping[str, Mapping[str, str]]] = {
    "sunset": dict.fromkeys(("street", "city", "rooftop"), "sunset dusk evening"),
    "sunrise": dict.fromkeys(
        ("park", "garden", "meadow", "field", "farm", "outdoors"), "sunrise dawn"
    ),
}
"""Panoramas by place and time of day: they win; other country has a physical sky."""

NO_DAYLIGHT: Final = frozenset(
    {"night", "midnight", "sunset", "dusk", "evening", "sunrise", "dawn"}
)
NO_VIEW: Final = frozenset({"fog", "snow", "rain", "storm"})
"""In such weather a clear day's picture would lie."""

INDOORS: Final = "interior"
"""What glossy things mirror where a room is open towards the camera."""


def panorama_of(place: Place, hour: str, weather: str) -> Panorama | None:
    """Return the panorama that fits a place, or None for light that is drawn.

    Args:
        place: The kind of place.
        hour: Time of day.
        weather: Weather.
    """
    name = INDOORS if place.indoor else _sky(place.name, hour, weather)
    return None if name is None else _credited(name)


def _sky(place: str, hour: str, weather: str) -> str | None:
    for name, places in HOURS.items():
        if hour in places.get(place, "").split():
            return name
    return None if hour in NO_DAYLIGHT or weather in NO_VIEW else OUTDOORS.get(place)


def _credited(name: str) -> Panorama:
    original = ORIGINALS[name]
    return Panorama(
        file=f"{name}.exr",
        title=f"{original.replace('_', ' ').capitalize()} (HDRI)",
        source=f"https://polyhaven.com/a/{original}",
        author="Greg Zaal (Poly Haven)",
        licence="CC0-1.0",
        licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
        changes="scaled to 1024 x 512 by Blender; turned, dimmed, mirrored below the horizon",
    )
