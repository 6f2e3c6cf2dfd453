"""Tables, desks, stools and pedestals: what has a top to stand things on."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    parts_of,
    round_top,
    top,
)
from scene_builder.assets.procedural.variety import about
from scene_builder.assets.shapes.boxes import bar, box, tapered_box
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.assets.shapes.solid import Solid, joined

UP = np.array([0.0, 0.0, 1.0])


def table(count: int = 4) -> Blueprint:
    """Return a table with tapered legs, four unless given, and an apron (1.2 × 0.75 × 0.74 m)."""
    return _legged(1.2, 0.75, 0.74, board=0.032, leg=0.065, apron=0.085, count=count)


def parsons_rand(rng: np.random.Generator) -> Blueprint:
    """Return a plain modern table: thick square legs flush with the corners of its top."""
    x, y, z = 1.2, about(rng, 0.76), about(rng, 0.74, 0.02)
    leg, board = about(rng, 0.07, 0.2), about(rng, 0.04, 0.2)
    slab = box(x, y, board, bevel=0.003).moved(z=z - board)
    dx, dy = (x - leg) / 2, (y - leg) / 2
    legs = [box(leg, leg, z - board, bevel=0.003).moved(sx * dx, sy * dy)
            for sx in (-1, 1) for sy in (-1, 1)]  # fmt: skip
    return Blueprint(parts=parts_of(slab, *legs), supports=(top(z, x, y),))


def trestle_rand(rng: np.random.Generator) -> Blueprint:
    """Return a farmhouse table: a planked top on two trestles with a stretcher between them."""
    x, y, z = 1.2, about(rng, 0.76), about(rng, 0.74, 0.02)
    board, planks = 0.035, int(rng.integers(4, 7))
    width = y / planks
    top_planks = [
        box(x, width - 0.002, board, bevel=0.002).moved(0, (k + 0.5) * width - y / 2, z - board)
        for k in range(planks)
    ]
    at = about(rng, 0.38, 0.1)
    ends = []
    for s in (-1, 1):
        ends.append(box(0.08, y - 0.1, 0.06, bevel=0.006).moved(s * at, 0, 0))
        ends.append(box(0.08, y - 0.14, 0.05, bevel=0.004).moved(s * at, 0, z - board - 0.05))
        ends += [bar((s * at, -t * 0.26, 0.03), (s * at, t * 0.2, z - board - 0.03), 0.07, 0.07)
                 for t in (-1, 1)]  # fmt: skip
    stretcher = box(2 * at, 0.035, 0.09, bevel=0.004).moved(z=0.3)
    return Blueprint(parts=parts_of(*top_planks, *ends, stretcher), supports=(top(z, x, y),))


def coffee_table() -> Blueprint:
    """Return a low table with a shelf below (1.0 × 0.55 × 0.42 m)."""
    plain = _legged(1.0, 0.55, 0.42, board=0.028, leg=0.055, apron=0.05)
    shelf = box(0.84, 0.39, 0.018, bevel=0.002).moved(z=0.12)
    return Blueprint(parts=(*plain.parts, Part(solid=shelf)), supports=plain.supports)


def desk() -> Blueprint:
    """Return a writing desk with a pedestal of three drawers on the right (1.3 × 0.65 × 0.75 m)."""
    x, y, z, board = 1.3, 0.65, 0.75, 0.03
    slab = box(x, y, board, bevel=0.004).moved(z=z - board)
    case = box(0.4, y - 0.06, 0.62, bevel=0.003).moved(0.42, 0.01, z - board - 0.62)
    fronts = [
        box(0.37, 0.018, h, bevel=0.003).moved(0.42, -0.294, zz)
        for h, zz in ((0.15, 0.56), (0.2, 0.345), (0.2, 0.13))
    ]
    legs = [box(0.05, 0.05, z - board, bevel=0.003).moved(-0.59, s * 0.265) for s in (-1, 1)]
    feet = [
        box(0.05, 0.05, z - board - 0.62, bevel=0.002).moved(0.42 + sx * 0.17, 0.01 + sy * 0.26)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    back = box(0.81, 0.018, 0.3, bevel=0.002).moved(-0.185, 0.28, z - board - 0.3)
    knobs = [knob().moved(0.42, -0.303, zz) for zz in (0.635, 0.445, 0.23)]
    return Blueprint(
        parts=(
            *parts_of(slab, *fronts, *legs, *feet, back),
            Part(solid=case, wall=0.018),
            Part(solid=joined(*knobs).without_hulls(), slot=1),
        ),
        slots=(MAIN, Slot(substance="brass")),
        supports=(top(z, x, y),),
    )


def stool(count: int = 4) -> Blueprint:
    """Return a round stool with splayed legs and rungs, four of each unless given."""
    z, seat = 0.46, 0.035
    disc = turned([(0.155, 0, 0.008), (0.165, 0.01, 0.01), (0.165, seat, 0.006)], segments=64)
    feet = [(sx * 0.15, sy * 0.15) for sx in (-1, 1) for sy in (-1, 1)]
    pairs = [(0, 1), (2, 3), (0, 2), (1, 3)]
    if count != 4:  # noqa: PLR2004
        turns = 2 * np.pi * (np.arange(count) + 0.5) / count - np.pi / 2
        feet = [(0.21 * float(np.cos(a)), 0.21 * float(np.sin(a))) for a in turns]
        pairs = [(k, (k + 1) % count) for k in range(count)]
    legs = [_leg((0.62 * x, 0.62 * y, z - seat + 0.01), (x, y, 0), 0.018) for x, y in feet]
    rungs = []
    for k, (a, b) in enumerate(pairs):
        height = 0.15 if k < 2 else 0.19  # noqa: PLR2004
        share = 1 - 0.38 * height / z
        p, q = (np.array([*feet[c], 0]) * share for c in (a, b))
        rungs.append(bar(p + height * UP, q + height * UP, 0.02, 0.02))
    return Blueprint(
        parts=parts_of(disc.moved(z=z - seat), *legs, *rungs),
        supports=(round_top(z, 0.158),),
    )


def pedestal() -> Blueprint:
    """Return a plinth with a stepped foot and top."""
    steps = [
        box(0.4, 0.4, 0.06, bevel=0.004),
        box(0.34, 0.34, 0.03, bevel=0.004).moved(z=0.06),
        tapered_box((0.3, 0.3), (0.27, 0.27), 0.62, bevel=0.004).moved(z=0.09),
        box(0.32, 0.32, 0.03, bevel=0.004).moved(z=0.71),
        box(0.38, 0.38, 0.06, bevel=0.004).moved(z=0.74),
    ]
    return Blueprint(parts=parts_of(*steps), supports=(top(0.8, 0.36, 0.36),))


def knob() -> Solid:
    """Return a drawer's knob on the plane y = 0, looking to the front."""
    neck = turned([(0.005, 0), (0.005, 0.014)], segments=16).turned("x", 90)
    return joined(neck, ball_of(0.013, 0.009, 0.013, detail=2).moved(y=-0.018))


def _legged(
    x: float, y: float, z: float, *, board: float, leg: float, apron: float, count: int = 4
) -> Blueprint:
    under = z - board
    slab = box(x, y, board, bevel=0.005).moved(z=under)
    dx, dy = x / 2 - 0.05 - leg / 2, y / 2 - 0.05 - leg / 2
    legs = [
        tapered_box((0.62 * leg, 0.62 * leg), (leg, leg), under, bevel=0.003).moved(
            sx * dx, sy * dy
        )
        for sx, sy in _FEET[count]
    ]
    rails = [
        box(2 * dx - leg, 0.02, apron, bevel=0.002).moved(y=sy * dy, z=under - apron)
        for sy in (-1, 1)
    ]
    rails += [
        box(0.02, 2 * dy - leg, apron, bevel=0.002).moved(x=sx * dx, z=under - apron)
        for sx in (-1, 1)
    ]
    return Blueprint(parts=parts_of(slab, *legs, *rails), supports=(top(z, x, y),))


_CORNERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))
_FEET = {
    3: ((-1, -1), (1, -1), (0, 1)), 4: _CORNERS, 5: (*_CORNERS, (0, 0)),
    6: (*_CORNERS, (0, -1), (0, 1)),
}  # fmt: skip
"""Where tables have so many legs, in halves of their legs' frame."""


def _leg(high: tuple[float, float, float], low: tuple[float, float, float], radius: float) -> Solid:
    """Return a leg between two points whose lower end is cut level [m]."""
    a = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ring = np.stack([np.cos(a), np.sin(a), 0 * a], axis=1)
    points = np.concatenate([np.array(high) + 1.15 * radius * ring, np.array(low) + radius * ring])
    count = len(a)
    k = np.arange(count)
    after = (k + 1) % count
    walls = [np.stack([k, k + count, after + count], 1), np.stack([k, after + count, after], 1)]
    caps = [np.stack([np.zeros(count - 2, int), k[1:-1], k[2:]], 1)]
    caps.append(np.stack([np.zeros(count - 2, int), k[2:], k[1:-1]], 1) + count)
    return Solid(vertices=points, triangles=np.concatenate(walls + caps), hulls=(points,))
