"""How numbers of things, heights, masses, lengths and speeds are worded."""

import numpy as np

from scene_builder.knowledge.words.quantities import NUMBER_WORDS, PLURAL_COUNT, VAGUE_COUNTS
from scene_builder.language.synthetic.draws import chance_rand, pick_rand

NUMBERS = (
    2,
    2,
    2,
    2,
    3,
    3,
    3,
    3,
    3,
    4,
    4,
    4,
    5,
    5,
    5,
    6,
    6,
    7,
    8,
    9,
    10,
    12,
    12,
    15,
    20,
    2,
    2,
    3,
    3,
    3,
    4,
    4,
    5,
    5,
    6,
    6,
    7,
    8,
    11,
    14,
    16,
    24,
)
"""Counts, the frequent ones oftener."""
WORD_OF: dict[int, str] = {
    value: word for word, value in reversed(NUMBER_WORDS.items())
} | {1: "one", 2: "two", 12: "twelve"}  # fmt: skip
_PHRASES: dict[int, tuple[str, ...]] = {
    2: ("a pair of", "a couple of", "the two", "two", "both", "a pair of"),
    3: ("a trio of", "three", "the three"),
    6: ("half a dozen", "six"),
    12: ("a dozen", "a dozen", "twelve"),
}
_VAGUE: dict[int, tuple[str, ...]] = {
    VAGUE_COUNTS["some"]: ("some", "a few", "a handful of"),
    VAGUE_COUNTS["several"]: ("several", "several"),
    VAGUE_COUNTS["many"]: ("many", "lots of"),
}
_VAGUE_KNOWN = frozenset({"some", "a few", "several", "many"})
_BARE = 0.2
_DOZENS = (6, 12)


def number_rand(rng: np.random.Generator, count: int, *, grouped: bool = False) -> tuple[str, bool]:
    """Return words for a count above one, and whether they carry a mark.

    Args:
        rng: Generator.
        count: The count; a bare plural, without a mark, says three.
        grouped: Whether it follows "a row of".
    """
    if count == PLURAL_COUNT and chance_rand(rng, _BARE):
        return "", False
    if count in _VAGUE and chance_rand(rng, 0.22):
        word = pick_rand(rng, _VAGUE[count])
        if word in _VAGUE_KNOWN:
            return word, True
    if count in _PHRASES and (not grouped or count in _DOZENS) and chance_rand(rng, 0.3):
        return pick_rand(rng, _PHRASES[count]), True
    if chance_rand(rng, 0.18):
        return str(count), True
    return number_words(count), True


def number_words(count: int) -> str:
    """Return a number in words: "three", "twenty-four"."""
    if count in WORD_OF:
        return WORD_OF[count]
    tens, ones = count - count % 10, count % 10
    return f"{WORD_OF[tens]}-{WORD_OF[ones]}"


def subset_rand(rng: np.random.Generator, part: int) -> str:
    """Return words for the size of a part: a number word, seldom digits."""
    return str(part) if chance_rand(rng, 0.12) else number_words(part)


HEIGHTS: tuple[tuple[str, str], ...] = (
    ("two metres", "2"), ("two meters", "2"), ("a height of one metre", "1"), ("3 m", "3"),
    ("one meter up", "1"), ("half a metre up", "0.5"), ("1.5 m", "1.5"), ("50 cm", "0.5"),
    ("a height of 80 cm", "0.8"), ("a height of two metres", "2"), ("1 m", "1"), ("2 m", "2"),
    ("2.5 meters", "2.5"), ("three metres", "3"), ("a metre above", "1"), ("five metres", "5"),
    ("a height of 1.2 m", "1.2"), ("about one metre", "1"), ("30 cm", "0.3"), ("10 m", "10"),
    ("a height of four metres", "4"), ("60 centimetres", "0.6"), ("ten feet", "3.048"),
)  # fmt: skip
MASSES: tuple[tuple[str, str], ...] = (
    ("3 kg", "3kg"), ("5 kg", "5kg"), ("2-kg", "2kg"), ("10 kg", "10kg"), ("500 g", "0.5kg"),
    ("one-kilogram", "1kg"), ("20 kg", "20kg"), ("1.5 kg", "1.5kg"), ("two-kilo", "2kg"),
    ("200 gram", "0.2kg"), ("50-kg", "50kg"), ("8 kilogram", "8kg"), ("7 kg", "7kg"),
    ("100 g", "0.1kg"),
)  # fmt: skip
LENGTHS: tuple[tuple[str, str], ...] = (
    ("30 cm", "0.3m"), ("2 m", "2m"), ("two-metre", "2m"), ("one-meter", "1m"), ("50-cm", "0.5m"),
    ("10 cm", "0.1m"), ("1.5 m", "1.5m"), ("20 cm", "0.2m"), ("three-metre", "3m"), ("5 cm",
    "0.05m"),
    ("40 cm", "0.4m"), ("15 centimetre", "0.15m"), ("1 m", "1m"),
)  # fmt: skip
SPEEDS: tuple[tuple[str, str], ...] = (
    ("at 5 m/s", "5m/s"), ("at 2 m/s", "2m/s"), ("at 3 metres per second", "3m/s"),
    ("at a speed of 4 m/s", "4m/s"), ("at 1 m/s", "1m/s"), ("with a speed of 2 m/s", "2m/s"),
    ("at 10 m/s", "10m/s"), ("at 6 meters per second", "6m/s"), ("at 36 km/h", "10m/s"),
    ("at two metres per second", "2m/s"), ("at 0.5 m/s", "0.5m/s"), ("at about 3 m/s", "3m/s"),
    ("at 18 km/h", "5m/s"),
)  # fmt: skip
