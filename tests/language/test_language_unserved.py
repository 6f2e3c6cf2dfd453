import pytest

from scene_builder.language.phrases.unserved import unserved
from scene_builder.language.rules import RuleReader


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a crowd watches a ball roll", "'crowd' is more than can be staged: a few stand for all"),
        ("thousands of marbles fall", "'thousands of marbles' is more than can be staged"),
        ("three hundred cups stand on a table", "'three hundred' is more than can be staged"),
        ("a robot pours milk into a glass", "'milk' flows, and fluids are not staged"),
        ("a sad robot drops a cup", "'sad' is a feeling, which is not shown"),
        ("a bird sings on a branch", "'sings' is a sound, and the film is silent"),
    ],
)
def test_what_cannot_be_staged_is_told_with_what_is_shown(text, said):
    assert any(sentence.startswith(said) for sentence in unserved(text))


@pytest.mark.parametrize(
    "text",
    [
        "a red ball rolls off a table and knocks over three cups",
        "a water bottle falls off a shelf",
        "an oil painting of a fire truck",
        "a coffee cup stands beside a milk carton",
    ],
)
def test_a_word_that_only_says_which_thing_is_no_fluid(text):
    assert unserved(text) == ()


def test_a_reading_lists_it():
    reading = RuleReader().read("A sad robot knocks over a glass of milk.")
    assert [sentence.split(" ")[0] for sentence in reading.not_served] == ["'milk'", "'sad'"]
