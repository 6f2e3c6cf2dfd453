"""What a network without a fault would read: how much of the notation the scheme can say."""

from collections.abc import Sequence

import numpy as np

from scene_builder.language.tagger.scheme import CLASSES, ROLES, TAGS
from scene_builder.language.tagger.scores import TokenScores
from scene_builder.language.training.tagger.examples import Example

_SURE = 12.0
"""Log odds of what is certain [nat]."""


def perfect_scores(example: Example, offsets: Sequence[tuple[int, int]]) -> TokenScores:
    """Return the scores of a network that says of each word exactly what `example` wants."""
    pieces = len(example.ids)
    tags = np.zeros((pieces, len(TAGS)))
    tags[np.arange(pieces), example.tags] = 1.0
    classes = {head: np.zeros((pieces, len(words))) for head, words in CLASSES.items()}
    for head, said in classes.items():
        chosen = np.zeros(pieces, dtype=int)
        for piece, word in example.classes[head].items():
            chosen[piece] = word
        said[np.arange(pieces), chosen] = 1.0
    arcs = np.full((len(ROLES), pieces, pieces), -_SURE)
    for role, piece, clusters in example.belongs:
        for k in clusters:
            named = [example.firsts[k]] if role == "again" else example.clusters[k]
            arcs[ROLES.index(role), piece, named] = _SURE
    for role, piece, to in example.turns:
        arcs[ROLES.index(role), piece, to] = _SURE
    return TokenScores(
        offsets=np.array(offsets, dtype=np.int64).reshape(-1, 2), tags=tags, classes=classes,
        arcs=arcs,
    )  # fmt: skip
