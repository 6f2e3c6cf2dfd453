"""A surface as seen from straight above: the height of what a falling drop meets first."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.model.arrays import Array, set_read_only

CELLS = 56
"""Cells along the longer side."""

POINTS = 40_000
"""Points on the surface by which walls without thickness are found."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeightField:
    """Heights over a grid of square cells, which leaves a border of two cells free.

    Attributes:
        heights: Highest point of each cell (x y) [m]; 0 where nothing is.
        hit: Whether anything is in the cell (x y).
        origin: Middle of the first cell (2) [m].
        cell_m: Edge of a cell [m].
    """

    heights: Float[Array, "x y"]
    hit: Bool[Array, "x y"]
    origin: Float[Array, "2"]
    cell_m: float

    def __post_init__(self) -> None:
        set_read_only(self, "heights", np.float64, (None, None))
        set_read_only(self, "origin", np.float64, (2,))

    def centers(self, cells: Int[Array, "n 2"]) -> Float[Array, "n 2"]:
        """Return the middles (n 2) [m] of cells."""
        return np.asarray(self.origin + cells * self.cell_m)


def height_field(vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"]) -> HeightField:
    """Look at a surface that stands on z = 0 from above.

    Args:
        vertices: Corners [m].
        triangles: Corner indices; open surfaces will do, facing any way.
    """
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    cell = float(max(high[0] - low[0], high[1] - low[1])) / CELLS
    shape = np.ceil((high - low)[:2] / cell).astype(int) + 4
    origin = (low + high)[:2] / 2 - (shape - 1) / 2 * cell
    heights = np.full(tuple(shape), -np.inf)
    _cast(heights, vertices, triangles, origin, cell, float(high[2]))
    points = surface_points(vertices, triangles, POINTS)
    cells = np.rint((points[:, :2] - origin) / cell).astype(int)
    np.maximum.at(heights, (cells[:, 0], cells[:, 1]), points[:, 2])
    hit = np.isfinite(heights)
    return HeightField(
        heights=np.where(hit, np.maximum(heights, 0.0), 0.0), hit=hit, origin=origin, cell_m=cell
    )


def surface_points(
    vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"], count: int
) -> Float[Array, "n 3"]:
    """Return points (n 3) spread evenly over a surface, the same ones every time."""
    return spread_over(vertices, triangles, count, np.asarray(vertices, np.float64))


def spread_over(
    vertices: Float[Array, "v 3"],
    triangles: Int[Array, "t 3"],
    count: int,
    values: Float[Array, "v c"],
) -> Float[Array, "n c"]:
    """Return what corners carry (n c), at points that are spread evenly over a surface.

    The sequence inside of the triangles is R2 (Roberts 2018), folded into them.

    Args:
        vertices: Corners.
        triangles: Corner indices.
        count: How many points.
        values: What each corner carries (v c).
    """
    corners = np.asarray(vertices, np.float64)[triangles]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    bounds = np.cumsum(np.linalg.norm(cross, axis=1))
    k = np.arange(count)
    chosen = np.searchsorted(bounds, (k + 0.5) / count * bounds[-1], side="right")
    a, b, c = np.moveaxis(values[triangles[np.minimum(chosen, len(triangles) - 1)]], 1, 0)
    u, v = np.mod(0.5 + k * 0.7548776662466927, 1), np.mod(0.5 + k * 0.5698402909980532, 1)
    folded = u + v > 1
    u, v = np.where(folded, 1 - u, u), np.where(folded, 1 - v, v)
    return np.asarray(a + u[:, None] * (b - a) + v[:, None] * (c - a))


def _cast(
    heights: Float[Array, "x y"],
    vertices: Float[Array, "v 3"],
    triangles: Int[Array, "t 3"],
    origin: Float[Array, "2"],
    cell: float,
    top: float,
) -> None:
    """Enter the heights at which rays from above meet the surface."""
    import trimesh

    shape = trimesh.Trimesh(vertices, triangles, process=False)
    grid = np.stack(np.meshgrid(*map(np.arange, heights.shape), indexing="ij"), axis=-1)
    flat = grid.reshape(-1, 2)
    starts = np.column_stack([origin + flat * cell, np.full(len(flat), top + 1.0 + cell)])
    downwards = np.tile([0.0, 0.0, -1.0], (len(flat), 1))
    places, rays, _ = shape.ray.intersects_location(starts, downwards, multiple_hits=False)
    np.maximum.at(heights, tuple(flat[rays].T), places[:, 2])
