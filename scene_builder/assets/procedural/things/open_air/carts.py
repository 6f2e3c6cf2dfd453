"""Carts on spoked wheels."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Slot,
    hollow,
    parts_of,
    top,
)
from scene_builder.assets.shapes.boxes import bar, box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.solid import Solid, joined

IRON = Slot(substance="iron", color="#3a3a3c")
DARKER = Slot(color="#6f4a2c")


def cart() -> Blueprint:
    """Return a hand cart along X: two spoked wheels, a slatted tray, shafts and legs."""
    radius, floor, long, wide = 0.32, 0.42, 0.95, 0.58
    wheels, tyres = [], []
    for side in (-1, 1):
        felloe, tyre = _spoked_wheel(radius)
        wheels.append(felloe.moved(0.05, side * 0.36, radius))
        tyres.append(tyre.moved(0.05, side * 0.36, radius))
    boards = [
        box(long, wide / 5 - 0.004, 0.022, bevel=0.003).moved(0, (k - 2) * wide / 5, floor - 0.022)
        for k in range(5)
    ]
    sides = []
    for z in (floor + 0.01, floor + 0.105):
        sides += [box(long, 0.018, 0.075, bevel=0.003).moved(0, s * (wide / 2 - 0.009), z)
                  for s in (-1, 1)]  # fmt: skip
        sides += [box(0.018, wide - 0.04, 0.075, bevel=0.003).moved(s * (long / 2 - 0.009), 0, z)
                  for s in (-1, 1)]  # fmt: skip
    posts = [
        box(0.04, 0.03, 0.25, bevel=0.004).moved(x, s * (wide / 2 + 0.012), floor - 0.04)
        for x in (-0.42, 0.42) for s in (-1, 1)
    ]  # fmt: skip
    frame = [bar((-0.46, s * 0.22, 0.375), (0.47, s * 0.22, 0.375), 0.05, 0.05) for s in (-1, 1)]
    shafts = [bar((0.44, s * 0.22, 0.375), (0.98, s * 0.22, 0.6), 0.045, 0.045) for s in (-1, 1)]
    grip = bar((0.965, -0.25, 0.592), (0.965, 0.25, 0.592), 0.04, 0.04)
    legs = [bar((0.42, s * 0.22, 0), (0.4, s * 0.22, 0.36), 0.045, 0.045) for s in (-1, 1)]
    axle = bar((0.05, -0.4, radius), (0.05, 0.4, radius), 0.045, 0.045)
    block = box(0.09, 0.5, 0.05, bevel=0.006).moved(0.05, 0, 0.32)
    return Blueprint(
        parts=(
            *parts_of(*boards, *sides),
            *parts_of(*posts, *frame, *shafts, grip, *legs, block, *wheels, slot=1),
            *parts_of(*tyres, axle, slot=2),
        ),
        slots=(MAIN, DARKER, IRON),
        supports=(top(floor, long - 0.06, wide - 0.06),),
        cavity=hollow(floor, wide / 2 - 0.03, 0.16),
        rolls="x",
        contact="wheels",
        tags=("wheeled",),
    )


def _spoked_wheel(radius: float) -> tuple[Solid, Solid]:
    """Return a wooden wheel about Y with ten spokes, and its iron tyre [m]."""
    rim = lathe(
        np.array([(radius - 0.05, -0.02), (radius - 0.006, -0.02), (radius - 0.006, 0.02),
                  (radius - 0.05, 0.02)]), segments=40, sides=10)  # fmt: skip
    nave = turned([(0.03, -0.07, 0.008), (0.055, -0.03), (0.055, 0.03), (0.03, 0.07, 0.008)],
                  segments=20)  # fmt: skip
    reach = radius - 0.04
    spokes = [
        bar((0, 0, 0), (reach * np.cos(a), reach * np.sin(a), 0.0), 0.026, 0.026).without_hulls()
        for a in np.linspace(0, 2 * np.pi, 10, endpoint=False)
    ]
    tyre = lathe(
        np.array([(radius - 0.0065, -0.021), (radius, -0.019), (radius, 0.019),
                  (radius - 0.0065, 0.021)]), segments=40)  # fmt: skip
    disc = turned([(radius, -0.021), (radius, 0.021)], segments=40)
    tyre = Solid(vertices=tyre.vertices, triangles=tyre.triangles, hulls=disc.hulls)
    wood = joined(rim.without_hulls(), nave, *spokes)
    return wood.turned("x", 90), tyre.turned("x", 90)
