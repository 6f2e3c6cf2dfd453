"""Pictures, mirrors, curtains, rugs, clocks, screens, and ornaments."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of, top
from scene_builder.assets.shapes.boxes import bar, box, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import circle, star
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import ball_of, tube
from scene_builder.assets.shapes.solid import Solid, convex, joined
from scene_builder.model.arrays import Array

LAND = ("#8fb3c9", "#5d7f6b", "#c98f5a", "#3f5c6e", "#e6d9bd")


def picture_frame_rand(rng: np.random.Generator) -> Blueprint:
    """Return a framed landscape of a few hills and a sun; its back lies against the wall."""
    x, z, rim = 0.7, 0.5, 0.045
    frame = _frame(x, z, rim, 0.028)
    mount = _upright(prism(_rect(x - 2 * rim + 0.01, z - 2 * rim + 0.01), 0.008), 0.012).moved(
        z=z / 2
    )
    wide, high = x - 2 * rim - 0.11, z - 2 * rim - 0.11
    sky = _upright(prism(_rect(wide, high), 0.002, pieces=False), 0.0035).moved(z=z / 2)
    hills = []
    for k in range(3):
        t = np.linspace(-wide / 2, wide / 2, 25)
        level = high * (0.12 - 0.17 * k)
        phase, waves = rng.uniform(0, 6), rng.uniform(6, 14)
        line = (
            level + 0.055 * high * np.sin(waves * t + phase) + 0.03 * high * np.sin(2.3 * waves * t)
        )
        outline = np.concatenate(
            [np.stack([t, line], 1)[::-1], [[-wide / 2, -high / 2], [wide / 2, -high / 2]]]
        )
        hills.append(
            _upright(prism(outline, 0.001, pieces=False), 0.0014 - 0.0009 * k).moved(z=z / 2)
        )
    sun = _upright(prism(circle(0.03, 32), 0.001, pieces=False), 0.0018).moved(
        float(rng.uniform(-0.15, 0.15)), 0, z / 2 + 0.25 * high
    )
    colors = rng.permutation(LAND[1:4])
    parts = [Part(solid=frame), Part(solid=mount, slot=1), Part(solid=sky.without_hulls(), slot=2)]
    parts += [Part(solid=hill.without_hulls(), slot=3 + k) for k, hill in enumerate(hills)]
    parts.append(Part(solid=sun.without_hulls(), slot=6))
    slots = (MAIN, Slot(substance="paper", color="#f3efe6"), Slot(substance="paper", color=LAND[0]),
             *(Slot(substance="paper", color=str(c)) for c in colors),
             Slot(substance="paper", color="#f0d9a0"))  # fmt: skip
    return Blueprint(parts=tuple(parts), slots=slots, tags=("hangs",))


def poster() -> Blueprint:
    """Return a framed sheet of paper with room for words; its back lies against the wall."""
    x, z, rim = 0.7, 0.5, 0.025
    sheet = _upright(prism(_rect(x - 2 * rim + 0.01, z - 2 * rim + 0.01), 0.008), 0.012)
    return Blueprint(
        parts=(
            Part(solid=sheet.moved(z=z / 2), slot=1),
            Part(solid=_frame(x, z, rim, 0.028)),
        ),
        slots=(MAIN, Slot(substance="paper", color="#f3efe6")),
        tags=("hangs",),
    )


def mirror() -> Blueprint:
    """Return an upright mirror in a wooden frame; its back lies against the wall."""
    x, z, rim = 0.6, 0.9, 0.05
    pane = _upright(prism(_rect(x - 2 * rim + 0.01, z - 2 * rim + 0.01), 0.005), 0.008).moved(
        z=z / 2
    )
    return Blueprint(
        parts=(Part(solid=_frame(x, z, rim, 0.03)), Part(solid=pane, slot=1, fill=0.25)),
        slots=(MAIN, Slot(substance="silver", color="#f2f4f5")),
        tags=("hangs",),
    )


def curtain() -> Blueprint:
    """Return a pair of drawn-back curtains on a rod."""
    z, count = 2.2, 73
    parts: list[Solid] = []
    for s in (-1, 1):
        t = np.linspace(0, 1, count)
        x = s * (0.42 + 0.42 * t)
        y = 0.032 * np.sin(2 * np.pi * 7 * t)
        front = np.stack([x, y - 0.002], 1)
        back = np.stack([x, y + 0.002], 1)
        outline = np.concatenate([front, back[::-1]])
        parts.append(prism(outline if s > 0 else outline[::-1], z - 0.05, pieces=False))
    rod = tube(np.array([(-0.98, 0, z - 0.03), (0.98, 0, z - 0.03)]), 0.014, pieces=1)
    knobs = [ball_of(0.028, 0.028, 0.028, detail=2).moved(s * 0.99, 0, z - 0.03) for s in (-1, 1)]
    cloth = [p.without_hulls() for p in parts]
    boards = [box(0.44, 0.07, z - 0.05, bevel=0).moved(s * 0.63) for s in (-1, 1)]
    cloth = [
        Solid(vertices=c.vertices, triangles=c.triangles, hulls=b.hulls)
        for c, b in zip(cloth, boards, strict=True)
    ]
    return Blueprint(
        parts=(
            *(Part(solid=c) for c in cloth),
            *parts_of(joined(rod, *knobs).without_hulls(), slot=1),
        ),
        slots=(MAIN, Slot(substance="brass")),
        tags=("hangs",),
    )


def rug() -> Blueprint:
    """Return a flat rug with a border and fringes."""
    x, y, h = 1.9, 1.3, 0.009
    body = box(x, y, h, bevel=0.003)
    border = prism(_rect(x - 0.16, y - 0.16), 0.0008, _rect(x - 0.26, y - 0.26)).moved(z=h - 0.0002)
    field = prism(_diamond(x * 0.3, y * 0.3), 0.0008, _diamond(x * 0.24, y * 0.24)).moved(
        z=h - 0.0002
    )
    inner = prism(_diamond(x * 0.12, y * 0.12), 0.0008).moved(z=h - 0.0002)
    fringe = [
        box(0.05, 0.006, 0.004, bevel=0.001).moved(s * (x / 2 + 0.025), k * 0.02, 0.001)
        for s in (-1, 1)
        for k in range(-31, 32)
    ]
    return Blueprint(
        parts=(
            Part(solid=body),
            Part(solid=joined(border, field, inner, *fringe).without_hulls(), slot=1, fill=0.2),
        ),
        slots=(MAIN, Slot(substance="wool", color="#e3d7bd")),
        supports=(top(h, x, y),),
    )


def skirting_board() -> Blueprint:
    """Return a skirting board along X; its back lies against the wall."""
    outline = np.array(
        [(-0.008, 0), (0.008, 0), (0.008, 0.1), (0.0, 0.1), (-0.005, 0.09), (-0.008, 0.08)]
    )
    body = prism(outline, 2.0)
    matrix = np.array([[0, 0, 1.0], [1, 0, 0], [0, 1, 0]])
    points = body.vertices @ matrix.T - [1.0, 0, 0]
    return Blueprint(
        parts=(Part(solid=Solid(vertices=points, triangles=body.triangles).with_hull()),),
        tags=("hangs",),
    )


def clock() -> Blueprint:
    """Return a round clock on two feet; it shows ten past ten."""
    r, deep = 0.1, 0.05
    case = _facing(lathe(np.array([(0, -deep / 2), (r - 0.006, -deep / 2), (r, -deep / 2 + 0.006),
    (r, deep / 2 - 0.004),
                                   (r - 0.004, deep / 2), (r - 0.014, deep / 2), (r - 0.014,
                                   deep / 2 - 0.008), (0, deep / 2 - 0.008)]),
                         segments=64))  # fmt: skip
    dial = _facing(
        turned([(r - 0.0145, 0), (r - 0.0145, 0.001)], segments=64).moved(z=deep / 2 - 0.0085)
    )
    front = deep / 2 - 0.0072
    ticks = []
    for k in range(12):
        size = (0.005, 0.014) if k % 3 == 0 else (0.0025, 0.009)
        mark = box(size[0], 0.0008, size[1], bevel=0.0001).moved(0, -front, r - 0.034)
        ticks.append(mark.turned("y", 30 * k))
    hour = box(0.006, 0.001, 0.045, bevel=0.0002).moved(0, -front - 0.0012, -0.006).turned("y", -55)
    minute = (
        box(0.004, 0.001, 0.066, bevel=0.0002).moved(0, -front - 0.0024, -0.008).turned("y", 60)
    )
    pin = _facing(turned([(0.006, 0), (0.006, 0.0045)], segments=16).moved(z=front))
    feet = [bar((s * 0.05, 0, 0.03), (s * 0.075, 0, 0), 0.014, 0.03) for s in (-1, 1)]
    up = r + 0.012
    marks = joined(*ticks, hour, minute, pin).without_hulls().moved(z=up)
    feet = [_cut_level(foot) for foot in feet]
    return Blueprint(
        parts=(
            Part(solid=case.moved(z=up), fill=0.45),
            Part(solid=dial.without_hulls().moved(z=up), slot=1),
            Part(solid=marks, slot=2),
            *parts_of(*feet, slot=3),
        ),
        slots=(MAIN, Slot(substance="paper", color="#f4efe2"), Slot(substance="plastic",
        color="#17171a"),
               Slot(substance="brass")),
    )  # fmt: skip


def tv() -> Blueprint:
    """Return a flat television on two feet."""
    x, z = 1.1, 0.63
    panel = box(x, 0.035, z, bevel=0.006).moved(0, 0, 0.06)
    glass = box(x - 0.02, 0.002, z - 0.022, bevel=0.0004).moved(0, -0.018, 0.07)
    feet = [bar((s * 0.36, -0.11, 0.006), (s * 0.36, 0.11, 0.006), 0.03, 0.012) for s in (-1, 1)]
    stems = [box(0.03, 0.02, 0.06, bevel=0.002).moved(s * 0.36, 0, 0.004) for s in (-1, 1)]
    return Blueprint(
        parts=(
            Part(solid=panel, fill=0.4),
            Part(solid=glass.without_hulls(), slot=1),
            *parts_of(*feet, *stems),
        ),
        slots=(MAIN, Slot(substance="plastic", color="#0b0d12")),
    )


def heart() -> Blueprint:
    """Return a heart that stands on its tip."""
    t = np.linspace(0, 2 * np.pi, 65)[:-1]
    x = 16 * np.sin(t) ** 3
    z = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    line = np.stack([x, z], 1)[::-1] * 0.0043
    return Blueprint(parts=(Part(solid=_puffed(line, 0.026)),))


def flat_star(count: int = 5) -> Blueprint:
    """Return a star of so many points, raised in its middle, that stands on two of them."""
    inner = {4: 0.03, 5: 0.036}.get(count, 0.08 * (1 - 2.7 / count))
    outline = star(0.08, inner, count)
    if count % 2 == 0:  # one point would be down
        turn = np.pi / count
        outline = outline @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return Blueprint(parts=(Part(solid=_puffed(outline, 0.024)),))


def _puffed(outline: Float[Array, "n 2"], thick: float) -> Solid:
    """Return an upright outline whose two faces rise towards the middle, on z = 0 [m]."""
    count = len(outline)
    middle = np.array([0.0, float(np.median(outline[:, 1]))])
    layers = [(0.55, 0.9), (0.85, 0.62), (1.0, 0.1), (1.0, -0.1), (0.85, -0.62), (0.55, -0.9)]
    rings = [
        np.column_stack([(outline - middle) * share + middle, np.full(count, rise * thick / 2)])
        for share, rise in layers
    ]
    skin = skinned(rings, np.array([*middle, thick / 2]), np.array([*middle, -thick / 2]))
    hulls = tuple(hull - [0, 0, thick / 2] for hull in prism(outline, thick).hulls)
    solid = Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=hulls)
    return solid.turned("x", 90).seated()


def _cut_level(foot: Solid) -> Solid:
    flat = foot.vertices.copy()
    flat[:, 2] = np.maximum(flat[:, 2], 0.0)
    return Solid(vertices=flat, triangles=foot.triangles, hulls=(flat,))


def _rect(x: float, y: float) -> Float[Array, "4 2"]:
    return np.array([(-x / 2, -y / 2), (x / 2, -y / 2), (x / 2, y / 2), (-x / 2, y / 2)])


def _diamond(x: float, y: float) -> Float[Array, "4 2"]:
    return np.array([(-x, 0), (0, -y), (x, 0), (0, y)])


def _upright(panel: Solid, back: float) -> Solid:
    """Stand a panel of (x, z) up so that it looks to the front, its back at y = `back`."""
    return panel.turned("x", 90).moved(y=back)


def _facing(solid: Solid) -> Solid:
    """Turn what looks up so that it looks to the front."""
    return solid.turned("x", 90)


def _frame(x: float, z: float, rim: float, deep: float) -> Solid:
    """Return a mitred, sloping frame on z = 0, from y = −deep/2 to deep/2 [m]."""
    sides = []
    for angle, long in ((0, x), (90, z), (180, x), (270, z)):
        across = z if angle % 180 == 0 else x
        half = long / 2
        outer = [(-half, -deep / 2 + 0.008), (half, -deep / 2 + 0.008)]
        inner = half - rim
        points = [
            (-half, deep / 2, 0.0), (half, deep / 2, 0.0), (-inner, deep / 2, rim), (inner,
            deep / 2, rim),
            *((px, py, 0.0) for px, py in outer),
            (-half + 0.012, -deep / 2, 0.012), (half - 0.012, -deep / 2, 0.012),
            (-inner, -deep / 2 + 0.01, rim), (inner, -deep / 2 + 0.01, rim),
        ]  # fmt: skip
        sides.append(convex(np.array(points)).moved(z=-across / 2).turned("y", angle))
    return joined(*sides).moved(z=z / 2)
