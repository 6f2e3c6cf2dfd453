"""The word lists agree with the table that they are read off."""

import pytest

from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words import nouns as lists

ABILITY_OF = {
    "ROLLERS": "roll", "CONTAINERS": "contain", "SUPPORTS": "carry", "SLOPES": "slope",
    "AGENTS": "act", "HANGERS": "hold", "TOPPLERS": "topple",
}  # fmt: skip


@pytest.mark.parametrize("name", ABILITY_OF)
def test_a_list_holds_what_can_do_it(name):
    words = lists.words(getattr(lists, name))
    assert len(words) >= 25
    for word in words:
        assert ABILITY_OF[name] in resolve_noun(word, outdoors=True).noun.can, word


def test_every_word_of_the_lists_is_a_noun_in_the_singular():
    for name in (*ABILITY_OF, "SMALL", "BIG"):
        assert set(lists.words(getattr(lists, name))) <= lists.NOUNS
    for word in lists.NOUNS:
        assert lists.singular(word) == word
        assert lists.singular(lists.plural(word)) == word


@pytest.mark.parametrize(
    "word", ["wooden spoon", "plastic cup", "kitchen table", "red apple", "mountain", "square"]
)
def test_descriptions_and_words_of_other_meaning_are_left_to_the_reader(word):
    assert word not in lists.NOUNS


def test_tables_carry_and_marbles_lie_on_them():
    assert {"table", "desk", "shelf", "stool", "wall", "rock", "bed"} <= lists.FURNITURE
    assert {"marble", "cup", "candle", "vase", "book"} <= lists.TABLETOP
    assert not lists.FURNITURE & {"ball", "cup", "plate", "dog", "car"}
    assert not lists.TABLETOP & {"elephant", "sofa", "car", "boy", "table"}
