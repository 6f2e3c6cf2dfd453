"""The things that can be built: their names, substances, and sizes in the real world.

Sizes are largest dimensions of everyday specimens, measured or taken from makers' standards (a
size-7 basketball is 0.24 m across, a brick 215 mm long, a bowling pin 381 mm tall, a seat 0.45 m
high).
"""

import csv
import difflib
import functools
import importlib.resources
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scene_builder.model.errors import SceneError

MODIFIED_SCORE = 0.9
"""How well a thing fits that is known by its head noun only (`kitchen stool` is a stool)."""

_ARTICLES = ("a ", "an ", "the ", "some ")
_IRREGULAR = {
    "dice": "die", "shelves": "shelf", "knives": "knife", "loaves": "loaf", "leaves": "leaf",
    "boxes": "box", "glasses": "glass", "benches": "bench", "torches": "torch",
    "dominoes": "domino", "dominos": "domino", "tomatoes": "tomato", "dishes": "dish",
    "bushes": "bush", "houses": "house", "vases": "vase", "oranges": "orange", "discuses": "disc",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A kind of thing.

    Attributes:
        name: Its name, in snake case: also the name of its builder.
        category: What it is kept with.
        substance: What it is mainly made of, where the words leave it open.
        colors: Colours of its main part, `#rrggbb` or CSS names; empty for the substance's own.
        size_m: Typical largest dimension [m].
        low_m: Smallest sensible largest dimension [m].
        high_m: Largest sensible one [m].
        mass_range_kg: Sensible masses of the typical thing [kg].
        furniture: Whether it stays where it is unless the words move it.
        synonyms: Other words for it.
    """

    name: str
    category: str
    substance: str
    colors: tuple[str, ...]
    size_m: float
    low_m: float
    high_m: float
    mass_range_kg: tuple[float, float]
    furniture: bool
    synonyms: tuple[str, ...]

    def size_for(self, size: str | float | None) -> float:
        """Return the largest dimension [m] that a size word, a number or None asks for.

        Raises:
            SceneError: For a word that is no size.
        """
        if size is None:
            return self.size_m
        if isinstance(size, int | float):
            return float(size)
        small = math.sqrt(self.low_m * self.size_m)
        large = math.sqrt(self.size_m * self.high_m)
        words = {
            "tiny": self.low_m, "little": small, "small": small, "short": self.size_m,
            "medium": self.size_m, "normal": self.size_m, "large": large, "big": large,
            "tall": self.size_m, "long": self.size_m, "wide": self.size_m,
            "huge": self.high_m, "giant": 1.5 * self.high_m,
        }  # fmt: skip
        if size not in words:
            raise SceneError(
                f"no size {size!r}; allowed are {', '.join(words)}, or a number of metres"
            )
        return words[size]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a noun of the words was taken for.

    Attributes:
        noun: The kind of thing.
        score: 1 for its own name or a synonym, less where a modifier was left aside.
        exact: Whether nothing was left aside.
    """

    noun: Noun
    score: float
    exact: bool


def known_nouns() -> tuple[str, ...]:
    """Return the names of all kinds of things, without their synonyms."""
    return tuple(_table())


def noun_named(name: str) -> Noun:
    """Return the kind of thing of that very name.

    Raises:
        KeyError: If there is none.
    """
    return _table()[name]


def resolve_noun(text: str) -> Match | None:
    """Return the kind of thing that a noun phrase names, or None.

    Its head counts: `old kitchen stool` is a stool, a `cup of tea` a cup.
    """
    words = _normalised(text).partition(" of ")
    whole = _normalised(text)
    if (name := _lookup(whole)) is not None:
        return Match(noun=_table()[name], score=1.0, exact=True)
    parts = words[0].split()
    for k in range(1 if not words[1] else 0, len(parts)):
        if (name := _lookup(" ".join(parts[k:]))) is not None:
            return Match(noun=_table()[name], score=MODIFIED_SCORE, exact=False)
    return None


def suggestions(text: str, count: int = 5) -> tuple[str, ...]:
    """Return known things whose names look like `text`, the most similar first."""
    near = difflib.get_close_matches(_normalised(text), _words(), n=count * 2, cutoff=0.55)
    names = dict.fromkeys(word.replace("_", " ") for word in near)
    return tuple(names)[:count]


def _lookup(words: str) -> str | None:
    for form in _singulars(words):
        if form in _words():
            return _words()[form]
    return None


def _singulars(words: str) -> list[str]:
    head, _, last = words.rpartition(" ")
    forms = [last, _IRREGULAR.get(last, last)]
    if last.endswith("ies"):
        forms.append(last[:-3] + "y")
    if last.endswith("es"):
        forms.append(last[:-2])
    if last.endswith("s") and not last.endswith("ss"):
        forms.append(last[:-1])
    return [f"{head} {form}".strip() for form in dict.fromkeys(forms)]


def _normalised(text: str) -> str:
    words = re.sub(r"[_\-\s]+", " ", text.strip().lower())
    for article in _ARTICLES:
        words = words.removeprefix(article)
    return words.partition("#")[0].strip()


@functools.cache
def _table() -> Mapping[str, Noun]:
    text = importlib.resources.files("scene_builder.knowledge").joinpath("nouns.csv")
    rows = csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({row["name"]: _noun_of(row) for row in rows})


def _noun_of(row: Mapping[str, str]) -> Noun:
    return Noun(
        name=row["name"],
        category=row["category"],
        substance=row["substance"],
        colors=tuple(c for c in row["colors"].split("|") if c),
        size_m=float(row["size_m"]),
        low_m=float(row["low_m"]),
        high_m=float(row["high_m"]),
        mass_range_kg=(float(row["mass_low"]), float(row["mass_high"])),
        furniture=row["furniture"] == "yes",
        synonyms=tuple(s for s in row["synonyms"].split("|") if s),
    )


@functools.cache
def _words() -> Mapping[str, str]:
    words: dict[str, str] = {}
    for noun in _table().values():
        for synonym in noun.synonyms:
            words.setdefault(synonym, noun.name)
    for name in _table():
        words[name.replace("_", " ")] = name
    return words
