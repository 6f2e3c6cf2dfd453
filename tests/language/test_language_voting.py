import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene_builder.language.mending.alignment import aligned, renamed
from scene_builder.language.mending.voting import ballot_of, packaged_odds, voted

BALL = {"id": "ball", "noun": "ball", "count": 1, "color": "red"}
CUP = {"id": "cup", "noun": "cup", "count": 3}
ROLL = {"actor": "ball", "verb": "roll", "target": "cup"}
HIT = {"subject": "ball", "predicate": "touches", "object": "cup"}


def document(entities=(BALL, CUP), relations=(), actions=(), outcomes=()):
    parts = {"entities": entities, "relations": relations, "actions": actions,
             "outcomes": outcomes}  # fmt: skip
    return copy.deepcopy({key: list(value) for key, value in parts.items()})


def test_readers_that_agree_are_followed():
    both = {"rules": document(actions=[ROLL]), "tagger": document(actions=[ROLL])}
    result = voted(both, odds={"entity:rules+tagger": 1.0, "action:rules+tagger": 1.0,
                               "action target:rules+tagger": 1.0, "count:rules+tagger": 1.0,
                               "quality:rules+tagger": 1.0})  # fmt: skip
    assert [e["id"] for e in result["entities"]] == ["ball", "cup"]
    assert result["entities"][0]["color"] == "red"
    assert result["entities"][1]["count"] == 3
    (action,) = result["actions"]
    assert (action["actor"], action["verb"], action["target"]) == ("ball", "roll", "cup")


@pytest.mark.parametrize(("chance", "taken"), [(0.9, 1), (0.1, 0)])
def test_a_lone_voice_counts_as_its_kind_did(chance, taken):
    readings = {"rules": document(), "tagger": document(outcomes=[HIT])}
    result = voted(readings, odds={"entity:rules+tagger": 1.0, "outcome:tagger": chance})
    assert len(result["outcomes"]) == taken


def test_the_likelier_of_two_understandings_of_one_word_is_taken():
    place = {"verb": (7, 12)}
    rolls, slides = ({**ROLL, "verb": verb, "spans": place} for verb in ("roll", "slide"))
    readings = {"rules": document(actions=[rolls]), "tagger": document(actions=[slides])}
    odds = {"entity:rules+tagger": 1.0, "action:rules-tagger": 0.6, "action:tagger-rules": 0.8}
    (action,) = voted(readings, odds=odds)["actions"]
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
    odds = {"entity:rules": 1.0, "outcome:rules": 1.0}
    assert [o["after"] for o in voted(readings, odds=odds)["outcomes"]] == [None, 0]


def test_the_packaged_table_holds_shares_of_every_kind_and_trusts_agreement():
    odds = packaged_odds()
    assert all(0 <= share <= 1 for share in odds.values())
    for kind in ("entity", "relation", "action", "outcome", "quality", "count"):
        assert f"{kind}:" in odds
    for kind in ("relation", "action", "outcome"):
        assert odds[f"{kind}:rules+tagger3"] > odds[f"{kind}:rules"]
        assert odds[f"{kind}:rules+tagger3"] > odds[f"{kind}:tagger3"]


@given(st.lists(st.sampled_from([ROLL, {**ROLL, "verb": "slide"}, {**ROLL, "actor": "cup"}])))
def test_every_statement_is_voted_on_once(actions):
    ballot = ballot_of({"rules": document(actions=actions), "tagger": document(actions=actions)})
    whole = [p for p in ballot.statements if not p.about]
    assert len(whole) == len({(a["actor"], a["verb"]) for a in actions})
    assert all(set(p.voters) == {"rules", "tagger"} for p in whole)
