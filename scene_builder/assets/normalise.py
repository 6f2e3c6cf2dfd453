"""One normaliser for meshes from elsewhere: metres, Z up, origin at the base's centre."""

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

PLAUSIBLE_UNITS_M = (1.0, 0.01, 0.001, 0.0254)
"""What one unit of a file may mean: metres, centimetres, millimetres, inches."""


def normalised(
    vertices: Float[Array, "v 3"], *, y_up: bool, metres_per_unit: float = 1.0
) -> Float[Array, "v 3"]:
    """Return points in metres, Z up, the middle of their base at the origin.

    Args:
        vertices: Points in a file's units.
        y_up: Whether Y is up in the file (glTF says so; OBJ files usually do).
        metres_per_unit: [m].

    Raises:
        AssetError: If the points are not finite, or all in one place.
    """
    points = np.asarray(vertices, np.float64) * metres_per_unit
    if len(points) == 0 or not np.isfinite(points).all():
        raise AssetError("the mesh has no vertices, or some that are not finite; export it anew")
    if y_up:
        points = points[:, [0, 2, 1]] * np.array([1.0, -1.0, 1.0])
    low, high = points.min(axis=0), points.max(axis=0)
    if float((high - low).max()) <= 0:
        raise AssetError("all vertices of the mesh lie in one place; export it anew")
    return np.asarray(points - np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]]))


def guessed_unit_m(largest: float, low_m: float, high_m: float) -> float:
    """Return what one unit of a file most likely means [m].

    Args:
        largest: Largest dimension, in the file's units.
        low_m: Smallest sensible largest dimension of such a thing [m].
        high_m: Largest sensible one [m].

    Returns:
        The first usual unit that gives a sensible size; if none does, the factor that gives the
        middle of the range.
    """
    for unit in PLAUSIBLE_UNITS_M:
        if low_m <= largest * unit <= high_m:
            return unit
    return float(np.sqrt(low_m * high_m) / largest)
