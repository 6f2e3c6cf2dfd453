"""Streams of examples for the tagger: the grammar's pairs and hand-written prompts."""

import argparse
from collections.abc import Iterator
from itertools import count, islice
from typing import TYPE_CHECKING

import numpy as np

from scene_builder.language.backends.tagger_model import scores_of
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.scoring.labels import labels_of
from scene_builder.language.synthetic.labels import LabelledPair
from scene_builder.language.synthetic.prompts import pairs
from scene_builder.language.training.natural.pairs import natural_pairs
from scene_builder.language.training.tagger.examples import Example, example_of
from scene_builder.language.training.tagger.found import found_example
from scene_builder.language.training.tagger.noise import RareWords, rare_words, renamed_rand
from scene_builder.model.chance import stream

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from scene_builder.language.backends.tagger_network import TaggerNetwork
else:  # the packages are heavy, and types are looked up while tests run
    PreTrainedTokenizerBase = TaggerNetwork = object

LONGEST = 160
"""Longest text in word pieces; what is longer is left out."""
HIDDEN = 0.04
"""Share of word pieces that are hidden from the network."""


def mixed_examples(
    options: argparse.Namespace, tokenizer: PreTrainedTokenizerBase, network: TaggerNetwork,
    start: int,
) -> Iterator[Example]:  # fmt: skip
    """The grammar's pairs, and in between hand-written ones."""
    drawn = examples(tokenizer, options.seed, start)
    written = natural_examples(tokenizer, network, options.seed + start)
    rng = stream(options.seed, "mixture", start)
    while True:
        yield next(written if rng.random() < options.natural else drawn)


def natural_examples(
    tokenizer: PreTrainedTokenizerBase, network: TaggerNetwork, seed: int
) -> Iterator[Example]:
    """Yield what the network should say of hand-written prompts, as it finds it now."""
    for k, pair in enumerate(natural_pairs(seed)):
        text = stated_quantities(stated_facts(pair.prompt).rest)[1]
        network.eval()
        scores = scores_of(network, tokenizer, text)
        network.train()
        ids = tokenizer(text)["input_ids"]
        if len(ids) > LONGEST or len(ids) != len(scores.offsets):
            continue
        hidden = _hidden_rand(stream(seed, "hidden", k), ids, tokenizer)
        example = found_example(text, pair.notation, labels_of(pair.labels), hidden, scores)
        if example is not None:
            yield example


def examples(
    tokenizer: PreTrainedTokenizerBase, seed: int, start: int, *, held_out: bool = False
) -> Iterator[Example]:
    """Yield what the network should say of pair `start` and those after it."""
    rare = RareWords() if held_out else rare_words(sorted(tokenizer.get_vocab()))
    source = islice(pairs(seed, held_out=held_out), start, None)
    for k, pair in zip(count(start), source, strict=False):
        example = _example_rand(stream(seed, "noise", k), tokenizer, pair, rare, held_out)
        if example is not None:
            yield example


def _example_rand(
    rng: np.random.Generator, tokenizer: PreTrainedTokenizerBase, pair: LabelledPair,
    rare: RareWords, held_out: bool,
) -> Example | None:  # fmt: skip
    text, marks = renamed_rand(rng, pair.prompt, pair.marks, rare)
    plain = stated_quantities(stated_facts(text).rest)[1]
    found = tokenizer(plain, return_offsets_mapping=True)
    if len(found["input_ids"]) > LONGEST:
        return None
    ids = found["input_ids"] if held_out else _hidden_rand(rng, found["input_ids"], tokenizer)
    return example_of(plain, pair.notation, marks, ids, found["offset_mapping"])


def _hidden_rand(
    rng: np.random.Generator, ids: list[int], tokenizer: PreTrainedTokenizerBase
) -> list[int]:
    """Hide words now and then, so that what a word says is known by those around it, too."""
    drawn = rng.random(len(ids)) < HIDDEN
    drawn[[0, -1]] = False
    mask = int(tokenizer.mask_token_id)
    return [mask if hide else piece for piece, hide in zip(ids, drawn, strict=True)]
