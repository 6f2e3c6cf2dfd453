"""What comes nearest to nouns that nobody wrote down."""

import csv
from pathlib import Path

import numpy as np
import pytest

from scene_builder.knowledge import encoder as module
from scene_builder.knowledge.catalogue import nouns
from scene_builder.knowledge.encoder import PhraseEncoder, encoder_at_hand
from scene_builder.knowledge.neighbours import LEAST_LIKENESS, nearest_noun

LINES = (Path(__file__).parent / "held_out.csv").read_text(encoding="utf-8").splitlines()
HELD_OUT = [
    (row["word"], frozenset(filter(None, row["right"].split("|")))) for row in csv.DictReader(LINES)
]


class Dumb(PhraseEncoder):
    """An encoder that finds everything equally unlike."""

    def __call__(self, phrases):
        return np.zeros((len(phrases), 4))


def test_the_nearest_thing_is_right_three_times_in_five_without_any_weights():
    right = total = refused = abstract = 0
    for word, answers in HELD_OUT:
        found = nearest_noun(word, outdoors=True, encoder=Dumb())
        if answers:
            total += 1
            right += found is not None and found.noun.name in answers
        else:
            abstract += 1
            refused += found is None
    assert total >= 100
    assert right >= 0.75 * total
    assert refused == abstract


def test_the_right_answers_are_things():
    for word, answers in HELD_OUT:
        assert answers <= set(nouns()), word


@pytest.mark.parametrize(
    ("phrase", "noun", "how"),
    [
        ("cup", "cup", "name"), ("old kitchen stools", "stool", "name"),
        ("rapier", "sword", "kin"), ("two rusty rapiers", "sword", "kin"),
        ("wombat", "kangaroo", "kin"),
        ("botle", "bottle", "spelling"), ("umbrela", "umbrella", "spelling"),
    ],
)  # fmt: skip
def test_each_way_finds_its_own(phrase, noun, how):
    found = nearest_noun(phrase, encoder=Dumb())
    assert (found.noun.name, found.how) == (noun, how)
    assert 0 < found.score <= 1


def test_nearer_kin_score_higher_and_names_highest():
    scores = [nearest_noun(word, encoder=Dumb()).score for word in ("sword", "rapier", "wombat")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1


class Pointing(PhraseEncoder):
    """An encoder that finds `flibbergib` to be like `cup`, as much as it is told."""

    def __init__(self, likeness: float) -> None:
        self.likeness = likeness

    def __call__(self, phrases):
        return np.array([self._one(phrase) for phrase in phrases])

    def _one(self, phrase):
        if phrase == "a photo of a cup":
            return [1.0, 0.0]
        if phrase.endswith("flibbergib"):
            return [self.likeness, (1 - self.likeness**2) ** 0.5]
        return [0.0, 0.0]


def test_the_encoder_is_believed_from_its_threshold_on():
    found = nearest_noun("flibbergib", encoder=Pointing(LEAST_LIKENESS + 0.05))
    assert (found.noun.name, found.how) == ("cup", "meaning")
    assert found.score == pytest.approx(LEAST_LIKENESS + 0.05)
    assert nearest_noun("flibbergib", encoder=Pointing(LEAST_LIKENESS - 0.05)) is None


@pytest.mark.parametrize("phrase", ["", " ", "qx", "12", "justice"])
def test_what_is_no_thing_is_none(phrase):
    assert nearest_noun(phrase, encoder=Dumb()) is None


def test_no_weights_are_fetched_for_a_noun(monkeypatch, tmp_path):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path))
    monkeypatch.setattr(module, "fetched", lambda *_, **__: pytest.fail("something is fetched"))
    assert encoder_at_hand() is None
    assert nearest_noun("flibbergib") is None
    assert not list(tmp_path.iterdir())
