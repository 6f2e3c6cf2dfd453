"""How much to believe a statement, given who says it and how surely: a logistic model.

The weights were fitted on labelled prompts (`scene_builder/language/training/fit_votes.py`), one
table for each set of readers, because a reader that is silent says something, too.
"""

import functools
import importlib.resources
import json
import math
from collections.abc import Iterable, Mapping

Weights = Mapping[str, float]

_LEAST, _MOST = 0.01, 0.99


def features_of(
    kind: str, word: str, voters: Mapping[str, float | None], against: Iterable[str],
    larger: float | None = None,
) -> dict[str, float]:  # fmt: skip
    """Return what a belief depends on.

    People tell where the smaller thing is by the larger one (Talmy's figure and ground), so the
    sizes of both speak for one understanding of "a coin on a desk behind a candle".

    Args:
        kind: What is stated: `entity`, `relation`, `action target` …
        word: Its predicate or verb; empty where it has none.
        voters: Reader → the probability that it gives; None where it gives none.
        against: Readers that understood the same words differently.
        larger: How much larger the first thing is than the second one [natural logarithm of the
            ratio]; None where it is not known, or where only one thing is named.
    """
    names = sorted(voters)
    found = {kind: 1.0, f"{kind}:{'+'.join(names)}": 1.0}
    for name in names:
        sure = voters[name]
        if sure is not None:
            bounded = min(max(sure, _LEAST), _MOST)
            found[f"{kind}:{name}:sure"] = math.log(bounded / (1 - bounded)) / 4
            found[f"{name}:sure"] = found[f"{kind}:{name}:sure"]
    for name in against:
        found[f"{kind}:-{name}"] = 1.0
    if word:
        found[f"{kind} {word}"] = 1.0
        for name in names:
            found[f"{kind} {word}:{name}"] = 1.0
    if larger is not None:
        found[f"{kind}:larger" if larger > 0 else f"{kind}:smaller"] = min(abs(larger) / 2, 1.5)
        if word and larger > 0:
            found[f"{kind} {word}:larger"] = min(larger / 2, 1.5)
    return found


def belief(features: Mapping[str, float], weights: Weights) -> float:
    """Return the probability that a statement with these features is right."""
    total = sum(value * weights.get(name, 0.0) for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@functools.cache
def packaged_weights(readers: tuple[str, ...]) -> Weights:
    """The weights that come with the package for these readers, in alphabetical order.

    Raises:
        KeyError: If the vote was never fitted for just these readers.
    """
    room = importlib.resources.files("scene_builder.language.mending")
    tables = json.loads(room.joinpath("votes.json").read_text("utf-8"))["weights"]
    weights: Weights = tables["+".join(readers)]
    return weights
