"""Helicopters, hot-air balloons and canoes: what flies and floats."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, hollow
from scene_builder.assets.shapes.boxes import bar, box, prism
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import curve, tube
from scene_builder.assets.shapes.sheets import sheet
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

PANE = Slot(substance="plastic", color="#1c2a36")
BLADES = Slot(substance="aluminium", color="#2b2d30")
WICKER = Slot(substance="bamboo", color="#9c6b3c")


def helicopter() -> Blueprint:
    """Return a helicopter on its skids, its nose towards +X."""
    cabin = _fuselage()
    boom = turned([(0.42, 0), (0.3, 1.6), (0.16, 4.7, 0.05)], segments=24, tolerance=0.05)
    boom = boom.turned("y", -90).moved(-0.9, 0, 1.95)
    fin = [(-5.2, 1.8), (-4.9, 1.9), (-5.35, 3.2, 0.1), (-5.9, 3.25, 0.1), (-5.75, 1.9, 0.1),
           (-6.0, 1.15, 0.1), (-5.75, 1.1, 0.1)]  # fmt: skip
    tail = prism(rounded_loop(fin), 0.12).turned("x", 90).moved(y=0.06)
    plane = box(0.5, 2.0, 0.07, bevel=0.02).moved(-4.5, 0, 1.95)
    mast = turned([(0.34, 2.55), (0.26, 2.8, 0.05), (0.09, 2.85), (0.08, 3.25, 0.02)], segments=24)
    hub = turned([(0.2, 3.12, 0.03), (0.2, 3.24, 0.03), (0.1, 3.32)], segments=24)
    blade = box(4.9, 0.3, 0.05, bevel=0.015).moved(2.55, 0, 3.16)
    blades = [blade.turned("z", a) for a in (35, 155, 275)]
    spin = box(0.12, 0.04, 1.7, bevel=0.01).moved(z=-0.85)
    rotor = [spin.turned("y", a).moved(-5.5, -0.17, 2.3) for a in (20, 110)]
    rotor.append(turned([(0.09, 0), (0.09, 0.2)], segments=16).turned("x", 90).moved(-5.5, 0, 2.3))
    skids = []
    for s in (-1, 1):
        line = curve(np.array([(-1.6, s, 0.06), (1.4, s, 0.06), (1.9, s, 0.14), (2.15, s, 0.4)]),
                     14)  # fmt: skip
        skids.append(tube(line, 0.06, sides=8, pieces=3))
        skids += [bar((x, s * 0.98, 0.08), (x, s * 0.5, 0.95), 0.08, 0.08) for x in (-0.8, 0.9)]
    stripe = box(0.05, 0.02, 0.02, bevel=0.001)
    return Blueprint(
        parts=(
            Part(solid=cabin, wall=0.02),
            Part(solid=boom, wall=0.01),
            Part(solid=joined(tail, plane), fill=0.3),
            Part(solid=joined(mast, hub, *skids), slot=2, fill=0.3),
            Part(solid=joined(*blades, *rotor), slot=2, fill=0.25),
            Part(solid=stripe.moved(-5.5, -0.2, 2.29).without_hulls(), slot=3),
        ),
        slots=(MAIN, PANE, BLADES, Slot(substance="steel")),
    )


def _fuselage() -> Solid:
    """Return the cabin, its upper front glazed in the next slot [m]."""
    x = np.array([-1.75, -1.5, -0.9, -0.2, 0.5, 1.2, 1.8, 2.25, 2.5])
    half = np.array([0.25, 0.48, 0.78, 0.92, 0.95, 0.92, 0.78, 0.5, 0.2])
    low = np.array([1.65, 1.4, 1.0, 0.75, 0.7, 0.72, 0.82, 1.0, 1.2])
    high = np.array([2.25, 2.5, 2.68, 2.72, 2.68, 2.5, 2.1, 1.65, 1.4])
    at = np.linspace(x[0], x[-1], 27)
    angle = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    cos, sin = np.cos(angle), np.sin(angle)
    across, up = np.sign(cos) * np.abs(cos) ** 0.8, np.sign(sin) * np.abs(sin) ** 0.8
    rings = []
    for px in at:
        w, lo, hi = (float(np.interp(px, x, v)) for v in (half, low, high))
        rings.append(np.column_stack([np.full(36, px), w * across,
                                      (lo + hi) / 2 + (hi - lo) / 2 * up]))  # fmt: skip
    ends = [(float(r[0, 0]) + d, 0.0, float(r[:, 2].mean())) for r, d in
            ((rings[0], -0.06), (rings[-1], 0.08))]  # fmt: skip
    skin = skinned(rings, *ends)

    def glazed(c: Array) -> Array:
        front = (c[:, 0] > 0.75) & (c[:, 2] > 1.35) & (np.abs(c[:, 1]) > 0.07)  # noqa: PLR2004
        door = (c[:, 0] > -0.35) & (c[:, 0] < 0.6) & (c[:, 2] > 1.6) & (c[:, 2] < 2.3)  # noqa: PLR2004
        return np.asarray(front | (door & (np.abs(c[:, 1]) > 0.6)))  # noqa: PLR2004

    hulls = tuple(np.concatenate([rings[a][::3], rings[b][::3]]) for a, b in
                  ((0, 6), (6, 13), (13, 20), (20, 26)))  # fmt: skip
    return Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=hulls).painted(1, glazed)


def hot_air_balloon() -> Blueprint:
    """Return a hot-air balloon on its basket: gores in three colours, ropes and a burner."""
    outline = [(1.7, 4.6), (2.4, 5.6), (4.4, 8.4), (6.4, 11.2), (7.6, 13.6), (8.0, 15.6),
               (7.8, 17.4), (6.9, 19.4), (5.2, 21.0), (2.8, 21.9), (0.0, 22.1)]  # fmt: skip
    smooth = curve(np.column_stack([outline, np.zeros(len(outline))]), 31)[:, :2]
    smooth[-1, 0] = 0.0
    envelope = turned([(float(r), float(z)) for r, z in smooth], segments=64, tolerance=0.3)
    points = envelope.vertices.copy()
    turn = np.arctan2(points[:, 1], points[:, 0])
    points[:, :2] *= (1 + 0.025 * np.abs(np.sin(8 * turn)))[:, None]
    bag = Solid(vertices=points, triangles=envelope.triangles, hulls=envelope.hulls)

    def white(c: Array) -> Array:
        return np.asarray(_gore(c) % 4 == 1) & (c[:, 2] > 5)  # noqa: PLR2004

    def amber(c: Array) -> Array:
        return np.asarray((_gore(c) % 4 == 3) | ((c[:, 2] > 14.4) & (c[:, 2] < 15.4)))  # noqa: PLR2004

    basket = [box(1.5, 0.1, 1.1, bevel=0.03).moved(y=s * 0.6) for s in (-1, 1)]
    basket += [box(0.1, 1.1, 1.1, bevel=0.03).moved(x=s * 0.7) for s in (-1, 1)]
    basket.append(box(1.5, 1.3, 0.08, bevel=0.02))
    rim = [bar((-0.75, s * 0.6, 1.12), (0.75, s * 0.6, 1.12), 0.14, 0.14) for s in (-1, 1)]
    rim += [bar((s * 0.7, -0.6, 1.12), (s * 0.7, 0.6, 1.12), 0.14, 0.14) for s in (-1, 1)]
    ropes = []
    for x in (-1, 1):
        for y in (-1, 1):
            post = (x * 0.66, y * 0.56, 1.1), (x * 0.5, y * 0.45, 2.5)
            ropes.append(tube(np.array(post), 0.045, sides=6, pieces=1))
            ropes += [tube(np.array([post[1], (1.68 * np.cos(a), 1.68 * np.sin(a), 4.65)]), 0.035,
                           sides=6, pieces=1)
                      for a in (np.arctan2(y, x) - 0.35, np.arctan2(y, x) + 0.35)]  # fmt: skip
    burner = turned([(0.3, 2.45, 0.04), (0.3, 2.55, 0.04), (0.16, 2.6), (0.2, 3.0)], segments=24)
    return Blueprint(
        parts=(
            Part(solid=bag.painted(1, white).painted(2, amber), wall=0.008),
            Part(solid=joined(*basket), slot=3, fill=0.15),
            Part(solid=joined(*rim), slot=4, fill=0.2),
            Part(solid=joined(*ropes), slot=5, fill=0.3),
            Part(solid=burner, slot=6, fill=0.04),
        ),
        slots=(MAIN, Slot(color="#f4efe2"), Slot(color="#e8a11e"), WICKER,
               Slot(substance="leather", color="#5a3320"), Slot(substance="rope"),
               Slot(substance="steel")),
    )  # fmt: skip


def _gore(c: Float[Array, "t 3"]) -> Array:
    """Return the number of the gore, of sixteen, in which each point lies."""
    return np.asarray(np.floor((np.arctan2(c[:, 1], c[:, 0]) % (2 * np.pi)) * 8 / np.pi))


def canoe() -> Blueprint:
    """Return an open canoe along X: upswept ends, gunwales, two seats and a thwart."""
    outer, inner = _canoe_skin(0.0), _canoe_skin(0.018)
    hull = sheet(outer, inner)
    hulls: list[Array] = []
    cuts = (0, 6, 11, 17, 22, 28)
    for a, b in pairwise(cuts):
        for c, d in ((0, 3), (3, 6), (6, 10), (10, 13), (13, 16)):
            hulls.append(np.concatenate([outer[a : b + 1, c : d + 1].reshape(-1, 3)[::2],
                                         inner[a : b + 1, c : d + 1].reshape(-1, 3)[::2],
                                         outer[[a, a, b, b], [c, d, c, d]]]))  # fmt: skip
    hull = Solid(vertices=hull.vertices, triangles=hull.triangles, hulls=tuple(hulls))
    gunwales = [
        tube(outer[:, k] + [0, 0, 0.006], 0.018, sides=8, pieces=8).without_hulls() for k in (0, 16)
    ]
    seats = [
        box(0.22, w, 0.02, bevel=0.004).moved(x, 0, 0.25) for x, w in ((-1.5, 0.6), (1.2, 0.68))
    ]
    thwart = box(0.07, 0.8, 0.022, bevel=0.006).moved(0.1, 0, 0.325)
    return Blueprint(
        parts=(
            Part(solid=hull, fill=0.5),
            Part(solid=joined(*gunwales, thwart.without_hulls()), slot=1),
            Part(solid=joined(*seats).without_hulls(), slot=1),
        ),
        slots=(MAIN, Slot(substance="oak")),
        cavity=hollow(0.028, 0.2, 0.26),
    )


def _canoe_skin(inset: float) -> Float[Array, "29 17 3"]:
    """Return the hull's surface, drawn in by `inset`: along X, and across from rim to rim [m]."""
    t = np.linspace(-1, 1, 29)[:, None]
    u = np.linspace(-1, 1, 17)[None]
    half = np.maximum(0.42 * np.clip(1 - np.abs(t) ** 2.4, 0, 1) ** 0.8, 0.022) - inset
    rim = 0.36 + 0.22 * np.abs(t) ** 5
    keel = 0.16 * np.abs(t) ** 9
    a = u * np.pi / 2
    across = np.sign(u) * np.abs(np.sin(a)) ** 0.75
    down = np.abs(np.cos(a)) ** 0.62
    z = rim - (rim - keel - inset) * down
    x = 2.4 * np.sign(t) * np.abs(t) ** 0.94 - np.sign(t) * (0.14 * np.abs(t) ** 12 * down + inset)
    return np.stack(np.broadcast_arrays(x, half * across, z), axis=2)
