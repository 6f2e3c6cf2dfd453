"""The doors for documents: JSON that a person or a program wrote becomes a checked record."""

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scene_builder.model.errors import RunFolderError, SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading

Document = TypeVar("Document", bound=BaseModel)

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024


class DamagedError(RunFolderError):
    """A file of a run is cut off or is no longer what it was; it can be made again."""


def read_document(path: Path, kind: type[Document]) -> Document:
    """Read a JSON document of the given kind.

    Raises:
        DamagedError: If the file is missing or is no JSON at all.
        SceneError: If a field is wrong; the message names it and what is allowed.
    """
    try:
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            raise DamagedError(f"{path} is larger than 64 MiB; no {path.name} is that large")
        text = path.read_bytes().decode("utf-8-sig")
        value = json.loads(text, parse_constant=_no_constant)
    except OSError as error:
        raise DamagedError(f"{path} cannot be read: {error.strerror}; make it again") from error
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"{path} is no JSON ({_short(error)}); mend it or remove it") from error
    return parsed(value, kind, where=str(path))


def parsed(value: Any, kind: type[Document], *, where: str) -> Document:  # noqa: ANN401 - JSON
    """Check a JSON value.

    Raises:
        SceneError: If a field is wrong; the message names it and what is allowed.
    """
    try:
        return kind.model_validate_json(json.dumps(value))
    except ValidationError as error:
        raise SceneError(f"{where}: {explain(error)}") from None


def explain(error: ValidationError) -> str:
    """Say in one line which field is wrong, what was given and what is allowed."""
    errors = error.errors(include_url=False)
    first = errors[0]
    field = ".".join(str(part) for part in first["loc"]) or "the document"
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = "there is no such field"
    given = "" if first["type"] in {"missing", "value_error"} else _given(first["input"])
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{field}: {message[:1].lower()}{message[1:]}{given}{more}"


def read_scene(path: Path) -> SceneGraph:
    """Read a scene graph that a person wrote.

    Raises:
        SceneError: If it is no scene graph.
    """
    try:
        return read_document(path, SceneGraph)
    except DamagedError as error:
        raise SceneError(str(error)) from error.__cause__


def scene_text(graph: SceneGraph) -> str:
    """Return a scene graph as the text of its document."""
    return graph.model_dump_json(indent=2, by_alias=True) + "\n"


class _Evidence(BaseModel):
    """What stands in reading.json: a reading without its graph, which is scene.json."""

    model_config = Reading.model_config

    spans: tuple[Any, ...] = ()
    assumptions: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    not_served: tuple[str, ...] = ()
    reader: str = ""
    edits: tuple[Any, ...] = ()


def evidence_text(reading: Reading) -> str:
    """Return what reading.json holds: everything of a reading but its graph."""
    return reading.model_dump_json(indent=2, exclude={"graph"}) + "\n"


def read_reading(evidence: Path, scene: Path) -> Reading:
    """Put a reading together from reading.json and scene.json.

    Raises:
        DamagedError: If one of them is missing or is no JSON.
        SceneError: If a field is wrong.
    """
    graph = read_document(scene, SceneGraph)
    fields = read_document(evidence, _Evidence).model_dump()
    whole = {**fields, "graph": graph.model_dump(by_alias=True)}
    return parsed(whole, Reading, where=str(evidence))


def _given(value: object) -> str:
    text = json.dumps(value, default=str)
    return f", given {text[:60]}{'…' if len(text) > 60 else ''}"  # noqa: PLR2004


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:80] if str(error) else type(error).__name__


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
