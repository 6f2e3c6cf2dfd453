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
