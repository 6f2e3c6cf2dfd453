"""Books, and what they stand in; cabinets."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Moving,
    Part,
    Slot,
    box_collider,
    parts_of,
    top,
)
from scene_builder.assets.procedural.things.home.tables import knob
from scene_builder.assets.procedural.variety import about
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.solid import Solid, joined

BOOK_COLORS = ("#7d2e2a", "#29476b", "#3f6247", "#8a6a34", "#54406b", "#c9bda3")


def book() -> Blueprint:
    """Return a hardback that lies flat, its spine to the left (240 × 165 × 35 mm)."""
    return _volume(0.165, 0.24, 0.035)


def slim_book_rand(rng: np.random.Generator) -> Blueprint:
    """Return a wide, thin volume, as picture books are."""
    return _volume(about(rng, 0.2), 0.24, about(rng, 0.016, 0.25))


def thick_book_rand(rng: np.random.Generator) -> Blueprint:
    """Return a tome, as dictionaries are."""
    return _volume(about(rng, 0.155, 0.05), 0.24, about(rng, 0.048, 0.1))


def _volume(x: float, y: float, z: float) -> Blueprint:
    cover = 0.003
    boards = [box(x, y, cover, bevel=0.0008), box(x, y, cover, bevel=0.0008).moved(z=z - cover)]
    spine = box(cover, y, z - 0.001, bevel=0.0008).moved(-x / 2 + cover / 2, 0, 0.0005)
    pages = box(x - 0.008, y - 0.01, z - 2 * cover, bevel=0.0003).moved(-0.002, 0, cover)
    title = box(0.0006, 0.1, min(0.012, 0.5 * z), bevel=0.0002).moved(
        -x / 2 - 0.0001, 0.03, z / 2 - min(0.006, 0.25 * z)
    )
    stamp = box(0.075, 0.03, 0.0005, bevel=0.0001).moved(0, 0.05, z - 0.0003)
    return Blueprint(
        parts=(
            *parts_of(*boards, spine),
            Part(solid=pages, slot=1),
            Part(solid=title.without_hulls(), slot=2, fill=0.05),
            Part(solid=stamp.without_hulls(), slot=2, fill=0.05),
        ),
        slots=(Slot(dyed=True), Slot(substance="paper", color="#f1ead8"), Slot(substance="gold")),
        supports=(top(z, x - 0.004, y - 0.004),),
        collider=box_collider(x, y, z),
        moving=(
            Moving(
                name="cover", parts=(1, 5), point=(-x / 2, 0, z - cover / 2), axis=(0, -1, 0),
                upper_deg=150.0, damping=0.5,
            ),
        ),
    )  # fmt: skip


def bookshelf_rand(rng: np.random.Generator, count: int = 6) -> Blueprint:
    """Return a bookcase of `count` boards, its top among them, with a few rows of books."""
    x, y, z, board = 0.84, 0.28, 1.8, 0.022
    levels = [0.06, 0.42, 0.76, 1.1, 1.44, z - board]
    if count != 6:  # noqa: PLR2004
        z = 0.08 + 0.345 * (count - 1)
        levels = [float(level) for level in np.linspace(0.06, z - board, count)]
    sides = [box(board, y, z, bevel=0.002).moved(s * (x - board) / 2) for s in (-1, 1)]
    boards = [box(x - 2 * board, y - 0.006, board, bevel=0.0015).moved(0, 0.003, h) for h in levels]
    back = box(x - 2 * board, 0.008, z - 0.06, bevel=0.0005).moved(0, y / 2 - 0.006, 0.06)
    plinth = box(x - 2 * board, 0.016, 0.06, bevel=0.001).moved(0, -y / 2 + 0.03, 0)
    books: dict[int, list[Solid]] = {}
    for level in levels[:-1]:
        for color, volume in _row_rand(rng, x - 2 * board - 0.02, 0.25):
            books.setdefault(color, []).append(volume.moved(0, 0, level + board))
    loads = [
        Part(solid=joined(*volumes), slot=1 + color, fill=0.9)
        for color, volumes in sorted(books.items())
    ]
    inner = x - 2 * board - 0.02
    return Blueprint(
        parts=(*parts_of(*sides, *boards, back, plinth), *loads),
        slots=(MAIN, *(Slot(substance="paper", color=c) for c in BOOK_COLORS)),
        supports=(top(z, inner, y - 0.03),),
    )


def cabinet() -> Blueprint:
    """Return a chest of four drawers."""
    x, y, z = 0.8, 0.42, 0.9
    case = box(x - 0.03, y - 0.03, z - 0.1, bevel=0.003).moved(0, 0.005, 0.075)
    slab = box(x, y, 0.025, bevel=0.004).moved(z=z - 0.025)
    legs = [
        box(0.05, 0.05, 0.08, bevel=0.003).moved(sx * (x / 2 - 0.05), sy * (y / 2 - 0.05))
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    fronts, knobs = [], []
    for k in range(4):
        height = 0.185
        low = 0.085 + k * (height + 0.012)
        fronts.append(box(x - 0.06, 0.018, height, bevel=0.004).moved(0, -y / 2 + 0.014, low))
        knobs += [knob().moved(s * 0.22, -y / 2 + 0.005, low + height / 2) for s in (-1, 1)]
    return Blueprint(
        parts=(
            Part(solid=case, wall=0.02),
            *parts_of(slab, *legs, *fronts),
            Part(solid=joined(*knobs).without_hulls(), slot=1),
        ),
        slots=(MAIN, Slot(substance="brass")),
        supports=(top(z, x, y),),
    )


def _row_rand(rng: np.random.Generator, width: float, most: float) -> list[tuple[int, Solid]]:
    """Return a row of standing books on z = 0 that fills most of a board of `width` [m]."""
    row, at = [], -width / 2
    end = width / 2 - float(rng.uniform(0.03, 0.3)) * width
    while at < end:
        thick, high, deep = (
            rng.uniform(0.022, 0.05),
            rng.uniform(0.68, 1.0) * most,
            rng.uniform(0.15, 0.19),
        )
        color = int(rng.integers(len(BOOK_COLORS)))
        volume = box(float(thick), float(deep), float(high), bevel=0.0015)
        row.append((color, volume.moved(at + thick / 2, 0.02 - (0.19 - deep) / 2, 0)))
        at += float(thick) + 0.001
    return row
