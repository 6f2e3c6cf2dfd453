"""The tagger's network: a MiniLM encoder, a classifier for each word piece, and arcs.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM: Deep self-attention distillation");
arcs are scored by deep biaffine attention (Dozat and Manning 2017, equation 6): for each role,
`a @ U @ b + u · a + v · b`, plus a bias that depends on how far apart the two words stand.
"""

import math
from pathlib import Path

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from scene_builder.language.tagger.scheme import CLASSES, ROLES, TAGS

WIDTH = 96
"""Width of the vectors between which an arc of one role is scored."""
FAR = 24
"""Distance in word pieces from which on distance says nothing more."""
FROZEN_LAYERS = 1
"""Lowest layers of the encoder that stay as they are."""


class TaggerNetwork(nn.Module):
    """Scores the word pieces of texts, and arcs between them."""

    def __init__(self, base: Path) -> None:
        """Make the network around the encoder in the transformers folder `base`."""
        super().__init__()
        from transformers import AutoModel

        # Texts are short: plain attention is faster on a CPU than the fused kernels.
        self.encoder = AutoModel.from_pretrained(
            base, add_pooling_layer=False, attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
        )  # fmt: skip
        hidden = int(self.encoder.config.hidden_size)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN_LAYERS]):
            for parameter in part.parameters():
                parameter.requires_grad = False
        sizes = [len(TAGS), *(len(classes) for classes in CLASSES.values())]
        self.classify = nn.Linear(hidden, sum(sizes))
        self.sizes = sizes
        self.tail = nn.Linear(hidden, len(ROLES) * WIDTH)
        self.head = nn.Linear(hidden, len(ROLES) * WIDTH)
        self.pair = nn.Parameter(torch.eye(WIDTH).repeat(len(ROLES), 1, 1) / math.sqrt(WIDTH))
        self.of_tail = nn.Parameter(torch.zeros(len(ROLES), WIDTH))
        self.of_head = nn.Parameter(torch.zeros(len(ROLES), WIDTH))
        self.apart = nn.Parameter(torch.zeros(len(ROLES), 2 * FAR + 1))
        self.drop = nn.Dropout(0.1)

    def forward(
        self, ids: Int[Tensor, "b n"], attention: Int[Tensor, "b n"]
    ) -> tuple[list[Float[Tensor, "b n c"]], Float[Tensor, "b roles n n"]]:
        """Return the logits of tags and of each statement head, and those of the arcs."""
        found = self.encoder(input_ids=ids, attention_mask=attention).last_hidden_state
        found = self.drop(found)
        classes = list(self.classify(found).split(self.sizes, dim=-1))
        return classes, self._arcs(found)

    def _arcs(self, found: Float[Tensor, "b n h"]) -> Float[Tensor, "b roles n n"]:
        batch, length = found.shape[:2]
        shape = (batch, length, len(ROLES), WIDTH)
        tail = nn.functional.gelu(self.tail(found)).view(shape).transpose(1, 2)
        head = nn.functional.gelu(self.head(found)).view(shape).transpose(1, 2)
        scores = (tail @ self.pair) @ head.transpose(2, 3)
        scores = scores + (tail * self.of_tail[:, None]).sum(-1)[..., None]
        scores = scores + (head * self.of_head[:, None]).sum(-1)[:, :, None]
        place = torch.arange(length)
        steps = (place[None] - place[:, None]).clamp(-FAR, FAR) + FAR
        return scores + self.apart[:, steps]
