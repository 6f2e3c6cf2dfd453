from itertools import islice

import pytest

from scene_builder.knowledge.words.nouns import plural
from scene_builder.language.notation.grammar import free_vocabulary, lark_grammar, vocabulary_of
from scene_builder.language.notation.reading import graph_from_notation
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.synthetic.families import FAMILIES, HELD_OUT
from scene_builder.language.synthetic.prompts import pairs

PAIRS = list(islice(pairs(77), 200)) + list(islice(pairs(77, held_out=True), 50))


@pytest.fixture(scope="module")
def accepted():
    """Whether a grammar accepts a text, letter by letter: no model, no vocabulary needed."""
    from llguidance import LLMatcher, LLTokenizer

    tokens = LLTokenizer("byte")

    def accepts(grammar, text):
        matcher = LLMatcher(tokens, LLMatcher.grammar_from_lark(grammar))
        assert not matcher.is_error(), matcher.get_error()
        letters = list(text.encode())
        return matcher.validate_tokens(letters) == len(letters)

    return accepts


def test_a_pair_depends_on_its_seed_alone():
    assert list(islice(pairs(77), 200)) == PAIRS[:200]
    assert list(islice(pairs(78), 5)) != PAIRS[:5]


def test_every_notation_is_a_valid_graph_and_names_words_of_its_prompt():
    for pair in PAIRS:
        graph = graph_from_notation(pair.notation)
        assert len(graph.entities) <= 14
        prompt = pair.prompt.lower().replace("-", " ")
        for entity in graph.entities:
            assert entity.noun in prompt or plural(entity.noun) in prompt


def test_held_out_families_are_never_trained_on():
    assert {pair.family for pair in PAIRS[:200]} == set(FAMILIES) - set(HELD_OUT)
    assert {pair.family for pair in PAIRS[200:]} == set(HELD_OUT)


def test_the_sentences_that_judge_the_reader_are_kept_apart(gold):
    judged = []
    for notation in gold.values():
        graph = graph_from_notation("\n".join(notation))
        judged.append(({e.noun for e in graph.entities}, {a.verb for a in graph.actions}))
    for pair in islice(pairs(5), 500):
        assert pair.prompt not in gold
        graph = graph_from_notation(pair.notation)
        nouns, verbs = {e.noun for e in graph.entities}, {a.verb for a in graph.actions}
        assert not any(theirs <= nouns and did & verbs for theirs, did in judged)


def test_the_free_grammar_accepts_everything_that_is_written(accepted):
    grammar = lark_grammar(free_vocabulary())
    assert all(accepted(grammar, pair.notation) for pair in PAIRS)
    assert not accepted(grammar, "ball roll roll\n")
    assert not accepted(grammar, "ball red\nball\nball red on\n")


def test_the_grammar_of_a_prompt_accepts_its_notation_nearly_always(accepted):
    good = 0
    for pair in PAIRS[100:]:
        rest = stated_quantities(stated_facts(pair.prompt).rest)[1]
        good += accepted(lark_grammar(vocabulary_of(rest)), pair.notation)
    assert good >= 0.96 * len(PAIRS[100:])


def test_the_grammar_of_a_prompt_offers_no_word_that_it_has_not(accepted):
    grammar = lark_grammar(vocabulary_of("a red ball rolls off a table"))
    assert accepted(
        grammar, "ball red\ntable\nball on table\nball roll off\nball falls_off table\n"
    )
    for invented in ("cup\n", "ball blue\n", "ball 3\n", "ball wooden\n", "ball\nball fly\n",
                     "ball\ntable\nball behind table\n", "ball\nball not falls\n"):  # fmt: skip
        assert not accepted(grammar, invented)
