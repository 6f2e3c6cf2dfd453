"""Every noun, attribute, relation, action and outcome that is read points to its words."""

import json
from pathlib import Path

import pytest

from scene_builder.knowledge.words.nouns import SYNONYMS, singular
from scene_builder.language.rules import RuleReader
from scene_builder.language.scoring.labels import labelled_prompts
from scene_builder.model.errors import WorldreelError

SETS = Path(__file__).parent / "reading_sets"
PROMPTS = [p for name in "abc" for p in labelled_prompts(SETS / f"dev_{name}.json")]


@pytest.fixture(scope="module")
def readings():
    """The rules' readings of the development prompts."""
    reader, found = RuleReader(), []
    for labelled in PROMPTS:
        try:
            found.append(reader.read(labelled.prompt))
        except WorldreelError:
            continue
    return found


def words_of(reading, path):
    """The words behind a path, in lower case."""
    text = reading.graph.prompt
    return [text[s.start : s.end].lower() for s in reading.spans if s.path == path]


def test_nearly_every_prompt_is_read(readings):
    assert len(readings) == len(PROMPTS)


def test_the_span_of_a_noun_is_the_noun(readings):
    for reading in readings:
        for k, entity in enumerate(reading.graph.entities):
            (words,) = words_of(reading, f"entities.{k}.noun")
            said = singular(words.replace("-", " "))
            elliptic = words.split(" ")[-1] in {"one", "ones", "another", "other", "fifth"}
            forms = {said, SYNONYMS.get(said, said), _mended(words)}
            assert elliptic or entity.noun in forms, (reading.graph.prompt, entity.noun, words)


def test_qualities_and_numbers_point_to_words(readings):
    for reading in readings:
        for k, entity in enumerate(reading.graph.entities):
            for name in ("color", "material"):
                if getattr(entity, name) is not None:
                    assert words_of(reading, f"entities.{k}.{name}"), (reading.graph.prompt, name)


def test_what_is_said_points_to_its_words_and_what_is_implied_does_not(readings):
    said = implied = 0
    for reading in readings:
        for part, field in (("relations", "predicate"), ("actions", "verb"),
                            ("outcomes", "predicate")):  # fmt: skip
            for k in range(len(getattr(reading.graph, part))):
                words = words_of(reading, f"{part}.{k}.{field}")
                said, implied = said + bool(words), implied + (not words)
    assert said / (said + implied) > 0.95


def test_spans_lie_inside_of_the_prompt_and_name_what_is_there(readings):
    for reading in readings:
        graph = json.loads(reading.graph.model_dump_json())
        for span in reading.spans:
            assert 0 <= span.start < span.end <= len(reading.graph.prompt)
            part, *rest = span.path.split(".")
            if part in {"entities", "relations", "actions", "outcomes"}:
                assert rest[1] in graph[part][int(rest[0])]


@pytest.mark.parametrize(
    ("prompt", "path", "words"),
    [
        ("A blue ball rolls slowly off a shelf.", "entities.0.color", "blue"),
        ("A blue ball rolls slowly off a shelf.", "actions.0.verb", "rolls"),
        ("A blue ball rolls slowly off a shelf.", "actions.0.speed", "slowly"),
        ("A blue ball rolls slowly off a shelf.", "actions.0.direction", "off"),
        ("A blue ball rolls slowly off a shelf.", "relations.0.predicate", "off"),
        ("A blue ball rolls slowly off a shelf.", "outcomes.0.predicate", "off"),
        ("A cat knocks over two of the three jars.", "outcomes.0.predicate", "knocks over"),
        ("A cat knocks over two of the three jars.", "outcomes.0.count", "two of the three jars"),
        ("Five pins stand in a row.", "relations.0.predicate", "in a row"),
        ("A lamp hangs from the ceiling.", "relations.0.predicate", "hangs from"),
        ("A 2 kg box is pushed off a desk.", "entities.0.mass_kg", "2 kg"),
    ],
)
def test_what_points_where(prompt, path, words):
    reading = RuleReader().read(prompt)
    assert words in words_of(reading, path)


def test_a_choice_of_ours_has_no_words():
    reading = RuleReader().read("A candle stands on a table beside a cup.")
    on = [k for k, r in enumerate(reading.graph.relations) if r.subject == "cup"]
    assert on
    assert not any(words_of(reading, f"relations.{k}.predicate") for k in on)
    assert any("cup is taken to stand on the table" in text for text in reading.assumptions)


def _mended(words):
    from scene_builder.language.phrases.words.spelling import mended

    return singular(" ".join(mended(word) for word in words.split(" ")))
