"""Pizzas, sandwiches, and the paper cup that goes with them."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, hollow, top
from scene_builder.assets.shapes.boxes import chamfered_prism, prism
from scene_builder.assets.shapes.lathe import lathe, turned, vessel_profile
from scene_builder.assets.shapes.leaves import leaf_blade
from scene_builder.assets.shapes.polygons import circle, rounded
from scene_builder.assets.shapes.rounds import ball_of, torus
from scene_builder.assets.shapes.soft import soft_slab
from scene_builder.assets.shapes.solid import Solid, carved, convex, joined
from scene_builder.model.arrays import Array

SLICE_DEG = (-95.0, -50.0)
"""Where the slice that is pulled out of a pizza begins and ends."""
PULL_M = 0.016


def pizza_rand(rng: np.random.Generator) -> Blueprint:
    """Return a pizza with sausage and basil, one slice pulled out towards the front."""
    crust = lathe(
        rounded(
            [(0, 0), (0.146, 0, 0.005), (0.157, 0.008, 0.006), (0.154, 0.021, 0.008),
             (0.139, 0.02, 0.005), (0.133, 0.011, 0.003), (0, 0.011)]
        ),
        segments=32,
    )  # fmt: skip
    sauce = turned([(0.137, 0.009), (0.136, 0.0125, 0.001), (0, 0.0125)], segments=32)
    phase = float(rng.uniform(0, 6))

    def melted(u: Array) -> Array:
        angle = np.arctan2(u[:, 1], u[:, 0])
        return np.asarray(1 + 0.02 * np.sin(9 * angle + phase) + 0.015 * np.sin(14 * angle))

    cheese = ball_of(0.127, 0.127, 0.005, detail=3, shape=melted).moved(z=0.0115)
    sausage, leaves = _toppings(rng)
    layers = [crust, sauce, cheese, sausage, leaves]
    cut = [_cut_open(layer) for layer in layers]
    hulls = tuple(_sector(a, a + 45, 0.0) for a in np.arange(SLICE_DEG[1], 260, 45))
    body = Solid(
        vertices=cut[0].vertices,
        triangles=cut[0].triangles,
        hulls=(*hulls, _sector(*SLICE_DEG, PULL_M)),
    )
    return Blueprint(
        parts=(
            Part(solid=body, fill=1.2),
            *(Part(solid=s, slot=k) for k, s in enumerate(cut) if k),
        ),
        slots=(
            Slot(color="#cf9850"), Slot(substance="skin_of_fruit", color="#a8270f"),
            Slot(substance="wax", color="#f2c350"), Slot(substance="skin_of_fruit",
            color="#9c2b1c"),
            Slot(substance="leaf", color="#3c7a2c"),
        ),
    )  # fmt: skip


def sandwich() -> Blueprint:
    """Return half a sandwich, cut across, its filling towards the front."""
    bread = np.array([(-0.078, -0.036), (0.078, -0.036), (0.004, 0.038), (-0.004, 0.038)])
    slices = [_bread(bread).moved(z=z) for z in (0.0, 0.0325)]
    green = _ruffled(1.03 * bread + [0, -0.001], 0.0035).moved(z=0.0125)
    more = _ruffled(1.0 * bread + [0, -0.001], 0.0025).moved(z=0.0287)
    ham = soft_slab(1.0 * bread + [0, -0.0015], 0.003, 0.0012).moved(z=0.0157)
    cheese = chamfered_prism(
        np.array([(-0.083, -0.039), (0.083, -0.039), (0.0, 0.034)]), 0.003, 0.0006
    ).moved(z=0.0187)
    tomato = [
        carved(
            turned([(0.027, 0, 0.0015), (0.027, 0.0065, 0.0015)], segments=40),
            prism(np.array([(-1, -1), (1, -1), (1, -0.012), (-1, -0.012)]), 0.02).moved(z=-0.005),
        ).moved(x, -0.026, 0.0217)
        for x in (-0.036, 0.036)
    ]
    whole = convex(np.array([(*(1.01 * xy), z) for xy in bread for z in (0.0, 0.0453)]))
    first = Solid(
        vertices=slices[0].vertices,
        triangles=slices[0].triangles,
        hulls=whole.hulls,
        slots=slices[0].slots,
    )
    fillings = [joined(green, more), ham, cheese, joined(*tomato)]
    return Blueprint(
        parts=(
            Part(solid=first),
            Part(solid=slices[1].without_hulls()),
            *(Part(solid=s.without_hulls(), slot=2 + k) for k, s in enumerate(fillings)),
        ),
        slots=(
            Slot(color="#ecd3a2"), Slot(color="#a5662c"), Slot(substance="leaf", color="#6ba32f"),
            Slot(substance="flesh", color="#e59a92"), Slot(substance="wax", color="#f2b632"),
            Slot(substance="skin_of_fruit", color="#c5301c"),
        ),
        supports=(top(0.0453, 0.06, 0.03, at=(0.0, -0.015)),),
    )  # fmt: skip


def paper_cup() -> Blueprint:
    """Return a paper cup with a rolled rim and a sleeve of corrugated cardboard."""
    foot, mouth, height, wall, floor = 0.0295, 0.0425, 0.112, 0.0014, 0.004
    outline = [(0, 0), (foot, 0, 0.001), (mouth, height)]
    body = lathe(vessel_profile(outline, wall=wall, floor=floor), segments=64, tolerance=0.0004)
    rim = torus(mouth - 0.0002, 0.0019, segments=64, sides=10).moved(z=height - 0.001)
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    ribs = 0.0006 * np.cos(40 * angle)

    def loop(z: float, out: float) -> Array:
        r = foot + (mouth - foot) * z / height + out
        return np.column_stack([(r + ribs) * np.cos(angle), (r + ribs) * np.sin(angle),
                                np.full(120, z)])  # fmt: skip

    sleeve = _collar([loop(0.034, 0.0012), loop(0.084, 0.0012), loop(0.084, -0.0002),
                      loop(0.034, -0.0002)])  # fmt: skip
    return Blueprint(
        parts=(
            Part(solid=body, fill=0.35),
            Part(solid=rim.without_hulls(), fill=0.3),
            Part(solid=sleeve, slot=1, fill=0.5),
        ),
        slots=(MAIN, Slot(substance="cardboard")),
        cavity=hollow(floor, 0.026, height - floor),
    )


def _toppings(rng: np.random.Generator) -> tuple[Solid, Solid]:
    """Return the slices of sausage and the leaves of basil on a pizza."""
    rings = [(0.05, 4, 30.0), (0.1, 8, 8.0)]
    spots = [(r, 360 / n * k + turn) for r, n, turn in rings for k in range(n)]
    sausage = [_round_slice(rng).moved(r).turned("z", angle) for r, angle in spots]
    leaves = [
        leaf_blade(0.03, 0.018, bend=0.2)
        .turned("z", float(rng.uniform(0, 360)))
        .moved(r, 0, 0.0165)
        .turned("z", angle)
        for r, angle in ((0.075, 55), (0.08, 150), (0.07, 235), (0.085, -72), (0.015, 20))
    ]
    return joined(*sausage), joined(*leaves)


def _round_slice(rng: np.random.Generator) -> Solid:
    r = float(rng.uniform(0.0155, 0.0185))
    tilt = float(rng.uniform(-4, 4))
    disc = chamfered_prism(circle(r, 18), 0.0024, 0.0008)
    return disc.turned("x", tilt).moved(z=0.0148).without_hulls()


def _cut_open(solid: Solid) -> Solid:
    """Return a pizza's layer cut along its slice, and the slice moved outwards."""
    start, end = np.deg2rad(SLICE_DEG)
    others = np.linspace(end, start + 2 * np.pi, 12)
    inside = np.linspace(start, end, 4)
    wedge, rest = (
        prism(
            np.concatenate([[(0, 0)], np.column_stack([np.cos(a), np.sin(a)])]), 0.2, pieces=False
        ).moved(z=-0.1)
        for a in (inside, others)
    )
    middle = (start + end) / 2
    out = carved(solid, rest, hulls=()).moved(PULL_M * np.cos(middle), PULL_M * np.sin(middle))
    return joined(carved(solid, wedge, hulls=()), out)


def _sector(start_deg: float, end_deg: float, pull: float) -> Array:
    angle = np.deg2rad(np.linspace(start_deg, end_deg, 5))
    middle = np.deg2rad((start_deg + end_deg) / 2)
    rim = 0.155 * np.column_stack([np.cos(angle), np.sin(angle)])
    flat = np.concatenate([[(0, 0)], rim]) + pull * np.array([np.cos(middle), np.sin(middle)])
    levels = [(flat, 0.0), (flat[:1], 0.016), (flat[1:], 0.02)]
    return np.concatenate([np.column_stack([p, np.full(len(p), z)]) for p, z in levels])


def _bread(outline: Array) -> Solid:
    """Return a triangular slice whose two short sides are crust."""
    body = chamfered_prism(outline, 0.0125, 0.0012)
    slope = np.array([0.707, 0.707])
    edge = float(np.array([0.078, -0.036]) @ slope)
    return body.painted(
        1, lambda c: np.abs(c[:, 0]) * slope[0] + c[:, 1] * slope[1] > edge - 0.0035
    )


def _ruffled(outline: Array, height: float) -> Solid:
    """Return a leaf of lettuce under bread: a thin slab whose rim goes up and down."""
    corners = np.concatenate([outline, outline[:1]])
    t = np.linspace(0, len(outline), 121)[:-1]
    k = t.astype(int)
    line = corners[k] + (t - k)[:, None] * (corners[k + 1] - corners[k])
    line = line * (1 + 0.025 * np.sin(37 * t))[:, None]
    slab = prism(line, height, pieces=False)
    points = slab.vertices.copy()
    turn = np.arctan2(points[:, 1], points[:, 0])
    points[:, 2] += 0.0016 * np.sin(23 * turn) + 0.001 * np.sin(41 * turn)
    return Solid(vertices=points, triangles=slab.triangles)


def _collar(rings: list[Array]) -> Solid:
    """Return the closed surface through rings, the last of which joins the first."""
    count, rows = len(rings[0]), len(rings)
    index = np.arange(count * rows).reshape(rows, count)
    up, on = np.roll(index, -1, axis=0), np.roll(index, -1, axis=1)
    both = np.roll(up, -1, axis=1)
    faces = [np.stack([index, on, both], -1), np.stack([index, both, up], -1)]
    triangles = np.concatenate([f.reshape(-1, 3) for f in faces]).astype(np.int32)
    return Solid(vertices=np.concatenate(rings), triangles=triangles).outward()
