import pytest

from scene_builder.language.prompt import checked_prompt
from scene_builder.model.errors import PromptError


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("  \n\t", "empty"), ("ball " * 2001, "2,001 words"),
     ("x" * 20_001, "20,001 characters"), ("\x00\x01ball", "U+0000"), ("a \ud83d ball", "U+D83D"),
     ("🎬🔥🥎", "no letters"), ("12 + 7 = 19!", "no letters"), ("ball \x1b[31m", "U+001B")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(text, said):
    with pytest.raises(PromptError, match=said.replace("+", r"\+")) as caught:
        checked_prompt(text)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_prompt_keeps_its_words_and_loses_double_spaces():
    assert checked_prompt("  A red\n ball 🎾  rolls. ") == "A red ball 🎾 rolls."
    assert checked_prompt("ball " * 2000).split() == ["ball"] * 2000


@pytest.mark.parametrize(
    "prompt",
    [
        "0 cups stand on a table", "Zero cups stand on a table", "1000000 red balls fall",
        "A million red balls fall", "1,000,000 balls", "thousands of marbles roll",
    ],
)  # fmt: skip
def test_counts_that_cannot_be_filmed_are_refused(prompt):
    with pytest.raises(PromptError, match="1 to 200"):
        checked_prompt(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "200 marbles roll", "500 marbles pour into a bowl", "A ball drops from 300 cm",
        "A 500 g ball floats in zero gravity",
        "Six cups fall after 0 seconds", "a scene of 1000 frames",
    ],
)  # fmt: skip
def test_quantities_are_no_counts(prompt):
    assert checked_prompt(prompt) == prompt
