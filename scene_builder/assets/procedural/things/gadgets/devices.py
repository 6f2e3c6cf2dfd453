"""Keyboards, game controllers and drones."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import chamfered_prism, tapered_box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import circle, rounded
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.soft import rectangle, soft_slab, swollen_box
from scene_builder.assets.shapes.solid import Solid, convex, fused, joined

DARK = Slot(substance="plastic", color="#17181a")
PITCH = 0.019
"""Distance between the keys of a keyboard [m]."""
ROWS = (
    (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2),
    (1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5),
    (1.75, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.25),
    (2.25, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.75),
    (1.5, 1.25, 1.25, 6, 1.25, 1.25, 2.5),
)
"""Widths of the keys of each row of the main block, from the far row to the near one."""
LETTER = 1.0


def keyboard() -> Blueprint:
    """Return a computer keyboard with a number pad, its space bar towards the front."""
    wide, deep, thick = 0.44, 0.135, 0.016
    slab = soft_slab(rectangle(wide, deep, 0.008), thick, 0.003)
    plain, other = _keys()
    tilt = 3.5

    def place(solid: Solid) -> Solid:
        return solid.moved(y=deep / 2).turned("x", tilt).moved(y=-deep / 2)

    feet = [
        tapered_box((0.03, 0.008), (0.03, 0.01), 0.0085).moved(x, deep / 2 - 0.012, 0.0)
        for x in (-0.19, 0.19)
    ]
    lamps = [
        ball_of(0.0016, 0.0016, 0.0008, detail=1).moved(0.17 + 0.012 * k, 0.06, thick)
        for k in range(3)
    ]
    return Blueprint(
        parts=(
            Part(solid=place(slab), fill=0.7),
            Part(solid=place(joined(*plain)).without_hulls(), slot=1, fill=0.5),
            Part(solid=place(joined(*other)).without_hulls(), slot=2, fill=0.5),
            Part(solid=place(joined(*lamps)).without_hulls(), slot=3),
            *(Part(solid=foot, slot=0) for foot in feet),
        ),
        slots=(
            MAIN, Slot(substance="plastic", color="#ecebe5"),
            Slot(substance="plastic", color="#8b9198"), Slot(substance="light", color="#5fe07a"),
        ),
    )  # fmt: skip


REST_DEG = -6.0
"""How far a controller leans when it lies on its grips and its shoulders."""


def controller() -> Blueprint:
    """Return a game controller that lies with its buttons up and its grips towards the front."""
    middle = swollen_box(0.05, 0.03, 0.017, power=0.6).moved(y=0.012, z=0.026)
    shell = [middle]
    for s in (-1, 1):
        shell.append(
            swollen_box(0.029, 0.033, 0.0195, power=0.8, detail=2).moved(s * 0.047, 0.01, 0.026)
        )
        grip = ball_of(0.0205, 0.05, 0.019).turned("x", 10).turned("z", s * 17)
        shell.append(grip.moved(s * 0.0605, -0.03, 0.0212))
    body = fused(*shell)
    pads, sticks, pad = _thumb_pieces()
    buttons = [
        chamfered_prism(circle(0.0046, 16), 0.0044, 0.001).moved(
            0.047 + 0.0098 * np.cos(a), 0.02 + 0.0098 * np.sin(a), 0.0438
        )
        for a in np.deg2rad([0, 90, 180, 270])
    ]
    small = [chamfered_prism(rectangle(0.008, 0.004, 0.0018), 0.003, 0.0008).moved(x, 0.022, 0.0415)
             for x in (-0.014, 0.014)]  # fmt: skip
    shoulder = [
        swollen_box(0.018, 0.009, 0.007, power=0.6, detail=1).moved(s * 0.047, 0.039, 0.031)
        for s in (-1, 1)
    ]
    parts = (
        Part(solid=body, fill=0.6),
        Part(solid=joined(pad, *small, *shoulder).without_hulls(), slot=1, fill=0.5),
        Part(solid=joined(*sticks), slot=1, fill=0.5),
        Part(solid=joined(*pads).without_hulls(), slot=2, fill=0.5),
        *(Part(solid=b.without_hulls(), slot=3 + k) for k, b in enumerate(buttons)),
    )
    return Blueprint(
        parts=tuple(replace(part, solid=part.solid.turned("x", REST_DEG)) for part in parts),
        slots=(
            MAIN, DARK, Slot(substance="plastic", color="#3a3c42"),
            Slot(substance="plastic", color="#d8322c"), Slot(substance="plastic", color="#f0c02a"),
            Slot(substance="plastic", color="#2f6fd0"), Slot(substance="plastic", color="#3aa655"),
        ),
    )  # fmt: skip


def _thumb_pieces() -> tuple[list[Solid], list[Solid], Solid]:
    """Return the wells of a controller's sticks, the sticks, and the cross to the left."""
    pads = [
        lathe(
            rounded([(0, 0.043), (0.0125, 0.043), (0.0125, 0.0457, 0.001), (0, 0.0457)]),
            segments=16,
        ).moved(x, -0.009)
        for x in (-0.0245, 0.0245)
    ]
    sticks = [
        turned([(0.0042, 0.044), (0.0042, 0.0505), (0.0088, 0.0515, 0.001), (0.0088, 0.0545, 0.001),
                (0.0062, 0.0535), (0, 0.0532)], segments=14).moved(x, -0.009)
        for x in (-0.0245, 0.0245)
    ]  # fmt: skip
    arms = ((0.022, 0.0072), (0.0072, 0.022))
    cross = [chamfered_prism(rectangle(a, b, 0.0015), 0.003, 0.0007) for a, b in arms]
    return pads, sticks, joined(*(c.moved(-0.047, 0.02, 0.0445) for c in cross))


def drone() -> Blueprint:
    """Return a drone with four rotors that stands on its feet, its camera to the front."""
    hull = swollen_box(0.062, 0.095, 0.03, power=0.62).moved(z=0.075)
    hatch = swollen_box(0.045, 0.062, 0.012, power=0.55, detail=2).moved(0, 0.012, 0.1)
    arms, motors, blades, feet, lamps = [], [], [], [], []
    for k, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        end = np.array([sx * 0.135, sy * 0.125, 0.085])
        way = np.array(
            [(sx * 0.03, sy * 0.055, 0.076), 0.5 * end + [sx * 0.02, sy * 0.03, 0.042], end]
        )
        arms.append(tube(curve(way, 8), np.linspace(0.0125, 0.0095, 8), sides=8, pieces=2))
        spot = turned([(0.014, 0.072, 0.003), (0.016, 0.1, 0.004), (0.006, 0.104), (0.005, 0.113)],
                      segments=16)  # fmt: skip
        motors.append(spot.moved(float(end[0]), float(end[1])))
        turn = (25, -35, 25, -35)[k]
        blades.append(_rotor(0.075).turned("z", turn).moved(float(end[0]), float(end[1]), 0.1115))
        foot = np.array([0.96 * end - [0, 0, 0.01], 0.98 * end * [1, 1, 0] + [0, 0, 0.006]])
        feet.append(tube(foot, np.array([0.008, 0.0055]), sides=10, pieces=1))
        lamps.append(ball_of(0.0065, 0.0065, 0.0055, detail=1).moved(end[0], end[1], 0.069))
    ball = ball_of(0.0195, 0.018, 0.0185, detail=2).moved(0, -0.09, 0.051)
    tube_ = turned([(0.0115, 0), (0.0125, 0.014, 0.002), (0.009, 0.014), (0, 0.0105)], segments=24)
    lens = ball_of(0.0082, 0.003, 0.0082, detail=1).moved(0, -0.1155, 0.051)
    return Blueprint(
        parts=(
            Part(solid=fused(hull, *arms), fill=0.45),
            Part(solid=joined(*motors, *feet), slot=1, fill=0.9),
            Part(solid=joined(ball, tube_.turned("x", 90).moved(0, -0.103, 0.051)), slot=1),
            Part(solid=hatch.without_hulls(), slot=1, fill=0.3),
            Part(solid=joined(*blades), slot=1),
            Part(solid=lens.without_hulls(), slot=2),
            Part(solid=joined(*lamps[:2]).without_hulls(), slot=3),
            Part(solid=joined(*lamps[2:]).without_hulls(), slot=4),
        ),
        slots=(
            MAIN, DARK, Slot(substance="glass", color="#20304a"),
            Slot(substance="light", color="#ff3b30"), Slot(substance="light", color="#3ddc6a"),
        ),
    )  # fmt: skip


def _keys() -> tuple[list[Solid], list[Solid]]:
    """Return the keys that are letters or digits, and the others."""
    plain: list[Solid] = []
    other: list[Solid] = []
    for row, widths in enumerate(ROWS):
        y = 0.029 - PITCH * row
        x = -0.2105
        for w in widths:
            key = _key(w).moved(x + w * PITCH / 2, y)
            (plain if w in (LETTER, 6) else other).append(key)
            x += w * PITCH
    for k in range(20):
        w = 1.0
        at = (0.082 + PITCH * (k % 4) + 0.0425, 0.029 - PITCH * (k // 4))
        (plain if k % 4 < 3 and k > 3 else other).append(_key(w).moved(*at))  # noqa: PLR2004
    other += [
        _key(1.0, 0.011).moved(-0.201 + 0.0205 * k + 0.006 * (k // 4), 0.052) for k in range(13)
    ]
    return plain, other


def _key(width: float, deep: float = 0.0175) -> Solid:
    x = width * PITCH - 0.0016
    low = np.array([(-x, -deep), (x, -deep), (x, deep), (-x, deep)]) / 2
    up = low - np.sign(low) * 0.0022 + [0, 0.0008]
    layers = [(low, 0.014), (low, 0.0175), (up, 0.0235)]
    return convex(np.concatenate([np.column_stack([p, np.full(4, z)]) for p, z in layers]))


def _rotor(radius: float) -> Solid:
    """Return two twisted blades about their hub."""
    blade = ball_of(radius / 2, 0.0095, 0.0013, detail=1)
    points = blade.vertices + np.array([radius / 2 + 0.004, 0, 0])
    lean = np.deg2rad(22) * (1 - 0.6 * points[:, 0] / radius)
    points[:, 2] += points[:, 1] * np.tan(lean)
    one = Solid(vertices=points, triangles=blade.triangles).with_hull(24)
    hub = turned([(0.0065, -0.003), (0.0065, 0.004, 0.002), (0, 0.005)], segments=10)
    return joined(one, one.turned("z", 180), hub)
