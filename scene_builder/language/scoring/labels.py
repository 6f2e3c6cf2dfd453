"""Labels: line notation in which a human reader may leave things open.

A `?` before a line says that it may be read and need not be; before a token, the same of that
token. `a|b` stands for either. Every other line has to be read, and whatever is read that no
label allows counts as an invention.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scene_builder.language.notation.reading import document_from_notation
from scene_builder.language.scoring.equality import Value
from scene_builder.model.errors import SceneError
from scene_builder.model.words import OUTCOME_PREDICATES, PREDICATES, VERBS

_TOKEN = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*")+')
_DETAILS = {
    "entities": ("count", "size", "color", "material", "mass_kg", "mobility"),
    "actions": ("target", "direction", "speed", "height_m", "start_secs", "after"),
    "outcomes": ("count", "compare", "after"),
    "camera": ("shot", "angle", "move", "target"),
}


class LabelledPrompt(BaseModel):
    """A prompt, what it says, and what it is a test of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    labels: tuple[str, ...] = Field(min_length=1)
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Label:
    """One line of labels.

    Attributes:
        kind: `entities`, `relations`, `actions`, `outcomes`, `camera` or `setting`.
        required: Whether it has to be read.
        head: What the line is about, each part with its alternatives: ids of an entity; subject,
            predicate and objects; actor and verb; subject, negation, predicate and object.
        details: Fields that hang on it, with (whether required, allowed values); `color|material`
            says that one of both fields has to be as its own entry allows.
        loose: Objects of a relation or an outcome that may be named and need not.
    """

    kind: str
    required: bool
    head: tuple[tuple[Any, ...], ...]
    details: dict[str, tuple[bool, tuple[Value, ...]]] = field(default_factory=dict)
    loose: tuple[tuple[str, ...], ...] = ()


def labelled_prompts(path: Path) -> tuple[LabelledPrompt, ...]:
    """Return the prompts of a JSON file with their labels.

    Raises:
        SceneError: If the file is no list of prompts with labels.
    """
    try:
        return tuple(LabelledPrompt.model_validate(p) for p in json.loads(path.read_text("utf-8")))
    except (ValueError, ValidationError) as error:
        raise SceneError(f"{path} holds no labelled prompts: {error}") from None


def labels_of(lines: Sequence[str]) -> tuple[Label, ...]:
    """Return the labels that `lines` write.

    Raises:
        SceneError: For a line that is no notation.
    """
    labels = [_label(line) for line in lines]
    first = {
        name: label.head[0][0]
        for label in labels if label.kind == "entities" for name in label.head[0]
    }  # fmt: skip
    for label in labels:
        if label.kind not in {"entities", "setting"}:
            subject, closed, others = label.head[:1], label.head[1:2], label.head[2:]
            label.head = (*_refs(subject, first), *closed, *_refs(others, first))
            label.loose = _refs(label.loose, first)
            if "target" in label.details:
                needed, refs = label.details["target"]
                label.details["target"] = needed, tuple(_ref(str(ref), first) for ref in refs)
    return tuple(labels)


def plain_lines(lines: Sequence[str]) -> list[str]:
    """Return `lines` as line notation: without marks, of each token the first alternative."""
    read = [[_alternatives(token)[1] for token in _tokens(line)[1]] for line in lines]
    kinds = [_kind([alternatives[0] for alternatives in line]) for line in read]
    first = {
        name: line[0][0]
        for line, kind in zip(read, kinds, strict=True) if kind == "entities" for name in line[0]
    }  # fmt: skip
    return [
        " ".join(
            _plain(a[0], k) if kind == "entities" else a[0] if k == 1 else _ref(a[0], first)
            for k, a in enumerate(line)
        )
        for line, kind in zip(read, kinds, strict=True)
    ]


def _ref(ref: str, first: dict[str, str]) -> str:
    """Return `ref` by the first name of what it names: a label may call a thing by any."""
    arrow = ">" if ref.startswith(">") and not ref.startswith(">=") else ""
    name, mark, number = ref.removeprefix(arrow).partition("#")
    return f"{arrow}{first.get(name, name)}{mark}{number}"


def _refs(parts: tuple[tuple[str, ...], ...], first: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_ref(ref, first) for ref in part) for part in parts)


def _plain(token: str, place: int) -> str:
    """Return a token of an entity; a bare word that notation does not know is a material."""
    try:
        document_from_notation(f"thing {token}")
    except SceneError:
        return f"material={token}" if place else token
    return token


def _label(line: str) -> Label:
    required, tokens = _tokens(line)
    read = [_alternatives(token) for token in tokens]
    first = [alternatives[0] for _, alternatives in read]
    kind = _kind(first)
    if kind == "setting":
        key = first[0].partition("=")[0]
        values = tuple(_value(f"{key}=" + a.removeprefix(f"{key}="), key) for a in read[0][1])
        return Label(kind, required, ((key,), values))
    size = {"entities": 1, "camera": 1, "actions": 2}.get(kind, len(read))
    if kind == "outcomes":
        size = _outcome_size(first)
    loose = [alternatives for optional, alternatives in read[2:size] if optional]
    head = [part for part in read[:size] if part not in [(True, some) for some in loose]]
    label = Label(kind, required, tuple(some for _, some in head), loose=tuple(loose))
    for optional, alternatives in read[size:]:
        said = _details(first[:size], alternatives, kind)
        either = kind == "entities" and len(said) > 1  # `silver|material=silver`
        for name, values in said.items():
            label.details[name] = (not optional and not either, values)
        if either and not optional:
            label.details["|".join(said)] = (True, ())
    return label


def _tokens(line: str) -> tuple[bool, list[str]]:
    """Whether a line is required, and its tokens; `? cup` means the same as `?cup`."""
    stripped = line.strip()
    optional = stripped.startswith("?")
    return not optional, _TOKEN.findall(stripped.removeprefix("?"))


def _alternatives(token: str) -> tuple[bool, tuple[str, ...]]:
    optional = token.startswith("?")
    bare = token.removeprefix("?")
    arrow = ">" if bare.startswith(">") and not bare.startswith(">=") else ""
    parts = bare.removeprefix(arrow).split("|")
    return optional, tuple(arrow + part.removeprefix(">" if arrow else "") for part in parts)


def _kind(first: list[str]) -> str:
    second = first[1] if len(first) > 1 else ""
    if re.match(r"[a-z_]+=", first[0]):
        return "setting"
    if second in PREDICATES:
        return "relations"
    if second in VERBS:
        return "actions"
    if second in (*OUTCOME_PREDICATES, "not"):
        return "outcomes"
    return "camera" if first[0] == "camera" else "entities"


def _outcome_size(first: list[str]) -> int:
    size = 3 if first[1] == "not" else 2
    has_object = len(first) > size and re.fullmatch(r"[a-z][a-z0-9_]*(#\d+)?", first[size])
    return size + bool(has_object)


def _details(
    head: list[str], alternatives: tuple[str, ...], kind: str
) -> dict[str, tuple[Any, ...]]:
    """Return the fields that the alternatives of one token say, with their values."""
    found: dict[str, tuple[Any, ...]] = {}
    names = [part for part in head if part != "camera"] or ["camera"]
    for token in alternatives:
        token = _plain(token, 1) if kind == "entities" else token  # noqa: PLW2901
        line = " ".join(["camera", token] if kind == "camera" else [*names, token])
        item = document_from_notation(line)[kind][0]
        for name in _DETAILS[kind]:
            default = {"count": 1 if kind == "entities" else None, "compare": "exactly"}.get(name)
            if item.get(name, default) != default:
                found[name] = (*found.get(name, ()), item[name])
    return found


def _value(line: str, key: str) -> Value:
    document = document_from_notation(line)
    places = {**document["setting"], **document["look"]}
    value = places.get(key, document.get("duration_secs" if key == "duration" else key))
    if not isinstance(value, str | float):
        raise SceneError(f"the label {line!r} gives no value")
    return value
