"""Folded blankets and ties."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, top
from scene_builder.assets.shapes.boxes import chamfered_prism, prism
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rounds import curve, tube
from scene_builder.assets.shapes.soft import bent_bar, common
from scene_builder.assets.shapes.solid import Solid, carved, convex, joined
from scene_builder.model.arrays import Array

FOLD_M = 0.034
"""Height of one folded pair of a blanket's layers."""


def blanket_rand(rng: np.random.Generator) -> Blueprint:
    """Return a blanket folded up, its folds towards the front, with stripes and a fringe."""
    wide = 0.46
    bands = [(-wide / 2, -0.165, 0), (-0.165, -0.125, 1), (-0.125, -0.1, 0), (-0.1, -0.085, 1),
             (-0.085, 0.085, 0), (0.085, 0.1, 1), (0.1, 0.125, 0), (0.125, 0.165, 1),
             (0.165, wide / 2, 0)]  # fmt: skip
    cloth: tuple[list[Solid], list[Solid]] = ([], [])
    fringe: list[Solid] = []
    for k in range(3):
        shift, z = float(rng.uniform(-0.006, 0.006)), FOLD_M * k
        outline = _folded() + np.array([shift, z])
        for start, end, slot in bands:
            piece = prism(outline, end - start, pieces=False).turned("y", 90).turned("x", 90)
            cloth[slot].append(piece.moved(x=start))
        fringe += _tassels(rng, wide / 2, shift, z)
    low, high = np.array([-0.165, 0.0]), np.array([0.165, 3 * FOLD_M])
    corners = [(x, y, z) for x in (-wide / 2, wide / 2) for y in (low[0], high[0])
               for z in (low[1], high[1])]  # fmt: skip
    block = convex(np.array(corners))
    main = joined(*cloth[0])
    body = Solid(vertices=main.vertices, triangles=main.triangles, hulls=block.hulls)
    return Blueprint(
        parts=(
            Part(solid=body, fill=0.8),
            Part(solid=joined(*cloth[1]), slot=1, fill=0.8),
            Part(solid=joined(*fringe).without_hulls(), slot=1, fill=0.3),
        ),
        slots=(MAIN, Slot(color="#f0e6d2")),
        supports=(top(3 * FOLD_M, 0.4, 0.28),),
    )


def tie() -> Blueprint:
    """Return a knotted tie that lies flat, its point towards the front."""
    blade = np.array(
        [(-0.047, -0.33), (0, -0.385), (0.047, -0.33), (0.0185, 0.03), (-0.0185, 0.03)]
    )
    tail = np.array(
        [(-0.022, -0.26), (0.004, -0.287), (0.03, -0.26), (0.016, 0.03), (-0.012, 0.03)]
    )
    under = chamfered_prism(tail, 0.004, 0.0012)
    front = chamfered_prism(blade, 0.0055, 0.0018).moved(z=0.0035)
    plain, striped = _striped(front)
    knot = convex(
        np.array([(s * x, y, z) for s in (-1, 1) for x, y, z in (
            (0.017, -0.004, 0.004), (0.019, 0.0, 0.014), (0.026, 0.036, 0.019),
            (0.029, 0.046, 0.012), (0.028, 0.045, 0.002), (0.014, 0.0, 0.019),
            (0.02, 0.036, 0.022), (0.016, -0.003, 0.001))])
    )  # fmt: skip
    first, second = _striped(knot)
    loop = np.array(
        [(0.018, 0.035), (0.05, 0.075), (0.076, 0.14), (0.068, 0.205), (0.0, 0.245),
             (-0.068, 0.205), (-0.076, 0.14), (-0.05, 0.075), (-0.018, 0.035)]
    )  # fmt: skip
    line = curve(np.column_stack([loop, np.zeros(len(loop))]), 40)[:, :2]
    collar = bent_bar(line, 0.03, 0.006, edge=0.0025, pieces=12)
    return Blueprint(
        parts=(
            Part(solid=Solid(vertices=plain.vertices, triangles=plain.triangles,
                             hulls=front.hulls)),
            Part(solid=Solid(vertices=first.vertices, triangles=first.triangles, hulls=knot.hulls)),
            Part(solid=under), Part(solid=collar),
            Part(solid=joined(striped, second).without_hulls(), slot=1),
        ),
        slots=(MAIN, Slot(color="#e3ddcc")),
    )  # fmt: skip


def _folded() -> Array:
    """Return the cross-section (y, z) of a doubled cloth, its round fold towards −Y."""
    h, gap = FOLD_M, 0.004
    return rounded_loop(
        [(0.165, 0.0, 0.006), (0.165, h / 2 - gap / 2, 0.006), (-0.135, h / 2 - gap / 2, 0.0015),
         (-0.135, h / 2 + gap / 2, 0.0015), (0.16, h / 2 + gap / 2, 0.006),
         (0.16, h - 0.0012, 0.006),
         (-0.165, h - 0.0012, h / 2.1), (-0.165, 0.0, h / 2.1)]
    )  # fmt: skip


def _tassels(rng: np.random.Generator, x: float, y: float, z: float) -> list[Solid]:
    found = []
    for side in (-1, 1):
        for k in range(11):
            at = -0.13 + 0.027 * k + y
            for level in (0.25, 0.75):
                start = np.array([side * (x - 0.004), at, z + level * FOLD_M])
                reach = float(rng.uniform(0.022, 0.03))
                drop = min(0.014, float(start[2]) - 0.0025)
                end = start + np.array([side * reach, float(rng.uniform(-0.006, 0.006)), -drop])
                found.append(tube(np.array([start, end]), 0.0028, sides=4))
    return found


def _striped(solid: Solid) -> tuple[Solid, Solid]:
    """Return what slanting stripes leave of a thing, and the stripes."""
    bars = [
        prism(np.array([(-0.2, 0.0), (0.2, 0.0), (0.2, 0.017), (-0.2, 0.017)]), 0.1, pieces=False)
        .turned("z", 35)
        .moved(0, y, -0.05)
        for y in np.arange(-0.5, 0.2, 0.05)
    ]
    plain = carved(solid, *bars, hulls=())
    return plain, common(solid, joined(*bars))
