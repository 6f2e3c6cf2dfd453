"""Courses that sentences give: past things, off walls, off heads, and into pieces."""

import pytest

from scene_builder.language.rules import RuleReader
from scene_builder.language.tagged import TaggerReader


@pytest.fixture(scope="module", params=[RuleReader, TaggerReader], ids=["rules", "tagger"])
def reader(request):
    return request.param()


def outcomes_of(graph):
    return {(o.subject, o.predicate, o.object) for o in graph.outcomes if not o.negated}


@pytest.mark.parametrize(
    ("prompt", "actor", "passed"),
    [
        ("A car drives past a house", "car", "house"),
        ("A car passes a truck", "car", "truck"),
        ("A red ball rolls past a sleeping dog", "ball", "dog"),
    ],
)
def test_what_rolls_past_a_thing_does_not_touch_it(reader, prompt, actor, passed):
    graph = reader.read(prompt).graph
    assert (actor, "avoids", passed) in outcomes_of(graph)


@pytest.mark.parametrize(
    "prompt",
    [
        "A ball rolls past a vase and hits it",
        "A ball rolls to a vase",
        "A cat walks past a vase",
    ],
)
def test_only_what_rolls_past_without_more_ado_avoids(reader, prompt):
    assert not [o for o in reader.read(prompt).graph.outcomes if o.predicate == "avoids"]


def test_what_falls_off_the_wall_hung_there(reader):
    graph = reader.read("A clock falls off the wall").graph
    assert ("clock", "on", ("wall",)) in {
        (r.subject, r.predicate, r.object) for r in graph.relations
    }
    assert not [said for said in outcomes_of(graph) if said[2] == "wall"]
    [action] = graph.actions
    assert (action.verb, action.direction) == ("fall", "off")


def test_a_cat_on_a_wall_does_not_hang_there():
    graph = RuleReader().read("A cat falls off the wall").graph
    assert ("cat", "on", ("wall",)) not in {
        (r.subject, r.predicate, r.object) for r in graph.relations
    }


@pytest.mark.parametrize("verb", ["breaks", "shatters", "smashes", "smashes to pieces"])
def test_a_second_verb_breaks_the_subject_of_the_first(verb):
    graph = RuleReader().read(f"A vase falls off the table and {verb}").graph
    assert [(a.actor, a.verb) for a in graph.actions] == [("vase", "fall"), ("vase", "explode")]


def test_what_smashes_another_thing_stays_whole():
    graph = RuleReader().read("A ball smashes into a stack of boxes").graph
    assert "explode" not in {a.verb for a in graph.actions}


@pytest.mark.parametrize(
    "prompt", ["A snowman with a black hat", "A snowman wearing a hat", "The snowman's hat is red"]
)
def test_a_hat_sits_on_the_head_of_who_has_it(reader, prompt):
    graph = reader.read(prompt).graph
    assert ("hat", "on", ("snowman",)) in {
        (r.subject, r.predicate, r.object) for r in graph.relations
    }


def test_a_lost_hat_leaves_the_head(reader):
    graph = reader.read("A snowman loses its hat in the wind").graph
    assert [(r.subject, r.predicate, r.object) for r in graph.relations] == [
        ("hat", "on", ("snowman",))
    ]
    assert [(a.actor, a.verb, a.direction) for a in graph.actions] == [("hat", "fall", "off")]
    assert outcomes_of(graph) == {("hat", "falls_off", "snowman")}


def test_a_hat_keeps_to_who_goes(reader):
    graph = reader.read("A man wearing a hat walks").graph
    assert [(r.subject, r.predicate, r.object) for r in graph.relations] == [
        ("hat", "attached_to", ("man",))
    ]
    assert {a.actor for a in graph.actions} == {"man"}


def test_a_hat_on_a_table_stays_there(reader):
    graph = reader.read("A snowman stands beside a table with a hat on the table").graph
    assert ("hat", "on", ("snowman",)) not in {
        (r.subject, r.predicate, r.object) for r in graph.relations
    }
