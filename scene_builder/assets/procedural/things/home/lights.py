"""Candles and lamps."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.shapes.boxes import bar, box, tapered_box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.rounds import ball_of, torus, tube
from scene_builder.assets.shapes.solid import joined

FLAME = Slot(substance="flame")
GLOW = Slot(substance="light")


def candle() -> Blueprint:
    """Return a burning pillar candle on a saucer."""
    saucer = turned(
        [(0.035, 0, 0.003), (0.052, 0.008, 0.003), (0.052, 0.012, 0.0015), (0.044, 0.006)],
        tolerance=0.0015,
    )
    stick = candle_parts(0.027, 0.125, slot=0, at=(0, 0, 0.0055))
    return Blueprint(
        parts=(*stick, Part(solid=saucer, slot=3)),
        slots=(MAIN, Slot(substance="fabric", color="#1c1814"), FLAME, Slot(substance="brass")),
    )


def candle_parts(
    radius: float, height: float, *, slot: int, at: tuple[float, float, float]
) -> tuple[Part, ...]:
    """Return a candle with a wick and a flame in three slots from `slot` on [m]."""
    size = max(radius, 0.008)
    body = turned(
        [(radius, 0, 0.05 * radius), (radius, height, 0.12 * radius), (0.5 * radius,
        height - 0.08 * radius),
         (0, height - 0.1 * radius)],
    ).with_hull(64)  # fmt: skip
    wick = tube(
        np.array([(0, 0, height - 0.2 * radius), (0.0004, 0, height + 0.4 * size)]),
        0.05 * size,
        sides=8,
    )
    flame = turned(
        [(0, 0), (0.2 * size, 0.22 * size, 0.1 * size), (0.22 * size, 0.5 * size, 0.2 * size),
         (0.1 * size, 1.0 * size, 0.3 * size), (0, 1.5 * size)],
        segments=24,
    ).moved(z=height + 0.22 * size)  # fmt: skip
    return (
        Part(solid=body.moved(*at), slot=slot),
        Part(solid=wick.without_hulls().moved(*at), slot=slot + 1),
        Part(solid=flame.without_hulls().moved(*at), slot=slot + 2),
    )


def lamp() -> Blueprint:
    """Return a table lamp with a fabric shade."""
    stand = turned(
        [(0.085, 0, 0.004), (0.085, 0.012, 0.006), (0.03, 0.024, 0.02), (0.013, 0.05, 0.02),
         (0.032, 0.11, 0.03), (0.03, 0.15, 0.03), (0.01, 0.19, 0.02), (0.01, 0.3)],
    )  # fmt: skip
    wall = 0.0025
    shade = lathe(
        np.array([(0.155, 0.25), (0.105, 0.48), (0.105 - wall, 0.48), (0.155 - wall, 0.25)]),
        segments=64, sides=12,
    )  # fmt: skip
    trims = [
        torus(0.154, 0.0028, segments=64, sides=8).moved(z=0.251),
        torus(0.104, 0.0028, segments=64, sides=8).moved(z=0.479),
    ]
    bulb = ball_of(0.03, 0.03, 0.036, detail=3).moved(z=0.345)
    spokes = [
        bar((0.0, 0, 0.295), (0.104, 0, 0.47), 0.003, 0.003).turned("z", 120 * k) for k in range(3)
    ]
    return Blueprint(
        parts=(
            Part(solid=stand, wall=0.0015),
            Part(solid=shade, slot=1),
            Part(solid=joined(*trims, *spokes).without_hulls(), slot=0, fill=0.3),
            Part(solid=bulb.without_hulls(), slot=2, fill=0.1),
        ),
        slots=(Slot(), Slot(substance="paper", color="#efe3c8", dyed=True), GLOW),
    )


def lantern() -> Blueprint:
    """Return a square lantern with glass panes and a candle inside."""
    foot = tapered_box((0.15, 0.15), (0.135, 0.135), 0.02)
    posts = [
        box(0.011, 0.011, 0.17, bevel=0.001).moved(sx * 0.058, sy * 0.058, 0.02)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    roof = [
        tapered_box((0.15, 0.15), (0.05, 0.05), 0.05).moved(z=0.19),
        box(0.05, 0.05, 0.022).moved(z=0.24),
    ]
    ring = torus(0.02, 0.003, segments=32, sides=8).turned("x", 90).moved(z=0.28)
    pane = box(0.108, 0.002, 0.168, bevel=0.0005).moved(0, -0.058, 0.021)
    panes = joined(*(pane.turned("z", 90 * k) for k in range(4)))
    return Blueprint(
        parts=(
            *parts_of(foot, *posts),
            *(Part(solid=tier, fill=0.15) for tier in roof),
            Part(solid=ring.without_hulls()),
            Part(solid=panes, slot=1),
            *candle_parts(0.026, 0.075, slot=2, at=(0, 0, 0.02)),
        ),
        slots=(MAIN, Slot(substance="glass"), Slot(substance="wax"),
               Slot(substance="fabric", color="#1c1814"), FLAME),
    )  # fmt: skip


def street_lamp() -> Blueprint:
    """Return a cast-iron street lamp."""
    pole = turned(
        [(0.16, 0, 0.01), (0.16, 0.06, 0.02), (0.11, 0.12, 0.04), (0.1, 0.5, 0.03), (0.065, 0.6,
        0.04),
         (0.055, 0.7, 0.05), (0.04, 3.4), (0.065, 3.42, 0.01), (0.065, 3.47, 0.01), (0.03, 3.52)],
        segments=32, tolerance=0.006,
    )  # fmt: skip
    arms = bar((-0.35, 0, 3.2), (0.35, 0, 3.2), 0.03, 0.03)
    cage_low, cage_high = 3.52, 3.98
    corners = [(sx, sy) for sx in (-1, 1) for sy in (-1, 1)]
    ribs = [
        bar((sx * 0.09, sy * 0.09, cage_low), (sx * 0.15, sy * 0.15, cage_high), 0.016, 0.016)
        for sx, sy in corners
    ]
    base = box(0.2, 0.2, 0.03).moved(z=cage_low - 0.015)
    roof = [
        tapered_box((0.36, 0.36), (0.1, 0.1), 0.14).moved(z=cage_high),
        ball_of(0.035, 0.035, 0.06, detail=2).moved(z=cage_high + 0.17),
    ]
    panes = tapered_box((0.17, 0.17), (0.28, 0.28), cage_high - cage_low - 0.02).moved(
        z=cage_low + 0.015
    )
    return Blueprint(
        parts=(
            *parts_of(pole, arms, *ribs, base, *roof),
            Part(solid=panes.without_hulls(), slot=1, fill=0.05),
        ),
        slots=(MAIN, GLOW),
    )
