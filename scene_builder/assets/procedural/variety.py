"""Things of one noun in several forms: a chair may be slatted, or padded."""

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Builder


def one_of(*forms: Builder) -> Builder:
    """Return a builder that draws one of several forms, each as likely as the others.

    It draws from a stream of its own, so that a further form leaves colours and wear alone.

    Args:
        forms: The ordinary form first.
    """

    def build(rng: np.random.Generator) -> Blueprint:
        own = rng.spawn(1)[0]
        # The last of a shuffle: the pinned films keep the ordinary box and bowl.
        return forms[int(own.permutation(len(forms))[-1])](own)

    return build


def about(rng: np.random.Generator, size: float, spread: float = 0.08) -> float:
    """Return a size that is off by at most the share `spread` of it."""
    return size * float(rng.uniform(1 - spread, 1 + spread))
