"""Small draws that the whole grammar shares."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def pick_rand(rng: np.random.Generator, options: Sequence[T]) -> T:
    """Draw one of `options`, all equally likely."""
    return options[int(rng.random() * len(options))]


def chance_rand(rng: np.random.Generator, probability: float) -> bool:
    """Draw whether something of this probability happens."""
    return bool(rng.random() < probability)


def weighted_rand(rng: np.random.Generator, options: Sequence[tuple[float, T]]) -> T:
    """Draw one of (weight, option)."""
    left = rng.random() * sum(weight for weight, _ in options)
    for weight, option in options:
        left -= weight
        if left < 0:
            return option
    return options[-1][1]
