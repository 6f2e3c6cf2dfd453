"""The JSON object in a chat model's answer, and small slips in it set right."""

import json
import re
from typing import Any

from scene_builder.model.errors import SceneError
from scene_builder.model.words import RESERVED_IDS

MAX_ATTEMPTS = 200
"""Most braces of an answer that are tried as the beginning of the object."""

_LOWER = ("noun", "color", "material", "size", "speed", "place", "ground", "time_of_day",
          "weather", "style", "predicate", "verb", "direction", "mobility", "shot", "angle",
          "move")  # fmt: skip
_REFS = ("id", "subject", "object", "actor", "target")
_Json = dict[str, Any]


def object_in(answer: str, *, wanted: str = "entities") -> _Json:
    """Return the largest JSON object of an answer, whatever thoughts and fences surround it.

    Args:
        answer: What a model wrote.
        wanted: What the object holds; of one that breaks off, the inner ones are not it.

    Raises:
        SceneError: If there is none; the message is meant for the model.
    """
    plain = _without_thoughts(answer)
    decoder, at = json.JSONDecoder(), plain.find("{")
    found: _Json | None = None
    size, attempts, broken, fault = 0, 0, False, "the answer holds no JSON object"
    while at >= 0 and attempts < MAX_ATTEMPTS:
        attempts += 1
        try:
            value, end = decoder.raw_decode(plain, at)
        except (ValueError, RecursionError) as error:
            if attempts == 1:
                broken, fault = True, _fault(plain[at:], error)
            end = at + 1
        else:
            if isinstance(value, dict) and end - at > size:
                found, size = value, end - at
        at = plain.find("{", end)
    if found is None or (broken and wanted not in found):
        raise SceneError(fault)
    return found


def tidied(document: _Json, repairs: list[str]) -> _Json:
    """Return a document without nulls, its words and ids spelt as the contract wants them.

    Args:
        document: What a model wrote.
        repairs: Gets one sentence for each entity that is left out.
    """
    tidy = _tidied(document)
    assert isinstance(tidy, dict)
    entities = tidy.get("entities")
    if isinstance(entities, list):
        kept = []
        for entity in entities:
            if isinstance(entity, dict) and entity.get("id") in RESERVED_IDS:
                repairs.append(f"the entity {entity['id']!r} was left out: it is always there")
                continue
            kept.append(entity)
        tidy["entities"] = kept
    return tidy


def _without_thoughts(answer: str) -> str:
    plain = re.sub(r"<think(?:ing)?>.*?</think(?:ing)?>", "", answer, flags=re.DOTALL)
    return re.split(r"</think(?:ing)?>", plain)[-1]


def _fault(text: str, error: Exception) -> str:
    cut_off = isinstance(error, json.JSONDecodeError) and (
        error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()) - 1
    )
    if cut_off:
        return "the JSON object breaks off before it is closed; write it whole, and shorter"
    return f"the answer is no JSON: {error}"


def _tidied(value: Any, key: str = "") -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {k: _tidied(v, k) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_tidied(item, key) for item in value if item is not None]
    if isinstance(value, str) and key in _REFS:
        return re.sub(r"[^a-z0-9_#]+", "_", value.strip().lower()).strip("_")
    if isinstance(value, str) and key in _LOWER:
        return value.strip().lower()
    return value
