"""Lamps of libraries shine: a glowing bulb at each place where the catalogue has a light."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.assets.surface import Paint, Surface

Bulb = tuple[float, float, float, float]
"""Middle x, y, z and diameter [m], in the model's own frame at its catalogue's size."""

STRENGTH: Final = 3.5
"""As strong as the bulbs of our own lamps (`EMISSION`), in units of a file's own glow."""
LARGEST_SHARE: Final = 0.3
"""A bulb is at most this share of its lamp's narrowest side."""
WARM: Final = (1.0, 0.82, 0.58)
"""Linear RGB of a bulb of 3000 K, its brightest channel 1."""


def lit(surface: Surface, bulbs: Sequence[Bulb]) -> Surface:
    """Return a surface with its bulbs, which glow.

    Args:
        surface: A lamp, its base's middle at the origin [m].
        bulbs: Where it shines; those that are not within the lamp are left out.
    """
    points = surface.vertices
    low, high = points.min(axis=0), points.max(axis=0)
    most = LARGEST_SHARE * float((high - low).min())
    balls = []
    for x, y, z, diameter in bulbs:
        middle = np.array([x, y, z])
        radius = min(diameter, most) / 2
        inside = (middle - radius >= low) & (middle + radius <= high)
        if radius > 0 and inside.all():
            balls.append(ball_of(radius, radius, radius, detail=2).moved(x, y, z))
    if not balls:
        return surface
    corners = np.concatenate([points, *(ball.vertices for ball in balls)])
    triangles, start = [surface.triangles], len(points)
    for ball in balls:
        triangles.append(ball.triangles + start)
        start += len(ball.vertices)
    more = sum(len(ball.triangles) for ball in balls)
    slots = np.concatenate([surface.slots, np.full(more, len(surface.paints))])
    paint = Paint(name="light", base_color=np.array(WARM), emission=STRENGTH)
    uv = surface.uv
    if uv is not None:
        uv = np.concatenate([uv, np.zeros((len(corners) - len(points), 2))])
    return replace(
        surface, vertices=corners, triangles=np.concatenate(triangles), slots=slots,
        paints=(*surface.paints, paint), uv=uv,
    )  # fmt: skip
