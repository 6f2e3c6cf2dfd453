"""Long things that are set against others: a straight ladder, a folded umbrella."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import bar, box
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import arc, torus, tube
from scene_builder.assets.shapes.solid import Solid
from scene_builder.model.arrays import Array

LADDER_M, RUNGS, STEP_M = 2.4, 8, 0.28
"""A straight ladder's length, its rungs, and from one to the next [m]."""

FOLDS, FURLED_M = 8, 0.033
"""A folded umbrella's ribs, and how far the furled cloth stands off its stick [m]."""


def straight_ladder() -> Blueprint:
    """Return a ladder of two rails that lies flat along X, its rubber feet at −X."""
    half, mid = LADDER_M / 2, 0.035
    rails = [bar((-half, s * 0.2, mid), (half, s * 0.17, mid), 0.032, 0.07) for s in (-1, 1)]
    first = -(RUNGS - 1) / 2 * STEP_M
    rungs = [
        tube(np.array([(x, -0.2, mid), (x, 0.2, mid)]), 0.016, sides=12, pieces=1)
        for x in first + STEP_M * np.arange(RUNGS)
    ]
    feet = [
        box(0.06, 0.044, 0.078, bevel=0.004).moved(-half + 0.01, s * 0.2, -0.004) for s in (-1, 1)
    ]
    return Blueprint(
        parts=(
            *(Part(solid=rail) for rail in rails),
            *(Part(solid=_within(rung)) for rung in rungs),
            *(Part(solid=foot, slot=1) for foot in feet),
        ),
        slots=(MAIN, Slot(substance="rubber", color="#2b2a29")),
    )


def _within(rung: Solid) -> Solid:
    """Return a rung whose ends stay inside of the rails, which come nearer to each other."""
    x = float(rung.vertices[:, 0].mean())
    share = (0.185 - 0.0125 * x) / 0.2
    return rung.scaled(1.0, share, 1.0)


def folded_umbrella() -> Blueprint:
    """Return a furled umbrella that lies along X: ferrule, cloth in its strap, stick, crook."""
    stick = tube(np.array([(0.03, 0, 0), (0.72, 0, 0)]), 0.006, sides=10, pieces=1)
    ferrule = tube(
        np.array([(0.0, 0, 0), (0.012, 0, 0), (0.07, 0, 0)]), np.array([0.003, 0.0045, 0.0065]),
        sides=12, pieces=1,
    )  # fmt: skip
    strap = torus(0.0305, 0.0035, segments=48, sides=8).scaled(1.0, 1.0, 2.2).turned("y", 90)
    grip = np.array([(x, 0.0, 0.0) for x in np.linspace(0.68, 0.78, 6)])
    crook = arc((0.78, 0.038, 0), (0, -0.038, 0), (0.038, 0, 0), (6, 190), 18)
    handle = tube(np.concatenate([grip, crook]), 0.0095, sides=12, pieces=6)
    low = -FURLED_M * 1.1
    return Blueprint(
        parts=tuple(
            Part(solid=solid.moved(x=-0.41, z=-low), slot=slot, fill=fill)
            for solid, slot, fill in (
                (_furled(), 0, 0.35), (stick, 2, 1.0), (ferrule, 2, 1.0),
                (strap.moved(x=0.5).without_hulls(), 1, 0.2), (handle, 3, 1.0),
            )
        ),
        slots=(
            MAIN, Slot(substance="fabric", dyed=True), Slot(substance="steel"),
            Slot(substance="walnut"),
        ),
    )  # fmt: skip


def _furled() -> Solid:
    """Return furled cloth around X from its tip to its hem, wound about the stick [m]."""
    angle = np.linspace(0, 2 * np.pi, 12 * FOLDS, endpoint=False)
    rings: list[Float[Array, "n 3"]] = []
    # From the tip it widens; the strap draws it together; the hem stands off a little.
    for t, share in zip(np.linspace(0, 1, 15), _GIRTH, strict=True):
        x = 0.06 + 0.58 * t
        fold = np.abs(np.sin(FOLDS / 2 * angle + 2.4 * t))
        far = FURLED_M * share * (1 - 0.16 * fold)
        rings.append(np.column_stack([np.full(len(angle), x), far * np.cos(angle),
                                      far * np.sin(angle)]))  # fmt: skip
    skin = skinned(rings, (0.058, 0.0, 0.0), (0.636, 0.0, 0.0))
    return Solid(vertices=skin.vertices, triangles=skin.triangles).with_hull(48)


_GIRTH = (
    0.22, 0.4, 0.55, 0.67, 0.76, 0.84, 0.9, 0.95, 0.98, 1.0, 0.97, 0.9, 0.97, 1.06, 1.0,
)  # fmt: skip
"""Radius of furled cloth from tip to hem, as shares of its largest."""
