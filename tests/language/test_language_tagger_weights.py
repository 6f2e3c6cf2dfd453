import json
import time

import pytest

from scene_builder.knowledge.encoder import MINILM, encoder_folder
from scene_builder.knowledge.wheels import file_digest
from scene_builder.language.backends.tagger_model import WEIGHTS
from scene_builder.language.notation.writing import notation_from_graph
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.tagged import TaggerReader
from scene_builder.model.errors import ModelError

DEMO = "A red rubber ball rolls off a wooden table and knocks over three blue cups"


@pytest.fixture(scope="module")
def reader():
    try:
        encoder_folder()
    except ModelError as error:
        pytest.skip(f"no weights: {error}")
    return TaggerReader()


def test_the_weights_are_those_that_their_card_describes():
    about = json.loads((WEIGHTS.parent / "about.json").read_text())
    assert about["weights_sha256"] == file_digest(WEIGHTS)
    assert about["base_sha256"] == MINILM.sha256
    assert WEIGHTS.stat().st_size < 22e6


@pytest.mark.slow
def test_the_trained_tagger_reads_and_grounds_the_demo_sentence(reader, gold):
    lines = notation_from_graph(reader.read(DEMO).graph).splitlines()
    assert {line for line in lines if not line.startswith("title=")} == gold[DEMO]
    tagging = reader.tagging(stated_facts(DEMO))
    said = {(f.path, DEMO[f.start : f.end]) for f in tagging.findings}
    wanted = {
        "entities.0.color": "red", "entities.2.count": "three", "actions.0.verb": "rolls",
        "outcomes.0.predicate": "off", "outcomes.1.predicate": "knocks",
    }  # fmt: skip
    assert wanted.items() <= dict(said).items()
    assert all(0.4 <= f.probability <= 1.0 + 1e-9 for f in tagging.findings)


@pytest.mark.slow
def test_the_same_prompt_gives_the_same_reading_in_no_time(reader):
    first = reader.read(DEMO)
    start = time.process_time()
    assert reader.read(DEMO) == first
    assert time.process_time() - start < 1.0
