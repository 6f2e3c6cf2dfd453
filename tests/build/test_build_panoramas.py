"""Which panorama lights a place, and that its author and licence are known."""

import pytest

from scene_builder.build.setting.lights import environment_of
from scene_builder.build.setting.panoramas import HOURS, INDOORS, ORIGINALS, OUTDOORS, panorama_of
from scene_builder.build.setting.table import PLACES
from scene_builder.model.graph import Setting


@pytest.mark.parametrize(
    ("place", "hour", "weather", "file"),
    [("park", "day", "clear", "forest.exr"), ("park", "day", "fog", None),
     ("park", "day", "rain", None), ("street", "night", "clear", None),
     ("street", "sunset", "clear", "sunset.exr"), ("meadow", "sunrise", "clear", "sunrise.exr"),
     ("beach", "sunset", "clear", None), ("desert", "day", "clear", None),
     ("rooftop", "day", "clear", "city.exr"), ("kitchen", "night", "clear", "interior.exr"),
     ("studio", "day", "clear", "interior.exr"), ("space", "day", "clear", None)],
)  # fmt: skip
def test_a_panorama_shows_the_place_at_its_hour_and_weather(place, hour, weather, file):
    found = panorama_of(PLACES[place], hour, weather)
    assert (found.file if found else None) == file


def test_the_environment_names_it():
    park = environment_of(PLACES["park"], Setting(place="park"))
    assert park.panorama is not None
    assert park.panorama.title == "Ninomaru teien (HDRI)"


@pytest.mark.parametrize("name", sorted({INDOORS, *OUTDOORS.values(), *HOURS}))
def test_whose_it_is_and_where_its_original_is(name):
    assert name in ORIGINALS
    place = next(
        (one for one in PLACES.values() if not one.indoor and OUTDOORS.get(one.name) == name), None
    )
    if place is not None:
        found = panorama_of(place, "day", "clear")
        assert found.source == f"https://polyhaven.com/a/{ORIGINALS[name]}"
        assert (found.author, found.licence) == ("Greg Zaal (Poly Haven)", "CC0-1.0")
        assert found.licence_url.startswith("https://creativecommons.org/publicdomain/zero/")
