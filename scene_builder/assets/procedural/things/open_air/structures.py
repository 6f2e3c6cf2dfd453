"""Castles, bridges and pipes."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    parts_of,
    top,
)
from scene_builder.assets.shapes.boxes import box, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded
from scene_builder.assets.shapes.rounds import tube
from scene_builder.assets.shapes.solid import Solid, convex, joined
from scene_builder.model.arrays import Array

ROOF = Slot(substance="tile", color="#3f566e")
SHADOW = Slot(substance="stone", color="#1d1b1a")
GATE = Slot(substance="walnut")

_CORNERS = ((-14.0, -12.0), (14.0, -12.0), (14.0, 12.0), (-14.0, 12.0))
"""Middles of the corner towers [m]."""


def castle() -> Blueprint:
    """Return a castle: four round towers, battlemented walls, a gatehouse and a keep."""
    towers = [_round_tower(3.6, 13.0).moved(x, y) for x, y in _CORNERS]
    roofs = [_spire(4.4, 13.2, 6.0).moved(x, y) for x, y in _CORNERS]
    walls, teeth = [], []
    for k, (x, y) in enumerate(_CORNERS):
        far = _CORNERS[(k + 1) % 4]
        mid, turn = ((x + far[0]) / 2, (y + far[1]) / 2), (0 if y == far[1] else 90)
        long = 28.0 if turn == 0 else 24.0
        walls.append(box(long, 2.2, 8.0, bevel=0.1).turned("z", turn).moved(*mid))
        row = _battlements(long - 6.5, 2.2).turned("z", turn)
        teeth.append(row.moved(*mid, 8.0))
    keep = box(10.0, 8.0, 16.0, bevel=0.2).moved(y=2.5)
    keep_teeth = [
        _battlements(9.6, 0.9).turned("z", t).moved(x, y + 2.5, 16.0)
        for x, y, t in ((0, -3.6, 0), (0, 3.6, 0))
    ] + [_battlements(7.4, 0.9).turned("z", 90).moved(x, 2.5, 16.0) for x in (-4.6, 4.6)]
    turret = _round_tower(2.2, 20.0).moved(3.6, 5.0)
    gatehouse = [_round_tower(2.3, 11.5).moved(s * 4.0, -13.0) for s in (-1, 1)]
    block = box(6.0, 4.5, 9.5, bevel=0.1).moved(y=-12.8)
    gate_teeth = _battlements(5.0, 4.5).moved(0, -12.8, 9.5)
    gate_roofs = [_spire(2.9, 11.6, 4.2).moved(s * 4.0, -13.0) for s in (-1, 1)]
    slits, gate = _castle_openings()
    flags, poles = _pennants()
    return Blueprint(
        parts=(
            *(Part(solid=s, fill=0.15) for s in (*walls, *towers, keep, turret, *gatehouse, block)),
            Part(solid=joined(*teeth, *keep_teeth, gate_teeth).without_hulls(), fill=0.15),
            *parts_of(*roofs, _spire(2.8, 20.1, 5.0).moved(3.6, 5.0), *gate_roofs, slot=1),
            Part(solid=joined(*slits).without_hulls(), slot=2, fill=0.05),
            Part(solid=gate.without_hulls(), slot=3, fill=0.1),
            Part(solid=joined(*flags).without_hulls(), slot=4, fill=0.1),
            Part(solid=joined(*poles).without_hulls(), slot=3, fill=0.1),
        ),
        slots=(MAIN, ROOF, SHADOW, GATE, Slot(substance="fabric", color="#b3201a")),
    )


def _round_tower(radius: float, height: float) -> Solid:
    outline = [
        (1.12 * radius, 0), (radius, 0.12 * height), (radius, height - 1.8),
        (1.15 * radius, height - 1.0), (1.15 * radius, height),
    ]  # fmt: skip
    return turned(outline, segments=24, tolerance=0.2)


def _spire(radius: float, low: float, high: float) -> Solid:
    outline = [(radius, low), (0.55 * radius, low + 0.4 * high), (0.0, low + high)]
    return turned(outline, segments=24, tolerance=0.3)


def _battlements(long: float, deep: float) -> Solid:
    """Return a row of merlons along X on both edges of a wall's top [m]."""
    count = max(2, round(long / 1.9))
    thick = min(0.7, deep)
    rows = (-1, 1) if deep > 2 * thick else (0,)
    return joined(*(
        box(long / count * 0.58, thick, 1.2, bevel=0)
        .moved((k + 0.5) * long / count - long / 2, side * (deep - thick) / 2)
        for k in range(count) for side in rows
    ))  # fmt: skip


def _castle_openings() -> tuple[list[Solid], Solid]:
    """Return dark windows and loopholes, and the gate with its frame."""
    slits = []
    for x, y in _CORNERS:
        for z, turn in ((5.0, -40), (9.0, 20), (6.5, 70), (9.0, 140), (6.0, -110)):
            slit = box(0.5, 0.3, 1.7, bevel=0).moved(0, -3.56, z)
            slits.append(slit.turned("z", turn).moved(x, y))
    for x in (-2.8, 0.0, 2.8):
        slits += [box(0.9, 0.3, 1.9, bevel=0).moved(x, -1.45, z) for z in (9.6, 12.9)]
    slits += [box(0.4, 0.3, 1.6, bevel=0).moved(x, -15.25, 7.0) for x in (-4.0, 4.0)]
    angle = np.linspace(0, np.pi, 13)
    arch = [(-1.7, 0), (1.7, 0), *[(1.7 * np.cos(t), 3.6 + 1.7 * np.sin(t)) for t in angle]]
    door = prism(np.array(arch), 0.4, pieces=False).turned("x", 90).moved(y=-14.8)
    line = [(1.95 * np.cos(t), -15.1, 3.6 + 1.95 * np.sin(t)) for t in angle]
    slits.append(tube(np.array([(1.95, -15.1, 0), *line, (-1.95, -15.1, 0)]), 0.24, sides=6))
    return slits, door


def _pennants() -> tuple[list[Solid], list[Solid]]:
    flags, poles = [], []
    for x, y, z in ((*_CORNERS[0], 19.0), (*_CORNERS[1], 19.0), (3.6, 5.0, 24.9)):
        poles.append(tube(np.array([(x, y, z - 0.6), (x, y, z + 3.0)]), 0.12, sides=6))
        cloth = np.array([(0, 0), (2.6, 0.7), (0, 1.4)])
        flags.append(prism(cloth, 0.12, pieces=False).turned("x", 90).moved(x, y, z + 1.5))
    return flags, poles


def bridge() -> Blueprint:
    """Return a wooden footbridge along X: a gently arched deck of planks between railings."""
    long, wide, rise = 5.0, 1.5, 0.42
    x = np.linspace(-long / 2, long / 2, 41)

    def high(at: Float[Array, " n"]) -> Float[Array, " n"]:
        return np.asarray(0.1 + rise * np.clip(1.12 - 1.22 * (2 * at / long) ** 2, 0, 1))

    planks = []
    for k in range(32):
        a, b = (long * (k + s) / 32 - long / 2 for s in (0.04, 0.96))
        za, zb = (float(z) for z in high(np.array([a, b])))
        corners = [(px, y, z + d) for px, z in ((a, za), (b, zb)) for d in (-0.045, 0.0)
                   for y in (-wide / 2, wide / 2)]  # fmt: skip
        planks.append(convex(np.array(corners)))
    beams, rails = [], []
    for side in (-0.6, 0.6):
        z = high(x) - 0.045
        low = np.clip(z - 0.2, 0.0, None)
        beams += _ribbon(x, low, z, side - 0.05, side + 0.05)
    for side in (-0.72, 0.72):
        for up, thick in ((0.86, 0.04), (0.46, 0.025)):
            line = np.column_stack([x, np.full(41, side), high(x) + up])
            rails.append(tube(line[1:-1:2], thick, sides=8, pieces=8))
        for at in np.linspace(-2.3, 2.3, 7):
            z0 = float(high(np.array([at]))[0])
            post = box(0.09, 0.09, 1.05 if abs(at) < 2.2 else 1.16, bevel=0.01)  # noqa: PLR2004
            rails.append(post.moved(float(at), side, z0 - 0.12))
    flat = float(high(np.zeros(1))[0])
    return Blueprint(
        parts=(*parts_of(*planks), *parts_of(*beams, *rails, slot=1)),
        slots=(MAIN, Slot(color="#7d5836")),
        supports=(top(flat, 1.2, 1.2),),
    )


def _ribbon(
    x: Float[Array, " n"], low: Float[Array, " n"], high: Float[Array, " n"], y0: float, y1: float
) -> list[Solid]:
    """Return an arched beam between two curves over x, as convex lengths [m]."""
    pieces = []
    for k in range(0, len(x) - 1, 4):
        ends = (k, k + 4)
        corners = [(x[e], y, z) for e in ends for y in (y0, y1) for z in (low[e], high[e])]
        if float((high - low)[[k, k + 4]].max()) > 0.01:  # noqa: PLR2004
            pieces.append(convex(np.array(corners)))
    return pieces


def pipe() -> Blueprint:
    """Return a straight pipe along X with a collar at either end; one can look through it."""
    long, radius, wall = 1.0, 0.045, 0.004
    body = lathe(
        np.array([(radius - wall, 0), (radius, 0), (radius, long), (radius - wall, long)]),
        segments=48, sides=12,
    )  # fmt: skip
    ring = lathe(
        rounded([(radius - 0.0005, 0), (radius + 0.012, 0, 0.003), (radius + 0.012, 0.05, 0.003),
                 (radius - 0.0005, 0.05)]),
        segments=48, sides=12,
    )  # fmt: skip
    both = [ring, ring.moved(z=long - 0.05)]
    made = [s.turned("y", 90).moved(x=-long / 2, z=radius + 0.012) for s in (body, *both)]
    return Blueprint(parts=parts_of(*made))
