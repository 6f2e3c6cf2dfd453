"""Elephants, giraffes, cows, pigs and sheep."""

from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.procedural.things.creatures.clay import (
    Limb,
    both,
    limb,
    modelled,
    smooth_limb,
)
from scene_builder.assets.procedural.things.creatures.dressing import (
    IVORY,
    creature,
    eyes,
    horn,
    pair,
)
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.model.arrays import Array

HOOF = Slot(substance="bone", color="#2b2420")
PINK = Slot(color="#d9a096")


def elephant() -> Blueprint:
    """Return an elephant, 3 m tall, whose trunk hangs down."""
    skin = modelled(
        (
            limb((0, -0.7, 2.02, 0.8), (0, 0.2, 1.95, 0.88), (0, 0.9, 2.0, 0.74)),
            *both(
                limb((0.43, -0.85, 0.1, 0.3), (0.43, -0.85, 0.5, 0.25), (0.42, -0.8, 1.6, 0.36)),
                limb((0.43, 1.0, 0.1, 0.29), (0.43, 1.05, 0.55, 0.25), (0.4, 0.95, 1.6, 0.42)),
            ),
            limb((0, -1.2, 2.3, 0.55), (0, -1.75, 2.5, 0.5), blend=0.4),
            *both(limb((0.2, -1.8, 2.75, 0.3), blend=0.3)),
            smooth_limb((0, -2.05, 2.3, 0.31), (0, -2.5, 1.7, 0.22), (0, -2.58, 1.05, 0.16),
                        (0, -2.75, 0.55, 0.13), (0, -3.05, 0.5, 0.1)),
            *both(limb((0.62, -1.5, 2.5, 0.34), (0.95, -1.3, 2.35, 0.55), (0.85, -1.35, 1.9, 0.3),
                       flat=(1, 0.22, 1), blend=0.1)),
            smooth_limb((0, 1.55, 2.15, 0.1), (0, 1.82, 1.7, 0.075), (0, 1.85, 1.2, 0.09)),
        ),
        blend=0.3, cells=84,
    )  # fmt: skip
    tusks = pair(horn((0.27, -2.0, 2.1, 0.1), (0.34, -2.5, 1.75, 0.085), (0.36, -2.95, 1.85, 0.03)))
    return creature(skin, (eyes(0.4, -2.08, 2.55, 0.07), 1), (tusks, 2), slots=(IVORY,), fill=0.5)


def giraffe() -> Blueprint:
    """Return a giraffe, 5 m tall, with its patches."""
    skin = modelled(
        (
            limb((0, -0.45, 2.55, 0.5), (0, 0.65, 2.3, 0.42)),
            *legs(0.24, (-0.6, 0.75), 2.2, 0.22, 0.105),
            smooth_limb((0, -0.65, 2.75, 0.42), (0, -1.05, 3.5, 0.25), (0, -1.3, 4.4, 0.19),
                        count=8),
            limb((0, -1.38, 4.62, 0.21), (0, -1.85, 4.4, 0.12), blend=0.1),
            *both(limb((0.2, -1.28, 4.72, 0.05), (0.42, -1.22, 4.78, 0.06), flat=(1, 0.5, 1),
                       blend=0.04)),
            *both(limb((0.08, -1.32, 4.78, 0.05), (0.09, -1.28, 4.98, 0.065), blend=0.05)),
            smooth_limb((0, 1.05, 2.45, 0.08), (0, 1.2, 1.9, 0.06), (0, 1.2, 1.4, 0.09), count=6),
        ),
        blend=0.2, cells=88,
    )  # fmt: skip
    skin = skin.painted(2, _patched).painted(3, lambda c: c[:, 2] < 0.16)  # noqa: PLR2004
    coat = Slot(color="#8a4f22")
    return creature(skin, (eyes(0.17, -1.53, 4.64, 0.05), 1), slots=(coat, HOOF), fill=0.45)


def cow() -> Blueprint:
    """Return a cow with black patches, 1.45 m tall."""
    skin = modelled(
        (
            limb((0, -0.5, 1.05, 0.32), (0, 0.1, 1.0, 0.37), (0, 0.62, 1.07, 0.3)),
            *legs(0.2, (-0.52, 0.68), 0.9, 0.14, 0.075),
            limb((0, -0.7, 1.15, 0.23), (0, -1.0, 1.32, 0.18)),
            limb((0, -1.05, 1.36, 0.17), (0, -1.36, 1.17, 0.11), blend=0.08),
            *both(limb((0.17, -1.0, 1.42, 0.05), (0.31, -0.97, 1.4, 0.07), flat=(1, 0.5, 0.8),
                       blend=0.03)),
            smooth_limb((0, 0.92, 1.2, 0.045), (0, 1.0, 0.9, 0.035), (0, 0.99, 0.55, 0.06),
                        count=6),
        ),
        blend=0.12, cells=80,
    )  # fmt: skip
    udder = ball_of(0.17, 0.2, 0.12, detail=3).moved(0, 0.42, 0.68)
    muzzle = ball_of(0.125, 0.07, 0.1, detail=3).moved(0, -1.4, 1.15)
    horns = pair(horn((0.1, -1.03, 1.48, 0.035), (0.22, -1.03, 1.55, 0.03),
                      (0.25, -1.06, 1.68, 0.01)))  # fmt: skip
    skin = skin.painted(2, _blotched).painted(3, lambda c: c[:, 2] < 0.09)  # noqa: PLR2004
    return creature(
        skin, (eyes(0.15, -1.16, 1.38, 0.03), 1), (muzzle, 4), (udder, 4), (horns, 5),
        slots=(Slot(color="#1c1a1a"), HOOF, PINK, IVORY),
    )  # fmt: skip


def pig() -> Blueprint:
    """Return a pig, 0.7 m tall, with a curly tail."""
    skin = modelled(
        (
            limb((0, -0.25, 0.42, 0.22), (0, 0.1, 0.42, 0.24), (0, 0.32, 0.44, 0.2)),
            *legs(0.12, (-0.27, 0.33), 0.32, 0.1, 0.052),
            limb((0, -0.48, 0.5, 0.175), blend=0.12),
            limb((0, -0.6, 0.47, 0.1), (0, -0.68, 0.46, 0.085), blend=0.05),
            *both(limb((0.1, -0.5, 0.64, 0.06), (0.14, -0.56, 0.7, 0.045), flat=(1, 0.45, 1),
                       blend=0.02)),
            *both(limb((0.06, -0.64, 0.37, 0.04), blend=0.05)),
        ),
        blend=0.08,
    )  # fmt: skip
    turn = np.linspace(0, 3.2 * np.pi, 9)
    curl = horn(*((0.05 * np.sin(t), 0.5 + 0.012 * t, 0.5 + 0.05 * np.cos(t), 0.016) for t in turn))
    snout = ball_of(0.09, 0.02, 0.085, detail=3).moved(0, -0.765, 0.46)
    nostrils = pair(ball_of(0.016, 0.01, 0.024, detail=2).moved(0.034, -0.783, 0.465))
    skin = skin.painted(3, lambda c: c[:, 2] < 0.045)  # noqa: PLR2004
    return creature(
        skin, (eyes(0.085, -0.62, 0.57, 0.02), 1), (curl, 0), (snout, 2), (nostrils, 1),
        slots=(Slot(color="#d07f86"), HOOF),
    )  # fmt: skip


def sheep() -> Blueprint:
    """Return a sheep, 0.8 m tall, with its fleece and a dark face."""
    rng = np.random.default_rng(5)
    k = np.arange(64) + 0.5
    high = 1 - 2 * k / len(k)
    turn = np.pi * (1 + 5**0.5) * k
    around = np.stack([np.sqrt(1 - high**2) * np.cos(turn), high, np.sqrt(1 - high**2)
                       * np.sin(turn)], axis=1)  # fmt: skip
    curls = around * np.array([0.19, 0.36, 0.19]) + np.array([0, 0.05, 0.55])
    fleece = [limb((0, -0.12, 0.55, 0.2), (0, 0.22, 0.55, 0.2))]
    fleece += [limb((*c, rng.uniform(0.055, 0.085)), blend=0.03) for c in curls]
    fleece += [limb((0, -0.42, 0.83, 0.085), blend=0.03), limb((0, 0.47, 0.6, 0.07), blend=0.03)]
    wool = modelled(fleece, blend=0.05)
    bare = modelled(
        (
            limb((0, -0.3, 0.68, 0.13), (0, -0.43, 0.76, 0.105)),
            limb((0, -0.45, 0.76, 0.1), (0, -0.6, 0.66, 0.062)),
            *both(limb((0.09, -0.42, 0.79, 0.035), (0.2, -0.41, 0.74, 0.04), flat=(1, 0.6, 0.8),
                       blend=0.02)),
            *legs(0.12, (-0.2, 0.28), 0.45, 0.065, 0.04),
        ),
        blend=0.04,
    )  # fmt: skip
    face = Slot(substance="flesh", color="#2e2724")
    made = creature(wool, (eyes(0.078, -0.515, 0.77, 0.017), 1), slots=(face,))
    return replace(made, parts=(*made.parts, Part(solid=bare, slot=2)))


def legs(
    x: float, along: tuple[float, float], hip: float, thick: float, thin: float
) -> tuple[Limb, ...]:
    """Return four legs: at ±x, in front and behind, from the hips' height down [m]."""
    front, rear = along
    return both(
        limb((x, front, 0.4 * thin, 1.15 * thin), (x, front - 0.1 * thick, 0.12 * hip, thin),
             (x, front, 0.5 * hip, 1.15 * thin), (0.8 * x, front + 0.2 * thick, hip, thick)),
        limb((x, rear, 0.4 * thin, 1.15 * thin), (x, rear + 0.3 * thick, 0.14 * hip, thin),
             (x, rear + 0.6 * thick, 0.48 * hip, 1.2 * thin), (0.8 * x, rear, hip, 1.3 * thick)),
    )  # fmt: skip


def _patched(c: Array) -> Array:
    """Pick the inside of a giraffe's patches: cells round scattered points."""
    rng = np.random.default_rng(3)
    seeds = rng.uniform([-0.7, -2, 1.3], [0.7, 1.3, 4.6], (420, 3))
    near = cKDTree(seeds).query(c, k=2)[0]
    return np.asarray((near[:, 1] - near[:, 0] > 0.07) & (c[:, 2] > 1.3) & (c[:, 2] < 4.5))  # noqa: PLR2004


def _blotched(c: Array) -> Array:
    """Pick a cow's patches."""
    spots = np.array([(0.3, -0.35, 1.2, 0.3), (-0.35, 0.1, 1.1, 0.33), (0.3, 0.5, 1.0, 0.28),
                      (-0.1, 0.85, 1.2, 0.24), (0.1, -0.95, 1.45, 0.18), (-0.3, -0.75, 1.1, 0.2),
                      (0, 1.0, 0.55, 0.12)])  # fmt: skip
    off = np.linalg.norm(c[:, None] - spots[:, :3], axis=2)
    wavy = (
        1 + 0.14 * np.sin(c @ np.array([19.0, 13, 17])) + 0.1 * np.sin(c @ np.array([7, 23, -11]))
    )
    return np.asarray((off < spots[:, 3] * wavy[:, None]).any(axis=1))
