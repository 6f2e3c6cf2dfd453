"""Every verb of the contract, and the kinds of actions that it becomes: an exact table."""

import pytest

from pipeline.plugins import create
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.unserved import NOT_SERVED
from scene_builder.model.words import VERBS

KINDS = {
    "drop": {"release"},
    "fall": {"release", "set_velocity"},
    "roll": {"set_velocity"},
    "slide": {"set_velocity"},
    "throw": {"release", "set_velocity"},
    "push": {"set_velocity", "apply_force", "follow_path"},
    "pull": {"set_velocity", "apply_force", "follow_path"},
    "kick": {"set_velocity"},
    "spin": {"set_velocity"},
    "swing": {"release"},
    "bounce": {"release"},
    "launch": {"set_velocity", "apply_force"},
    "pour": {"set_velocity"},
    "float": {"set_velocity"},
    "fly": {"follow_path"},
    "walk": {"follow_path", "release"},
    "run": {"follow_path"},
    "turn": {"follow_path", "release"},
    "open": {"drive_joint"},
    "close": {"drive_joint"},
    "stack": set(),
    "explode": {"burst"},
    "melt": "not served",
    "stay": set(),
}
"""Kinds of actions; the empty set is for what stays as it is."""

BOX, BALL = ("thing", "box"), ("thing", "ball")
CASES = {
    "fall": [([BALL], {}, [], []), ([("thing", "bottle")], {}, [], [("thing", "falls")])],
    "push": [([BALL], {}, [], []), ([BOX], {}, [], []), ([BOX], {"direction": "up"}, [], [])],
    "pull": [([BALL], {}, [], []), ([BOX], {}, [], []), ([BOX], {"direction": "up"}, [], [])],
    "walk": [
        ([BOX], {}, [], []),
        ([BOX, ("table", "table")], {"direction": "off"}, [("thing", "on", "table")], []),
    ],
    "swing": [([BALL, ("rope", "rope")], {}, [("thing", "hanging_from", "rope")], [])],
    "pour": [
        (
            [("thing", "marble", {"count": 30}), ("cup", "cup"), ("bowl", "bowl")],
            {"target": "bowl"}, [("thing", "inside", "cup")], [],
        )
    ],
    "open": [([("thing", "chest")], {}, [], [])],
    "close": [([("thing", "chest")], {}, [], [])],
    "launch": [([BALL], {}, [], []), ([("thing", "rocket")], {}, [], [])],
    "explode": [([("thing", "vase")], {}, [], [])],
}  # fmt: skip
"""Entities, the action's details, relations and outcomes for each form of a verb."""


@pytest.fixture(scope="module")
def things():
    return create("assets", "procedural")


def test_the_table_names_every_verb_once():
    assert tuple(KINDS) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_becomes_exactly_these_kinds_of_actions(verb, graph_of, things, timeline):
    found, notes = set(), []
    for entities, details, relations, outcomes in CASES.get(verb, [([BALL], {}, [], [])]):
        graph = graph_of(
            entities, relations, [("thing", verb, details)], outcomes, setting={"place": "studio"}
        )
        built = build_stage(graph, sources=[things], timeline=timeline, seed=1)
        assert all(action.verb == verb for action in built.stage.actions)
        found |= {action.kind for action in built.stage.actions}
        notes += built.notes
    if KINDS[verb] == "not served":
        assert not found
        assert any(NOT_SERVED[verb].split(" is ")[0] in note for note in notes)
    else:
        assert found == KINDS[verb]


@pytest.mark.parametrize("verb", ["walk", "run", "fly", "turn"])
def test_what_moves_by_itself_is_noted_as_not_animated(verb, graph_of, things, timeline):
    graph = graph_of([BOX], [], [("thing", verb)])
    notes = build_stage(graph, sources=[things], timeline=timeline, seed=1).notes
    assert any("not animated" in note for note in notes)


def test_a_rocket_is_carried_by_its_thrust_unless_a_height_is_stated(graph_of, things, timeline):
    def begun(**details):
        graph = graph_of([("thing", "rocket")], [], [("thing", "launch", details)])
        stage = build_stage(graph, sources=[things], timeline=timeline, seed=1).stage
        (action,) = stage.actions
        return action, next(body for body in stage.bodies if body.id == "thing#1").mass_kg

    burn, mass_kg = begun()
    assert burn.kind == "apply_force"
    assert burn.linear[2] / mass_kg == pytest.approx(9.81 + 2.5, abs=0.02)
    assert burn.linear[:2] == pytest.approx([0, 0])
    assert begun(height_m=2.0)[0].kind == "set_velocity"
