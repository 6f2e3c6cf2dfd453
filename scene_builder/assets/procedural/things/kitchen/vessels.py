"""Cups, bowls, glasses, jars and bottles."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    hollow,
    parts_of,
    top,
)
from scene_builder.assets.shapes.boxes import box, prism
from scene_builder.assets.shapes.lathe import lathe, turned, vessel_profile
from scene_builder.assets.shapes.polygons import rounded, rounded_loop
from scene_builder.assets.shapes.rounds import curve, tube
from scene_builder.assets.shapes.solid import Solid, fused
from scene_builder.model.arrays import Array


def cup() -> Blueprint:
    """Return a cup with a handle on its right."""
    height, foot, mouth, wall, floor = 0.094, 0.027, 0.0405, 0.0034, 0.005
    outline = [(0, 0), (foot, 0, 0.003), (foot + 0.007, 0.024, 0.03), (mouth, height)]
    body = lathe(vessel_profile(outline, wall=wall, floor=floor), segments=64)
    grip = handle(
        [(0.0335, 0.026), (0.050, 0.024), (0.062, 0.040), (0.060, 0.061), (0.0375, 0.072)], 0.0042
    )
    return Blueprint(
        parts=parts_of(fused(body, grip)), cavity=hollow(floor, 0.0215, height - floor)
    )


def mug() -> Blueprint:
    """Return a straight mug with a wide handle on its right."""
    r, height, wall, floor = 0.0415, 0.096, 0.0042, 0.006
    outline = [(0, 0), (r - 0.001, 0, 0.005), (r, height)]
    body = lathe(vessel_profile(outline, wall=wall, floor=floor), segments=64)
    grip = handle(
        [
            (0.0385, 0.02),
            (0.058, 0.02),
            (0.073, 0.034),
            (0.073, 0.062),
            (0.058, 0.077),
            (0.0385, 0.077),
        ],
        0.0052,
    )
    return Blueprint(parts=parts_of(fused(body, grip)), cavity=hollow(floor, 0.033, height - floor))


def glass() -> Blueprint:
    """Return a tumbler with a thick floor."""
    outline = [(0, 0), (0.028, 0, 0.003), (0.036, 0.12)]
    body = lathe(vessel_profile(outline, wall=0.0026, floor=0.011), segments=64)
    return Blueprint(parts=parts_of(body), cavity=hollow(0.011, 0.024, 0.109))


def wine_glass() -> Blueprint:
    """Return a wine glass."""
    wall = 0.0016
    outer = [
        (0, 0), (0.034, 0, 0.0012), (0.034, 0.002, 0.001), (0.006, 0.0085, 0.012),
        (0.0036, 0.03, 0.02), (0.0036, 0.085, 0.02), (0.027, 0.102, 0.022), (0.037, 0.13, 0.03),
        (0.028, 0.2, 0.0008),
    ]  # fmt: skip
    inner = [
        (0.028 - wall, 0.2, 0.0008), (0.037 - wall, 0.13, 0.03), (0.027 - wall, 0.1035, 0.02),
        (0.008, 0.0925, 0.008), (0, 0.092),
    ]  # fmt: skip
    body = lathe(rounded(outer + inner), segments=64, sides=12, tolerance=0.0015)
    return Blueprint(parts=parts_of(body), cavity=hollow(0.0945, 0.011, 0.1055))


def bowl() -> Blueprint:
    """Return a round bowl on a small foot."""
    outline = [
        (0, 0), (0.042, 0, 0.002), (0.044, 0.008, 0.005), (0.073, 0.027, 0.032), (0.088, 0.075),
    ]  # fmt: skip
    body = lathe(vessel_profile(outline, wall=0.0045, floor=0.007), segments=64, sides=20)
    return Blueprint(parts=parts_of(body), cavity=hollow(0.016, 0.051, 0.059))


def plate() -> Blueprint:
    """Return a dinner plate."""
    profile = vessel_profile(
        [(0, 0), (0.08, 0, 0.002), (0.088, 0.006, 0.008), (0.13, 0.022)], wall=0.004, floor=0.005
    )
    body = lathe(profile, segments=64, sides=24)
    return Blueprint(parts=parts_of(body), cavity=hollow(0.005, 0.078, 0.017))


def tray() -> Blueprint:
    """Return a wooden tray with two grips."""
    x, y, rim = 0.42, 0.28, 0.045
    floor = box(x - 0.02, y - 0.02, 0.008, bevel=0.001)
    long = [box(x, 0.01, rim * 0.7, bevel=0.002).moved(0, s * (y - 0.01) / 2) for s in (-1, 1)]
    outline = rounded_loop(
        [(-y / 2, 0), (y / 2, 0), (y / 2, rim * 0.7, 0.01), (0.09, rim * 0.7, 0.02), (0.07,
        rim + 0.015, 0.015),
         (-0.07, rim + 0.015, 0.015), (-0.09, rim * 0.7, 0.02), (-y / 2, rim * 0.7, 0.01)]
    )  # fmt: skip
    slot = rounded_loop(
        [
            (-0.05, rim - 0.012, 0.006),
            (0.05, rim - 0.012, 0.006),
            (0.05, rim + 0.004, 0.006),
            (-0.05, rim + 0.004, 0.006),
        ]
    )
    end = prism(outline, 0.01, slot).turned("x", 90).turned("z", 90)
    ends = [end.moved(x=-x / 2), end.moved(x=x / 2 - 0.01)]
    return Blueprint(
        parts=parts_of(floor, *long, *ends),
        supports=(top(0.008, x - 0.03, y - 0.03),),
    )


def jar() -> Blueprint:
    """Return an open preserving jar with a threaded neck."""
    outline = [
        (0, 0), (0.042, 0, 0.006), (0.044, 0.012, 0.01), (0.044, 0.118, 0.014), (0.0365, 0.132,
        0.006),
        (0.0365, 0.16),
    ]  # fmt: skip
    body = lathe(vessel_profile(outline, wall=0.0032, floor=0.006), segments=64)
    rings = []
    for level in (0.141, 0.150):
        ring = [(0.0355, level), (0.0382, level + 0.0015, 0.001), (0.0355, level + 0.003)]
        rings.append(lathe(np.array([c[:2] for c in ring]), segments=64).without_hulls())
    return Blueprint(parts=parts_of(fused(body, *rings)), cavity=hollow(0.006, 0.032, 0.154))


def vase() -> Blueprint:
    """Return a full-bellied vase with a flared lip."""
    outline = [
        (0, 0), (0.042, 0, 0.004), (0.045, 0.012, 0.01), (0.078, 0.085, 0.05), (0.074, 0.14, 0.05),
        (0.031, 0.205, 0.04), (0.034, 0.232, 0.03), (0.046, 0.26),
    ]  # fmt: skip
    body = lathe(
        vessel_profile(outline, wall=0.005, floor=0.009), segments=64, sides=12, tolerance=0.002
    )
    return Blueprint(parts=parts_of(body), cavity=hollow(0.012, 0.024, 0.248))


def bottle() -> Blueprint:
    """Return a wine bottle (750 ml, Bordeaux) with a cork and a label."""
    outer = [
        (0.03, 0.0), (0.0375, 0.0, 0.004), (0.0375, 0.2, 0.03), (0.0145, 0.235, 0.02),
        (0.0136, 0.285), (0.0155, 0.286, 0.001), (0.0155, 0.294, 0.002), (0.0105, 0.2945),
    ]  # fmt: skip
    cork = turned([(0.0095, 0), (0.01, 0.018, 0.001)], segments=24).moved(z=0.284)
    label = lathe(
        np.array([(0.037, 0.06), (0.0378, 0.06), (0.0378, 0.145), (0.037, 0.145)]), segments=64
    )
    return Blueprint(
        parts=(
            Part(solid=turned(outer, segments=64), wall=0.0045),
            Part(solid=cork.without_hulls(), slot=1),
            Part(solid=label.without_hulls(), slot=2, fill=0.3),
        ),
        slots=(MAIN, Slot(substance="cork"), Slot(substance="paper")),
        rolls="x",
        tags=("on_side",),
    )


def pitcher() -> Blueprint:
    """Return a jug with a spout on its left and a handle on its right."""
    wall, height = 0.0045, 0.23
    outline = [
        (0, 0), (0.052, 0, 0.005), (0.066, 0.07, 0.05), (0.062, 0.11, 0.05), (0.043, 0.18, 0.05),
        (0.052, height)
    ]  # fmt: skip
    body = lathe(
        vessel_profile(outline, wall=wall, floor=0.008), segments=64, sides=12, tolerance=0.002
    )
    body = Solid(
        vertices=_spouted(body.vertices, height), triangles=body.triangles, hulls=body.hulls
    )
    grip = handle(
        [(0.047, 0.205), (0.08, 0.205), (0.105, 0.17), (0.095, 0.11), (0.064, 0.075)], 0.0062
    )
    return Blueprint(parts=parts_of(fused(body, grip)), cavity=hollow(0.008, 0.036, height - 0.008))


def teapot() -> Blueprint:
    """Return a teapot with its lid on, its spout to the left."""
    outline = [
        (0, 0), (0.045, 0, 0.004), (0.048, 0.008, 0.006), (0.078, 0.05, 0.045), (0.07, 0.1, 0.04),
        (0.04, 0.118, 0.012),
        (0, 0.119),
    ]  # fmt: skip
    body = turned(outline, segments=64)
    lid = turned(
        [(0.041, 0.114), (0.043, 0.117, 0.002), (0.036, 0.127, 0.012), (0.006, 0.136, 0.008),
        (0.005, 0.14, 0.003),
         (0.0115, 0.147, 0.006), (0.0115, 0.153, 0.006), (0, 0.158)],
        segments=48,
    )  # fmt: skip
    path = curve(
        np.array([(-0.05, 0, 0.045), (-0.085, 0, 0.055), (-0.1, 0, 0.088), (-0.122, 0, 0.112)]), 20
    )
    spout = tube(path, np.linspace(0.021, 0.0095, 20), sides=20, pieces=4)
    grip = handle(
        [(0.06, 0.098), (0.098, 0.104), (0.118, 0.078), (0.106, 0.044), (0.07, 0.034)], 0.0062
    )
    return Blueprint(parts=(Part(solid=fused(body, lid, spout, grip), fill=0.32),))


def handle(points: list[tuple[float, float]], radius: float, *, squash: float = 1.5) -> Solid:
    """Return a handle in the x-z plane along points of (x, z) [m], thickened across."""
    path = curve(np.array([(x, 0.0, z) for x, z in points]), 24)
    return tube(path, radius, sides=12, pieces=6, squash=squash)


def trophy() -> Blueprint:
    """Return a cup with two handles on a plinth."""
    outline = [
        (0, 0.06), (0.045, 0.06, 0.002), (0.045, 0.068, 0.003), (0.012, 0.088, 0.02), (0.009,
        0.12, 0.02),
        (0.02, 0.142, 0.01), (0.06, 0.18, 0.05), (0.07, 0.3, 0.02), (0.074, 0.31),
    ]  # fmt: skip
    inner = [
        (0.071, 0.31),
        (0.066, 0.3, 0.02),
        (0.056, 0.182, 0.045),
        (0.018, 0.152, 0.01),
        (0, 0.15),
    ]
    body = lathe(rounded(outline + inner), segments=64, sides=12, tolerance=0.003)
    ears = []
    for s in (-1, 1):
        line = [(0.066, 0.28), (0.105, 0.285), (0.115, 0.235), (0.09, 0.19), (0.055, 0.185)]
        ears.append(handle([(s * x, z) for x, z in line], 0.0055, squash=1.2))
    plinth = [box(0.12, 0.12, 0.05, bevel=0.003), box(0.1, 0.1, 0.012, bevel=0.002).moved(z=0.05)]
    plaque = box(0.06, 0.002, 0.022, bevel=0.0005).moved(0, -0.0604, 0.014).without_hulls()
    return Blueprint(
        parts=(
            Part(solid=fused(body, *ears), fill=0.5),
            *parts_of(*plinth, slot=1),
            Part(solid=plaque),
        ),
        slots=(MAIN, Slot(substance="walnut", color="#2a1c14")),
        cavity=hollow(0.1535, 0.02, 0.1565),
        supports=(),
    )


def flower_pot() -> Blueprint:
    """Return an empty clay flower pot."""
    return Blueprint(parts=parts_of(clay_pot(0.18)), cavity=hollow(0.012, 0.05, 0.168))


def clay_pot(height: float) -> Solid:
    """Return a clay pot with a thick rim [m]."""
    s = height / 0.18
    profile = vessel_profile(
        [(0, 0), (0.06, 0, 0.003), (0.086, 0.135, 0.002), (0.096, 0.136, 0.003), (0.101, 0.18)],
        wall=0.009, floor=0.012,
    )  # fmt: skip
    return lathe(profile, segments=64, sides=16).scaled(s)


def _spouted(points: Array, height: float) -> Array:
    """Pull the lip out to the left into a spout."""
    moved = points.copy()
    near = np.clip((points[:, 2] - 0.78 * height) / (0.22 * height), 0, 1) ** 1.5
    angle = np.arctan2(points[:, 1], -points[:, 0])
    pull = np.exp(-((angle / 0.42) ** 2)) * near
    moved[:, 0] -= 0.03 * pull
    moved[:, 2] += 0.01 * pull
    return moved
