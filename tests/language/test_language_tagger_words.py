import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene_builder.knowledge.words.nouns import NOUNS, plural
from scene_builder.language.tagger.words import (
    attribute_of,
    count_of,
    id_of,
    is_pronoun,
    noun_of,
    part_of,
    plural_count,
)
from scene_builder.model.graph import ID_PATTERN


@pytest.mark.parametrize(("words", "number"), [
    ("three", 3), ("17", 17), ("a pair of", 2), ("pair", 2), ("a dozen", 12), ("half a dozen", 6),
    ("twenty-four", 24), ("two dozen", 24), ("four pairs of", 8),
    ("three dozen", 36), ("several", 4), ("a few", 3), ("gibberish", None),
])  # fmt: skip
def test_numbers_are_read_as_people_say_them(words, number):
    assert count_of(words) == number


@pytest.mark.parametrize(("words", "said"), [
    ("at least two", (2, "at_least")), ("more than two", (3, "at_least")),
    ("no more than three", (3, "at_most")), ("fewer than three", (2, "at_most")),
    ("exactly four", (4, "exactly")), ("only one", (1, "exactly")), ("all", (6, "exactly")),
    ("none", (0, "exactly")), ("half", (3, "exactly")), ("all but one", (5, "exactly")),
    ("two of", (2, "exactly")), ("gibberish", None),
])  # fmt: skip
def test_parts_are_counted_and_compared(words, said):
    assert part_of(words, 6) == said


@pytest.mark.parametrize(("kind", "words", "value"), [
    ("color", "light blue", "lightblue"), ("color", "golden", "gold"),
    ("material", "wooden", "wood"),
    ("size", "little", "small"), ("color", "quick", None),
])  # fmt: skip
def test_attributes_become_the_words_of_the_graph(kind, words, value):
    assert attribute_of(kind, words) == value


@given(st.sampled_from(sorted(NOUNS)))
def test_a_noun_in_the_plural_names_the_same_thing(noun):
    assert noun_of(plural(noun)) == noun_of(noun)


@given(st.lists(st.text(max_size=60), max_size=6))
def test_ids_are_valid_and_differ(nouns):
    import re

    taken: list[str] = []
    for noun in nouns:
        taken.append(id_of(noun, taken))
    assert len(set(taken)) == len(taken)
    assert all(re.match(ID_PATTERN, ref) and len(ref) <= 40 for ref in taken)


def test_pronouns_are_no_nouns():
    assert is_pronoun("the other one")
    assert not is_pronoun("the other cup")
    assert plural_count("cups") == 3
    assert plural_count("glass") == 1
