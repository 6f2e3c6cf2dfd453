"""Number words, and quantities with a unit."""

import re

NUMBER_WORDS: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
    "single": 1, "both": 2, "twin": 2, "dozen": 12,
}  # fmt: skip

NUMBER_PHRASES: dict[str, int] = {
    "a pair of": 2, "a couple of": 2, "pair of": 2, "couple of": 2, "a trio of": 3, "trio of": 3,
    "a dozen": 12, "half a dozen": 6, "two dozen": 24, "a hundred": 100, "a single": 1,
}  # fmt: skip

VAGUE_COUNTS: dict[str, int] = {
    "several": 4,
    "some": 3,
    "a few": 3,
    "few": 3,
    "many": 8,
    "dozens": 12,
    "multiple": 3,
    "various": 3,
    "a handful of": 4,
    "lots": 8,
    "plenty": 8,
}
"""Words that say more than one and leave open how many → what is taken."""

PLURAL_COUNT = 3
"""What a bare plural ("cups") is taken as."""

LENGTH_UNITS_M: dict[str, float] = {
    "m": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0, "cm": 0.01,
    "centimetre": 0.01, "centimetres": 0.01, "centimeter": 0.01, "centimeters": 0.01,
    "mm": 0.001, "foot": 0.3048, "feet": 0.3048, "inch": 0.0254, "inches": 0.0254,
}  # fmt: skip
MASS_UNITS_KG: dict[str, float] = {
    "kg": 1.0, "kilogram": 1.0, "kilograms": 1.0, "kilo": 1.0, "kilos": 1.0, "g": 0.001,
    "gram": 0.001, "grams": 0.001, "ton": 1000.0, "tons": 1000.0, "tonne": 1000.0,
    "tonnes": 1000.0, "pound": 0.45359237, "pounds": 0.45359237,
}  # fmt: skip
SPEED_UNITS_M_S: dict[str, float] = {
    "m/s": 1.0, "metres per second": 1.0, "meters per second": 1.0, "km/h": 1 / 3.6,
    "metres a second": 1.0, "meters a second": 1.0, "metres each second": 1.0,
    "meters each second": 1.0, "metres every second": 1.0, "meters every second": 1.0,
    "metre per second": 1.0, "meter per second": 1.0, "mps": 1.0,
    "kilometres an hour": 1 / 3.6, "kilometers an hour": 1 / 3.6, "miles an hour": 0.44704,
    "kilometres per hour": 1 / 3.6, "kilometers per hour": 1 / 3.6, "mph": 0.44704,
    "miles per hour": 0.44704,
}  # fmt: skip
TIME_UNITS_SECS: dict[str, float] = {
    "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0, "minute": 60.0,
    "minutes": 60.0,
}  # fmt: skip

_MOST_DIGITS = 9
_HALVES = r"(?:one|two|three|four|five|six|a|\d+) and a half|half an?|half|"
_DIGITS = "one|two|three|four|five|six|seven|eight|nine"
_POINTS = rf"(?:zero|{_DIGITS}) point (?:{_DIGITS})|"
_NUMBER = (
    r"(\d+(?:\.\d+)?|"
    + _HALVES
    + _POINTS
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + r"|an?|half a)"
)


def number_from_word(word: str) -> int | None:
    """Return the whole number that a word or digits say, or None."""
    if word.isascii() and word.isdigit():
        return int(word[:_MOST_DIGITS])
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    tens, _, ones = word.partition("-")
    if tens in NUMBER_WORDS and NUMBER_WORDS.get(ones, 10) < 10 <= NUMBER_WORDS[tens]:  # noqa: PLR2004
        return NUMBER_WORDS[tens] + NUMBER_WORDS[ones]
    return None


def quantity_pattern(units: dict[str, float]) -> re.Pattern[str]:
    """Return the pattern of "2.5 kg", "two-metre", "a metre": groups are number and unit."""
    names = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    return re.compile(rf"(?<![\w.]){_NUMBER}[\s-]?({names})(?![\w/])", re.IGNORECASE)


def quantity_value(number: str, unit: str, units: dict[str, float]) -> float:
    """Return a quantity in the base unit of `units`."""
    if number in {"a", "an"}:
        value = 1.0
    elif number in {"half a", "half an", "half"}:
        value = 0.5
    elif number.endswith(" and a half"):
        value = (
            1.0 if number[0] == "a" else float(number_from_word(number.partition(" ")[0]) or 0)
        ) + 0.5
    elif " point " in number:
        ones, _, tenth = number.partition(" point ")
        value = float(number_from_word(ones) or 0) + (number_from_word(tenth) or 0) / 10
    else:
        whole = number_from_word(number)
        value = float(number) if whole is None else float(whole)
    return value * units[unit]
