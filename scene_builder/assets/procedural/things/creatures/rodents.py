"""Mice and hedgehogs."""

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Slot
from scene_builder.assets.procedural.things.creatures.clay import (
    both,
    limb,
    modelled,
    smooth_limb,
)
from scene_builder.assets.procedural.things.creatures.dressing import creature, eyes
from scene_builder.assets.shapes.rounds import ball_of, tube
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

PINK = Slot(color="#c9928a")
NOSE = Slot(substance="plastic", color="#241c1a")
SPINES = Slot(substance="bone", color="#7a5f47")

ROWS, SPINES_MOST = 19, 27
"""Rows of spines from a hedgehog's brow to its tail; spines of the longest row."""


def mouse() -> Blueprint:
    """Return a mouse, 0.12 m long with its tail, on four feet with its nose ahead."""
    skin = modelled(
        (
            limb((0, 0.02, 0.0195, 0.0165), (0, -0.008, 0.0175, 0.0125), flat=(0.98, 1, 1)),
            limb((0, -0.024, 0.02, 0.0108), (0, -0.0385, 0.0165, 0.0045), blend=0.008),
            *both(
                limb((0.009, -0.0185, 0.031, 0.0078), flat=(1, 0.34, 1), blend=0.002),
                limb((0.011, 0.023, 0.013, 0.0105), (0.0125, 0.012, 0.004, 0.0042),
                     (0.0125, 0.002, 0.0025, 0.003), blend=0.005),
                limb((0.008, -0.014, 0.012, 0.0048), (0.009, -0.019, 0.004, 0.0028),
                     (0.009, -0.0235, 0.002, 0.0024), blend=0.004),
            ),
        ),
        blend=0.008, cells=84,
    )  # fmt: skip
    skin = skin.painted(2, _mouse_pink)
    tail = smooth_limb(
        (0, 0.034, 0.013, 0.0022), (0.003, 0.046, 0.006, 0.0018), (0.013, 0.058, 0.0024, 0.0014),
        (0.017, 0.072, 0.0018, 0.001), count=18,
    )  # fmt: skip
    whip = tube(tail.balls[:, :3], tail.balls[:, 3], sides=8)
    nose = ball_of(0.0019, 0.0016, 0.0015, detail=2).moved(0, -0.0428, 0.0168)
    return creature(
        skin,
        (eyes(0.0072, -0.031, 0.0232, 0.0021), 1),
        (joined(whip, nose), 2),
        slots=(PINK,),
        fill=0.7,
    )


def _mouse_pink(c: Array) -> Array:
    """Return where a mouse has no fur: in its ears and on its feet."""
    ears = (c[:, 2] > 0.0285) & (c[:, 1] < -0.0195) & (np.abs(c[:, 0]) > 0.004)  # noqa: PLR2004
    return np.asarray(ears | (c[:, 2] < 0.0042))  # noqa: PLR2004


def hedgehog() -> Blueprint:
    """Return a hedgehog, 0.22 m long: its back and flanks under a coat of spines."""
    skin = modelled(
        (
            limb((0, 0.025, 0.06, 0.052), (0, -0.03, 0.055, 0.045), flat=(1.02, 1, 0.98)),
            limb((0, -0.065, 0.046, 0.03), (0, -0.1, 0.036, 0.011), blend=0.02),
            *both(
                limb((0.027, -0.055, 0.074, 0.011), flat=(1, 0.45, 1), blend=0.005),
                limb((0.03, -0.035, 0.022, 0.014), (0.032, -0.05, 0.006, 0.009), blend=0.01),
                limb((0.032, 0.05, 0.022, 0.015), (0.034, 0.036, 0.006, 0.01), blend=0.01),
            ),
        ),
        blend=0.02, cells=62,
    )  # fmt: skip
    nose = ball_of(0.0075, 0.006, 0.0062, detail=2).moved(0, -0.111, 0.037)
    coat = [_spine(*place) for place in _spine_places()]
    return creature(
        skin, (eyes(0.0185, -0.0815, 0.0565, 0.0048), 1), (nose, 2), (joined(*coat), 3),
        slots=(NOSE, SPINES),
    )  # fmt: skip


def _spine_places() -> list[tuple[Array, Array]]:
    """Return where spines stand on the back, and which way they point: out and backwards."""
    middle, half = np.array([0, 0.008, 0.056]), np.array([0.05, 0.078, 0.05])
    places = []
    for row, pitch in enumerate(np.linspace(-0.78, 0.95, ROWS) * np.pi / 2):
        count = max(5, int(SPINES_MOST * np.cos(pitch)))
        for k in range(count):
            # Over the back from one flank to the other; every other row half a step aside.
            share = (k + 0.25 + 0.5 * (row % 2)) / count
            turn = np.deg2rad(-18) + np.deg2rad(216) * share
            way = np.array([np.cos(turn) * np.cos(pitch), np.sin(pitch),
                            np.sin(turn) * np.cos(pitch)])  # fmt: skip
            out = way / half
            out = out / np.linalg.norm(out) + [0, 0.55, 0]
            places.append((middle + way * half, out / np.linalg.norm(out)))
    return places


def _spine(at: Array, out: Array) -> Solid:
    """Return one spine, 20 mm long, sunk into the skin [m]."""
    path = at + np.array([-0.005, 0.008, 0.02])[:, None] * out
    return tube(path, np.array([0.0017, 0.0016, 0.0003]), sides=5, pieces=1).without_hulls()
