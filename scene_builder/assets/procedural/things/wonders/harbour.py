"""What stands and lies by the sea: lighthouses, anchors, submarines and cannons."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.shapes.boxes import bar, box, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded, rounded_loop
from scene_builder.assets.shapes.rounds import arc, ball_of, torus, tube
from scene_builder.assets.shapes.soft import bent_bar
from scene_builder.assets.shapes.solid import Solid, convex, joined
from scene_builder.model.arrays import Array

STEEL = Slot(substance="steel", color="#5b6066")


def lighthouse() -> Blueprint:
    """Return a lighthouse, 25 m tall, banded in red, with a gallery round its lantern."""
    tower = turned(
        [(3.3, 0), (3.3, 0.6, 0.1), (2.75, 0.9, 0.2), *((2.75 - 0.05 * z, 0.9 + z) for z in
          np.linspace(1, 16.5, 42)), (2.35, 17.8, 0.2), (2.6, 18.2)], segments=64, tolerance=0.05,
    )  # fmt: skip
    tower = tower.painted(2, lambda c: np.floor((c[:, 2] - 1.2) / 3.5) % 2 == 1)
    deck = turned([(2.6, 18.1), (3.0, 18.2, 0.05), (3.0, 18.45, 0.05), (1.4, 18.45)])
    rails = [torus(2.85, 0.045, segments=64, sides=8).moved(z=z) for z in (18.95, 19.45)]
    posts = [bar((2.85 * np.cos(a), 2.85 * np.sin(a), 18.4), (2.85 * np.cos(a), 2.85 * np.sin(a),
                 19.46), 0.07, 0.07) for a in np.linspace(0, 2 * np.pi, 17)[:-1]]  # fmt: skip
    base = turned([(1.5, 18.4), (1.5, 19.3, 0.05), (1.3, 19.3)])
    glass = turned([(1.32, 19.25), (1.32, 21.9)], segments=40)
    lamp = turned([(0.3, 19.5, 0.1), (0.62, 20.1, 0.2), (0.62, 20.9, 0.2), (0.3, 21.5, 0.1)])
    bars = [bar((1.36 * np.cos(a), 1.36 * np.sin(a), 19.25), (1.36 * np.cos(a), 1.36 * np.sin(a),
                21.95), 0.09, 0.09) for a in np.linspace(0, 2 * np.pi, 11)[:-1]]  # fmt: skip
    dome = turned([(1.75, 21.85, 0.05), (1.75, 22.05, 0.05), (1.5, 22.5, 0.3), (0.9, 23.4, 0.5),
                   (0.16, 23.8, 0.1), (0.16, 24.1), (0.3, 24.25, 0.15), (0.05, 24.5),
                   (0.03, 25)])  # fmt: skip
    door = [(-0.55, 0), (0.55, 0), (0.55, 1.6)]
    door += [(0.55 * np.cos(t), 1.6 + 0.55 * np.sin(t)) for t in np.linspace(0.1, np.pi, 9)]
    gate = prism(np.array(door), 0.3, pieces=False).turned("x", 90).moved(y=-2.62, z=0.5)
    spots = ((6.0, 20), (10.2, -25), (14.0, 15), (8.0, 150), (12.5, 200))
    panes = [box(0.6, 0.3, 1.0, bevel=0.05).moved(0, -(2.7 - 0.05 * z), z).turned("z", turn)
             for z, turn in spots]  # fmt: skip
    dark = Slot(substance="glass", color="#1f2a33")
    return Blueprint(
        parts=(
            Part(solid=tower, wall=0.6), *parts_of(deck, base, slot=3),
            Part(solid=glass, slot=1, wall=0.02), Part(solid=dome, slot=2, wall=0.05),
            Part(solid=joined(*rails, *posts, *bars).without_hulls(), slot=3, fill=0.1),
            Part(solid=lamp.without_hulls(), slot=5, fill=0.1),
            Part(solid=joined(*panes).without_hulls(), slot=4, fill=0.02),
            Part(solid=gate.without_hulls(), slot=6, fill=0.02),
        ),
        slots=(Slot(color="#f1eee6"), Slot(substance="glass", color="#dfeef5"),
               Slot(color="#b5302a", dyed=True), STEEL, dark,
               Slot(substance="brass", color="#f2d27a"), Slot(substance="oak")),
    )  # fmt: skip


def anchor() -> Blueprint:
    """Return a ship's anchor, 0.9 m long, that lies flat, its ring to the back."""
    thick = 0.075
    shank = bar((0, -0.36, 0.5 * thick), (0, 0.3, 0.5 * thick), 0.065, 0.062)
    bow = arc((0, -0.02, 0), (0.36, 0, 0), (0, -0.38, 0), (12, 168), 29)
    arms = bent_bar(bow[:, :2], 0.07, thick, edge=0.02, pieces=12)
    flukes = []
    for side in (-1, 1):
        tip = np.array([side * 0.352, 0.1, 0.5 * thick])
        foot = np.array([side * 0.33, -0.16, 0.5 * thick])
        inner = np.array([side * 0.2, -0.01, 0.5 * thick])
        outer = np.array([side * 0.4, -0.04, 0.5 * thick])
        flat = np.array([tip, foot, inner, outer])
        flukes.append(convex(np.concatenate([flat + np.array([0, 0, h]) for h in (-0.03, 0.03)])))
    corners = ((-0.09, -0.36), (0.09, -0.36), (0, -0.46), (-0.05, -0.44), (0.05, -0.44))
    crown = convex(np.array([(x, y, z) for x, y in corners for z in (0.004, thick - 0.004)]))
    stock = tube(np.array([(-0.3, 0.2, 0.5 * thick), (0.3, 0.2, 0.5 * thick)]), 0.026, pieces=1)
    knobs = [ball_of(0.037, 0.037, 0.037, detail=2).moved(s * 0.3, 0.2, 0.5 * thick)
             for s in (-1, 1)]  # fmt: skip
    ring = torus(0.075, 0.014, segments=40).moved(0, 0.365, 0.5 * thick)
    eye = torus(0.03, 0.016, segments=24).turned("y", 90).moved(0, 0.31, 0.5 * thick)
    return Blueprint(
        parts=(*parts_of(shank, arms, crown, *flukes), *parts_of(stock, *knobs, ring, eye)),
    )


def submarine() -> Blueprint:
    """Return a submarine, 60 m long, with its sail, its planes and its screw."""
    r, n = 3.6, 40
    at = np.linspace(0, 1, n)
    outline = r * np.minimum(1, np.sqrt(np.clip(1 - ((0.16 - at) / 0.16).clip(0) ** 2, 0, 1)))
    outline = outline * np.where(
        at > _TAPERS, 1 - 0.9 * (np.clip(at - _TAPERS, 0, 1) / (1 - _TAPERS)) ** 1.9, 1
    )
    outline[0] = 0.0
    hull = turned([(float(q), float(58 * t)) for q, t in zip(outline, at, strict=True)],
                  segments=56, tolerance=0.2)  # fmt: skip
    hull = hull.turned("x", -90).moved(0, -29, r)
    hull = hull.painted(1, lambda c: c[:, 2] < 0.8 * r)
    sail = prism(_lens(9.0, 2.2), 4.6).moved(0, -8, 2 * r - 0.7)
    cap = prism(_lens(9.2, 2.4), 0.25).moved(0, -8, 2 * r + 3.8)
    planes = [prism(_lens(2.4, 0.4), 7.6).turned("y", 90).moved(-3.8, -9.5, 2 * r + 2.2),
              prism(_lens(3.4, 0.5), 9.0).turned("y", 90).moved(-4.5, 25.2, r)]  # fmt: skip
    fins = [prism(_lens(3.6, 0.5), 7.0).moved(0, 25.2, 0.4)]
    masts = [turned([(q, 0), (q, h, 0.05)], segments=20).moved(0, y, 2 * r + 3.9)
             for q, h, y in ((0.22, 3.2, -8.6), (0.16, 4.2, -7.6), (0.3, 1.6, -6.4))]  # fmt: skip
    blade = convex(np.array([(0, 0, 0.2), (0.5, 0.2, 1.0), (0.75, 0.45, 2.0), (-0.3, -0.2, 2.1),
                             (-0.35, -0.1, 1.0), (0.1, 0.15, 0.2)]))  # fmt: skip
    screw = [blade.scaled(1.25).turned("y", 360 / 5 * k).moved(0, 29.4, r) for k in range(5)]
    hub = turned([(0.42, 0), (0.42, 0.9, 0.2), (0.1, 1.5, 0.1)]).turned("x", -90).moved(0, 28.7, r)
    lamps = [box(0.5, 0.12, 0.35, bevel=0.04).moved(0, -12.45, 2 * r + 2.9)]
    keel = box(1.7, 26, 0.6, bevel=0.12).moved(0, -4, 0)
    return Blueprint(
        parts=(
            Part(solid=hull, wall=0.05), *parts_of(sail, cap), *parts_of(*planes, *fins),
            Part(solid=joined(*masts, *lamps).without_hulls(), slot=2, fill=0.1),
            *parts_of(*screw, hub, slot=3), *parts_of(keel, slot=1),
        ),
        slots=(MAIN, Slot(color="#6e2a24"), STEEL, Slot(substance="brass")),
    )  # fmt: skip


_TAPERS = 0.62
"""Where along its hull a submarine begins to taper."""


def _lens(long: float, thick: float) -> Float[Array, "n 2"]:
    """Return a streamlined outline along Y, blunt in front (−Y), counter-clockwise [m]."""
    t = np.linspace(0, 1, 15)
    half = thick / 2 * 2.6 * (np.sqrt(t) * 0.85 - 0.72 * t - 0.13 * t**3 + 0.012)
    right = np.column_stack([half, long * (t - 0.5)])
    return np.concatenate([right, (right * [-1, 1])[::-1]])


def cannon() -> Blueprint:
    """Return a cannon, 2 m long, on a wooden carriage with two spoked wheels, muzzle to −Y."""
    bore, axle = 0.062, np.array([0, 0.12, 0.48])
    barrel = lathe(
        rounded([(0, 0.09), (bore - 0.001, 0.09), (bore, 1.7), (0.104, 1.7, 0.008),
                 (0.128, 1.64, 0.02), (0.096, 1.56, 0.02), (0.102, 0.98), (0.116, 0.97, 0.004),
                 (0.116, 0.93, 0.004), (0.128, 0.5), (0.142, 0.49, 0.005), (0.142, 0.44, 0.005),
                 (0.15, 0.08), (0.166, 0.075, 0.006), (0.166, 0.02, 0.01), (0.09, -0.03, 0.03),
                 (0.035, -0.06, 0.01), (0.032, -0.09, 0.01), (0.058, -0.13, 0.03),
                 (0.03, -0.18, 0.03), (0, -0.185)])[::-1],
        segments=56, sides=10, tolerance=0.01,
    )  # fmt: skip
    barrel = barrel.turned("x", 84).moved(0, 0.88, 0.68)
    trunnions = tube(np.array([(-0.24, 0.22, 0.64), (0.24, 0.22, 0.64)]), 0.05, pieces=1)
    cheek = rounded_loop([(-0.26, 0.4, 0.03), (0.2, 0.36, 0.1), (1.2, 0.0, 0.01), (1.3, 0.0, 0.02),
                          (1.3, 0.12, 0.04), (0.3, 0.62, 0.15), (-0.26, 0.66, 0.03)])  # fmt: skip
    turn = np.array([[0, 0, 1.0], [1, 0, 0], [0, 1, 0]])
    plate = prism(cheek, 0.075)
    side = Solid(vertices=plate.vertices @ turn.T, triangles=plate.triangles,
                 hulls=tuple(h @ turn.T for h in plate.hulls))  # fmt: skip
    cheeks = [side.moved(x=x) for x in (-0.245, 0.17)]
    cross = [box(0.36, 0.12, 0.1, bevel=0.01).moved(0, y, z)
             for y, z in ((-0.15, 0.42), (0.5, 0.3), (1.15, 0.06))]  # fmt: skip
    shaft = tube(np.array([(-0.52, *axle[1:]), (0.52, *axle[1:])]), 0.045, pieces=1)
    wheels = [part for x in (-0.44, 0.44) for part in _wheel(x, axle, 0.48)]
    woods = [*cheeks, *cross, shaft, *(w for w, _ in wheels)]
    return Blueprint(
        parts=(
            Part(solid=barrel),
            *parts_of(trunnions),
            *parts_of(*woods, slot=1),
            *parts_of(*(iron for _, iron in wheels), slot=2),
        ),
        slots=(MAIN, Slot(substance="oak", color="#6b4526"), Slot(substance="iron")),
    )


def _wheel(x: float, axle: Float[Array, "3"], radius: float) -> list[tuple[Solid, Solid]]:
    """Return a wheel's wood and iron, upright about an axle along X."""
    rim = torus(radius - 0.045, 0.034, segments=48, sides=10)
    tyre = lathe(np.array([(radius - 0.02, -0.035), (radius, -0.035), (radius, 0.035),
                           (radius - 0.02, 0.035)]), segments=48, sides=12)  # fmt: skip
    ends = [(np.cos(a), np.sin(a)) for a in np.linspace(0, 2 * np.pi, 11)[:-1]]
    spokes = [bar((0.05 * c, 0.05 * s, 0), ((radius - 0.05) * c, (radius - 0.05) * s, 0),
                  0.04, 0.034).without_hulls() for c, s in ends]  # fmt: skip
    hub = turned([(0.075, -0.09, 0.01), (0.09, 0, 0.05), (0.075, 0.09, 0.01)])
    cap = turned([(0.05, 0.09), (0.05, 0.115, 0.01)])

    def put(solid: Solid) -> Solid:
        return solid.turned("y", 90 if x > 0 else -90).moved(x, *(float(v) for v in axle[1:]))

    return [(put(joined(rim, *spokes, hub)), put(joined(tyre, cap)))]
