"""What every reader promises. The chat reader needs a server: its own tests hold it."""

import pytest

from pipeline.plugins import create, listing
from scene_builder.model.errors import PromptError

OFFLINE = [name for name in listing("reader") if name != "chat"]
PROMPT = "A red ball rolls off a table."


@pytest.fixture(
    params=[
        pytest.param(name, marks=[pytest.mark.slow] if name == "embedded" else [])
        for name in OFFLINE
    ],
    scope="module",
)
def reader(request):
    return create("reader", request.param)


def test_a_simple_sentence_is_understood(reader):
    graph = reader.read(PROMPT).graph
    assert graph.prompt == PROMPT
    ball = next(entity for entity in graph.entities if entity.noun == "ball")
    assert (ball.count, ball.color) == (1, "red")
    assert "table" in {entity.noun for entity in graph.entities}
    assert ("roll", ball.id) in {(action.verb, action.actor) for action in graph.actions}


def test_evidence_lies_inside_the_prompt(reader):
    for span in reader.read(PROMPT).spans:
        assert 0 <= span.start < span.end <= len(PROMPT)


def test_the_same_words_give_the_same_reading(reader):
    assert reader.read(PROMPT) == reader.read(PROMPT)


@pytest.mark.parametrize(
    "prompt", ["", "   \n", "🙂🙂🎉", "\x00\x01\x02", "!!! ??? ...", "word " * 10_000]
)
def test_what_holds_nothing_to_film_is_refused_in_one_line(reader, prompt):
    with pytest.raises(PromptError) as refused:
        reader.read(prompt)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) > 20
