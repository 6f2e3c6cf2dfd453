"""Hammers, brooms, anvils, ropes and chains."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of, top
from scene_builder.assets.shapes.boxes import box, prism, tapered_box
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.polygons import circle, rounded_loop
from scene_builder.assets.shapes.rounds import arc, ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, carved, convex, fused, joined

WOOD = Slot(substance="oak")

NAIL_DEG = 15.0
"""A nail in a wall points down by so much: what hangs on it does not slip off."""


def hammer() -> Blueprint:
    """Return a claw hammer that lies flat, its head to the left."""
    head = turned(
        [
            (0.014, 0, 0.002),
            (0.015, 0.012, 0.002),
            (0.0105, 0.02, 0.004),
            (0.012, 0.035),
            (0.012, 0.06),
        ],
        segments=32,
    )
    head = head.turned("x", -90).moved(y=-0.055)
    claw = []
    for s in (-1, 1):
        path = curve(
            np.array([(s * 0.003, 0.0, 0), (s * 0.006, 0.03, 0.0), (s * 0.009, 0.055, -0.009)])[
                :, [0, 1, 2]
            ],
            10,
        )
        path = np.column_stack([path[:, 2] + 0.0, path[:, 1], path[:, 0]])
        claw.append(tube(path, np.linspace(0.0085, 0.0025, 10), sides=8, pieces=3))
    block = box(0.026, 0.03, 0.024, bevel=0.004).moved(z=-0.012)
    grip = tube(
        curve(np.array([(-0.012, 0, 0), (0.06, 0, 0), (0.16, 0, 0), (0.29, 0, 0)]), 20),
        np.interp(np.arange(20), [0, 6, 13, 18, 19], [0.0095, 0.009, 0.0125, 0.0135, 0.011]),
        sides=16, pieces=5, squash=1.2,
    )  # fmt: skip
    up = 0.0165
    return Blueprint(
        parts=(
            Part(solid=fused(head, block, *claw).moved(-0.13, 0, up)),
            Part(solid=grip.moved(-0.13, 0, up), slot=1),
        ),
        slots=(MAIN, WOOD),
    )


def wrench() -> Blueprint:
    """Return an open-ended spanner that lies flat."""
    handle = prism(
        rounded_loop(
            [
                (-0.085, -0.009, 0.004),
                (0.085, -0.007, 0.004),
                (0.085, 0.007, 0.004),
                (-0.085, 0.009, 0.004),
            ]
        ),
        0.007,
    )
    ends = []
    for s, r in ((-1, 0.025), (1, 0.021)):
        disc = prism(circle(r, 40), 0.009)
        jaw = box(2.4 * r, 0.95 * r, 0.03, bevel=0).moved(s * 1.2 * r, 0, -0.01).turned("z", 15)
        cut = carved(disc, jaw, hulls=())
        pieces = []
        for side in (-1, 1):
            a = np.deg2rad(np.linspace(38, 100, 5)) * side
            rim = np.stack([s * r * np.cos(a), r * np.sin(a)], 1)
            inner = np.array([(s * 0.1 * r, side * 0.5 * r), (s * 0.8 * r, side * 0.5 * r)])
            flat = np.concatenate([rim, inner])
            pieces.append(
                np.concatenate(
                    [np.column_stack([flat, np.full(len(flat), z)]) for z in (0.0, 0.009)]
                )
            )
        back = np.deg2rad(np.linspace(95, 265, 8))
        rim = np.stack([s * r * np.cos(back), r * np.sin(back)], 1)
        pieces.append(
            np.concatenate([np.column_stack([rim, np.full(len(rim), z)]) for z in (0.0, 0.009)])
        )
        ends.append(
            Solid(vertices=cut.vertices, triangles=cut.triangles, hulls=tuple(pieces)).moved(
                s * 0.1, 0, 0
            )
        )
    return Blueprint(parts=parts_of(fused(handle.moved(z=0.001), *ends)))


def broom() -> Blueprint:
    """Return a broom that lies along X, its bristles to the right."""
    stick = (
        turned([(0.0125, 0, 0.004), (0.0125, 1.08)], segments=24)
        .turned("y", 90)
        .moved(-0.68, 0, 0.032)
    )
    head = tapered_box((0.06, 0.3), (0.06, 0.12), 0.09).turned("y", -90).moved(0.48, 0, 0.032)
    tufts = []
    for k in range(17):
        y = -0.14 + 0.0175 * k
        for z in (-0.015, 0.0, 0.015):
            end = np.array([0.64 + 0.006 * (k % 3), 1.22 * y, 0.032 + 1.3 * z])
            tufts.append(tube(np.array([[0.47, y, 0.032 + z], end]), 0.0066, sides=6))
    brush = convex(
        np.array(
            [
                (x, w * y, 0.032 + w * z)
                for x, w in ((0.47, 1.0), (0.645, 1.25))
                for y in (-0.145, 0.145)
                for z in (-0.022, 0.022)
            ]
        )
    )
    return Blueprint(
        parts=(
            Part(solid=stick),
            Part(solid=head, slot=0),
            Part(
                solid=Solid(
                    vertices=joined(*tufts).vertices,
                    triangles=joined(*tufts).triangles,
                    hulls=brush.hulls,
                ),
                slot=1,
                fill=0.4,
            ),
        ),
        slots=(MAIN, Slot(substance="rope", color="#cfa95a")),
    )


def anvil() -> Blueprint:
    """Return a blacksmith's anvil, its horn to the right."""
    foot = tapered_box((0.34, 0.2), (0.24, 0.13), 0.08, bevel=0.006)
    waist = tapered_box((0.22, 0.12), (0.2, 0.1), 0.08, bevel=0.004).moved(z=0.08)
    body = tapered_box((0.22, 0.1), (0.34, 0.12), 0.05, bevel=0.004).moved(-0.02, 0, 0.16)
    face = box(0.36, 0.13, 0.075, bevel=0.004).moved(-0.04, 0, 0.205)
    half = np.linspace(0, 1, 12)
    horn = tube(
        np.column_stack([0.13 + 0.2 * half, 0 * half, 0.232 + 0.03 * half]),
        0.056 * (1 - half**1.6) + 0.004,
        sides=20,
        pieces=4,
        squash=0.85,
    )
    return Blueprint(
        parts=parts_of(fused(foot, waist, body, face, horn)),
        supports=(top(0.28, 0.34, 0.12, at=(-0.04, 0)),),
    )


def rope() -> Blueprint:
    """Return a straight, twisted rope that hangs along Z."""
    long, r, turns = 0.8, 0.009, 14
    t = np.linspace(0, 1, 10 * turns + 1)
    strands = []
    for k in range(3):
        a = 2 * np.pi * (turns * t + k / 3)
        path = np.column_stack([0.48 * r * np.cos(a), 0.48 * r * np.sin(a), long * t])
        strands.append(tube(path, 0.52 * r, sides=8))
    core = turned([(r, 0), (r, long)], segments=12)
    whole = joined(*(s.without_hulls() for s in strands))
    flat = whole.vertices.copy()
    flat[:, 2] = np.clip(flat[:, 2], 0, long)
    return Blueprint(
        parts=(Part(solid=Solid(vertices=flat, triangles=whole.triangles, hulls=core.hulls)),),
        tags=("line",),
    )


def chain() -> Blueprint:
    """Return a straight chain of links that hangs along Z."""
    long, r, link = 0.6, 0.0036, 0.04
    t = np.linspace(0, 2 * np.pi, 25)[:-1]
    oval = np.column_stack([0.0105 * np.cos(t), 0 * t, 0.5 * (link - 2 * r) * np.sin(t)])
    ring = tube(oval, r, closed=True, sides=8, pieces=1).without_hulls()
    step = link - 4 * r
    count = int((long - link) / step) + 1
    links = [ring.turned("z", 90 * (k % 2)).moved(z=link / 2 + step * k) for k in range(count)]
    core = turned([(0.01, 0), (0.01, link + step * (count - 1))], segments=12)
    whole = joined(*links)
    return Blueprint(
        parts=(
            Part(solid=Solid(vertices=whole.vertices, triangles=whole.triangles, hulls=core.hulls)),
        ),
        tags=("line",),
    )


def hook() -> Blueprint:
    """Return a hook on a round plate, open upwards, as it hangs from a ceiling."""
    plate = turned([(0.03, 0.112, 0.002), (0.03, 0.12, 0.002)], segments=40)
    path = np.concatenate([
        np.array([(0, 0, 0.115), (0, 0, 0.09), (0, 0, 0.066)]),
        arc((0, 0, 0.032), (0.028, 0, 0), (0, 0, 0.028), (90, -180), 20)[2:],
    ])  # fmt: skip
    bent = tube(path, 0.0045, sides=12, pieces=24)
    low = float(bent.vertices[:, 2].min())
    return Blueprint(parts=parts_of(fused(plate, bent).moved(z=-low)), tags=("ceiling",))


def wall_hook() -> Blueprint:
    """Return a coat hook: a round plate at its back, and a bow to the front, open upwards."""
    plate = turned([(0.024, 0, 0.002), (0.024, 0.006, 0.002)], segments=40)
    plate = plate.turned("x", 90).moved(0, 0.006, 0.07)
    path = np.concatenate([
        np.array([(0, 0.003, 0.072), (0, -0.008, 0.068)]),
        arc((0, -0.034, 0.038), (0, 0.022, 0), (0, 0, 0.03), (25, -190), 20),
    ])  # fmt: skip
    bow = tube(path, np.linspace(0.0055, 0.004, len(path)), sides=12, pieces=24)
    knob = ball_of(0.0065, 0.0065, 0.0065, detail=2).moved(*map(float, path[-1]))
    return Blueprint(parts=parts_of(fused(plate, bow, knob)))


def nail() -> Blueprint:
    """Return a nail that lies along X, its head to the left."""
    return Blueprint(parts=parts_of(_nail(((0.0028, 0.057), (0.0003, 0.065))).turned("y", 90)))


def wall_nail() -> Blueprint:
    """Return a nail in a wall: its head to the front, a little higher than its other end."""
    return Blueprint(parts=parts_of(_nail(((0.0028, 0.06),)).turned("x", -90 - NAIL_DEG)))


def _nail(end: tuple[tuple[float, float], ...]) -> Solid:
    """Return a nail that stands on its head, its shaft's other end as given."""
    head = [(0.0065, 0, 0.0008), (0.0065, 0.002, 0.0008), (0.0028, 0.003)]
    return turned([*head, *end], segments=24)
