"""A reading after an edit: its graph changed, its evidence still true."""

from scene_builder.language.editing.patching.applying import apply
from scene_builder.language.editing.patching.comparing import places
from scene_builder.language.editing.patching.edit import Edit
from scene_builder.language.editing.patching.patch import Operation
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import EditNote, Reading, Span, Stand


def edited(reading: Reading, edit: Edit, *, stands: tuple[Stand, ...] = ()) -> Reading:
    """Return the reading that an edit makes of another.

    Words of the prompt that still say what they said keep their spans; words that the edit took
    back lose them. What the edit's own words say stands in its note.

    Args:
        reading: The reading before.
        edit: What changes.
        stands: Where bodies stood that the edit does not touch.

    Raises:
        SceneError: If the edit belongs to another scene.
    """
    before, after = reading.graph, apply(reading.graph, edit.patch)
    now = places(before, after)
    changed = {_indexed(operation, before) for operation in edit.patch.operations}
    kept = []
    for span in reading.spans:
        part, field = _split(span.path)
        if part in now and span.path not in changed:
            path = f"{now[part]}.{field}" if field else now[part]
            kept.append(Span(path=path, start=span.start, end=span.end))
    note = EditNote(
        text=edit.text, spans=_spans(edit, before, after), assumptions=edit.assumptions,
        not_served=edit.not_served, editor=edit.editor, stands=stands,
    )  # fmt: skip
    return reading.model_copy(
        update={"graph": after, "spans": tuple(kept), "edits": (*reading.edits, note)}
    )


def _spans(edit: Edit, before: SceneGraph, after: SceneGraph) -> tuple[Span, ...]:
    now, spans = places(before, after), []
    ids = [entity.id for entity in after.entities]
    for operation in edit.patch.operations:
        if operation.span is None:
            continue
        path = _indexed(operation, before)
        if operation.op == "add" and operation.path.startswith("entities."):
            path = f"entities.{ids.index(operation.path.partition('.')[2])}"
        elif operation.op == "remove":
            path = f"removed.{path}"
        elif operation.op == "change":
            part, field = _split(path)
            path = f"{now.get(part, part)}.{field}" if field else now.get(part, part)
        spans.append(Span(path=path, start=operation.span[0], end=operation.span[1]))
    return tuple(spans)


def _indexed(operation: Operation, graph: SceneGraph) -> str:
    """Return an operation's path with entities by their place, as spans have it."""
    part, _, rest = operation.path.partition(".")
    key, _, field = rest.partition(".")
    ids = [entity.id for entity in graph.entities]
    if part != "entities" or key not in ids:
        return operation.path
    return ".".join(filter(None, (part, str(ids.index(key)), field)))


def _split(path: str) -> tuple[str, str]:
    """Split `relations.1.predicate` into the item and its field."""
    names = path.split(".")
    deep = 2 if len(names) > 1 and names[1].isdigit() else 1
    return ".".join(names[:deep]), ".".join(names[deep:])
