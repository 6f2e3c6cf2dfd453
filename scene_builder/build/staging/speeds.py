"""What slow, fast and high mean, at a thing's own size.

A thing of size L looks equally fast at equal Froude number v / √(g·L) (Alexander 1989): a marble
that is slow and a crate that is slow differ in metres per second, not to the eye.
"""

import math

import numpy as np

from scene_builder.model.errors import SceneError
from scene_builder.model.words import SPEED_WORDS

EARTH = 9.81

FROUDE: dict[str, float] = {
    "slow": 0.4, "gentle": 0.55, "steady": 0.85, "medium": 1.0, "brisk": 1.5,
    "fast": 2.2, "hard": 2.5, "very_fast": 3.4,
}  # fmt: skip
"""Froude number of each speed word; `steady` and `brisk` are the builder's own.

`brisk` is for what falls off something and has to knock others over: of 24 takes with small
changes, three upright cups fell in 12 % at 1.25, 62 % at 1.6, 83 % at 2 and 88 % at 2.6; the
faster, the further off they stand, and the smaller they are in the picture.
"""

SLOWER = 0.5
"""Where no word is said, what is planned may become so much slower, or as fast as `very_fast`."""

THROW_SPEED = 3.0
"""Speed of an easy throw over a metre or two [m/s]."""

THROW_WAY_M = 0.9
"""A throw starts this far from its target [m]."""

SYNONYMS = {
    "slowly": "slow", "gently": "gentle", "softly": "gentle", "quickly": "fast", "quick": "fast",
    "rapidly": "fast", "strong": "hard", "very fast": "very_fast", "very slow": "slow",
    "normal": "medium", "violently": "very_fast", "speedy": "fast",
}  # fmt: skip


def is_stated(speed: str | float | None) -> bool:
    """Return whether the words give a number, which nothing may change."""
    return isinstance(speed, int | float)


def speed_at_size(speed: str | float | None, size_m: float) -> float:
    """Return the speed [m/s] that a word means for a thing of largest dimension `size_m` [m].

    Raises:
        SceneError: For an unknown word.
    """
    if isinstance(speed, int | float):
        return float(speed)
    return froude_of(speed) * math.sqrt(EARTH * size_m)


def throw_speed(speed: str | float | None) -> float:
    """Return the speed [m/s] at which a throw begins, level distance over time of flight."""
    if isinstance(speed, int | float):
        return float(speed)
    return THROW_SPEED * math.pow(froude_of(speed), 0.7)


def froude_of(speed: str | float | None) -> float:
    """Return the Froude number of a speed word; medium for None.

    Raises:
        SceneError: For an unknown word.
    """
    word = SYNONYMS.get(str(speed), str(speed)) if speed is not None else "medium"
    if word not in FROUDE:
        raise SceneError(
            f"no speed {speed!r}; allowed are {', '.join(SPEED_WORDS)}, or a number of m/s"
        )
    return FROUDE[word]


def speed_interval(
    speed: str | float | None, *, planned: str | float | None = None
) -> tuple[float, float]:
    """Return the factors by which a director may change a speed: 1 where it is stated.

    A word binds: what goes slowly is never sent off fast. No word leaves all speeds open at which
    a thing of that size still looks as if somebody had set it going.

    Args:
        speed: The word, the number [m/s], or None.
        planned: The pace that the builder chose where no word is said; None for medium.
    """
    if speed is None:
        return SLOWER, FROUDE["very_fast"] / froude_of(planned)
    if is_stated(speed):
        return 1.0, 1.0
    word = SYNONYMS.get(str(speed), str(speed))
    return {"slow": (0.7, 1.3), "gentle": (0.7, 1.3)}.get(word, (0.8, 1.35))


def drop_height(size_m: float) -> float:
    """Return the height [m] from which a thing of `size_m` [m] is dropped if no one says.

    About six times its size, so that both the fall and the thing are seen in one picture; at
    least a hand's width, at most as high as a person's breast.
    """
    return float(np.clip(6.0 * size_m - 0.03, 0.1, 1.3))


def stopping_way(speed: float, deceleration: float) -> float:
    """Return how far [m] a thing comes that is slowed down evenly [m/s²]."""
    return speed**2 / (2 * max(deceleration, 1e-6))
