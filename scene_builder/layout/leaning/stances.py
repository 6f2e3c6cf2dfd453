"""How a thing may be turned to lean: which end is up, and by how much it is tilted."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Item, Matter
from scene_builder.model.arrays import Array

ERECT_DEG = (13.0, 17.0, 10.0, 21.0, 25.0, 7.0, 30.0, 36.0, 45.0, 55.0, 4.0)
"""Tilts of what is set on its end, from the vertical: the usual first, then its neighbours."""

TILTED_DEG = (10.0, 8.0, 12.0, 15.0, 6.0, 18.0, 22.0, 4.0)
"""Tilts of what stands as always: a bicycle, a picture in its frame."""

STANDING_DEG = 0.0
"""What tilts nowhere may stand by itself, as a photograph with its strut does."""

END_SHARE = 0.3
"""The last share of a long thing's length is its end."""

Matrix = Float[Array, "3 3"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stance:
    """One way to lean towards +Y.

    Attributes:
        rotation: Turns the body's frame (3 3).
        tilt_deg: From the vertical.
    """

    rotation: Matrix
    tilt_deg: float


def stances_of(item: Item) -> Iterator[Stance]:
    """Yield ways in which a thing may lean towards +Y, the likeliest first."""
    if item.matter is None:
        return
    if item.leaning == "erect":
        for base in _erected(item):
            for tilt in ERECT_DEG:
                yield Stance(rotation=tilted(base, tilt), tilt_deg=tilt)
        return
    bases = _tilted(item)
    for tilts in (TILTED_DEG, (STANDING_DEG,)):
        for base in bases:
            for tilt in tilts:
                yield Stance(rotation=tilted(base, tilt), tilt_deg=tilt)


def tilted(base: Matrix, tilt_deg: float) -> Matrix:
    """Return a rotation whose top is then tilted towards +Y."""
    c, s = np.cos(np.deg2rad(tilt_deg)), np.sin(np.deg2rad(tilt_deg))
    return np.array([[1, 0, 0], [0, c, s], [0, -s, c]]) @ base


def erected(matter: Matter, *, turned: bool = False, face: float = -1.0) -> Matrix:
    """Return the rotation that sets a long thing on its end, its flat side towards ±Y.

    Args:
        matter: Its solid.
        turned: The end is up that commonly is below: the heavier one, or the one without a head.
        face: −1 to let its upper side look towards −Y, where the camera is.
    """
    points = np.vstack(matter.clouds)
    low, high = points.min(axis=0), points.max(axis=0)
    order = np.argsort(high - low)
    long, thin = int(order[2]), int(order[0])
    if high[2] - low[2] <= 1.3 * (high - low)[thin]:
        thin = 2 if long != 2 else thin  # noqa: PLR2004
    middle = (low + high)[long] / 2
    sign = -1.0 if matter.center_of_mass[long] > middle else 1.0
    if matter.head is not None and matter.head[long]:
        sign = float(np.sign(matter.head[long]))
    sign *= -1.0 if turned else 1.0
    rotation = np.zeros((3, 3))
    rotation[2, long] = sign
    rotation[1, thin] = face
    rotation[0] = np.cross(rotation[1], rotation[2])
    return rotation


def _erected(item: Item) -> list[Matrix]:
    if item.matter is None:
        return []
    return [
        erected(item.matter, turned=turned, face=face)
        for turned in (False, True)
        for face in (-1.0, 1.0)
    ]


def _tilted(item: Item) -> list[Matrix]:
    if item.matter is None:
        return []
    x, y, _ = np.ptp(np.vstack(item.matter.clouds), axis=0)
    if item.wall_hung:
        return [np.eye(3)]
    quarter = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    # To either side: on one of them a bicycle has its stand.
    return [quarter, quarter.T] if y > x else [np.eye(3), quarter @ quarter]
