"""Table lamps in other styles than the turned one."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.procedural.things.home.lights import GLOW
from scene_builder.assets.procedural.variety import about
from scene_builder.assets.shapes.boxes import bar
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.rounds import ball_of, torus
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

GLAZES = ("#2f5d62", "#b5533c", "#e8e2d4", "#34466b", "#6b7f4f")


def urn_lamp_rand(rng: np.random.Generator) -> Blueprint:
    """Return a lamp on a round glazed foot under a drum of cloth."""
    belly, shade = about(rng, 0.085), about(rng, 0.135)
    stand = turned(
        [(0.05, 0, 0.004), (0.055, 0.01, 0.006), (belly, 0.09, 0.06), (belly * 0.8, 0.15, 0.05),
         (0.02, 0.2, 0.03), (0.012, 0.225, 0.006), (0.012, 0.31)],
    )  # fmt: skip
    glaze = Slot(substance="ceramic", color=str(rng.choice(GLAZES)))
    return _lamp(stand, (shade, shade * 0.96), (0.27, 0.48), glaze, wall=0.004)


def column_lamp_rand(rng: np.random.Generator) -> Blueprint:
    """Return a lamp on a thin straight column under a steep cone of cloth."""
    foot, low = about(rng, 0.08), about(rng, 0.14)
    stuff, thick, rod = [("walnut", 0.024, 0.016), ("steel", 0.014, 0.01)][int(rng.integers(2))]
    stand = turned(
        [
            (foot, 0, 0.003),
            (foot, thick, 0.004),
            (rod, thick + 0.002, 0.002),
            (rod, 0.3),
            (0.009, 0.31),
        ]
    )
    return _lamp(stand, (low, about(rng, 0.055)), (0.26, 0.48), Slot(substance=stuff), wall=None)


def _lamp(
    stand: Solid,
    radii: tuple[float, float],
    heights: tuple[float, float],
    stuff: Slot,
    *,
    wall: float | None,
) -> Blueprint:
    """Return a stand with a shade, its wires and its bulb.

    Args:
        stand: What it stands on.
        radii: Of the shade, below and above [m].
        heights: Of the shade's edges [m].
        stuff: What the stand is made of.
        wall: Thickness of the stand's wall [m]; None where it is massive.
    """
    (below, above), (low, high), cloth = radii, heights, 0.0025
    profile: Float[Array, "4 2"] = np.array(
        [(below, low), (above, high), (above - cloth, high), (below - cloth, low)]
    )
    shade = lathe(profile, segments=64, sides=12)
    trims = [
        torus(below - 0.001, 0.0028, segments=64, sides=8).moved(z=low + 0.001),
        torus(above - 0.001, 0.0028, segments=64, sides=8).moved(z=high - 0.001),
    ]
    spokes = [
        bar((0.0, 0, 0.3), (above - 0.001, 0, high - 0.008), 0.003, 0.003).turned("z", 120 * k)
        for k in range(3)
    ]
    bulb = ball_of(0.03, 0.03, 0.036, detail=3).moved(z=0.35)
    return Blueprint(
        parts=(
            Part(solid=stand, wall=wall),
            Part(solid=shade, slot=1),
            Part(solid=joined(*trims, *spokes).without_hulls(), slot=3, fill=0.3),
            Part(solid=bulb.without_hulls(), slot=2, fill=0.1),
        ),
        slots=(stuff, Slot(substance="paper", color="#efe3c8", dyed=True), GLOW,
               Slot(substance="brass")),
    )  # fmt: skip
