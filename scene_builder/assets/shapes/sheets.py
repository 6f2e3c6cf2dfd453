"""Sheets: curved skins with a thickness, such as petals, hulls and cloth."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.shapes.boxes import prism
from scene_builder.assets.shapes.solid import Solid, manifold_of, solid_of
from scene_builder.model.arrays import Array


def sheet(upper: Float[Array, "m n 3"], lower: Float[Array, "m n 3"]) -> Solid:
    """Return the closed solid between two grids of points, joined all along their rims.

    Args:
        upper: One side [m].
        lower: The other, point for point [m].

    Returns:
        The surface, facing outwards, without convex pieces.
    """
    rows, columns = upper.shape[:2]
    count = rows * columns
    index = np.arange(count).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    face = np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[:-1, -1][::-1], index[0, 1:-1][::-1]])
    after = np.roll(rim, -1)
    wall = np.concatenate(
        [
            np.stack([rim, rim + count, after + count], -1),
            np.stack([rim, after + count, after], -1),
        ]
    )
    triangles = np.concatenate([face, face[:, ::-1] + count, wall]).astype(np.int32)
    vertices = np.concatenate([upper.reshape(-1, 3), lower.reshape(-1, 3)])
    return Solid(vertices=vertices, triangles=triangles).outward()


def thickened(grid: Float[Array, "m n 3"], thickness: float) -> Solid:
    """Return a sheet of even thickness with `grid` in its middle [m]."""
    along, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    normal = np.cross(along, across)
    normal /= np.maximum(np.linalg.norm(normal, axis=2, keepdims=True), 1e-12)
    return sheet(grid + normal * thickness / 2, grid - normal * thickness / 2)


def fine_prism(outline: Float[Array, "_ 2"], thickness: float, step: float) -> Solid:
    """Return a flat piece whose faces are cut into triangles that can follow a bend.

    Args:
        outline: Corners in the x-y plane, counter-clockwise [m].
        thickness: [m].
        step: How long its edges may be; within its faces up to twice as much [m].
    """
    flat = prism(outline, thickness, pieces=False)
    return solid_of(manifold_of(flat).refine_to_length(step))
