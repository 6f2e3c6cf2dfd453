"""Where things stand that an edit does not touch, so that they can stay there."""

from collections.abc import Iterator

from pipeline.manifest import read_manifest
from pipeline.run_folder.documents import DamagedError
from pipeline.run_folder.folder import MANIFEST, RunFolder
from pipeline.steps.stage import BUILD
from scene_builder.build.setting.decor import is_decor
from scene_builder.language.editing.patching.edit import Edit
from scene_builder.language.editing.patching.patch import Operation
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Stand

_SEEN_ONLY = frozenset({"color", "count", "text"})
"""Fields of an entity that say nothing about where it can stand."""


def stands_of(run: RunFolder, edit: Edit, graph: SceneGraph) -> tuple[Stand, ...]:
    """Return where the bodies of a run stand at rest, but for those that an edit touches.

    Décor is among them, so that none is added where an edit makes room for some.

    Args:
        run: The run before the edit.
        edit: What changes.
        graph: The graph before the edit.
    """
    manifest = read_manifest(run / MANIFEST)
    record = manifest.steps.get(BUILD.name) if manifest else None
    if record is None or not record.finished:
        return ()
    try:
        built = BUILD.load(run)
    except DamagedError:
        return ()
    # Another place has other things around.
    around = not any(one.path.startswith("setting") for one in edit.patch.operations)
    touched = {ref for operation in edit.patch.operations for ref in _touched(operation, graph)}
    return tuple(
        Stand(
            body=body.id,
            position=tuple(map(float, body.pose.position)),
            wxyz=tuple(map(float, body.pose.wxyz)),
        )
        for body in built.bodies
        if (body.entity not in touched if body.entity else around and is_decor(body.id))
    )


def _touched(operation: Operation, graph: SceneGraph) -> Iterator[str]:
    """Yield the entities that may have to stand elsewhere: of another shape, or in other acts."""
    part, _, rest = operation.path.partition(".")
    key, _, field = rest.partition(".")
    if part == "entities" and field not in _SEEN_ONLY:
        yield key
    if part not in ("relations", "actions", "outcomes"):
        return
    items = getattr(graph, part)
    known = [items[int(key)].model_dump()] if operation.op != "add" and key.isdigit() else []
    new = [operation.new] if isinstance(operation.new, dict) else []
    for item in (*known, *new):
        names = ("subject",) if part == "relations" else ("actor", "subject", "target", "object")
        for name in names:
            value = item.get(name)
            if isinstance(value, str):
                yield value.partition("#")[0]
