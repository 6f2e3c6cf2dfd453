"""Clocks that hang on walls."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.letters import letters
from scene_builder.assets.shapes.solid import Solid, joined

RADIUS, DEEP = 0.15, 0.045
"""Of its case [m]."""

DIAL = 0.126
"""Radius of its dial [m]."""

DIAL_OUT = 0.009
"""How far the dial lies in front of the case's middle [m]."""

HOUR_DEG, MINUTE_DEG, SECOND_DEG = -55.0, 60.0, 205.0
"""Ten past ten: how far each hand is turned from twelve, clockwise."""


def wall_clock() -> Blueprint:
    """Return a round clock with twelve numerals, its back flat against the wall behind it."""
    rim = [
        (0, -DEEP / 2), (RADIUS - 0.004, -DEEP / 2), (RADIUS, -DEEP / 2 + 0.006),
        (RADIUS - 0.002, 0.012), (RADIUS - 0.008, DEEP / 2 - 0.003), (RADIUS - 0.013, DEEP / 2),
        (DIAL + 0.004, DEEP / 2 - 0.003), (DIAL, DIAL_OUT), (0, DIAL_OUT),
    ]  # fmt: skip
    case = lathe(np.array(rim), segments=72)
    dial = turned([(DIAL - 0.0005, 0), (DIAL - 0.0005, 0.001)], segments=72)
    front = DIAL_OUT + 0.001
    hands = [
        _hand(0.009, 0.062, 0.016, HOUR_DEG, front + 0.003),
        _hand(0.006, 0.098, 0.022, MINUTE_DEG, front + 0.005),
    ]
    second = _hand(0.0022, 0.104, 0.034, SECOND_DEG, front + 0.007)
    pin = turned([(0.008, 0), (0.008, 0.009, 0.001)], segments=24).moved(z=front)
    ink = joined(*_numerals(front), *_minutes(front), *hands)
    return Blueprint(
        parts=(
            Part(solid=_hung(case), fill=0.5),
            Part(solid=_hung(dial.moved(z=DIAL_OUT)).without_hulls(), slot=1),
            Part(solid=_hung(ink).without_hulls(), slot=2, fill=0.3),
            Part(solid=_hung(joined(second, pin)).without_hulls(), slot=3, fill=0.3),
        ),
        slots=(
            MAIN, Slot(substance="paper", color="#f6f2e7"),
            Slot(substance="plastic", color="#17171a"), Slot(substance="plastic", color="#b3241c"),
        ),
        tags=("hangs",),
    )  # fmt: skip


def _numerals(front: float) -> list[Solid]:
    """Return 1 to 12 upright around the dial, facing +Z [m]."""
    made = []
    for hour in range(1, 13):
        figure = letters(str(hour), 0.046, 0.033, 0.001)
        if figure is not None:
            turn = np.deg2rad(30 * hour)
            reach = 0.75 * DIAL
            made.append(figure.moved(reach * np.sin(turn), reach * np.cos(turn), front))
    return made


def _minutes(front: float) -> list[Solid]:
    """Return a mark for each minute around the dial's rim, facing +Z [m]."""
    made = []
    for minute in range(60):
        wide, long = (0.0028, 0.009) if minute % 5 == 0 else (0.0012, 0.005)
        mark = box(wide, long, 0.0008, bevel=0.0001).moved(0, DIAL - 0.004 - long / 2, front)
        made.append(mark.turned("z", -6.0 * minute))
    return made


def _hand(wide: float, long: float, tail: float, turn_deg: float, out: float) -> Solid:
    """Return a hand from behind the pin to its tip, turned clockwise from twelve, facing +Z [m]."""
    bar = box(wide, long + tail, 0.0012, bevel=0.0003).moved(y=(long - tail) / 2)
    return bar.turned("z", -turn_deg).moved(z=out)


def _hung(solid: Solid) -> Solid:
    """Return what faced +Z facing the front, standing on z = 0."""
    return solid.turned("x", 90).moved(z=RADIUS)
