"""Checkpoints: weights, their average and the optimiser's state, in safetensors only."""

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from render.stylize.diffusion.network import Shape, shape_of
from render.stylize.diffusion.weights import load_network
from scene_builder.model.errors import ModelError

NAME = "checkpoint.safetensors"
_PARTS = ("weights", "average", "optimizer")


def save_checkpoint(
    folder: Path,
    shape: Shape,
    network: nn.Module,
    average: dict[str, Tensor],
    optimizer: Optimizer,
    step: int,
) -> None:
    """Write all that training needs to go on, whole or not at all."""
    from safetensors.torch import save_file

    held = {f"weights.{name}": value for name, value in network.state_dict().items()}
    held |= {f"average.{name}": value for name, value in average.items()}
    for index, state in optimizer.state_dict()["state"].items():
        held |= {f"optimizer.{index}.{name}": torch.as_tensor(v) for name, v in state.items()}
    head = {"step": str(step), "shape": json.dumps(shape.record())}
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / (NAME + ".part")
    save_file({name: value.detach().cpu().contiguous() for name, value in held.items()}, part, head)
    part.replace(folder / NAME)


def load_checkpoint(
    folder: Path, shape: Shape, network: nn.Module, average: dict[str, Tensor], optimizer: Optimizer
) -> int:
    """Take up where a checkpoint was left, and return its step; 0 if there is none.

    Raises:
        ModelError: If the checkpoint belongs to a network of another shape.
    """
    from safetensors import safe_open

    path = folder / NAME
    if not path.is_file():
        return 0
    device = str(next(network.parameters()).device)
    with safe_open(path, framework="pt", device=device) as file:
        head = file.metadata()
        held = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    if shape_of(json.loads(head["shape"])) != shape:
        raise ModelError(f"{path} is of a network of another shape; choose another --out")
    weights, averaged, states = ({
        name.removeprefix(part + "."): value
        for name, value in held.items() if name.startswith(part + ".")
    } for part in _PARTS)  # fmt: skip
    network.load_state_dict(weights)
    for name, value in averaged.items():
        average[name].copy_(value)
    moments: dict[int, dict[str, Tensor]] = {}
    for name, value in states.items():
        index, _, what = name.partition(".")
        moments.setdefault(int(index), {})[what] = value.cpu() if what == "step" else value
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": moments, "param_groups": groups})
    return int(head["step"])


def begin_with(path: Path, shape: Shape, network: nn.Module, average: dict[str, Tensor]) -> None:
    """Begin with weights that are there already, not with chance.

    Raises:
        ModelError: If there are none, or if they are of a network of another shape.
    """
    given = load_network(path, dtype=torch.float32)
    if given.shape != shape:
        raise ModelError(f"{path} is of a network of another shape; leave out --begin")
    network.load_state_dict(given.state_dict())
    for name, value in given.state_dict().items():
        average[name].copy_(value)
