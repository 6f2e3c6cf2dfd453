"""Rockets, flying saucers and astronauts."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.procedural.things.creatures.clay import both, limb, modelled
from scene_builder.assets.shapes.boxes import box, chamfered_prism, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded, rounded_loop
from scene_builder.assets.shapes.rounds import ball_of, torus
from scene_builder.assets.shapes.soft import rectangle
from scene_builder.assets.shapes.solid import Solid, joined

RED = Slot(substance="plastic", color="#c9302a")
PANE = Slot(substance="glass", color="#27506e")
METAL = Slot(substance="steel")
DARK = Slot(substance="plastic", color="#26282c")


def toy_rocket() -> Blueprint:
    """Return a rocket, 0.3 m tall, on four fins, its porthole to the front."""
    hull = turned(
        [(0.028, 0.035, 0.004), (0.043, 0.075, 0.08), (0.046, 0.14, 0.1), (0.038, 0.21, 0.1)]
    )
    nose = turned([(0.038, 0.21), (0.026, 0.25, 0.08), (0.007, 0.288, 0.02), (0, 0.3)])
    bell = lathe(
        rounded([(0.02, 0.04), (0.016, 0.036), (0.027, 0.008, 0.002), (0.024, 0.008, 0.002),
                 (0.012, 0.036), (0.0, 0.04)])
    )  # fmt: skip
    side = rounded_loop(
        [(0.03, 0.045), (0.052, 0.025, 0.02), (0.066, 0.0, 0.003), (0.083, 0.0, 0.004),
         (0.08, 0.05, 0.03), (0.042, 0.115, 0.02)]
    )  # fmt: skip
    fin = prism(side, 0.008).moved(z=-0.004).turned("x", 90)
    fins = [fin.turned("z", 45 + 90 * k) for k in range(4)]
    window = turned([(0.0145, 0), (0.0145, 0.004, 0.002)]).turned("x", 90).moved(0, -0.0425, 0.165)
    rim = torus(0.0155, 0.0034, segments=36).turned("x", 90).moved(0, -0.0445, 0.165)
    band = turned([(0.0466, 0.098, 0.001), (0.0474, 0.106, 0.001)])
    return Blueprint(
        parts=(
            Part(solid=hull, fill=0.35),
            Part(solid=joined(nose), slot=1, fill=0.35),
            *(Part(solid=fin, slot=1, fill=0.6) for fin in fins),
            Part(solid=bell, slot=3, fill=0.05),
            Part(solid=window.without_hulls(), slot=2, fill=0.05),
            Part(solid=rim.without_hulls(), slot=3, fill=0.05),
            Part(solid=band.without_hulls(), slot=1, fill=0.02),
        ),
        slots=(MAIN, RED, PANE, METAL),
    )


def toy_spaceship() -> Blueprint:
    """Return a flying saucer, 0.3 m across, on three legs, with lamps round its rim."""
    hull = turned(
        [(0.02, 0.045), (0.06, 0.047, 0.02), (0.145, 0.075, 0.006), (0.15, 0.081, 0.004),
         (0.145, 0.087, 0.006), (0.07, 0.108, 0.03), (0.055, 0.112)], segments=72,
    )  # fmt: skip
    collar = turned([(0.062, 0.104, 0.002), (0.06, 0.117, 0.003), (0.05, 0.117)])
    angle = np.linspace(0, np.pi / 2, 9)
    dome = turned(
        [(float(0.054 * np.cos(a)), float(0.114 + 0.05 * np.sin(a))) for a in angle[:-1]]
        + [(0.0, 0.164)]
    )
    lamp = ball_of(0.009, 0.009, 0.006, detail=2)
    lamps = [lamp.moved(0.117, 0, 0.0925).turned("z", 30 * k + 15) for k in range(12)]
    belly = turned([(0.028, 0.038, 0.006), (0.036, 0.05)])
    legs = []
    for k in range(3):
        strut = turned([(0.004, 0), (0.005, 0.058)], segments=16).turned("y", -22)
        foot = turned([(0.013, 0, 0.002), (0.01, 0.007, 0.003)], segments=24)
        leg = joined(strut.moved(0.093, 0, 0.004), foot.moved(0.093, 0, 0))
        legs.append(leg.turned("z", 120 * k - 90))
    return Blueprint(
        parts=(
            Part(solid=hull, fill=0.3),
            Part(solid=joined(*legs), slot=2, fill=0.5),
            Part(solid=dome, slot=1, fill=0.1),
            Part(solid=collar.without_hulls(), slot=2, fill=0.05),
            Part(solid=joined(*lamps).without_hulls(), slot=3, fill=0.05),
            Part(solid=belly.without_hulls(), slot=3, fill=0.05),
        ),
        slots=(MAIN, Slot(substance="glass", color="#58c3a8"), METAL,
               Slot(substance="light", color="#ffd98a")),
    )  # fmt: skip


def astronaut() -> Blueprint:
    """Return an astronaut in a white suit, 1.9 m tall, who stands and looks to the front."""
    suit, boots, hands = _suit()
    helmet = ball_of(0.205, 0.205, 0.205, detail=3).moved(0, -0.01, 1.7)
    visor = ball_of(0.165, 0.11, 0.135, detail=3).moved(0, -0.118, 1.7)
    rim = (
        torus(0.155, 0.018, segments=48).scaled(1.08, 0.9, 1).turned("x", 90).moved(0, -0.125, 1.7)
    )
    collar = turned([(0.17, 1.5, 0.02), (0.19, 1.54, 0.02), (0.16, 1.58, 0.01)])
    pack = chamfered_prism(rectangle(0.46, 0.22, 0.05), 0.62, 0.03).moved(0, 0.28, 0.98)
    chest = box(0.24, 0.08, 0.17, bevel=0.015).moved(0, -0.24, 1.18)
    knobs = [
        turned([(0.02, 0), (0.02, 0.02, 0.005)], segments=20).turned("x", 90).moved(x, -0.28, 1.29)
        for x in (-0.07, 0.07)
    ]
    flag = box(0.15, 0.006, 0.05, bevel=0.002).moved(0, -0.2805, 1.205)
    return Blueprint(
        parts=(
            *parts_of(suit, helmet), Part(solid=boots, slot=2), Part(solid=pack, slot=2, fill=0.6),
            Part(solid=chest, slot=2, fill=0.6), Part(solid=hands, slot=2),
            Part(solid=visor.without_hulls(), slot=1, fill=0.05),
            Part(solid=joined(rim, collar).without_hulls(), slot=2, fill=0.05),
            Part(solid=joined(knobs[0], flag).without_hulls(), slot=3, fill=0.05),
            Part(solid=knobs[1].without_hulls(), slot=4, fill=0.05),
        ),
        slots=(
            MAIN, Slot(substance="glass", color="#b8862a"),
            Slot(substance="plastic", color="#9aa0a6"), RED,
            Slot(substance="plastic", color="#2456a8"),
        ),
    )  # fmt: skip


def _suit() -> tuple[Solid, Solid, Solid]:
    """Return a space suit that stands, its boots and its gloves."""
    suit = modelled(
        (
            limb((0, 0, 1.0, 0.22), (0, 0, 1.35, 0.25), flat=(1.05, 0.85, 1)),
            *both(
                limb((0.13, 0, 0.2, 0.115), (0.14, 0, 0.55, 0.135), (0.12, 0, 0.95, 0.16)),
                limb((0.25, 0, 1.45, 0.13), (0.37, -0.02, 1.18, 0.115), (0.4, -0.1, 0.93, 0.095)),
                # Rolls of cloth at knees, elbows and shoulders.
                limb((0.14, 0, 0.58, 0.148), flat=(1, 1, 0.4), blend=0.03),
                limb((0.38, -0.03, 1.16, 0.128), flat=(1, 1, 0.4), blend=0.03),
            ),
        ),
        blend=0.08, cells=64,
    )  # fmt: skip
    boots = modelled(
        both(
            limb((0.13, -0.16, 0.08, 0.085), (0.13, 0.04, 0.09, 0.1)),
            limb((0.13, 0.03, 0.1, 0.11), (0.13, 0.01, 0.24, 0.122)),
        ),
        blend=0.04, cells=32,
    )  # fmt: skip
    hands = modelled(
        both(
            limb((0.4, -0.11, 0.93, 0.1), flat=(1, 1, 0.45)),
            limb((0.405, -0.13, 0.86, 0.075), (0.4, -0.18, 0.76, 0.06)),
            limb((0.36, -0.17, 0.86, 0.035), (0.34, -0.23, 0.8, 0.03)),
        ),
        blend=0.03, cells=48,
    )  # fmt: skip
    return suit, boots, hands
