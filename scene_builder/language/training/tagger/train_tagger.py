"""Train the tagger on the synthetic grammar, on one CPU thread.

::

    python -m scene_builder.language.training.tagger.train_tagger \
        --base minilm --minutes 65 --out tagger

`--base` is a transformers folder of all-MiniLM-L6-v2. A second call with the same `--out` goes
on from the last checkpoint.
"""

import argparse
import json
import logging
import math
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from scene_builder.language.synthetic.prompts import VERSION
from scene_builder.language.training.tagger.examples import Example
from scene_builder.language.training.tagger.feed import examples, mixed_examples
from scene_builder.language.training.tagger.loss import batch_of, loss_of
from scene_builder.model.chance import stream

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Optimizer
    from transformers import PreTrainedTokenizerBase

    from scene_builder.language.backends.tagger_network import TaggerNetwork
else:  # the packages are heavy, and types are looked up while tests run
    Optimizer = PreTrainedTokenizerBase = TaggerNetwork = Tensor = object

POOL_BATCHES = 16
WARM_UP_STEPS = 60
FLOOR = 0.02
CLIP = 5.0
SAID_STEPS = 50
HELD_OUT_PAIRS = 256
log = logging.getLogger("train_tagger")


@dataclass(slots=True)
class Progress:
    """Where a training run stands; it is stored beside the weights.

    Attributes:
        seed: Seed of the stream of pairs.
        step: Optimizer steps made.
        pairs: Pairs drawn.
        spent_secs: Wall time spent training [s].
        lost: Share of statements for which no word stands.
        held_out: Mean negative log-likelihood of a held-out text at each checkpoint [nat].
    """

    seed: int = 1
    step: int = 0
    pairs: int = 0
    spent_secs: float = 0.0
    lost: float = 0.0
    held_out: list[float] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> None:
    """Train until the minutes are spent, storing a checkpoint every few minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints")
    parser.add_argument("--minutes", type=float, default=65.0, help="wall time in all [min]")
    parser.add_argument("--batch", type=int, default=16, help="texts a step")
    parser.add_argument("--rate", type=float, default=3e-4, help="learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=1.5e-3, help="that of everything else")
    parser.add_argument("--seed", type=int, default=1, help="seed of the stream of pairs")
    parser.add_argument("--natural", type=float, default=0.0, help="share written by hand")
    parser.add_argument("--start", type=Path, help="weights to begin with")
    parser.add_argument("--checkpoint-minutes", type=float, default=6.0)
    options = parser.parse_args(arguments)
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    os.environ["OMP_NUM_THREADS"] = "1"
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    options.out.mkdir(parents=True, exist_ok=True)
    train(options)


def train(options: argparse.Namespace) -> Progress:
    """Train as the command line says, from the last checkpoint if there is one."""
    import torch
    from transformers import AutoTokenizer

    from scene_builder.language.backends.tagger_network import TaggerNetwork

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    tokenizer = AutoTokenizer.from_pretrained(options.base)
    network = TaggerNetwork(options.base).train()
    optimizer = _optimizer(network, options)
    progress = _resume(options, network, optimizer)
    batches = _batches(options, tokenizer, network, progress)
    held_out = list(islice(examples(tokenizer, options.seed, 0, held_out=True), HELD_OUT_PAIRS))
    started, stored = time.perf_counter() - progress.spent_secs, time.perf_counter()
    recent: list[float] = []
    while (fraction := (time.perf_counter() - started) / 60 / options.minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = _rate(group["highest"], progress.step, fraction)
        loss, parts = _step(network, optimizer, next(batches))
        recent.append(loss)
        progress.step += 1
        progress.spent_secs = time.perf_counter() - started
        if progress.step % SAID_STEPS == 0:
            _say(progress, recent, parts)
            recent.clear()
        if time.perf_counter() - stored > 60 * options.checkpoint_minutes:
            stored = time.perf_counter()
            progress.held_out.append(_held_out_loss(network, held_out, options.batch))
            _store(options, network, optimizer, progress)
    progress.held_out.append(_held_out_loss(network, held_out, options.batch))
    _store(options, network, optimizer, progress)
    return progress


def _step(
    network: TaggerNetwork, optimizer: Optimizer, batch: list[Example]
) -> tuple[float, dict[str, float]]:
    import torch

    with torch.autocast("cpu", dtype=torch.bfloat16):  # a third faster than float32
        loss, parts = loss_of(network, batch_of(batch))
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item(), parts


def _say(progress: Progress, recent: list[float], parts: dict[str, float]) -> None:
    said = " ".join(f"{name} {value:.2f}" for name, value in parts.items())
    log.info("step %d pairs %d loss %.3f lost %.4f after %.0f s; %s", progress.step,
             progress.pairs, sum(recent) / len(recent), progress.lost, progress.spent_secs,
             said)  # fmt: skip


def _batches(
    options: argparse.Namespace, tokenizer: PreTrainedTokenizerBase, network: TaggerNetwork,
    progress: Progress,
) -> Iterator[list[Example]]:  # fmt: skip
    source = mixed_examples(options, tokenizer, network, progress.pairs)
    size = options.batch
    while True:
        drawn = sorted(islice(source, size * POOL_BATCHES), key=lambda e: len(e.ids))
        progress.pairs += len(drawn)
        said = sum(len(e.belongs) for e in drawn)
        progress.lost = round(sum(e.lost for e in drawn) / max(said, 1), 5)
        order = stream(options.seed, "order", progress.pairs).permutation(POOL_BATCHES)
        yield from (drawn[i * size : (i + 1) * size] for i in order)


def _optimizer(network: TaggerNetwork, options: argparse.Namespace) -> Optimizer:
    import torch

    groups = {True: [], False: []}  # type: dict[bool, list[torch.nn.Parameter]]
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups[name.startswith("encoder.")].append(parameter)
    rates = {True: options.rate, False: options.head_rate}
    return torch.optim.AdamW(
        [{"params": group, "lr": rates[own], "highest": rates[own]}
         for own, group in groups.items()], weight_decay=0.01, betas=(0.9, 0.98),
    )  # fmt: skip


def _held_out_loss(network: TaggerNetwork, held_out: list[Example], size: int) -> float:
    import torch

    network.eval()
    total = 0.0
    with torch.inference_mode():
        for k in range(0, len(held_out), size):
            some = held_out[k : k + size]
            total += float(loss_of(network, batch_of(some))[0]) * len(some)
    network.train()
    return round(total / max(len(held_out), 1), 4)


def _rate(highest: float, step: int, fraction: float) -> float:
    cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, fraction)))
    return highest * min(1.0, (step + 1) / WARM_UP_STEPS) * (FLOOR + (1 - FLOOR) * cosine)


def _resume(options: argparse.Namespace, network: TaggerNetwork, optimizer: Optimizer) -> Progress:
    from safetensors.torch import load_file

    stored = options.out / "progress.json"
    if not stored.exists():
        if options.start is not None:
            begun = {name: value.float() for name, value in load_file(options.start).items()}
            network.load_state_dict(begun, strict=False)
        return Progress(seed=options.seed)
    network.load_state_dict(load_file(options.out / "network.safetensors"))
    moments: dict[int, dict[str, Tensor]] = {}
    for name, tensor in load_file(options.out / "optimizer.safetensors").items():
        number, _, kind = name.partition(".")
        moments.setdefault(int(number), {})[kind] = tensor
    optimizer.load_state_dict({**optimizer.state_dict(), "state": moments})
    return Progress(**json.loads(stored.read_text()))


def _store(
    options: argparse.Namespace, network: TaggerNetwork, optimizer: Optimizer, progress: Progress
) -> None:
    import torch
    from safetensors.torch import save_file

    moments = {
        f"{number}.{kind}": tensor.contiguous()
        for number, kept in optimizer.state_dict()["state"].items()
        for kind, tensor in kept.items()
    }
    whole = {name: tensor.contiguous() for name, tensor in network.state_dict().items()}
    for name, tensors in (("network", whole), ("optimizer", moments)):
        save_file(tensors, options.out / f"{name}.new")
        (options.out / f"{name}.new").replace(options.out / f"{name}.safetensors")
    trained = {
        name: parameter.detach().to(torch.float16).contiguous()
        for name, parameter in network.named_parameters() if parameter.requires_grad
    }  # fmt: skip
    about = {
        "grammar": VERSION, "seed": str(progress.seed), "steps": str(progress.step),
        "pairs": str(progress.pairs),
    }  # fmt: skip
    save_file(trained, options.out / f"checkpoint-{progress.step}.safetensors", metadata=about)
    state = {name: getattr(progress, name) for name in Progress.__slots__}
    (options.out / "progress.json").write_text(json.dumps(state))
    log.info("stored step %d; held-out texts %.3f nat", progress.step, progress.held_out[-1])


if __name__ == "__main__":
    main()
