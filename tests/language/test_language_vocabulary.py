import pytest

from scene_builder.language.notation.counting import numbers_said, parts_said
from scene_builder.language.notation.grammar import vocabulary_of
from scene_builder.language.notation.naming import ids_named, nouns_named


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("the cook sneezes", "cook"),
        ("a stack of insulation rolls", "insulation roll"),
        ("a hydraulic press comes down", "hydraulic press"),
        ("a waiter's tray", "waiter"),
        ("the cutting board's groove", "cutting board"),
        ("lying on the tabletop", "table"),
        ("two panes of glass", "pane"),
        ("a piñata hangs there", "pinata"),
        ("a wooden horse", "horse"),
        ("a ball rolls on a track", "track"),
        ("a steel bearing rolls", "bearing"),
        ("a wall of stone", "stone wall"),
    ],
)
def test_what_may_be_named(text, noun):
    assert noun in nouns_named(text)


def test_verbs_and_articles_are_no_things():
    assert nouns_named("the red ball rolls off the table and knocks over a cup") == (
        "ball", "table", "cup")  # fmt: skip


def test_as_many_kinds_as_the_words_may_tell_apart():
    assert "cup_3" in ids_named("three cups in a row: red, yellow and blue", 3)
    assert "balloon_3" in ids_named("one red balloon, one white, one blue", 1)
    assert "cup_2" not in ids_named("a cup falls off a table", 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("it bounces twice", 2), ("bounce, bounce", 2), ("six barrels, all but one of them", 5),
        ("ten of them, and all but three fall", 7), ("none of them", 0), ("the last brick", 1),
        ("three quarters of the eight jars", 6), ("one of the two, the other stays", 1),
    ],
)  # fmt: skip
def test_numbers_of_what_happens(text, number):
    assert number in parts_said(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("thirty-odd ants", 30), ("a fifth one", 5), ("half a dozen", 6), ("eight pairs of shoes", 16),
     ("a candle on either side", 2), ("cups", 3)],
)  # fmt: skip
def test_numbers_of_things(text, number):
    assert number in numbers_said(text)


def test_a_vocabulary_offers_what_stands_there():
    words = vocabulary_of("two of the four bricks fall off a shelf of bricks")
    assert set(words.nouns) >= {"brick", "shelf"}
    assert words.counts == (2, 3, 4)
    assert words.parts == (1, 2, 3, 4)
    assert words.materials == ("brick",)
