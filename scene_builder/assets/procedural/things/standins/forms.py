"""Plain forms: rods, cones, spools, and the rough outlines of machines that move people."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    box_collider,
    parts_of,
    round_top,
    top,
)
from scene_builder.assets.shapes.boxes import bar, box, prism
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import torus
from scene_builder.assets.shapes.solid import fused

DARK = Slot(substance="rubber", color="#1a1a1c")

STAND_DEG = 4.0
"""How far a bicycle leans on its side stand."""


def plain() -> Blueprint:
    """Return a box with rounded edges, with room on its top."""
    return Blueprint(
        parts=parts_of(box(1.0, 1.0, 1.0, bevel=0.03)),
        supports=(top(1.0, 0.92, 0.92),),
        collider=box_collider(1.0, 1.0, 1.0),
    )


def lying() -> Blueprint:
    """Return a rod that lies along X."""
    rod = turned([(0.05, 0, 0.012), (0.05, 1.0, 0.012)], segments=32)
    return Blueprint(parts=parts_of(rod.turned("y", 90).moved(-0.5, 0, 0.05)))


def cone() -> Blueprint:
    """Return a cone that stands on its base."""
    return Blueprint(parts=parts_of(turned([(0.5, 0, 0.03), (0.03, 1.0, 0.02)], segments=48)))


def pawn() -> Blueprint:
    """Return a turned figure with a foot, a waist and a round head."""
    outline = [
        (0.5, 0, 0.03), (0.5, 0.12, 0.05), (0.36, 0.28, 0.08), (0.2, 0.8, 0.1), (0.3, 0.95, 0.03),
        (0.3, 1.0, 0.03), (0.17, 1.04, 0.02), (0.3, 1.2, 0.1), (0.3, 1.38, 0.1), (0.12, 1.5, 0.06),
        (0, 1.52),
    ]  # fmt: skip
    return Blueprint(parts=parts_of(turned(outline)))


def spool() -> Blueprint:
    """Return a spool that stands: two discs with a thinner middle."""
    outline = [
        (0.5, 0, 0.02), (0.5, 0.18, 0.02), (0.28, 0.2, 0.02), (0.28, 0.8, 0.02), (0.5, 0.82, 0.02),
        (0.5, 1.0, 0.02),
    ]  # fmt: skip
    return Blueprint(parts=parts_of(turned(outline)), supports=(round_top(1.0, 0.46),))


def gem() -> Blueprint:
    """Return a cut stone that stands on its point's flat, eight-sided."""
    outline = [(0.08, 0), (0.5, 0.55), (0.5, 0.62), (0.3, 0.8)]
    return Blueprint(parts=parts_of(turned(outline, segments=8)))


def aircraft() -> Blueprint:
    """Return an aircraft that stands on its wheels, its nose to the front."""
    body = turned([(0.02, 0), (0.05, 0.1, 0.04), (0.06, 0.3), (0.055, 0.75), (0.015, 1.0)])
    wing = prism(
        np.array([(-0.5, 0.1), (0, -0.1), (0.5, 0.1), (0.5, 0.16), (0, 0.1), (-0.5, 0.16)]), 0.02
    )
    tail = prism(
        np.array([(-0.18, 0.47), (0, 0.38), (0.18, 0.47), (0.18, 0.5), (0, 0.49), (-0.18, 0.5)]),
        0.015,
    )
    fin = bar((0, 0.43, 0.12), (0, 0.48, 0.28), 0.015, 0.09)
    legs = [
        box(0.02, 0.05, 0.07, bevel=0.004).moved(x, y)
        for x, y in ((-0.1, 0.06), (0.1, 0.06), (0, -0.35))
    ]
    whole = fused(
        body.turned("x", -90).moved(0, -0.5, 0.13), wing.moved(z=0.1), tail.moved(z=0.13), fin
    )
    return Blueprint(parts=(Part(solid=whole), *parts_of(*legs, slot=1)), slots=(MAIN, DARK))


def two_wheeler() -> Blueprint:
    """Return a bicycle that leans a little on its side stand, its handlebars to the front."""
    wheels = [torus(0.31, 0.03).turned("y", 90).moved(0, y, 0.34) for y in (-0.52, 0.52)]
    hubs = [bar((-0.03, y, 0.34), (0.03, y, 0.34), 0.05, 0.05) for y in (-0.52, 0.52)]
    spokes = [bar((0, y, 0.04), (0, y, 0.64), 0.012, 0.012) for y in (-0.52, 0.52)] + [
        bar((0, y - 0.3, 0.34), (0, y + 0.3, 0.34), 0.012, 0.012) for y in (-0.52, 0.52)
    ]
    frame = [
        bar((0, -0.52, 0.34), (0, -0.36, 0.95), 0.04, 0.04),
        bar((0, -0.4, 0.8), (0, 0.12, 0.78), 0.04, 0.04),
        bar((0, -0.42, 0.7), (0, 0.02, 0.32), 0.04, 0.04),
        bar((0, 0.02, 0.32), (0, 0.16, 0.88), 0.04, 0.04),
        bar((0, 0.02, 0.32), (0, 0.52, 0.34), 0.035, 0.035),
        bar((0, 0.13, 0.76), (0, 0.52, 0.34), 0.03, 0.03),
        bar((-0.28, -0.35, 0.96), (0.28, -0.35, 0.96), 0.035, 0.035),
    ]
    # The stand's foot is so high that its edge meets the ground when the rest leans on it.
    foot = (-0.2, 0.12, 0.2 * float(np.tan(np.deg2rad(STAND_DEG))) + 0.008)
    stand = bar((0, 0.04, 0.34), foot, 0.025, 0.025)
    saddle = box(0.14, 0.26, 0.05, bevel=0.015).moved(0, 0.16, 0.88)
    parts = (
        Part(solid=fused(*frame, *hubs, stand)),
        *parts_of(*wheels, saddle, slot=1),
        *(Part(solid=spoke.without_hulls(), slot=0) for spoke in spokes),
    )
    return Blueprint(
        parts=tuple(replace(one, solid=one.solid.turned("y", -STAND_DEG)) for one in parts),
        slots=(MAIN, DARK),
        supports=(top(0.93, 0.12, 0.22, at=(-0.06, 0.16)),),
    )


def three_wheeler() -> Blueprint:
    """Return a tricycle: a large wheel in front under the handlebars, two small ones behind."""
    front, rear, track = 0.2, 0.13, 0.2
    wheels = [torus(front - 0.025, 0.025).turned("y", 90).moved(0, -0.3, front)]
    hubs = [bar((-0.09, -0.3, front), (0.09, -0.3, front), 0.025, 0.025)]
    hubs += [bar((0, -0.3, 0.03), (0, -0.3, 2 * front - 0.03), 0.012, 0.012)]
    hubs += [bar((0, -0.3 - front + 0.03, front), (0, -0.3 + front - 0.03, front), 0.012, 0.012)]
    for s in (-1, 1):
        wheels.append(torus(rear - 0.022, 0.022).turned("y", 90).moved(s * track, 0.27, rear))
        hubs.append(bar((s * track, 0.27, 0.03), (s * track, 0.27, 2 * rear - 0.03), 0.012, 0.012))
        way = rear - 0.03
        hubs.append(bar((s * track, 0.27 - way, rear), (s * track, 0.27 + way, rear), 0.012, 0.012))
    frame = [
        *(bar((s * 0.045, -0.3, front), (s * 0.045, -0.24, 0.44), 0.02, 0.02) for s in (-1, 1)),
        bar((-0.05, -0.24, 0.44), (0.05, -0.24, 0.44), 0.03, 0.03),
        bar((0, -0.24, 0.43), (0, -0.2, 0.6), 0.03, 0.03),
        bar((-0.2, -0.2, 0.59), (0.2, -0.2, 0.59), 0.028, 0.028),
        bar((0, -0.24, 0.43), (0, 0.12, 0.36), 0.035, 0.035),
        bar((0, 0.1, 0.37), (0, 0.27, rear), 0.035, 0.035),
        bar((-track, 0.27, rear), (track, 0.27, rear), 0.03, 0.03),
    ]
    saddle = box(0.17, 0.22, 0.05, bevel=0.018).moved(0, 0.11, 0.375)
    return Blueprint(
        parts=(Part(solid=fused(*frame, *hubs)), *parts_of(*wheels, saddle, slot=1)),
        slots=(MAIN, DARK),
        supports=(top(0.425, 0.13, 0.17, at=(0.0, 0.11)),),
    )
