"""Chinese and Arabic numbers, and quantities with a unit."""

import re
from dataclasses import dataclass
from typing import Literal

from scene_builder.knowledge.words.chinese.common import DIGITS, TENS
from scene_builder.knowledge.words.chinese.scenery import LENGTH_UNITS_M, MASS_UNITS_KG, SECONDS

QuantityKind = Literal["mass_kg", "size", "speed", "seconds"]

_HAN_NUMBER = "[" + "".join(DIGITS) + "".join(TENS) + "]+"
NUMBER = re.compile(rf"\d+(?:\.\d+)?|{_HAN_NUMBER}")
_NUM = rf"(\d+(?:\.\d+)?|{_HAN_NUMBER}|半)"
_MOST_DIGITS = 9
_HOUR_SECS = 3600.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit, in SI, where it stands, and what it measures."""

    kind: QuantityKind
    value: float
    start: int
    end: int


def number_of(word: str) -> float | None:
    """Return what digits or Chinese numerals say (`12`, `十二`, `两百零五`), or None.

    Numbers above a thousand million are cut there: no scene holds as many.
    """
    if re.fullmatch(r"\d+(\.\d+)?", word):
        return float(word[: _MOST_DIGITS + 3])
    if not re.fullmatch(_HAN_NUMBER, word):
        return None
    if not any(letter in TENS for letter in word):
        return float("".join(str(DIGITS[letter]) for letter in word[:_MOST_DIGITS]))
    total = section = digit = 0
    for letter in word:
        if letter in DIGITS:
            digit = DIGITS[letter]
            continue
        unit = TENS[letter]
        if unit < TENS["万"]:
            section += (digit or (0 if section else 1)) * unit
        else:
            total = (total + section + digit or 1) * unit
            section = 0
        digit = 0
        if total > TENS["亿"]:
            return float(total)
    return float(total + section + digit)


def quantities_of(text: str) -> list[Quantity]:
    """Return the quantities of simplified text, in order; none overlaps another."""
    found: list[Quantity] = []
    for kind, pattern, units in _PATTERNS:
        for match in pattern.finditer(text):
            if any(q.start < match.end() and match.start() < q.end for q in found):
                continue
            groups = [group for group in match.groups() if group]
            value = _value(groups[0]) + (0.5 if match[0].endswith("半") else 0.0)
            per = _HOUR_SECS if re.search("时|h", match[0]) and kind == "speed" else 1.0
            unit = units[groups[1]] if len(groups) > 1 else 1000.0
            found.append(Quantity(kind, value * unit / per, match.start(), match.end()))
    return sorted(found, key=lambda quantity: quantity.start)


def _value(word: str) -> float:
    if word == "半":
        return 0.5
    number = number_of(word)
    return 0.0 if number is None else number


def _any(units: dict[str, float]) -> str:
    ordered = sorted(units, key=len, reverse=True)
    return "|".join(f"{unit}(?![a-z/])" if unit.isascii() else unit for unit in ordered)


_LENGTH = r"(公里|千米|米|公尺|厘米|公分|m|km)"
_SPEED_UNITS = {"公里": 1000.0, "千米": 1000.0, "km": 1000.0, "米": 1.0, "公尺": 1.0, "m": 1.0,
                "厘米": 0.01, "公分": 0.01}  # fmt: skip
_PATTERNS: tuple[tuple[QuantityKind, re.Pattern[str], dict[str, float]], ...] = (
    ("speed", re.compile(rf"(?:每秒钟?|秒速)\s*{_NUM}\s*{_LENGTH}"), _SPEED_UNITS),
    ("speed", re.compile(rf"(?:每小时|时速)\s*{_NUM}\s*{_LENGTH}"), _SPEED_UNITS),
    ("speed", re.compile(rf"{_NUM}\s*{_LENGTH}(?:/秒|每秒钟?|/s|/小时|/时|每小时|/h)"),
     _SPEED_UNITS),
    ("mass_kg", re.compile(rf"{_NUM}\s*({_any(MASS_UNITS_KG)})半?"), MASS_UNITS_KG),
    ("size", re.compile(rf"{_NUM}\s*({_any(LENGTH_UNITS_M)})半?"), LENGTH_UNITS_M),
    ("seconds", re.compile(rf"{_NUM}\s*({_any(SECONDS)})半?"), SECONDS),
)  # fmt: skip
