"""Cubes, blocks, dominoes, planks and other plain solids."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    box_collider,
    cylinder_collider,
    parts_of,
    round_top,
    top,
)
from scene_builder.assets.shapes.boxes import box, prism
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rounds import sphere, torus
from scene_builder.assets.shapes.solid import Solid, convex, joined
from scene_builder.assets.source import Incline
from scene_builder.model.arrays import Array


def cube() -> Blueprint:
    """Return a cube."""
    return plain_box(0.1, 0.1, 0.1, bevel=0.003)


def block() -> Blueprint:
    """Return a toy block: a cube with well-rounded edges."""
    return plain_box(0.07, 0.07, 0.07, bevel=0.003)


def cuboid() -> Blueprint:
    """Return a box twice as long as high."""
    return plain_box(0.16, 0.1, 0.08, bevel=0.003)


def brick() -> Blueprint:
    """Return a house brick (BS EN 771-1: 215 × 102.5 × 65 mm)."""
    return plain_box(0.215, 0.1025, 0.065, bevel=0.003)


def plank() -> Blueprint:
    """Return a board."""
    return plain_box(1.2, 0.16, 0.028, bevel=0.002)


def plain_box(x: float, y: float, z: float, *, bevel: float) -> Blueprint:
    """Return a solid box with a support on top [m]."""
    return Blueprint(
        parts=parts_of(box(x, y, z, bevel=bevel)),
        supports=(top(z, x - 2 * bevel, y - 2 * bevel),),
        collider=box_collider(x, y, z),
    )


def cylinder() -> Blueprint:
    """Return an upright cylinder."""
    return Blueprint(
        parts=parts_of(turned([(0.05, 0, 0.002), (0.05, 0.14, 0.002)], segments=64)),
        supports=(round_top(0.14, 0.048),),
        collider=cylinder_collider(0.05, 0.14),
        rolls="x",
        tags=("on_side",),
    )


def disc() -> Blueprint:
    """Return a flat disc."""
    return Blueprint(
        parts=parts_of(turned([(0.1, 0, 0.004), (0.1, 0.02, 0.004)], segments=64)),
        supports=(round_top(0.02, 0.094),),
        collider=cylinder_collider(0.1, 0.02),
        rolls="x",
        tags=("on_side",),
    )


def pyramid() -> Blueprint:
    """Return a square pyramid with the slope of Giza's (51.8°)."""
    half, height, cut = 0.07, 0.089, 0.0015
    base = [(x * half, y * half, 0.0) for x in (-1, 1) for y in (-1, 1)]
    tip = [(x * cut, y * cut, height) for x in (-1, 1) for y in (-1, 1)]
    return Blueprint(parts=parts_of(convex(np.array(base + tip))))


def ring() -> Blueprint:
    """Return a ring that lies flat."""
    return Blueprint(parts=parts_of(torus(0.055, 0.015, segments=64, sides=20).moved(z=0.015)))


def die() -> Blueprint:
    """Return a die (opposite faces add up to seven)."""
    edge = 0.03
    body = _rounded_cube(edge)
    dot = turned([(0.0027, 0), (0.0027, 0.00025)], segments=20).moved(z=-0.0001)
    dots = [_laid(dot, np.array(at)).moved(*(np.array(at) * edge)) for at in _pip_places()]
    return Blueprint(
        parts=(Part(solid=body), Part(solid=joined(*dots).without_hulls(), slot=1)),
        slots=(MAIN, Slot(substance="plastic", color="contrast")),
        supports=(top(edge, 0.7 * edge, 0.7 * edge),),
    )


def domino() -> Blueprint:
    """Return a domino that stands on its short edge, its face to the front (48 × 24 × 8 mm)."""
    x, y, z = 0.025, 0.008, 0.05
    body = box(x, y, z, bevel=0.0008)
    line = box(0.8 * x, 0.0003, 0.0008, bevel=0.0001).moved(y=-y / 2 - 0.0001, z=z / 2)
    dot = turned([(0.0018, 0), (0.0018, 0.0003)], segments=20).turned("x", 90)
    places = [(-0.006, 0.006), (0.006, -0.006), (0, 0)]
    high = [(-0.006, 0.006), (0.006, 0.006), (-0.006, -0.006), (0.006, -0.006), (0, 0)]
    dots = [dot.moved(px, -y / 2, 0.25 * z + pz) for px, pz in places]
    dots += [dot.moved(px, -y / 2, 0.75 * z + pz) for px, pz in high]
    marks = joined(line, *dots).without_hulls()
    return Blueprint(
        parts=(Part(solid=body), Part(solid=marks, slot=1)),
        slots=(MAIN, Slot(substance="plastic", color="contrast")),
        supports=(top(z, x, y),),
        collider=box_collider(x, y, z),
    )


def ramp() -> Blueprint:
    """Return a wedge whose slope falls towards +X, with a thin lip at its foot."""
    length, width, height, lip = 1.0, 0.32, 0.34, 0.006
    flat = 0.1
    outline = rounded_loop(
        [
            (-length / 2, 0), (length / 2, 0), (length / 2, lip),
            (-length / 2 + flat, height, 0.02), (-length / 2, height, 0.004),
        ]
    )  # fmt: skip
    body = prism(outline, width).turned("x", 90).moved(y=width / 2)
    return Blueprint(
        parts=(Part(solid=body, fill=0.4),),
        supports=(top(height, flat * 0.9, width, at=(-length / 2 + flat / 2, 0)),),
        incline=Incline(
            top=np.array([-length / 2 + flat + 0.02, 0, height - 0.008]),
            bottom=np.array([length / 2, 0, lip]),
            width=width,
        ),
    )


def _rounded_cube(edge: float) -> Solid:
    ball = sphere(1.0, detail=3)
    radius = 0.17 * edge
    core = np.sign(np.round(ball.vertices, 9)) * (edge / 2 - radius)
    body = convex(core + radius * ball.vertices).moved(z=edge / 2)
    return Solid(
        vertices=body.vertices,
        triangles=body.triangles,
        hulls=box(edge, edge, edge, bevel=0.08 * edge).hulls,
    )


def _laid(dot: Solid, at: Float[Array, "3"]) -> Solid:
    """Turn a dot that looks up so that it looks out of the face that `at` lies in."""
    if abs(at[1]) == 0.5:  # noqa: PLR2004
        return dot.turned("x", 90 if at[1] < 0 else -90)
    if abs(at[0]) == 0.5:  # noqa: PLR2004
        return dot.turned("y", 90 if at[0] > 0 else -90)
    return dot if at[2] > 0 else dot.turned("x", 180)


def _pip_places() -> list[tuple[float, float, float]]:
    d = 0.24
    patterns: dict[int, list[tuple[float, float]]] = {
        1: [(0, 0)],
        2: [(-d, -d), (d, d)],
        3: [(-d, -d), (0, 0), (d, d)],
        4: [(-d, -d), (d, d), (-d, d), (d, -d)],
        5: [(-d, -d), (d, d), (-d, d), (d, -d), (0, 0)],
        6: [(-d, -d), (d, d), (-d, d), (d, -d), (-d, 0), (d, 0)],
    }
    places: list[tuple[float, float, float]] = []
    places += [(u, v, 1.0) for u, v in patterns[1]]
    places += [(u, v, 0.0) for u, v in patterns[6]]
    places += [(u, -0.5, 0.5 + v) for u, v in patterns[2]]
    places += [(u, 0.5, 0.5 + v) for u, v in patterns[5]]
    places += [(0.5, u, 0.5 + v) for u, v in patterns[3]]
    places += [(-0.5, u, 0.5 + v) for u, v in patterns[4]]
    return places
