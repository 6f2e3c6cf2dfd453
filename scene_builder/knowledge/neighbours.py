"""What a noun that the table of things does not hold comes nearest to."""

import csv
import difflib
import functools
import importlib.resources
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from scene_builder.knowledge.catalogue import Noun, nouns
from scene_builder.knowledge.encoder import PhraseEncoder, encoder_at_hand
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.arrays import Array

How = Literal["name", "kin", "spelling", "meaning"]

LEAST_LIKENESS = 0.75
"""Cosine from which on the encoder's nearest noun is believed: measured on words by hand."""
CLOSE_SPELLING = 0.84
"""Likeness of letters from which on a word is taken for a misspelt one."""
LEAST_LETTERS = 5
STEP = 0.93
"""What a step away in WordNet leaves of the score."""
PHRASE = "a photo of a {}"
"""The encoder knows captions better than bare words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A known thing that is shown for an unknown one.

    Attributes:
        noun: The known thing.
        score: How near it is, 0…1; 1 for the thing itself.
        how: By what it was found: its `name`, `kin` in WordNet, `spelling`, or `meaning` as the
            sentence encoder has it.
    """

    noun: Noun
    score: float
    how: How


def nearest_noun(
    text: str, *, outdoors: bool = False, encoder: PhraseEncoder | None = None
) -> Neighbour | None:
    """Return the known thing that is nearest to what a noun phrase names, or None.

    The name is looked for first, then kin in WordNet, then a misspelling, then the meaning.

    Args:
        text: The noun phrase.
        outdoors: Whether there is room for things of any size, as for `resolve_noun`.
        encoder: Judges meanings; None for worldreel's own, if its weights are at hand.
    """
    if (match := resolve_noun(text, outdoors=outdoors)) is not None:
        return Neighbour(noun=match.noun, score=match.score, how="name")
    phrase = re.sub(r"[_\-\s]+", " ", text.strip().lower())
    name, score, how = _by_kin(phrase) or _by_spelling(phrase) or _by_meaning(phrase, encoder)
    if name is None:
        return None
    fitting = resolve_noun(name, outdoors=outdoors)
    if fitting is None:
        return None
    return Neighbour(noun=fitting.noun, score=score, how=how)


_Found = tuple[str | None, float, How]


def _by_kin(phrase: str) -> _Found | None:
    words = phrase.partition(" of ")[0].split()
    for k in range(len(words)):
        head = " ".join(words[k:])
        for form in dict.fromkeys((head, *_singulars(head))):
            if form in _kin():
                name, steps = _kin()[form]
                return name, STEP ** (steps + k), "kin"
    return None


def _by_spelling(phrase: str) -> _Found | None:
    if len(phrase) < LEAST_LETTERS:
        return None
    alike = [word for word in _spellings() if word[0] == phrase[0]]
    near = difflib.get_close_matches(phrase, alike, n=1, cutoff=CLOSE_SPELLING)
    if not near:
        return None
    return _spellings()[near[0]], difflib.SequenceMatcher(None, phrase, near[0]).ratio(), "spelling"


def _by_meaning(phrase: str, encoder: PhraseEncoder | None) -> _Found:
    encoder = encoder or encoder_at_hand()
    if encoder is None or not phrase:
        return None, 0.0, "meaning"
    names, known = _embedded(encoder)  # type: ignore[arg-type]  # instances are hashable
    likeness = known @ encoder([PHRASE.format(phrase)])[0]
    best = int(np.argmax(likeness))
    score = float(likeness[best])
    return (names[best] if score >= LEAST_LIKENESS else None), score, "meaning"


def _singulars(phrase: str) -> tuple[str, ...]:
    endings = (("ies", "y"), ("es", ""), ("s", ""), ("men", "man"), ("ves", "f"))
    return tuple(phrase.removesuffix(many) + one for many, one in endings if phrase.endswith(many))


@functools.cache
def _kin() -> Mapping[str, tuple[str, float]]:
    file = importlib.resources.files("scene_builder.knowledge.kinship").joinpath("kin.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {
        word: (row["noun"], float(row["steps"])) for row in rows for word in row["words"].split("|")
    }


@functools.cache
def _spellings() -> Mapping[str, str]:
    words = {word: noun.name for noun in nouns().values() for word in noun.synonyms}
    return words | {name.replace("_", " "): name for name in nouns()}


@functools.cache
def _embedded(encoder: PhraseEncoder) -> tuple[tuple[str, ...], Float[Array, "n d"]]:
    phrases = list(_spellings())
    vectors = encoder([PHRASE.format(phrase) for phrase in phrases])
    return tuple(_spellings()[phrase] for phrase in phrases), vectors
