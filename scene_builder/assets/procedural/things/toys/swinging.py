"""Seesaws, Newton's cradles and pendulums: what swings about a hinge of its own."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Moving,
    Part,
    Slot,
    parts_of,
    top,
)
from scene_builder.assets.shapes.boxes import bar, box, prism
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rounds import sphere, torus, tube
from scene_builder.assets.shapes.solid import Solid, joined

CRADLE_BALLS = 5
"""As many as the toy has had since it was first sold (1967)."""

CRADLE_GAP_M = 0.0004
"""Free way between two balls of a cradle: each impact is one of two balls alone."""

STEEL_REBOUND = 0.995
"""Of one hardened steel ball: two of them rebound with 0.99."""

RAISED_DEG = 42.0
"""The first ball of a cradle is drawn, and let go, so far from where it hangs."""


def seesaw() -> Blueprint:
    """Return a seesaw: a board, level on an axle between two cheeks, with a rim at each end."""
    high, thick, middle = 0.15, 0.022, 0.1625
    cheek = prism(
        rounded_loop([(-0.1, 0), (0.1, 0), (0.022, 0.182, 0.018), (-0.022, 0.182, 0.018)]), 0.014
    ).turned("x", 90)
    cheeks = [cheek.moved(y=y) for y in (-0.094, 0.108)]
    tie = box(0.15, 0.19, 0.03, bevel=0.004)
    axle = turned([(0.007, -0.118, 0.001), (0.007, 0.118, 0.001)], segments=24)
    axle = axle.turned("x", 90).moved(z=middle)
    board = box(1.2, 0.18, thick, bevel=0.003).moved(z=high)
    bars = [
        box(0.018, 0.18, tall, bevel=0.002).moved(x=s * x, z=high + thick)
        for s in (-1, 1)
        for x, tall in ((0.591, 0.02), (0.25, 0.016))
    ]
    level = high + thick
    return Blueprint(
        parts=(
            Part(solid=board),
            *parts_of(*bars, slot=1),
            *parts_of(*cheeks, tie, slot=1),
            Part(solid=axle.without_hulls(), slot=2),
        ),
        slots=(MAIN, Slot(substance="walnut"), Slot(substance="steel")),
        supports=tuple(top(level, 0.3, 0.17, at=(s * 0.42, 0)) for s in (-1, 1)),
        moving=(
            Moving(
                name="board", parts=tuple(range(1 + len(bars))), point=(0, 0, middle),
                axis=(0, 1, 0), lower_deg=-20.0, upper_deg=20.0, damping=0.05,
            ),
        ),
        anchored=True,
        loose=True,
    )  # fmt: skip


def newtons_cradle() -> Blueprint:
    """Return a Newton's cradle on its board: five steel balls on threads, the first drawn aside."""
    radius, rail, wide, long = 0.0125, 0.155, 0.056, 0.115
    step = 2 * radius + CRADLE_GAP_M
    base = box(0.19, 0.15, 0.016, bevel=0.003)
    posts = [
        bar((x, y, 0.01), (x, y, rail), 0.006, 0.006)
        for x in (-0.085, 0.085)
        for y in (-wide, wide)
    ]
    rails = [bar((-0.088, y, rail), (0.088, y, rail), 0.006, 0.006) for y in (-wide, wide)]
    places = (np.arange(CRADLE_BALLS) - (CRADLE_BALLS - 1) / 2) * step
    balls: list[Part] = []
    moving: list[Moving] = []
    for k, x in enumerate(places):
        aside = RAISED_DEG if k == 0 else 0.0
        hung = _hung_ball(radius, long, wide).turned("y", aside).moved(x=float(x), z=rail)
        balls.append(Part(solid=hung))
        turn = np.deg2rad(aside)
        middle = (float(x - long * np.sin(turn)), 0.0, float(rail - long * np.cos(turn)))
        moving.append(
            Moving(
                name=f"ball_{k + 1}",
                parts=(k,),
                point=(float(x), 0, rail),
                axis=(0, 1, 0),
                drawn_deg=aside,
                bob=(radius, middle),
                restitution=STEEL_REBOUND,
            )
        )
    return Blueprint(
        parts=(*balls, *parts_of(*posts, *rails, slot=1), Part(solid=base, slot=2)),
        slots=(MAIN, Slot(substance="steel"), Slot(substance="walnut", color="#2a1b12")),
        moving=tuple(moving),
        loose=True,
    )


def _hung_ball(radius: float, long: float, wide: float) -> Solid:
    """Return a ball at two threads that spread to the rails, its hinge in the origin."""
    ball = sphere(radius, detail=4).moved(z=-long)
    threads = [
        tube(np.array([(0, s * wide, 0.0), (0, s * 0.001, radius - 0.001 - long)]), 0.0006, sides=6)
        for s in (-1, 1)
    ]
    return joined(ball, *(one.without_hulls() for one in threads))


def pendulum() -> Blueprint:
    """Return a pendulum: a lens of metal at the end of a rod, with an eye to hang it by."""
    long, radius = 0.8, 0.055
    lens = turned(
        [(0, 0), (radius - 0.004, 0.012, 0.004), (radius, 0.017, 0.003),
         (radius - 0.004, 0.022, 0.004), (0, 0.034)], segments=64,
    )  # fmt: skip
    lens = lens.moved(z=-0.017).turned("x", 90).moved(z=radius)
    rod = turned([(0.0045, radius), (0.0045, long - 0.018)], segments=20)
    eye = torus(0.008, 0.0025, segments=32).turned("x", 90).moved(z=long - 0.0105)
    return Blueprint(
        parts=(Part(solid=lens), *parts_of(rod, eye.with_hull(), slot=1)),
        slots=(MAIN, Slot(substance="walnut")),
        tags=("pendant",),
    )
