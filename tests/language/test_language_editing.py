"""Edits change exactly what their words ask for: 132 edits written by hand, 19 scenes."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scene_builder.language.editing.editor import Editor
from scene_builder.language.editing.patching.applying import apply
from scene_builder.language.editing.patching.comparing import diff
from scene_builder.language.editing.patching.edit import Edit
from scene_builder.language.editing.patching.evidence import edited
from scene_builder.language.editing.patching.patch import Operation, ScenePatch
from scene_builder.language.editing.rules import RuleEditor
from scene_builder.model.errors import PromptError, WorldreelError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading, Span

WRITTEN: dict[str, Any] = json.loads(Path(__file__).with_name("edits.json").read_text("utf-8"))
SCENES = {text: SceneGraph.model_validate(graph) for text, graph in WRITTEN["scenes"].items()}
CHANGING = [edit for edit in WRITTEN["edits"] if "refused" not in edit]
REFUSED = [edit for edit in WRITTEN["edits"] if "refused" in edit]
EXACT = 0.9
"""Share of the edits that have to come out exactly as written."""


def scene(start: str) -> SceneGraph:
    return next(graph for text, graph in SCENES.items() if text.startswith(start))


def wanted(edit: dict[str, Any]) -> SceneGraph:
    operations = tuple(Operation(**operation) for operation in edit["changes"])
    return apply(SCENES[edit["scene"]], ScenePatch(operations=operations))


def read(edit: dict[str, Any]) -> Edit | None:
    return answer(edit["scene"], edit["edit"])


@cache
def answer(text: str, words: str) -> Edit | None:
    try:
        return RuleEditor().edit(SCENES[text], words)
    except WorldreelError:
        return None


def test_there_are_enough_edits_of_enough_scenes() -> None:
    assert len(CHANGING) >= 100
    assert len({edit["scene"] for edit in CHANGING}) >= 15


def test_nearly_all_edits_come_out_exactly_and_the_others_touch_nothing_else() -> None:
    wrong, stray = [], []
    for edit in CHANGING:
        found, graph = read(edit), SCENES[edit["scene"]]
        after = graph if found is None else apply(graph, found.patch)
        if after == wanted(edit):
            continue
        wrong.append(edit["edit"])
        named = {part_of(o) for o in diff(graph, wanted(edit)).operations}
        touched = {part_of(o) for o in diff(graph, after).operations}
        stray += [edit["edit"]] if touched - named else []
    assert len(wrong) <= (1 - EXACT) * len(CHANGING), wrong
    assert not stray


def part_of(operation: Operation) -> str:
    """Name the item that an operation touches; new statements by their list."""
    path = operation.path.split(".")
    return path[0] if operation.op == "add" else ".".join(path[:2])


@pytest.mark.parametrize("edit", CHANGING, ids=lambda edit: edit["edit"])
def test_what_no_operation_names_stays_as_it_was_to_the_byte(edit: dict[str, Any]) -> None:
    found, before = read(edit), SCENES[edit["scene"]]
    if found is None:
        return
    after = apply(before, found.patch)
    one = before.model_dump(mode="json", by_alias=True)
    other = after.model_dump(mode="json", by_alias=True)
    named = {operation.path for operation in found.patch.operations}
    for name in ("schema", "title", "prompt"):
        assert one[name] == other[name]
    for name in ("setting", "look"):
        for field, value in one[name].items():
            assert other[name][field] == value or f"{name}.{field}" in named
    kept = {entity["id"]: entity for entity in other["entities"]}
    for entity in one["entities"]:
        ref = entity["id"]
        fields = [field for field in entity if f"entities.{ref}.{field}" not in named]
        if f"entities.{ref}" in named or f"entities.{ref}.id" in named:
            continue
        assert [kept[ref][field] for field in fields] == [entity[field] for field in fields]
    order = [e["id"] for e in other["entities"] if e["id"] in {o["id"] for o in one["entities"]}]
    assert order == [e["id"] for e in one["entities"] if e["id"] in order]


@pytest.mark.parametrize("edit", CHANGING, ids=lambda edit: edit["edit"])
def test_every_operation_points_to_words_of_the_edit(edit: dict[str, Any]) -> None:
    found = read(edit)
    for operation in found.patch.operations if found else ():
        assert operation.span is not None, operation
        start, end = operation.span
        assert 0 <= start < end <= len(edit["edit"])
        assert edit["edit"][start:end].strip() == edit["edit"][start:end]


def test_a_colour_points_to_its_word() -> None:
    words = "Please make the cups dark green, and let the ball roll faster."
    found = RuleEditor().edit(scene("A red rubber ball"), words)
    said = {o.path: words[slice(*o.span)] for o in found.patch.operations if o.span}
    assert said == {"entities.cup.color": "dark green", "actions.0.speed": "faster"}


@pytest.mark.parametrize("edit", REFUSED, ids=lambda edit: edit["edit"])
def test_what_cannot_be_done_is_refused_in_one_line(edit: dict[str, Any]) -> None:
    with pytest.raises(PromptError) as refused:
        RuleEditor().edit(SCENES[edit["scene"]], edit["edit"])
    assert edit["refused"] in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("make one of the cups green", "one group"),
        ("make the second cup green", "one of a group"),
        ("make the ball heavier", "how heavy"),
        ("make the table faster", "does not move"),
        ("add 199 cups", "at most 200"),
        ("make the ball red", "so already"),
        ("remove the ball, the table and the cups", "entities"),
        ("", "empty"),
    ],
)
def test_messages_say_what_is_wrong(words: str, says: str) -> None:
    with pytest.raises(WorldreelError, match=says):
        RuleEditor().edit(scene("A red rubber ball"), words)


def test_what_is_not_understood_changes_nothing_and_is_told() -> None:
    found = RuleEditor().edit(scene("A red rubber ball"), "make the ball blue. Wow, so nice!")
    assert [operation.path for operation in found.patch.operations] == ["entities.ball.color"]
    assert any("wow" in text for text in found.not_served)


def test_it_means_what_was_named_last() -> None:
    found = RuleEditor().edit(
        scene("A red rubber ball"), "make the table small, and paint it black"
    )
    assert {(o.path, o.new) for o in found.patch.operations} == {
        ("entities.table.size", "small"), ("entities.table.color", "black"),
    }  # fmt: skip


def test_two_edits_one_after_the_other_keep_both() -> None:
    graph = scene("A white cup")
    first = apply(graph, RuleEditor().edit(graph, "add another cup").patch)
    second = apply(first, RuleEditor().edit(first, "make the cups black").patch)
    cup = second.entity("cup")
    assert cup is not None
    assert (cup.count, cup.color) == (2, "black")


def test_the_editor_keeps_to_its_seam() -> None:
    assert isinstance(RuleEditor(), Editor)


def test_evidence_moves_with_what_it_speaks_of() -> None:
    text = "A white cup stands on a table next to a green vase."
    graph = SCENES[text]
    spans = [("entities.0.color", "white"), ("entities.2.noun", "vase"),
             ("relations.1.predicate", "next to")]  # fmt: skip
    reading = Reading(
        graph=graph,
        spans=tuple(
            Span(path=path, start=text.index(word), end=text.index(word) + len(word))
            for path, word in spans
        ),
    )
    edit = RuleEditor().edit(graph, "make the cup blue and remove the table")
    after = edited(reading, edit)
    kept = {span.path: text[span.start : span.end] for span in after.spans}
    assert kept == {"entities.1.noun": "vase", "relations.0.predicate": "next to"}
    (note,) = after.edits
    said = {span.path: note.text[span.start : span.end] for span in note.spans}
    assert said["entities.0.color"] == "blue"
    assert said["removed.entities.1"] == "the table"
    again = edited(after, RuleEditor().edit(after.graph, "remove the vase"))
    assert [note.text for note in again.edits] == [edit.text, "remove the vase"]
