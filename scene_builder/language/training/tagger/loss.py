"""Batches of examples, and the negative log-likelihood of what the network should say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scene_builder.language.tagger.scheme import CLASSES, ROLES
from scene_builder.language.training.tagger.examples import Example

if TYPE_CHECKING:
    from torch import Tensor

    from scene_builder.language.backends.tagger_network import TaggerNetwork
else:  # the packages are heavy, and types are looked up while tests run
    Tensor = TaggerNetwork = object

_UNSCORED = -100
_NEVER = -1e4
_SEVERAL = {"again", "actor", "target", "subject", "object", "first", "second"}
"""Roles of which one word may have several arcs; of the others it has exactly one."""


@dataclass(slots=True)
class Batch:
    """Examples side by side, as tensors.

    Attributes:
        ids: Vocabulary entries (b n).
        attention: 1 where there is a piece (b n).
        tags: Index of each tag (b n).
        classes: For each statement head, the index of each class (b n).
        arcs: (role, example, piece) of each word with arcs to things (m 3).
        names: For each of those and each thing, the pieces that name it (m things n).
        there: Whether the thing is there (m things).
        wanted: Whether there is an arc (m things).
        one: Whether the word has exactly one arc (m).
        turns: (role, example, piece, piece) of each arc to a statement's word (k 4).
        statements: For each of those, the pieces it may go to (k n).
    """

    ids: Tensor
    attention: Tensor
    tags: Tensor
    classes: list[Tensor]
    arcs: Tensor
    names: Tensor
    there: Tensor
    wanted: Tensor
    one: Tensor
    turns: Tensor
    statements: Tensor


def batch_of(examples: Sequence[Example]) -> Batch:
    """Return the examples side by side."""
    import torch

    length = max(len(example.ids) for example in examples)
    ids = torch.zeros(len(examples), length, dtype=torch.long)
    attention, tags = torch.zeros_like(ids), torch.full_like(ids, _UNSCORED)
    classes = [torch.full_like(ids, _UNSCORED) for _ in CLASSES]
    for b, example in enumerate(examples):
        n = len(example.ids)
        ids[b, :n] = torch.tensor(example.ids)
        attention[b, :n] = 1
        tags[b, :n] = torch.tensor(example.tags)
        for head, target in zip(CLASSES, classes, strict=True):
            if head != "negated":
                target[b, :n] = 0
            for piece, word in example.classes[head].items():
                target[b, piece] = word
    arcs, names, wanted = _arcs_of(examples, length)
    turns, statements = _turns_of(examples, length)
    single = [ROLES.index(role) for role in ROLES if role not in _SEVERAL]
    there = names.any(-1)
    return Batch(
        ids=ids, attention=attention, tags=tags, classes=classes, arcs=arcs, names=names,
        there=there, wanted=wanted * there, one=torch.isin(arcs[:, 0], torch.tensor(single)),
        turns=turns, statements=statements,
    )  # fmt: skip


def _arcs_of(examples: Sequence[Example], length: int) -> tuple[Tensor, Tensor, Tensor]:
    """Words with arcs to things, the pieces that name each thing, and the arcs wanted."""
    import torch

    rows = [(role, b, piece, clusters) for b, example in enumerate(examples)
            for role, piece, clusters in example.belongs]  # fmt: skip
    most = max(len(example.clusters) for example in examples)
    names = torch.zeros(len(rows), most, length, dtype=torch.bool)
    wanted = torch.zeros(len(rows), most)
    for m, (role, b, piece, clusters) in enumerate(rows):
        example = examples[b]
        to_entities = role in {"again", "attribute"}
        for k in range(example.things if to_entities else len(example.clusters)):
            told = [example.firsts[k]] if role == "again" else example.clusters[k]
            names[m, k, [p for p in told if p != piece]] = True
        wanted[m, list(clusters)] = 1.0
    arcs = [(ROLES.index(role), b, piece) for role, b, piece, _ in rows]
    return torch.tensor(arcs, dtype=torch.long).reshape(-1, 3), names, wanted


def _turns_of(examples: Sequence[Example], length: int) -> tuple[Tensor, Tensor]:
    """Arcs to a statement's word, and the words that each of them may go to."""
    import torch

    turns = [(ROLES.index(role), b, piece, to) for b, example in enumerate(examples)
             for role, piece, to in example.turns]  # fmt: skip
    statements = torch.zeros(len(turns), length, dtype=torch.bool)
    for m, (index, b, _, _) in enumerate(turns):
        head = "outcome" if ROLES[index] == "part" else "action"
        said = [piece for piece, word in examples[b].classes[head].items() if word > 0]
        statements[m, said] = True
    return torch.tensor(turns, dtype=torch.long).reshape(-1, 4), statements


def loss_of(network: TaggerNetwork, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Return the mean negative log-likelihood of a text [nat], and its parts."""
    import torch
    from torch.nn import functional

    classes, arcs = network(batch.ids, batch.attention)
    texts = len(batch.ids)
    parts: dict[str, Tensor] = {}
    for name, logits, target in zip(
        ("tags", *CLASSES), classes, (batch.tags, *batch.classes), strict=True
    ):
        flat = logits.float().flatten(0, 1)
        parts[name] = functional.cross_entropy(
            flat, target.flatten(), ignore_index=_UNSCORED, reduction="sum"
        )
    role, text, piece = batch.arcs.unbind(1)
    scores = arcs.float()[text, role, piece]
    pooled = torch.where(batch.names, scores[:, None], _NEVER).logsumexp(-1)
    several = functional.binary_cross_entropy_with_logits(pooled, batch.wanted, reduction="none")
    parts["several"] = (several * (batch.there & ~batch.one[:, None])).sum()
    single = torch.where(batch.there, pooled, _NEVER).log_softmax(-1)
    right = torch.where(batch.wanted > 0, single, _NEVER).logsumexp(-1)
    parts["single"] = -(right * (batch.one & (batch.wanted.sum(-1) > 0))).sum()
    role, text, piece, to = batch.turns.unbind(1)
    scores = torch.where(batch.statements, arcs.float()[text, role, piece], _NEVER)
    parts["turns"] = -scores.log_softmax(-1).gather(-1, to[:, None]).sum()
    total = torch.stack(list(parts.values())).sum() / texts
    return total, {name: float(part.detach()) / texts for name, part in parts.items()}
