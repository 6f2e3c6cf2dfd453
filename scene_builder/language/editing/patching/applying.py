"""Applying a patch: the graph before becomes the graph after."""

from typing import Any

from pydantic import ValidationError

from scene_builder.language.editing.patching.patch import PARTS, Operation, ScenePatch
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import SceneGraph

Document = dict[str, Any]
Item = dict[str, Any]

_REFERENCES = ("subject", "object", "actor", "target")


def apply(graph: SceneGraph, patch: ScenePatch) -> SceneGraph:
    """Return what becomes of `graph`.

    All places are found first, so that the order of the operations says nothing.

    Raises:
        SceneError: If the patch speaks of something that is not there or is not what the patch
            says it was, or if no valid graph comes of it.
    """
    document = graph.model_dump(mode="json", by_alias=True)
    removed: list[tuple[list[Item], Item]] = []
    changed: list[tuple[Item, str, Operation]] = []
    for operation in patch.operations:
        if operation.op == "add":
            continue
        where = _place(document, operation)
        if operation.op == "remove":
            _check(operation, where[2])
            removed.append((where[0], where[2]))
        else:
            changed.append((where[2], where[1], operation))
    _change(document, changed)
    for items, item in removed:
        _take_out(items, item)
    _put_in(document, patch)
    return validated(document)


def validated(document: Document) -> SceneGraph:
    """Return the graph in a document.

    Raises:
        SceneError: If it is none.
    """
    try:
        return SceneGraph.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the graph"
        message = first["msg"].removeprefix("Value error, ")
        raise SceneError(f"the edit gives no valid scene: {where}: {message}") from None


def renamed(document: Document, names: dict[str, str]) -> None:
    """Give entities of a document other ids, in place, wherever they are named."""
    for entity in document["entities"]:
        entity["id"] = names.get(entity["id"], entity["id"])
    for part in PARTS[1:]:
        for said in document[part]:
            for key in _REFERENCES:
                value = said.get(key)
                if isinstance(value, list):
                    said[key] = [_renamed_ref(ref, names) for ref in value]
                elif value is not None:
                    said[key] = _renamed_ref(value, names)


def _renamed_ref(ref: str, names: dict[str, str]) -> str:
    name, mark, number = ref.partition("#")
    return f"{names.get(name, name)}{mark}{number}"


def _place(document: Document, operation: Operation) -> tuple[list[Item], str, Item]:
    """Return the list, the field (or nothing) and the item that an operation speaks of."""
    part, _, rest = operation.path.partition(".")
    if part not in PARTS:
        holder = document[part] if rest and isinstance(document.get(part), dict) else document
        field = rest or part
        if field not in holder or isinstance(holder[field], dict | list):
            raise SceneError(f"the edit changes {operation.path!r}, which is no field of a scene")
        return [], field, holder
    key, _, field = rest.partition(".")
    items: list[Item] = document[part]
    item = _named(items, key, by_id=part == "entities")
    if item is None or (operation.op == "change") != bool(field) or (field and field not in item):
        known = ", ".join(entity["id"] for entity in document["entities"])
        raise SceneError(
            f"the edit speaks of {operation.path!r}, which is not there; the scene has {known}"
        )
    return items, field, item


def _named(items: list[Item], key: str, *, by_id: bool) -> Item | None:
    if by_id:
        return next((item for item in items if item["id"] == key), None)
    return items[int(key)] if key.isdigit() and int(key) < len(items) else None


def _check(operation: Operation, value: object) -> None:
    if operation.old is not None and operation.old != value:
        raise SceneError(
            f"the edit takes {operation.path} to be {operation.old!r}, but it is {value!r}; "
            "it belongs to another scene"
        )


def _change(document: Document, changed: list[tuple[Item, str, Operation]]) -> None:
    names: dict[str, str] = {}
    for item, field, operation in changed:
        _check(operation, item[field])
        if field == "id":
            names[item["id"]] = str(operation.new)
    renamed(document, names)
    for item, field, operation in changed:
        item[field] = operation.new


def _take_out(items: list[Item], item: Item) -> None:
    for k, other in enumerate(items):
        if other is item:
            del items[k]
            return


def _put_in(document: Document, patch: ScenePatch) -> None:
    """Insert what is added, first places first, so that each place is that of the graph after."""
    for part in PARTS:
        places: list[tuple[int, Operation]] = []
        for operation in patch.operations:
            name, _, key = operation.path.partition(".")
            if operation.op == "add" and name == part:
                end = len(document[part]) + len(patch.operations)
                at = operation.at if operation.at is not None else end
                places.append((int(key) if key.isdigit() else at, operation))
        for at, operation in sorted(places, key=lambda place: place[0]):
            assert isinstance(operation.new, dict)
            item = dict(operation.new)
            if part == "entities":
                item.setdefault("id", operation.path.partition(".")[2])
            document[part].insert(at, item)
