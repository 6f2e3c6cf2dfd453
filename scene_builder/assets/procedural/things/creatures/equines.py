"""Zebras and unicorns: horses by another coat, and one with a horn."""

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
from scene_builder.assets.procedural.things.creatures.dressing import (
    creature,
    eyes,
    placed,
    spike,
)
from scene_builder.assets.procedural.things.creatures.grazers import HOOF, legs
from scene_builder.assets.shapes.rounds import tube
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

BLACK = Slot(color="#1c1a19")


def zebra() -> Blueprint:
    """Return a zebra, 1.4 m tall at its withers, with its stripes and an upright mane."""
    skin = modelled((*_horse(), *_zebra_tail()), blend=0.12, cells=106)
    skin = skin.painted(2, _striped).painted(2, _dark_ends)
    mane = modelled(_crest(0.085), blend=0.03, cells=56)
    mane = mane.painted(1, lambda c: np.sin(46 * (0.75 * c[:, 2] - 0.5 * c[:, 1])) > 0)
    made = creature(skin, *_face(), slots=(BLACK, HOOF))
    return replace(made, parts=(*made.parts, Part(solid=mane, slot=0, fill=0.1)))


def unicorn() -> Blueprint:
    """Return a unicorn, 1.5 m tall at its withers, its twisted horn half a metre long."""
    skin = modelled(_horse(), blend=0.12, cells=80)
    skin = skin.painted(3, lambda c: c[:, 2] < 0.09)  # noqa: PLR2004
    locks = [
        limb((0.03, -0.6 - 0.1 * k, 1.42 + 0.1 * k, 0.075), (0.13, -0.55 - 0.11 * k, 1.3 + 0.1 * k,
             0.06), (0.15, -0.53 - 0.11 * k, 1.13 + 0.1 * k, 0.025), flat=(0.6, 1, 1), blend=0.02)
        for k in range(4)
    ]  # fmt: skip
    forelock = limb((0, -1.0, 1.75, 0.05), (0.02, -1.16, 1.62, 0.03), flat=(0.8, 1, 1))
    hair = modelled((*_crest(0.1), *locks, forelock), blend=0.03, cells=54)
    tail = modelled(
        (
            smooth_limb((0, 0.74, 1.2, 0.06), (0, 0.95, 1.08, 0.09), (0.02, 1.08, 0.75, 0.12),
                        (-0.02, 1.12, 0.42, 0.08), (0, 1.2, 0.2, 0.02)),
        ),
        blend=0.05, cells=48,
    )  # fmt: skip
    made = creature(
        skin, *_face(), (_twisted_horn(), 4),
        slots=(Slot(color="#d7b4de"), HOOF, Slot(substance="bone", color="#e8c873")),
    )  # fmt: skip
    hairs = (Part(solid=one, slot=2, fill=0.1) for one in (hair, tail))
    return replace(made, parts=(*made.parts, *hairs))


def _horse() -> tuple[Limb, ...]:
    """Return the body of a horse without mane and tail, 1.35 m high at its withers."""
    return (
        limb((0, -0.45, 1.06, 0.25), (0, 0.08, 1.0, 0.28), (0, 0.52, 1.08, 0.26)),
        *legs(0.17, (-0.5, 0.62), 0.95, 0.13, 0.055),
        smooth_limb((0, -0.52, 1.12, 0.26), (0, -0.78, 1.36, 0.19), (0, -0.98, 1.6, 0.14), count=8),
        limb((0, -1.0, 1.62, 0.135), (0, -1.18, 1.48, 0.1), blend=0.06),
        limb((0, -1.16, 1.5, 0.095), (0, -1.36, 1.32, 0.085), flat=(0.85, 1, 1), blend=0.05),
        *both(limb((0.07, -0.97, 1.72, 0.04), (0.085, -0.96, 1.86, 0.018), flat=(1, 0.6, 1),
                   blend=0.03)),
    )  # fmt: skip


def _crest(high: float) -> tuple[Limb, ...]:
    """Return hair of a height [m] along the back of the neck."""
    return (
        limb((0, -0.46, 1.37, 0.5 * high), (0, -0.6, 1.47, high), (0, -0.76, 1.64, high),
             (0, -0.9, 1.78, high), (0, -1.03, 1.8, 0.6 * high), flat=(0.32, 1, 1)),
    )  # fmt: skip


def _zebra_tail() -> tuple[Limb, ...]:
    return (
        smooth_limb((0, 0.72, 1.18, 0.045), (0, 0.86, 0.95, 0.03), (0, 0.89, 0.72, 0.03),
                    (0, 0.9, 0.55, 0.055), (0, 0.89, 0.42, 0.03), count=10),
    )  # fmt: skip


def _face() -> tuple[tuple[Solid, int], ...]:
    """Return a horse's eyes and nostrils."""
    return (eyes(0.105, -1.13, 1.575, 0.026), 1), (eyes(0.045, -1.425, 1.31, 0.014), 1)


def _twisted_horn() -> Solid:
    """Return a horn with a spiral round it, leant forwards from the forehead."""
    turn = np.linspace(0, 12 * np.pi, 121)
    radius = 0.033 * (1 - 0.93 * turn / turn[-1])
    spiral = np.column_stack([radius * np.cos(turn), radius * np.sin(turn), 0.48 * turn / turn[-1]])
    ridge = tube(spiral, 0.2 * radius + 0.0012, sides=8)
    both_ = joined(spike(0.034, 0.52), ridge)
    return placed(both_, (0, -1.09, 1.66), lean_deg=38)


def _striped(c: Array) -> Array:
    """Pick a zebra's stripes: across its trunk and neck, level on its legs, oblique on its rump."""
    x, y, z = np.abs(c[:, 0]), c[:, 1], c[:, 2]
    rump = np.clip((y - 0.12) / 0.6, 0, 1) * np.deg2rad(68)
    trunk = 46 * (y * np.cos(rump) - (z - 1.25) * np.sin(rump)) + 1.2 * np.sin(7 * z + 3 * y)
    neck = 56 * (0.62 * (z - 1.2) - 0.78 * (y + 0.6)) * 0.8
    low = 62 * z + 2.5 * x
    head = 70 * (0.7 * (z - 1.55) + 0.7 * (y + 1.1))
    phase = np.where(z < 0.74, low, np.where(y < -0.99, head, np.where(y < -0.56, neck, trunk)))  # noqa: PLR2004
    belly = (z < 0.8) & (x < 0.13) & (np.abs(y) < 0.42)  # noqa: PLR2004
    return np.asarray((np.sin(phase) > 0.05) & ~belly & (z > 0.1))  # noqa: PLR2004


def _dark_ends(c: Array) -> Array:
    """Pick a zebra's muzzle, hooves and the tuft of its tail."""
    muzzle = (c[:, 1] < -1.33) & (c[:, 2] < 1.42)  # noqa: PLR2004
    tuft = (c[:, 1] > 0.8) & (c[:, 2] < 0.66)  # noqa: PLR2004
    return np.asarray(muzzle | tuft | (c[:, 2] < 0.08))  # noqa: PLR2004
