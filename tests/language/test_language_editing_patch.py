"""Patches: what is shown is what changes, whatever the two graphs are."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from scene_builder.language.canned import CannedChat
from scene_builder.language.editing.chat import ChatEditor
from scene_builder.language.editing.editor import Editor
from scene_builder.language.editing.patching.applying import apply
from scene_builder.language.editing.patching.comparing import diff, places
from scene_builder.language.editing.patching.patch import Operation, ScenePatch
from scene_builder.model.errors import PromptError, SceneError
from scene_builder.model.graph import SceneGraph

NOUNS = ("ball", "cup", "table", "box", "vase")


@st.composite
def graphs(draw: st.DrawFn) -> SceneGraph:
    ids = draw(st.lists(st.sampled_from(NOUNS), min_size=1, max_size=4, unique=True))
    some = st.sampled_from(ids)
    color = st.sampled_from([None, "red", "blue"])
    entities = [
        {"id": ref, "noun": draw(st.sampled_from(NOUNS)), "count": draw(st.integers(1, 3)),
         "color": draw(color)}
        for ref in ids
    ]  # fmt: skip
    relation = st.fixed_dictionaries(
        {"subject": some, "predicate": st.sampled_from(["on", "beside", "between"]),
         "object": st.lists(some, max_size=2)}
    )  # fmt: skip
    action = st.fixed_dictionaries(
        {"actor": some, "verb": st.sampled_from(["roll", "fall"]), "target": st.none() | some}
    )
    cue = st.fixed_dictionaries({"move": st.sampled_from([None, "track"]), "target": some})
    actions = draw(st.lists(action, max_size=3))
    for k, item in enumerate(actions):
        item["after"] = draw(st.none() | st.integers(0, k - 1)) if k else None
    return SceneGraph.model_validate({
        "schema": "worldreel.scene/1", "entities": entities,
        "relations": draw(st.lists(relation, max_size=4)), "actions": actions,
        "camera": draw(st.lists(cue, max_size=2)),
        "setting": {"place": draw(st.sampled_from([None, "kitchen"]))},
        "duration_secs": draw(st.sampled_from([None, 2.0])),
    })  # fmt: skip


@given(graphs(), graphs())
@settings(max_examples=120, deadline=None)
def test_the_difference_applied_gives_the_other_graph(one: SceneGraph, other: SceneGraph) -> None:
    patch = diff(one, other)
    assert apply(one, patch) == other
    assert bool(patch) == (one != other)
    again = ScenePatch.model_validate_json(patch.model_dump_json())
    assert apply(one, again) == other


@given(graphs(), graphs())
@settings(max_examples=40, deadline=None)
def test_what_a_patch_does_not_name_is_where_places_say(one: SceneGraph, other: SceneGraph) -> None:
    patch, now = diff(one, other), places(one, other)
    renamed = {o.old: o.new for o in patch.operations if o.path.endswith(".id")}
    named = {".".join(operation.path.split(".")[:2]) for operation in patch.operations}
    for k, relation in enumerate(one.relations):
        if f"relations.{k}" in named or renamed:
            continue
        assert other.relations[int(now[f"relations.{k}"].split(".")[1])] == relation


@given(graphs(), st.permutations(range(6)))
@settings(max_examples=60, deadline=None)
def test_the_order_of_operations_says_nothing(one: SceneGraph, order: list[int]) -> None:
    other = one.model_copy(update={"relations": (), "duration_secs": 3.0})
    patch = diff(one, other)
    ranked = sorted(zip(order * 4, patch.operations, strict=False), key=lambda pair: pair[0])
    shuffled = ScenePatch(operations=tuple(operation for _, operation in ranked))
    assert apply(one, shuffled) == other


def a_graph() -> SceneGraph:
    return SceneGraph.model_validate({
        "schema": "worldreel.scene/1", "prompt": "x",
        "entities": [{"id": "ball", "noun": "ball", "color": "red"},
                     {"id": "cup", "noun": "cup", "count": 3}],
        "relations": [{"subject": "ball", "predicate": "beside", "object": ["cup"]}],
        "actions": [{"actor": "ball", "verb": "roll", "target": "cup#2"}],
    })  # fmt: skip


def test_a_changed_id_takes_every_reference_along() -> None:
    change = Operation(op="change", path="entities.cup.id", old="cup", new="mug")
    after = apply(a_graph(), ScenePatch(operations=(change,)))
    assert after.relations[0].object == ("mug",)
    assert after.actions[0].target == "mug#2"
    assert diff(a_graph(), after).operations == (change,)


@pytest.mark.parametrize(
    ("operation", "says"),
    [
        ({"op": "change", "path": "entities.dog.color", "new": "red"}, "not there"),
        ({"op": "change", "path": "entities.ball.colour", "new": "red"}, "not there"),
        ({"op": "change", "path": "entities.ball.color", "old": "blue", "new": "red"}, "another"),
        ({"op": "change", "path": "actions.0.verb", "new": "dance"}, "actions.0.verb"),
        ({"op": "change", "path": "setting", "new": "x"}, "no field"),
        ({"op": "remove", "path": "relations.4"}, "not there"),
        ({"op": "remove", "path": "entities.cup"}, "no entity"),
        ({"op": "add", "path": "entities.cup", "new": {"noun": "cup"}}, "share one id"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused(operation: dict[str, Any], says: str) -> None:
    with pytest.raises(SceneError, match=says):
        apply(a_graph(), ScenePatch(operations=(Operation(**operation),)))


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "add", "path": "setting.place", "new": {"place": "x"}},
        {"op": "add", "path": "relations.0", "new": "x"},
        {"op": "remove", "path": "relations.0", "new": 1},
        {"op": "change", "path": "Entities.ball", "new": 1},
        {"op": "change", "path": "look.style", "new": "oil", "more": 1},
    ],
)
def test_an_operation_that_makes_no_sense_cannot_be_written(operation: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Operation(**operation)


def answer(*operations: dict[str, Any]) -> str:
    return f"<think>hm</think>```json\n{json.dumps({'operations': operations})}\n```"


def test_a_chat_model_writes_the_patch() -> None:
    blue = {"op": "change", "path": "entities.ball.color", "new": "blue", "words": "Blue"}
    box = {"op": "add", "path": "entities.box", "new": {"noun": "box"}, "words": "add a  box"}
    chat = CannedChat(answer(blue, box))
    edit = ChatEditor(chat).edit(a_graph(), "make the ball blue and add a box")
    after = apply(a_graph(), edit.patch)
    assert [(e.id, e.color) for e in after.entities] == [
        ("ball", "blue"), ("cup", None), ("box", None),
    ]  # fmt: skip
    assert [edit.text[slice(*o.span)] for o in edit.patch.operations if o.span] == [
        "blue", "add a box",
    ]  # fmt: skip
    assert isinstance(ChatEditor(chat), Editor)


def test_what_no_word_asks_for_stays_although_a_chat_model_changes_it() -> None:
    blue = {"op": "change", "path": "entities.ball.color", "new": "blue", "words": "blue"}
    tidy = {"op": "change", "path": "entities.cup.color", "new": "green", "words": "green"}
    title = {"op": "change", "path": "prompt", "new": "hacked", "words": "blue"}
    edit = ChatEditor(CannedChat(answer(blue, tidy, title))).edit(a_graph(), "make the ball blue")
    assert [o.path for o in edit.patch.operations] == ["entities.ball.color"]
    assert any("entities.cup.color" in text for text in edit.assumptions)


def test_a_chat_model_is_told_what_is_wrong_and_may_try_again() -> None:
    wrong = {"op": "change", "path": "actions.0.verb", "new": "dance", "words": "slide"}
    right = {**wrong, "new": "slide"}
    chat = CannedChat("no", answer(wrong), answer(right))
    edit = ChatEditor(chat).edit(a_graph(), "let the ball slide")
    assert [(o.path, o.new) for o in edit.patch.operations] == [("actions.0.verb", "slide")]
    assert "actions.0.verb" in chat.asked[2][-1]["content"]
    with pytest.raises(SceneError, match="no patch that fits in 3 answers"):
        ChatEditor(CannedChat("no")).edit(a_graph(), "let the ball slide")


def test_a_chat_model_that_changes_nothing_refuses() -> None:
    with pytest.raises(PromptError, match="nothing that can be changed"):
        ChatEditor(CannedChat(answer())).edit(a_graph(), "hello there")


def test_edits_are_written_down_once_each() -> None:
    edits = json.loads(Path(__file__).with_name("edits.json").read_text("utf-8"))["edits"]
    keys = [(edit["scene"], edit["edit"]) for edit in edits]
    assert len(set(keys)) == len(keys)
