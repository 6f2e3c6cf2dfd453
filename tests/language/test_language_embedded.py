import re

import pytest

from scene_builder.language.backends.weights import ADAPTER, GGUF_SHA256, adapter_digest
from scene_builder.language.embedded import EmbeddedReader
from scene_builder.language.mending.opinions import rules_opinion
from scene_builder.language.notation.writing import notation_from_graph
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.walk import draft_of
from scene_builder.language.writer import MAX_SECS, NotationWriter
from scene_builder.model.errors import ModelError, PromptError

DEMO = "A red rubber ball rolls off a wooden table and knocks over three blue cups"
RIGHT = (
    "ball red rubber\ntable wooden\ncup 3 blue\nball on table\nball roll off\n"
    "ball falls_off table\nball knocks_over cup\n"
)


class Scripted:
    """Writes one text, each line as sure as it is told."""

    def __init__(self, said, sure=0.95):
        self.said, self.sure, self.asked = said, sure, []

    def lines(self, text, grammar, *, max_secs):
        self.asked.append((text, grammar))
        assert max_secs == MAX_SECS
        return [(line, self.sure) for line in self.said.splitlines()]


class OnlyRules:
    """The other voters without the tagger's weights: a tagger that says surely what rules say."""

    identity = "rules"

    def opinions(self, facts):
        rest = stated_quantities(facts.rest)[1]
        draft = rules_opinion(draft_of(rest), rest)
        sure = {
            part: [{**said, "probability": dict.fromkeys(said, 0.97)} for said in listed]
            for part, listed in draft.items()
        }
        return {"rules": draft, "tagger": sure}


def reader(said, sure=0.95):
    return EmbeddedReader(Scripted(said, sure), others=OnlyRules())


def lines(reading):
    notation = notation_from_graph(reading.graph).splitlines()
    return {line for line in notation if not line.startswith("title=")}


def test_what_all_readers_say_becomes_the_graph(gold):
    reading = reader(RIGHT).read(DEMO)
    assert lines(reading) == gold[DEMO]
    assert reading.reader == "embedded"
    assert reading.repairs == ()


def test_the_model_is_asked_under_a_grammar_of_the_prompts_words():
    model = Scripted(RIGHT)
    EmbeddedReader(model, others=OnlyRules()).read(DEMO)
    ((asked, grammar),) = model.asked
    assert re.match(r"<\|im_start\|>user\nA red rubber ball", asked)
    assert '"cup"' in grammar
    assert '"teapot"' not in grammar


def test_wordings_that_the_lists_read_are_not_shown_to_the_model():
    model = Scripted("cup\n")
    reading = EmbeddedReader(model, others=OnlyRules()).read(
        "Close-up of a cup in a kitchen at night, watercolor."
    )
    assert model.asked[0][0].split("\n")[1] == "A cup.<|im_end|>"
    assert reading.graph.setting.place == "kitchen"
    assert reading.graph.look.style == "watercolor"


def test_what_the_model_leaves_out_is_outvoted():
    said = RIGHT.replace("ball knocks_over cup\n", "")
    assert "ball knocks_over cup 3" in lines(reader(said).read(DEMO))


def test_an_invention_that_the_model_is_unsure_of_is_outvoted():
    assert "ball bounces" not in lines(reader(RIGHT + "ball bounces\n", sure=0.02).read(DEMO))


@pytest.mark.parametrize("said", ["", "ball roll\n", "ball sparkles\n"])
def test_an_answer_that_is_no_scene_does_not_vote_and_is_told(said, gold):
    reading = reader(said).read(DEMO)
    assert lines(reading) == gold[DEMO]
    assert "the language model did not vote" in reading.repairs[0]


def test_a_long_prompt_is_not_shown_to_the_model_and_that_is_told():
    model = Scripted("ball\n")
    reading = EmbeddedReader(model, others=OnlyRules()).read("A ball rolls. " * 150)
    assert model.asked == []
    assert "too long" in reading.repairs[0]


def test_what_no_reader_takes_is_refused_before_any_model_is_asked():
    model = Scripted("ball\n")
    with pytest.raises(PromptError):
        EmbeddedReader(model, others=OnlyRules()).read("🎬")
    assert model.asked == []


def test_weights_that_cannot_be_had_are_an_error_and_not_a_worse_reading():
    class Absent:
        def lines(self, text, grammar, *, max_secs):
            raise ModelError("no weights")

    with pytest.raises(ModelError):
        EmbeddedReader(Absent(), others=OnlyRules()).read(DEMO)


def test_each_field_is_as_sure_as_its_line():
    from scene_builder.language.phrases.facts import stated_facts

    opinion = NotationWriter(Scripted("ball red\nball roll off\n", 0.3)).opinion(stated_facts(DEMO))
    assert opinion["entities"][0]["probability"]["color"] == 0.3
    assert opinion["actions"][0]["probability"]["verb"] == 0.3


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
