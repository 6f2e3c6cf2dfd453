"""Parts whose number the words may say: a stool with three legs, a star with six points."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scene_builder.knowledge.nouns import resolve_noun

NUMBERS: Mapping[str, int] = MappingProxyType({
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
})  # fmt: skip

ADJECTIVES: Mapping[str, str] = MappingProxyType(
    {
        "leg": "legged",
        "point": "pointed",
        "petal": "petalled",
        "board": "boarded",
        "link": "linked",
        "drawer": "drawered",
    }
)
"""Parts, and what is said of a thing that has some."""

PARTS: Mapping[str, tuple[str, int, int]] = MappingProxyType({
    "stool": ("leg", 3, 8), "chair": ("leg", 3, 4), "table": ("leg", 3, 6),
    "star": ("point", 4, 12), "flower": ("petal", 3, 24), "bookshelf": ("board", 2, 9),
})  # fmt: skip
"""Shapes with such parts: which, and the least and the greatest number that can be made."""

MOVING_PARTS: Mapping[str, tuple[str, int, int]] = MappingProxyType(
    {
        "chain": ("link", 3, 24),
        "rope": ("link", 3, 24),
        "cabinet": ("drawer", 1, 8),
    }
)
"""The same of what comes apart at its joints once it moves, or hangs."""

_COUNTED = re.compile(
    r"(?P<number>[a-z]+|\d+)-(?P<part>legged|pointed|petall?ed|boarded|linked|drawered) "
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many parts of a kind a thing has."""

    part: str
    number: int


def counted_parts(noun: str) -> Counted | None:
    """Return how many parts a noun says that its thing has ("six-pointed star"), or None."""
    found = _COUNTED.match(noun)
    number = number_of(found["number"]) if found else None
    if found is None or number is None:
        return None
    said = found["part"].replace("petaled", "petalled")
    return Counted(next(part for part, word in ADJECTIVES.items() if word == said), number)


def number_of(word: str) -> int | None:
    """Return the number that a word or figures say, or None."""
    return int(word) if word.isdigit() else NUMBERS.get(word)


def with_parts(noun: str, counted: Counted) -> str | None:
    """Return a noun that says how many parts its thing has; None where that cannot be made."""
    match = resolve_noun(noun)
    known = {**PARTS, **MOVING_PARTS}.get(match.noun.shape) if match else None
    if known is None or known[0] != counted.part or not known[1] <= counted.number <= known[2]:
        return None
    word = next((w for w, n in NUMBERS.items() if n == counted.number), str(counted.number))
    return f"{word}-{ADJECTIVES[counted.part]} {noun}"
