"""Flights of stairs."""

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of, top
from scene_builder.assets.shapes.boxes import box

STEPS = 9
"""Risers of one flight."""

RISE_M, TREAD_M, LANDING_M, WIDE_M = 0.175, 0.28, 0.7, 1.0
"""A comfortable flight: twice the rise and one tread are 0.63 m (Blondel 1675) [m]."""

NOSE_M = 0.025
"""A tread juts out over the riser below it by so much [m]."""


def staircase() -> Blueprint:
    """Return a closed flight of stairs that comes down towards +X, with a landing at its top."""
    thick = 0.035
    long = LANDING_M + (STEPS - 1) * TREAD_M
    left = -long / 2
    blocks, treads, supports = [], [], []
    for k in range(STEPS):
        level = RISE_M * (STEPS - k)
        start = left + (0.0 if k == 0 else LANDING_M + (k - 1) * TREAD_M)
        deep = LANDING_M if k == 0 else TREAD_M
        middle = start + deep / 2
        blocks.append(box(deep, WIDE_M - 0.05, level - thick, bevel=0.002).moved(x=middle))
        tread = box(deep + NOSE_M, WIDE_M, thick, bevel=0.008)
        treads.append(tread.moved(x=middle + NOSE_M / 2, z=level - thick))
        supports.append(top(level, deep - 0.02, WIDE_M - 0.06, at=(middle, 0.0)))
    return Blueprint(
        parts=(*parts_of(*treads), *(Part(solid=one, slot=1, fill=0.2) for one in blocks)),
        slots=(MAIN, Slot(substance="plaster", color="#efece4")),
        supports=tuple(supports),
    )
