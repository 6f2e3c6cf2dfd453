"""Drums and guitars."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.shapes.boxes import box, prism, tapered_box
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.polygons import circle
from scene_builder.assets.shapes.rounds import tube
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array


def drum_toy() -> Blueprint:
    """Return a drum with hoops, cords and two sticks on it."""
    r, z = 0.15, 0.2
    shell = turned([(r, 0.006), (r, z - 0.006)], segments=64)
    skins = [
        turned([(r - 0.003, 0), (r - 0.003, 0.006)], segments=64).moved(z=h)
        for h in (0.001, z - 0.008)
    ]
    hoops = [
        turned([(r + 0.008, 0, 0.003), (r + 0.008, 0.022, 0.003), (r - 0.002, 0.0221)], segments=64)
        for _ in (0, 1)
    ]
    ring = [hoops[0], hoops[1].turned("x", 180).moved(z=z)]
    cords = []
    for k in range(16):
        a, b = np.deg2rad(22.5 * k), np.deg2rad(22.5 * (k + 1))
        low, high = (0.018, z - 0.018) if k % 2 else (z - 0.018, 0.018)
        q = r + 0.0045
        cords.append(
            tube(
                np.array(
                    [(q * np.cos(a), q * np.sin(a), low), (q * np.cos(b), q * np.sin(b), high)]
                ),
                0.003,
                sides=6,
            )
        )
    sticks = []
    for y, turn in ((-0.03, 12), (0.03, -14)):
        stick = turned(
            [
                (0.003, 0),
                (0.0065, 0.006, 0.003),
                (0.0065, 0.016, 0.004),
                (0.004, 0.024, 0.003),
                (0.006, 0.22, 0.003),
            ],
            segments=16,
        )
        sticks.append(stick.turned("y", 90).turned("z", turn).moved(-0.1, y, z + 0.0065))
    return Blueprint(
        parts=(
            Part(solid=shell, wall=0.008),
            Part(solid=joined(*skins).without_hulls(), slot=1),
            Part(solid=ring[0], slot=2, fill=0.12),
            Part(solid=ring[1], slot=2, fill=0.12),
            Part(solid=joined(*cords, *sticks).without_hulls(), slot=3),
        ),
        slots=(
            MAIN,
            Slot(substance="leather", color="#efe6d2"),
            Slot(substance="wood", color="#f0c64a"),
            Slot(substance="pine"),
        ),
    )


def guitar() -> Blueprint:
    """Return an acoustic guitar that lies on its back along Y."""
    t = np.linspace(0, 2 * np.pi, 97)[:-1]
    y = -0.235 * np.cos(t)
    half = (
        0.19
        * np.sqrt(np.clip(1 - (np.abs(y) / 0.236) ** 3.2, 0, 1))
        * (1 - 0.1 * (y / 0.235))
        * (1 - 0.22 * np.exp(-(((y - 0.035) / 0.075) ** 2)))
    )
    x = np.where(np.sin(t) >= 0, half, -half)
    body = prism(np.stack([x, y], 1)[::1], 0.095)
    body = body if _area(np.stack([x, y], 1)) > 0 else prism(np.stack([x, y], 1)[::-1], 0.095)
    lid = body.scaled(0.97, 0.97, 0.02).moved(z=0.0945)
    hole = turned([(0.048, 0), (0.048, 0.0012)], segments=48).moved(0, 0.06, 0.0965)
    rose = prism(circle(0.058, 48), 0.0012, circle(0.05, 48)).moved(0, 0.06, 0.0966)
    neck = box(0.05, 0.37, 0.02, bevel=0.004).moved(0, 0.41, 0.088)
    board = box(0.052, 0.45, 0.006, bevel=0.001).moved(0, 0.36, 0.104)
    frets = [
        box(0.052, 0.0018, 0.0016, bevel=0).moved(
            0, 0.585 - 0.44 * (1 - 2 ** (-k / 12)) * 1.55, 0.1095
        )
        for k in range(1, 15)
    ]
    head = tapered_box((0.06, 0.02), (0.08, 0.02), 0.17).turned("x", -90).moved(0, 0.585, 0.094)
    pegs = [
        turned([(0.006, 0), (0.006, 0.022, 0.003)], segments=12)
        .turned("y", s * 90)
        .moved(s * 0.034, 0.625 + 0.045 * k, 0.094)
        for s in (-1, 1)
        for k in range(3)
    ]
    bridge = box(0.13, 0.026, 0.01, bevel=0.002).moved(0, -0.11, 0.096)
    strings = [
        tube(
            np.array([(0.0075 * (k - 2.5), -0.11, 0.107), (0.0068 * (k - 2.5), 0.6, 0.112)]),
            0.0007,
            sides=5,
        )
        for k in range(6)
    ]

    def at(solid: Solid) -> Solid:
        return solid.moved(y=-0.22)

    return Blueprint(
        parts=(
            Part(solid=at(body), wall=0.004),
            Part(solid=at(lid).without_hulls(), slot=1, fill=0.5),
            *parts_of(at(neck), at(head), slot=2),
            Part(solid=at(joined(hole, rose)).without_hulls(), slot=3),
            *parts_of(at(board), at(bridge), slot=3),
            Part(solid=at(joined(*frets, *pegs, *strings)).without_hulls(), slot=4),
        ),
        slots=(MAIN, Slot(substance="pine", color="#d9a25c"), Slot(substance="walnut"),
               Slot(substance="walnut", color="#2a1a12"), Slot(substance="steel")),
    )  # fmt: skip


def _area(loop: Array) -> float:
    x, y = loop.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
