"""Sharks, whales, dolphins and octopuses, as they lie on the ground."""

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Slot
from scene_builder.assets.procedural.things.creatures.clay import (
    Limb,
    both,
    limb,
    modelled,
    smooth_limb,
)
from scene_builder.assets.procedural.things.creatures.dressing import (
    WHITE,
    creature,
    eyes,
    pair,
    placed,
    spike,
)
from scene_builder.assets.shapes.rounds import arc, ball_of, tube
from scene_builder.assets.shapes.solid import joined

PALE = Slot(color="#e9ebea")


def shark() -> Blueprint:
    """Return a shark, 3.5 m long, on its belly, its mouth a little open."""
    skin = modelled(
        (
            smooth_limb((0, -1.55, 0.5, 0.13), (0, -1.1, 0.47, 0.31), (0, -0.35, 0.45, 0.43),
                        (0, 0.5, 0.47, 0.33), (0, 1.2, 0.52, 0.16), (0, 1.6, 0.55, 0.09)),
            limb((0, -0.25, 0.8, 0.22), (0, 0.12, 1.2, 0.06), flat=(0.25, 1, 1), blend=0.1),
            limb((0, 1.5, 0.55, 0.12), (0, 1.95, 1.15, 0.06), flat=(0.35, 1, 1), blend=0.08),
            limb((0, 1.55, 0.53, 0.1), (0, 1.8, 0.2, 0.05), flat=(0.35, 1, 1), blend=0.08),
            *both(
                limb((0.3, -0.45, 0.35, 0.18), (0.85, 0.05, 0.1, 0.07),
                     flat=(1, 1, 0.35), blend=0.1),
                limb((0.15, 0.75, 0.3, 0.1), (0.35, 0.95, 0.17, 0.05),
                     flat=(1, 1, 0.4), blend=0.08),
            ),
        ),
        blend=0.1, cells=90,
    )  # fmt: skip
    skin = skin.painted(2, lambda c: (c[:, 2] < 0.4 + 0.03 * np.sin(6 * c[:, 1])) & (c[:, 1] < 1.5))  # noqa: PLR2004
    mouth = ball_of(0.17, 0.17, 0.05, detail=3).moved(0, -1.46, 0.375)
    jaw = arc((0, -1.46, 0.4), (0.155, 0, 0), (0, -0.155, 0), (20, 160), 11)
    teeth = [placed(spike(0.02, 0.07), p, lean_deg=180) for p in jaw]
    return creature(
        skin, (eyes(0.25, -1.22, 0.58, 0.04), 1), (joined(*teeth), 3), (mouth, 4),
        slots=(PALE, WHITE, Slot(color="#5a1f22")), fill=0.7,
    )  # fmt: skip


def dolphin() -> Blueprint:
    """Return a dolphin, 2.4 m long, on its belly."""
    skin = modelled(
        (
            smooth_limb((0, -0.85, 0.33, 0.19), (0, -0.35, 0.3, 0.275), (0, 0.15, 0.3, 0.25),
                        (0, 0.7, 0.33, 0.13), (0, 1.1, 0.36, 0.06)),
            limb((0, -1.0, 0.26, 0.075), (0, -1.22, 0.24, 0.045), flat=(1, 1, 0.8), blend=0.06),
            limb((0, -0.02, 0.5, 0.14), (0, 0.22, 0.76, 0.045), flat=(0.3, 1, 1), blend=0.06),
            *both(
                limb((0, 1.05, 0.36, 0.09), (0.32, 1.25, 0.36, 0.05), flat=(1, 1, 0.4), blend=0.04),
                limb((0.2, -0.4, 0.2, 0.1), (0.46, -0.15, 0.07, 0.045),
                     flat=(1, 1, 0.4), blend=0.05),
            ),
        ),
        blend=0.1, cells=90,
    )  # fmt: skip
    skin = skin.painted(2, lambda c: (c[:, 2] < 0.22) & (np.abs(c[:, 0]) < 0.24))  # noqa: PLR2004
    return creature(skin, (eyes(0.175, -0.93, 0.34, 0.02), 1), slots=(PALE,), fill=0.8)


def whale() -> Blueprint:
    """Return a whale, 15 m long, on its belly, its flukes raised."""
    skin = modelled(
        (
            smooth_limb((0, -6.0, 1.75, 1.35), (0, -4.0, 1.85, 1.85), (0, -1.2, 1.8, 1.8),
                        (0, 2.2, 1.6, 1.1), (0, 4.8, 2.0, 0.55), (0, 6.3, 2.9, 0.36)),
            *both(
                limb((0, 6.2, 2.9, 0.5), (1.1, 7.0, 3.3, 0.5), (2.1, 7.45, 3.35, 0.24),
                     flat=(1, 1, 0.4), blend=0.25),
                limb((1.5, -3.4, 1.1, 0.6), (2.7, -2.2, 0.4, 0.45), (3.1, -1.6, 0.25, 0.22),
                     flat=(1, 1, 0.4), blend=0.3),
            ),
            limb((0, 3.0, 2.55, 0.35), (0, 3.5, 2.9, 0.16), flat=(0.4, 1, 1), blend=0.3),
        ),
        blend=0.4, cells=96,
    )  # fmt: skip
    skin = skin.painted(
        2, lambda c: c[:, 2] < np.interp(c[:, 1], [-7, -3, 2, 6], [1.5, 1.0, 0.9, 0])
    )
    mouth = arc((0, -4.5, 1.55), (1.62, 0.3, 0.1), (0, -2.72, -0.05), (180, 360), 25)
    line = tube(mouth, 0.05, sides=8)
    return creature(skin, (eyes(1.66, -4.7, 1.95, 0.13), 1), (line, 1), slots=(PALE,), fill=0.5)


def octopus() -> Blueprint:
    """Return an octopus, 0.8 m across, its eight arms spread and curled up at their ends."""
    arms: list[Limb] = []
    for k in range(8):
        turn = 2 * np.pi * (k + 0.5) / 8
        bend = 0.35 if k % 2 else -0.35
        path = [(0.06, 0.13, 0.05), (0.16, 0.042, 0.044), (0.27, 0.024, 0.033), (0.36, 0.06, 0.022),
                (0.38, 0.11, 0.014), (0.345, 0.13, 0.01)]  # fmt: skip
        balls = []
        for far, z, radius in path:
            at = turn + bend * far / 0.36
            balls.append((far * np.cos(at), far * np.sin(at), z, radius))
        arms.append(smooth_limb(*balls, count=10))
    skin = modelled(
        (limb((0, 0.03, 0.33, 0.125), (0, 0.0, 0.16, 0.085)), *arms), blend=0.045, cells=88
    )
    whites = pair(ball_of(0.034, 0.03, 0.036, detail=2).moved(0.06, -0.085, 0.24))
    return creature(
        skin, (eyes(0.063, -0.111, 0.242, 0.0165), 1), (whites, 2), slots=(WHITE,), fill=0.7
    )
