"""Pins, tops and toy bricks."""

from functools import partial

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    box_collider,
    top,
)
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.solid import joined
from scene_builder.model.arrays import Array


def pin() -> Blueprint:
    """Return a bowling pin with two red stripes (USBC profile: radius by height, in inches)."""
    inches = [
        (1.015, 0.0), (1.07, 0.3), (1.41, 0.75), (1.955, 2.25), (2.26, 3.375), (2.383, 4.5),
        (2.28, 5.875), (1.85, 7.25), (1.24, 8.625), (0.98, 9.375), (0.90, 10.0), (0.935, 10.875),
        (1.05, 11.75), (1.16, 12.625), (1.274, 13.5), (1.16, 14.3), (0.72, 14.85), (0, 15.0),
    ]  # fmt: skip
    rings = np.array(inches) * 0.0254
    height = np.concatenate([np.linspace(0, 0.36, 37), np.linspace(0.3625, 0.381, 9)])
    radius = np.interp(height, rings[:, 1], rings[:, 0])
    for _ in range(2):
        radius[1:-9] = (radius[:-10] + 2 * radius[1:-9] + radius[2:-8]) / 4
    cap = height > 0.343  # noqa: PLR2004
    radius[cap] = 0.0325 * np.sqrt(np.clip(1 - ((height[cap] - 0.343) / 0.038) ** 2, 0, 1))
    outline = [(float(r), float(z)) for r, z in zip(radius, height, strict=True)]
    body = turned(outline, tolerance=0.0012)
    for low, high in ((0.239, 0.25), (0.26, 0.271)):
        body = body.painted(1, partial(_between, low=low, high=high))
    return Blueprint(
        parts=(Part(solid=body),),
        slots=(MAIN, Slot(substance="plastic", color="#b81d1d")),
    )


def _between(centers: Array, *, low: float, high: float) -> Array:
    return np.asarray((centers[:, 2] > low) & (centers[:, 2] < high))


def spinning_top() -> Blueprint:
    """Return a wooden spinning top on its tip."""
    outline = [
        (0, 0), (0.002, 0.001), (0.004, 0.008, 0.004), (0.028, 0.03, 0.008), (0.03, 0.038, 0.004),
        (0.026, 0.044, 0.006), (0.006, 0.05, 0.004), (0.004, 0.066, 0.002), (0.0045, 0.07, 0.002),
    ]  # fmt: skip
    body = turned(outline, segments=64)
    body = body.painted(1, lambda c: (c[:, 2] < 0.011) | (c[:, 2] > 0.049))  # noqa: PLR2004
    return Blueprint(
        parts=(Part(solid=body),), slots=(MAIN, Slot(substance="pine")), tags=("spins",)
    )


def toy_brick() -> Blueprint:
    """Return a toy brick with two by four studs."""
    x, y, z = 0.032, 0.016, 0.0096
    stud = turned([(0.0024, 0), (0.0024, 0.0018, 0.0003)], segments=24).moved(z=z)
    studs = [stud.moved(0.008 * i - 0.012, 0.008 * j - 0.004) for i in range(4) for j in range(2)]
    return Blueprint(
        parts=(
            Part(solid=box(x, y, z, bevel=0.0004), wall=0.0015),
            Part(solid=joined(*studs).without_hulls(), fill=0.4),
        ),
        supports=(top(z + 0.0018, x, y),),
        collider=box_collider(x, y, z + 0.0018),
    )
