"""Chairs in other styles than the slatted one."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of, top
from scene_builder.assets.procedural.things.home.seats import cushion
from scene_builder.assets.procedural.variety import about
from scene_builder.assets.shapes.boxes import bar, box, tapered_box
from scene_builder.assets.shapes.rounds import tube
from scene_builder.assets.shapes.solid import Solid

SEAT_Z = 0.45
FABRICS = ("#7a3b36", "#40566b", "#5c6b4a", "#8b7a5e", "#3d3a42")


def ladder_back_rand(rng: np.random.Generator) -> Blueprint:
    """Return a chair with round posts, a few bowed rails as its back, and a padded seat."""
    wide, deep, high = about(rng, 0.43), about(rng, 0.42), about(rng, 0.92, 0.04)
    x, y = wide / 2 - 0.02, deep / 2 - 0.02
    rails = int(rng.integers(3, 6))
    front = [_post((s * x, -y, 0), (s * x, -y, SEAT_Z - 0.005), 0.017) for s in (-1, 1)]
    back = [_post((s * x, y, 0), (s * x * 0.96, y + 0.06, high), 0.018) for s in (-1, 1)]
    frame = box(wide - 0.01, deep - 0.01, 0.03, bevel=0.004).moved(z=SEAT_Z - 0.05)
    seat = cushion(wide - 0.03, deep - 0.03, 0.035).moved(0, 0, SEAT_Z - 0.03)
    levels = np.linspace(0.6, high - 0.06, rails)
    slats = [_rail(x, y + 0.06 * z / high, float(z), 0.055) for z in levels]
    rungs = [
        bar((s * x, -y, z), (s * x, y, z), 0.018, 0.018) for s in (-1, 1) for z in (0.14, 0.27)
    ]
    rungs += [bar((-x, -y, z), (x, -y, z), 0.018, 0.018) for z in (0.18, 0.3)]
    return Blueprint(
        parts=(*parts_of(frame, *front, *back, *slats, *rungs), Part(solid=seat, slot=1, fill=0.4)),
        slots=(MAIN, Slot(substance="fabric", color=str(rng.choice(FABRICS)))),
        supports=(top(SEAT_Z + 0.005, wide - 0.1, deep - 0.1),),
    )


def panel_back_rand(rng: np.random.Generator) -> Blueprint:
    """Return a plain chair of bent board: splayed round legs, a low bowed back."""
    wide, deep, high = about(rng, 0.44), about(rng, 0.42), about(rng, 0.83, 0.04)
    seat = box(wide, deep, 0.022, bevel=0.008).moved(z=SEAT_Z - 0.022)
    x, y = wide / 2 - 0.055, deep / 2 - 0.055
    legs = [
        _post((1.14 * sx * x, 1.14 * sy * y, 0), (sx * x, sy * y, SEAT_Z - 0.012), 0.015)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    stays = [
        bar(
            (s * x, deep / 2 - 0.02, SEAT_Z - 0.015),
            (s * x, deep / 2 + 0.055, high - 0.06),
            0.03,
            0.014,
        )
        for s in (-1, 1)
    ]
    panel = _rail(wide / 2 - 0.02, deep / 2 + 0.035, high - 0.13, about(rng, 0.2), bow=0.05)
    return Blueprint(
        parts=parts_of(seat, *legs, *stays, panel),
        supports=(top(SEAT_Z, wide - 0.03, deep - 0.08, at=(0, -0.03)),),
    )


def padded_rand(rng: np.random.Generator) -> Blueprint:
    """Return a chair with a padded seat and a high padded back on square legs."""
    wide, deep, high = about(rng, 0.46), about(rng, 0.45), about(rng, 0.9, 0.04)
    x, y = wide / 2 - 0.03, deep / 2 - 0.03
    legs = [
        tapered_box((0.026, 0.026), (0.042, 0.042), SEAT_Z - 0.07).moved(sx * x, sy * y)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    apron = box(wide - 0.02, deep - 0.02, 0.045, bevel=0.004).moved(z=SEAT_Z - 0.115)
    seat = cushion(wide, deep, 0.09).moved(z=SEAT_Z - 0.08)
    back = cushion(wide - 0.02, 0.07, high - SEAT_Z + 0.03).turned("x", -8)
    back = back.moved(0, deep / 2 - 0.045, SEAT_Z - 0.03)
    return Blueprint(
        parts=(*parts_of(*legs, apron), *(Part(solid=s, slot=1, fill=0.25) for s in (seat, back))),
        slots=(Slot(), Slot(substance="fabric", color=str(rng.choice(FABRICS)), dyed=True)),
        supports=(top(SEAT_Z + 0.01, 0.6 * wide, 0.5 * deep, at=(0, -0.03)),),
    )


def _post(low: tuple[float, ...], high: tuple[float, ...], radius: float) -> Solid:
    """Return a round post between two points, its ends a little thinner [m]."""
    path = np.linspace(low, high, 6)
    return tube(path, radius * np.array([0.72, 0.95, 1, 1, 0.95, 0.8]), sides=12, pieces=1)


def _rail(half: float, y: float, z: float, height: float, *, bow: float = 0.025) -> Solid:
    """Return an upright board from post to post, bowed to the back [m]."""
    across = np.linspace(-half, half, 9)
    path = np.column_stack([across, y + bow * (1 - (across / half) ** 2), np.full(9, z)])
    # A round bar, flattened: a board with soft edges.
    round_bar = tube(path - [0, 0, z], height / 2, sides=12, pieces=4)
    thin = round_bar.vertices.copy()
    middle = y + bow * (1 - np.clip(thin[:, 0] / half, -1, 1) ** 2)
    squash = 0.009 / (height / 2)
    thin[:, 1] = middle + (thin[:, 1] - middle) * squash
    hulls = []
    for hull in round_bar.hulls:
        line = y + bow * (1 - np.clip(hull[:, 0] / half, -1, 1) ** 2)
        flat = hull.copy()
        flat[:, 1] = line + (hull[:, 1] - line) * squash
        hulls.append(flat)
    board = Solid(vertices=thin, triangles=round_bar.triangles, hulls=tuple(hulls))
    return board.moved(z=z)
