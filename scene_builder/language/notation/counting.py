"""Which numbers the words of a prompt may mean, for a grammar to offer."""

import re

from scene_builder.knowledge.words.nouns import is_plural
from scene_builder.knowledge.words.quantities import (
    NUMBER_PHRASES,
    PLURAL_COUNT,
    VAGUE_COUNTS,
    number_from_word,
)
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.tokens import tokens_of
from scene_builder.language.phrases.words.spelling import mended

_MOST = 200
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
             "ninth": 9, "tenth": 10}  # fmt: skip
"""Where there is a fifth, there are five."""
_TWICE = {r"twice|couple|pair|either side|(?:each|both) (?:sides?|ends?)": 2, r"thrice|trio": 3}
_NONE = r"none|no|neither|nor|nothing|zero|not (?:a single|one)"
_REST = r"but|except|save|others?|rest|remaining|remains?|left|last"
_SHARES = {r"half": 1 / 2, r"thirds?": 1 / 3, r"quarters?": 1 / 4}


def numbers_said(text: str) -> tuple[int, ...]:
    """Return the numbers that words of lower-case `text` say, by themselves or in a phrase."""
    words = [mended(token.text) for token in tokens_of(text)]
    plain = " ".join(words)
    found = {n for word in words if (n := _number(word)) is not None}
    phrases = NUMBER_PHRASES | VAGUE_COUNTS
    found |= {n for phrase, n in phrases.items() if re.search(rf"\b{phrase}\b", plain)}
    found |= {n for phrase, n in _TWICE.items() if re.search(rf"\b(?:{phrase})\b", plain)}
    found |= {n for word, n in _ORDINALS.items() if word in words}
    if re.search(r"\bpairs of|\bpairs\b", plain):
        found |= {2 * n for n in tuple(found)}
    if any(is_plural(word) and (word not in FORMS or "of" in words[max(k - 2, 0) : k])
           for k, word in enumerate(words)):  # fmt: skip
        found.add(PLURAL_COUNT)
    if re.search(rf"\b(?:{_NONE})\b", plain):
        found.add(0)
    return tuple(sorted(n for n in found if n <= _MOST))


def parts_said(text: str) -> tuple[int, ...]:
    """Return the numbers that may be meant of what happens: "all but one", "twice", "the last"."""
    said = numbers_said(text)
    found = {1, *said}
    several = [n for n in said if n > 1]
    if re.search(rf"\b(?:{_REST})\b", text):
        found |= {most - few for most in several for few in (1, *several) if most > few}
    for word, share in _SHARES.items():
        if re.search(rf"\b{word}\b", text):
            found |= {round(n * part) for n in several for part in (share, 1 - share)}
    if re.search(r"\b(\w{4,})(?:,| and| and another| and then another) \1\b|\banother\b", text):
        found.add(2)  # "bounce, bounce", "one bounce and then another"
    return tuple(sorted(found))


def _number(word: str) -> int | None:
    """The number of "thirty", "thirty-odd"."""
    number = number_from_word(word)
    return number_from_word(word.partition("-")[0]) if number is None else number
