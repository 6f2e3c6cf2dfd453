"""Traffic lights, stop signs and parking meters."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.shapes.boxes import box, chamfered_prism, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import circle, rounded_loop
from scene_builder.assets.shapes.rounds import arc, tube
from scene_builder.assets.shapes.solid import Solid, carved, joined
from scene_builder.model.arrays import Array

POLE = Slot(substance="steel", color="#8d9092")
DARK = Slot(substance="plastic", color="#17181a")
WHITE = Slot(substance="plastic", color="#f5f4f0")

_LAMPS = (("#c40d06", 1.98), ("#e89a12", 1.66), ("#06802f", 1.34))
"""Colours of a traffic light's lamps, and their heights [m]."""


def traffic_light_rand(rng: np.random.Generator) -> Blueprint:
    """Return a traffic light on a pole: red, amber and green under hoods, one of them lit."""
    lit = int(rng.choice([0, 0, 2]))
    face: list[tuple[float, ...]] = [
        (x, z, 0.05) for x, z in ((-0.18, 0), (0.18, 0), (0.18, 1.04), (-0.18, 1.04))
    ]
    housing = chamfered_prism(rounded_loop(face), 0.17, 0.012).turned("x", 90)
    board = prism(rounded_loop([(1.35 * c[0], 1.12 * c[1] - 0.0624, 0.08) for c in face]),
                  0.012).turned("x", 90).moved(y=0.06)  # fmt: skip
    pole = turned([(0.055, 0), (0.055, 2.3, 0.02)], segments=24).moved(y=0.13)
    foot = turned([(0.16, 0, 0.01), (0.15, 0.05, 0.01), (0.07, 0.07), (0.065, 0.2)], segments=32)
    arms = [box(0.05, 0.16, 0.05, bevel=0.006).moved(0, 0.1, z) for z in (1.32, 2.0)]
    lens = turned([(0.125, 0), (0.115, 0.02), (0.08, 0.04), (0.0, 0.05)], segments=32)
    hood = lathe(np.array([(0.132, 0), (0.142, 0), (0.142, 0.2), (0.132, 0.2)]), segments=32)
    scoop = box(0.6, 0.5, 0.5, bevel=0).turned("x", 32).moved(0, -0.27, 0.03)
    hood = carved(hood, scoop).without_hulls()
    lamps, hoods = [], []
    for k, (_, z) in enumerate(_LAMPS):
        lamps.append(Part(solid=lens.turned("x", 90).moved(0, -0.166, z).without_hulls(),
                          slot=3 + k, fill=0.2))  # fmt: skip
        hoods.append(hood.turned("x", 90).moved(0, -0.166, z))
    glow = [Slot(substance="light" if k == lit else "plastic", color=color if k == lit
                 else _dimmed(color)) for k, (color, _) in enumerate(_LAMPS)]  # fmt: skip
    return Blueprint(
        parts=(
            Part(solid=housing.moved(z=1.14), fill=0.12),
            Part(solid=board.moved(z=1.14), slot=2, fill=0.3),
            Part(solid=pole, slot=1, wall=0.005),
            Part(solid=joined(*arms, foot.moved(y=0.13)), slot=1, fill=0.4),
            Part(solid=joined(*hoods), slot=2, fill=0.4),
            *lamps,
        ),
        slots=(MAIN, POLE, DARK, *glow),
    )


def _dimmed(color: str) -> str:
    """Return the colour of a lamp that is off."""
    parts = [int(color[k : k + 2], 16) for k in (1, 3, 5)]
    return "#" + "".join(f"{int(0.7 * part):02x}" for part in parts)


def stop_sign() -> Blueprint:
    """Return an octagonal stop sign, lettered, on a steel post in a foot."""
    eighth = np.pi / 8
    turn = np.array([[np.cos(eighth), np.sin(eighth)], [-np.sin(eighth), np.cos(eighth)]])
    octagon = circle(0.4, 8) @ turn
    plate = prism(octagon, 0.008).turned("x", 90).moved(y=-0.034, z=1.72)
    rim = prism(octagon * 0.985, 0.0012, octagon * 0.925).turned("x", 90).moved(y=-0.0415, z=1.72)
    word = joined(*_letters()).moved(y=-0.0418, z=1.72)
    post = box(0.06, 0.05, 2.0, bevel=0.008)
    foot = turned([(0.2, 0, 0.01), (0.19, 0.05, 0.012)], segments=48)
    bolts = [
        turned([(0.012, 0), (0.01, 0.006)], segments=12).turned("x", 90).moved(0, -0.042, 1.72 + z)
        for z in (-0.26, 0.26)
    ]
    return Blueprint(
        parts=(
            Part(solid=plate),
            Part(solid=joined(rim, word).without_hulls(), slot=1, fill=0.2),
            Part(solid=post, slot=2, fill=0.14),
            Part(solid=foot, slot=3),
            Part(solid=joined(*bolts).without_hulls(), slot=2, fill=0.2),
        ),
        slots=(MAIN, WHITE, POLE, Slot(substance="concrete")),
    )


def _letters() -> list[Solid]:
    """Return the flat strokes of the word STOP in the x-z plane about the origin [m]."""
    w, h, at = 0.058, 0.11, (-0.237, -0.079, 0.08, 0.24)
    bow = [(w * np.cos(t), h / 2 + h / 2 * np.sin(t)) for t in np.deg2rad(np.arange(25, 271, 24.5))]
    s = bow + [(-x, -z) for x, z in bow[-2::-1]]
    o = [(x, 1.0 * z) for x, _, z in arc((0, 0, 0), (w, 0, 0), (0, 0, h), (0, 345), 24)]
    bowl = [(w * np.cos(t) - 0.004, 0.05 + 0.06 * np.sin(t)) for t in np.linspace(-1.57, 1.57, 10)]
    p = [(-w, -h - 0.016), (-w, h), *bowl[::-1], (-w + 0.006, -0.01)]
    strokes = [
        (s, at[0], False), ([(0, -h - 0.016), (0, h - 0.004)], at[1], False),
        ([(-w - 0.012, h), (w + 0.012, h)], at[1], False), (o, at[2], True), (p, at[3], False),
    ]  # fmt: skip
    made = []
    for line, x, ring in strokes:
        path = np.array([(px + x, 0.0, pz) for px, pz in line])
        body = tube(path - path.mean(axis=0), 0.0185, sides=8, closed=ring)
        flat = body.vertices * [1, 0, 1] + 0.08 * body.vertices * [0, 1, 0]
        made.append(Solid(vertices=flat + path.mean(axis=0), triangles=body.triangles).outward())
    return made


def parking_meter() -> Blueprint:
    """Return a parking meter: a domed head with a window, a dial and a coin slot on a post."""
    side: list[tuple[float, ...]] = [(-0.1, 0, 0.03), (0.1, 0, 0.03), (0.115, 0.13, 0.03)]
    side += [(0.115 * np.cos(t), 0.17 + 0.115 * np.sin(t)) for t in np.linspace(0.1, 3.04, 15)]
    side += [(-0.115, 0.13, 0.03)]
    line = rounded_loop([tuple(map(float, corner)) for corner in side])
    head = chamfered_prism(line, 0.14, 0.018).turned("x", 90).moved(y=0.07, z=1.08)
    head = head.with_hull(48)
    window = [(0.082 * np.cos(t), 0.165 + 0.088 * np.sin(t)) for t in np.linspace(0, np.pi, 15)]
    glass = prism(np.array(window), 0.006, pieces=False).turned("x", 90).moved(y=-0.068, z=1.09)
    frame = tube(np.array([(x, -0.073, z + 1.09) for x, z in window]), 0.006, closed=True, sides=6)
    needle = box(0.004, 0.003, 0.07, bevel=0.0005).turned("y", 30).moved(0.0, -0.075, 1.262)
    plate = box(0.13, 0.006, 0.1, bevel=0.002).moved(0, -0.069, 1.115)
    coin = box(0.006, 0.004, 0.04, bevel=0.0005).moved(-0.035, -0.073, 1.15)
    knob = turned([(0.02, 0), (0.018, 0.03, 0.006)], segments=20).turned("x", 90)
    grip = box(0.045, 0.012, 0.012, bevel=0.003).moved(0.03, -0.102, 1.159)
    post = turned([(0.034, 0.02), (0.034, 1.02), (0.05, 1.05, 0.01), (0.06, 1.09)], segments=32)
    foot = turned([(0.11, 0, 0.006), (0.105, 0.03, 0.008)], segments=32)

    def dial(c: Array) -> Array:
        return np.asarray(c[:, 1] < -0.073)  # noqa: PLR2004

    pane = glass.painted(0, dial)
    return Blueprint(
        parts=(
            Part(solid=head, fill=0.14),
            Part(solid=post, slot=1, fill=0.3),
            Part(solid=foot, slot=1),
            Part(solid=pane, slot=2, fill=0.2),
            Part(solid=joined(frame, plate, knob.moved(0.03, -0.07, 1.165), grip).without_hulls(),
                 slot=3, fill=0.2),
            Part(solid=joined(needle, coin).without_hulls(), slot=4),
        ),
        slots=(MAIN, POLE, Slot(substance="plastic", color="#e8ead8"),
               Slot(substance="steel"), Slot(substance="plastic", color="#b3201a")),
    )  # fmt: skip


def sign_board() -> Blueprint:
    """Return a board with a raised frame, to hang from something or be fixed to it."""
    return Blueprint(parts=_board(0.0), slots=(MAIN, _POST))


def sign_on_posts() -> Blueprint:
    """Return a board between two posts that stand in the ground."""
    posts = [box(0.05, 0.05, 1.3, bevel=0.006).moved(x=s * 0.33, y=0.038) for s in (-1, 1)]
    feet = [box(0.07, 0.36, 0.05, bevel=0.008).moved(x=s * 0.33, y=0.038) for s in (-1, 1)]
    return Blueprint(parts=(*_board(0.82), *parts_of(*posts, *feet, slot=1)), slots=(MAIN, _POST))


_POST = Slot(substance="oak", color="#5b4330")


def _board(z: float) -> tuple[Part, ...]:
    """Return a board and its frame, its lower edge at z [m]."""
    wide, high, thick, edge = 0.8, 0.44, 0.022, 0.028
    bars = [
        box(wide, 0.03, edge, bevel=0.004).moved(y=-0.002, z=z + level)
        for level in (0.0, high - edge)
    ]
    bars += [
        box(edge, 0.03, high, bevel=0.004).moved(x=s * (wide - edge) / 2, y=-0.002, z=z)
        for s in (-1, 1)
    ]
    panel = box(wide - edge, thick, high - edge, bevel=0.002).moved(z=z + edge / 2)
    return (*parts_of(panel), *parts_of(*bars, slot=1))
