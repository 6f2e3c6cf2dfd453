"""Leaves, branches, sticks and cut roses."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.leaves import leaf_blade
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.sheets import fine_prism, thickened
from scene_builder.assets.shapes.solid import Solid, joined, support_points
from scene_builder.model.arrays import Array

LEAF = Slot(substance="leaf")
GREEN = Slot(substance="leaf", color="#3f6b2c")
PALE = Slot(substance="pine", color="#d9bd8c")

_MAPLE = (
    (0.0, 0.0), (0.06, -0.05), (0.2, -0.1), (0.27, -0.04), (0.36, -0.02), (0.3, 0.07), (0.42, 0.14),
    (0.55, 0.18), (0.52, 0.25), (0.6, 0.36), (0.47, 0.38), (0.42, 0.45), (0.27, 0.37), (0.2, 0.4),
    (0.28, 0.55), (0.22, 0.62), (0.25, 0.74), (0.13, 0.72), (0.08, 0.82), (0.0, 1.0),
)  # fmt: skip
"""Right half of a maple leaf's outline, from its stalk to its tip, for a blade 1 long."""
_VEINS = ((0.0, 0.94), (0.54, 0.33), (-0.54, 0.33), (0.31, -0.02), (-0.31, -0.02))


def leaf_rand(rng: np.random.Generator) -> Blueprint:
    """Return a fallen maple leaf, its edges curled up, with veins and a stalk."""
    long, curl = 0.1, float(rng.uniform(0.2, 0.34))
    half = np.array(_MAPLE)
    outline = np.concatenate([half, (half * [-1, 1])[-2:0:-1]])
    skew = float(rng.uniform(-0.06, 0.06))

    def bent(points: Float[Array, "n 3"]) -> Float[Array, "n 3"]:
        x, y, z = points.T
        rise = curl * (1.4 * x**2 + 0.5 * (y - 0.35) ** 2) + 0.012 * np.sin(9 * y + 5 * x)
        return np.asarray(long * np.stack([x + skew * y, y, z + rise], axis=1))

    corners = rounded_loop([(float(x), float(y), 0.02) for x, y in outline])
    blade = fine_prism(corners, 0.008, 0.07)
    blade = Solid(vertices=bent(blade.vertices), triangles=blade.triangles).with_hull(40)
    lines = [
        tube(
            bent(np.linspace((0, 0.01, 0.008), (x, y, 0.008), 8)),
            long * np.linspace(0.011, 0.004, 8),
            sides=6,
        )
        for x, y in _VEINS
    ]
    stalk = [(0, 0.02, 0.006), (0.0, -0.15, 0.02), (0.05, -0.34, 0.05), (0.1, -0.48, 0.02)]
    stem = tube(bent(curve(np.array(stalk), 12)), long * 0.013, sides=8, pieces=2)
    return Blueprint(
        parts=(
            Part(solid=blade),
            Part(solid=joined(*lines).without_hulls(), slot=1, fill=0.1),
            Part(solid=stem, slot=1),
        ),
        slots=(MAIN, Slot(substance="leaf", color="#a8ab62")),
    )


def stick_rand(rng: np.random.Generator) -> Blueprint:
    """Return a slightly crooked stick that lies along X, with knots and a broken-off twig."""
    long, radius = 0.8, 0.0125
    at = np.linspace(0, long, 9)
    sway = rng.normal(0, 0.007, (9, 2))
    line = curve(np.column_stack([at, sway[:, 0], 0.5 * sway[:, 1]]), 44)
    thick = radius * (1.12 - 0.38 * np.linspace(0, 1, 44)) * (1 + 0.05 * rng.normal(size=44))
    knots = [int(k) for k in rng.choice(np.arange(6, 38), 3, replace=False)]
    for k in knots:
        thick[k] *= 1.3
    wood = tube(line, thick, sides=12)
    lengths = [wood.vertices[12 * a : 12 * (a + 12)] for a in range(0, 44, 11)]
    wood = replace(wood, hulls=tuple(support_points(length, 40) for length in lengths))
    stub_at = line[26]
    stub = tube(
        np.array(
            [
                stub_at,
                stub_at + np.array([0.03, 0.018, 0.008]),
                stub_at + np.array([0.065, 0.046, 0.012]),
            ]
        ),
        np.array([0.0062, 0.0052, 0.0044]),
        sides=8,
        pieces=1,
    )
    ends = [
        ball_of(0.0012, 0.86 * t, 0.86 * t, detail=2).moved(*map(float, p)).without_hulls()
        for p, t in ((line[0], float(thick[0])), (line[-1], float(thick[-1])))
    ]
    return Blueprint(
        parts=tuple(
            Part(solid=s.moved(x=-long / 2), slot=slot)
            for s, slot in ((wood, 0), (stub, 0), (joined(*ends), 1))
        ),
        slots=(MAIN, PALE),
    )


def branch_rand(rng: np.random.Generator) -> Blueprint:
    """Return a broken-off branch that lies along X, with twigs and leaves."""
    way = [(0, 0, 0.028), (0.4, 0.05, 0.023), (0.8, -0.05, 0.018), (1.2, 0.02, 0.014)]
    line = curve(np.array(way), 24)
    thick = np.linspace(0.028, 0.008, 24)
    twigs, foliage = [], []
    for k in range(7):
        row = 6 + int(2.4 * k)
        side, reach = (-1) ** k, float(rng.uniform(0.2, 0.3)) * (1 - 0.06 * k)
        ahead, lift = reach * float(rng.uniform(0.7, 1.1)), float(rng.uniform(0.01, 0.11))
        bend = np.array([(0, 0, 0), (0.5 * ahead, 0.4 * side * reach, 0.4 * lift),
                        (ahead, side * reach, lift)])  # fmt: skip
        path = curve(line[row] + bend, 9)
        twigs.append(tube(path, np.linspace(0.6 * thick[row], 0.003, 9), sides=8, pieces=2))
        turn = float(np.rad2deg(np.arctan2(side * reach, ahead)))
        for n in range(5):
            spread = turn + (0 if n == 0 else (-1) ** n * 48)
            foliage.append(_leaf_rand(rng, path[8 - 2 * (n // 2) if n else 8], spread))
    foliage += [_leaf_rand(rng, line[-1], a) for a in (-40.0, 0.0, 40.0)]
    wood = tube(line, thick, sides=12, pieces=4)
    cut = ball_of(0.002, 0.024, 0.024, detail=2).moved(*map(float, line[0])).without_hulls()
    return Blueprint(
        parts=tuple(
            Part(solid=s.moved(x=-0.65), slot=slot, fill=fill)
            for s, slot, fill in (
                (wood, 0, 1.0), (joined(*twigs), 0, 1.0), (joined(*foliage), 1, 0.05),
                (cut, 2, 0.1),
            )
        ),
        slots=(MAIN, LEAF, PALE),
    )  # fmt: skip


def _leaf_rand(rng: np.random.Generator, at: Float[Array, "3"], turn: float) -> Solid:
    size = float(rng.uniform(0.085, 0.12))
    blade = leaf_blade(size, 0.48 * size, bend=float(rng.uniform(0.1, 0.5)))
    tilted = blade.turned("x", float(rng.uniform(-25, 25))).turned("y", float(rng.uniform(-35, 5)))
    leaf = tilted.turned("z", turn).moved(*map(float, at))
    # What hangs lower lies on the ground, as the wood does.
    return leaf.moved(z=max(0.0, -float(leaf.vertices[:, 2].min())))


def rose_rand(rng: np.random.Generator) -> Blueprint:
    """Return a cut rose that lies along X: a bloom of overlapping petals on a thorny stem."""
    petals = []
    for k in range(19):
        share = k / 18
        petals.append(_petal(0.008 + 0.026 * share**1.1, share).turned("z", 137.5 * k))
    cup = [
        leaf_blade(0.034, 0.011, bend=-0.3).turned("y", -22).moved(0.003, 0, -0.002).turned("z", a)
        for a in range(0, 360, 72)
    ]
    hip = ball_of(0.0075, 0.0075, 0.008, detail=2).moved(z=-0.004)
    bow = float(rng.uniform(-0.012, 0.012))
    line = curve(np.array([(0, 0, 0.006), (0.15, bow, 0.006), (0.3, -bow, 0.014),
                           (0.385, 0, 0.034)]), 20)  # fmt: skip
    stem = tube(line, np.linspace(0.0036, 0.0028, 20), sides=8, pieces=4)
    thorns = [
        tube(p + np.array([(0, 0, 0), (-0.004, 0.005 * s, 0.004), (-0.009, 0.007 * s, 0.007)]),
             np.array([0.002, 0.0012, 0.0002]), sides=6)
        for p, s in ((line[3], 1), (line[6], -1), (line[9], 1), (line[13], -1))
    ]  # fmt: skip
    leaves = [
        leaf_blade(0.062, 0.036, bend=0.35).turned("y", -14).turned("z", a + b).moved(*at)
        for at, a in ((tuple(map(float, line[7])), 62), (tuple(map(float, line[11])), -58))
        for b in (0, 55, -55)
    ]

    def head(s: Solid) -> Solid:
        return s.turned("y", 68).moved(0.392, 0, 0.037)

    bloom = joined(*petals)
    return Blueprint(
        parts=tuple(
            Part(solid=s.moved(x=-0.22), slot=slot, fill=fill)
            for s, slot, fill in (
                (head(bloom.with_hull(48)), 0, 0.35), (stem, 1, 1.0),
                (joined(head(joined(*cup, hip)), *thorns, *leaves).without_hulls(), 1, 0.3),
            )
        ),
        slots=(MAIN, GREEN),
        tags=("plant",),
    )  # fmt: skip


def _petal(reach: float, share: float) -> Solid:
    """Return a petal about Z: tight and tall near the bloom's heart, wide and rolled outside."""
    u, v = np.meshgrid(np.linspace(-1, 1, 7), np.linspace(0, 1, 6), indexing="xy")
    wide = np.deg2rad(95 - 33 * share) * (0.3 + 0.7 * np.sin(0.5 * np.pi * v**0.7))
    flare = 0.016 * share**1.5 * v**3
    radius = reach * (0.22 + 0.78 * np.sin(0.5 * np.pi * v**0.75)) * (1 + 0.09 * u) + flare
    high = (0.052 - 0.012 * share) * v * (1 - 0.16 * u**2) - 0.011 * share**2 * v**6
    grid = np.stack([radius * np.cos(u * wide), radius * np.sin(u * wide), high], axis=2)
    return thickened(grid, 0.0007)
