"""What adjectives say of a thing: colour, material, size, order, and how several stand."""

from scene_builder.knowledge.words.qualities import (
    COLOR_OR_MATERIAL,
    COLOR_PHRASES,
    COLOR_WORDS,
    MATERIAL_WORDS,
    SIZE_WORD_OF,
)
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.words.context import Word
from scene_builder.language.phrases.words.lexicon import moving_adjective

ORDERS = frozenset({"last", "first", "top", "bottom", "middle", "other", "next", "remaining",
                     "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
                     "tenth", "uppermost", "topmost", "lowest", "hindmost", "foremost", "left",
                     "right", "left-hand", "right-hand", "centre", "center", "central", "rear",
                     "former", "latter"})  # fmt: skip
"""Adjectives that tell one of several by its place."""
_COMPARATIVES = {"smaller": "small", "littler": "small", "larger": "large", "bigger": "large",
                 "taller": "tall", "shorter": "short", "longer": "long"}  # fmt: skip
_SIZES = _COMPARATIVES | SIZE_WORD_OF
_STACKED = frozenset({"stacked", "piled", "stacked-up", "piled-up"})


def qualities_of(words: list[Word], start: int, end: int) -> Chunk:
    """Return a noun phrase without noun: what the adjectives from `start` to `end` say."""
    chunk = Chunk(start=words[start].start, end=words[max(end - 1, start)].end, count=1)
    attributes_of(words, start, end, chunk)
    return chunk


def attributes_of(words: list[Word], start: int, end: int, chunk: Chunk) -> None:
    """Read the adjectives from word `start` to `end` into `chunk`."""
    k = start
    while k < end:
        word, place = words[k].text, (words[k].start, words[k].end)
        pair = f"{word} {words[k + 1].text}" if k + 1 < end else ""
        if pair in COLOR_PHRASES:
            chunk.color = (COLOR_PHRASES[pair], words[k].start, words[k + 1].end)
            k += 2
            continue
        last = k + 1 == end
        if word in COLOR_WORDS and not (word in MATERIAL_WORDS and last and chunk.color):
            chunk.color = chunk.color or (COLOR_WORDS[word], *place)
        elif word in MATERIAL_WORDS and word not in COLOR_OR_MATERIAL:
            chunk.material = (MATERIAL_WORDS[word], *place)
        elif word in _SIZES:
            chunk.size = (_SIZES[word], *place)
        elif word in _STACKED and chunk.several:
            chunk.group, chunk.grouped = "stacked", place
        elif word in ORDERS:
            chunk.order = word
        elif moving_adjective(word):
            chunk.verb_as_adjective = moving_adjective(word)
        elif words[k].tag == "noun":
            chunk.modifiers.append(word)
        k += 1
