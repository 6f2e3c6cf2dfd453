"""Words on things: raised letters on the face that is there to be read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.shapes.letters import letters

FACES: Mapping[str, Literal["front", "top"]] = {
    "arrow_sign": "front", "box": "front", "crate": "front", "gift": "front", "cube": "front",
    "cuboid": "front", "block": "front", "chest": "front", "book": "top", "rug": "top",
}  # fmt: skip
"""Where each shape has its words: on the front of its first part, or on top of it."""

MARGIN = 0.86
"""Share of the face that the words may fill."""

RAISED, SUNK = 0.004, 0.0015
"""Letters stand out by so much, and reach so far in, as shares of the face's width."""


def lettered(blueprint: Blueprint, shape: str, text: str) -> Blueprint:
    """Return a thing with words on it, black on light and white on dark.

    Args:
        blueprint: The thing.
        shape: Whose blueprint it is; where that has no face for words, the thing stays bare.
        text: The words.
    """
    face = FACES.get(shape)
    if face is None or not text.strip():
        return blueprint
    points = blueprint.parts[0].solid.vertices
    low, high = points.min(axis=0), points.max(axis=0)
    size, middle = high - low, (low + high) / 2
    width, height = float(size[0]), float(size[2] if face == "front" else size[1])
    solid = letters(text, MARGIN * width, MARGIN * height, (RAISED + SUNK) * width)
    if solid is None:
        return blueprint
    x, y, z = (float(value) for value in middle)
    if face == "front":
        solid = solid.turned("x", 90).moved(x, float(low[1]) + SUNK * width, z)
    else:
        solid = solid.moved(x, y, float(np.max(points[:, 2])) - SUNK * width)
    ink = Slot(substance="plastic", color="contrast")
    return replace(
        blueprint,
        parts=(*blueprint.parts, Part(solid=solid, slot=len(blueprint.slots))),
        slots=(*blueprint.slots, ink),
    )
