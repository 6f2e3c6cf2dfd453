"""What is said to rise goes up."""

import pytest

from scene_builder.language.rules import RuleReader


@pytest.fixture(scope="module")
def reader():
    return RuleReader()


@pytest.mark.parametrize(
    ("prompt", "riser", "verb"),
    [
        ("Seven colorful balloons rise from a birthday cake on a garden table", "balloon", "float"),
        ("A red balloon slowly floats up past a wooden chair", "balloon", "float"),
        ("A rocket lifts off from a launch pad", "rocket", "launch"),
        ("Three soap bubbles drift upwards over a bathtub", "soap_bubble", "float"),
    ],
)
def test_what_rises_goes_up_and_nothing_is_said_of_a_landing(reader, prompt, riser, verb):
    graph = reader.read(prompt).graph
    (mine,) = [action for action in graph.actions if action.actor == riser]
    assert (mine.verb, mine.direction) == (verb, "up")
    assert not [o for o in graph.outcomes if o.subject == riser]


def test_a_cake_holds_no_balloons(reader):
    graph = reader.read("Five balloons rise from a cake on a table").graph
    assert {(r.subject, r.predicate) for r in graph.relations} == {("cake", "on")}


def test_what_rises_and_comes_down_lands(reader):
    graph = reader.read("A rocket rises into the sky and falls into a pond").graph
    assert [o.predicate for o in graph.outcomes if o.subject == "rocket"] == ["lands_in"]


def test_a_plane_is_not_let_go_like_a_balloon(reader):
    graph = reader.read("An airplane rises over a lake").graph
    assert "float" not in {action.verb for action in graph.actions}


@pytest.mark.parametrize(
    ("prompt", "color"),
    [
        ("A golden retriever runs through a park", "burlywood"),
        ("A golden ring falls into a cup", "gold"),
        ("A golden trophy falls off a shelf", "gold"),
    ],
)
def test_hair_is_not_gilded(reader, prompt, color):
    (asked,) = {reader.read(prompt).graph.entities[0].color} - {None}
    assert asked == color


@pytest.mark.parametrize(
    ("prompt", "verb"),
    [
        ("A sailing boat passes a lighthouse", "float"),
        ("A fishing boat sails past an island at night", "float"),
        ("A toy boat slides down a ramp", "slide"),
    ],
)
def test_boats_go_by_water_unless_they_are_on_land(reader, prompt, verb):
    graph = reader.read(prompt).graph
    assert {action.verb for action in graph.actions if "boat" in action.actor} <= {verb}
    assert {action.verb for action in graph.actions} >= {verb}


@pytest.mark.parametrize(
    ("prompt", "verb"),
    [
        ("A paper airplane glides across a classroom", "fly"),
        ("Two gulls sail over a beach", "fly"),
        ("A swan glides across a lake", "slide"),
    ],
)
def test_what_has_wings_glides_through_the_air_unless_it_swims(reader, prompt, verb):
    (action,) = reader.read(prompt).graph.actions
    assert action.verb == verb
