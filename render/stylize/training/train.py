"""Train worldreel's own stylizer on packed frames.

::

    python -m render.stylize.training.train --data DIR --out DIR --minutes 120
    python -m render.stylize.training.train --data DIR --out DIR --minutes 30 --finish

A second call with the same `--out` goes on from the last checkpoint. Each step's chance depends
on the seed and the step alone, so that a run that was interrupted sees the same batches as one
that was not. `--finish` lets the learning rate go to zero and writes `stylizer.safetensors`.
"""

import argparse
import json
import logging
import math
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from render.stylize.diffusion.condition import KNOWN_CHANNELS
from render.stylize.diffusion.network import Shape, StyleNetwork, parameter_count
from render.stylize.diffusion.weights import quickest_dtype, save_weights
from render.stylize.painting.strokes import CHANNELS
from render.stylize.painting.styles import STYLES
from render.stylize.training.checkpoints import begin_with, load_checkpoint, save_checkpoint
from render.stylize.training.examples import Examples
from render.stylize.training.lessons import Lesson, Lessons
from render.stylize.training.pairs import unsteadiness

log = logging.getLogger("train")

WARM_UP_STEPS = 100
CLIP = 4.0
NEVER_BELOW = 1e-4
"""Added to an error before its logarithm is taken."""
SAID_STEPS = 50
CHECKPOINT_SECS = 120.0
FINE_PACE = 2.0
"""How much faster the network of full resolution learns: each style sees a tenth of the steps."""
STEADY = 0.3
"""Weight of what differs along motion."""


@dataclass(slots=True, kw_only=True)
class Training:
    """A network on its way.

    Attributes:
        network: What is trained.
        average: Its weights, averaged over steps (Karras et al. 2024): what is kept in the end.
        optimizer: AdamW.
        step: Steps made.
        losses: Weighted losses since they were last said.
        starts: Mean squared errors at time 0 since they were last said.
        unsteady: Differences along motion since they were last said.
    """

    network: StyleNetwork
    average: dict[str, Tensor]
    optimizer: torch.optim.Optimizer
    step: int = 0
    losses: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    unsteady: list[float] = field(default_factory=list)


def own_shape(channels: Sequence[int] = (96, 160, 256)) -> Shape:
    """Return the shape of worldreel's own network, with all styles that painters know."""
    return Shape(
        condition=KNOWN_CHANNELS + len(CHANNELS),
        styles=tuple(style.name for style in STYLES),
        channels=tuple(channels),
    )


def new_training(shape: Shape, *, seed: int, rate: float, device: torch.device) -> Training:
    """Return an untrained network."""
    torch.manual_seed(seed)
    network = StyleNetwork(shape).to(device)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    fine = list(network.detail.parameters())
    known = {id(parameter) for parameter in fine}
    coarse = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = [{"params": coarse, "pace": 1.0}, {"params": fine, "pace": FINE_PACE}]
    optimizer = torch.optim.AdamW(groups, rate, betas=(0.9, 0.98), weight_decay=1e-4)
    return Training(network=network, average=average, optimizer=optimizer)


def train_step(training: Training, lesson: Lesson, rate: float) -> None:
    """Make one step: the picture's error, and the pair's unsteadiness if there is a pair.

    Both halves of a batch count by the logarithm of their error: a style that changes little
    would hardly be heard beside one that changes all (compare Kendall et al. 2018).
    """
    network, optimizer, batch, times = training.network, training.optimizer, *lesson[:2]
    for group in optimizer.param_groups:
        group["lr"] = rate * group["pace"]
    t = times[:, None, None, None]
    noisy = (1 - t) * batch.noise[:, :3] + t * batch.target
    with _quickly(times.device):
        predicted = network(noisy, times, batch.condition, batch.style).float()
        unsteady = unsteadiness(network, lesson.pair) if lesson.pair else None
    wrong = (predicted - batch.target).square().mean((1, 2, 3))
    loss = (wrong.reshape(2, -1).mean(1) + NEVER_BELOW).log().mean()
    if unsteady is not None:
        training.unsteady.append(float(unsteady.detach()))
        loss = loss + STEADY * (unsteady + NEVER_BELOW).log()
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    optimizer.step()
    training.step += 1
    training.losses.append(float(loss.detach()))
    training.starts += wrong.detach()[times == 0].tolist()
    keep = min(_LONGEST_MEMORY, (1 + training.step) / (20 + training.step))
    with torch.no_grad():
        for name, value in network.state_dict().items():
            training.average[name].lerp_(value, 1 - keep)


def _quickly(device: torch.device) -> torch.autocast:
    """Return a context that multiplies in 16 bits where that is quick, and adds up in 32."""
    quick = device.type == "cuda" or quickest_dtype() == torch.bfloat16
    return torch.autocast(device.type, torch.bfloat16, enabled=quick)


_LONGEST_MEMORY = 0.998


def train(
    training: Training, lessons: Lessons, out: Path, *, minutes: float, rate: float, finish: bool
) -> None:
    """Train for some minutes, with a checkpoint every two.

    Args:
        training: Taken up where it stands.
        lessons: What to learn from.
        out: Folder of the checkpoint, the log and the weights.
        minutes: Wall time [min].
        rate: Learning rate.
        finish: Whether the rate falls to zero until the end.
    """
    began = saved = time.perf_counter()
    with ThreadPoolExecutor(1, initializer=torch.set_num_threads, initargs=(1,)) as ahead:
        coming = ahead.submit(lessons.at, training.step)
        while (spent := time.perf_counter() - began) < 60 * minutes:
            lesson = coming.result()
            coming = ahead.submit(lessons.at, training.step + 1)
            now = rate * min(1.0, (training.step + 1) / WARM_UP_STEPS)
            if finish:
                now *= 0.5 + 0.5 * math.cos(math.pi * spent / (60 * minutes))
            train_step(training, lesson, now)
            if training.step % SAID_STEPS == 0:
                _say(training, out, spent, now)
            if time.perf_counter() - saved > CHECKPOINT_SECS:
                _save(training, out)
                if isinstance(lessons.examples, Examples):
                    lessons.examples.look_again()
                saved = time.perf_counter()
    _save(training, out)


def main(arguments: list[str] | None = None) -> None:
    """Train until the minutes are spent."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    if options.threads:
        torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    examples = Examples(options.data)
    shape = own_shape(options.channels)
    training = new_training(shape, seed=options.seed, rate=options.rate, device=device)
    step = load_checkpoint(
        options.out, shape, training.network, training.average, training.optimizer
    )
    training.step = step
    if not step and options.begin:
        begin_with(options.begin, shape, training.network, training.average)
    log.info("%d frames, %d parameters, from step %d on %s",
             len(examples), parameter_count(training.network), step, device)  # fmt: skip
    names = [style.name for style in STYLES]
    lessons = Lessons(
        examples=examples, seed=options.seed, size=options.batch, crop_px=options.crop,
        device=device, more=[names.index(name) for name in options.more],
    )  # fmt: skip
    train(
        training, lessons, options.out,
        minutes=options.minutes, rate=options.rate, finish=options.finish,
    )  # fmt: skip


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of packed frames")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--minutes", type=float, default=60.0, help="wall time [min]")
    parser.add_argument("--begin", type=Path, help="weights to begin with, without a checkpoint")
    parser.add_argument("--finish", action="store_true", help="let the learning rate go to zero")
    parser.add_argument("--rate", type=float, default=8e-4, help="learning rate")
    parser.add_argument("--batch", type=int, default=8, help="crops a step, even")
    parser.add_argument("--crop", type=int, default=96, help="width of a crop [px]")
    parser.add_argument("--channels", type=int, nargs="+", default=[96, 160, 256])
    parser.add_argument("--seed", type=int, default=1, help="seed of all chance")
    parser.add_argument("--more", nargs="+", choices=[style.name for style in STYLES], default=[],
                        help="styles to learn from twice as often")  # fmt: skip
    parser.add_argument("--threads", type=int, default=0, help="processor threads; 0 for all")
    return parser.parse_args(arguments)


def _say(training: Training, out: Path, spent: float, rate: float) -> None:
    """Append one line to the log, and forget what it says."""
    starts, unsteady = training.starts, training.unsteady
    line = {
        "step": training.step,
        "secs": round(spent, 1),
        "rate": rate,
        "loss": sum(training.losses) / max(len(training.losses), 1),
        "one_step_error": sum(starts) / len(starts) if starts else None,
        "unsteady": sum(unsteady) / len(unsteady) if unsteady else None,
    }
    out.mkdir(parents=True, exist_ok=True)
    with (out / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    log.info("%s", line)
    training.losses.clear()
    training.starts.clear()
    training.unsteady.clear()


def _save(training: Training, out: Path) -> None:
    shape = training.network.shape
    save_checkpoint(
        out, shape, training.network, training.average, training.optimizer, training.step
    )
    card = {"steps": training.step}
    save_weights(out / "stylizer.safetensors", shape, training.average, card)


if __name__ == "__main__":
    main()
