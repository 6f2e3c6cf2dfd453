"""Globes on their stands, and planets."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    ball_collider,
    parts_of,
)
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import arc, sphere, tube
from scene_builder.assets.shapes.solid import Solid
from scene_builder.model.arrays import Array

LAND = Slot(color="#5d9a48")
ICE = Slot(color="#f2f5f8")

LANDS = np.array([
    (60, -105, 24), (48, -95, 20), (38, -100, 15), (25, -102, 9), (15, -90, 6), (65, -150, 9),
    (74, -42, 14), (0, -62, 17), (-12, -55, 17), (-28, -62, 11), (-42, -70, 6), (52, 15, 11),
    (42, -4, 6), (63, 20, 9), (58, 45, 17), (60, 80, 22), (62, 115, 22), (65, 155, 14),
    (42, 70, 15), (38, 100, 18), (30, 112, 11), (22, 78, 9), (14, 78, 5), (27, 47, 11), (20, 0, 15),
    (20, 25, 16), (8, 10, 13), (5, 35, 11), (-10, 22, 13), (-25, 24, 9), (-20, 46, 4), (15, 102, 6),
    (-1, 114, 6), (-3, 102, 4), (-5, 141, 6), (-25, 122, 10), (-25, 137, 12), (-30, 146, 6),
    (37, 138, 4), (-42, 173, 4), (54, -3, 4),
])  # fmt: skip
"""The Earth's lands as caps: latitude, longitude and radius [deg]."""


def globe() -> Blueprint:
    """Return a globe, 0.4 m tall, its axis leant by 23.4° in a brass bow on a wooden foot."""
    middle, radius = np.array([0, 0, 0.235]), 0.14
    lean = np.deg2rad(23.4)
    earth = _earth(sphere(radius, detail=5)).turned("z", -60).turned("y", 23.4).moved(*middle)
    axis = np.array([np.sin(lean), 0, np.cos(lean)])
    side = np.array([np.cos(lean), 0, -np.sin(lean)])
    bow = tube(arc(middle, 0.157 * axis, 0.157 * side, (-6, 186), 33), 0.0065, sides=12, pieces=8)
    pins = [
        turned([(0.006, 0), (0.006, 0.022, 0.002)], segments=20).turned("y", 23.4 + tip)
        .moved(*(middle + s * 0.137 * axis)) for s, tip in ((1, 0), (-1, 180))
    ]  # fmt: skip
    foot = turned([(0.085, 0, 0.004), (0.085, 0.012, 0.006), (0.06, 0.02, 0.01), (0.02, 0.03, 0.01),
                   (0.014, 0.06, 0.01)])  # fmt: skip
    stem = turned([(0.014, 0.05), (0.011, 0.082, 0.003)], segments=32)
    return Blueprint(
        parts=(
            Part(solid=earth.with_hull(90), wall=0.003), *parts_of(foot, slot=4),
            *parts_of(bow, *pins, stem, slot=3),
        ),
        slots=(MAIN, LAND, ICE, Slot(substance="brass"), Slot(substance="walnut")),
    )  # fmt: skip


def planet() -> Blueprint:
    """Return a planet, 1 m across, with seas, lands and ice at its poles."""
    earth = _earth(sphere(0.5, detail=5)).turned("z", -60).turned("y", 23.4)
    return Blueprint(
        parts=(Part(solid=earth.moved(z=0.5), fill=0.9),), slots=(MAIN, LAND, ICE),
        rolls="any", collider=ball_collider(0.5),
    )  # fmt: skip


def _earth(ball: Solid) -> Solid:
    """Return a ball about the origin with lands in slot 1 and ice in slot 2."""
    return ball.painted(1, lambda c: _on_land(c) > 0).painted(2, _on_ice)


def _unit(c: Array) -> Array:
    return np.asarray(c / np.linalg.norm(c, axis=1, keepdims=True))


def _on_land(c: Array) -> Array:
    """Return how far inside a coast directions lie [rad]; coasts are frayed."""
    u = _unit(c)
    lat, lon, far = np.deg2rad(LANDS).T
    caps = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    inside = (far - np.arccos(np.clip(u @ caps, -1, 1))).max(axis=1)
    frayed = 0.025 * np.sin(u @ np.array([17.0, -11, 13])) * np.sin(u @ np.array([-7.0, 23, 19]))
    return np.asarray(inside + frayed + 0.012 * np.sin(u @ np.array([37.0, 41, -29])))


def _on_ice(c: Array) -> Array:
    u = _unit(c)
    edge = 0.008 * np.sin(u @ np.array([29.0, 23, 0])) + 0.006 * np.sin(u @ np.array([-17, 31, 9]))
    return np.asarray((u[:, 2] < -0.93 + edge) | (u[:, 2] > 0.965 + edge))
