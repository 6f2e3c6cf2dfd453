"""From the line notation back to a scene graph."""

import json
import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    MATERIAL_WORDS,
    SIZE_WORD_OF,
)
from scene_builder.language.notation.writing import (
    COLORS,
    COMPARE_SIGNS,
    MATERIALS,
    SETTING_KEYS,
    noun_of_id,
)
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import ID_PATTERN, SceneGraph
from scene_builder.model.words import (
    ANGLES,
    DIRECTIONS,
    FRAMINGS,
    MOVES,
    OUTCOME_PREDICATES,
    PREDICATES,
    SIZE_WORDS,
    SPEED_WORDS,
    VERBS,
)

Fields = dict[str, Any]

_TOKEN = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*")+')
_TOP_LINE = re.compile(r"([a-z_]+)=(.*)", re.DOTALL)
_REF = re.compile(ID_PATTERN)
_COUNT = re.compile(r"(>=|<=|)(\d+)")
_QUANTITY = re.compile(r"([0-9.]+(?:e[+-]?\d+)?)(kg|m/s|m)")
_COMPARE_OF = {sign: name for name, sign in COMPARE_SIGNS.items()}
_CLOSED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "entity": (
        ("size", SIZE_WORDS), ("color", COLORS), ("material", MATERIALS),
        ("mobility", ("dynamic", "static", "kinematic")),
    ),
    "action": (("direction", DIRECTIONS), ("speed", SPEED_WORDS)),
    "camera": (("shot", FRAMINGS), ("angle", ANGLES), ("move", MOVES)),
}  # fmt: skip
_SURFACE: tuple[tuple[str, dict[str, str]], ...] = (
    ("size", SIZE_WORD_OF), ("color", COLOR_PHRASES), ("material", MATERIAL_WORDS),
)  # fmt: skip
"""What a model may write as the words stand in the prompt: `light_blue`, `wooden`."""
_FREE = {"color", "material", "size", "speed", "text", "compare"}
_KEYS = {"h": ("height_m", float), "t": ("start_secs", float), "after": ("after", int)}


def graph_from_notation(text: str) -> SceneGraph:
    """Return the scene graph that `text` writes.

    Raises:
        SceneError: For a line that is no notation, or a graph that breaks its contract.
    """
    document = document_from_notation(text)
    try:
        return SceneGraph.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise SceneError(f"the notation gives no valid scene: {where}: {first['msg']}") from None


def document_from_notation(text: str) -> Fields:
    """Return the JSON document that `text` writes, its references not yet checked.

    Raises:
        SceneError: For a line that is no notation.
    """
    document: Fields = {
        "schema": "worldreel.scene/1", "setting": {}, "look": {}, "entities": [],
        "relations": [], "actions": [], "outcomes": [], "camera": [],
    }  # fmt: skip
    for line in text.split("\n"):
        tokens = _TOKEN.findall(line)
        if not tokens:
            continue
        try:
            kind, read = _kind(tokens)
            if kind == "setting":
                _read_setting(document, line.strip())
            else:
                document[kind].append(read(tokens))
        except (ValueError, IndexError) as error:
            raise SceneError(f"the line {line!r} is no notation: {error}") from None
    return document


def _kind(tokens: list[str]) -> tuple[str, Callable[[list[str]], Fields]]:
    second = tokens[1] if len(tokens) > 1 else ""
    if _TOP_LINE.fullmatch(tokens[0]):
        return "setting", _read_entity
    for kind, words, read in (
        ("relations", PREDICATES, _read_relation),
        ("actions", VERBS, _read_action),
        ("outcomes", (*OUTCOME_PREDICATES, "not"), _read_outcome),
    ):
        if second in words:
            return kind, read
    return ("camera", _read_camera) if tokens[0] == "camera" else ("entities", _read_entity)


def _read_setting(document: Fields, line: str) -> None:
    match = _TOP_LINE.fullmatch(line)
    if match is None:
        raise ValueError("a key and a value are needed")
    key, value = match[1], _unquoted(match[2])
    if key in SETTING_KEYS:
        numeric = key == "gravity" and re.fullmatch(r"[0-9.]+(?:e[+-]?\d+)?", value)
        document["setting"][key] = float(value) if numeric else value
    elif key in {"style", "mood"}:
        document["look"][key] = value
    elif key == "title":
        document["title"] = value
    elif key == "duration":
        document["duration_secs"] = float(value)
    else:
        raise ValueError(f"no key {key!r}")


def _read_entity(tokens: list[str]) -> Fields:
    entity_id, colon, noun = tokens[0].partition(":")
    fields: Fields = {"id": entity_id, "noun": _unquoted(noun) if colon else noun_of_id(entity_id)}
    for token in tokens[1:]:
        quantity = _QUANTITY.fullmatch(token)
        if token.isdigit():
            fields["count"] = int(token)
        elif quantity:
            fields["mass_kg" if quantity[2] == "kg" else "size"] = float(quantity[1])
        else:
            _read_token(fields, token, "entity")
    return fields


def _read_relation(tokens: list[str]) -> Fields:
    return {"subject": tokens[0], "predicate": tokens[1], "object": tokens[2:]}


def _read_action(tokens: list[str]) -> Fields:
    fields: Fields = {"actor": tokens[0], "verb": tokens[1]}
    for token in tokens[2:]:
        quantity = _QUANTITY.fullmatch(token)
        if quantity:
            fields["speed"] = float(quantity[1])
        elif token.startswith(">"):
            fields["target"] = token[1:]
        else:
            _read_token(fields, token, "action")
    return fields


def _read_outcome(tokens: list[str]) -> Fields:
    negated = tokens[1] == "not"
    fields: Fields = {
        "subject": tokens[0], "predicate": tokens[1 + negated], "negated": negated
    }  # fmt: skip
    for token in tokens[2 + negated :]:
        count = _COUNT.fullmatch(token)
        if count:
            fields |= {"compare": _COMPARE_OF[count[1]], "count": int(count[2])}
        elif _REF.fullmatch(token):
            fields["object"] = token
        else:
            _read_token(fields, token, "outcome")
    return fields


def _read_camera(tokens: list[str]) -> Fields:
    fields: Fields = {}
    for token in tokens[1:]:
        if token.startswith(">"):
            fields["target"] = token[1:]
        else:
            _read_token(fields, token, "camera")
    return fields


def _read_token(fields: Fields, token: str, kind: str) -> None:
    for name, words in _CLOSED.get(kind, ()):
        if token in words:
            fields[name] = token
            return
    for name, table in _SURFACE if kind == "entity" else ():
        value = table.get(token.replace("_", " "))
        if value is not None:
            fields[name] = value
            return
    key, _, value = token.partition("=")
    if key in _KEYS:
        name, convert = _KEYS[key]
        fields[name] = convert(value)
    elif key in _FREE and value:
        fields[key] = _unquoted(value)
    else:
        raise ValueError(f"{token!r} means nothing there")


def _unquoted(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text
