"""Cones, pillars, walls, doors, windows, fences, towers and houses."""

from itertools import pairwise

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Moving,
    Part,
    Slot,
    parts_of,
    round_top,
    top,
)
from scene_builder.assets.shapes.boxes import box, prism, tapered_box
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import ball_of, tube
from scene_builder.assets.shapes.solid import Solid, convex, joined


def pillar() -> Blueprint:
    """Return a fluted column with base and capital (Doric proportions)."""
    foot = turned(
        [(0.24, 0.07), (0.25, 0.1, 0.03), (0.24, 0.13, 0.01), (0.21, 0.14), (0.2, 0.17, 0.02)],
        segments=64,
    )
    head = turned(
        [(0.165, 1.96), (0.172, 1.975, 0.01), (0.172, 1.995, 0.01), (0.178, 2.0),
         (0.245, 2.09, 0.04), (0.25, 2.11)],
        segments=64,
    )  # fmt: skip
    slabs = [box(0.52, 0.52, 0.07, bevel=0.004), box(0.54, 0.54, 0.09, bevel=0.004).moved(z=2.11)]
    shaft = _fluted([(0.15, 0.2), (0.8, 0.197), (1.4, 0.185), (1.98, 0.165)], flutes=20)
    return Blueprint(parts=parts_of(*slabs, foot, shaft, head), supports=(top(2.2, 0.52, 0.52),))


def _fluted(levels: list[tuple[float, float]], *, flutes: int) -> Solid:
    """Return a fluted shaft through (height, radius) [m]."""
    a = np.linspace(0, 2 * np.pi, 8 * flutes, endpoint=False)
    dent = 1 - 0.055 * np.abs(np.sin(flutes / 2 * a)) ** 0.8
    rings = [
        np.column_stack([r * dent * np.cos(a), r * dent * np.sin(a), np.full(len(a), z)])
        for z, r in levels
    ]
    skin = skinned(rings, (0, 0, levels[0][0]), (0, 0, levels[-1][0]))
    plain = turned([(levels[0][1], levels[0][0]), (levels[-1][1], levels[-1][0])], segments=24)
    return Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=plain.hulls)


def wall_panel() -> Blueprint:
    """Return a low garden wall of bricks with a coping."""
    x, y, rows = 1.4, 0.22, 8
    long, high, joint = 0.215, 0.065, 0.01
    bricks = []
    for row in range(rows):
        shift = 0.5 * (row % 2)
        edges = np.unique(
            np.clip((np.arange(-1, 8) - shift) * (long + joint) - x / 2 + 0.0, -x / 2, x / 2)
        )
        for a, b in pairwise(edges):
            if b - a > 0.03:  # noqa: PLR2004
                size = float(b - a) - joint
                bricks.append(
                    box(size, y, high, bevel=0.003).moved(
                        float(a + b) / 2, 0, 0.005 + row * (high + joint)
                    )
                )
    height = rows * (high + joint)
    mortar = box(x - 0.012, y - 0.012, height, bevel=0)
    slab = box(x + 0.04, y + 0.06, 0.05, bevel=0.006).moved(z=height)
    return Blueprint(
        parts=(
            Part(solid=joined(*bricks).without_hulls()),
            Part(
                solid=Solid(
                    vertices=mortar.vertices,
                    triangles=mortar.triangles,
                    hulls=box(x, y, height).hulls,
                ),
                slot=1,
            ),
            Part(solid=slab, slot=2),
        ),
        slots=(MAIN, Slot(substance="concrete", color="#b9b4a8"), Slot(substance="concrete")),
        supports=(top(height + 0.05, x, y),),
    )


def door() -> Blueprint:
    """Return a panelled door in its frame, with a handle; it opens to the front."""
    x, z, thick = 0.82, 1.98, 0.042
    leaf = box(x, thick, z, bevel=0.002).moved(0, 0, 0.008)
    panels = []
    for low, high in ((0.15, 0.72), (0.95, 1.85)):
        for side in (-1, 1):
            for face in (-1, 1):
                raised = tapered_box(
                    (0.28, high - low), (0.24, high - low - 0.04), 0.008, bevel=0.001
                )
                panel = raised.turned("x", 90 * -face if face > 0 else 90)
                panels.append(panel.moved(side * 0.185, face * thick / 2, (low + high) / 2))
    frame = [box(0.07, 0.12, z + 0.01, bevel=0.003).moved(s * (x / 2 + 0.037)) for s in (-1, 1)]
    frame.append(box(x + 0.144, 0.12, 0.07, bevel=0.003).moved(z=z + 0.01))
    knobs = []
    for face in (-1, 1):
        knobs.append(
            box(0.04, 0.008, 0.16, bevel=0.002).moved(0.35, face * (thick / 2 + 0.003), 0.95)
        )
        stem = tube(
            np.array(
                [
                    (0.35, face * thick / 2, 1.04),
                    (0.35, face * 0.065, 1.04),
                    (0.25, face * 0.068, 1.04),
                ]
            ),
            0.009,
            sides=10,
        )
        knobs.append(stem)
    return Blueprint(
        parts=(
            *parts_of(leaf),
            Part(solid=joined(*panels).without_hulls(), fill=0.5),
            *parts_of(*frame, slot=1),
            Part(solid=joined(*knobs).without_hulls(), slot=2),
        ),
        slots=(MAIN, Slot(substance="wood", color="#ece6d8"), Slot(substance="brass")),
        tags=("hinged",),
        moving=(
            Moving(
                name="leaf", parts=(0, 1, 5), point=(-x / 2, -thick / 2, 0), axis=(0, 0, -1),
                upper_deg=100.0, damping=0.15,
            ),
        ),
        anchored=True,
    )  # fmt: skip


def window() -> Blueprint:
    """Return a window of two casements with glazing bars and a sill."""
    x, z, deep = 1.1, 1.3, 0.08
    bars = [
        box(0.06, deep, z - 0.04, bevel=0.004).moved(s * (x / 2 - 0.03), 0, 0.04) for s in (-1, 1)
    ]
    bars += [box(x, deep, 0.06, bevel=0.004).moved(z=zz) for zz in (0.04, z - 0.06)]
    bars.append(box(0.07, deep * 0.8, z - 0.1, bevel=0.003).moved(z=0.06))
    bars += [box(x - 0.1, 0.03, 0.025, bevel=0.002).moved(z=zz) for zz in (0.46, 0.86)]
    sill = box(x + 0.16, 0.2, 0.04, bevel=0.006).moved(y=-0.04)
    pane = box(x - 0.1, 0.006, z - 0.15, bevel=0.0005).moved(z=0.09)
    handle = joined(
        box(0.016, 0.012, 0.06, bevel=0.002).moved(0, -0.04, 0.62),
        box(0.014, 0.01, 0.1, bevel=0.002).moved(0, -0.052, 0.56),
    )
    return Blueprint(
        parts=(
            *parts_of(*bars, sill),
            Part(solid=pane, slot=1),
            Part(solid=handle.without_hulls(), slot=2),
        ),
        slots=(MAIN, Slot(substance="glass"), Slot(substance="steel")),
        tags=("hangs",),
    )


def tower() -> Blueprint:
    """Return a round castle tower with battlements, slits and a gate."""
    r, z = 0.36, 1.3
    body = turned(
        [(r + 0.04, 0), (r, 0.12), (r, z - 0.12), (r + 0.06, z - 0.04), (r + 0.06, z)],
        segments=48,
        tolerance=0.005,
    )
    teeth = []
    for k in range(10):
        a = np.deg2rad(36 * k + np.array([-10.5, -3.5, 3.5, 10.5]))
        rim = np.concatenate(
            [np.stack([q * np.cos(a), q * np.sin(a)], 1) for q in (r + 0.06, r - 0.03)]
        )
        teeth.append(
            convex(np.concatenate([np.column_stack([rim, np.full(8, h)]) for h in (z, z + 0.16)]))
        )
    slits = []
    for turn, low in ((-35, 0.55), (35, 0.8), (90, 0.6), (180, 0.7), (-90, 0.85), (0, 1.0)):
        slits.append(box(0.045, 0.03, 0.2, bevel=0.004).moved(0, -r + 0.012, low).turned("z", turn))
    gate_line = [
        (-0.12, 0),
        (0.12, 0),
        *[(0.12 * np.cos(t), 0.24 + 0.12 * np.sin(t)) for t in np.linspace(0, np.pi, 13)],
    ]
    gate = prism(np.array(gate_line), 0.08).turned("x", 90).moved(y=-r + 0.0)
    return Blueprint(
        parts=(
            *parts_of(body, *teeth),
            Part(solid=joined(*slits).without_hulls(), slot=1, fill=0.1),
            Part(solid=gate.without_hulls(), slot=2, fill=0.1),
        ),
        slots=(MAIN, Slot(substance="stone", color="#1d1b1a"), Slot(substance="walnut")),
        supports=(round_top(z, r - 0.05),),
    )


def house() -> Blueprint:
    """Return a small house with a gabled roof, a door, windows and a chimney."""
    x, y, z, ridge = 0.36, 0.26, 0.2, 0.31
    gable = np.array([(-y / 2, 0), (y / 2, 0), (y / 2, z), (0, ridge), (-y / 2, z)])
    turn = np.array([[0, 0, 1.0], [1, 0, 0], [0, 1, 0]])
    raw = prism(gable, x)
    body = Solid(vertices=raw.vertices @ turn.T - [x / 2, 0, 0], triangles=raw.triangles,
                 hulls=tuple(h @ turn.T - [x / 2, 0, 0] for h in raw.hulls))  # fmt: skip
    slabs = []
    for s in (-1, 1):
        eave, top_edge = (s * (y / 2 + 0.03), z - 0.026), (0.0, ridge + 0.004)
        points = [
            (px, py, pz + dz)
            for px in (-x / 2 - 0.025, x / 2 + 0.025)
            for py, pz in (eave, top_edge)
            for dz in (0.0, 0.014)
        ]
        slabs.append(convex(np.array(points)))
    chimney = box(0.045, 0.045, 0.13, bevel=0.002).moved(0.1, 0.06, 0.23)
    door_leaf = box(0.06, 0.008, 0.12, bevel=0.001).moved(-0.02, -y / 2 - 0.002, 0)
    knob = ball_of(0.004, 0.004, 0.004, detail=1).moved(0.002, -y / 2 - 0.008, 0.058)
    panes, frames = [], []
    for at in (-0.115, 0.095):
        panes.append(box(0.058, 0.004, 0.058, bevel=0.0005).moved(at, -y / 2 - 0.001, 0.082))
        frames += [
            box(0.07, 0.006, 0.006, bevel=0.001).moved(at, -y / 2 - 0.002, h)
            for h in (0.076, 0.108, 0.14)
        ]
        frames += [
            box(0.006, 0.006, 0.07, bevel=0.001).moved(at + d, -y / 2 - 0.002, 0.076)
            for d in (-0.032, 0, 0.032)
        ]
    return Blueprint(
        parts=(
            Part(solid=body, wall=0.008),
            *parts_of(*slabs, slot=1),
            Part(solid=chimney, slot=2),
            Part(solid=door_leaf.without_hulls(), slot=3),
            Part(solid=joined(*panes).without_hulls(), slot=4),
            Part(solid=joined(*frames).without_hulls(), slot=5),
            Part(solid=knob.without_hulls(), slot=6),
        ),
        slots=(
            MAIN, Slot(substance="clay", color="#8c3b2a"), Slot(substance="brick"),
            Slot(substance="wood", color="#5b3421"), Slot(substance="glass", color="#31455a"),
            Slot(substance="wood", color="#f2eee4"), Slot(substance="brass"),
        ),
    )  # fmt: skip
