"""A human skeleton, standing."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part
from scene_builder.assets.procedural.things.wonders.relics import skull
from scene_builder.assets.shapes.boxes import tapered_box
from scene_builder.assets.shapes.rounds import ball_of, curve, torus, tube
from scene_builder.assets.shapes.solid import Point, Solid, joined, support_points
from scene_builder.model.arrays import Array

SIDES = (-1, 1)

SKULL_AT, SKULL_LARGE = (0.0, -0.035, 1.49), 1.08
"""Where the skull's base is [m], and how large it is beside one that lies by itself."""

SPINE = ((0, 0.055, 0.95), (0, 0.03, 1.05), (0, 0.065, 1.25), (0, 0.06, 1.38), (0, 0.012, 1.53))
"""Way of the spine from the pelvis to the skull [m]."""

CHEST_Z, HIPS_Z = 1.1, 1.0
"""Where the chest begins and the hips end: between them there is the spine alone [m]."""


def skeleton() -> Blueprint:
    """Return a human skeleton, 1.7 m tall, that stands and looks to the front."""
    bones = joined(_trunk(), *(_arm(s) for s in SIDES), *(_leg(s) for s in SIDES))
    head = skull(cells=26)
    return Blueprint(
        parts=(
            Part(solid=bones, fill=0.55),
            *(Part(solid=_head(part.solid), slot=part.slot, fill=part.fill) for part in head.parts),
        ),
        slots=(MAIN, *head.slots[1:]),
    )


def _head(solid: Solid) -> Solid:
    return solid.turned("x", 4).scaled(SKULL_LARGE).moved(*SKULL_AT)


def _bone(*way: Point, thick: float, ends: float, sides: int = 8) -> Solid:
    """Return a long bone along a way: slender, with knobs of radius `ends` at both ends [m]."""
    path = curve(np.array(way, np.float64), 14)
    share = np.abs(np.linspace(-1, 1, 14))
    radii = thick + (ends - thick) * np.clip((share - 0.62) / 0.3, 0, 1) ** 1.5
    shaft = tube(path, radii, sides=sides, pieces=1)
    knobs = [ball_of(ends, ends, 0.9 * ends, detail=1).moved(*map(float, path[k])) for k in (0, -1)]
    return joined(shaft, *(knob.without_hulls() for knob in knobs))


def _trunk() -> Solid:
    spine = curve(np.array(SPINE, np.float64), 24)
    vertebrae = [_vertebra(at, 0.0235 - 0.0004 * k) for k, at in enumerate(spine)]
    ribs = [_rib(s, k) for k in range(10) for s in SIDES]
    breastbone = tube(
        np.array([(0, -0.075, 1.37), (0, -0.098, 1.28), (0, -0.1, 1.2), (0, -0.095, 1.17)]),
        np.array([0.024, 0.018, 0.017, 0.006]), sides=10, squash=0.4,
    )  # fmt: skip
    collars = [_bone((s * 0.012, -0.07, 1.385), (s * 0.09, -0.055, 1.4), (s * 0.17, 0.01, 1.405),
                     thick=0.007, ends=0.011) for s in SIDES]  # fmt: skip
    blades = [
        tapered_box((0.025, 0.008), (0.1, 0.012), 0.14, bevel=0.003)
        .turned("x", 8).turned("z", s * 24).moved(s * 0.105, 0.1, 1.245)
        for s in SIDES
    ]  # fmt: skip
    cage = joined(*vertebrae, *ribs, breastbone, *collars, *blades, *_pelvis()).without_hulls()
    height = cage.vertices[:, 2]
    hulls = [support_points(cage.vertices[at], 60) for at in (height > CHEST_Z, height < HIPS_Z)]
    return Solid(vertices=cage.vertices, triangles=cage.triangles, hulls=(*hulls, _column(spine)))


def _column(spine: Float[Array, "n 3"]) -> Float[Array, "h 3"]:
    """Return the corners of what the small of the back can be touched at (n 3) [m]."""
    small = spine[(spine[:, 2] > HIPS_Z - 0.03) & (spine[:, 2] < CHEST_Z + 0.05)]
    around = [np.array([x, y, 0.0]) for x in (-0.024, 0.024) for y in (-0.024, 0.04)]
    return support_points(np.concatenate([small + step for step in around]), 24)


def _vertebra(at: Float[Array, "3"], size: float) -> Solid:
    """Return a disc with a spur behind and one at each side [m]."""
    body = ball_of(size, 0.85 * size, 0.5 * size, detail=1)
    spur = tapered_box((0.007, 0.012), (0.004, 0.006), 0.034).turned("x", 115).moved(y=0.6 * size)
    wings = tapered_box((0.012, 0.008), (0.006, 0.005), 0.026)
    sides = [wings.turned("y", s * 90).moved(s * 0.5 * size, 0.5 * size) for s in SIDES]
    return joined(body, spur, *sides).moved(*map(float, at))


def _rib(side: int, k: int) -> Solid:
    """Return the k-th rib from above on one side: from the spine around to the breastbone [m]."""
    share = k / 9
    wide = 0.07 + 0.065 * np.sin(np.pi * min(1.0, 0.18 + 0.62 * share))
    back, drop = 1.4 - 0.235 * share, 0.05 + 0.055 * share
    reach = 2.9 if k < 7 else 2.9 - 0.45 * (k - 6)  # noqa: PLR2004 - the last ones end free
    turn = np.linspace(0.12, reach, 12)
    x = side * wide * np.sin(turn)
    y = -0.013 + 0.088 * np.cos(turn)
    z = back - drop * (turn / np.pi) ** 1.1 + 0.03 * np.clip(turn - 2.2, 0, 1)
    return tube(np.column_stack([x, y, z]), 0.0062, sides=7, squash=1.5)


def _pelvis() -> list[Solid]:
    """Return two flaring hip bones, the sacrum, and the ring below [m]."""
    parts = []
    for s in SIDES:
        blade = ball_of(0.016, 0.068, 0.075, detail=2).turned("y", s * 30).turned("z", s * -22)
        parts.append(blade.moved(s * 0.092, 0.022, 0.955))
        socket = ball_of(0.034, 0.034, 0.036, detail=2)
        parts.append(socket.moved(s * 0.092, 0.01, 0.885))
        ring = torus(0.036, 0.011, segments=20, sides=8).turned("x", 72).turned("z", s * 32)
        parts.append(ring.moved(s * 0.052, -0.004, 0.845))
    sacrum = tapered_box((0.03, 0.02), (0.085, 0.04), 0.12, bevel=0.006).turned("x", 14)
    return [*parts, sacrum.moved(0, 0.085, 0.86)]


def _arm(s: int) -> Solid:
    elbow, wrist = (s * 0.225, 0.035, 1.085), (s * 0.235, -0.03, 0.835)
    bones = [
        _bone((s * 0.185, 0.012, 1.385), (s * 0.21, 0.02, 1.23), elbow, thick=0.011, ends=0.021),
        _bone((s * 0.217, 0.035, 1.085), (s * 0.212, 0.0, 0.96), (s * 0.222, -0.03, 0.835),
              thick=0.0075, ends=0.012),
        _bone((s * 0.236, 0.035, 1.085), (s * 0.25, 0.006, 0.96), (s * 0.246, -0.03, 0.835),
              thick=0.0075, ends=0.012),
    ]  # fmt: skip
    palm = ball_of(0.016, 0.026, 0.018, detail=2).moved(wrist[0], wrist[1], wrist[2] - 0.012)
    fingers = [_finger(s, k, wrist) for k in range(5)]
    hand = joined(palm, *fingers).with_hull(30)
    return joined(*bones, hand)


def _finger(s: int, k: int, wrist: tuple[float, float, float]) -> Solid:
    """Return one of five rows of small bones that hang from the wrist [m]."""
    spread = (k - 2) * 0.0105
    long = (0.105, 0.155, 0.17, 0.16, 0.13)[k]
    out = np.array([s * 0.008, -0.03 if k == 0 else spread, 0.0])
    start = np.array([wrist[0], wrist[1] + spread, wrist[2] - 0.02])
    joints = [start + out * t - [0, 0, long * t] for t in (0, 0.45, 0.72, 0.9, 1.0)]
    return joined(*(
        _small_bone(a, b, 0.0052) for a, b in pairwise(joints)
    ))  # fmt: skip


def _small_bone(a: Point, b: Point, radius: float) -> Solid:
    path = np.linspace(np.asarray(a), np.asarray(b), 4)
    return tube(path, radius * np.array([1.2, 0.75, 0.75, 1.15]), sides=6).without_hulls()


def _leg(s: int) -> Solid:
    bones = [
        _bone((s * 0.092, 0.01, 0.885), (s * 0.135, 0.0, 0.84), (s * 0.115, -0.012, 0.64),
              (s * 0.095, 0.0, 0.475), thick=0.015, ends=0.026),
        _bone((s * 0.09, 0.0, 0.445), (s * 0.092, 0.004, 0.26), (s * 0.092, 0.02, 0.085),
              thick=0.012, ends=0.022),
        _bone((s * 0.117, 0.016, 0.43), (s * 0.122, 0.02, 0.26), (s * 0.114, 0.026, 0.08),
              thick=0.0055, ends=0.01),
    ]  # fmt: skip
    cap = ball_of(0.02, 0.011, 0.023, detail=2).moved(s * 0.093, -0.03, 0.465).without_hulls()
    return joined(*bones, cap, _foot(s))


def _foot(s: int) -> Solid:
    heel = ball_of(0.024, 0.036, 0.026, detail=2).moved(s * 0.098, 0.055, 0.026)
    arch = ball_of(0.032, 0.055, 0.022, detail=2).turned("x", 12).moved(s * 0.1, -0.015, 0.045)
    toes = []
    for k in range(5):
        across = (k - 2) * 0.0145
        start = np.array([s * (0.1 + 0.6 * across), -0.045, 0.042])
        tip = np.array([s * (0.102 + 1.15 * across), -0.165 + 0.011 * k, 0.009])
        joints = [start + (tip - start) * t for t in (0, 0.58, 0.8, 1.0)]
        thick = 0.0088 if k == 0 else 0.0068
        toes += [_small_bone(a, b, thick) for a, b in pairwise(joints)]
    foot = joined(heel, arch, *toes)
    return foot.moved(z=-float(foot.vertices[:, 2].min())).with_hull(40)
