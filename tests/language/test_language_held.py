"""How things that hang, stick, or have counted links and drawers are read."""

import pytest

from pipeline.plugins import create


@pytest.fixture(scope="module")
def read():
    reader = create("reader", "rules")
    return lambda words: reader.read(words).graph


@pytest.mark.parametrize("words", [
    "A red ball hangs on a spring and bounces up and down.",
    "A ball on a spring bounces three times.",
    "A spring hangs from the ceiling with a ball on it.",
])  # fmt: skip
def test_a_spring_holds_what_is_on_it(read, words):
    graph = read(words)
    assert {entity.noun for entity in graph.entities} == {"ball", "spring"}
    ties = {(r.subject, r.predicate, r.object) for r in graph.relations}
    assert ("ball", "hanging_from", ("spring",)) in ties


@pytest.mark.parametrize("words", [
    "In spring a ball rolls over the grass.", "A spring morning. A ball rolls.",
    "A ball springs onto a table.", "It is spring. A ball rolls.",
])  # fmt: skip
def test_not_every_spring_is_a_coil(read, words):
    assert "spring" not in {entity.noun for entity in read(words).entities}


def test_who_sits_on_a_spring_does_not_hang(read):
    (relation,) = read("A ball sits on a spring.").relations
    assert relation.predicate == "on"


@pytest.mark.parametrize(("words", "noun"), [
    ("A rope of ten links hangs from the ceiling.", "ten-linked rope"),
    ("A chain of seven links swings.", "seven-linked chain"),
    ("A cabinet with three drawers. The middle drawer opens.", "three-drawered cabinet"),
])  # fmt: skip
def test_links_and_drawers_are_parts_of_one_thing(read, words, noun):
    (entity,) = read(words).entities
    assert (entity.noun, entity.count) == (noun, 1)


@pytest.mark.parametrize("words", [
    "A red ball rolls into a blue box and sticks to it.", "A ball hits a box and sticks to it.",
])  # fmt: skip
def test_what_comes_to_stick_is_not_stuck_before(read, words):
    graph = read(words)
    assert not graph.relations
    assert [outcome.predicate for outcome in graph.outcomes] == ["touches", "stays_on"]
