"""Train the LoRA adapter of the embedded reader, on one CPU thread.

It sees prompts of the synthetic grammar and hand-written ones.

::

    python -m scene_builder.language.training.train_adapter --minutes 60 --out adapter

A second call with the same `--out` goes on from the last checkpoint. LoRA is Hu et al. 2021.
"""

import argparse
import json
import logging
import math
import os
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from scene_builder.language.notation.dialogue import ANSWER_END, plain, question
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.synthetic.prompts import VERSION
from scene_builder.language.training.natural.pairs import Written, mixed_pairs
from scene_builder.model.chance import stream

if TYPE_CHECKING:
    from peft import PeftModel
    from torch import Tensor
    from torch.optim import Optimizer
    from transformers import PreTrainedTokenizerBase
else:  # the packages are heavy, and types are looked up while tests run
    PeftModel = Tensor = Optimizer = PreTrainedTokenizerBase = object

RANK = 16
FIRST_LAYER = 10
LAYERS = 30
POOL_BATCHES = 12
WARM_UP_STEPS = 20
MAX_LETTERS = 420
"""Longest prompt that is trained on: a step costs as much as its longest pair."""
FLOOR = 0.04
UNSCORED = -100
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
log = logging.getLogger("train_adapter")


@dataclass(slots=True)
class Progress:
    """Where a training run stands; it is stored beside the adapter.

    Attributes:
        seed: Seed of the stream of pairs.
        step: Optimizer steps made.
        pairs: Pairs seen.
        spent_secs: Wall time spent training [s].
        losses: Mean loss of each ten steps.
    """

    seed: int = 1
    step: int = 0
    pairs: int = 0
    spent_secs: float = 0.0
    losses: list[float] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> None:
    """Train until the minutes are spent, storing a checkpoint every few minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base model")
    parser.add_argument("--out", type=Path, required=True, help="folder of the adapter")
    parser.add_argument("--minutes", type=float, default=60.0, help="wall time in all [min]")
    parser.add_argument("--batch", type=int, default=16, help="pairs a step")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=1, help="seed of the stream of pairs")
    parser.add_argument("--natural", type=float, default=0.6, help="share written by hand")
    parser.add_argument("--checkpoint-minutes", type=float, default=4.0)
    options = parser.parse_args(arguments)
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    os.environ["OMP_NUM_THREADS"] = "1"
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    options.out.mkdir(parents=True, exist_ok=True)
    train(options)


def train(options: argparse.Namespace) -> Progress:
    """Train as the command line says, from the last checkpoint if there is one."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    model, tokenizer = _model(options)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=options.rate, weight_decay=0.0, betas=(0.9, 0.98))
    progress = _resume(options, optimizer)
    batches = _batches(options, tokenizer, progress)
    started, stored = time.perf_counter() - progress.spent_secs, time.perf_counter()
    recent: list[float] = []
    while (fraction := (time.perf_counter() - started) / 60 / options.minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = _rate(options.rate, progress.step, fraction)
        # In bfloat16 a step takes half as long; the adapter itself is kept in float32.
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = _loss(model, next(batches))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        recent.append(loss.item())
        progress.step += 1
        progress.pairs += options.batch
        progress.spent_secs = time.perf_counter() - started
        if progress.step % 10 == 0:
            progress.losses.append(round(sum(recent) / len(recent), 4))
            recent.clear()
            log.info(
                "step %d pairs %d loss %.4f rate %.5f after %.0f s", progress.step,
                progress.pairs, progress.losses[-1], optimizer.param_groups[0]["lr"],
                progress.spent_secs,
            )  # fmt: skip
        if time.perf_counter() - stored > 60 * options.checkpoint_minutes:
            stored = time.perf_counter()
            _store(options, model, optimizer, progress)
    _store(options, model, optimizer, progress)
    return progress


def _model(options: argparse.Namespace) -> tuple[PeftModel, PreTrainedTokenizerBase]:
    import torch
    from peft import LoraConfig, PeftModel, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(options.base)
    base = AutoModelForCausalLM.from_pretrained(options.base, dtype=torch.bfloat16)
    with warnings.catch_warnings():  # peft asks transformers for names that it will drop
        warnings.simplefilter("ignore", FutureWarning)
        if (options.out / "adapter_model.safetensors").exists():
            model = PeftModel.from_pretrained(base, options.out, is_trainable=True)
        else:
            config = LoraConfig(
                r=RANK, lora_alpha=2 * RANK, lora_dropout=0.0, target_modules=list(TARGETS),
                layers_to_transform=list(range(FIRST_LAYER, LAYERS)), task_type="CAUSAL_LM",
            )  # fmt: skip
            model = get_peft_model(base, config)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.to(torch.float32)
    return model.train(), tokenizer


def _batches(
    options: argparse.Namespace, tokenizer: PreTrainedTokenizerBase, progress: Progress
) -> Iterator[list[tuple[list[int], list[int]]]]:
    source = mixed_pairs(options.seed + progress.pairs, options.natural)
    readable = (pair for pair in source if len(pair.prompt) <= MAX_LETTERS)
    size, k = options.batch, 0
    while True:
        drawn = sorted(
            (_tokens(tokenizer, pair) for pair in islice(readable, size * POOL_BATCHES)),
            key=lambda both: len(both[0]) + len(both[1]),
        )
        k += 1
        order = stream(options.seed, "order", k, progress.pairs).permutation(POOL_BATCHES)
        yield from (drawn[i * size : (i + 1) * size] for i in order)


def _tokens(tokenizer: PreTrainedTokenizerBase, pair: Written) -> tuple[list[int], list[int]]:
    read = plain(stated_facts(pair.prompt).rest)
    asked = tokenizer(question(read), add_special_tokens=False)["input_ids"]
    said = tokenizer(pair.notation + ANSWER_END, add_special_tokens=False)["input_ids"]
    return asked, said


def _loss(model: PeftModel, batch: list[tuple[list[int], list[int]]]) -> Tensor:
    import torch

    length = max(len(asked) + len(said) for asked, said in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    attention = torch.zeros_like(ids)
    labels = torch.full_like(ids, UNSCORED)
    for k, (asked, said) in enumerate(batch):
        both = torch.tensor(asked + said)
        ids[k, : len(both)] = both
        attention[k, : len(both)] = 1
        labels[k, len(asked) : len(both)] = both[len(asked) :]
    inner = model.base_model.model
    hidden = inner.model(input_ids=ids, attention_mask=attention).last_hidden_state[:, :-1]
    wanted = labels[:, 1:]
    scored = wanted != UNSCORED
    logits = inner.lm_head(hidden[scored]).float()
    return torch.nn.functional.cross_entropy(logits, wanted[scored])


def _rate(highest: float, step: int, fraction: float) -> float:
    cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, fraction)))
    return highest * min(1.0, (step + 1) / WARM_UP_STEPS) * (FLOOR + (1 - FLOOR) * cosine)


def _resume(options: argparse.Namespace, optimizer: Optimizer) -> Progress:
    from safetensors.torch import load_file

    stored = options.out / "progress.json"
    if not stored.exists():
        return Progress(seed=options.seed)
    moments: dict[int, dict[str, Tensor]] = {}
    for name, tensor in load_file(options.out / "optimizer.safetensors").items():
        number, _, kind = name.partition(".")
        moments.setdefault(int(number), {})[kind] = tensor
    optimizer.load_state_dict({**optimizer.state_dict(), "state": moments})
    return Progress(**json.loads(stored.read_text()))


def _store(
    options: argparse.Namespace, model: PeftModel, optimizer: Optimizer, progress: Progress
) -> None:
    from safetensors.torch import save_file

    model.save_pretrained(options.out)
    moments = {
        f"{number}.{kind}": tensor.contiguous()
        for number, kept in optimizer.state_dict()["state"].items()
        for kind, tensor in kept.items()
    }
    save_file(moments, options.out / "optimizer.safetensors")
    state = {name: getattr(progress, name) for name in Progress.__slots__}
    (options.out / "progress.json").write_text(json.dumps(state))
    log.info("stored step %d (grammar %s)", progress.step, VERSION)


if __name__ == "__main__":
    main()
