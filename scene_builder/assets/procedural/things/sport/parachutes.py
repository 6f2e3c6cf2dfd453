"""Parachutes, open."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import arc, curve, tube
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

GORES, ROWS, PER = 14, 12, 6
"""Strips of cloth around it; rows of each and corners of a row, over which it bulges."""

RADIUS, RISE, TOP = 3.0, 1.6, 5.0
"""Of the canopy: its half width, how high it vaults, and where its top is [m]."""

OPEN_DEG = 96.0
"""How far the cloth reaches round from the top: its hem draws in a little."""

CLOTH_M, LINE_M = 0.012, 0.015
"""Thickness of the cloth and half that of a line, thick enough to be seen from afar [m]."""

RISER = (0.24, 0.0, 1.0)
"""Where the lines of the left half come together [m]; the others mirror that."""


def parachute() -> Blueprint:
    """Return an open round parachute: bulging gores of two colours, lines, and a harness."""
    canopy, hem = _canopy()
    lines = [_line(end) for end in hem]
    return Blueprint(
        parts=(
            Part(solid=canopy, fill=0.025),
            Part(solid=joined(*lines).without_hulls(), slot=2, fill=0.2),
            Part(solid=_harness(), slot=3, fill=0.2),
        ),
        slots=(
            MAIN, Slot(color="#f1ead9"), Slot(substance="fabric", color="#e9e4d6"),
            Slot(substance="fabric", color="#2c3138"),
        ),
    )  # fmt: skip


def _canopy() -> tuple[Solid, Float[Array, "g 3"]]:
    """Return the cloth, and the corners of its hem that lines are sewn to [m]."""
    count = GORES * PER
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    swell = np.abs(np.sin(GORES / 2 * angle))
    rings = []
    for k in range(1, ROWS + 1):
        t = k / ROWS
        around = np.deg2rad(OPEN_DEG) * t
        r = RADIUS * np.sin(around) * (1 + 0.075 * swell * t)
        # The hem is cut in arcs between the lines.
        z = TOP - RISE * (1 - np.cos(around)) + 0.13 * swell * t**3
        rings.append(np.column_stack([r * np.cos(angle), r * np.sin(angle), z]))
    under = [ring * [0.996, 0.996, 1] - [0, 0, CLOTH_M] for ring in rings]
    cloth = skinned([*rings, *under[::-1]], (0, 0, TOP), (0, 0, TOP - CLOTH_M))
    hulls = tuple(
        np.concatenate([rings[low][pick], rings[high][pick], under[high][pick]])
        for pick in (np.arange(PER * g, PER * g + PER + 1, 3) % count for g in range(GORES))
        for low, high in ((0, 3), (3, 7), (7, ROWS - 1))
    )

    def every_other(c: Array) -> Array:
        share = (np.arctan2(c[:, 1], c[:, 0]) % (2 * np.pi)) / (2 * np.pi / GORES)
        return np.asarray(np.floor(share) % 2 == 1)

    solid = Solid(vertices=cloth.vertices, triangles=cloth.triangles, hulls=hulls)
    return solid.painted(1, every_other), under[-1][::PER]


def _line(end: Float[Array, "3"]) -> Solid:
    """Return a line from the hem to its riser, slack by a little [m]."""
    start = np.array(RISER) * [np.sign(end[0]) or 1.0, 1, 1]
    middle = (start + end) / 2 - [0, 0, 0.05]
    return tube(curve(np.stack([start, middle, end]), 7), LINE_M, sides=6)


def _harness() -> Solid:
    """Return risers, a pack for the back, and loops for shoulders and legs [m]."""
    x, _, z = RISER
    risers = [
        tube(np.array([(s * x, 0, z + 0.02), (s * 0.17, 0, 0.62)]), 0.022, sides=8, pieces=1)
        for s in (-1, 1)
    ]
    pack = box(0.36, 0.13, 0.46, bevel=0.03).moved(0, 0.14, 0.2)
    shoulders = [
        tube(arc((s * 0.15, 0.02, 0.42), (0, 0.13, 0), (0, 0, 0.22), (-20, 200), 20), 0.02,
             sides=8, pieces=3, squash=1.6)
        for s in (-1, 1)
    ]  # fmt: skip
    legs = [
        tube(arc((s * 0.12, 0.06, 0.16), (0.1, 0, 0.05), (0, 0.1, -0.12), (0, 360), 24)[:-1], 0.02,
             closed=True, sides=8, pieces=6)
        for s in (-1, 1)
    ]  # fmt: skip
    return joined(*risers, pack, *shoulders, *legs).seated()
