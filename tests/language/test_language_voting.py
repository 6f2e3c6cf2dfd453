import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene_builder.language.mending.alignment import aligned, renamed
from scene_builder.language.mending.belief import belief, features_of, packaged_weights
from scene_builder.language.mending.voting import ballot_of, voted
from scene_builder.language.training.fit_votes import weights_of

BALL = {"id": "ball", "noun": "ball", "count": 1, "color": "red"}
CUP = {"id": "cup", "noun": "cup", "count": 3}
ROLL = {"actor": "ball", "verb": "roll", "target": "cup"}
HIT = {"subject": "ball", "predicate": "touches", "object": "cup"}


def document(entities=(BALL, CUP), relations=(), actions=(), outcomes=()):
    parts = {"entities": entities, "relations": relations, "actions": actions,
             "outcomes": outcomes}  # fmt: skip
    return copy.deepcopy({key: list(value) for key, value in parts.items()})


YES, NO = 9.0, -9.0
ALL = {"entity": YES, "count": YES, "quality": YES, "relation": YES, "action": YES,
       "action target": YES, "outcome": YES}  # fmt: skip


def test_readers_that_agree_are_followed():
    both = {"rules": document(actions=[ROLL]), "tagger": document(actions=[ROLL])}
    result = voted(both, weights=ALL)
    assert [e["id"] for e in result["entities"]] == ["ball", "cup"]
    assert result["entities"][0]["color"] == "red"
    assert result["entities"][1]["count"] == 3
    (action,) = result["actions"]
    assert (action["actor"], action["verb"], action["target"]) == ("ball", "roll", "cup")


@pytest.mark.parametrize(("weight", "taken"), [(YES, 1), (NO, 0)])
def test_a_lone_voice_counts_as_its_kind_did(weight, taken):
    readings = {"rules": document(), "tagger": document(outcomes=[HIT])}
    result = voted(readings, weights={"entity": YES, "outcome:tagger": weight})
    assert len(result["outcomes"]) == taken


def test_a_reader_that_is_sure_is_believed_more():
    def result(sure):
        said = {**HIT, "probability": {"predicate": sure}}
        readings = {"rules": document(), "tagger": document(outcomes=[said])}
        weights = {"entity": YES, "outcome:tagger:sure": 1.0, "outcome": -0.1}
        return voted(readings, weights=weights)["outcomes"]

    assert len(result(0.9)) == 1
    assert result(0.2) == []


def test_the_likelier_of_two_understandings_of_one_word_is_taken():
    place = {"verb": (7, 12)}
    rolls, slides = ({**ROLL, "verb": verb, "spans": place} for verb in ("roll", "slide"))
    readings = {"rules": document(actions=[rolls]), "tagger": document(actions=[slides])}
    weights = {"entity": YES, "action:rules": 0.5, "action:tagger": 2.0}
    (action,) = voted(readings, weights=weights)["actions"]
    assert action["verb"] == "slide"


def test_things_are_one_by_their_place_then_by_their_noun():
    one = {"entities": [{**BALL, "spans": {"noun": (4, 8)}}]}
    other = {"entities": [{"id": "rubber_ball", "noun": "rubber ball", "spans": {"noun": (4, 8)}}]}
    assert aligned(one, other) == {"rubber_ball": "ball"}
    assert aligned({"entities": [BALL]}, {"entities": [{**BALL, "id": "b"}, CUP]}) == {"b": "ball"}
    assert renamed({"subject": "b#2", "object": ["b"]}, {"b": "ball"}) == {
        "subject": "ball#2", "object": ["ball"]}  # fmt: skip


def test_order_survives_the_vote():
    falls = {"subject": "cup", "predicate": "falls", "after": 0}
    readings = {"rules": document(outcomes=[HIT, falls])}
    assert [o["after"] for o in voted(readings, weights=ALL)["outcomes"]] == [None, 0]


@pytest.mark.parametrize("readers", [("rules", "tagger"), ("model", "rules", "tagger")])
def test_the_packaged_weights_believe_agreement_more_than_a_lone_voice(readers):
    weights = packaged_weights(readers)
    sure = dict.fromkeys(set(readers) - {"rules"}, 0.97) | {"rules": None}
    for kind in ("entity", "relation", "action", "outcome"):
        together = belief(features_of(kind, "", {r: sure[r] for r in readers}, ()), weights)
        assert together > 0.6
        for reader in readers:
            against = [r for r in readers if r != reader]
            alone = belief(features_of(kind, "", {reader: sure[reader]}, against), weights)
            assert alone < together


def test_a_set_of_readers_that_was_never_fitted_has_no_weights():
    with pytest.raises(KeyError):
        packaged_weights(("tagger",))


@given(st.floats(0, 1), st.floats(0, 1))
def test_belief_grows_with_certainty_and_stays_a_probability(low, high):
    low, high = sorted((low, high))
    one, two = (
        belief(features_of("outcome", "falls", {"model": sure}, ()), {"outcome:model:sure": 1.0})
        for sure in (low, high)
    )
    assert 0 <= one <= two <= 1


def test_weights_find_what_separates_right_from_wrong():
    told = [({"a": 1.0}, True)] * 30 + [({"b": 1.0}, False)] * 30 + [({"c": 1.0}, True)] * 3
    weights = weights_of(told, ridge=0.1)
    assert weights["a"] > 2
    assert weights["b"] < -2
    assert 0 < weights_of(told, ridge=10.0)["c"] < weights["c"]


@given(st.lists(st.sampled_from([ROLL, {**ROLL, "verb": "slide"}, {**ROLL, "actor": "cup"}])))
def test_every_statement_is_voted_on_once(actions):
    ballot = ballot_of({"rules": document(actions=actions), "tagger": document(actions=actions)})
    whole = [p for p in ballot.statements if not p.about]
    assert len(whole) == len({(a["actor"], a["verb"]) for a in actions})
    assert all(set(p.voters) == {"rules", "tagger"} for p in whole)


def test_an_action_outlives_a_target_that_nobody_else_saw():
    maze = {"id": "maze", "noun": "maze", "count": 1}
    readings = {
        "rules": document([BALL, CUP, maze], actions=[{**ROLL, "target": "maze"}]),
        "tagger": document(actions=[ROLL]),
    }
    result = voted(readings, weights={**ALL, "entity:rules": 3 * NO})
    assert [e["id"] for e in result["entities"]] == ["ball", "cup"]
    (action,) = result["actions"]
    assert (action["actor"], action["verb"]) == ("ball", "roll")
    assert action["target"] in {None, "cup"}
