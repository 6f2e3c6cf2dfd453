"""A stylizer's model that is small, untrained and saved where a test wants it."""

import torch

from render.stylize.diffusion.condition import KNOWN_CHANNELS
from render.stylize.diffusion.network import Shape, StyleNetwork
from render.stylize.diffusion.weights import save_weights
from render.stylize.painting.strokes import CHANNELS
from render.stylize.painting.styles import STYLES

TINY = Shape(
    condition=KNOWN_CHANNELS + len(CHANNELS),
    styles=tuple(style.name for style in STYLES),
    channels=(16, 24, 32),
    blocks=1,
    embedding=32,
)


def tiny_network(change=0.0):
    """An untrained network whose change to the rendered picture is about `change`."""
    torch.manual_seed(3)
    network = StyleNetwork(TINY)
    torch.nn.init.normal_(network.leave.weight, std=change / 12)
    return network


def save_tiny(path, change=0.0):
    """Save an untrained network and return the path."""
    save_weights(path, TINY, tiny_network(change).state_dict(), {"steps": 0})
    return path
