"""Cones, fences, ladders, flags, and what stands along a street."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    parts_of,
    top,
)
from scene_builder.assets.shapes.boxes import bar, box, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import circle, rounded_loop
from scene_builder.assets.shapes.sheets import thickened
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

_SQUARE = ((-0.115, -0.115), (0.115, -0.115), (0.115, 0.115), (-0.115, 0.115))


def traffic_cone() -> Blueprint:
    """Return a hollow traffic cone with two white bands on a square foot."""
    height, foot, tip, wall, base = 0.32, 0.086, 0.018, 0.0035, 0.018
    bands = ((0.093, 0.153), (0.198, 0.248))
    levels = np.array([base, *bands[0], *bands[1], height - 0.004])
    slope = (tip - foot) / (height - 0.022)
    outer = [(foot + slope * (z - base), z) for z in levels.tolist()]
    profile = [(foot, 0.0), *outer, (tip - 0.001, height), (tip - wall, height),
               (tip - wall, height - 0.004), (foot - wall, 0.0)]  # fmt: skip
    skin = lathe(np.array(profile), segments=64)

    def banded(c: Array) -> Array:
        outside = np.hypot(c[:, 0], c[:, 1]) > foot + slope * (c[:, 2] - base) - 0.0012
        within = [(c[:, 2] > low) & (c[:, 2] < high) for low, high in bands]
        return np.asarray(outside & (within[0] | within[1]))

    # Nothing gets into it from below: a solid cone is what others touch.
    body = Solid(
        vertices=skin.vertices,
        triangles=skin.triangles,
        hulls=turned([(foot, 0), (tip, height)], segments=24).hulls,
    ).painted(1, banded)
    edge = rounded_loop([(x, y, 0.025) for x, y in _SQUARE])
    plate = prism(edge, 0.016, circle(foot - 0.004, 32), pieces=False)
    flat = np.concatenate([np.column_stack([edge, np.full(len(edge), z)]) for z in (0.0, 0.016)])
    plate = Solid(vertices=plate.vertices, triangles=plate.triangles, hulls=(flat,))
    return Blueprint(
        parts=(Part(solid=body), Part(solid=plate, fill=1.3)),
        slots=(MAIN, Slot(color="#f4f4f0")),
    )


def fence() -> Blueprint:
    """Return a piece of picket fence."""
    outline = np.array([(-0.045, 0), (0.045, 0), (0.045, 0.86), (0, 0.92), (-0.045, 0.86)])
    picket = prism(outline, 0.02).turned("x", 90)
    pickets = [picket.moved(-0.84 + 0.14 * k, -0.02) for k in range(13)]
    rails = [box(1.8, 0.035, 0.07, bevel=0.003).moved(0, 0.0005 - 0.003, z) for z in (0.2, 0.62)]
    posts = [box(0.08, 0.08, 0.95, bevel=0.004).moved(s * 0.76, 0.055) for s in (-1, 1)]
    return Blueprint(parts=parts_of(*pickets, *rails, *posts))


def mailbox() -> Blueprint:
    """Return a letterbox with a flag on a post."""
    outline = [
        (-0.09, 0.0),
        (0.09, 0.0),
        *[(0.09 * np.cos(t), 0.12 + 0.09 * np.sin(t)) for t in np.linspace(0, np.pi, 17)],
    ]
    raw = prism(np.array(outline), 0.46).turned("x", 90).moved(y=0.23, z=0.99)
    door_leaf = (
        prism(np.array(outline) * 0.93 + [0, 0.004], 0.008).turned("x", 90).moved(y=-0.228, z=0.99)
    )
    post = box(0.09, 0.09, 0.99, bevel=0.005)
    flag = joined(
        box(0.006, 0.02, 0.16, bevel=0.001).moved(0.095, -0.02, 1.08),
        box(0.006, 0.08, 0.05, bevel=0.001).moved(0.095, 0.02, 1.19),
    )
    return Blueprint(
        parts=(
            Part(solid=raw, wall=0.002),
            Part(solid=post, slot=1),
            Part(solid=door_leaf.without_hulls(), slot=2, fill=0.2),
            Part(solid=flag.without_hulls(), slot=3),
        ),
        slots=(
            MAIN,
            Slot(substance="pine"),
            Slot(substance="steel"),
            Slot(substance="plastic", color="#f0c01a"),
        ),
    )


def arrow_sign() -> Blueprint:
    """Return an octagonal stop sign on a pole."""
    octagon = circle(0.38, 8) @ np.array(
        [[np.cos(np.pi / 8), np.sin(np.pi / 8)], [-np.sin(np.pi / 8), np.cos(np.pi / 8)]]
    )
    plate = prism(octagon, 0.006).turned("x", 90).moved(y=-0.03, z=1.65)
    rim = prism(octagon * 0.97, 0.001, octagon * 0.91).turned("x", 90).moved(y=-0.0355, z=1.65)
    stroke = box(0.42, 0.001, 0.075, bevel=0.0002).moved(0, -0.0362, 1.61)
    pole = turned([(0.03, 0), (0.03, 2.0, 0.004)], segments=24)
    foot = turned([(0.22, 0, 0.01), (0.22, 0.04, 0.01)], segments=48)
    return Blueprint(
        parts=(
            Part(solid=plate),
            Part(solid=joined(rim, stroke).without_hulls(), slot=1),
            Part(solid=pole, slot=2, wall=0.003),
            Part(solid=foot, slot=3),
        ),
        slots=(MAIN, Slot(substance="plastic", color="#f5f4f0"),
               Slot(substance="steel", color="#9a9da0"), Slot(substance="concrete")),
    )  # fmt: skip


def ladder() -> Blueprint:
    """Return a step ladder that stands by itself."""
    rails = [bar((s * 0.22, -0.34, 0), (s * 0.15, -0.03, 1.88), 0.028, 0.06) for s in (-1, 1)]
    props = [bar((s * 0.22, 0.42, 0), (s * 0.15, 0.05, 1.84), 0.024, 0.04) for s in (-1, 1)]
    steps = []
    for k in range(1, 6):
        share = 0.3 * k / 1.88
        half = 0.22 - 0.07 * share
        steps.append(
            box(2 * half, 0.09, 0.022, bevel=0.003).moved(0, -0.34 + 0.31 * share, 0.3 * k)
        )
    lid = box(0.36, 0.2, 0.026, bevel=0.004).moved(z=1.86)
    brace = [
        box(0.4, 0.02, 0.04, bevel=0.003).moved(0, y, z) for y, z in ((0.365, 0.25), (0.27, 0.75))
    ]
    whole = joined(*rails, *props, *steps, *brace)
    lift = -float(whole.vertices[:, 2].min())
    return Blueprint(
        parts=(*(Part(solid=s.moved(z=lift)) for s in (*rails, *props, *steps, *brace, lid)),),
        supports=(top(1.886 + lift, 0.36, 0.2),),
    )


def flag() -> Blueprint:
    """Return a flag on a thin pole, its cloth in a light breeze towards +X."""
    wide, high, pole = 1.0, 0.62, 1.5
    t = np.linspace(0.0, 1.0, 25)
    wave = 0.05 * np.sin(2.4 * np.pi * t) * t
    rows = [
        np.column_stack([0.012 + wide * t, wave, np.full_like(t, z) - 0.05 * t**2])
        for z in np.linspace(pole - 0.03 - high, pole - 0.03, 7)
    ]
    cloth = thickened(np.stack(rows), 0.004)
    ends = np.column_stack([[0.012, wide, wide, 0.012], np.zeros(4), [0.85, 0.8, 1.45, 1.48]])
    hull = np.concatenate([ends + np.array([0.0, y, 0.0]) for y in (-0.02, 0.02)])
    cloth = Solid(vertices=cloth.vertices, triangles=cloth.triangles, hulls=(hull,))
    rod = turned([(0.014, 0), (0.014, pole - 0.02), (0.02, pole - 0.01, 0.006), (0, pole)])
    return Blueprint(
        parts=(Part(solid=cloth), Part(solid=rod, slot=1, wall=0.002)),
        slots=(MAIN, Slot(substance="pine")),
        tags=("planted",),
    )
