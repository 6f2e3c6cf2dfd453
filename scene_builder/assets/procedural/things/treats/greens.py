"""Cucumbers and broccoli."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, fused, joined, support_points
from scene_builder.model.arrays import Array

LIFT_M = 0.022
"""Height of a cucumber's middle line above what it lies on."""


def cucumber_rand(rng: np.random.Generator) -> Blueprint:
    """Return a cucumber that lies along X, streaked and warty, its right end cut off."""
    bend, sides = float(rng.uniform(0.006, 0.012)), 40
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    x = np.concatenate([[-0.1095, -0.106], np.linspace(-0.098, 0.1, 24)])
    t = np.clip((x + 0.11) / 0.05, 0, 1)
    middle = bend * (1 - (x / 0.11) ** 2)
    ribs = 1 + 0.022 * np.cos(9 * angle)
    rings = [
        np.column_stack(
            [np.full(sides, at), m + r * ribs * np.cos(angle), r * ribs * np.sin(angle)]
        )
        for at, m, r in zip(x, middle, 0.0215 * np.sqrt(1 - (1 - t) ** 2.4), strict=True)
    ]
    skin = skinned(rings, (-0.11, middle[0], 0), (0.1, middle[-1], 0))
    hulls = tuple(
        support_points(np.concatenate(rings[a : b + 1]), 40)
        for a, b in ((0, 6), (6, 12), (12, 18), (18, 25))
    )

    def faces(c: Array) -> Array:
        streak = np.cos(9 * np.arctan2(c[:, 2], c[:, 1] - 0.7 * bend) + 0.4) > 0.82  # noqa: PLR2004
        return np.asarray(streak & (c[:, 0] < 0.06))  # noqa: PLR2004

    body = Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=hulls)
    flesh = _cut_face().moved(0.1001, float(middle[-1]), 0)
    warts = joined(*(_wart(rng, bend) for _ in range(46)))
    stalk = tube(np.array([(-0.108, middle[0], 0), (-0.117, middle[0] - 0.002, 0.002)]), 0.0032)
    return Blueprint(
        parts=(
            Part(solid=body.painted(1, faces).moved(z=LIFT_M)),
            Part(solid=warts.without_hulls().moved(z=LIFT_M), slot=1, fill=0.1),
            Part(solid=flesh.without_hulls().moved(z=LIFT_M), slot=2, fill=0.1),
            Part(solid=stalk.without_hulls().moved(z=LIFT_M), slot=1),
        ),
        slots=(
            MAIN, Slot(substance="skin_of_fruit", color="#4f7f35"),
            Slot(substance="skin_of_fruit", color="#d3e3a0"),
        ),
    )  # fmt: skip


def broccoli_rand(rng: np.random.Generator) -> Blueprint:
    """Return a head of broccoli that stands on its cut stem."""
    trunk = tube(
        np.array([(0, 0, 0), (0, 0, 0.02), (0.001, 0, 0.05), (0, 0, 0.075)]),
        np.array([0.023, 0.0205, 0.0195, 0.025]), sides=20, pieces=3,
    )  # fmt: skip
    heads, limbs = [], []
    rings = [(0.0, 0.0, 1), (0.034, 0.018, 6), (0.056, 0.042, 8)]
    for row, (out, down, count) in enumerate(rings):
        for k in range(count):
            a = 2 * np.pi * (k + 0.4 * row) / count + float(rng.uniform(-0.1, 0.1))
            at = np.array([out * np.cos(a), out * np.sin(a), 0.132 - down])
            size = float(rng.uniform(0.021, 0.025))
            heads.append(_floret(rng, size).moved(*map(float, at)))
            if row:
                root = np.array([0.012 * np.cos(a), 0.012 * np.sin(a), 0.045])
                way = np.array([root, 0.45 * root + 0.55 * at - [0, 0, 0.014], at])
                limbs.append(tube(curve(way, 5), np.linspace(0.0095, 0.0075, 5), sides=6, pieces=1))
    return Blueprint(
        parts=(
            *(Part(solid=h, fill=0.5) for h in heads),
            Part(solid=fused(trunk, *limbs), slot=1, fill=0.8),
        ),
        slots=(MAIN, Slot(substance="leaf", color="#9dbb62")),
    )


def _cut_face() -> Solid:
    """Return the pale face of a cut, a disc across X with its ring of seeds."""
    disc = tube(np.array([(0, 0, 0), (0.0006, 0, 0)]), 0.0196, sides=40)
    seeds = [
        ball_of(0.0006, 0.0016, 0.0034, detail=1).moved(0.0008, 0, 0.0105).turned("x", 40 * k)
        for k in range(9)
    ]
    return joined(disc, *seeds)


def _wart(rng: np.random.Generator, bend: float) -> Solid:
    x, a = float(rng.uniform(-0.088, 0.094)), float(rng.uniform(-0.9, np.pi + 0.9))
    middle = bend * (1 - (x / 0.11) ** 2)
    bump = ball_of(0.0015, 0.0015, 0.0012, detail=0)
    r = 0.0215 * (1 + 0.022 * np.cos(9 * a))
    return bump.moved(x, middle + float(r * np.cos(a)), float(r * np.sin(a)))


def _floret(rng: np.random.Generator, size: float) -> Solid:
    """Return a knob of buds: a ball whose corners stand in and out."""
    return ball_of(
        size, size, 0.92 * size, detail=2,
        shape=lambda u: np.asarray(1 + rng.uniform(-0.11, 0.11, len(u))),
    )  # fmt: skip
