"""Strawberries, cherries and pineapples."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.procedural.things.kitchen.fruit import GREEN, on_stalk
from scene_builder.assets.procedural.variety import about
from scene_builder.assets.shapes.leaves import arching_leaf
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

SEED = Slot(substance="bone", color="#e6c35c")
GOLDEN = 137.5077
"""The angle from one leaf or seed to the next [deg] (Vogel 1979)."""


def strawberry_rand(rng: np.random.Generator) -> Blueprint:
    """Return a strawberry, 42 mm long, on its side, with its seeds and its green cap."""
    lean, blunt = float(rng.uniform(-0.03, 0.03)), float(rng.uniform(0.9, 1.1))

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        z = u[:, 2]
        broad = np.sqrt(np.clip(1 - z**2, 0, 1))
        cone = 1 + 0.2 * z - blunt * 0.3 * broad * np.clip(0.35 - z, 0, 1)
        return np.asarray(cone - 0.14 * np.exp(-(1 - z) / 0.05) + lean * u[:, 0] * (1 - z))

    flesh = ball_of(0.0165, 0.0165, 0.0225, detail=4, shape=shape)
    k = np.arange(86) + 0.5
    high, turn = 1 - 2 * k / len(k), np.deg2rad(GOLDEN) * k
    around = np.column_stack(
        [np.sqrt(1 - high**2) * np.cos(turn), np.sqrt(1 - high**2) * np.sin(turn), high]
    )
    around = around[high < 0.86]  # noqa: PLR2004 - none under the cap
    spots = around * shape(around)[:, None] * np.array([0.0165, 0.0165, 0.0225])
    seed = ball_of(0.0007, 0.0007, 0.0011, detail=1)
    seeds = joined(*(seed.moved(*(float(v) for v in spot)) for spot in spots))
    top = float(flesh.vertices[:, 2].max())
    cap = [
        arching_leaf(0.0145 * about(rng, 1.0, 0.1), 0.0062, 22, drop=0.95)
        .turned("z", 40 * n + float(rng.uniform(-8, 8))).moved(z=top - 0.0006)
        for n in range(9)
    ]  # fmt: skip
    stalk = tube(curve(np.array([(0, 0, top - 0.003), (0, 0, top + 0.004),
                                 (0.003, 0, top + 0.009)]), 8), 0.0009, sides=8)  # fmt: skip

    def lay(solid: Solid) -> Solid:
        return solid.turned("x", -72).turned("z", 25)

    # Its seeds stand out by a millimetre: it rests on them.
    whole = replace(lay(flesh), hulls=lay(joined(flesh, seeds)).with_hull(90).hulls)
    low = float(lay(joined(flesh, seeds)).vertices[:, 2].min())
    return Blueprint(
        parts=(
            Part(solid=whole.moved(z=-low)),
            Part(solid=lay(joined(*cap, stalk)).moved(z=-low).without_hulls(), slot=2),
            Part(solid=lay(seeds).moved(z=-low).without_hulls(), slot=1),
        ),
        slots=(MAIN, SEED, GREEN),
    )


def cherry_rand(rng: np.random.Generator) -> Blueprint:
    """Return a cherry, 22 mm across, on a long bent stalk."""

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        z = u[:, 2]
        seam = 0.03 * np.exp(-((u[:, 0] / 0.1) ** 2)) * (u[:, 1] < 0)
        return np.asarray(1 - 0.3 * np.exp(-(1 - z) / 0.12) - 0.05 * np.exp(-(1 + z) / 0.1) - seam)

    body = ball_of(0.0112, 0.0112, 0.0108, detail=4, shape=shape).seated()
    top, bend = float(body.vertices[:, 2].max()), float(rng.uniform(0.008, 0.012))
    line = curve(np.array([(0, 0, top - 0.004), (0.001, 0, top + 0.008),
                           (0.4 * bend, 0, top + 0.022), (bend, 0, top + 0.034)]), 14)  # fmt: skip
    radii = np.concatenate([np.full(12, 0.0006), [0.0009, 0.0013]])
    stalk = tube(line, radii, sides=8)
    return on_stalk(body, stalk, None, Slot(substance="leaf", color="#6d7f34"))


def pineapple_rand(rng: np.random.Generator) -> Blueprint:
    """Return a pineapple, 0.3 m tall, with its eyes in spirals and its crown of leaves."""

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        z, turn = u[:, 2], np.arctan2(u[:, 1], u[:, 0])
        one, other = np.cos(4 * turn + 11 * z), np.cos(4 * turn - 11 * z)
        eyes = np.clip(0.5 + 0.5 * one * other, 0, 1) ** 0.6 * np.clip(1 - z**4, 0, 1)
        ridge = 0.05 * (np.abs(np.sin(4 * turn + 11 * z) * np.sin(4 * turn - 11 * z))) ** 0.5
        return np.asarray(0.9 + 0.07 * eyes + ridge * (1 - z**4))

    body = ball_of(0.062, 0.062, 0.095, detail=5, shape=shape)
    low = float(body.vertices[:, 2].min())
    flat = Solid(
        vertices=np.maximum(body.vertices, [-np.inf, -np.inf, 0.93 * low]),
        triangles=body.triangles,
    ).with_hull(60)
    flat = flat.painted(1, _between_eyes).seated()
    top = float(flat.vertices[:, 2].max())
    leaves = []
    for k in range(30):
        rise = 25 + 58 * k / 30 + float(rng.uniform(-4, 4))
        long = 0.075 + 0.055 * np.sin(np.pi * (0.25 + 0.6 * k / 30)) * about(rng, 1.0)
        leaves.append(
            arching_leaf(float(long), 0.017, rise, drop=0.75 - 0.5 * k / 30).turned("z", GOLDEN * k)
            .moved(z=top - 0.012 + 0.018 * k / 30)
        )  # fmt: skip
    return Blueprint(
        parts=(
            Part(solid=flat),
            Part(solid=joined(*leaves).with_hull(60), slot=2, fill=0.2),
        ),
        slots=(MAIN, Slot(color="#6f5a1f"), Slot(substance="leaf", color="#56783c")),
    )


def _between_eyes(c: Array) -> Array:
    turn, z = np.arctan2(c[:, 1], c[:, 0]), c[:, 2] / 0.095
    return np.asarray(np.abs(np.sin(4 * turn + 11 * z) * np.sin(4 * turn - 11 * z)) < 0.1)  # noqa: PLR2004
