"""Comparing graphs: the patch that makes one of the other, and says nothing more."""

import copy
import json
from collections.abc import Sequence
from difflib import SequenceMatcher

from scene_builder.language.editing.patching.applying import Document, Item, renamed
from scene_builder.language.editing.patching.patch import PARTS, Operation, ScenePatch
from scene_builder.model.graph import SceneGraph

_HEAD = {"relations": "subject", "actions": "actor", "outcomes": "subject"}
"""What two statements share if one is the other, changed; camera cues need share nothing."""

Pair = tuple[int | None, int | None]


def diff(before: SceneGraph, after: SceneGraph) -> ScenePatch:
    """Return the patch for which `apply(before, patch) == after`, empty if they are equal."""
    old = before.model_dump(mode="json", by_alias=True)
    new = after.model_dump(mode="json", by_alias=True)
    operations = _fields(old, new)
    names = _new_names(old, new)
    operations += [
        Operation(op="change", path=f"entities.{one}.id", old=one, new=other)
        for one, other in names.items()
    ]
    moved = copy.deepcopy(old)
    renamed(moved, names)
    for part in PARTS:
        for i, j in _paired(part, moved[part], new[part]):
            operations += _differences(part, (old, moved, new), i, j)
    return ScenePatch(operations=tuple(operations))


def places(before: SceneGraph, after: SceneGraph) -> dict[str, str]:
    """Return where each part of one graph is in the other: `relations.2` → `relations.1`.

    Parts that are gone are missing; `setting`, `look` and the like stay where they are.
    """
    old = before.model_dump(mode="json", by_alias=True)
    new = after.model_dump(mode="json", by_alias=True)
    found = {key: key for key in old if key not in PARTS}
    renamed(old, _new_names(old, new))
    for part in PARTS:
        for i, j in _paired(part, old[part], new[part]):
            if i is not None and j is not None:
                found[f"{part}.{i}"] = f"{part}.{j}"
    return found


def _fields(old: Document, new: Document) -> list[Operation]:
    found = []
    for key, value in old.items():
        if key in PARTS or new[key] == value:
            continue
        if isinstance(value, dict):
            found += _changed(f"{key}", value, new[key])
        else:
            found.append(Operation(op="change", path=key, old=value, new=new[key]))
    return found


def _changed(path: str, old: Item, new: Item) -> list[Operation]:
    return [
        Operation(op="change", path=f"{path}.{field}", old=value, new=new[field])
        for field, value in old.items()
        if new[field] != value
    ]


def _new_names(old: Document, new: Document) -> dict[str, str]:
    """Return which entities were replaced where they stand: old id → new id.

    One thing is in another's place if something that was said of the one is said of the other.
    """
    before, after = ([e["id"] for e in document["entities"]] for document in (old, new))
    come = [ref for ref in after if ref not in before]
    names: dict[str, str] = {}
    gone = 0
    for at, ref in enumerate(before):
        if ref in after:
            continue
        other = after[at - gone] if at - gone < len(after) else ""
        if other in come and _holds_on(old, new, ref, other):
            names[ref] = other
            come.remove(other)
        else:
            gone += 1
    return names


def _holds_on(old: Document, new: Document, ref: str, other: str) -> bool:
    """Whether a statement about `ref` is one about `other` now, or nothing is said of either."""
    moved = copy.deepcopy(old)
    renamed(moved, {ref: other})
    said = [(part, k) for part in PARTS[1:] for k, item in enumerate(old[part])
            if item != moved[part][k]]  # fmt: skip
    if any(moved[part][k] in new[part] for part, k in said):
        return True
    away = copy.deepcopy(new)
    renamed(away, {other: ref})
    return not said and all(away[part] == new[part] for part in PARTS[1:])


def _paired(part: str, old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Return which item became which; None stands where there is none.

    Equal items are matched as Ratcliff and Obershelp (1988) do; between them, items that speak
    of the same thing are one item, changed.
    """
    if part == "entities":
        one, other = [e["id"] for e in old], [e["id"] for e in new]
    else:
        one, other = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    pairs: list[Pair] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += zip(range(a, b), range(c, d), strict=True)
        else:
            pairs += _between(part, old, new, (a, b), (c, d))
    return pairs


def _between(
    part: str, old: Sequence[Item], new: Sequence[Item], left: tuple[int, int],
    right: tuple[int, int],
) -> list[Pair]:  # fmt: skip
    head, at = _HEAD.get(part), right[0]
    pairs: list[Pair] = []
    for i in range(*left):
        fits = [
            j for j in range(at, right[1])
            if part != "entities" and (head is None or old[i][head] == new[j][head])
        ]  # fmt: skip
        if not fits:
            pairs.append((i, None))
            continue
        pairs += [(None, j) for j in range(at, fits[0])]
        pairs.append((i, fits[0]))
        at = fits[0] + 1
    return [*pairs, *((None, j) for j in range(at, right[1]))]


def _differences(
    part: str, graphs: tuple[Document, Document, Document], i: int | None, j: int | None
) -> list[Operation]:
    """Return what became of one item: `graphs` are before, before with new names, and after."""
    old, moved, new = (graph[part] for graph in graphs)
    if i is None:
        assert j is not None
        by_id = part == "entities"
        path = f"{part}.{new[j]['id'] if by_id else j}"
        return [Operation(op="add", path=path, new=new[j], at=j if by_id else None)]
    path = f"{part}.{old[i]['id'] if part == 'entities' else i}"
    if j is None:
        return [Operation(op="remove", path=path, old=old[i])]
    return [
        Operation(op="change", path=f"{path}.{field}", old=old[i][field], new=new[j][field])
        for field, value in moved[i].items()
        if new[j][field] != value
    ]
