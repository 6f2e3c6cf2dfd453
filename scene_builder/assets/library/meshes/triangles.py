"""Triangles that share positions, and carry their texture at corners."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.model.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Triangles:
    """Triangles whose positions are shared and whose texture coordinates stand at corners.

    Attributes:
        points: Positions (v 3).
        corners: Positions of each triangle's corners (t 3).
        uv: Texture coordinates of each triangle's corners (t 3 2).
        slots: Material of each triangle (t).
    """

    points: Float[Array, "v 3"]
    corners: Int[Array, "t 3"]
    uv: Float[Array, "t 3 2"]
    slots: Int[Array, " t"]

    def only(self, keep: Bool[Array, " t"] | Int[Array, " k"]) -> "Triangles":
        """Return some of the triangles."""
        return replace(self, corners=self.corners[keep], uv=self.uv[keep], slots=self.slots[keep])

    @property
    def normals(self) -> Float[Array, "t 3"]:
        """Twice each triangle's area, along its normal."""
        a, b, c = (self.points[self.corners[:, k]] for k in range(3))
        return np.asarray(np.cross(b - a, c - a))


def distinct_rows(rows: Int[Array, "r k"]) -> tuple[Int[Array, " d"], Int[Array, " r"]]:
    """Return where each distinct row stands first, and which of them each row is."""
    order = np.lexsort(rows.T[::-1])
    sorted_rows = rows[order]
    begins = np.ones(len(rows), bool)
    begins[1:] = (sorted_rows[1:] != sorted_rows[:-1]).any(axis=1)
    groups = np.cumsum(begins) - 1
    place = np.zeros(len(rows), np.int64)
    place[order] = groups
    return order[begins], place
