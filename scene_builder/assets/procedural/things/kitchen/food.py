"""Bread, cake, cheese and other things from a baker and a grocer."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
)
from scene_builder.assets.procedural.things.home.lights import candle_parts
from scene_builder.assets.shapes.boxes import box, prism
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import ball_of, torus, tube
from scene_builder.assets.shapes.solid import Solid, carved, joined


def bread() -> Blueprint:
    """Return a loaf with cuts across its crust."""
    body = ball_of(0.14, 0.06, 0.055, detail=4)
    points = body.vertices.copy()
    points[:, :2] = (
        np.sign(points[:, :2]) * np.abs(points[:, :2] / [0.14, 0.06]) ** 0.8 * [0.14, 0.06]
    )
    points[:, 2] = np.maximum(points[:, 2], -0.025) + 0.025
    loaf = Solid(vertices=points, triangles=body.triangles).with_hull()
    slash = ball_of(0.006, 0.04, 0.004, detail=2).turned("z", -25)
    slashes = [slash.moved(x, 0, 0.0795 - 1.9 * x * x) for x in (-0.075, -0.025, 0.025, 0.075)]
    return Blueprint(
        parts=(Part(solid=loaf), Part(solid=joined(*slashes).without_hulls(), slot=1)),
        slots=(MAIN, Slot(substance="bread", color="#ecd2a0")),
    )


def cake() -> Blueprint:
    """Return an iced layer cake on a plate, with berries and one candle."""
    plate = turned([(0.09, 0, 0.003), (0.12, 0.008, 0.002), (0.12, 0.01, 0.001)], segments=64)
    body = turned([(0.1, 0.01), (0.1, 0.1, 0.01), (0, 0.1)], segments=64)
    drip = [
        ball_of(0.012, 0.007, 0.018, detail=2)
        .moved(0, -0.098, 0.086 - 0.012 * (k % 3))
        .turned("z", 20 * k)
        for k in range(18)
    ]
    lid = turned([(0.1015, 0.082), (0.1015, 0.103, 0.009), (0, 0.103)], segments=64)
    band = torus(0.1005, 0.0045, segments=64, sides=8).moved(z=0.015)
    berries = [
        ball_of(0.011, 0.011, 0.012, detail=2).moved(0, -0.076, 0.109).turned("z", 45 * k)
        for k in range(8)
    ]
    sticks = candle_parts(0.004, 0.05, slot=4, at=(0.0, 0.0, 0.103))
    return Blueprint(
        parts=(
            Part(solid=body),
            Part(solid=joined(lid, *drip, band).without_hulls(), slot=1, fill=0.2),
            Part(solid=joined(*berries).without_hulls(), slot=2),
            Part(solid=plate, slot=3),
            *sticks,
        ),
        slots=(
            MAIN, Slot(substance="bread", color="#fbf3ea"),
            Slot(substance="skin_of_fruit", color="#b3162a"), Slot(substance="porcelain"),
            Slot(substance="wax", color="#6aa6d8"), Slot(substance="fabric", color="#1c1814"),
            Slot(substance="flame"),
        ),
    )  # fmt: skip


def donut() -> Blueprint:
    """Return a donut with pink icing and sprinkles."""
    body = torus(0.031, 0.0185, segments=48, sides=20).scaled(1, 1, 0.86).moved(z=0.0159)
    icing = torus(0.031, 0.0192, segments=48, sides=20).scaled(1, 1, 0.86)
    wave = icing.vertices.copy()
    angle = np.arctan2(wave[:, 1], wave[:, 0])
    low = 0.001 + 0.0022 * np.sin(7 * angle)
    wave[:, 2] = np.maximum(wave[:, 2], low)
    icing = Solid(vertices=wave, triangles=icing.triangles).moved(z=0.0162)
    sprinkles: list[Solid] = []
    for k in range(26):
        turn, across = 137.5 * k, ((k * 7) % 11 - 5) / 5
        stick = tube(np.array([(-0.0026, 0, 0), (0.0026, 0, 0)]), 0.0009, sides=6).turned(
            "z", 61 * k
        )
        height = 0.0162 + 0.86 * 0.0192 * np.sqrt(max(0.0, 1 - (0.6 * across) ** 2))
        sprinkles.append(
            stick.moved(0.031 + 0.6 * across * 0.0192, 0, height + 0.0004).turned("z", turn)
        )
    parts = [Part(solid=joined(*sprinkles[k::3]).without_hulls(), slot=2 + k) for k in range(3)]
    return Blueprint(
        parts=(Part(solid=body), Part(solid=icing.without_hulls(), slot=1, fill=0.2), *parts),
        slots=(
            Slot(), Slot(substance="bread", color="#e77fa8", dyed=True),
            Slot(substance="plastic", color="#f4e04a"), Slot(substance="plastic", color="#49a6e0"),
            Slot(substance="plastic", color="#fafafa"),
        ),
    )  # fmt: skip


def cheese() -> Blueprint:
    """Return a wedge of holey cheese."""
    outline = [(-0.08, -0.0), (0.075, -0.05), (0.08, 0.0), (0.075, 0.05)]
    body = prism(np.array(outline), 0.07)
    places = [
        (-0.01, -0.025, 0.04, 0.011), (0.04, -0.042, 0.05, 0.013), (0.02, -0.03, 0.017, 0.009),
        (0.06, -0.046, 0.022, 0.008), (0.0, 0.0, 0.072, 0.012), (0.045, 0.012, 0.073, 0.015),
        (0.03, -0.018, 0.072, 0.007), (0.082, 0.02, 0.04, 0.012), (0.082, -0.02, 0.022, 0.009),
        (-0.035, 0.013, 0.03, 0.008), (0.03, 0.034, 0.03, 0.013),
    ]  # fmt: skip
    holes = [ball_of(r, r, r, detail=2).moved(x, y, z) for x, y, z, r in places]
    return Blueprint(parts=(Part(solid=carved(body, *holes)),))


def cookie() -> Blueprint:
    """Return a cookie with chocolate chips."""
    body = turned([(0.034, 0, 0.003), (0.0375, 0.004, 0.003), (0.03, 0.0105, 0.01), (0, 0.012)])
    chips = []
    for k in range(11):
        r, turn = 0.029 * np.sqrt((k + 0.5) / 11), 137.5 * k
        height = 0.0118 - 0.004 * (r / 0.03) ** 4
        chips.append(
            ball_of(0.0035, 0.003, 0.0026, detail=1)
            .moved(float(r), 0, float(height))
            .turned("z", turn)
        )
    return Blueprint(
        parts=(Part(solid=body), Part(solid=joined(*chips).without_hulls(), slot=1)),
        slots=(MAIN, Slot(substance="chocolate")),
        rolls=None,
    )


def soap() -> Blueprint:
    """Return a bar of soap, worn smooth."""
    ball = ball_of(1, 1, 1, detail=4)
    u = ball.vertices
    points = np.sign(u) * np.abs(u) ** 0.55 * np.array([0.0425, 0.027, 0.013])
    body = Solid(vertices=points + np.array([0, 0, 0.013]), triangles=ball.triangles).with_hull()
    return Blueprint(parts=(Part(solid=body),))


def sponge() -> Blueprint:
    """Return a sponge with a green scouring side."""
    soft = box(0.11, 0.07, 0.028, bevel=0.004)
    pores = []
    for k in range(40):
        x, y = ((k * 37) % 41 / 41 - 0.5) * 0.1, ((k * 23) % 29 / 29 - 0.5) * 0.06
        front = ball_of(0.0024, 0.0016, 0.0024, detail=1)
        pores.append(front.moved(x, -0.035, 0.012 + (k * 11) % 20 / 1000))
        pores.append(ball_of(0.0022, 0.0022, 0.0016, detail=1).moved(x, y, 0.036))
    body = carved(soft.moved(z=0.008), *pores)
    pad = box(0.11, 0.07, 0.008, bevel=0.002)
    return Blueprint(
        parts=(Part(solid=body), Part(solid=pad, slot=1, fill=2.0)),
        slots=(MAIN, Slot(substance="felt", color="#2f6b3f")),
    )
