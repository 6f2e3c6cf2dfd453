"""Cupboards whose doors open."""

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Moving, Part, Slot, top
from scene_builder.assets.procedural.things.home.tables import knob
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.solid import joined


def cupboard() -> Blueprint:
    """Return a cupboard with a shelf behind two panelled doors that open to the front."""
    x, y, z, board, thick, plinth = 0.8, 0.4, 0.9, 0.02, 0.018, 0.07
    deep, middle = y - thick - 0.002, (thick + 0.002) / 2
    sides = [
        box(board, deep, z - board, bevel=0.002).moved(s * (x - board) / 2, middle) for s in (-1, 1)
    ]
    inner = x - 2 * board
    levels = [
        box(inner, deep - 0.012, board, bevel=0.001).moved(0, middle - 0.006, h)
        for h in (plinth, 0.47)
    ]
    back = box(inner, 0.01, z - board - plinth, bevel=0.0005).moved(0, y / 2 - 0.006, plinth)
    foot = box(inner, board, plinth - 0.001, bevel=0.001).moved(0, -deep / 2 + 0.04, 0)
    slab = box(x + 0.02, y, board, bevel=0.004).moved(0, 0, z - board)
    leaves, wide, high = [], x / 2 - 0.003, z - board - plinth - 0.004
    for s in (-1, 1):
        leaf = box(wide, thick, high, bevel=0.002).moved(s * x / 4, (thick - y) / 2, plinth)
        panel = box(wide - 0.13, 0.008, high - 0.15, bevel=0.003)
        panel = panel.moved(s * x / 4, -y / 2 - 0.001, plinth + 0.075).without_hulls()
        grip = knob().moved(s * 0.035, -y / 2 - 0.004, 0.55).without_hulls()
        leaves += [
            Part(solid=leaf),
            Part(solid=panel, fill=0.5),
            Part(solid=grip, slot=1),
        ]
    case = joined(*sides, *levels, back, foot, slab)
    return Blueprint(
        parts=(Part(solid=case), *leaves),
        slots=(MAIN, Slot(substance="brass")),
        supports=(top(z, x, y),),
        moving=tuple(
            Moving(
                name=f"door_{name}", parts=(first, first + 1, first + 2),
                point=(s * (x / 2 - 0.002), -y / 2, 0), axis=(0, 0, s),
                upper_deg=110.0, damping=0.15,
            )
            for s, name, first in ((-1, "left", 1), (1, "right", 4))
        ),
        anchored=True,
    )  # fmt: skip
