"""What marked words say: nouns, numbers, attributes."""

import difflib
import re
from collections.abc import Collection

from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, is_plural, singular
from scene_builder.knowledge.words.qualities import COLOR_PHRASES, MATERIAL_WORDS, SIZE_WORD_OF
from scene_builder.knowledge.words.quantities import (
    NUMBER_PHRASES,
    PLURAL_COUNT,
    VAGUE_COUNTS,
    number_from_word,
)
from scene_builder.model.graph import MAX_GRAINS
from scene_builder.model.words import RESERVED_IDS

_TABLES = {"color": COLOR_PHRASES, "material": MATERIAL_WORDS, "size": SIZE_WORD_OF}
_LEADING = re.compile(r"^(?:a|an|the|of|just|only|exactly)\s+|\s+(?:of|the|them|all)$")
_PRONOUNS = frozenset({
    "it", "they", "them", "its", "their", "his", "he", "him", "she", "her", "i", "you", "one",
    "ones", "both", "each", "other", "others", "another", "which", "that", "this", "these",
    "those", "all", "everything", "itself", "themselves", "none", "neither", "either", "two",
    "three", "four", "five", "half", "rest", "first", "second", "last", "the",
})  # fmt: skip
_COMPARE = (
    (re.compile(r"\b(?:at least|no (?:fewer|less) than|or more|minimum)\b"), "at_least", 0),
    (re.compile(r"(?<!no )\bmore than\b"), "at_least", 1),
    (re.compile(r"\b(?:at most|no more than|or (?:fewer|less)|up to|maximum)\b"), "at_most", 0),
    (re.compile(r"\b(?:fewer|less) than\b"), "at_most", -1),
)
_OWNER = re.compile(r"^.*?\w(?:'s|s'|’s|s’)\s+(?=\w)")
_SINGLE = re.compile(r"\b(?:first|second|third|other|last|former|latter|another)\b")
_GROUP_SIZES = {"pairs": 2, "couples": 2, "trios": 3, "dozen": 12, "dozens": 12, "score": 20}
_GROUPS = re.compile(rf"([\w-]+) ({'|'.join(_GROUP_SIZES)})\b")
_LONGEST_ID = 36
_CLOSE = 0.75
"""Likeness (Ratcliff and Obershelp 1988) from which on a word is taken as mistyped."""


def noun_of(words: str) -> str:
    """Return the noun of a graph that the words of a span name."""
    owned = _OWNER.sub("", words.lower())
    plain = re.sub(r"[^a-z0-9é' -]", " ", owned).strip("-' ")
    noun = singular(re.sub(r"\s+", " ", plain))
    if noun not in NOUNS:
        noun = noun.replace("-", " ")
    return SYNONYMS.get(noun, noun)


def is_pronoun(words: str) -> bool:
    """Whether the words of a span name a thing without saying what it is."""
    return all(word in _PRONOUNS for word in words.lower().split())


def id_of(noun: str, taken: Collection[str]) -> str:
    """Return an id for an entity of this noun that no other has."""
    stem = re.sub(r"[^a-z0-9]+", "_", noun).strip("_")
    if not stem or not stem[0].isalpha():
        stem = f"thing_{stem}".strip("_")
    stem = stem[:_LONGEST_ID]
    number, ref = 2, stem
    while ref in taken or ref in RESERVED_IDS:
        ref, number = f"{stem}_{number}", number + 1
    return ref


def attribute_of(kind: str, words: str) -> str | None:
    """Return the graph's word for a color, a material or a size, or None for a word unknown."""
    table = _TABLES[kind]
    phrase = re.sub(r"[\s-]+", " ", words.lower()).strip()
    for option in (phrase, phrase.replace(" ", "-"), *reversed(phrase.split(" "))):
        if option in table:
            return table[option]
    close = difflib.get_close_matches(phrase, table, n=1, cutoff=_CLOSE)
    return table[close[0]] if close else None


def count_of(words: str) -> int | None:
    """Return the number that the words of a span say, or None."""
    phrase = re.sub(r"\s+", " ", words.lower()).strip()
    groups = _GROUPS.search(phrase)
    number = number_from_word(groups[1]) if groups else None
    if groups and number is not None:
        return min(number * _GROUP_SIZES[groups[2]], MAX_GRAINS)
    for option in (phrase, f"{phrase} of", _LEADING.sub("", phrase), f"a {phrase}"):
        number = NUMBER_PHRASES.get(option) or VAGUE_COUNTS.get(option)
        number = number or number_from_word(option)
        if number is not None:
            return min(number, MAX_GRAINS)
    return next((n for n in map(number_from_word, phrase.split(" ")) if n is not None), None)


def plural_count(noun_words: str) -> int:
    """Return the count of a thing whose number no word says."""
    phrase = re.sub(r"\s+", " ", noun_words.lower()).strip()
    return PLURAL_COUNT if is_plural(phrase) else 1


def part_of(words: str, everyone: int) -> tuple[int, str] | None:
    """Return how many individuals an outcome speaks of, and how they are compared.

    Args:
        words: Words of the span, such as "at least two".
        everyone: How many there are.
    """
    phrase = re.sub(r"\s+", " ", words.lower()).strip()
    if phrase.startswith("all but"):
        return max(everyone - (count_of(phrase[len("all but") :]) or 1), 0), "exactly"
    if re.search(r"\bhalf\b", phrase):
        return everyone // 2, "exactly"
    if re.search(r"\b(?:all|every|each|both)\b", phrase):
        return everyone, "exactly"
    if re.search(r"\b(?:none|no|neither)\b", phrase) and "than" not in phrase:
        return 0, "exactly"
    bare = phrase
    compare, more = "exactly", 0
    for pattern, name, step in _COMPARE:
        if pattern.search(phrase):
            bare, compare, more = pattern.sub("", phrase).strip(), name, step
            break
    number = count_of(bare)
    if number is None and _SINGLE.search(bare):
        number = 1
    return None if number is None else (max(number + more, 0), compare)
