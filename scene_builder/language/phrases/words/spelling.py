"""Slips of the pen: "teh table", "rolls foward", "knokcs over".

Only a word that no list knows is mended, and only where one letter is missing, doubled or
swapped with its neighbour; the letters keep their places, so that spans stay true.
"""

import functools
import re

from scene_builder.knowledge.words import closed
from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, singular
from scene_builder.knowledge.words.qualities import (
    COLOR_WORDS,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
    SPEED_WORD_OF,
)
from scene_builder.knowledge.words.quantities import NUMBER_WORDS
from scene_builder.knowledge.words.scenery import ABSTRACT, GROUND_NOUNS, NO_THINGS, PLACE_NOUNS
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.tokens import DETERMINERS, STOPS
from scene_builder.language.phrases.words.lexicon import DESCRIBING

_SHORTEST_NOUN = 6
_SHORTEST_VERB = 5
_WORD = re.compile(r"[a-z]{3,}")


@functools.lru_cache(maxsize=20_000)
def mended(word: str) -> str:
    """Return what a word that no list knows was meant to be, or the word itself."""
    if word in _known() or singular(word) in _known() or not word.isalpha():
        return word
    slips = _swapped(word) | _inserted(word) | _dropped(word)
    for table, least in ((_small(), 3), (_verbs(), _SHORTEST_VERB), (_nouns(), _SHORTEST_NOUN)):
        found = sorted(slip for slip in slips if slip in table and len(slip) >= least)
        if found and len(word) >= least:
            return found[0]
    return word


def _swapped(word: str) -> set[str]:
    return {word[:k] + word[k + 1] + word[k] + word[k + 2 :] for k in range(len(word) - 1)}


def _inserted(word: str) -> set[str]:
    """A letter was left out (not the first)."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {word[:k] + letter + word[k:] for k in range(1, len(word) + 1) for letter in letters}


def _dropped(word: str) -> set[str]:
    """A letter was typed twice."""
    return {
        word[:k] + word[k + 1 :] for k in range(1, len(word)) if word[k] == word[k - 1]
    }  # fmt: skip


@functools.cache
def _small() -> frozenset[str]:
    single = (word for word in SPEED_WORD_OF if " " not in word)
    return frozenset({
        *DETERMINERS, *STOPS, *closed.PREPOSITIONS, *closed.PLAIN_ADVERBS, *closed.CLAUSES,
        *closed.RELATIVES, *closed.JOINS, *NUMBER_WORDS, *COLOR_WORDS, *single,
    })  # fmt: skip


@functools.cache
def _verbs() -> frozenset[str]:
    return frozenset(word for word in FORMS if len(word) >= _SHORTEST_VERB)


@functools.cache
def _nouns() -> frozenset[str]:
    return frozenset(noun for noun in NOUNS if " " not in noun and len(noun) >= _SHORTEST_NOUN)


@functools.cache
def _known() -> frozenset[str]:
    parts = (part for noun in (*NOUNS, *SYNONYMS, *PLACE_NOUNS) for part in noun.split(" "))
    return frozenset({
        *parts, *_small(), *FORMS, *MATERIAL_WORDS, *SIZE_WORD_OF, *PLAIN_ADJECTIVES, *ABSTRACT,
        *NO_THINGS, *GROUND_NOUNS, *closed.MODALS, *closed.BE, *closed.PRONOUNS, *closed.NOBODY,
        *closed.NEGATIONS, *closed.HAVE, *DESCRIBING,
    })  # fmt: skip
