"""What stays dry: a depth map, seen from where the rain comes from (Williams 1978)."""

import numpy as np
from jaxtyping import Bool, Float, Int

from render.truth.surfaces import SurfaceCaster
from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose, wxyz_from_rotation

CLOUD_M = 1000.0
"""How far away the map's eye is [m]: from there, ways that fall are as good as parallel."""

CELL_M, MOST_CELLS = 0.12, 400
"""Width of the map's cells [m], and most of them along an edge."""

_SKIN_M = 0.02
"""How far below the first surface a particle may be [m] before it counts as under it."""


class Shelter:
    """Knows which places the sky's particles reach at frame 0."""

    def __init__(
        self,
        caster: SurfaceCaster,
        *,
        middle: Float[Array, "3"],
        radius_m: float,
        falling: Float[Array, "3"],
    ) -> None:
        """Look at the stage from above.

        Args:
            caster: Sees what is there.
            middle: Middle of what has to be known (3) [m].
            radius_m: How far it reaches around [m].
            falling: Which way particles fall (3), of any length.
        """
        cells = int(np.clip(np.ceil(2 * radius_m / CELL_M), 8, MOST_CELLS))
        back = -np.asarray(falling, np.float64) / np.linalg.norm(falling)
        right = np.cross([0.0, 1.0, 0.0], back)
        right /= np.linalg.norm(right)
        rotation = np.column_stack([right, np.cross(back, right), back])
        eye = Pose(position=middle + CLOUD_M * back, wxyz=wxyz_from_rotation(rotation))
        # A lens of one millimetre's sensor whose picture is 2 · radius wide at the middle.
        self._lens = Lens(
            focal_length_mm=CLOUD_M / (2 * radius_m), sensor_width_mm=1.0, size_px=(cells, cells)
        )
        self._camera_from_world = eye.inverse()
        down, across = np.indices((cells, cells), np.float64)
        places = np.stack([across, down], axis=-1).reshape(-1, 2)
        body_index, _, depth = caster.first_hits(0, eye, self._lens, places)
        self._depth = depth.reshape(cells, cells)
        self._body_index = body_index.reshape(cells, cells)
        self._world_from_camera = eye

    def reached(self, points: Float[Array, "n 3"]) -> Bool[Array, " n"]:
        """Return which places (n 3) [m] have nothing above them; beyond the map, all in the air."""
        seen = self._camera_from_world @ points
        row, column, inside = self._cells(seen)
        below = -seen[:, 2] > self._depth[row, column] + _SKIN_M
        return np.asarray(np.where(inside, ~below, points[:, 2] > 0))

    def landings(self, points: Float[Array, "n 3"]) -> tuple[Float[Array, "n 3"], Int[Array, " n"]]:
        """Return where what falls through places (n 3) [m] lands, and on which body.

        Returns:
            Places (n 3) [m], and indices as in a picture's `body_index`: 0 for none (n).
        """
        seen = self._camera_from_world @ points
        row, column, inside = self._cells(seen)
        depth = np.where(inside, self._depth[row, column], np.nan)
        landed = self._world_from_camera @ (seen * (depth / -seen[:, 2])[:, None])
        return landed, np.where(inside, self._body_index[row, column], 0)

    def _cells(
        self, seen: Float[Array, "n 3"]
    ) -> tuple[Int[Array, " n"], Int[Array, " n"], Bool[Array, " n"]]:
        """Return row and column (n) of places in the map's camera, and whether they are in it."""
        last = len(self._depth) - 1
        column, row = np.round(self._lens.pixels(seen)).astype(np.int64).T
        inside = (column >= 0) & (column <= last) & (row >= 0) & (row <= last)
        return np.clip(row, 0, last), np.clip(column, 0, last), inside
