"""What is wrong with a scene, as a compiler says it: where, what was given, what is allowed."""

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from scene_builder.model.graph import (
    Action,
    CameraCue,
    Entity,
    Look,
    Outcome,
    Relation,
    SceneGraph,
    Setting,
)

MAX_FAULTS = 5
_PARTS: dict[str, type[BaseModel]] = {
    "entities": Entity, "relations": Relation, "actions": Action, "outcomes": Outcome,
    "camera": CameraCue, "setting": Setting, "look": Look,
}  # fmt: skip
_FORMS = {
    "id": 'a word of small letters, digits and _, such as "red_ball"',
    "subject": "the id of an entity", "object": "the id of an entity",
    "actor": "the id of an entity", "target": "the id of an entity",
}  # fmt: skip
_SHOWN_LETTERS = 60


def faults_of(error: Exception) -> list[str]:
    """Return at most five lines, one for each fault, that a model can act on."""
    if not isinstance(error, ValidationError):
        return [" ".join(str(error).split())]
    lines: dict[str, list[str]] = {}
    faults = error.errors(include_url=False)
    places = [fault["loc"] for fault in faults]
    for fault in faults:
        path, depth = _path(fault["loc"]), len(fault["loc"])
        if any(len(loc) > depth and loc[:depth] == fault["loc"] for loc in places):
            continue  # a list is said to be too short after its faulty items are dropped
        lines.setdefault(path, [])
        said = _said(fault, path)
        if said not in lines[path]:
            lines[path].append(said)
    return [f"{path}: {'; or '.join(said)}" for path, said in lines.items()][:MAX_FAULTS]


def _path(loc: Sequence[str | int]) -> str:
    """The place of a fault, without pydantic's names for the branches of a union."""
    kinds: list[type[BaseModel]] = [*_PARTS.values(), SceneGraph]
    fields = {name for kind in kinds for name in kind.model_fields} | {"shots", "scene"}
    kept = [str(part) for part in loc if isinstance(part, int) or part in {*fields, "schema"}]
    last = str(loc[-1]) if loc else ""
    plain = last.replace("_", "").isalnum() and last not in {"float", "int", "str"}
    if last and last not in kept and plain:
        kept.append(last)
    return ".".join(kept) or "scene"


def _said(fault: Any, path: str) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    kind, context = fault["type"], fault.get("ctx") or {}
    given = f"given {_short(fault['input'])}"
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return f"there is no such field; the fields are {', '.join(_fields(path))}"
    if kind == "literal_error":
        return f"{given}; allowed are {context['expected']}"
    if kind == "string_pattern_mismatch":
        name = path.rsplit(".", maxsplit=1)[-1]
        return f"{given}; wanted is {_FORMS.get(name, 'words in small letters')}"
    if kind == "value_error":
        return str(fault["msg"]).removeprefix("Value error, ")
    message = str(fault["msg"])
    return f"{given}; {message[:1].lower()}{message[1:]}"


def _fields(path: str) -> list[str]:
    """What may stand where `path` ends: `shots.0.scene.entities.2.colour` ends in an entity."""
    around = [part for part in path.split(".")[:-1] if not part.isdigit()]
    kind = _PARTS.get(around[-1], SceneGraph) if around else SceneGraph
    return [field.alias or name for name, field in kind.model_fields.items()]


def _short(value: object) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= _SHOWN_LETTERS else text[: _SHOWN_LETTERS - 1] + "…"
