"""From a sheet to an edit: the patch, and which words ask for each of its operations."""

from collections.abc import Mapping

from scene_builder.language.editing.patching.applying import validated
from scene_builder.language.editing.patching.comparing import diff
from scene_builder.language.editing.patching.edit import Edit
from scene_builder.language.editing.patching.patch import Operation, ScenePatch
from scene_builder.language.editing.sheet import Sheet, Words
from scene_builder.model.graph import SceneGraph


def edit_of(text: str, before: SceneGraph, sheet: Sheet, *, editor: str) -> Edit:
    """Return the edit that made `sheet` of `before`.

    Raises:
        SceneError: If there is no valid scene on the sheet.
    """
    after = validated(sheet.document)
    patch = diff(before, after)
    spoken = tuple(
        operation.model_copy(update={"span": _words_of(operation, before, sheet)})
        for operation in patch.operations
    )
    return Edit(
        text=text, patch=ScenePatch(operations=spoken), editor=editor,
        assumptions=tuple(dict.fromkeys(sheet.assumptions)),
        not_served=tuple(dict.fromkeys(sheet.not_served)),
    )  # fmt: skip


def _words_of(operation: Operation, before: SceneGraph, sheet: Sheet) -> Words | None:
    """Return the words behind an operation: of its field, else of its item."""
    part, _, rest = operation.path.partition(".")
    if operation.op == "remove":
        return _removal(operation, sheet)
    holder = sheet.document.get(part)
    if isinstance(holder, dict):
        return sheet.marks.get((id(holder), rest))
    if not isinstance(holder, list):
        return sheet.marks.get((id(sheet.document), part))
    key, _, field = rest.partition(".")
    for item in _candidates(operation, part, key, before, sheet):
        for name in (field, ""):
            if (id(item), name) in sheet.marks:
                return sheet.marks[id(item), name]
    return None


def _removal(operation: Operation, sheet: Sheet) -> Words | None:
    part = operation.path.partition(".")[0]
    gone = [(item, words) for where, item, words in sheet.removals if where == part]
    old = operation.old if isinstance(operation.old, dict) else {}
    alike = [words for item, words in gone if _likeness(item, old) > 1]
    return next(iter(alike or [words for _, words in gone]), None)


def _likeness(item: Mapping[str, object], other: Mapping[str, object]) -> int:
    keys = ("id", "subject", "predicate", "actor", "verb", "shot", "move")
    same = [key for key in keys if item.get(key) is not None and item.get(key) == other.get(key)]
    return len(same) + ("id" in same)


def _candidates(
    operation: Operation, part: str, key: str, before: SceneGraph, sheet: Sheet
) -> list[dict[str, object]]:
    """Return the items of the sheet that an operation may speak of, the likeliest first."""
    items: list[dict[str, object]] = sheet.document[part]
    new = operation.new
    if operation.op == "add":
        return [item for item in items if item == new]
    if part == "entities":
        return [item for item in items if item["id"] == key] or [
            item for item in items if any((id(item), name) in sheet.marks for name in ("id",))
        ]
    field = operation.path.rpartition(".")[2]
    head = {"relations": "subject", "actions": "actor", "outcomes": "subject"}.get(part)
    old = before.model_dump(mode="json", by_alias=True)[part][int(key)]
    alike = [item for item in items if item[field] == new]
    return sorted(alike, key=lambda item: head is not None and item[head] != old[head])
