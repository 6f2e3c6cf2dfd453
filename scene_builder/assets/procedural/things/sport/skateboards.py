"""A skateboard on four wheels that turn."""

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Moving,
    Part,
    Slot,
    top,
)
from scene_builder.assets.procedural.things.sport.boards import board_along
from scene_builder.assets.shapes.boxes import box, tapered_box
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

RADIUS, WIDTH = 0.0275, 0.034
"""Of its wheels [m]: 55 mm, as for streets and parks."""

AXLE_X, TRACK = 0.205, 0.076
"""Where the axles are, before and behind the middle, and a wheel's middle beside it [m]."""

WHEELS = tuple(
    (x, y, f"{end}_{side}")
    for x, end in ((-AXLE_X, "rear"), (AXLE_X, "front"))
    for y, side in ((-TRACK, "right"), (TRACK, "left"))
)

HALF_LONG, DECK_Z, DEEP = 0.4, 0.083, 0.0115

GRIPPED = (0.3, 0.09)
"""Half length and half width of the grip tape [m]."""

GRIP = Slot(substance="rubber", color="#1f2022")
URETHANE = Slot(substance="plastic", color="#f1ead6")
STEEL = Slot(substance="steel")
CORE = Slot(substance="plastic", color="#c9452c")


def skateboard() -> Blueprint:
    """Return a skateboard that rolls along X: a deck with both ends kicked up, on trucks."""
    deck = board_along(HALF_LONG, _half_width, _underside, lambda t: DEEP + 0 * t, columns=17)
    deck = deck.painted(1, _gripped)
    trucks = joined(*(_truck().moved(x, 0, 0) for x in (-AXLE_X, AXLE_X)))
    wheels = tuple(Part(solid=_wheel().moved(x, y, RADIUS), slot=2) for x, y, _ in WHEELS)
    return Blueprint(
        parts=(Part(solid=deck), Part(solid=trucks, slot=3, fill=0.5), *wheels),
        slots=(MAIN, GRIP, URETHANE, STEEL, CORE),
        supports=(top(DECK_Z + DEEP, 0.46, 0.17),),
        rolls="x",
        contact="wheels",
        tags=("wheeled",),
        moving=tuple(
            Moving(name=f"wheel_{name}", parts=(2 + k,), point=(x, y, RADIUS), axis=(0, 1, 0),
                   wheel=(RADIUS, WIDTH))
            for k, (x, y, name) in enumerate(WHEELS)
        ),
    )  # fmt: skip


def _half_width(t: Float[Array, " n"]) -> Float[Array, " n"]:
    round_off = np.clip(np.abs(t) - 0.74, 0, 1) / 0.262
    return np.asarray(0.1 * np.sqrt(np.clip(1 - round_off**2.3, 0.0003, 1)))


def _underside(t: Float[Array, " n"]) -> Float[Array, " n"]:
    """Return the height of the underside: nose and tail are kicked up [m]."""
    return np.asarray(DECK_Z + 0.052 * np.clip((np.abs(t) - 0.62) / 0.38, 0, 1) ** 1.5)


def _gripped(c: Float[Array, "t 3"]) -> Bool[Array, " t"]:
    """Whether triangles with these centres are under grip tape: the ends show the deck's paint."""
    above = c[:, 2] > _underside(c[:, 0] / HALF_LONG) + 0.7 * DEEP
    return np.asarray(above & (np.abs(c[:, :2]) < GRIPPED).all(axis=1))


def _truck() -> Solid:
    """Return a truck under the deck: plate, riser and hanger with its axle [m]."""
    plate = box(0.085, 0.056, 0.008, bevel=0.002).moved(z=DECK_Z - 0.0075)
    riser = tapered_box((0.03, 0.034), (0.05, 0.046), 0.03, bevel=0.003).moved(z=0.047)
    hanger = tapered_box((0.02, 0.085), (0.034, 0.06), 0.034, bevel=0.003).moved(z=0.017)
    axle = turned([(0.004, -0.095), (0.004, 0.095)], segments=16).turned("x", 90)
    return joined(plate, riser, hanger, axle.moved(z=RADIUS))


def _wheel() -> Solid:
    """Return a wheel about Y, round-lipped, with a core in which three holes show that it turns."""
    tyre = turned([(RADIUS, -WIDTH / 2, 0.007), (RADIUS, WIDTH / 2, 0.007)])
    core = turned([(0.014, -WIDTH / 2 - 0.0006), (0.014, WIDTH / 2 + 0.0006)], segments=24)
    core = core.without_hulls().painted(2, lambda c: c[:, 2] < np.inf)
    hole = turned([(0.0032, -WIDTH / 2 - 0.0012), (0.0032, WIDTH / 2 + 0.0012)], segments=12)
    hole = hole.without_hulls().painted(1, lambda c: c[:, 2] < np.inf)
    holes = [hole.moved(0.0088, 0, 0).turned("z", 120 * k) for k in range(3)]
    return joined(tyre, core, *holes).turned("x", 90)
