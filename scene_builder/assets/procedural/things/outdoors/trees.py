"""Trees and bushes."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.foliage import leaves_rand
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

BARK = Slot(substance="bark")

_HEART = 0.86
"""Radius of the twigs and shaded leaves that nobody looks through, as a share of a clump's."""


def tree_rand(rng: np.random.Generator) -> Blueprint:
    """Return a broad-leaved tree: a trunk, boughs, and a crown of leaf clumps."""
    trunk_line = np.array([(0, 0, 0), (0.03, 0.02, 0.7), (-0.02, 0, 1.5), (0.02, 0.03, 2.4)])
    trunk = tube(
        curve(trunk_line, 14),
        np.interp(np.arange(14), [0, 1, 5, 13], [0.24, 0.19, 0.14, 0.08]),
        sides=12,
        pieces=5,
    )
    boughs, clumps = [], []
    for k in range(9):
        turn = 137.5 * k + float(rng.uniform(-15, 15))
        start, reach, lift = (
            1.3 + 0.12 * k,
            float(rng.uniform(0.7, 1.0)),
            float(rng.uniform(0.5, 0.9)),
        )
        path = curve(
            np.array(
                [(0, 0, start), (0.4 * reach, 0, start + 0.5 * lift), (reach, 0, start + lift)]
            ),
            8,
        )
        boughs.append(tube(path, np.linspace(0.06, 0.018, 8), sides=8, pieces=2).turned("z", turn))
        far = reach * 0.95
        clumps.append(
            (
                far * np.cos(np.deg2rad(turn)),
                far * np.sin(np.deg2rad(turn)),
                start + lift,
                float(rng.uniform(0.55, 0.72)),
            )
        )
    clumps += [
        (0, 0, 3.2, 0.9),
        (0.35, -0.3, 3.5, 0.65),
        (-0.4, 0.2, 3.45, 0.68),
        (0.0, 0.1, 3.75, 0.55),
    ]
    crown = [_heart_rand(rng, size).moved(float(x), float(y), float(z)) for x, y, z, size in clumps]
    foliage = leaves_rand(rng.spawn(1)[0], np.array(clumps), 3500, 0.2)
    # Some are slender, some spread; the trunk keeps its girth.
    wide = float(rng.spawn(1)[0].uniform(0.65, 1.35))
    return Blueprint(
        parts=(
            *(Part(solid=c.scaled(wide, wide, 1.0), fill=0.025) for c in crown),
            Part(solid=foliage.scaled(wide, wide, 1.0), fill=0.1),
            Part(solid=trunk, slot=1),
            Part(solid=joined(*boughs).scaled(wide, wide, 1.0).without_hulls(), slot=1),
        ),
        slots=(MAIN, BARK),
        tags=("plant",),
    )


def pine_tree_rand(rng: np.random.Generator) -> Blueprint:
    """Return a conifer of overlapping tiers."""
    trunk = turned([(0.16, 0), (0.11, 0.6), (0.02, 4.3)], segments=16, tolerance=0.02)
    tiers = []
    count = 8
    for k in range(count):
        low, share = 0.55 + 0.48 * k, 1 - k / count
        radius, high = 0.18 + 1.05 * share, 0.62 + 0.4 * share
        tiers.append(
            _tier(radius, high, int(rng.integers(13, 17)), float(rng.uniform(0, 360))).moved(z=low)
        )
    return Blueprint(
        parts=(*(Part(solid=t, fill=0.05) for t in tiers), Part(solid=trunk, slot=1)),
        slots=(MAIN, BARK),
        tags=("plant",),
    )


def bush_rand(rng: np.random.Generator) -> Blueprint:
    """Return a rounded shrub."""
    places = [(0, 0, 0.42, 0.42), *[
        (0.34 * np.cos(a), 0.34 * np.sin(a), float(rng.uniform(0.26, 0.36)),
        float(rng.uniform(0.26, 0.33)))
        for a in np.linspace(0, 2 * np.pi, 7)[:-1] + float(rng.uniform(0, 1))
    ]]  # fmt: skip
    hearts = [
        _above_ground(_heart_rand(rng, r).moved(float(x), float(y), float(z)))
        for x, y, z, r in places
    ]
    foliage = leaves_rand(rng.spawn(1)[0], np.array(places), 3800, 0.075)
    return Blueprint(
        parts=(
            *(Part(solid=heart, fill=0.025) for heart in hearts),
            Part(solid=foliage, fill=0.1),
        ),
        tags=("plant",),
    )


def _heart_rand(rng: np.random.Generator, size: float) -> Solid:
    """Return the dense heart of a clump of leaves of radius `size` [m], which stops what meets it.

    Its convex piece reaches out as far as the leaves do.
    """
    phase = rng.uniform(0, 6.28, 6)

    def shape(u: Array) -> Array:
        x, y, z = u.T
        coarse = np.sin(4 * x + phase[0]) * np.sin(4 * y + phase[1]) + np.sin(5 * z + phase[2])
        fine = np.sin(15 * x + phase[3]) * np.sin(16 * y + phase[4]) * np.sin(14 * z + phase[5])
        return np.asarray(1 + 0.07 * coarse + 0.13 * fine)

    clump = ball_of(size, size, 0.95 * size, detail=2, shape=shape)
    return replace(clump.scaled(_HEART), hulls=clump.hulls)


def _above_ground(solid: Solid) -> Solid:
    up = np.array([-np.inf, -np.inf, 0.0])
    hulls = tuple(np.maximum(hull, up) for hull in solid.hulls)
    return replace(solid, vertices=np.maximum(solid.vertices, up), hulls=hulls)


def _tier(radius: float, height: float, points: int, turn_deg: float) -> Solid:
    """Return a skirt of drooping branches: a cone with a jagged hem [m]."""
    a = np.linspace(0, 2 * np.pi, points * 4, endpoint=False)
    jag = np.abs(np.cos(points / 2 * a))
    rings = []
    for share, depth in ((0.12, 0.0), (0.45, 0.1), (0.75, 0.2), (1.0, 0.3)):
        r = radius * share * (1 - depth * (1 - jag))
        z = height * (1 - share) - 0.1 * height * jag * share
        rings.append(np.column_stack([r * np.cos(a), r * np.sin(a), z]))
    skin = skinned(rings, (0, 0, height), (0, 0, 0.12 * height))
    return skin.turned("z", turn_deg).with_hull(24)
