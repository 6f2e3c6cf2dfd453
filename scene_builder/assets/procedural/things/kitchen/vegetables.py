"""Vegetables, mushrooms and eggs."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
)
from scene_builder.assets.procedural.things.kitchen.fruit import on_stalk
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.leaves import leaf_blade
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import joined
from scene_builder.model.arrays import Array

GREEN = Slot(substance="leaf", color="#4f7d2e")


def tomato_rand(rng: np.random.Generator) -> Blueprint:
    """Return a tomato with its green star."""
    lobes = float(rng.uniform(0.012, 0.025))

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        wave = lobes * np.cos(5 * np.arctan2(u[:, 1], u[:, 0])) * np.clip(u[:, 2], 0, 1)
        return np.asarray(1 - 0.16 * np.exp(-((1 - u[:, 2]) / 0.09)) + wave)

    body = (ball_of(0.037, 0.037, 0.031, detail=4, shape=shape)).seated()
    high = float(body.vertices[:, 2].max())
    star = [leaf_blade(0.02, 0.005, bend=-0.25).moved(0.002).turned("z", 72 * k) for k in range(5)]
    stalk = tube(np.array([(0, 0, -0.004), (0.001, 0, 0.009)]), 0.0016, sides=8)
    return on_stalk(body, joined(*star, stalk).moved(z=high - 0.002), None, stalk_slot=GREEN)


def pumpkin_rand(rng: np.random.Generator) -> Blueprint:
    """Return a ribbed pumpkin with its stalk."""
    ribs, flat = 11, float(rng.uniform(0.74, 0.84))

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        around = np.abs(np.cos(ribs / 2 * np.arctan2(u[:, 1], u[:, 0])))
        groove = (around**0.7 - 1) * 0.1 * (1 - np.abs(u[:, 2]) ** 6)
        return np.asarray(1 + groove - 0.26 * np.exp(-((1 - np.abs(u[:, 2])) / 0.07)))

    body = (ball_of(0.15, 0.15, 0.15 * flat, detail=4, shape=shape)).seated()
    high = float(body.vertices[:, 2].max())
    path = curve(
        np.array(
            [(0, 0, high - 0.05), (0.0, 0, high), (0.012, 0, high + 0.03), (0.035, 0, high + 0.045)]
        ),
        12,
    )
    stalk = tube(path, np.linspace(0.022, 0.011, 12), sides=7, pieces=3)
    return Blueprint(
        parts=(Part(solid=body, fill=0.7), Part(solid=stalk, slot=1)),
        slots=(MAIN, Slot(substance="bark", color="#6d7a3a")),
    )


def carrot() -> Blueprint:
    """Return a carrot that lies on its side, with its greens."""
    outline = [
        (0, 0),
        (0.003, 0.003, 0.002),
        (0.011, 0.07, 0.05),
        (0.0165, 0.135, 0.01),
        (0.012, 0.145, 0.005),
        (0, 0.143),
    ]
    body = turned(outline, segments=32).turned("y", 90).moved(x=-0.08)
    lift = float(-body.vertices[:, 2].min())
    sprigs = [
        tube(
            curve(
                np.array(
                    [(0.06, 0, 0), (0.08, 0.01 * y, 0.004 + z), (0.11, 0.03 * y, 0.01 * z + 0.006)]
                ),
                8,
            ),
            np.linspace(0.0024, 0.001, 8),
            sides=6,
        )
        for y, z in ((-1, 0.0), (-0.3, 0.006), (0.4, 0.003), (1, 0.0))
    ]
    return Blueprint(
        parts=(
            Part(solid=body.moved(z=lift)),
            Part(solid=joined(*sprigs).without_hulls().moved(z=lift), slot=1),
        ),
        slots=(MAIN, GREEN),
    )


def mushroom() -> Blueprint:
    """Return a toadstool with white spots."""
    stem = turned(
        [(0.013, 0, 0.004), (0.011, 0.02, 0.01), (0.01, 0.062, 0.006), (0.02, 0.064)], segments=32
    )
    cap = turned(
        [
            (0.012, 0.055),
            (0.046, 0.056, 0.004),
            (0.045, 0.07, 0.014),
            (0.025, 0.09, 0.02),
            (0, 0.096),
        ]
    )
    spots = []
    for turn, tilt in (
        (0, 0),
        (10, 35),
        (80, 38),
        (150, 34),
        (220, 37),
        (290, 36),
        (45, 62),
        (120, 60),
        (200, 62),
        (330, 61),
        (265, 63),
    ):
        spot = ball_of(0.0062, 0.0062, 0.0016, detail=2).moved(z=0.036)
        spots.append(
            spot.turned("y", tilt).scaled(1.14, 1.14, 0.98).turned("z", turn).moved(z=0.0605)
        )
    return Blueprint(
        parts=(
            Part(solid=cap),
            Part(solid=stem, slot=1),
            Part(solid=joined(*spots).without_hulls(), slot=1),
        ),
        slots=(MAIN, Slot(substance="foam", color="#efe8d8")),
    )


def egg() -> Blueprint:
    """Return an egg that lies on its side (Narushin et al. 2021, universal egg shape)."""
    z = np.linspace(0, 1, 25)
    radius = (
        0.41
        * np.sqrt(np.maximum(4 * z * (1 - z), 0))
        * (1 - 0.18 * (z - 0.5))
        * np.sqrt(1 / (1 + 0.18 * (z - 0.5)))
    )
    outline = [(float(0.058 * r), float(0.058 * h)) for r, h in zip(radius * 0.94, z, strict=True)]
    outline[0], outline[-1] = (0.0, 0.0), (0.0, 0.058)
    body = turned(outline, segments=48).turned("y", 90).moved(x=-0.029).with_hull()
    return Blueprint(parts=(Part(solid=(body).seated()),), rolls="any")
