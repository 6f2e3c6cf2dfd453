"""Balls that are no spheres."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import tube
from scene_builder.assets.shapes.solid import Solid

PANELS = 4
"""A rugby ball is sewn of four panels (World Rugby, law 2)."""


def rugby_ball() -> Blueprint:
    """Return a rugby ball that lies along X: pointed ends, four seams and its two bands."""
    half, radius = 0.145, 0.0955
    along = np.linspace(0.0, np.pi, 41)
    # A prolate body whose ends are somewhat more pointed than an ellipsoid's.
    profile = [(float(radius * np.sin(a) ** 1.12), float(-half * np.cos(a))) for a in along]
    profile[0], profile[-1] = (0.0, -half), (0.0, half)
    body = turned(profile, segments=64, tolerance=0.0015)
    body = body.painted(1, lambda c: np.abs(np.abs(c[:, 2]) - 0.088) < 0.009)  # noqa: PLR2004
    seams = []
    for k in range(PANELS):
        turn = np.pi / 4 + k * np.pi / 2
        line = np.array([(r * np.cos(turn), r * np.sin(turn), z) for r, z in profile[1:-1]])
        seams.append(tube(line, 0.0011, sides=6).without_hulls())
    return Blueprint(
        parts=(
            Part(solid=_lying(body), wall=0.0034),
            *(Part(solid=_lying(seam), slot=2) for seam in seams),
        ),
        slots=(
            MAIN,
            Slot(color="#f3f1ea", substance="leather"),
            Slot(substance="leather", color="#221a16"),
        ),
        rolls="any",
    )


def _lying(solid: Solid) -> Solid:
    """Return what stands along Z as it lies along X, on z = 0."""
    return solid.turned("y", 90).moved(z=0.0955)
