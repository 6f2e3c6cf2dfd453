"""The floor: what was learned has to read the frozen prompts better than the rules do."""

from pathlib import Path

import pytest

from scene_builder.language.rules import RuleReader
from scene_builder.language.scoring.labels import labelled_prompts
from scene_builder.language.scoring.score import scored
from scene_builder.language.voting_reader import VotingReader

SETS = Path(__file__).parent / "reading_sets"
EVERY = 9
"""Of the frozen prompts, one in so many is read by the language model, too: two seconds each."""


def f1_of(reader, prompts):
    """Harmonic mean of recall and precision over all atoms."""
    whole = scored(lambda prompt: reader.read(prompt).graph, prompts).whole
    return 2 * whole.recall * whole.precision / (whole.recall + whole.precision)


@pytest.fixture(scope="module")
def frozen():
    return [prompt for s in "abc" for prompt in labelled_prompts(SETS / f"test_{s}.json")]


@pytest.mark.slow
def test_rules_and_tagger_together_beat_the_rules(embedded, frozen):
    assert len(frozen) >= 300
    assert f1_of(VotingReader(), frozen) > f1_of(RuleReader(), frozen)


@pytest.mark.slow
def test_the_default_reader_beats_the_rules(embedded, frozen):
    some = frozen[::EVERY]
    assert f1_of(embedded, some) > f1_of(RuleReader(), some)
