import pytest

from scene_builder.knowledge.colors import COLORFUL, CSS_COLORS
from scene_builder.knowledge.words import nouns, scenery
from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    MATERIAL_WORDS,
    SIZE_WORD_OF,
    SPEED_WORD_OF,
    color_from_words,
)
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.verbs import FORMS, SENSES, verb_form
from scene_builder.model.words import RESERVED_IDS, SIZE_WORDS, SPEED_WORDS


def test_there_are_at_least_350_nouns_and_each_survives_its_plural():
    assert len(nouns.NOUNS) >= 350
    for noun in nouns.NOUNS:
        assert nouns.singular(nouns.plural(noun)) == noun
        assert nouns.singular(noun) == noun


@pytest.mark.parametrize(
    ("one", "many"),
    [("domino", "dominoes"), ("box", "boxes"), ("shelf", "shelves"), ("toy car", "toy cars"),
     ("child", "children"), ("glass", "glasses"), ("wine glass", "wine glasses"),
     ("cookie", "cookies"), ("cherry", "cherries"), ("die", "dice"), ("bus", "buses")],
)  # fmt: skip
def test_plurals(one, many):
    assert nouns.plural(one) == many
    assert nouns.singular(many) == one
    assert nouns.is_plural(many)
    assert not nouns.is_plural(one)


def test_every_colour_word_names_a_css_colour():
    assert set(COLOR_PHRASES.values()) <= {*CSS_COLORS, COLORFUL}


@pytest.mark.parametrize(
    ("words", "css"),
    [(("golden",), "gold"), (("light", "blue"), "lightblue"), (("dark", "brown"), "saddlebrown"),
     (("bright", "red"), "red"), (("grey",), "gray"), (("light", "table"), None)],
)  # fmt: skip
def test_colours_from_words(words, css):
    assert color_from_words(words) == css


def test_sizes_and_speeds_are_words_of_the_graph():
    assert set(SIZE_WORD_OF.values()) <= set(SIZE_WORDS)
    assert set(SPEED_WORD_OF.values()) <= set(SPEED_WORDS)
    assert all(word == word.lower() for word in MATERIAL_WORDS.values())


@pytest.mark.parametrize(
    ("base", "third", "past", "gerund"),
    [("roll", "rolls", "rolled", "rolling"), ("fall over", "falls over", "fell over",
     "falling over"), ("drop", "drops", "dropped", "dropping"), ("fly", "flies", "flew", "flying"),
     ("lie", "lies", "lay", "lying"), ("slide", "slides", "slid", "sliding")],
)  # fmt: skip
def test_verb_forms(base, third, past, gerund):
    assert verb_form(base, "third") == third
    assert verb_form(base, "past") == past
    assert verb_form(base, "gerund") == gerund


def test_every_form_leads_back_to_its_verb():
    for sense in SENSES:
        head = sense.base.partition(" ")[0]
        for form in ("base", "third", "past", "gerund"):
            found = FORMS[verb_form(head, form)]
            assert found[0] == head or found[1] == "base"  # "lay" of "lie" is a verb of its own


@pytest.mark.parametrize(
    ("word", "number"),
    [("seven", 7), ("12", 12), ("twenty-five", 25), ("dozen", 12), ("some", None), ("-", None)],
)
def test_number_words(word, number):
    assert number_from_word(word) == number


def test_no_thing_is_also_a_surrounding():
    assert "ball" not in scenery.GROUND_NOUNS | scenery.NO_THINGS
    assert set() == nouns.NOUNS & scenery.NO_THINGS
    assert scenery.GROUND_NOUNS & set(RESERVED_IDS) >= {"ground", "floor"}
