"""The trained tagger: MiniLM's weights from the cache, worldreel's on top of them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from scene_builder.language.tagger.scheme import CLASSES
from scene_builder.language.tagger.scores import TokenScores
from scene_builder.model.errors import ModelError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from scene_builder.language.backends.tagger_network import TaggerNetwork
else:  # the packages are heavy, and types are looked up while tests run
    PreTrainedTokenizerBase = TaggerNetwork = object

WEIGHTS = Path(__file__).parent.parent / "tagger" / "weights" / "tagger.safetensors"
"""What was trained: all but the embeddings and the lowest layer, which are MiniLM's own."""
MAX_PIECES = 510
"""Longest text in word pieces; what stands behind is not read."""


class TaggerModel:
    """Scores the words of a text with the trained network, on one thread."""

    def __init__(self, base: Path, weights: Path = WEIGHTS) -> None:
        """Load the network.

        Args:
            base: Transformers folder of all-MiniLM-L6-v2.
            weights: What was trained on top of it.

        Raises:
            ModelError: If the weights are absent or belong to another network.
        """
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from safetensors.torch import load_file
        from transformers import AutoTokenizer
        from transformers.utils import logging

        from scene_builder.language.backends.tagger_network import TaggerNetwork

        level = logging.get_verbosity()
        logging.set_verbosity_error()
        logging.disable_progress_bar()
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(base)
            network = TaggerNetwork(base)
            trained = {name: value.float() for name, value in load_file(weights).items()}
            unknown = network.load_state_dict(trained, strict=False).unexpected_keys
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(f"the tagger cannot be loaded from {weights}: {error}") from None
        finally:
            logging.set_verbosity(level)
        if unknown:
            raise ModelError(f"{weights} belongs to another network: it has {unknown[0]!r}")
        self._network = network.eval()

    def scores(self, text: str) -> TokenScores:
        """Return the scores of the word pieces of lower-case `text`."""
        return scores_of(self._network, self._tokenizer, text)


def scores_of(network: TaggerNetwork, tokenizer: PreTrainedTokenizerBase, text: str) -> TokenScores:
    """Return what a network says of the word pieces of lower-case `text`, on one thread."""
    import torch

    found = tokenizer(text, return_offsets_mapping=True, truncation=True, max_length=MAX_PIECES)
    ids = torch.tensor([found["input_ids"]])
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.inference_mode():
            (tags, *classes), arcs = network(ids, torch.ones_like(ids))
    finally:
        torch.set_num_threads(threads)
    return TokenScores(
        offsets=np.array(found["offset_mapping"], dtype=np.int64).reshape(-1, 2),
        tags=tags[0].softmax(-1).numpy(),
        classes={
            head: logits[0].softmax(-1).numpy()
            for head, logits in zip(CLASSES, classes, strict=True)
        },
        arcs=arcs[0].double().numpy(),
    )
