"""Things folded out of one sheet of paper."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import Blueprint, Part
from scene_builder.assets.shapes.solid import Solid, convex, joined
from scene_builder.model.arrays import Array

PAPER_M = 0.0009
"""Thickness of a face: several layers of folded paper [m]."""

DART_FILL, BOAT_FILL = 0.16, 0.28
"""Paper in that thickness, with the air between its layers: a dart weighs 5 g, a boat 4 g."""

Corner = tuple[float, float, float]


def paper_plane() -> Blueprint:
    """Return a paper dart, its nose to the front: two wings, a keel, and a fold over each wing."""
    nose, tail, keel, tip, lift = -0.14, 0.14, 0.046, 0.08, 0.012
    faces = []
    for s in (-1.0, 1.0):
        hinge: list[Corner] = [(s * 0.0006, nose, keel), (s * 0.006, tail, keel)]
        faces.append(_face(*hinge, (0.0, tail, 0.0), (0.0, nose + 0.02, keel - 0.008)))
        faces.append(_face(*hinge, (s * tip, tail, keel + lift)))
        # The corner of the sheet that was folded in lies on the wing, and makes it thicker there.
        faces.append(
            _face(
                (s * 0.001, nose + 0.002, keel + PAPER_M),
                (s * 0.005, 0.035, keel + PAPER_M),
                (s * 0.052, 0.05, keel + 0.66 * lift + PAPER_M),
            )
        )
    return Blueprint(parts=(Part(solid=joined(*faces), fill=DART_FILL),))


def paper_boat() -> Blueprint:
    """Return a folded boat, its bow to the left: two flared sides about a pointed middle."""
    long, wide, low, high, peak = 0.1, 0.034, 0.05, 0.06, 0.088
    faces = []
    for s in (-1.0, 1.0):
        rim = (s * wide, 0.0, 0.036)
        foot = [(s * 0.002, y, 0.0) for y in (-low, low)]
        bow, stern = (s * 0.001, -long, high), (s * 0.001, long, high)
        faces += [_face(*foot, rim), _face(bow, foot[0], rim), _face(stern, foot[1], rim)]
        faces.append(_face((s * 0.004, -0.03, 0.02), (s * 0.004, 0.03, 0.02), (0.0, 0.0, peak)))
    boat = joined(*faces)
    # What is between the sides keeps the water out.
    hull = np.array([(0.0, y, z) for y, z in ((-low, 0.0), (low, 0.0), (-long, high), (long, high))]
                    + [(s * wide, 0.0, 0.036) for s in (-1.0, 1.0)])  # fmt: skip
    middle = np.array([(s * 0.004, y, 0.02) for s in (-1.0, 1.0) for y in (-0.03, 0.03)])
    cone = np.vstack([middle, [0.0, 0.0, peak]])
    solid = Solid(vertices=boat.vertices, triangles=boat.triangles, hulls=(hull, cone))
    return Blueprint(parts=(Part(solid=solid.turned("z", -90), fill=BOAT_FILL),))


def _face(*corners: Corner) -> Solid:
    """Return a flat face of folded paper with these corners, in any order [m]."""
    points = np.array(corners, np.float64)
    normal = _normal(points)
    half = PAPER_M / 2 * normal
    return convex(np.concatenate([points + half, points - half]))


def _normal(points: Float[Array, "n 3"]) -> Float[Array, "3"]:
    """Return the unit normal (3) of corners in one plane."""
    return np.asarray(np.linalg.svd(points - points.mean(axis=0))[2][2])
