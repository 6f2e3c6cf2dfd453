"""Plants, from a tuft of grass to a tree."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.procedural.things.kitchen.vessels import clay_pot
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.leaves import arching_leaf, leaf_blade
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, joined

LEAF = Slot(substance="leaf")
BARK = Slot(substance="bark")
EARTH = Slot(substance="soil")
PETALS = 12
"""Of a flower of which the words do not say how many it has."""


def potted_plant_rand(rng: np.random.Generator) -> Blueprint:
    """Return a house plant with long arching leaves in a clay pot."""
    pot = clay_pot(0.24)
    earth = turned([(0.118, 0.0), (0.118, 0.012, 0.004), (0, 0.018)], segments=48).moved(z=0.2)
    leaves = []
    for k in range(26):
        long = float(rng.uniform(0.5, 0.72)) * (1 - 0.2 * k / 26)
        lift = 86 - 34 * (1 - k / 26) + float(rng.uniform(-5, 5))
        leaves.append(
            arching_leaf(long, 0.06 + 0.03 * float(rng.random()), lift, drop=1.0).turned(
                "z", 137.5 * k + float(rng.uniform(-14, 14))
            )
        )
    crown = joined(*leaves).moved(z=0.21).without_hulls()
    return Blueprint(
        parts=(Part(solid=pot), Part(solid=earth, slot=1), Part(solid=crown, slot=2)),
        slots=(MAIN, EARTH, LEAF),
        tags=("plant",),
    )


def flower_rand(rng: np.random.Generator, count: int = PETALS) -> Blueprint:
    """Return a flower in a small pot: a stalk, two leaves, and a ring of `count` petals."""
    pot = clay_pot(0.1)
    earth = turned([(0.046, 0), (0.046, 0.008, 0.003), (0, 0.01)], segments=32).moved(z=0.083)
    petals, heart, green = _bloom_rand(rng, root=0.08, count=count)
    return Blueprint(
        parts=(
            Part(solid=petals),
            Part(solid=pot, slot=1),
            Part(solid=earth, slot=2),
            Part(solid=green.without_hulls(), slot=3),
            Part(solid=heart, slot=4),
        ),
        slots=(MAIN, Slot(substance="clay"), EARTH, LEAF, Slot(substance="felt", color="#c98a1a")),
        contact="clay",
        tags=("plant",),
    )


def cut_flower_rand(rng: np.random.Generator, count: int = PETALS) -> Blueprint:
    """Return a cut flower on its stalk: upright, as it stands in a vase."""
    petals, heart, green = _bloom_rand(rng, root=-0.03, count=count)
    return Blueprint(
        parts=(Part(solid=petals), Part(solid=green, slot=1), Part(solid=heart, slot=2)),
        slots=(MAIN, LEAF, Slot(substance="felt", color="#c98a1a")),
        tags=("plant",),
    )


def _bloom_rand(rng: np.random.Generator, *, root: float, count: int) -> tuple[Solid, Solid, Solid]:
    """Return petals, heart and green of a flower on its stalk, which begins at `root` [m].

    Only the stalk is solid.
    """
    lean = float(rng.uniform(-0.02, 0.02))
    stalk = tube(
        curve(np.array([(0, 0, root), (lean, 0, 0.2), (lean, -0.012, 0.34)]), 10),
        0.0035,
        sides=8,
        pieces=3,
    )
    leaves = [
        arching_leaf(0.13, 0.034, 50, drop=0.6).turned("z", a).moved(lean * 0.5, 0, z)
        for a, z in ((10, 0.13), (190, 0.17))
    ]
    # Few petals are broad: they still close the ring.
    wide = 0.027 * float(np.clip(PETALS / count, 0.6, 1.9))
    petals = [
        leaf_blade(0.052, wide, bend=0.2).moved(0.009).turned("z", 360 / count * k)
        for k in range(count)
    ]
    heart = ball_of(0.0165, 0.0165, 0.008, detail=3).moved(z=0.003)

    def face(s: Solid) -> Solid:
        return s.turned("x", 40).moved(lean, -0.014, 0.345).without_hulls()

    green = joined(stalk, joined(*leaves).without_hulls())
    return face(joined(*petals)), face(heart), green


def cactus_rand(rng: np.random.Generator) -> Blueprint:
    """Return a ribbed cactus with two arms in a pot."""
    pot = clay_pot(0.12)
    earth = turned([(0.056, 0), (0.056, 0.008, 0.003), (0, 0.01)], segments=32).moved(z=0.1)

    def column(radius: float, height: float) -> Solid:
        body = turned(
            [
                (radius * 0.8, 0),
                (radius, 0.3 * height, 0.3 * height),
                (radius, height - radius),
                (0.7 * radius, height - 0.25 * radius, 0.4 * radius),
                (0, height),
            ],
            segments=60,
        )
        points = body.vertices.copy()
        turn = np.arctan2(points[:, 1], points[:, 0])
        points[:, :2] *= (1 + 0.09 * np.cos(10 * turn))[:, None]
        return Solid(vertices=points, triangles=body.triangles, hulls=body.hulls)

    arms = []
    for s, z, up in ((-1, 0.19, 0.07), (1, 0.215, 0.055)):
        reach = 0.064 + float(rng.uniform(0, 0.008))
        path = curve(
            np.array(
                [
                    (s * 0.025, 0, z),
                    (s * reach * 0.8, 0, z + 0.004),
                    (s * reach, 0, z + 0.024),
                    (s * reach, 0, z + up),
                ]
            ),
            16,
        )
        radius = np.full(16, 0.0155)
        radius[-3:] = [0.014, 0.011, 0.004]
        arms.append(tube(path, radius, sides=16, pieces=3))
    bloom = [leaf_blade(0.018, 0.009, bend=0.9).turned("z", 60 * k) for k in range(6)]
    return Blueprint(
        parts=(
            Part(solid=column(0.036, 0.225).moved(z=0.1)),
            *parts_of(*arms),
            Part(solid=pot, slot=1),
            Part(solid=earth, slot=2),
            Part(solid=joined(*bloom).without_hulls().moved(z=0.322), slot=3),
        ),
        slots=(MAIN, Slot(substance="clay"), EARTH, Slot(substance="leaf", color="#d8437a")),
    )


def grass_tuft_rand(rng: np.random.Generator) -> Blueprint:
    """Return a tuft of grass blades."""
    blades = []
    for k in range(46):
        at = rng.normal(0, 0.03, 2)
        blade = arching_leaf(
            float(rng.uniform(0.14, 0.3)), 0.007, float(rng.uniform(55, 88)), drop=0.9
        )
        blades.append(blade.turned("z", 137.5 * k).moved(float(at[0]), float(at[1]), 0))
    tuft = joined(*blades)
    low = float(tuft.vertices[:, 2].min())
    # Things brush through the blades and stop only at their foot.
    foot = turned([(0.05, 0), (0.03, 0.06)], segments=12).hulls
    tuft = Solid(vertices=tuft.vertices - [0, 0, low], triangles=tuft.triangles, hulls=foot)
    return Blueprint(parts=(Part(solid=tuft),), tags=("plant",))
