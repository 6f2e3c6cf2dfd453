"""The table of things: what it holds is possible, complete, and said once."""

import itertools

import pytest

from scene_builder.assets.procedural.registry import BUILDERS, STAND_INS, builder_of
from scene_builder.knowledge.catalogue import ABILITIES, hypernyms_of, kinds, nouns
from scene_builder.knowledge.materials import is_substance, substance
from scene_builder.knowledge.nouns import built_nouns, model_of, noun_named, resolve_noun

NOUNS = tuple(nouns().values())
AIRY = {"cloud", "ferris_wheel", "hot_air_balloon", "parachute", "balloon"}
"""Things whose box is nearly all air."""
HEAVIEST = 1.15
"""No thing is denser than its substance, but for what its box rounds away."""


def test_there_are_nouns_enough_of_every_sort():
    assert len(NOUNS) >= 650
    for ability in ABILITIES:
        assert sum(ability in noun.can for noun in NOUNS) >= 10, ability
    categories = {noun.category for noun in NOUNS}
    assert categories >= {
        "animals", "building", "clothing", "electronics", "food", "furniture", "home",
        "kitchenware", "music", "office", "outdoors", "people", "sports", "tools", "toys",
        "vehicles",
    }  # fmt: skip


def test_every_noun_is_possible():
    for noun in NOUNS:
        problems = [problem for problem, found in _problems(noun).items() if found]
        assert not problems, noun


def _problems(noun):
    low, high = noun.mass_range_kg
    x, y, z = noun.box_m
    density = (low * high) ** 0.5 / (x * y * z)
    densest = HEAVIEST * max(substance(noun.substance).density, 2500)
    return {
        "sizes": not 0 < noun.low_m <= noun.size_m <= noun.high_m,
        "box": max(noun.box_m) != pytest.approx(noun.size_m, rel=1e-9) or min(noun.box_m) <= 0,
        "mass": not 0 < low <= high,
        "substance": not is_substance(noun.substance),
        "abilities": not noun.can <= set(ABILITIES),
        "shape": builder_of(noun.shape) is None,
        "density": noun.name not in AIRY and not 0.5 < density < densest,
        "hypernym": hypernyms_of(noun.name)[-1] != "thing",
    }


def test_what_has_a_builder_of_its_own_is_called_so():
    assert set(built_nouns()) == set(BUILDERS)
    assert not set(STAND_INS) & set(BUILDERS)
    for name in built_nouns():
        assert noun_named(name).likeness


def test_every_hypernym_is_a_noun_or_a_kind_and_no_kind_is_a_noun():
    known = set(nouns()) | set(kinds())
    assert {noun.hypernym for noun in NOUNS} <= known
    assert {row["hypernym"] for row in kinds().values()} <= known | {""}
    assert not set(nouns()) & set(kinds())


def test_no_word_means_two_things():
    seen: dict[str, str] = {}
    for noun in NOUNS:
        for word in (noun.name.replace("_", " "), *noun.synonyms):
            assert seen.setdefault(word, noun.name) == noun.name, word
            assert word == word.lower().strip()
            assert resolve_noun(word, outdoors=True).noun.name == noun.name


def test_every_noun_has_chinese_names_in_chinese_characters():
    for noun in NOUNS:
        assert noun.chinese, noun.name
        assert len(set(noun.chinese)) == len(noun.chinese), noun.name
        for word in noun.chinese:
            assert any("一" <= letter <= "鿿" for letter in word), (noun.name, word)


def test_abilities_go_together():
    for noun in NOUNS:
        if "topple" in noun.can:
            assert noun.can & {"stand", "act"} or noun.furniture or noun.name in LEANING, noun.name
        if "slope" in noun.can:
            assert "act" not in noun.can
        if noun.category == "people" and noun.hypernym == "person" and noun.name != "zombie":
            assert "act" in noun.can, noun.name


LEANING = {"ladder", "plank", "board"}


@pytest.mark.parametrize(
    ("less", "more"),
    list(itertools.pairwise(["ant", "mouse", "cat", "dog", "horse", "elephant", "whale", "ship"])),
)
def test_sizes_are_in_the_order_that_everybody_knows(less, more):
    one, two = noun_named(less), noun_named(more)
    assert one.size_m < two.size_m
    assert one.mass_range_kg[1] < two.mass_range_kg[1]


@pytest.mark.parametrize(
    ("word", "indoors", "outdoors"),
    [
        ("car", "toy_car", "car"), ("red truck", "toy_truck", "truck"),
        ("ship", "toy_boat", "ship"),
        ("airplane", "toy_plane", "airplane"), ("castle", "toy_castle", "castle"),
        ("lighthouse", "toy_lighthouse", "lighthouse"), ("horse", "horse", "horse"),
        ("cup", "cup", "cup"),
        ("wagon", "wagon", "wagon"),
    ],
)  # fmt: skip
def test_a_room_shows_models_of_what_it_has_no_room_for(word, indoors, outdoors):
    assert resolve_noun(word).noun.name == indoors
    assert resolve_noun(word, outdoors=True).noun.name == outdoors


def test_models_are_small():
    for noun in NOUNS:
        model = model_of(noun)
        assert model is None or model.size_m < 2.2 < noun.size_m
