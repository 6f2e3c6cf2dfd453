import pytest

from scene_builder.language.synthetic.tables import results
from scene_builder.language.synthetic.tables.handled import HANDLED
from scene_builder.language.synthetic.tables.motions import MOTIONS
from scene_builder.language.synthetic.tables.nouns import COMMON, KINDS
from scene_builder.language.synthetic.tables.numbers import number_words
from scene_builder.language.synthetic.tables.ties import KINDS_OF, WORDINGS
from scene_builder.model.words import OUTCOME_PREDICATES, PREDICATES, VERBS

OUTCOMES = {
    "touches": results.TOUCHING, "knocks_over": results.TOPPLING, "avoids": results.MISSING,
    "lands_on": results.LANDING_ON, "lands_in": results.LANDING_IN,
    "stays_on": results.STAYING_ON, "falls_off": results.FALLING_OFF, **results.ENDS,
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_at_least_four_surface_verbs(verb):
    said = {word for motion in (*MOTIONS, *HANDLED) if motion.verb == verb
            for word in motion.surfaces}  # fmt: skip
    if verb == "stay":
        said |= set(results.POSTURES)
    assert len(said) >= 4


@pytest.mark.parametrize("predicate", sorted(set(PREDICATES) - {"in_row", "stacked"}))
def test_every_relation_has_at_least_four_wordings(predicate):
    assert len(set(WORDINGS[predicate])) >= 4


def test_every_outcome_has_at_least_five_wordings():
    assert set(OUTCOMES) == set(OUTCOME_PREDICATES)
    assert all(len(set(wordings)) >= 5 for wordings in OUTCOMES.values())


def test_slots_name_kinds_of_things_that_there_are():
    kinds = {slot.rstrip("+") for motion in (*MOTIONS, *HANDLED) for way in motion.ways
             for slot in (*way.slots, *motion.kinds)}  # fmt: skip
    kinds |= {kind.rstrip("+") for pair in KINDS_OF.values() for kind in pair}
    assert kinds <= set(KINDS)
    assert all(len(nouns) == len(set(nouns)) >= 15 for nouns in KINDS.values())
    assert all(set(COMMON[kind]) <= set(KINDS[kind]) for kind in KINDS)
    assert len({noun for nouns in KINDS.values() for noun in nouns}) > 900


def test_the_ways_of_a_verb_say_only_what_the_graph_knows():
    known = {*PREDICATES, *OUTCOME_PREDICATES, "R"}
    for motion in (*MOTIONS, *HANDLED):
        for way in motion.ways:
            actions = [says for says in way.says if says.startswith("$")]
            assert len(actions) == 1
            assert all(says.split(" ")[1] in known for says in set(way.says) - set(actions))


@pytest.mark.parametrize(("count", "word"), [(3, "three"), (20, "twenty"), (24, "twenty-four")])
def test_numbers_in_words(count, word):
    assert number_words(count) == word
