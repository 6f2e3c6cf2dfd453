"""What the words of a description do to a thing."""

import numpy as np
import pytest

from scene_builder.assets.primitives import PrimitiveSource
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Description
from scene_builder.knowledge.colors import surface_color
from scene_builder.model.errors import SceneError, UnknownNameError


def test_colour_goes_to_the_part_that_is_meant(make):
    car = make("car", color="red")
    body, pane, tyre = (car.materials[k].base_color for k in range(3))
    assert body == pytest.approx(surface_color("red"), rel=0.06)
    assert tyre.max() < 0.05
    assert pane[0] < 0.5
    book = make("book", color="blue")
    assert book.materials[0].base_color[2] > 4 * book.materials[0].base_color[0]
    assert book.materials[1].base_color.min() > 0.5


def test_marks_stand_out_from_what_they_are_on(make):
    assert make("domino", color="black").materials[1].base_color.min() > 0.5
    assert make("domino", color="yellow").materials[1].base_color.max() < 0.05


def test_material_changes_look_weight_and_touch(make):
    wooden, steel = make("ball", material="wood"), make("ball", material="steel")
    assert steel.mass_kg == pytest.approx(wooden.mass_kg * 7850 / 690, rel=1e-9)
    assert (wooden.materials[0].name, steel.materials[0].name) == ("wood", "metal")
    assert (wooden.substance, steel.substance) == ("wood", "steel")


def test_stated_mass_is_kept_and_scales_inertia(make):
    light, heavy = make("cup"), make("cup", mass_kg=7.5)
    assert heavy.mass_kg == 7.5
    assert heavy.inertia == pytest.approx(light.inertia * 7.5 / light.mass_kg, rel=1e-9)


@pytest.mark.parametrize("noun", ["cup", "table", "ball", "bottle", "bookshelf", "apple"])
def test_stated_size_is_the_largest_dimension(make, noun):
    assert make(noun, size=0.33).mesh.extents.max() == pytest.approx(0.33, rel=1e-5)


def test_size_words_order_things_and_tall_ones_are_slender(make):
    sizes = [
        make("bottle", size=w).mesh.extents.max() for w in ("tiny", "small", None, "large", "huge")
    ]
    assert sizes == sorted(sizes)
    plain, tall = make("bottle").mesh.extents, make("bottle", size="tall").mesh.extents
    assert tall[2] / tall[0] > 1.2 * plain[2] / plain[0]
    long = make("table", size="long").mesh.extents
    assert long[0] > 1.3 * make("table").mesh.extents[0]
    assert long[2] == pytest.approx(make("table").mesh.extents[2], rel=1e-6)


def test_a_tall_ball_is_still_a_ball(make):
    ball = make("ball", size="tall")
    assert ball.collider.shape == "sphere"
    assert ball.mesh.extents == pytest.approx(np.full(3, 2 * ball.collider.size[0]), rel=1e-3)


def test_what_holds_something_is_made_large_enough(make):
    jar = make("jar", partner_size_m=0.1)
    assert 2 * jar.cavity.radius >= 0.1
    plain, wide = make("table"), make("table", partner_size_m=0.9)
    assert 2 * wide.supports[0].half_extents.min() >= 0.9
    assert wide.mesh.extents[2] == pytest.approx(plain.mesh.extents[2], rel=1e-6)
    ramp = make("ramp", partner_size_m=0.4)
    assert ramp.incline.width >= 0.4


def test_ramp_falls_from_its_top_to_its_foot(make):
    ramp = make("ramp")
    slope = ramp.incline
    assert slope.top[2] > 0.2
    assert slope.bottom[2] < 0.01
    assert slope.bottom[0] > slope.top[0]


def test_furniture_stays_and_balls_roll(make):
    assert make("table").furniture
    assert not make("cup").furniture
    assert [make(n).rolls for n in ("ball", "can", "car", "cup")] == ["any", "x", "x", None]
    assert "on_side" in make("can").tags
    assert make("car").substance == "wheels"


def test_what_nobody_can_make_is_none():
    source = ProceduralSource()
    for noun in ("flibbergib", "", "justice"):
        assert source.find(noun, Description(), np.random.default_rng(0)) is None


@pytest.mark.parametrize("source", [ProceduralSource(), PrimitiveSource()])
def test_bad_descriptions_are_errors(source):
    rng = np.random.default_rng(0)
    with pytest.raises(UnknownNameError, match="no substance named 'kryptonite'"):
        source.find("ball", Description(material="kryptonite"), rng)
    with pytest.raises(SceneError, match="no colour named 'blurple'"):
        source.find("ball", Description(color="blurple"), rng)
    with pytest.raises(SceneError, match="no size 'wee'"):
        source.find("ball", Description(size="wee"), rng)


def test_modifiers_cost_score_and_synonyms_do_not():
    source, rng = ProceduralSource(), np.random.default_rng(0)
    assert source.find("coffee cup", Description(), rng).credit.score == 1
    assert 0.5 < source.find("grandmother's cup", Description(), rng).credit.score < 1
