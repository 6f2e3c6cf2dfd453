import json
import os
import subprocess
import sys
from itertools import islice

import pytest

from scene_builder.knowledge.words.nouns import plural
from scene_builder.language.notation.grammar import free_vocabulary, lark_grammar
from scene_builder.language.notation.reading import graph_from_notation
from scene_builder.language.synthetic.constructions.registry import FAMILIES, HELD_OUT
from scene_builder.language.synthetic.prompts import VERSION, pair_rand, pairs
from scene_builder.model.chance import stream
from scene_builder.model.words import OUTCOME_PREDICATES, PREDICATES, VERBS

PAIRS = list(islice(pairs(77), 250))
HELD = list(islice(pairs(77, held_out=True), 40))


def test_a_pair_depends_on_its_seed_alone():
    assert list(islice(pairs(77), 50)) == PAIRS[:50]
    assert list(islice(pairs(78), 5)) != PAIRS[:5]
    assert pair_rand(stream(77, "synthetic", VERSION, 0)) == PAIRS[0]


_DRAW_MANY = """
import json
from itertools import islice
from scene_builder.language.notation.reading import document_from_notation
from scene_builder.language.synthetic.prompts import pairs

drawn = list(islice(pairs(77), 5000))
said = {"relations": set(), "actions": set(), "outcomes": set(), "denied": set(), "counted": set()}
for pair in drawn:
    document = document_from_notation(pair.notation)
    said["relations"] |= {relation["predicate"] for relation in document["relations"]}
    said["actions"] |= {action["verb"] for action in document["actions"]}
    for outcome in document["outcomes"]:
        said["denied" if outcome["negated"] else "outcomes"].add(outcome["predicate"])
        said["counted"] |= {outcome["compare"]} if "count" in outcome else set()
print(json.dumps({
    "first": [pair.prompt for pair in drawn[:30]], "distinct": len({p.prompt for p in drawn}),
    "families": sorted({pair.family for pair in drawn}),
    **{key: sorted(value) for key, value in said.items()},
}))
"""


@pytest.fixture(scope="module")
def many():
    """What 5,000 pairs hold, drawn by another process with other hashes and no type checks."""
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    out = subprocess.run(
        [sys.executable, "-c", _DRAW_MANY], check=True, capture_output=True, text=True,
        env=environment,
    )  # fmt: skip
    return json.loads(out.stdout)


@pytest.mark.slow
def test_another_process_with_other_hashes_draws_the_same(many):
    assert many["first"] == [pair.prompt for pair in PAIRS[:30]]


@pytest.mark.slow
def test_prompts_hardly_ever_repeat(many):
    assert many["distinct"] > 0.99 * 5000


@pytest.mark.slow
def test_every_verb_relation_and_outcome_is_said_denied_and_counted(many):
    assert set(many["actions"]) == set(VERBS)
    assert set(many["relations"]) == set(PREDICATES)
    assert set(many["outcomes"]) == set(OUTCOME_PREDICATES)
    assert set(many["denied"]) >= {"touches", "falls_off", "falls", "knocks_over", "bounces",
                                   "comes_to_rest", "leaves_frame", "moves"}  # fmt: skip
    assert set(many["counted"]) == {"exactly", "at_least", "at_most"}


@pytest.mark.slow
def test_families_are_all_drawn_and_held_out_ones_never_trained_on(many):
    assert set(many["families"]) == set(FAMILIES) - set(HELD_OUT)
    assert {pair.family for pair in HELD} == set(HELD_OUT)


def test_both_notations_are_valid_graphs_that_agree():
    for pair in PAIRS + HELD:
        core, whole = graph_from_notation(pair.notation), graph_from_notation(pair.whole)
        assert [e.id for e in core.entities] == [e.id for e in whole.entities]
        assert [e.count for e in core.entities] == [e.count for e in whole.entities]
        assert core.relations == whole.relations
        assert core.outcomes == whole.outcomes
        for one, other in zip(core.actions, whole.actions, strict=True):
            assert (one.actor, one.verb, one.target) == (other.actor, other.verb, other.target)
            assert one.height_m is None


def test_every_entity_is_named_by_its_prompt():
    for pair in PAIRS:
        named = {mark.path: mark for mark in pair.marks if mark.kind == "noun"}
        for k, entity in enumerate(graph_from_notation(pair.notation).entities):
            mark = named[f"entities.{k}.noun"]
            said = pair.prompt[mark.start : mark.end].lower().replace("-", " ")
            forms = {entity.noun, plural(entity.noun)}
            assert said in forms or len(set(said) ^ set(min(forms, key=len))) <= 3  # a slip


def test_the_sentences_that_judge_the_reader_are_kept_apart(gold):
    judged = []
    for notation in gold.values():
        graph = graph_from_notation("\n".join(notation))
        judged.append(({e.noun for e in graph.entities}, {a.verb for a in graph.actions}))
    for pair in PAIRS:
        assert pair.prompt not in gold
        graph = graph_from_notation(pair.notation)
        nouns, verbs = {e.noun for e in graph.entities}, {a.verb for a in graph.actions}
        assert not any(theirs <= nouns and did & verbs for theirs, did in judged)


def test_the_free_grammar_accepts_everything_that_is_written():
    from llguidance import LLMatcher, LLTokenizer

    tokens = LLTokenizer("byte")
    grammar = LLMatcher.grammar_from_lark(lark_grammar(free_vocabulary()))
    for pair in PAIRS[:150] + HELD:
        matcher = LLMatcher(tokens, grammar)
        assert not matcher.is_error(), matcher.get_error()
        letters = list(pair.notation.encode())
        assert matcher.validate_tokens(letters) == len(letters), pair.notation
