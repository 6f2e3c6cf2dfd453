import re
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.language.notation.reading import graph_from_notation
from scene_builder.language.synthetic.labels import KINDS
from scene_builder.language.synthetic.prompts import pairs
from scene_builder.language.synthetic.script.world import Tag, Word
from scene_builder.language.synthetic.wording.finish import finished_rand, mistyped_rand
from scene_builder.language.synthetic.wording.forms import inflected

PAIRS = list(islice(pairs(41), 250)) + list(islice(pairs(41, held_out=True), 40))


def looked_up(graph, path):
    part = graph
    for name in path.split("."):
        part = part[int(name)] if name.isdigit() else getattr(part, name)
    return part


def test_every_mark_lies_in_its_prompt_and_points_at_something_that_is_there():
    for pair in PAIRS:
        graph = graph_from_notation(pair.whole)
        assert list(pair.marks) == sorted(pair.marks, key=lambda m: (m.start, m.end, m.path))
        for mark in pair.marks:
            assert mark.kind in KINDS
            assert 0 <= mark.start < mark.end <= len(pair.prompt)
            assert pair.prompt[mark.start : mark.end].strip() == pair.prompt[mark.start : mark.end]
            assert looked_up(graph, mark.path) is not None


def test_every_part_of_the_graph_is_said_somewhere():
    for pair in PAIRS:
        graph, said = graph_from_notation(pair.whole), {mark.path for mark in pair.marks}
        for k, entity in enumerate(graph.entities):
            wanted = ["noun", *(f for f in ("color", "material", "size", "mass_kg")
                                if getattr(entity, f) is not None)]  # fmt: skip
            assert {f"entities.{k}.{field}" for field in wanted} <= said
        assert {f"relations.{k}.predicate" for k in range(len(graph.relations))} <= said
        for k, action in enumerate(graph.actions):
            fields = ["verb", *(f for f in ("direction", "speed", "height_m", "target")
                                if getattr(action, f) is not None)]  # fmt: skip
            assert {f"actions.{k}.{field}" for field in fields} <= said, pair.prompt
        for k, outcome in enumerate(graph.outcomes):
            fields = ["predicate", *(["count"] if outcome.count is not None else [])]
            fields += ["negated"] if outcome.negated else []
            assert {f"outcomes.{k}.{field}" for field in fields} <= said, pair.prompt


def test_counts_and_colours_are_marked_on_the_words_that_say_them():
    exact = 0
    for pair in PAIRS:
        graph = graph_from_notation(pair.whole)
        for mark in pair.marks:
            text = pair.prompt[mark.start : mark.end].lower()
            if mark.kind == "count" and number_from_word(text) is not None:
                assert looked_up(graph, mark.path) == number_from_word(text)
                exact += 1
            if mark.kind == "color":
                assert text == mark.value or len(text) >= len(mark.value) - 1
    assert exact > 100


def test_verb_marks_hold_the_verb_of_the_graph():
    for pair in PAIRS:
        graph = graph_from_notation(pair.whole)
        for mark in pair.marks:
            if mark.kind in {"verb", "relation", "outcome", "direction"}:
                assert looked_up(graph, mark.path) == mark.value


def test_arcs_join_words_to_mentions_of_the_right_things():
    mentions = {"noun", "again", "pronoun"}
    for pair in PAIRS:
        graph = graph_from_notation(pair.whole)
        for arc in pair.arcs:
            start, end = pair.marks[arc.start], pair.marks[arc.end]
            statement = start.path.rpartition(".")[0]
            if arc.label == "of":
                assert end.kind in mentions
                assert looked_up(graph, statement).id == end.value
            elif arc.label == "with":
                assert end.path.rpartition(".")[0] == statement
            else:
                held = getattr(looked_up(graph, statement), arc.label)
                assert end.kind in mentions
                assert end.value == held or end.value in held


def test_participants_have_arcs():
    for pair in PAIRS:
        ids = {mark.value for mark in pair.marks if mark.kind == "noun"}
        said = {(pair.marks[arc.start].path.rpartition(".")[0], arc.label) for arc in pair.arcs}
        for path, role, ref in pair.roles:
            assert ref not in ids or (path, role) in said


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.text("abcdefghijklmnopqrstuvwxyz", min_size=0, max_size=12))
def test_a_slip_changes_one_letter_at_most_two(seed, word):
    slipped = mistyped_rand(np.random.default_rng(seed), word)
    assert abs(len(slipped) - len(word)) <= 1
    assert slipped[:1] == word[:1]
    assert len(word) >= 4 or slipped == word


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 3))
def test_marks_survive_joining_and_slips(seed, slips):
    rng = np.random.default_rng(seed)
    tag = Tag("noun", "entities.0.noun")
    texts = ["a", "apple", ", and", "orange box", ",", ". Then", "it", "rolls", ".", "nothing"]
    words = [Word(text, (tag,)) if text.isalpha() else Word(text) for text in texts]
    prompt, spans = finished_rand(rng, words, slips=slips)
    assert len(spans) == sum(text.isalpha() for text in texts)
    for _, start, end in spans:
        assert re.fullmatch(r"[A-Za-z]+", prompt[start:end])
        assert start == 0 or prompt[start - 1] == " "
    assert prompt.startswith("An ")
    assert ",," not in prompt
    assert " ." not in prompt


@pytest.mark.parametrize(
    ("base", "form", "word"),
    [
        ("knock over", "third", "knocks over"), ("narrowly miss", "past", "narrowly missed"),
        ("spring", "past", "sprang"), ("plop", "gerund", "plopping"), ("be", "=are", "are"),
        ("come crashing down", "past", "came crashing down"), ("lie", "gerund", "lying"),
        ("grind to a halt", "participle", "ground to a halt"), ("budge", "base", "budge"),
    ],
)  # fmt: skip
def test_forms_of_verbs(base, form, word):
    assert inflected(base, form) == word
