"""Sleds and igloos."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    hollow,
    parts_of,
    top,
)
from scene_builder.assets.shapes.boxes import bar, box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.rounds import arc, curve, torus, tube
from scene_builder.assets.shapes.solid import Solid, carved, convex, joined
from scene_builder.model.arrays import Array

STEEL = Slot(substance="steel")


def sled() -> Blueprint:
    """Return a wooden sled, 1.1 m long, its runners turned up in front."""
    line = curve(
        np.array([(0, 0.5, 0.012), (0, 0.2, 0.012), (0, -0.25, 0.012), (0, -0.44, 0.03),
                  (0, -0.545, 0.12), (0, -0.53, 0.215), (0, -0.44, 0.235)]), 30,
    )  # fmt: skip
    shoes, woods = [], []
    for s in (-1, 1):
        path = line + np.array([0.19 * s, 0, 0])
        shoes.append(tube(path, 0.008, sides=8, pieces=7))
        woods.append(tube(path + np.array([0, 0, 0.014]), 0.0145, sides=12, pieces=7))
    posts = [bar((0.19 * s, y, 0.02), (0.16 * s, y, 0.19), 0.03, 0.04)
             for s in (-1, 1) for y in (-0.22, 0.1, 0.4)]  # fmt: skip
    cross = [box(0.4, 0.045, 0.028, bevel=0.005).moved(0, y, 0.17) for y in (-0.22, 0.1, 0.4)]
    slats = [box(0.062, 0.92, 0.016, bevel=0.004).moved(x, 0.05, 0.198)
             for x in (-0.156, -0.078, 0, 0.078, 0.156)]  # fmt: skip
    rail = tube(np.array([(-0.19, -0.44, 0.235), (0.19, -0.44, 0.235)]), 0.014, pieces=1)
    cord = curve(np.array([(-0.17, -0.45, 0.24), (-0.1, -0.5, 0.13), (0, -0.53, 0.1),
                           (0.1, -0.5, 0.13), (0.17, -0.45, 0.24)]), 21)  # fmt: skip
    rope = tube(cord, 0.0055, sides=8).without_hulls()
    return Blueprint(
        parts=(
            *parts_of(*slats),
            *parts_of(*woods, *posts, *cross, rail),
            *parts_of(*shoes, slot=1),
            Part(solid=rope, slot=2, fill=0.2),
        ),
        slots=(MAIN, STEEL, Slot(substance="rope", color="#b5322a")),
        supports=(top(0.214, 0.37, 0.9, at=(0, 0.05)),),
    )


def toy_igloo() -> Blueprint:
    """Return an igloo of snow blocks, 2.8 m long, its entrance to the front."""
    outer, wall = 1.15, 0.14
    angle = np.linspace(0, np.pi / 2, 19)
    shell = lathe(
        np.concatenate([
            np.column_stack([outer * np.cos(angle), 1.2 * outer * np.sin(angle)]),
            np.column_stack([(outer - wall) * np.cos(angle), 1.2 * (outer - wall) * np.sin(angle)])
            [::-1],
        ]), segments=72, sides=16, tolerance=0.03,
    )  # fmt: skip
    rim = arc((0, 0, 0), (0.6, 0, 0), (0, 0, 0.78), (0, 180), 17)
    hole = arc((0, 0, 0), (0.42, 0, 0), (0, 0, 0.6), (0, 180), 17)
    porch = _vault(rim, hole, -1.62, -0.85)
    door = _filled(hole, -1.7, -0.55)
    body = carved(shell, door, hulls=tuple(h for h in shell.hulls if not _in_doorway(h)))
    return Blueprint(
        parts=(
            Part(solid=porch),
            Part(solid=body),
            Part(solid=turned([(1.06, 0), (1.06, 0.04)]), slot=1),
            Part(solid=joined(*_seams(outer)).without_hulls(), slot=1, fill=0.02),
        ),
        slots=(MAIN, Slot(color="#a9bccb")),
        cavity=hollow(0.04, 0.8, 0.6),
    )


def _in_doorway(hull: Float[Array, "n 3"]) -> bool:
    middle = hull.mean(axis=0)
    return bool(middle[1] < -0.5 and abs(middle[0]) < 0.45 and middle[2] < 0.62)  # noqa: PLR2004


def _filled(rim: Float[Array, "n 3"], front: float, back: float) -> Solid:
    low = np.vstack([rim, rim * np.array([1, 1, 0]) - np.array([0, 0, 0.05])])
    return convex(np.vstack([low + np.array([0, y, 0]) for y in (front, back)]))


def _vault(rim: Float[Array, "n 3"], hole: Float[Array, "n 3"], front: float, back: float) -> Solid:
    """Return an arch from `front` to `back` along Y, in convex stones."""
    solid = carved(_filled(rim, front, back), _filled(hole, front - 0.1, back + 0.1), hulls=())
    stones = []
    for k in range(0, len(rim) - 1, 2):
        section = np.vstack([rim[k : k + 3], hole[k : k + 3]])
        stones.append(np.vstack([section + np.array([0, y, 0]) for y in (front, back)]))
    return carved(solid, box(4, 4, 1, bevel=0).moved(z=-1), hulls=tuple(stones))


def _seams(outer: float) -> list[Solid]:
    """Return the joints between blocks of snow, course by course."""
    lines: list[Solid] = []
    courses = np.linspace(0, np.pi / 2, 8)[:-1]
    for row, (low, high) in enumerate(zip(courses, [*courses[1:], 1.4], strict=True)):
        if row:
            ring = torus(outer * float(np.cos(low)), 0.014, segments=64, sides=6)
            lines.append(ring.moved(z=1.2 * outer * float(np.sin(low))))
        count = max(5, round(14 * float(np.cos(low))))
        for k in range(count):
            turn = 2 * np.pi * (k + 0.5 * (row % 2)) / count
            a = np.linspace(low, high, 4)
            path = [np.cos(a) * np.cos(turn), np.cos(a) * np.sin(turn), 1.2 * np.sin(a)]
            lines.append(tube(outer * np.column_stack(path), 0.014, sides=6))
    return lines
