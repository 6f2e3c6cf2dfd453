"""Lions, tigers, bears and penguins: what has paws, and what hunts fish on foot."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.procedural.things.creatures.clay import (
    Limb,
    both,
    limb,
    modelled,
    smooth_limb,
)
from scene_builder.assets.procedural.things.creatures.dressing import creature, eyes, placed, spike
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.assets.shapes.solid import Solid
from scene_builder.model.arrays import Array

CREAM = Slot(color="#efe3cc")
BLACK = Slot(color="#1d1a18")


def lion() -> Blueprint:
    """Return a lion with his mane, 1.15 m tall."""
    skin = modelled((*_cat(), *_tail()), blend=0.08)
    skin = skin.painted(2, _muzzle)
    locks = [limb((0, -0.66, 0.9, 0.23), (0, -0.5, 0.8, 0.24), flat=(1, 0.8, 1))]
    for k in range(13):
        turn = 2 * np.pi * k / 13
        x, z = np.sin(turn), np.cos(turn)
        locks.append(
            limb((0.17 * x, -0.72, 0.92 + 0.17 * z, 0.085),
                 (0.26 * x, -0.6, 0.88 + 0.26 * z, 0.07), blend=0.03)
        )  # fmt: skip
    locks.append(limb((0, 1.2, 0.4, 0.05), (0, 1.22, 0.3, 0.065), (0, 1.2, 0.22, 0.03)))
    mane = modelled(locks, blend=0.05, cells=96)
    made = creature(skin, *_face(), slots=(CREAM, Slot(color="#5a3217")))
    return replace(made, parts=(*made.parts, Part(solid=mane, slot=3, fill=0.1)))


def tiger() -> Blueprint:
    """Return a tiger with his stripes, 1 m tall."""
    skin = modelled((*_cat(), *_tail()), blend=0.08, cells=100)
    pale = skin.painted(2, lambda c: _muzzle(c) | ((c[:, 2] < 0.62) & (np.abs(c[:, 0]) < 0.13)))  # noqa: PLR2004
    return creature(pale.painted(3, _striped), *_face(), slots=(CREAM, BLACK))


def penguin() -> Blueprint:
    """Return a penguin, 0.85 m tall, its flippers a little spread."""
    skin = modelled(
        (
            limb((0, 0.01, 0.2, 0.155), (0, 0, 0.36, 0.165), (0, 0, 0.56, 0.115),
                 flat=(1, 0.92, 1)),
            limb((0, -0.02, 0.72, 0.105), blend=0.1),
            *both(limb((0.14, 0, 0.58, 0.05), (0.215, 0.0, 0.42, 0.06), (0.25, 0.01, 0.27, 0.025),
                       flat=(0.45, 1, 1), blend=0.04)),
            limb((0, 0.12, 0.12, 0.06), (0, 0.22, 0.04, 0.03), blend=0.06),
        ),
        blend=0.05,
    )  # fmt: skip
    skin = skin.painted(2, _bibbed)
    feet = modelled(
        [
            side
            for toe in (-0.045, 0, 0.045)
            for side in both(limb((0.085, 0, 0.03, 0.035), (0.095 + toe, -0.15, 0.018, 0.024)))
        ],
        blend=0.02, cells=40,
    )  # fmt: skip
    bill = placed(spike(0.03, 0.13).scaled(0.9, 0.8, 1), (0, -0.11, 0.715), lean_deg=97)
    orange = Slot(substance="bone", color="#e8912a")
    made = creature(
        skin, (eyes(0.058, -0.105, 0.755, 0.014), 1), (bill, 3),
        slots=(Slot(color="#f4f1e8"), orange), fill=3.2,
    )  # fmt: skip
    return replace(made, parts=(*made.parts, Part(solid=feet, slot=3, fill=0.5)))


def _cat() -> tuple[Limb, ...]:
    """Return the body of a big cat, its head 0.95 m above the ground."""
    return (
        limb((0, -0.42, 0.74, 0.22), (0, 0.05, 0.71, 0.19), (0, 0.48, 0.74, 0.2)),
        *both(
            limb((0.13, -0.54, 0.045, 0.06), (0.13, -0.46, 0.05, 0.06)),
            limb((0.13, -0.46, 0.06, 0.055), (0.13, -0.43, 0.4, 0.07), (0.12, -0.4, 0.68, 0.13)),
            limb((0.13, 0.46, 0.045, 0.055), (0.13, 0.55, 0.05, 0.055)),
            limb((0.13, 0.56, 0.06, 0.05), (0.13, 0.62, 0.3, 0.055), (0.13, 0.5, 0.52, 0.11),
                 (0.11, 0.5, 0.7, 0.15)),
        ),
        limb((0, -0.55, 0.82, 0.17), (0, -0.75, 0.95, 0.165)),
        limb((0, -0.85, 0.9, 0.1), (0, -0.97, 0.87, 0.085), flat=(1, 1, 0.9), blend=0.06),
        *both(limb((0.12, -0.74, 1.08, 0.055), flat=(1, 0.5, 1), blend=0.03)),
    )  # fmt: skip


def _tail() -> tuple[Limb, ...]:
    return (
        smooth_limb((0, 0.6, 0.8, 0.05), (0, 0.92, 0.68, 0.035), (0, 1.1, 0.5, 0.033),
                    (0, 1.22, 0.34, 0.035), count=8),
    )  # fmt: skip


def _face() -> tuple[tuple[Solid, int], ...]:
    """Return a big cat's eyes and nose."""
    nose = ball_of(0.036, 0.02, 0.024, detail=2).moved(0, -1.045, 0.9)
    return (eyes(0.075, -0.9, 1.0, 0.02), 1), (nose, 1)


def _muzzle(c: Array) -> Array:
    return np.asarray((c[:, 1] < -0.9) & (c[:, 2] < 0.92))  # noqa: PLR2004


def _striped(c: Array) -> Array:
    """Pick a tiger's stripes: bands round its body that fork and end."""
    x, y, z = np.abs(c[:, 0]), c[:, 1], c[:, 2]
    wave = np.sin(46 * y + 2.2 * np.sin(9 * z + 3 * np.sin(5 * y)) + 5 * x)
    legs = np.sin(52 * z + 3 * y) > 0.75  # noqa: PLR2004
    coat = np.where(z < 0.5, legs & (y > -0.5), wave > 0.45 + 0.6 * np.clip(0.62 - z, 0, 1))  # noqa: PLR2004
    return np.asarray(coat & (y > -0.88) & ~((z < 0.62) & (x < 0.13) & (z > 0.5)))  # noqa: PLR2004


def _bibbed(c: Array) -> Array:
    """Pick a penguin's white front."""
    x, y, z = c.T
    belly = (y < -0.035) & (np.abs(x) < 0.125 - 0.02 * (z > 0.55)) & (z < 0.66)  # noqa: PLR2004
    cheeks = (np.abs(np.hypot(y + 0.04, z - 0.7) - 0.02) < 0.035) & (np.abs(x) > 0.07)  # noqa: PLR2004
    return np.asarray(belly | cheeks)
