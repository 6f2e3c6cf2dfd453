"""Shirts, sweaters and jackets, laid out flat."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.polygons import circle, rounded_loop
from scene_builder.assets.shapes.rounds import torus, tube
from scene_builder.assets.shapes.sheets import fine_prism
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

INSIDE = Slot(substance="fabric", color="#24262b")
BUTTON = Slot(substance="plastic", color="#f3f0e6")
ZIP = Slot(substance="steel", color="#c9ccd0")

Corners = Sequence[tuple[float, ...]]

_SHORT: Corners = [
    (0, 0.285), (0.085, 0.315, 0.02), (0.2, 0.285, 0.05), (0.35, 0.15, 0.015),
    (0.275, 0.065, 0.015),
    (0.215, 0.12, 0.03), (0.225, -0.37, 0.03), (0, -0.375),
]  # fmt: skip
"""Right half of a short-sleeved shirt, from the neck's middle to the hem's [m]."""
_LONG: Corners = [
    (0, 0.275), (0.085, 0.3, 0.02), (0.21, 0.265, 0.06), (0.435, -0.2, 0.02), (0.345, -0.25, 0.02),
    (0.228, 0.06, 0.03), (0.235, -0.33, 0.03), (0, -0.335),
]  # fmt: skip
"""The same of a sweater or a jacket."""


def shirt_rand(rng: np.random.Generator) -> Blueprint:
    """Return a short-sleeved shirt laid out flat: collar, buttons, a breast pocket."""
    cloth = _cloth_rand(rng, _SHORT, 0.034)
    flaps: list[Corners] = [
        [(0.004, 0.2), (0.055, 0.185, 0.008), (0.112, 0.302, 0.02), (0.08, 0.328, 0.01),
         (0.0, 0.262)],
        [(0.05, 0.02, 0.006), (0.15, 0.02, 0.006), (0.15, 0.13, 0.004), (0.05, 0.13, 0.004)],
        [(-0.016, -0.365), (0.016, -0.365), (0.016, 0.2), (-0.016, 0.2)],
        [(0.272, 0.074), (0.287, 0.06), (0.356, 0.142), (0.341, 0.156)],
    ]  # fmt: skip
    cut = [_patch(f, cloth, 0.005) for f in flaps]
    cut += [_patch(_mirrored(f), cloth, 0.005) for f in (flaps[0], flaps[3])]
    neck = _patch([(0.07 * x, 0.285 + 0.03 * y) for x, y in circle(1, 20)], cloth, 0.003)
    buttons = [
        _patch([(x, y + k) for x, y in circle(0.0075, 12)], cloth, 0.01)
        for k in np.linspace(0.16, -0.32, 6).tolist()
    ]
    return _garment(cloth, cut, [(neck, 1), (joined(*buttons), 2)], (INSIDE, BUTTON), fill=0.1)


def sweater_rand(rng: np.random.Generator) -> Blueprint:
    """Return a woollen sweater laid out flat: cables, and ribbed collar, cuffs and hem."""
    cloth = _cloth_rand(rng, _LONG, 0.048)
    bands = [_patch(corners, cloth, 0.007) for corners in _cuffs_and_hem()]
    y = np.linspace(0.2, -0.265, 26)
    cables = []
    for x in (-0.125, 0.0, 0.125):
        for side in (-1, 1):
            sway = 0.015 * side * np.sin(2 * np.pi * y / 0.15)
            over = 0.003 + 0.004 * side * np.cos(2 * np.pi * y / 0.15)
            line = np.column_stack([x + sway, y, over])
            cables.append(tube(_draped(line, cloth), 0.0085, sides=5))
    ring = torus(1, 0.2, segments=32, sides=8).scaled(0.068, 0.036, 0.06)
    collar = ring.moved(0, 0.275, 0.034)
    neck = _patch([(0.066 * x, 0.275 + 0.034 * y) for x, y in circle(1, 20)], cloth, 0.003)
    ribs = [
        tube(_draped(np.array([(x, -0.326, 0.007), (x, -0.284, 0.007)]), cloth), 0.004, sides=5)
        for x in np.linspace(-0.21, 0.21, 22)
    ]
    return _garment(cloth, [*bands, *cables, *ribs, collar], [(neck, 1)], (INSIDE,), fill=0.1)


def jacket_rand(rng: np.random.Generator) -> Blueprint:
    """Return a zipped jacket laid out flat: turned-down collar, pockets, cuffs and waistband."""
    cloth = _cloth_rand(rng, _LONG, 0.052)
    bands = [_patch(corners, cloth, 0.006) for corners in _cuffs_and_hem()]
    flap: Corners = [
        (0.012, 0.245), (0.03, 0.165, 0.01), (0.085, 0.15, 0.012), (0.125, 0.285, 0.02),
        (0.085, 0.318, 0.01), (0.02, 0.29),
    ]  # fmt: skip
    yoke: Corners = [(0.02, 0.115), (0.212, 0.115), (0.214, 0.122), (0.02, 0.122)]
    dyed = [_patch(f, cloth, 0.012) for f in (flap, _mirrored(flap))]
    dyed += [_patch(f, cloth, 0.004) for f in (yoke, _mirrored(yoke))]
    neck = _patch([(0.08 * x, 0.275 + 0.034 * y) for x, y in circle(1, 20)], cloth, 0.004)
    pocket: Corners = [(0.07, -0.2), (0.088, -0.206), (0.155, -0.075), (0.137, -0.068)]
    tape = _patch([(-0.013, -0.33), (0.013, -0.33), (0.013, 0.26), (-0.013, 0.26)], cloth, 0.004)
    dark = joined(neck, tape, *(_patch(f, cloth, 0.006) for f in (pocket, _mirrored(pocket))))
    teeth = _patch([(-0.004, -0.33), (0.004, -0.33), (0.004, 0.25), (-0.004, 0.25)], cloth, 0.008)
    slide = _patch([(-0.008, 0.1), (0.008, 0.1), (0.006, 0.14), (-0.006, 0.14)], cloth, 0.014)
    marks = [(dark, 1), (joined(teeth, slide), 2)]
    return _garment(cloth, [*bands, *dyed], marks, (INSIDE, ZIP), fill=0.14)


def _cuffs_and_hem() -> list[Corners]:
    cuff: Corners = [(0.338, -0.256, 0.008), (0.444, -0.2, 0.008), (0.42, -0.15), (0.326, -0.2)]
    hem: Corners = [
        (-0.236, -0.338, 0.01),
        (0.236, -0.338, 0.01),
        (0.236, -0.272),
        (-0.236, -0.272),
    ]
    return [cuff, _mirrored(cuff), hem]


def _mirrored(corners: Corners) -> Corners:
    return [(-corner[0], *corner[1:]) for corner in corners[::-1]]


def _garment(
    cloth: Solid,
    dyed: list[Solid],
    marks: list[tuple[Solid, int]],
    slots: tuple[Slot, ...],
    *,
    fill: float,
) -> Blueprint:
    """Return cloth with what is sewn on: pieces in its own colour, and in other slots."""
    return Blueprint(
        parts=(
            Part(solid=cloth, fill=fill),
            Part(solid=joined(*dyed).without_hulls(), fill=0.1),
            *(Part(solid=s.without_hulls(), slot=slot, fill=0.1) for s, slot in marks),
        ),
        slots=(MAIN, *slots),
    )


def _cloth_rand(rng: np.random.Generator, half: Corners, thick: float) -> Solid:
    """Return cloth of an outline that is given by its right half, puffed, with soft folds [m].

    Args:
        rng: Draws the folds.
        half: Corners (x, y, rounding) from the neck's middle to the hem's [m].
        thick: Thickness in the middle [m].
    """
    outline = [*half, *_mirrored(half[1:-1])][::-1]
    loop = rounded_loop(outline)
    flat = fine_prism(loop, thick, 0.045)
    points = flat.vertices.copy()
    x, y, z = points.T
    folds = np.zeros(len(points))
    for size in (0.17, 0.11, 0.23):
        turn, phase = float(rng.uniform(-0.6, 0.6)), float(rng.uniform(0, 2 * np.pi))
        folds += np.sin(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / size + phase)
    gap = np.linalg.norm(points[:, None, :2] - _dense(loop)[None], axis=2).min(axis=1)
    puff = np.sqrt(np.clip(gap / 0.05, 0.05, 1))
    lifted = thick * (0.25 + 0.7 * puff) * (1 + 0.07 * puff * folds)
    points[:, 2] = np.where(z > thick / 2, lifted, 0.0)
    right = np.array([corner[:2] for corner in half])
    sleeve, trunk = right[2:6], right[[0, 1, 2, 5, 6, 7]]
    loops = [np.concatenate([trunk, trunk * [-1, 1]]), sleeve, sleeve * [-1, 1]]
    hulls = tuple(
        np.concatenate([np.column_stack([loop, np.full(len(loop), z)]) for z in (0, 0.9 * thick)])
        for loop in loops
    )
    return Solid(vertices=points, triangles=flat.triangles, hulls=hulls)


def _dense(loop: Float[Array, "n 2"]) -> Float[Array, "m 2"]:
    """Return a closed outline with many more points on its edges [m]."""
    after = np.roll(loop, -1, axis=0)
    return np.concatenate([loop + s * (after - loop) for s in np.linspace(0, 1, 25)[:-1]])


def _patch(corners: Corners, cloth: Solid, proud: float) -> Solid:
    """Return a flat piece that follows the cloth and stands `proud` of it [m]."""
    loop = rounded_loop([tuple(map(float, corner)) for corner in corners])
    size = float(np.ptp(loop, axis=0).max())
    flat = fine_prism(loop, 0.012, max(0.03, 0.15 * size))
    return Solid(
        vertices=_draped(flat.vertices + np.array([0, 0, proud - 0.012]), cloth),
        triangles=flat.triangles,
    )


def _draped(points: Float[Array, "n 3"], cloth: Solid) -> Float[Array, "n 3"]:
    """Return points lifted by the height of the cloth below them [m]."""
    upper = cloth.vertices[cloth.vertices[:, 2] > 0]
    far = np.linalg.norm(points[:, None, :2] - upper[None, :, :2], axis=2)
    near = far.min(axis=1, keepdims=True)
    weight = np.exp(-(((far - near) / 0.018) ** 2))
    lift = weight @ upper[:, 2] / weight.sum(axis=1)
    lifted = points + np.stack([0 * lift, 0 * lift, lift], axis=1)
    return np.maximum(lifted, [-np.inf, -np.inf, 0.0005])
