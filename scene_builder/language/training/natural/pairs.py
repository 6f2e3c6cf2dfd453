"""A stream of training pairs from the hand-written corpus, alone or mixed with the grammar's."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scene_builder.language.synthetic.draws import chance_rand
from scene_builder.language.synthetic.prompts import pairs
from scene_builder.language.training.natural.target import Target, target_of
from scene_builder.language.training.natural.variation import varied_rand
from scene_builder.model.chance import stream

_VARIED = 0.7
"""Share of the corpus that is read with other words than it was written with."""
CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Written:
    """A prompt, the notation of what it says, and its labels if people wrote it."""

    prompt: str
    notation: str
    labels: tuple[str, ...] = ()


@cache
def wordings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return every wording of the corpus with its labels."""
    return tuple(
        (prompt, tuple(scene["labels"]))
        for path in sorted(CORPUS.glob("*.json"))
        for scene in json.loads(path.read_text("utf-8"))
        for prompt in scene["prompts"]
    )


def _nouns_missing(target: Target) -> int:
    return sum(kind == "noun" for kind, _ in target.missing)


def natural_pairs(seed: int) -> Iterator[Written]:
    """Yield the corpus without end, in a new order and with other words each time round."""
    everything, epoch = wordings(), 0
    while True:
        order = stream(seed, "natural order", epoch).permutation(len(everything))
        for k in map(int, order):
            rng = stream(seed, "natural", epoch, k)
            prompt, labels = everything[k]
            target = target_of(prompt, labels)
            if chance_rand(rng, _VARIED):
                varied, relabelled = varied_rand(rng, prompt, labels)
                other = target_of(varied, relabelled)
                if _nouns_missing(other) <= _nouns_missing(target):
                    prompt, labels, target = varied, relabelled, other
            yield Written(prompt, target.notation, labels)
        epoch += 1


def mixed_pairs(seed: int, natural: float) -> Iterator[Written]:
    """Yield pairs of the corpus and of the grammar.

    Args:
        seed: Names the stream.
        natural: Share of the corpus, 0 to 1.
    """
    written, drawn = natural_pairs(seed), pairs(seed)
    rng = stream(seed, "mixture")
    while True:
        if chance_rand(rng, natural):
            yield next(written)
        else:
            pair = next(drawn)
            yield Written(pair.prompt, pair.notation)
