"""Pots, pans and cutlery."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    hollow,
    parts_of,
)
from scene_builder.assets.shapes.boxes import box, prism
from scene_builder.assets.shapes.lathe import lathe, turned, vessel_profile
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, carved, fused

POT_RADIUS, POT_HEIGHT = 0.105, 0.13
"""Of a cooking pot, without its lid [m]."""


def pot() -> Blueprint:
    """Return a cooking pot with a lid and two ears."""
    r, z = POT_RADIUS, POT_HEIGHT
    body = turned(
        [
            (r - 0.006, 0, 0.006),
            (r, 0.006, 0.006),
            (r, z),
            (r + 0.004, z + 0.001, 0.0015),
            (r + 0.004, z + 0.005, 0.0015),
        ],
        segments=64,
    )
    lid = turned(
        [
            (r + 0.002, z + 0.005),
            (r + 0.002, z + 0.009, 0.002),
            (0.075, z + 0.022, 0.04),
            (0.0, z + 0.027),
        ],
        segments=64,
    )
    knob = turned(
        [
            (0.008, 0),
            (0.007, 0.012, 0.003),
            (0.019, 0.02, 0.006),
            (0.016, 0.028, 0.006),
            (0, 0.029),
        ],
        segments=32,
    )
    return Blueprint(
        parts=(
            Part(solid=body, wall=0.0022),
            Part(solid=lid, fill=0.25),
            Part(solid=knob.moved(z=z + 0.024), slot=1),
            *parts_of(*_ears()),
        ),
        slots=(MAIN, Slot(substance="plastic", color="#18181a")),
    )


def open_pot() -> Blueprint:
    """Return a cooking pot without its lid."""
    r, z, wall = POT_RADIUS, POT_HEIGHT, 0.003
    body = lathe(
        vessel_profile([(0, 0), (r, 0, 0.008), (r, z)], wall=wall, floor=0.004),
        segments=64,
        sides=24,
    )
    return Blueprint(
        parts=parts_of(body, *_ears()), cavity=hollow(0.004, r - wall - 0.006, z - 0.004)
    )


def _ears() -> list[Solid]:
    """Return the two grips of a pot."""
    r = POT_RADIUS
    return [
        tube(
            curve(
                np.array(
                    [
                        (s * r * 0.98, -0.036, 0.098),
                        (s * (r + 0.034), -0.03, 0.102),
                        (s * (r + 0.034), 0.03, 0.102),
                        (s * r * 0.98, 0.036, 0.098),
                    ]
                ),
                16,
            ),
            0.0052,
            pieces=4,
        )
        for s in (-1, 1)
    ]


def pan() -> Blueprint:
    """Return a frying pan, its handle to the right."""
    wall, z = 0.004, 0.045
    body = lathe(
        vessel_profile([(0, 0), (0.1, 0, 0.012), (0.13, z)], wall=wall, floor=0.005),
        segments=64,
        sides=24,
    )
    path = curve(
        np.array([(0.122, 0, 0.034), (0.16, 0, 0.046), (0.25, 0, 0.062), (0.325, 0, 0.06)]), 16
    )
    grip = tube(path, np.linspace(0.009, 0.0115, 16), sides=14, pieces=4, squash=1.5)
    return Blueprint(
        parts=(Part(solid=body), Part(solid=grip, slot=1)),
        slots=(MAIN, Slot(substance="walnut", color="#3b2a20")),
        cavity=hollow(0.005, 0.09, z - 0.005),
    )


def spoon() -> Blueprint:
    """Return a spoon that lies with its bowl up."""
    scoop = ball_of(0.03, 0.02, 0.011, detail=3)
    scoop = carved(scoop, ball_of(0.0285, 0.0186, 0.0098, detail=3).moved(z=0.0016), _lid(0.05))
    stem = _stem([(0.027, 0.0095), (0.05, 0.0125), (0.1, 0.0135), (0.158, 0.009)])
    body = fused(scoop.moved(z=0.011).with_hull(), stem)
    return Blueprint(parts=parts_of(body.moved(x=-0.065)))


def fork() -> Blueprint:
    """Return a fork with four tines that lies with its back down."""
    tine = [
        tube(curve(np.array([(-0.012, y, 0.003), (-0.03, y, 0.0025), (-0.06, y, 0.0085)]), 10),
             np.linspace(0.0016, 0.0007, 10), sides=8, pieces=2)
        for y in (-0.0088, -0.003, 0.003, 0.0088)
    ]  # fmt: skip
    palm = prism(
        rounded_loop(
            [
                (-0.014, -0.0105, 0.003),
                (0.022, -0.004, 0.01),
                (0.022, 0.004, 0.01),
                (-0.014, 0.0105, 0.003),
            ]
        ),
        0.0024,
    )
    stem = _stem([(0.016, 0.003), (0.05, 0.0125), (0.09, 0.0135), (0.135, 0.009)])
    return Blueprint(parts=parts_of(fused(palm.moved(z=0.0018), stem, *tine)))


def knife() -> Blueprint:
    """Return a table knife that lies flat."""
    blade = prism(
        rounded_loop(
            [
                (-0.12, 0.004, 0.004),
                (-0.1, -0.009, 0.02),
                (0.0, -0.009, 0.006),
                (0.004, 0.007, 0.002),
                (-0.11, 0.009, 0.02),
            ]
        ),
        0.0018,
    )
    grip = box(0.11, 0.018, 0.009, bevel=0.0025).moved(x=0.057)
    return Blueprint(
        parts=(Part(solid=blade.moved(z=0.0036)), Part(solid=grip, slot=1)),
        slots=(MAIN, Slot(substance="walnut", color="#3b2a20")),
    )


def _lid(size: float) -> Solid:
    return box(2 * size, 2 * size, size, bevel=0.0).moved(z=0.0002)


def _stem(points: list[tuple[float, float]]) -> Solid:
    """Return a flat stem of cutlery through (x, z) that widens to its end [m]."""
    path = curve(np.array([(x, 0.0, z) for x, z in points]), 20)
    half = np.interp(np.arange(20), [0, 6, 19], [0.0035, 0.003, 0.008])
    bars = []
    for across, up in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        bars.append(path + np.stack([0 * half, across * half, np.full(20, up * 0.0009)], axis=1))
    count = 20
    rings = np.stack([bars[0], bars[2], bars[3], bars[1]], axis=1)
    vertices = rings.reshape(-1, 3)
    index = np.arange(4 * count).reshape(count, 4)
    low, high = index[:-1], index[1:]
    low_next, high_next = np.roll(low, -1, axis=1), np.roll(high, -1, axis=1)
    sides = [np.stack([low, low_next, high_next], -1), np.stack([low, high_next, high], -1)]
    skin = np.concatenate([s.reshape(-1, 3) for s in sides])
    first, last = index[0], index[-1]
    caps = [[first[0], first[2], first[1]], [first[0], first[3], first[2]],
            [last[0], last[1], last[2]], [last[0], last[2], last[3]]]  # fmt: skip
    triangles = np.concatenate([skin, np.array(caps)])
    hulls = tuple(rings[a : a + 4].reshape(-1, 3) for a in range(0, count - 3, 4))
    solid = Solid(vertices=vertices, triangles=triangles.astype(np.int32), hulls=hulls)
    corners = vertices[triangles]
    volume = np.einsum("ti,ti->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
    return (
        solid if volume > 0 else Solid(vertices=vertices, triangles=triangles[:, ::-1], hulls=hulls)
    )
