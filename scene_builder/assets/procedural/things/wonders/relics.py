"""What is left of the living: skulls."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.procedural.things.creatures.clay import both, limb, modelled
from scene_builder.assets.shapes.boxes import tapered_box
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.assets.shapes.solid import Solid, carved, joined
from scene_builder.model.arrays import Array

SOCKET = (0.031, -0.088, 0.09, 0.0215)
"""Middle and radius of its left eye's hollow [m]."""

BACK_DEG, LIFT_M = 8.4, -0.0103
"""How far a skull leans back where it lies on its jaw and the back of its head, and by how much
that lifts it."""


def skull(cells: int = 60) -> Blueprint:
    """Return a human skull, 0.2 m tall, with its jaw and its teeth, looking to the front.

    Args:
        cells: How finely its bone is modelled: cells along its longest edge.
    """
    bone = modelled(
        (
            limb((0, 0.035, 0.125, 0.07), (0, -0.02, 0.132, 0.066), flat=(1, 1, 1.02)),
            limb((0, 0.05, 0.068, 0.05), blend=0.04),
            limb((0, -0.03, 0.085, 0.055), (0, -0.062, 0.075, 0.036), blend=0.03),
            *both(
                limb((0.032, -0.079, 0.112, 0.012), blend=0.02),
                limb((0.046, -0.07, 0.068, 0.014), (0.064, -0.03, 0.075, 0.008),
                     (0.066, 0.005, 0.078, 0.008), blend=0.012),
                limb((0.05, 0.0, 0.07, 0.012), (0.045, -0.012, 0.028, 0.012),
                     (0.026, -0.062, 0.014, 0.0125), (0, -0.078, 0.0145, 0.0135),
                     flat=(0.85, 1, 1), blend=0.008),
                limb((0.018, -0.062, 0.055, 0.02), (0, -0.073, 0.05, 0.02), blend=0.012),
            ),
        ),
        blend=0.025, cells=cells,
    )  # fmt: skip
    x, y, z, r = SOCKET
    hollows = [ball_of(r, 1.2 * r, 0.92 * r, detail=3).moved(s * x, y, z) for s in (-1, 1)]
    nose = [ball_of(0.008, 0.016, 0.0125, detail=3).turned("y", s * 16)
            .moved(s * 0.006, -0.095, 0.066) for s in (-1, 1)]  # fmt: skip
    face = carved(bone, *hollows, *nose, hulls=bone.hulls).painted(1, _in_hollow)
    return Blueprint(
        parts=(
            Part(solid=_seated(face), fill=0.35),
            Part(solid=_seated(joined(*_teeth())).without_hulls(), slot=2, fill=0.1),
        ),
        slots=(MAIN, Slot(color="#2a2019"), Slot(substance="bone", color="#f3ecd8")),
    )


def _seated(solid: Solid) -> Solid:
    """Return a part leant back until the chin and the back of the head touch the ground."""
    return solid.turned("x", -BACK_DEG).moved(z=LIFT_M)


def _teeth() -> list[Solid]:
    """Return two rows of teeth that meet."""
    rows = list[Solid]()
    for k in range(-5, 6):
        turn = 13.5 * k
        wide = 0.0078 if abs(k) < 4 else 0.0088  # noqa: PLR2004
        upper = tapered_box((0.7 * wide, 0.006), (wide, 0.007), 0.012, bevel=0.0014)
        for tooth, z in ((upper, 0.0305), (upper.scaled(0.94, 1, -0.9), 0.0295)):
            rows.append(tooth.moved(0, -0.0375, z).turned("z", turn).moved(0, -0.045, 0))
    return rows


def _in_hollow(c: Array) -> Array:
    """Pick the walls of the eyes' and the nose's hollows."""
    x, y, z, r = SOCKET
    off = (np.column_stack([np.abs(c[:, 0]), c[:, 1], c[:, 2]]) - [x, y, z]) / [
        r,
        1.2 * r,
        0.92 * r,
    ]
    eye = np.linalg.norm(off, axis=1) < 1.02  # noqa: PLR2004
    near = np.hypot((np.abs(c[:, 0]) - 0.006) / 0.0095, (c[:, 2] - 0.066) / 0.014)
    return np.asarray(eye | ((near < 1) & (c[:, 1] < -0.06) & (c[:, 1] > -0.1)))  # noqa: PLR2004
