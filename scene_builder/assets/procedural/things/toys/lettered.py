"""Toy blocks with letters on their faces."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    box_collider,
    top,
)
from scene_builder.assets.shapes.boxes import box, prism
from scene_builder.assets.shapes.letters import letters
from scene_builder.assets.shapes.soft import rectangle
from scene_builder.assets.shapes.solid import Solid, joined

EDGE, BEVEL = 0.04, 0.002
"""Of the cube, and of its cut edges [m]."""

RAISED, SUNK = 0.0007, 0.0002
"""How far letters and frames stand out, and reach in [m]."""

FRAME, FRAME_WIDE = 0.85, 0.07
"""Outer edge of the frame on a face, and how broad it is, as shares of the cube's."""

LETTER, BOLD = 0.82, 0.017
"""Room for the letter, and by how much its strokes are thickened, as shares of the edge."""

PAINTS = ("#c8322b", "#2563b4", "#2f8a45", "#7a3f9d")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def alphabet_block_rand(rng: np.random.Generator) -> Blueprint:
    """Return a wooden block with a framed letter on each face, opposite faces in one colour."""
    said = rng.choice(list(ALPHABET), 6, replace=False)
    paints = rng.permutation(PAINTS)[:3]
    body = box(EDGE, EDGE, EDGE, bevel=BEVEL).moved(z=RAISED)
    whole = EDGE + 2 * RAISED
    return Blueprint(
        parts=(
            Part(solid=body),
            *(
                Part(
                    solid=joined(_face(str(said[k]), k), _face(str(said[k + 3]), k + 3)),
                    slot=1 + k,
                    fill=0.5,
                )
                for k in range(3)
            ),
        ),
        slots=(MAIN, *(Slot(substance="plastic", color=str(paint)) for paint in paints)),
        supports=(top(whole, EDGE - 2 * BEVEL, EDGE - 2 * BEVEL),),
        collider=box_collider(whole, whole, whole),
    )


def _face(letter: str, k: int) -> Solid:
    """Return a letter in its frame on face k: front, left, top, back, right, bottom."""
    outer, inner = (FRAME * EDGE - 2 * b * FRAME_WIDE * EDGE for b in (0, 1))
    frame = prism(
        rectangle(outer, outer, 0.1 * outer), RAISED + SUNK, rectangle(inner, inner, 0.08 * inner),
        pieces=False,
    )  # fmt: skip
    room = LETTER * EDGE
    ink = letters(letter, room, room, RAISED + SUNK, bold=BOLD * EDGE)
    flat = joined(frame, ink) if ink is not None else frame
    out = flat.without_hulls().moved(z=EDGE / 2 - SUNK)
    if k % 3 == 2:  # noqa: PLR2004
        turned = out if k < 3 else out.turned("x", 180)  # noqa: PLR2004
    else:
        turned = out.turned("x", 90).turned("z", {0: 0, 1: -90, 3: 180, 4: 90}[k])
    return turned.moved(z=EDGE / 2 + RAISED)
