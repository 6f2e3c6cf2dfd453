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
from scene_builder.language.phrases.words.tagging import tagged

Kind = Literal["mass_kg", "size", "height_m", "speed", "start_secs"]

_TABLES: tuple[tuple[Kind, dict[str, float]], ...] = (
    ("speed", SPEED_UNITS_M_S), ("mass_kg", MASS_UNITS_KG), ("size", LENGTH_UNITS_M),
    ("start_secs", TIME_UNITS_SECS),
)  # fmt: skip
_FALLS = (
    r"(?:falls?|falling|fell|fallen|drops?|dropped|dropping|plunges|plunging|plummets|tumbles|"
    r"let fall|"
    r"comes? down)"
)
_HEIGHT_BEFORE = re.compile(
    rf"(from|from a height of|a height of|height|height:|dropped|lifted|raised|at a height of|"
    rf"at shoulder height,|{_FALLS}( a (distance|height) of| by| for)?|\bfall)\s*"
    r"(about |roughly |some |exactly |only |just )?$"
)
_LET_FALL = re.compile(r"\blet\b[^.;,]{1,40}\b(fall|drop)\s*$")
_LEAD = re.compile(
    r"((from )?a height of|weighing|which weighs|that weighs|weighs|with a mass of|after|from|"
    r"at a speed of|at|with a speed of|with a (length|width|diameter|height) of|"
    r"has a (length|width|diameter) of|measuring|of)\s*(about |some |roughly )?$"
)
_TRAIL = re.compile(
    r"\s*-?(tall|long|wide|high|heavy|thick|across|in (diameter|width|length|height|size)|in mass|"
    r"up in the air|up|above|later|in)\b"
)
_MEASURES = re.compile(
    r"\s*-?(tall|long|wide|high|thick|deep|across|diameter|broad|in (diameter|width|length|height|"
    r"size))\b"
)
_MEASURED = re.compile(
    r"\b((length|width|diameter|size|measure|edge) of|measuring|measures|of|which is|that is|being)"
    r"\s*(about |some |roughly )?$"
)
_ALOFT = re.compile(r"\s*(up\b(?! (the|a|to))|off the (ground|floor)|above the (ground|floor))")


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
            before, after = text[: match.start()], text[match.end() :]
            named = _measured(kind, match, before, after)
            if named is None:
                continue
            lead, trail = _LEAD.search(before), _TRAIL.match(after)
            start = lead.start() if lead else match.start()
            end = match.end() + (trail.end() if trail else 0)
            if named != "distance":
                found.append(Quantity(named, value, match.start(), match.end()))
            text = text[:start] + " " * (end - start) + text[end:]
    return found, text


def _measured(
    kind: Kind, match: re.Match[str], before: str, after: str
) -> Kind | Literal["distance"] | None:
    """Return what a number with a unit measures; None where it measures nothing."""
    article = match[1] in {"a", "an"}
    if kind == "start_secs":
        return kind if re.search(r"\bafter (about )?$", before) else None
    if kind == "mass_kg":
        weighed = re.search(r"\b(something|someone)( that| which)? (weighing|weighs) $", before)
        return None if article else "distance" if weighed else kind
    if kind != "size":
        return kind
    if article and re.search(r"\b(with|on|its|his|her|by|per) $", before):
        return "distance" if before.endswith("by ") else None
    if match[2] == "foot" and match[1] in {"one", "a"} and not re.search(
        rf"({_FALLS}|from|of|by|than) $", before) and not _MEASURES.match(after):  # fmt: skip
        return None
    if _HEIGHT_BEFORE.search(before) or _LET_FALL.search(before):
        return "height_m"
    if _ALOFT.match(after):
        return "height_m"
    attributive = re.match(r"-?\s[a-z]", after) and _describes_noun(after)
    if _MEASURES.match(after) or _MEASURED.search(before) or (attributive and not article):
        return "size"
    return "distance"


def _describes_noun(after: str) -> bool:
    """Whether a noun phrase goes on behind a quantity: "a 2 m plank"."""
    words = tagged("a" + after[:60])
    return len(words) > 1 and words[1].tag in {"noun", "adj"} and words[1].text not in _ASIDE


_ASIDE = frozenset({"down", "away", "behind", "apart", "further", "higher", "lower", "up", "below",
                    "deep", "later", "back", "forward", "onto", "onward"})  # fmt: skip


def attach(
    document: dict[str, Any], quantities: list[Quantity], text: str, chunks: list[Chunk]
) -> list[tuple[str, int, int]]:
    """Write stated quantities into the entities and actions that they speak of.

    Returns:
        (path, start, end) of the evidence.
    """
    spans = []
    heights = [quantity for quantity in quantities if quantity.kind == "height_m"]
    for quantity in quantities:
        if quantity.kind in {"mass_kg", "size"}:
            index = _entity_near(document, quantity, chunks)
            path = f"entities.{index}.{quantity.kind}"
            target = document["entities"]
        else:
            index = _action_near(document, quantity, text)
            path = f"actions.{index}.{quantity.kind}"
            target = document["actions"]
        if index is None:
            continue
        target[index][quantity.kind] = quantity.value
        spans.append((path, quantity.start, quantity.end))
        if len(heights) == 1 and quantity.kind == "height_m":  # dropped together, from one height
            for action in target:
                if action["verb"] == target[index]["verb"] and action["verb"] in {"drop", "fall"}:
                    action["height_m"] = quantity.value
    return spans


def _entity_near(document: dict[str, Any], quantity: Quantity, chunks: list[Chunk]) -> int | None:
    inside = [c for c in chunks if c.start <= quantity.start < c.end]
    after = [c for c in chunks if 0 <= c.start - quantity.end <= 1]
    before = [c for c in chunks if c.end <= quantity.start]
    ranked = [*inside, *after, *reversed(before), *chunks]
    for chunk in ranked:
        for k, entity in enumerate(document["entities"]):
            named = _same_noun(entity["noun"], singular(chunk.noun))
            if named and entity.get(quantity.kind) in (None, quantity.value):
                return k
    return None


def _same_noun(noun: str, named: str) -> bool:
    """Whether both name one thing: "sack" and "potato sack"."""
    noun, named = noun.replace("_", " "), named.replace("_", " ")
    return noun == named or named.endswith(f" {noun}") or noun.endswith(f" {named}")


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
