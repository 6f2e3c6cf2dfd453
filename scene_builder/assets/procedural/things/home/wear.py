"""Hats, shoes, crowns and umbrellas."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import bar
from scene_builder.assets.shapes.lathe import lathe
from scene_builder.assets.shapes.polygons import rounded
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import arc, ball_of, torus, tube
from scene_builder.assets.shapes.solid import Solid, carved, convex, fused, joined
from scene_builder.model.arrays import Array


def hat() -> Blueprint:
    """Return a top hat that stands on its brim."""
    outer = [
        (0.095, 0.0),
        (0.15, 0.006, 0.002),
        (0.15, 0.01, 0.002),
        (0.097, 0.008, 0.004),
        (0.09, 0.06, 0.05),
        (0.1, 0.155, 0.004),
        (0.0, 0.157),
    ]
    inner = [(0.0, 0.151), (0.094, 0.149, 0.002), (0.085, 0.06, 0.05)]
    body = lathe(rounded(outer + inner), segments=64)
    band = lathe(
        np.array([(0.0955, 0.013), (0.0985, 0.013), (0.0935, 0.045), (0.0905, 0.045)]), segments=64
    )
    return Blueprint(
        parts=(Part(solid=body), Part(solid=band.without_hulls(), slot=1, fill=0.3)),
        slots=(MAIN, Slot(substance="fabric", color="#8c1f28")),
    )


def shoe() -> Blueprint:
    """Return a laced shoe whose toe points to the right."""
    sole_line = [
        (-0.135, 0.0),
        (-0.12, 0.033),
        (-0.05, 0.034),
        (0.05, 0.046),
        (0.11, 0.036),
        (0.142, 0.0),
    ]
    ring = np.array(sole_line + [(x, -y) for x, y in sole_line[-2:0:-1]])
    sole = convex(
        np.concatenate(
            [
                np.column_stack([ring * s, np.full(len(ring), z)])
                for s, z in ((0.98, 0.0), (1.0, 0.004), (1.0, 0.018))
            ]
        )
    )
    heel = ball_of(0.052, 0.034, 0.066, detail=3).moved(-0.083, 0, 0.04)
    vamp = ball_of(0.105, 0.042, 0.042, detail=3).moved(0.034, 0, 0.024)
    mid = ball_of(0.075, 0.036, 0.062, detail=3).turned("y", 22).moved(-0.028, 0, 0.044)
    upper = fused(heel, vamp, mid)
    opening = ball_of(0.042, 0.0245, 0.05, detail=3).moved(-0.078, 0, 0.106)
    floor = convex(
        np.array([(x, y, z) for x in (-0.3, 0.3) for y in (-0.3, 0.3) for z in (-0.2, 0.012)])
    )
    upper = carved(upper, opening, floor)
    upper = Solid(vertices=upper.vertices, triangles=upper.triangles).with_hull()
    laces = [
        tube(
            arc((x, 0, z - 0.02), (0, 0.027, 0), (0.006, 0, 0.0235), (25, 155), 9), 0.0028, sides=6
        )
        for x, z in ((-0.014, 0.1), (0.008, 0.088), (0.029, 0.077))
    ]
    return Blueprint(
        parts=(
            Part(solid=upper, fill=0.3),
            Part(solid=sole, slot=1),
            Part(solid=joined(*laces).without_hulls(), slot=2),
        ),
        slots=(
            MAIN,
            Slot(substance="rubber", color="#1d1613"),
            Slot(substance="fabric", color="#e9e2d2"),
        ),
    )


def crown() -> Blueprint:
    """Return a crown with points, pearls and jewels."""
    count = 8
    ring = lathe(
        np.array([(0.082, 0.0), (0.088, 0.05), (0.085, 0.05), (0.079, 0.0)]), segments=64, sides=16
    )
    points, pearls, gems = [], [], []
    for k in range(count):
        half = np.deg2rad(180 / count) * 0.98
        base = [
            (r * np.cos(a), r * np.sin(a), 0.047)
            for r in (0.0852, 0.0878)
            for a in (-half, 0, half)
        ]
        tip = [(0.095, 0.0, 0.108), (0.0925, 0.0, 0.108)]
        points.append(convex(np.array(base + tip)).turned("z", k * 360 / count))
        pearls.append(
            ball_of(0.0062, 0.0062, 0.0062, detail=2)
            .moved(0.094, 0, 0.112)
            .turned("z", k * 360 / count)
        )
        gem = ball_of(0.004, 0.0075, 0.009, detail=1).moved(0.0862, 0, 0.025)
        gems.append(gem.turned("z", (k + 0.5) * 360 / count))
    bands = [
        torus(0.0825, 0.0032, segments=64, sides=8).moved(z=0.0032),
        torus(0.0878, 0.0026, segments=64, sides=8).moved(z=0.047),
    ]
    return Blueprint(
        parts=(
            Part(solid=ring),
            *(Part(solid=p) for p in points),
            Part(solid=joined(*bands, *pearls).without_hulls()),
            Part(solid=joined(*gems[::2]).without_hulls(), slot=1),
            Part(solid=joined(*gems[1::2]).without_hulls(), slot=2),
        ),
        slots=(
            MAIN,
            Slot(substance="glass", color="#b3121f"),
            Slot(substance="glass", color="#1238a8"),
        ),
    )


def umbrella() -> Blueprint:
    """Return an open umbrella that stands on its handle's end, its canopy up."""
    canopy = _canopy(ribs=8, radius=0.48, high=0.88)
    shaft = bar((0, 0, 0.03), (0, 0, 0.94), 0.012, 0.012)
    hook = tube(
        arc((-0.04, 0, 0.04), (0.04, 0, 0), (0, 0, 0.03), (0, -170), 20), 0.01, sides=10, pieces=4
    )
    return Blueprint(
        parts=(Part(solid=canopy), Part(solid=shaft, slot=2), Part(solid=hook, slot=3)),
        slots=(
            MAIN, Slot(color="#efe6d4"), Slot(substance="steel"), Slot(substance="walnut"),
        ),
    )  # fmt: skip


def _canopy(*, ribs: int, radius: float, high: float) -> Solid:
    """Return a cloth that sags between ribs, every other gore in the next slot [m]."""
    rows, per, thick = 10, 6, 0.003
    count = ribs * per
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    sag = np.abs(np.sin(ribs / 2 * angle))
    rings = []
    for k in range(1, rows + 1):
        t = k / rows
        r = radius * np.sin(t * 1.25) / np.sin(1.25) * (1 - 0.07 * sag * t)
        z = high - 0.2 * t**2 - 0.02 * sag * t
        rings.append(np.column_stack([r * np.cos(angle), r * np.sin(angle), z]))
    under = [ring - [0, 0, thick] for ring in rings]
    cloth = skinned([*rings, *under[::-1]], (0, 0, high), (0, 0, high - thick))
    hulls = [
        np.concatenate([rings[low][pick], rings[edge][pick], under[edge][pick]])
        for pick in (np.arange(per * s, per * s + per + 1, 3) % count for s in range(ribs))
        for low, edge in ((0, 4), (4, 9))
    ]

    def every_other(c: Array) -> Array:
        gore = np.floor((np.arctan2(c[:, 1], c[:, 0]) % (2 * np.pi)) / (2 * np.pi / ribs))
        return np.asarray(gore % 2 == 1)

    cloth = Solid(vertices=cloth.vertices, triangles=cloth.triangles, hulls=tuple(hulls))
    return cloth.painted(1, every_other)
