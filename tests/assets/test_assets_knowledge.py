"""Substances, colours and nouns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene_builder.knowledge.colors import CSS_COLORS, linear_color, surface_color
from scene_builder.knowledge.materials import (
    is_substance,
    known_substances,
    material_for,
    substance,
)
from scene_builder.knowledge.nouns import known_nouns, noun_named, resolve_noun, suggestions
from scene_builder.model.errors import SceneError, UnknownNameError
from scene_builder.model.words import SIZE_WORDS


def rng():
    return np.random.default_rng(0)


@pytest.mark.parametrize("name", known_substances())
def test_every_substance_is_physical(name):
    kind = substance(name)
    assert 0.5 < kind.density < 20_000
    assert 0 < kind.friction < 1.5
    assert 0 <= kind.restitution <= 1
    assert 0 <= kind.rolling_friction <= 0.02
    assert kind.source
    for color in kind.colors:
        assert linear_color(color).shape == (3,)
    material = material_for(name, None, rng())
    assert material.name == kind.shader
    for key in ("roughness", "metallic", "transmission", "coat", "subsurface", "sheen"):
        assert 0 <= material.parameters[key] <= 1
    assert 1 <= material.parameters["ior"] <= 3
    assert material.parameters["pattern_scale_m"] > 0


def test_there_are_substances_enough():
    assert len(known_substances()) >= 30


@pytest.mark.parametrize(
    ("pair", "low", "high"),
    [
        (("wood", "wood"), 0.3, 0.5),
        (("rubber", "wood"), 0.6, 0.9),
        (("steel", "wood"), 0.2, 0.45),
        (("ice", "ice"), 0.003, 0.05),
        (("ceramic", "wood"), 0.3, 0.5),
    ],
)
def test_products_of_frictions_are_those_of_the_handbook(pair, low, high):
    first, second = map(substance, pair)
    assert low <= first.friction * second.friction <= high


def test_a_rubber_ball_bounces_and_a_lead_one_does_not():
    floor = substance("wood").restitution
    assert 0.65 <= substance("rubber").restitution * floor <= 0.8
    assert substance("lead").restitution * floor < 0.25


@pytest.mark.parametrize(
    ("word", "name"),
    [("wooden", "wood"), ("golden", "gold"), ("China", "porcelain"), ("stainless steel", "steel"),
     ("aluminum", "aluminium"), ("metallic", "metal"), ("styrofoam", "foam")],
)  # fmt: skip
def test_synonyms_name_substances(word, name):
    assert substance(word).name == name
    assert is_substance(word)


def test_an_unknown_substance_is_told_what_there_is():
    with pytest.raises(UnknownNameError, match="no substance named 'woood'; did you mean wood"):
        substance("woood")
    assert not is_substance("kryptonite")


def test_only_brittle_things_break():
    assert substance("glass").break_impulse(2.0, 0.1) == pytest.approx(6.0)
    assert substance("rubber").break_impulse(2.0, 0.1) is None


def test_colours_are_those_of_css_in_linear_light():
    assert len(CSS_COLORS) == 148
    assert linear_color("red") == pytest.approx([1, 0, 0])
    assert linear_color("gray") == pytest.approx(np.full(3, 0.2158605), abs=1e-6)
    assert linear_color("#ffffff") == pytest.approx([1, 1, 1])
    assert linear_color("light green") == pytest.approx(linear_color("lightgreen"))
    for bad in ("greenish", "#12", "12", "#gggggg"):
        with pytest.raises(SceneError, match="no colour named"):
            linear_color(bad)


@given(name=st.sampled_from(sorted(CSS_COLORS)))
def test_surfaces_keep_the_hue_and_no_surface_glows(name):
    screen, paint = linear_color(name), surface_color(name)
    assert (paint > 0.01).all()
    assert (paint < 0.85).all()
    order = np.argsort(screen, kind="stable")
    spread = np.diff(screen[order])
    assert (np.diff(paint[order])[spread > 0.08] > 0).all()


@pytest.mark.parametrize("color", ["red", "blue", "green", "yellow", "white", "black"])
@pytest.mark.parametrize("name", ["rubber", "wood", "ceramic", "glass", "plastic", "steel"])
def test_a_colour_that_is_asked_for_is_seen_on_every_substance(name, color):
    base = material_for(name, color, rng()).base_color
    wanted = linear_color(color)
    if np.ptp(wanted) > 0.1:
        assert base[wanted == wanted.max()].min() > 1.5 * base[wanted < 0.1].max()
    else:
        assert np.ptp(base) < 0.03


def test_golden_metal_is_gold():
    assert material_for("brass", "gold", rng()).base_color == pytest.approx(
        linear_color(substance("gold").colors[0]), rel=0.05
    )


@pytest.mark.parametrize(
    ("words", "name", "exact"),
    [
        ("ball", "ball", True),
        ("cups", "cup", True),
        ("shelves", "bookshelf", True),
        ("dominoes", "domino", True),
        ("dice", "die", True),
        ("toy car", "toy_car", True),
        ("the traffic cone", "traffic_cone", True),
        ("cones", "traffic_cone", True),
        ("bowling pins", "pin", True),
        ("kitchen table", "table", True),
        ("cars", "toy_car", True),
        ("fire engine", "toy_car", True),
        ("old kitchen stool", "stool", False),
        ("cup of tea", "cup", False),
        ("wine_glass", "wine_glass", True),
        ("glasses", "glass", True),
        ("cherries", "cherry", True),
        ("dragon", "dragon", True),
        ("tree house dragon", "dragon", False),
        ("flibbergib", None, None),
        ("", None, None),
    ],
)
def test_nouns_are_found_by_their_heads(words, name, exact):
    match = resolve_noun(words)
    assert (match.noun.name if match else None) == name
    if match:
        assert match.exact is exact
        assert (match.score == 1.0) is exact


def test_near_misses_are_suggested():
    assert "bottle" in suggestions("botle")
    assert "domino" in suggestions("dominoe")
    assert len(suggestions("chiar")) <= 5


def test_no_word_names_two_things():
    seen: dict[str, str] = {}
    for name in known_nouns():
        for word in (*noun_named(name).synonyms, name.replace("_", " ")):
            assert seen.setdefault(word, name) == name, word
        assert is_substance(noun_named(name).substance)


@pytest.mark.parametrize("name", known_nouns())
def test_size_words_are_ordered(name):
    kind = noun_named(name)
    tiny, small, medium, large, huge, giant = (
        kind.size_for(w) for w in ("tiny", "small", "medium", "large", "huge", "giant")
    )
    assert tiny < small < medium == kind.size_m < large < huge < giant
    assert kind.size_for(0.37) == 0.37
    for word in SIZE_WORDS:
        assert kind.low_m <= kind.size_for(word) <= 1.5 * kind.high_m
    with pytest.raises(SceneError, match="no size 'gigantic'"):
        kind.size_for("gigantic")
