"""Ice cream and wrapped candy."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import ball_of, torus, tube
from scene_builder.assets.shapes.soft import ring_painted
from scene_builder.assets.shapes.solid import Solid, joined, support_points
from scene_builder.model.arrays import Array

CONE = (0.0125, 0.029, 0.098)
"""Radius of a wafer cone at its foot and at its mouth, and its height [m]."""


def ice_cream_rand(rng: np.random.Generator) -> Blueprint:
    """Return two scoops in a wafer cone whose tip is flat enough to stand on."""
    foot, mouth, height = CONE
    cone = turned([(foot, 0, 0.002), (mouth, height, 0.001), (0, height)], segments=28)
    lip = turned([(0.0295, 0.083), (0.0322, 0.086, 0.002), (0.0322, 0.098, 0.002), (0, 0.098)],
                 segments=32)  # fmt: skip
    ridges = [_ridge(turn, s) for s in (-1, 1) for turn in range(0, 360, 36)]
    low = joined(_scoop(rng, 0.0325, 0.114), _skirt(rng, 0.0325, 0.1015))
    high = joined(_scoop(rng, 0.029, 0.152), _skirt(rng, 0.0285, 0.137))
    syrup = [
        ball_of(0.0225, 0.0225, 0.0125, detail=2).moved(z=0.1705),
        *(
            ball_of(0.0052, 0.0042, 0.0105 + 0.003 * (k % 2), detail=1)
            .moved(x=0.0222)
            .turned("y", -8)
            .turned("z", 51 * k)
            .moved(z=0.166)
            for k in range(7)
        ),
    ]
    cherry = ball_of(0.0085, 0.0085, 0.0082, detail=2).moved(z=0.188)
    stalk = tube(np.array([(0, 0, 0.194), (0.002, 0, 0.203), (0.008, 0, 0.211)]), 0.0009, sides=6)
    return Blueprint(
        parts=(
            Part(solid=high, slot=0), Part(solid=low, slot=1),
            Part(solid=joined(cone, lip), slot=2),
            Part(solid=joined(*ridges).without_hulls(), slot=2, fill=0.2),
            Part(solid=joined(*syrup).without_hulls(), slot=3, fill=0.2),
            Part(solid=cherry, slot=4), Part(solid=stalk.without_hulls(), slot=5),
        ),
        slots=(
            Slot(substance="wax", dyed=True), Slot(substance="wax", color="#f4e6c0"),
            Slot(color="#d19a4f"), Slot(substance="chocolate"),
            Slot(substance="skin_of_fruit", color="#b01226"),
            Slot(substance="leaf", color="#5b6a2a"),
        ),
    )  # fmt: skip


def candy() -> Blueprint:
    """Return a striped candy in its wrapper, twisted shut at both ends, lying along X."""
    sides, rows = 48, 29
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    x = np.concatenate(
        [np.linspace(-0.031, -0.0155, 7)[:-1], np.linspace(-0.0155, 0.0155, 17),
         np.linspace(0.0155, 0.031, 7)[1:]]
    )  # fmt: skip
    middle = 0.0118 * np.sqrt(np.clip(1 - (np.abs(x) / 0.0158) ** 2.6, 0, 1))
    fan = np.clip(np.abs(x) - 0.0155, 0, None) / 0.0155
    radius = np.maximum(middle, 0.0026) + 0.0105 * fan**0.8
    rings = []
    for at, r, pleat in zip(x, radius, fan, strict=True):
        wave = r * (1 + 0.24 * min(1.0, 3 * pleat) * np.cos(8 * angle))
        turn = angle - 45 * at
        tilt = 0.0012 * pleat * np.sin(8 * angle)
        rings.append(np.column_stack([at + tilt, wave * np.cos(turn), wave * np.sin(turn)]))
    skin = skinned(rings, (-0.027, 0, 0), (0.027, 0, 0))
    stripes = np.tile(np.arange(sides) // 4 % 2, (rows - 1, 1))
    spans = ((0, 6), (6, 14), (14, 22), (22, 28))
    hulls = [support_points(np.concatenate(rings[a : b + 1]), 40) for a, b in spans]
    body = replace(ring_painted(skin, stripes), hulls=tuple(hulls))
    return Blueprint(
        parts=(Part(solid=body.seated()),),
        slots=(Slot(substance="plastic", dyed=True), Slot(substance="plastic", color="#faf6ee")),
    )


def _scoop(rng: np.random.Generator, radius: float, z: float) -> Solid:
    rough = rng.uniform(-1, 1, (3, 3)) * 9
    phase = rng.uniform(0, 6, 3)

    def scraped(u: Array) -> Array:
        return np.asarray(1 + 0.012 * np.sin(u @ rough + phase).sum(axis=1))

    return ball_of(radius, radius, radius, detail=3, shape=scraped).moved(z=z)


def _skirt(rng: np.random.Generator, radius: float, z: float) -> Solid:
    """Return the ragged rim that the spoon leaves about a scoop."""
    ring = torus(radius - 0.002, 0.0052, segments=33, sides=6)
    angle = np.arctan2(ring.vertices[:, 1], ring.vertices[:, 0])
    phase = float(rng.uniform(0, 6))
    swing = 1 + 0.035 * np.sin(5 * angle + phase) + 0.025 * np.sin(11 * angle)
    points = ring.vertices * np.column_stack([swing, swing, 1 + 0 * swing])
    points[:, 2] += 0.0022 * np.sin(7 * angle + phase)
    return Solid(vertices=points, triangles=ring.triangles).moved(z=z)


def _ridge(turn_deg: float, side: int) -> Solid:
    foot, mouth, height = CONE
    t = np.linspace(0.015, 0.86, 5)
    r = foot + (mouth - foot) * t + 0.0002
    a = np.deg2rad(turn_deg) + side * 1.3 * t
    return tube(np.column_stack([r * np.cos(a), r * np.sin(a), height * t]), 0.0011, sides=4)
