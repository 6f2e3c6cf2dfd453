import re

import pytest

from scene_builder.language.backends.weights import ADAPTER, GGUF_SHA256, adapter_digest
from scene_builder.language.embedded import EmbeddedReader
from scene_builder.language.mending.candidates import filled, likeliest, rule_notation
from scene_builder.language.notation.writing import notation_from_graph
from scene_builder.language.phrases.walk import draft_of
from scene_builder.language.rules import RuleReader
from scene_builder.model.errors import PromptError

DEMO = "A red rubber ball rolls off a wooden table and knocks over three blue cups"
RIGHT = (
    "ball red rubber\ntable wooden\ncup 3 blue\nball on table\nball roll off\n"
    "ball falls_off table\nball knocks_over cup\n"
)


class Scripted:
    """Writes one text, and finds one candidate likely."""

    def __init__(self, said, favourite=None):
        self.said, self.favourite, self.asked = said, favourite or said, []

    def complete(self, text, grammar):
        self.asked.append((text, grammar))
        return self.said

    def likelihood(self, text, continuation):
        return 0.0 if continuation == self.favourite else -100.0


def lines(reading):
    notation = notation_from_graph(reading.graph).splitlines()
    return {line for line in notation if not line.startswith("title=")}


def test_what_the_model_writes_becomes_the_graph(gold):
    model = Scripted(RIGHT)
    reading = EmbeddedReader(model).read(DEMO)
    assert lines(reading) == gold[DEMO]
    assert reading.reader == "embedded"
    assert reading.repairs == ()
    assert re.match(r"<\|im_start\|>user\nA red rubber ball", model.asked[0][0])


def test_wordings_that_the_lists_read_are_not_shown_to_the_model():
    model = Scripted("cup\n")
    reading = EmbeddedReader(model).read("Close-up of a cup in a kitchen at night, watercolor.")
    assert model.asked[0][0].split("\n")[1] == "A cup.<|im_end|>"
    assert reading.graph.setting.place == "kitchen"
    assert reading.graph.look.style == "watercolor"


def test_a_left_out_statement_is_put_in_and_told():
    said = RIGHT.replace("ball knocks_over cup\n", "")
    ruled = rule_notation(draft_of(DEMO.lower()), DEMO.lower())
    reading = EmbeddedReader(Scripted(said, filled(said, ruled))).read(DEMO)
    assert "ball knocks_over cup 3" in lines(reading)
    assert any("left out 'ball knocks_over cup'" in text for text in reading.repairs)


def test_a_sure_model_keeps_its_own_reading():
    said = RIGHT.replace("ball knocks_over cup\n", "ball touches cup\n")
    reading = EmbeddedReader(Scripted(said)).read(DEMO)
    assert "ball touches cup 3" in lines(reading)
    assert not any("knocks_over" in line for line in lines(reading))


@pytest.mark.parametrize("said", ["", "ball sparkles\n", "ball roll\n", "ball red rub"])
def test_an_answer_that_is_no_scene_gives_way_to_the_rules_and_is_told(said):
    reading = EmbeddedReader(Scripted(said)).read(DEMO)
    assert lines(reading) == lines(RuleReader().read(DEMO))
    assert reading.reader == "rules"
    assert "the language model's answer was not used" in reading.repairs[0]


def test_a_long_prompt_is_read_by_the_rules_and_told():
    reading = EmbeddedReader(Scripted("ball\n")).read("A ball rolls. " * 150)
    assert reading.reader == "rules"
    assert "too long" in reading.repairs[0]


def test_what_no_reader_takes_is_refused_before_any_model_is_asked():
    model = Scripted("ball\n")
    with pytest.raises(PromptError):
        EmbeddedReader(model).read("🎬")
    assert model.asked == []


def test_invented_attributes_of_the_model_are_filtered():
    reading = EmbeddedReader(Scripted("ball red glass\ncup 2\n")).read("A red ball and a cup")
    ball, cup = reading.graph.entities
    assert (ball.color, ball.material, cup.count) == ("red", None, 1)
    assert len(reading.repairs) >= 2


def test_filling_adds_only_what_is_lacking():
    said = "ball\ntable\nball roll off >table\nball touches table\n"
    other = "ball\ntable\ncup\nball on table\nball roll down\nball touches cup\ncup falls\n"
    assert filled(said, other) == (
        "ball\ntable\ncup\nball on table\nball roll off >table\nball touches table\ncup falls\n"
    )
    assert filled(said, said) == said


def test_the_prior_decides_only_where_the_model_is_unsure():
    assert likeliest([0.0, -1.0, -50.0]) == 1
    assert likeliest([0.0, -50.0, -1.0]) == 2
    assert likeliest([0.0, -50.0, -50.0]) == 0
    assert likeliest([0.0, 0.0, -19.0]) == 2


@pytest.mark.slow
def test_the_real_reader_reads_every_gold_sentence_right(embedded, gold):
    assert {prompt: lines(embedded.read(prompt)) for prompt in gold} == gold


@pytest.mark.slow
def test_the_real_reader_says_the_same_twice(embedded):
    prompt = "Two copper kettles slide off a shelf and land on a rug."
    assert embedded.read(prompt) == embedded.read(prompt)


def test_the_adapter_that_comes_along_says_what_it_is():
    import json

    config = json.loads((ADAPTER / "adapter_config.json").read_text())
    about = json.loads((ADAPTER / "about.json").read_text())
    assert config["peft_type"] == "LORA"
    assert about["adapter_sha256"] == adapter_digest()
    assert about["base_sha256"] == GGUF_SHA256
    assert about["pairs"] > 1000
    assert (ADAPTER / "adapter_model.safetensors").stat().st_size <= 10_000_000
