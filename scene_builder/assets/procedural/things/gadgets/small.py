"""Small things for the hand: magnifying glasses, needles, matches, chalk and chisels."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import box, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded, rounded_loop
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.soft import bent_bar
from scene_builder.assets.shapes.solid import Solid, carved, convex, fused, joined

STEEL = Slot(substance="steel")
BRASS = Slot(substance="brass")


def magnifying_glass() -> Blueprint:
    """Return a magnifying glass that lies flat, its handle towards the front and the right."""
    z = 0.0085
    rim = lathe(
        rounded([(0.0425, -0.0055), (0.049, -0.0055, 0.003), (0.049, 0.0055, 0.003),
                 (0.0425, 0.0055, 0.001)]),
        segments=56, sides=16,
    )  # fmt: skip
    lens = turned(
        [(0.02, -0.0042), (0.0428, -0.0012), (0.0428, 0.0012), (0.02, 0.0042), (0, 0.0052)],
        segments=48,
    )
    neck = tube(np.array([(0.047, 0, 0), (0.072, 0, 0)]), np.array([0.0045, 0.0052]), sides=16)
    collar = turned([(0.0075, 0, 0.001), (0.0085, 0.012, 0.002), (0.007, 0.014)], segments=24)
    grip = turned(
        [(0.007, 0, 0.001), (0.0088, 0.025, 0.03), (0.0075, 0.05, 0.03), (0.0105, 0.085, 0.03),
         (0.0085, 0.104, 0.006), (0, 0.106)],
        segments=32,
    )  # fmt: skip
    knob = turned([(0.006, 0), (0.0065, 0.004, 0.002), (0, 0.007)], segments=20)

    def lay(solid: Solid, x: float) -> Solid:
        return solid.turned("y", 90).moved(x=x)

    brass = joined(rim, neck, lay(collar, 0.064), lay(knob, 0.1795))

    def place(solid: Solid) -> Solid:
        return solid.moved(x=-0.055, z=z).turned("z", -40)

    return Blueprint(
        parts=(
            Part(solid=place(lay(grip, 0.077)).moved(z=0.0018)),
            Part(solid=place(brass), slot=1, fill=0.5),
            Part(solid=place(lens), slot=2),
        ),
        slots=(MAIN, BRASS, Slot(substance="glass")),
    )


def needle_rand(rng: np.random.Generator) -> Blueprint:
    """Return a sewing needle that lies along X, with a thread through its eye."""
    shaft = turned([(0.0001, 0), (0.0006, 0.012, 0.01), (0.00065, 0.04), (0.0003, 0.043)],
                   segments=16).turned("y", 90).moved(x=-0.022)  # fmt: skip
    outline = rounded_loop(
        [(0.014, -0.0006), (0.0185, -0.00115, 0.0015), (0.0235, -0.00075, 0.0007),
         (0.0235, 0.00075, 0.0007), (0.0185, 0.00115, 0.0015), (0.014, 0.0006)]
    )  # fmt: skip
    hole = rounded_loop([(0.0175, -0.00055, 0.0005), (0.022, -0.0004, 0.0003),
                         (0.022, 0.0004, 0.0003), (0.0175, 0.00055, 0.0005)])  # fmt: skip
    eye = prism(outline, 0.001, hole, pieces=False).moved(z=-0.0005)
    cut = prism(hole, 0.01, pieces=False).moved(z=-0.005)
    body = carved(fused(shaft, eye), cut, hulls=shaft.hulls)
    sway = float(rng.uniform(-0.001, 0.001))
    way = np.array(
        [(0.013, 0.006 + sway, -0.0004), (0.017, 0.0045, -0.0004), (0.02, 0.0014, -0.0004),
         (0.0203, 0, 0.0), (0.0205, -0.0014, 0.0003), (0.021, -0.006, -0.0004),
         (0.013, -0.011, -0.0004), (0.002, -0.008, -0.0004), (-0.004, -0.0135 + sway, -0.0004),
         (-0.014, -0.012, -0.0004), (-0.018, -0.007, -0.0004)]
    )  # fmt: skip
    thread = tube(curve(way, 60), 0.0003, sides=6, pieces=12)
    return Blueprint(
        parts=(Part(solid=body), Part(solid=thread, slot=1)),
        slots=(MAIN, Slot(substance="fabric", color="#c4202c")),
    )


def matchstick() -> Blueprint:
    """Return a match that lies along X, its head to the right."""
    stick = box(0.043, 0.0023, 0.0023, bevel=0.0002).moved(x=-0.0015, z=0.0009)
    head = ball_of(0.0034, 0.0021, 0.00205, detail=3).moved(0.0195, 0, 0.00205)
    char = ball_of(0.0022, 0.00175, 0.0017, detail=2).moved(0.0164, 0, 0.00205)
    return Blueprint(
        parts=(
            Part(solid=stick),
            Part(solid=joined(head, char.without_hulls()), slot=1),
        ),
        slots=(Slot(color="#dcb77e"), Slot(substance="clay", color="#b3211a", dyed=True)),
    )


def chalk_rand(rng: np.random.Generator) -> Blueprint:
    """Return a stick of chalk that lies along X, its right end worn slant by writing."""
    stick = turned(
        [(0.0042, 0, 0.0006), (0.0048, 0.0012, 0.0006), (0.0056, 0.077, 0.0012), (0.0044, 0.081)],
        segments=28,
    ).turned("y", 90)
    lean = float(rng.uniform(28, 40))
    knife = box(0.03, 0.03, 0.03, bevel=0).moved(x=0.015, z=-0.015).turned("y", -lean)
    body = carved(stick, knife.moved(0.0795, 0, 0.002), hulls=stick.hulls[:-1] or stick.hulls)
    return Blueprint(parts=(Part(solid=body.moved(x=-0.04)),))


def chisel() -> Blueprint:
    """Return a wood chisel that lies along X, its edge to the right."""
    half = 0.0105
    blade = convex(
        np.array(
            [(x, s * w, z) for s in (-1, 1)
             for x, w, z in ((0.0, half, 0.0), (0.105, half, 0.0), (0.0, half, 0.0028),
                             (0.0, 0.62 * half, 0.0048), (0.086, half, 0.0026),
                             (0.085, 0.62 * half, 0.0046), (0.1045, half, 0.0004))]
        )
    )  # fmt: skip
    tang = tube(np.array([(-0.022, 0, 0.0035), (-0.004, 0, 0.0026), (0.004, 0, 0.0024)]),
                np.array([0.0062, 0.0055, 0.0034]), sides=16)  # fmt: skip
    steel = fused(blade, tang)

    def lay(solid: Solid, x: float) -> Solid:
        return solid.turned("y", -90).moved(x=x)

    # Its edge and its grip, which is thicker, touch the ground.
    def place(solid: Solid) -> Solid:
        return solid.turned("y", 3).moved(z=0.0128)

    grip = turned(
        [(0.0085, 0), (0.0105, 0.012, 0.01), (0.0122, 0.05, 0.04), (0.0105, 0.085, 0.02),
         (0.0122, 0.108, 0.004), (0.0105, 0.117, 0.003), (0, 0.118)],
        segments=32,
    )  # fmt: skip
    ferrule = turned([(0.0075, 0, 0.001), (0.0098, 0.018, 0.001), (0.009, 0.019)], segments=28)
    hoop = turned([(0.0124, 0.1), (0.013, 0.101), (0.013, 0.109), (0.0124, 0.11)], segments=28)
    return Blueprint(
        parts=(
            Part(solid=place(steel.moved(x=0.02, z=-0.0028))),
            Part(solid=place(lay(grip, -0.008)), slot=1),
            Part(solid=place(joined(lay(ferrule, -0.002), lay(hoop, -0.008))).without_hulls(),
                 slot=2, fill=0.2),
        ),
        slots=(STEEL, Slot(substance="wood", dyed=True, color="#b3702f"), BRASS),
    )  # fmt: skip


def magnet() -> Blueprint:
    """Return a horseshoe magnet that lies flat, its bright poles towards the front."""
    turn = np.deg2rad(np.linspace(0, 180, 25))
    bow = 0.031 * np.column_stack([np.cos(turn), np.sin(turn)]) + [0, 0.012]
    legs = np.array([-0.0465, -0.0462, -0.022, -0.0217, 0.0])
    right = np.column_stack([np.full(5, 0.031), legs])
    left = np.column_stack([np.full(5, -0.031), legs[::-1]])
    body = bent_bar(np.concatenate([right, bow, left]), 0.0225, 0.016, edge=0.0028, pieces=12)
    return Blueprint(
        parts=(Part(solid=body.painted(1, lambda c: c[:, 1] < -0.0218), fill=6.5),),  # noqa: PLR2004
        slots=(Slot(substance="plastic", dyed=True), STEEL),
    )


def kettlebell() -> Blueprint:
    """Return a kettlebell that stands on its flat foot."""
    r = 0.092
    angle = np.deg2rad(np.linspace(-58, 90, 20))
    outline = [(float(r * np.cos(a)), float(r * np.sin(a) + 0.078)) for a in angle]
    ball = turned([*outline[:-1], (0.0, outline[-1][1])])
    way = np.array(
        [(0.052, 0, 0.125), (0.066, 0, 0.17), (0.068, 0, 0.21), (0.047, 0, 0.243), (0, 0, 0.2515),
         (-0.047, 0, 0.243), (-0.068, 0, 0.21), (-0.066, 0, 0.17), (-0.052, 0, 0.125)]
    )  # fmt: skip
    line = curve(way, 40)
    thick = np.interp(
        np.abs(np.linspace(-1, 1, 40)), [0, 0.5, 0.8, 1], [0.0165, 0.017, 0.02, 0.026]
    )
    handle = tube(line, thick, sides=16, pieces=9)
    disc = turned([(0.042, 0), (0.042, 0.004, 0.001), (0.036, 0.004), (0.036, 0.003)], segments=40)
    badge = disc.turned("x", 90).moved(0, -0.0825, 0.078)
    return Blueprint(
        parts=(
            Part(solid=fused(ball, handle)),
            Part(solid=badge.without_hulls(), slot=1, fill=0.1),
        ),
        slots=(MAIN, Slot(substance="rubber", color="#d9a018")),
    )
