"""Chance, keyed by name: one more consumer of random numbers moves nothing else."""

import hashlib

import numpy as np


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Return the random generator that belongs to `names` under `seed`.

    Args:
        seed: The seed of the whole run, any whole number.
        names: What the numbers are for, for example `"build", "ball#1"`.

    Returns:
        A generator whose numbers depend on `seed` and `names` alone.
    """
    key = "\x1f".join([str(seed), *map(str, names)]).encode()
    return np.random.default_rng(int.from_bytes(hashlib.sha256(key).digest()[:16], "big"))
