import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene_builder.language.notation.reading import document_from_notation
from scene_builder.language.synthetic.labels import Mark
from scene_builder.language.tagged import TaggerReader
from scene_builder.language.tagger.decoding import decoded
from scene_builder.language.tagger.scheme import CLASSES, ROLES, TAGS
from scene_builder.language.tagger.scores import TokenScores
from scene_builder.language.training.tagger.ceiling import perfect_scores
from scene_builder.language.training.tagger.examples import example_of
from scene_builder.model.errors import PromptError

DEMO = (
    "a [red|color@entities.0.color] [rubber|material@entities.0.material] [ball|noun@entities.0] "
    "[rolls|verb@actions.0.verb] "
    "[off|direction@actions.0.direction,relation@relations.0.predicate,outcome@outcomes.0.predicate]"
    " a [wooden|material@entities.1.material] [table|noun@entities.1] and [it|pronoun@entities.0] "
    "[knocks over|outcome@outcomes.1.predicate] [at least two|part@outcomes.1.count] of the "
    "[three|count@entities.2.count] [blue|color@entities.2.color] [cups|noun@entities.2]"
)
DEMO_SAYS = """ball red rubber
table wood
cup 3 blue
ball on table
ball roll off
ball falls_off table
ball knocks_over cup >=2
"""
PAIRS = [
    (DEMO, DEMO_SAYS),
    (
        "a [peach|noun@entities.0] and a [plum|noun@entities.1] [roll|verb@actions.0.verb,"
        "verb@actions.1.verb] [slowly|speed@actions.0.speed,speed@actions.1.speed] "
        "toward each other, and [both|pronoun@entities.0,pronoun@entities.1] "
        "[stop|outcome@outcomes.0.predicate,outcome@outcomes.1.predicate]",
        "peach\nplum\npeach roll slow >plum\nplum roll slow >peach\npeach comes_to_rest\n"
        "plum comes_to_rest\n",
    ),
    (
        "[between|relation@relations.0.predicate] two [books|noun@entities.0] and a "
        "[lamp|noun@entities.1] a [jar|noun@entities.2] [falls|verb@actions.0.verb] to the floor "
        "and does not [break|outcome@outcomes.0.predicate]",
        "book 2\nlamp\njar\njar between book lamp\njar fall >ground\njar not bounces\n",
    ),
]


def words_as_pieces(text):
    """Words and signs, as a tokenizer with a large vocabulary gives them."""
    offsets = [(0, 0), *(m.span() for m in re.finditer(r"\w+|[^\w\s]", text)), (0, 0)]
    return list(range(len(offsets))), offsets


def marked(said):
    text, marks = "", []
    for match in re.finditer(r"\[([^|\]]*)\|([^\]]*)\]|[^\[]+", said):
        if match[1] is None:
            text += match[0]
            continue
        start, text = len(text), text + match[1]
        for mark in match[2].split(","):
            kind, path = mark.split("@")
            marks.append(Mark(kind, path, start, len(text), ""))
    return text, marks


def perfect(said, notation):
    text, marks = marked(said)
    ids, offsets = words_as_pieces(text)
    return text, perfect_scores(example_of(text, notation, marks, ids, offsets), offsets)


class Perfect:
    def __init__(self, said, notation):
        self.said, self.notation = said, notation

    def scores(self, text):
        same, scores = perfect(self.said, self.notation)
        assert text == same
        return scores


def statements(document):
    def plain(said):
        kept = {k: v for k, v in said.items() if v not in (None, False, "exactly")}
        return repr(sorted(kept.items()))

    return {
        part: sorted(map(plain, document[part])) for part in ("relations", "actions", "outcomes")
    }


@pytest.mark.parametrize(("said", "notation"), PAIRS)
def test_perfect_scores_give_exactly_what_was_said(said, notation):
    text, scores = perfect(said, notation)
    found, wanted = decoded(text, scores).document, document_from_notation(notation)
    assert [e["id"] for e in found["entities"]] == [e["id"] for e in wanted["entities"]]
    assert statements(found) == statements(wanted)


def test_every_finding_points_to_the_words_that_say_it():
    text, scores = perfect(DEMO, DEMO_SAYS)
    tagging = decoded(text, scores)
    said = {f.path: text[f.start : f.end] for f in tagging.findings}
    assert said == {
        "entities.0.noun": "ball", "entities.0.color": "red", "entities.0.material": "rubber",
        "entities.1.noun": "table", "entities.1.material": "wooden", "entities.2.noun": "cups",
        "entities.2.count": "three", "entities.2.color": "blue", "relations.0.predicate": "off",
        "actions.0.verb": "rolls", "actions.0.direction": "off", "outcomes.0.predicate": "off",
        "outcomes.1.predicate": "knocks", "outcomes.1.count": "at least two",
    }  # fmt: skip
    assert min(f.probability for f in tagging.findings) > 0.99
    assert tagging.probability("outcomes.7.predicate") == 0.0


def test_doubt_in_the_word_and_in_the_arc_lowers_a_statements_probability():
    text, scores = perfect(DEMO, DEMO_SAYS)
    piece = next(k for k, (a, b) in enumerate(scores.offsets) if text[a:b] == "knocks")
    scores.classes["outcome"][piece] *= 0.8
    scores.classes["outcome"][piece][0] = 0.2
    cups = next(k for k, (a, b) in enumerate(scores.offsets) if text[a:b] == "cups")
    scores.arcs[ROLES.index("object"), piece, cups] = np.log(3.0)  # three to one: 0.75
    assert decoded(text, scores).probability("outcomes.1.predicate") == pytest.approx(
        0.8 * 0.75, rel=1e-4
    )


def test_the_reader_gives_a_whole_reading(gold):
    prompt, _ = marked(DEMO)
    reading = TaggerReader(Perfect(DEMO, DEMO_SAYS)).read(prompt)
    assert reading.reader == "tagger"
    assert [e.id for e in reading.graph.entities] == ["ball", "table", "cup"]
    assert {o.predicate for o in reading.graph.outcomes} == {"falls_off", "knocks_over"}


def test_a_text_without_a_thing_is_refused():
    class Nothing:
        def scores(self, text):
            offsets = words_as_pieces(text)[1]
            return random_scores(np.random.default_rng(0), offsets, silent=True)

    with pytest.raises(PromptError, match="names no thing"):
        TaggerReader(Nothing()).read("Everything is quiet.")


def random_scores(rng, offsets, *, silent=False):
    pieces = len(offsets)

    def odds(width):
        drawn = rng.dirichlet(np.ones(width) * 0.2, size=pieces)
        drawn[:, 0] += 50.0 if silent else 0.0
        return drawn / drawn.sum(axis=1, keepdims=True)

    return TokenScores(
        offsets=np.array(offsets), tags=odds(len(TAGS)),
        classes={head: odds(len(words)) for head, words in CLASSES.items()},
        arcs=rng.normal(0.0, 3.0, (len(ROLES), pieces, pieces)),
    )  # fmt: skip


WORDS = [
    "a",
    "the",
    "ball",
    "cups",
    "falls",
    "wall",
    "it",
    "two",
    "floor",
    "of",
    "red",
    ",",
    "-",
    "3",
]


class Random:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def scores(self, text):
        return random_scores(self.rng, words_as_pieces(text)[1])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=25),
    st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_whatever_the_network_says_gives_a_valid_graph_or_a_clear_error(words, seed):
    try:
        reading = TaggerReader(Random(seed)).read(" ".join(words))
    except PromptError:
        return
    assert reading.graph.entities
