"""Swords and shields."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded
from scene_builder.assets.shapes.rounds import ball_of, tube
from scene_builder.assets.shapes.solid import convex, joined, support_points
from scene_builder.model.arrays import Array

GRIP = Slot(substance="leather", color="#3a2416")
GILT = Slot(substance="brass")


def sword() -> Blueprint:
    """Return a knight's sword, 1 m long, that lies along X with its point towards +X."""
    edges = [(0.0, 0.025), (0.62, 0.019), (0.72, 0.013), (0.785, 0.0)]
    blade = convex(
        np.array(
            [(x, s * y, z) for x, y in edges for s in (-1, 1) for z in (-0.0004, 0.0004)]
            + [(x, s * 0.4 * y, z) for x, y in edges[:-1] for s in (-1, 1) for z in (-0.004, 0.004)]
        )
    ).with_hull(60)
    fuller = [
        convex(np.array([(x, y, z) for x in (0.02, 0.52) for y in (-0.0045, 0.0045)
                         for z in (0.0030 * s, 0.0046 * s)]))
        for s in (-1, 1)
    ]  # fmt: skip
    reach = np.linspace(-0.098, 0.098, 15)
    guard = tube(
        np.column_stack([0.012 * (reach / 0.1) ** 2, reach, np.zeros(15)]),
        0.0085 + 0.005 * np.abs(reach / 0.1) ** 3, sides=16, pieces=4,
    )  # fmt: skip
    turns = np.linspace(-0.005, -0.145, 57)
    grip = tube(
        np.column_stack([turns, 0 * turns, 0 * turns]),
        0.0125 + 0.0012 * np.sin(np.arange(57) * np.pi / 2.0), sides=20, pieces=1, squash=0.8,
    )  # fmt: skip
    pommel = turned([(0.015, -0.008, 0.004), (0.024, -0.011, 0.006), (0.024, 0.011, 0.006),
                     (0.015, 0.008, 0.004)]).moved(x=-0.168)  # fmt: skip
    gem = ball_of(0.009, 0.009, 0.004, detail=2)
    gems = joined(gem.moved(-0.168, 0, 0.0105), gem.moved(-0.168, 0, -0.0105))
    x, lift = -0.3, 0.0135
    return Blueprint(
        parts=(
            Part(solid=blade.moved(x, 0, lift)),
            *parts_of(guard.moved(x, 0, lift), pommel.moved(x, 0, lift), slot=2),
            Part(solid=grip.moved(x, 0, lift), slot=1),
            Part(solid=joined(*fuller).moved(x, 0, lift).without_hulls(), slot=3, fill=0.02),
            Part(solid=gems.moved(x, 0, lift).without_hulls(), slot=4, fill=0.02),
        ),
        slots=(MAIN, GRIP, GILT, Slot(substance="steel", color="#8d9296"),
               Slot(substance="glass", color="#a3171f")),
    )  # fmt: skip


def shield() -> Blueprint:
    """Return a round wooden shield, 0.75 m across, that lies with its iron boss upwards."""
    arch = np.linspace(0, 0.355, 9)
    rise = 0.055 * (1 - (arch / 0.355) ** 2)
    board = lathe(
        np.concatenate([
            np.column_stack([arch[::-1], rise[::-1] + 0.014]),
            np.column_stack([arch, rise + 0.002]),
        ]), segments=72,
    )  # fmt: skip
    board = board.painted(2, lambda c: _quartered(c[:, 0], c[:, 1]) & (c[:, 2] > 0.012))  # noqa: PLR2004
    rim = lathe(
        rounded([(0.345, 0.0), (0.372, 0.0, 0.006), (0.375, 0.011, 0.006), (0.37, 0.022, 0.006),
                 (0.345, 0.022), (0.345, 0.0)])[:-1], segments=72,
    )  # fmt: skip
    boss = lathe(
        rounded([(0.105, 0.063), (0.1, 0.072, 0.003), (0.068, 0.073, 0.004),
                 (0.05, 0.105, 0.03), (0.0, 0.118), (0.0, 0.112), (0.045, 0.1, 0.03),
                 (0.06, 0.062), (0.105, 0.063)])[:-1]
    )  # fmt: skip
    pieces = support_points(joined(board, rim).vertices, 96)
    stud = ball_of(0.011, 0.011, 0.007, detail=2)
    studs = [stud.moved(0.36, 0, 0.022).turned("z", 30 * k) for k in range(12)]
    studs += [stud.moved(0.087, 0, 0.073).turned("z", 60 * k) for k in range(6)]
    return Blueprint(
        parts=(
            Part(solid=replace(board, hulls=(pieces,)), fill=0.8),
            Part(solid=rim.without_hulls(), slot=1, fill=0.3),
            Part(solid=boss.with_hull(40), slot=1, fill=0.4),
            Part(solid=joined(*studs).without_hulls(), slot=3, fill=0.1),
        ),
        slots=(MAIN, Slot(substance="iron", color="#6d7074"),
               Slot(color="#eee6d2"), GILT),
    )  # fmt: skip


def _quartered(x: Array, y: Array) -> Array:
    return np.asarray(x * y > 0)
