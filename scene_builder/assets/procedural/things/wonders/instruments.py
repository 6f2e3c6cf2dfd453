"""Microphones, trumpets, telescopes, hourglasses: what one speaks or blows into, looks through."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import bar, box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded
from scene_builder.assets.shapes.rounds import arc, torus, tube
from scene_builder.assets.shapes.solid import Solid, joined

BLACK = Slot(substance="plastic", color="#1b1c1f")
BRASS = Slot(substance="brass")


def microphone() -> Blueprint:
    """Return a singer's microphone, 0.18 m long, that lies along X, its head towards −X."""
    handle = turned(
        [(0.0105, 0.0, 0.003), (0.0115, 0.03, 0.01), (0.0165, 0.118, 0.01), (0.0185, 0.126)]
    )
    collar = turned([(0.0185, 0.124, 0.001), (0.0225, 0.13, 0.002), (0.0225, 0.138, 0.002),
                     (0.019, 0.142)])  # fmt: skip
    head = turned([(0.019, 0.136), (0.0245, 0.143, 0.006), (0.0255, 0.16, 0.006),
                   (0.021, 0.174, 0.012), (0.012, 0.18, 0.012), (0, 0.181)])  # fmt: skip
    wires: list[Solid] = [
        torus(float(r), 0.0006, segments=40, sides=6).moved(z=float(z))
        for r, z in ((0.0244, 0.143), (0.025, 0.148), (0.0255, 0.1535), (0.0256, 0.159),
                     (0.0249, 0.164), (0.0236, 0.1685), (0.021, 0.1735), (0.0165, 0.1772))
    ]  # fmt: skip
    switch = box(0.008, 0.004, 0.018, bevel=0.0015).moved(0, -0.0155, 0.085)
    ring = turned([(0.0119, 0.034, 0.0004), (0.0123, 0.038, 0.0004)])

    def lay(s: Solid) -> Solid:
        # Leant so that its head and the end of its handle both touch the ground.
        return s.turned("z", 180).turned("y", -95.4).moved(x=0.09, z=0.0112)

    return Blueprint(
        parts=(
            Part(solid=lay(handle), slot=1),
            Part(solid=lay(head), fill=0.25),
            Part(solid=lay(collar), slot=2, fill=0.3),
            Part(solid=lay(joined(*wires, ring)).without_hulls(), slot=2, fill=0.05),
            Part(solid=lay(switch).without_hulls(), slot=2, fill=0.05),
        ),
        slots=(Slot(color="#8b8f94", dyed=True), BLACK, Slot(substance="steel")),
    )


def trumpet() -> Blueprint:
    """Return a trumpet, 0.5 m long, that lies on its side, its bell towards −X."""
    bore = 0.0058
    lead = np.concatenate([
        np.linspace((0.2, 0.03, 0.022), (-0.12, 0.03, 0.022), 12),
        arc((-0.12, 0.0, 0.022), (0, 0.03, 0), (-0.03, 0, 0), (10, 180), 12),
        np.linspace((-0.11, -0.03, 0.022), (0.0, -0.03, 0.03), 5),
    ])  # fmt: skip
    back = np.concatenate([
        np.linspace((0.0, -0.03, 0.04), (0.12, -0.03, 0.05), 6),
        arc((0.12, 0.0, 0.056), (0, -0.03, -0.006), (0.03, 0, 0), (8, 180), 12),
        np.linspace((0.11, 0.03, 0.062), (-0.25, 0.03, 0.062), 34),
    ])  # fmt: skip
    flare = np.clip((-0.02 - back[:, 0]) / 0.23, 0, 1) * (np.arange(len(back)) > 17)  # noqa: PLR2004
    radii = bore + 0.012 * flare**2 + 0.042 * flare**9
    bell = tube(back, radii, sides=32, pieces=12)
    rim = torus(0.0602, 0.0018, segments=48).turned("y", 90).moved(-0.25, 0.03, 0.062)
    throat = turned([(0.054, 0), (0.02, 0.0004)]).turned("y", -90).moved(-0.2502, 0.03, 0.062)
    mouth = turned([(0.0045, 0, 0.001), (0.006, 0.03, 0.01), (0.0135, 0.055, 0.006),
                    (0.0135, 0.063, 0.002)]).turned("y", 90).moved(0.19, 0.03, 0.022)  # fmt: skip
    valves, caps = list[Solid](), list[Solid]()
    casing = turned(
        [(0.0118, 0, 0.001), (0.0135, 0.012, 0.001), (0.012, 0.014), (0.012, 0.11),
         (0.0135, 0.112, 0.001), (0.0118, 0.124, 0.001), (0.004, 0.126), (0.004, 0.142)]
    )  # fmt: skip
    button = turned([(0.009, 0.142, 0.001), (0.009, 0.146, 0.001)])
    for x in (-0.005, 0.024, 0.053):
        valves.append(casing.turned("x", 90).moved(x, 0.062, 0.034))
        caps.append(button.turned("x", 90).moved(x, 0.062, 0.034))
    brace = [tube(np.array([(x, 0.03, 0.022), (x, 0.03, 0.062)]), 0.003, sides=10, pieces=1)
             for x in (-0.06, 0.09)]  # fmt: skip
    return Blueprint(
        parts=(
            Part(solid=bell, fill=0.12), Part(solid=tube(lead, bore, sides=20, pieces=8), fill=0.5),
            *(Part(solid=one, fill=0.6) for one in (*valves, mouth, *brace)),
            Part(solid=joined(rim), fill=0.1),
            Part(solid=throat.without_hulls(), slot=1, fill=0.02),
            Part(solid=joined(*caps).without_hulls(), slot=2, fill=0.1),
        ),
        slots=(MAIN, Slot(substance="plastic", color="#2a2012"),
               Slot(substance="plastic", color="#f2efe6")),
    )  # fmt: skip


def telescope() -> Blueprint:
    """Return a brass telescope, 0.8 m tall, on a wooden tripod, looking up to the front."""
    tube_ = turned(
        [(0.036, 0.0), (0.036, 0.34), (0.041, 0.342, 0.002), (0.041, 0.4, 0.002), (0.034, 0.4),
         (0.034, 0.392)]
    )  # fmt: skip
    lens = turned([(0.034, 0.3915), (0.02, 0.396, 0.02), (0, 0.3975)])
    draw = turned([(0.012, -0.19, 0.002), (0.018, -0.185, 0.004), (0.018, -0.165, 0.004),
                   (0.014, -0.16), (0.014, -0.09), (0.021, -0.089), (0.021, -0.075),
                   (0.026, -0.074), (0.026, 0.0), (0.039, 0.001, 0.002), (0.039, 0.016, 0.002),
                   (0.03, 0.017)])  # fmt: skip
    band = turned([(0.0385, 0.12, 0.002), (0.0385, 0.15, 0.002)])

    def aimed(s: Solid) -> Solid:
        return s.moved(z=-0.13).turned("x", 58).moved(z=0.575)

    head = turned([(0.03, 0.475, 0.004), (0.034, 0.5, 0.004), (0.018, 0.515, 0.006), (0.014, 0.56)])
    legs, feet = [], []
    for k in range(3):
        turn = 120 * k + 90
        legs.append(bar((0.028, 0, 0.49), (0.24, 0, 0.012), 0.022, 0.026).turned("z", turn))
        feet.append(
            turned([(0.008, 0), (0.014, 0.03, 0.004)], segments=20).moved(x=0.241).turned("z", turn)
        )
    return Blueprint(
        parts=(
            Part(solid=aimed(tube_), fill=0.2),
            Part(solid=aimed(draw), slot=2, fill=0.2),
            Part(solid=joined(*legs), slot=1),
            Part(solid=joined(head, *feet), slot=2, fill=0.6),
            Part(solid=aimed(band).without_hulls(), slot=2, fill=0.1),
            Part(solid=aimed(lens).without_hulls(), slot=3, fill=0.1),
        ),
        slots=(MAIN, Slot(substance="walnut"), BRASS, Slot(substance="glass", color="#2c4a66")),
    )


def hourglass() -> Blueprint:
    """Return an hourglass, 0.2 m tall, part of its sand run down, between wooden plates."""
    plate = turned([(0.045, 0, 0.003), (0.045, 0.008, 0.002), (0.038, 0.013, 0.002)])
    low, high = plate, plate.turned("x", 180).moved(z=0.2)
    bulb = [(0.018, 0.012), (0.033, 0.022, 0.012), (0.036, 0.05, 0.02), (0.024, 0.08, 0.03),
            (0.0045, 0.099, 0.006)]  # fmt: skip
    outer = [*bulb, *((r, 0.2 - z, *rest) for r, z, *rest in bulb[::-1])]
    inner = [(max(r - 0.0022, 0.0022), np.clip(z, 0.0155, 0.1845), *rest) for r, z, *rest in outer]
    profile = rounded([*outer, *inner[::-1], outer[0]])[:-1]
    glass = lathe(profile, tolerance=0.003)
    heap = turned([(0.0285, 0.0158), (0.0325, 0.026, 0.008), (0.0325, 0.034), (0, 0.054)])
    rest_ = turned([(0.0024, 0.1), (0.0205, 0.121, 0.02), (0.028, 0.138), (0, 0.133)])
    thread = turned([(0.001, 0.05), (0.001, 0.102)], segments=12)
    post = turned([(0.0045, 0.008), (0.0045, 0.05), (0.0065, 0.06, 0.004), (0.0045, 0.07),
                   (0.004, 0.1, 0.01), (0.0045, 0.13), (0.0065, 0.14, 0.004), (0.0045, 0.15),
                   (0.0045, 0.192)], segments=20)  # fmt: skip
    posts = [post.moved(x=0.0395).turned("z", 120 * k + 90).with_hull(24) for k in range(3)]
    return Blueprint(
        parts=(
            Part(solid=glass.with_hull(60)),
            Part(solid=joined(low, high, *posts), slot=1),
            Part(solid=joined(heap, rest_, thread).without_hulls(), slot=2),
        ),
        slots=(
            Slot(),
            Slot(substance="walnut", dyed=True),
            Slot(substance="sand", color="#e0b368"),
        ),
    )
