"""Words on things: raised letters on the face that is there to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.shapes.letters import letters
from scene_builder.assets.shapes.solid import Solid, manifold_of, solid_of
from scene_builder.model.arrays import Array

FACES: Mapping[str, Literal["front", "top", "round"]] = {
    **dict.fromkeys(
        ("alphabet_block", "arrow_sign", "block", "box", "brick", "cabinet", "chest", "crate",
         "cube", "cuboid", "domino", "flag", "gift", "picture_frame", "pillar", "suitcase", "tv",
         "wall_panel"), "front",
    ),
    **dict.fromkeys(("book", "rug", "plank"), "top"),
    **dict.fromkeys(
        ("ball", "balloon", "barrel", "beach_ball", "bottle", "bucket", "cake", "can", "candle",
         "cup", "cylinder", "egg", "flower_pot", "glass", "jar", "mug", "paper_cup", "pedestal",
         "pitcher", "pot", "pumpkin", "teacup", "trash_can", "vase"), "round",
    ),
}  # fmt: skip
"""Where each shape has its words: on the front of its first part, on top of it, or round it."""

MARGIN = 0.86
"""Share of the face that the words may fill."""

RAISED, SUNK = 0.004, 0.0015
"""Letters stand out by so much, and reach so far in, as shares of the face's width."""


LETTERED = "lettered"
"""Tag of what bears words."""

BAND = (0.1, 0.9)
BANDS: Mapping[str, tuple[float, float]] = {"cake": (0.16, 0.64), "flower_pot": (0.08, 0.66)}
"""Between which shares of their height turned bodies have room for words; of these shapes the
first part bears them, of others whatever stands out farthest: a bottle's label."""

INKS: Mapping[str, str] = {"bottle": "#141416", "picture_frame": "#23252b"}
"""Colours of letters that are not on the main material."""

STRAIGHT = 0.9
"""Words go where a turned body has at least this share of its largest radius."""

ARC = 1.7
"""How far about it words reach, in radii: all of them are seen from the front."""

LEVELS, STEP = 33, 0.12
"""Heights at which a turned body is measured; longest edge of wrapped letters, in radii."""


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
    if face == "round":
        bodies = [part.solid for part in blueprint.parts if shape not in BANDS] or [
            blueprint.parts[0].solid
        ]
        solid = _round_letters(bodies, text, BANDS.get(shape, BAND))
    else:
        solid = _flat_letters(blueprint.parts[0].solid, text, on_top=face == "top")
    if solid is None:
        return blueprint
    ink = Slot(substance="plastic", color=INKS.get(shape, "contrast"))
    return replace(
        blueprint,
        parts=(*blueprint.parts, Part(solid=solid, slot=len(blueprint.slots))),
        slots=(*blueprint.slots, ink),
        tags=(*blueprint.tags, LETTERED),
    )


def _flat_letters(body: Solid, text: str, *, on_top: bool) -> Solid | None:
    """Return words on the front of a body, or on top of it."""
    low, high = body.vertices.min(axis=0), body.vertices.max(axis=0)
    size, middle = high - low, (low + high) / 2
    width, height = float(size[0]), float(size[1] if on_top else size[2])
    solid = letters(text, MARGIN * width, MARGIN * height, (RAISED + SUNK) * width)
    if solid is None:
        return None
    x, y, z = (float(value) for value in middle)
    if on_top:
        return solid.moved(x, y, float(high[2]) - SUNK * width)
    return solid.turned("x", 90).moved(x, float(low[1]) + SUNK * width, z)


def _round_letters(bodies: Sequence[Solid], text: str, band: tuple[float, float]) -> Solid | None:
    """Return words wrapped about turned bodies, at their widest, facing the front."""
    top = max(float(body.vertices[:, 2].max()) for body in bodies)
    heights = np.linspace(band[0], band[1], LEVELS) * top
    radii = np.max([_radii(body, heights) for body in bodies], axis=0)
    radii = np.max([radii, np.roll(radii, 1), np.roll(radii, -1)], axis=0)  # over edges, not in
    widest = int(np.argmax(radii))
    first = last = widest
    while first > 0 and radii[first - 1] > STRAIGHT * radii[widest]:
        first -= 1
    while last + 1 < LEVELS and radii[last + 1] > STRAIGHT * radii[widest]:
        last += 1
    middle, room = (heights[first] + heights[last]) / 2, float(heights[last] - heights[first])
    radius = float(np.interp(middle, heights, radii))
    solid = letters(text, ARC * radius, MARGIN * room, 2 * (RAISED + SUNK) * radius)
    if solid is None:
        return None
    fine = solid_of(manifold_of(solid).refine_to_length(STEP * radius))
    x, up, out = fine.vertices.T
    reach = np.interp(middle + up, heights, radii) + out - 2 * SUNK * radius
    angle = x / radius
    wrapped = np.stack([reach * np.sin(angle), -reach * np.cos(angle), middle + up], axis=1)
    return replace(fine, vertices=wrapped)


def _radii(body: Solid, heights: Float[Array, " n"]) -> Float[Array, " n"]:
    """Return how far the front of a body reaches from the axis, at each height [m]."""
    whole = manifold_of(body)
    found = []
    for height in heights:
        points = [np.asarray(loop) for loop in whole.slice(float(height)).to_polygons()]
        front = [p[p[:, 1] < -np.abs(p[:, 0])] for p in points]
        reach = [np.hypot(*p.T).max() for p in front if len(p)]
        found.append(max(reach, default=0.0))
    return np.array(found)
