"""Words changed at random, so that a thing is known by its place and not by its noun."""

import csv
import importlib.resources
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from scene_builder.knowledge.words.nouns import NOUNS, is_plural, plural
from scene_builder.knowledge.words.qualities import COLOR_WORDS, MATERIAL_WORDS, SIZE_WORD_OF
from scene_builder.knowledge.words.quantities import NUMBER_WORDS
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.tokens import DETERMINERS, STOPS
from scene_builder.language.synthetic.labels import Mark

_CHANGED = 0.22
"""Share of things whose noun is replaced."""
_MODIFIED = 0.09
"""Share of nouns that get a word in front that says nothing to a scene graph."""
_RARE = 0.35
"""Share of replacements that are any word of the vocabulary, or none at all."""
_MADE_UP = 0.3
_SHORTEST = 4
_SHORT = 5
"""A word this long is a noun even if it ends like an adjective: "table", "bread"."""
_MODIFYING = ("ing", "ed", "ous", "ful", "ish", "less", "ic", "ian", "able", "ern", "ese")
"""Endings of words that stand before nouns."""
_ONSETS, _CORES, _CODAS = (
    tuple(sounds.split(" "))
    for sounds in (
        "b br c ch cl d dr f fl g gl gr h j k l m n p pl qu r s sh sk sp st t tr v w z",
        "a e i o u ai ea ee oo ou a e i o",
        "b ck d ff g ll m n nd ng nt p r rt sk sp st t x z le er in",
    )
)
"""Sounds of made-up words."""


@lru_cache(maxsize=1)
def known_nouns() -> tuple[str, ...]:
    """Return the nouns of the knowledge tables and of the word lists, in the singular."""
    names = set(NOUNS)
    tables = importlib.resources.files("scene_builder.knowledge").joinpath("things")
    for table in tables.iterdir() if tables.is_dir() else ():
        if table.name.endswith(".csv"):
            rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
            names |= {row["name"] for row in rows}
    return tuple(sorted(name.replace("_", " ") for name in names))


@dataclass(frozen=True, slots=True)
class RareWords:
    """Words that nobody expects: as nouns, and in front of nouns."""

    nouns: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()


def rare_words(vocabulary: Iterable[str]) -> RareWords:
    """Return the plain words of a vocabulary that no closed list knows."""
    closed = {*FORMS, *COLOR_WORDS, *MATERIAL_WORDS, *SIZE_WORD_OF, *DETERMINERS, *STOPS,
              *NUMBER_WORDS}  # fmt: skip
    plain = [
        word for word in vocabulary
        if word.isascii() and word.isalpha() and len(word) >= _SHORTEST and word not in closed
    ]  # fmt: skip
    return RareWords(
        nouns=tuple(w for w in plain if not w.endswith(("ing", "ed", "ly"))),
        modifiers=tuple(w for w in plain if len(w) > _SHORT and w.endswith(_MODIFYING)),
    )


def renamed_rand(
    rng: np.random.Generator, text: str, marks: Sequence[Mark], rare: RareWords
) -> tuple[str, list[Mark]]:
    """Return the text with some nouns replaced wherever they stand, and its marks.

    Args:
        rng: Generator.
        text: The text.
        marks: Which words say what; those of a thing that is replaced move along.
        rare: Words that nobody expects.
    """
    said: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.kind in {"noun", "again"}:
            said.setdefault(mark.path.split(".")[1], []).append(mark)
    edits: dict[tuple[int, int], str] = {}
    for mine in said.values():
        if rng.random() < _CHANGED:
            noun = _noun_rand(rng, rare.nouns)
            for mark in mine:
                old = text[mark.start : mark.end].lower()
                edits[mark.start, mark.end] = plural(noun) if is_plural(old) else noun
        if rare.modifiers and rng.random() < _MODIFIED:
            start = mine[int(rng.integers(len(mine)))].start
            edits[start, start] = rare.modifiers[int(rng.integers(len(rare.modifiers)))] + " "
    return _edited(text, marks, edits)


def _edited(
    text: str, marks: Sequence[Mark], edits: dict[tuple[int, int], str]
) -> tuple[str, list[Mark]]:
    pieces, moves, at = [], [], 0
    for (start, end), word in sorted(edits.items()):
        if start < at:
            continue
        pieces += [text[at:start], word]
        moves.append((end, len(word) - (end - start)))
        at = end
    pieces.append(text[at:])

    def moved(place: int) -> int:
        return place + sum(by for end, by in moves if end <= place)

    return "".join(pieces), [replace(m, start=moved(m.start), end=moved(m.end)) for m in marks]


def _noun_rand(rng: np.random.Generator, rare: Sequence[str]) -> str:
    if rng.random() >= _RARE or not rare:
        nouns = known_nouns()
        return nouns[int(rng.integers(len(nouns)))]
    if rng.random() >= _MADE_UP:
        return rare[int(rng.integers(len(rare)))]
    parts = [(_ONSETS, _CORES, _CODAS)[k % 3] for k in range(3 * int(rng.integers(1, 3)))]
    return "".join(part[int(rng.integers(len(part)))] for part in parts)
