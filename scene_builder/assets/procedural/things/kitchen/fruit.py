"""Fruit and vegetables; no two are quite alike."""

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    ball_collider,
)
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

STALK = Slot(substance="bark", color="#5b4327")
GREEN = Slot(substance="leaf", color="#4f7d2e")


def apple_rand(rng: np.random.Generator) -> Blueprint:
    """Return an apple with its stalk and a leaf."""
    wide, lean = rng.uniform(0.97, 1.04), rng.uniform(-0.02, 0.02)

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        z = u[:, 2]
        dents = 0.34 * np.exp(-(((1 - z) / 0.1) ** 1.0)) + 0.2 * np.exp(-(((1 + z) / 0.07) ** 1.0))
        lobes = 0.018 * np.cos(5 * np.arctan2(u[:, 1], u[:, 0])) * np.clip(-z, 0, 1)
        return 1 - dents + 0.07 * z + lobes + lean * u[:, 0]

    body = ball_of(0.041 * wide, 0.041 * wide, 0.039, detail=4, shape=shape)
    body = seated(body)
    high = float(body.vertices[:, 2].max())
    stalk = tube(
        curve(np.array([(0, 0, high - 0.014), (0.001, 0, high - 0.002), (0.006, 0, high + 0.01)]), 8),
        0.0016, sides=8,
    )  # fmt: skip
    blade = (
        leaf_blade(0.03, 0.014, bend=0.35)
        .turned("y", -28)
        .turned("z", 25)
        .moved(0.003, 0, high + 0.003)
    )
    return _fruit(body, joined(stalk), blade)


def orange_rand(rng: np.random.Generator) -> Blueprint:
    """Return an orange with its navel."""
    r = 0.04 * float(rng.uniform(0.98, 1.02))

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        grain = np.sin(61 * u[:, 0]) * np.sin(59 * u[:, 1]) * np.sin(67 * u[:, 2])
        return 1 - 0.05 * np.exp(-((1 - u[:, 2]) / 0.012)) + 0.004 * grain

    body = ball_of(r, r, r, detail=4, shape=shape).moved(z=r)
    navel = turned([(0.004, 0), (0.003, 0.0012, 0.0008)], segments=12).moved(z=2 * r - 0.0028)
    return Blueprint(
        parts=(Part(solid=body), Part(solid=navel.without_hulls(), slot=1)),
        slots=(MAIN, GREEN),
        rolls="any",
        collider=ball_collider(r),
    )


def tomato_rand(rng: np.random.Generator) -> Blueprint:
    """Return a tomato with its green star."""
    lobes = float(rng.uniform(0.012, 0.025))

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        wave = lobes * np.cos(5 * np.arctan2(u[:, 1], u[:, 0])) * np.clip(u[:, 2], 0, 1)
        return 1 - 0.16 * np.exp(-((1 - u[:, 2]) / 0.09)) + wave

    body = seated(ball_of(0.037, 0.037, 0.031, detail=4, shape=shape))
    high = float(body.vertices[:, 2].max())
    star = [leaf_blade(0.02, 0.005, bend=-0.25).moved(0.002).turned("z", 72 * k) for k in range(5)]
    stalk = tube(np.array([(0, 0, -0.004), (0.001, 0, 0.009)]), 0.0016, sides=8)
    return _fruit(body, joined(*star, stalk).moved(z=high - 0.002), None, stalk_slot=GREEN)


def pear_rand(rng: np.random.Generator) -> Blueprint:
    """Return a pear."""
    fat = float(rng.uniform(0.97, 1.03))
    outline = [
        (0, 0.003), (0.008, 0.0, 0.004), (0.027 * fat, 0.008, 0.02), (0.036 * fat, 0.034, 0.025),
        (0.022, 0.066, 0.03), (0.017, 0.088, 0.012), (0.006, 0.098, 0.006), (0, 0.096),
    ]  # fmt: skip
    body = turned(outline, segments=48).with_hull(56)
    stalk = tube(
        curve(np.array([(0, 0, 0.093), (0.002, 0, 0.102), (0.006, 0, 0.113)]), 8), 0.0016, sides=8
    )
    return _fruit(body, stalk, None)


def lemon_rand(rng: np.random.Generator) -> Blueprint:
    """Return a lemon that lies on its side."""
    long = float(rng.uniform(0.97, 1.04))
    outline = [
        (0, 0), (0.005, 0.002, 0.002), (0.009, 0.009, 0.008), (0.026, 0.022, 0.02), (0.0285, 0.046, 0.03),
        (0.022, 0.074, 0.02), (0.009, 0.085, 0.008), (0.006, 0.091, 0.003), (0, 0.094),
    ]  # fmt: skip
    body = turned(outline, segments=48).scaled(1, 1, long)
    body = body.turned("y", 90).with_hull()
    center = body.vertices[:, 0].mean()
    return Blueprint(parts=(Part(solid=seated(body.moved(x=-float(center)))),), rolls="any")


def coconut_rand(rng: np.random.Generator) -> Blueprint:
    """Return a coconut with its three eyes, and hairy."""
    phase = rng.uniform(0, 6, 3)

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        rough = (
            np.sin(23 * u[:, 0] + phase[0]) * np.sin(27 * u[:, 1] + phase[1]) * np.sin(9 * u[:, 2])
        )
        return 1 + 0.012 * rough + 0.05 * u[:, 2] ** 2

    body = seated(ball_of(0.06, 0.06, 0.06, detail=4, shape=shape))
    eyes = [
        ball_of(0.007, 0.002, 0.006, detail=2)
        .moved(0, -0.0605, 0)
        .turned("y", 0)
        .turned("x", -a)
        .turned("z", b)
        for a, b in ((35, -9), (35, 9), (22, 0))
    ]
    marks = joined(*eyes).without_hulls().moved(z=0.063)
    return Blueprint(
        parts=(Part(solid=body, fill=1.2), Part(solid=marks, slot=1)),
        slots=(MAIN, Slot(substance="bark", color="#241710")),
        rolls="any",
    )


def pumpkin_rand(rng: np.random.Generator) -> Blueprint:
    """Return a ribbed pumpkin with its stalk."""
    ribs, flat = 11, float(rng.uniform(0.74, 0.84))

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        around = np.abs(np.cos(ribs / 2 * np.arctan2(u[:, 1], u[:, 0])))
        groove = (around**0.7 - 1) * 0.1 * (1 - np.abs(u[:, 2]) ** 6)
        return 1 + groove - 0.26 * np.exp(-((1 - np.abs(u[:, 2])) / 0.07))

    body = seated(ball_of(0.15, 0.15, 0.15 * flat, detail=4, shape=shape))
    high = float(body.vertices[:, 2].max())
    path = curve(
        np.array(
            [(0, 0, high - 0.05), (0.0, 0, high), (0.012, 0, high + 0.03), (0.035, 0, high + 0.045)]
        ),
        12,
    )
    stalk = tube(path, np.linspace(0.022, 0.011, 12), sides=7, pieces=3)
    return Blueprint(
        parts=(Part(solid=body, fill=0.7), Part(solid=stalk, slot=1)),
        slots=(MAIN, Slot(substance="bark", color="#6d7a3a")),
    )


def watermelon_rand(rng: np.random.Generator) -> Blueprint:
    """Return a striped watermelon that lies on its side."""
    stripes, phase = 11, float(rng.uniform(0, 6))
    rows, around = 24, 176
    a = np.linspace(-np.pi / 2, np.pi / 2, rows + 1)[:, None]
    b = np.linspace(0, 2 * np.pi, around, endpoint=False)[None]
    x = 0.16 * np.sin(a) + 0 * b
    r = 0.11 * np.cos(a)
    grid = np.stack([x, r * np.cos(b), r * np.sin(b)], axis=-1)[1:-1].reshape(-1, 3)
    vertices = np.vstack([grid, [[-0.16, 0, 0], [0.16, 0, 0]]])
    index = np.arange((rows - 1) * around).reshape(rows - 1, around)
    nxt = np.roll(index, -1, axis=1)
    quads = [
        np.stack([index[:-1], nxt[1:], nxt[:-1]], -1), np.stack([index[:-1], index[1:], nxt[1:]], -1)
    ]  # fmt: skip
    tip, end = len(grid), len(grid) + 1
    fans = [
        np.stack([index[0], nxt[0], np.full(around, tip)], -1),
        np.stack([nxt[-1], index[-1], np.full(around, end)], -1),
    ]
    triangles = np.concatenate([*(q.reshape(-1, 3) for q in quads), *fans]).astype(np.int32)
    body = Solid(vertices=vertices, triangles=triangles)
    corners = vertices[triangles]
    if np.einsum("ti,ti->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) < 0:
        body = Solid(vertices=vertices, triangles=triangles[:, ::-1])

    def dark(c: Float[Array, "t 3"]) -> Bool[Array, " t"]:
        angle = np.arctan2(c[:, 2], c[:, 1])
        wobble = 0.5 * np.sin(38 * c[:, 0] + phase) + 0.25 * np.sin(97 * c[:, 0] + 3 * angle)
        return np.sin(stripes * angle + wobble) > 0.25  # noqa: PLR2004

    body = body.painted(1, dark).with_hull(60)
    return Blueprint(
        parts=(Part(solid=seated(body)),),
        slots=(Slot(color="#6fa045", dyed=True), Slot(color="#1f4a20")),
        rolls="any",
    )


def banana() -> Blueprint:
    """Return a banana that lies on its side."""
    t = np.linspace(0, 1, 28)
    angle = np.deg2rad(-58 + 116 * t)
    path = np.stack([0.105 * np.sin(angle), -0.105 * np.cos(angle) + 0.08, 0 * t], axis=1)
    radius = 0.0185 * np.clip(np.minimum(t / 0.16, (1 - t) / 0.1), 0, 1) ** 0.6 + 0.0035
    radius[:3] = 0.0045
    body = tube(path, radius, sides=10, pieces=6, squash=1.0).moved(z=0.0215)
    body = body.painted(1, lambda c: (c[:, 0] < -0.086) | (c[:, 0] > 0.0872))  # noqa: PLR2004
    low = float(body.vertices[:, 2].min())
    return Blueprint(
        parts=(Part(solid=body.moved(z=-low)),),
        slots=(MAIN, Slot(substance="bark", color="#4a3a1c")),
    )


def carrot() -> Blueprint:
    """Return a carrot that lies on its side, with its greens."""
    outline = [
        (0, 0),
        (0.003, 0.003, 0.002),
        (0.011, 0.07, 0.05),
        (0.0165, 0.135, 0.01),
        (0.012, 0.145, 0.005),
        (0, 0.143),
    ]
    body = turned(outline, segments=32).turned("y", 90).moved(x=-0.08)
    lift = float(-body.vertices[:, 2].min())
    sprigs = [
        tube(
            curve(
                np.array(
                    [(0.06, 0, 0), (0.08, 0.01 * y, 0.004 + z), (0.11, 0.03 * y, 0.01 * z + 0.006)]
                ),
                8,
            ),
            np.linspace(0.0024, 0.001, 8),
            sides=6,
        )
        for y, z in ((-1, 0.0), (-0.3, 0.006), (0.4, 0.003), (1, 0.0))
    ]
    return Blueprint(
        parts=(
            Part(solid=body.moved(z=lift)),
            Part(solid=joined(*sprigs).without_hulls().moved(z=lift), slot=1),
        ),
        slots=(MAIN, GREEN),
    )


def mushroom() -> Blueprint:
    """Return a toadstool with white spots."""
    stem = turned(
        [(0.013, 0, 0.004), (0.011, 0.02, 0.01), (0.01, 0.062, 0.006), (0.02, 0.064)], segments=32
    )
    cap = turned(
        [
            (0.012, 0.055),
            (0.046, 0.056, 0.004),
            (0.045, 0.07, 0.014),
            (0.025, 0.09, 0.02),
            (0, 0.096),
        ]
    )
    spots = []
    for turn, tilt in (
        (0, 0),
        (10, 35),
        (80, 38),
        (150, 34),
        (220, 37),
        (290, 36),
        (45, 62),
        (120, 60),
        (200, 62),
        (330, 61),
        (265, 63),
    ):
        spot = ball_of(0.0062, 0.0062, 0.0016, detail=2).moved(z=0.036)
        spots.append(
            spot.turned("y", tilt).scaled(1.14, 1.14, 0.98).turned("z", turn).moved(z=0.0605)
        )
    return Blueprint(
        parts=(
            Part(solid=cap),
            Part(solid=stem, slot=1),
            Part(solid=joined(*spots).without_hulls(), slot=1),
        ),
        slots=(MAIN, Slot(substance="foam", color="#efe8d8")),
    )


def egg() -> Blueprint:
    """Return an egg that lies on its side (Narushin et al. 2021, universal egg shape)."""
    z = np.linspace(0, 1, 25)
    radius = (
        0.41
        * np.sqrt(np.maximum(4 * z * (1 - z), 0))
        * (1 - 0.18 * (z - 0.5))
        * np.sqrt(1 / (1 + 0.18 * (z - 0.5)))
    )
    outline = [(float(0.058 * r), float(0.058 * h)) for r, h in zip(radius * 0.94, z, strict=True)]
    outline[0], outline[-1] = (0.0, 0.0), (0.0, 0.058)
    body = turned(outline, segments=48).turned("y", 90).moved(x=-0.029).with_hull()
    return Blueprint(parts=(Part(solid=seated(body)),), rolls="any")


def leaf_blade(length: float, width: float, *, bend: float = 0.3) -> Solid:
    """Return a leaf along +X from the origin, curved by `bend`, a quarter millimetre thick [m]."""
    t = np.linspace(0, 1, 9)
    half = width / 2 * np.sin(np.pi * t**0.8) ** 0.8
    middle = np.stack([length * t, 0 * t, length * bend * (t - t**2 * 1.3)], axis=1)
    half[[0, -1]] = 0.02 * width
    edge = np.stack([0 * t, half, 0.25 * half], axis=1)
    thick = np.array([0, 0, max(0.012 * width, 0.00025)])
    rows = [middle - edge * [1, 1, -1], middle, middle + edge]
    upper = np.stack(rows, axis=1).reshape(-1, 3)
    index = np.arange(27).reshape(9, 3)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    face = np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[:-1, 2][::-1], index[0, 1:2]])
    after = np.roll(rim, -1)
    wall = np.concatenate(
        [np.stack([rim, rim + 27, after + 27], -1), np.stack([rim, after + 27, after], -1)]
    )
    triangles = np.concatenate([face, face[:, ::-1] + 27, wall]).astype(np.int32)
    vertices = np.concatenate([upper, upper - thick])
    corners = vertices[triangles]
    if np.einsum("ti,ti->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) < 0:
        triangles = triangles[:, ::-1]
    return Solid(vertices=vertices, triangles=triangles)


def _fruit(body: Solid, stalk: Solid, blade: Solid | None, stalk_slot: Slot = STALK) -> Blueprint:
    parts = [Part(solid=body), Part(solid=stalk.without_hulls(), slot=1)]
    if blade is not None:
        parts.append(Part(solid=blade.without_hulls(), slot=2))
    slots = (MAIN, stalk_slot, GREEN) if blade is not None else (MAIN, stalk_slot)
    return Blueprint(parts=tuple(parts), slots=slots, rolls="any")


def seated(solid: Solid) -> Solid:
    """Return it with its lowest point on z = 0."""
    return solid.moved(z=-float(solid.vertices[:, 2].min()))
