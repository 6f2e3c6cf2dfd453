"""From a modelled skin to a creature: eyes, horns, teeth, and where it stands."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Point, Solid, joined

EYE = Slot(substance="plastic", color="#101012")
IVORY = Slot(substance="bone", color="#efe6d0")
WHITE = Slot(substance="plastic", color="#f4f2ea")


def eyes(x: float, y: float, z: float, size: float) -> Solid:
    """Return a pair of eyes of radius `size` at ±x [m]."""
    return joined(*(ball_of(size, size, size, detail=2).moved(s * x, y, z) for s in (-1, 1)))


def horn(*balls: tuple[float, float, float, float]) -> Solid:
    """Return a curved horn through points (x, y, z) with a radius at each [m]."""
    points = np.array(balls, float)
    at = np.linspace(0, len(points) - 1, 14)
    radii = np.interp(at, np.arange(len(points)), points[:, 3])
    return tube(curve(points[:, :3], 14), radii, sides=12, pieces=3)


def pair(solid: Solid) -> Solid:
    """Return a solid and its mirror image in the plane x = 0."""
    return joined(solid, solid.scaled(-1, 1, 1))


def spike(radius: float, height: float) -> Solid:
    """Return an upright cone on z = 0 with a blunt tip [m]."""
    return turned([(radius, 0), (0.08 * radius, height, 0.06 * radius)], segments=14)


def placed(solid: Solid, at: Point, *, lean_deg: float = 0.0) -> Solid:
    """Return an upright solid leant forwards about X, with its foot at a place [m]."""
    x, y, z = (float(v) for v in at)
    return solid.turned("x", lean_deg).moved(x, y, z)


def creature(
    skin: Solid,
    *marks: tuple[Solid, int],
    slots: tuple[Slot, ...] = (),
    fill: float = 1.0,
) -> Blueprint:
    """Return a creature that stands on z = 0.

    Args:
        skin: Its body, painted with the slots that its coat needs.
        marks: What nothing collides with, and the slot of each: 1 is the eyes'.
        slots: Materials from slot 2 on.
        fill: Mean density of its body as a share of its substance's.
    """
    return Blueprint(
        parts=(
            Part(solid=skin, fill=fill),
            *(Part(solid=mark.without_hulls(), slot=slot, fill=0.02) for mark, slot in marks),
        ),
        slots=(MAIN, EYE, *slots),
    )
