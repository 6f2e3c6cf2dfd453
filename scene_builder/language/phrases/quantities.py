"""Stated quantities: how heavy, how large, from how high, how fast, and when."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from scene_builder.knowledge.words.nouns import singular
from scene_builder.knowledge.words.quantities import (
    LENGTH_UNITS_M,
    MASS_UNITS_KG,
    SPEED_UNITS_M_S,
    TIME_UNITS_SECS,
    quantity_pattern,
    quantity_value,
)
from scene_builder.knowledge.words.verbs import FORMS, SENSES_OF
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.tokens import tokens_of

Kind = Literal["mass_kg", "size", "height_m", "speed", "start_secs"]

_TABLES: tuple[tuple[Kind, dict[str, float]], ...] = (
    ("speed", SPEED_UNITS_M_S), ("mass_kg", MASS_UNITS_KG), ("size", LENGTH_UNITS_M),
    ("start_secs", TIME_UNITS_SECS),
)  # fmt: skip
_HEIGHT_BEFORE = re.compile(
    r"(from|from a height of|a height of|dropped|lifted|raised)\s*(about )?$"
)
_LEAD = re.compile(
    r"((from )?a height of|weighing|which weighs|that weighs|weighs|with a mass of|after|from|"
    r"at a speed of|at|with a speed of|of)\s*(about )?$"
)
_TRAIL = re.compile(r"\s*-?(tall|long|wide|high|heavy|up in the air|up|above|later|in)\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit, in SI, where it stands, and what it measures."""

    kind: Kind
    value: float
    start: int
    end: int


def stated_quantities(text: str) -> tuple[list[Quantity], str]:
    """Return the quantities of lower-case text, and the text with them blanked out."""
    found: list[Quantity] = []
    for kind, units in _TABLES:
        for match in quantity_pattern(units).finditer(text):
            value = quantity_value(match[1].lower(), match[2].lower(), units)
            before = text[: match.start()]
            named: Kind | Literal["distance"] = kind
            if kind == "size" and _HEIGHT_BEFORE.search(before):
                named = "height_m"
            if kind == "start_secs" and not re.search(r"\bafter (about )?$", before):
                continue
            if match[1] in {"a", "an"} and named == "mass_kg":
                continue
            if named == "size" and re.search(
                r"\b(up|down|rises|falls|away|apart|along)\s*$", before
            ):
                named = "distance"
            lead, trail = _LEAD.search(before), _TRAIL.match(text[match.end() :])
            start = lead.start() if lead else match.start()
            end = match.end() + (trail.end() if trail else 0)
            if named != "distance":
                found.append(Quantity(named, value, match.start(), match.end()))
            text = text[:start] + " " * (end - start) + text[end:]
    return found, text


def attach(
    document: dict[str, Any], quantities: list[Quantity], text: str, chunks: list[Chunk]
) -> list[tuple[str, int, int]]:
    """Write stated quantities into the entities and actions that they speak of.

    Returns:
        (path, start, end) of the evidence.
    """
    spans = []
    for quantity in quantities:
        if quantity.kind in {"mass_kg", "size"}:
            index = _entity_near(document, quantity, chunks)
            path = f"entities.{index}.{quantity.kind}"
            target = document["entities"]
        else:
            index = _action_near(document, quantity, text)
            path = f"actions.{index}.{quantity.kind}"
            target = document["actions"]
        if index is not None:
            target[index][quantity.kind] = quantity.value
            spans.append((path, quantity.start, quantity.end))
    return spans


def _entity_near(document: dict[str, Any], quantity: Quantity, chunks: list[Chunk]) -> int | None:
    inside = [c for c in chunks if c.start <= quantity.start < c.end]
    after = [c for c in chunks if 0 <= c.start - quantity.end <= 1]
    before = [c for c in chunks if c.end <= quantity.start]
    ranked = [*inside, *after, *reversed(before), *chunks]
    for chunk in ranked:
        for k, entity in enumerate(document["entities"]):
            if entity["noun"] == singular(chunk.noun):
                return k
    return 0 if document["entities"] else None


def _action_near(document: dict[str, Any], quantity: Quantity, text: str) -> int | None:
    nearest: tuple[int, int] | None = None
    for token in tokens_of(text):
        if token.text not in FORMS:
            continue
        verbs = {sense.verb for sense in SENSES_OF[FORMS[token.text][0]]}
        for k, action in enumerate(document["actions"]):
            distance = abs(token.start - quantity.start)
            if action["verb"] in verbs and (nearest is None or distance < nearest[0]):
                nearest = (distance, k)
    return nearest[1] if nearest else 0 if document["actions"] else None
