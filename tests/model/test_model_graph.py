"""The scene graph's contract: what is allowed, what is refused, and how that is said."""

import json

import pytest
from pydantic import ValidationError

from scene_builder.model.graph import SceneGraph

DEMO = {
    "schema": "worldreel.scene/1",
    "entities": [
        {"id": "ball", "noun": "ball", "color": "red", "material": "rubber"},
        {"id": "table", "noun": "table", "material": "wood"},
        {"id": "cup", "noun": "cup", "count": 3, "color": "blue"},
    ],
    "relations": [{"subject": "ball", "predicate": "on", "object": "table"}],
    "actions": [{"actor": "ball", "verb": "roll", "direction": "off"}],
    "outcomes": [
        {"predicate": "falls_off", "subject": "ball", "object": "table"},
        {"predicate": "knocks_over", "subject": "ball", "object": "cup", "count": 3, "after": 0},
    ],
}


def changed(**parts):
    return {**DEMO, **parts}


def test_a_document_survives_the_round_trip():
    graph = SceneGraph.model_validate(DEMO)
    assert SceneGraph.model_validate_json(graph.model_dump_json()) == graph
    assert json.loads(graph.model_dump_json())["schema"] == "worldreel.scene/1"


def test_only_schema_and_entities_are_required():
    graph = SceneGraph.model_validate(
        {"schema": "worldreel.scene/1", "entities": [{"id": "cup", "noun": "cup"}]}
    )
    assert graph.body_ids("cup") == ("cup#1",)


def test_individuals_are_always_numbered():
    graph = SceneGraph.model_validate(DEMO)
    assert graph.body_ids("cup") == ("cup#1", "cup#2", "cup#3")
    assert graph.body_ids("cup#2") == ("cup#2",)
    assert graph.body_ids("ball") == ("ball#1",)
    assert graph.body_ids("floor") == ("ground",)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"entities": []}, "entities"),
        ({"entities": [{"id": "cup", "noun": "cup", "count": 0}]}, "count"),
        ({"entities": [{"id": "cup", "noun": "cup", "count": 1000000}]}, "count"),
        ({"entities": [{"id": "Cup", "noun": "cup"}]}, "id"),
        ({"entities": [{"id": "ground", "noun": "cup"}]}, "reserved"),
        ({"relations": [{"subject": "cat", "predicate": "on", "object": "table"}]}, "cat"),
        ({"relations": [{"subject": "cup#4", "predicate": "on", "object": "table"}]}, "cup#4"),
        ({"relations": [{"subject": "cup", "predicate": "atop", "object": "table"}]}, "predicate"),
        ({"actions": [{"actor": "ball", "verb": "teleport"}]}, "verb"),
        ({"duration_secs": -1}, "duration_secs"),
        ({"colour": "red"}, "colour"),
        ({"schema": "worldreel.scene/9"}, "schema"),
        ({"outcomes": [{"predicate": "falls", "subject": "cup", "after": 0}]}, "after"),
    ],
)
def test_what_breaks_the_contract_is_named(parts, message):
    with pytest.raises(ValidationError, match=message):
        SceneGraph.model_validate(changed(**parts))


@pytest.mark.parametrize(
    ("marbles", "verb", "says"),
    [(500, "pour", None), (501, "pour", "500"), (500, "roll", "at most 200"), (200, "roll", None)],
)
def test_grains_that_are_poured_have_a_cap_of_their_own(marbles, verb, says):
    parts = {
        "schema": "worldreel.scene/1",
        "entities": [{"id": "marble", "noun": "marble", "count": marbles}],
        "actions": [{"actor": "marble", "verb": verb}],
    }
    if says is None:
        assert SceneGraph.model_validate(parts).poured == ({"marble"} if verb == "pour" else set())
        return
    with pytest.raises(ValidationError, match=says):
        SceneGraph.model_validate(parts)
