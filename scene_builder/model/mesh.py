"""Triangles."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array, set_read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mesh:
    """A triangle mesh in its body's frame: origin at the base's centre, Z up.

    Attributes:
        vertices: Corners (v 3) [m], float32. Solids are closed and share their vertices.
        triangles: Corner indices (t 3), int32, counter-clockwise from outside.
        uv: Texture coordinates (v 2), float32, or None.
        material_index: Material slot of each triangle (t), int32, never decreasing.
        sharp_angle_deg: Edges that bend by more than this are shaded as creases.
    """

    vertices: Float[Array, "v 3"]
    triangles: Int[Array, "t 3"]
    material_index: Int[Array, " t"]
    uv: Float[Array, "v 2"] | None = None
    sharp_angle_deg: float = 35.0

    def __post_init__(self) -> None:
        set_read_only(self, "vertices", np.float32, (None, 3))
        set_read_only(self, "triangles", np.int32, (None, 3))
        set_read_only(self, "material_index", np.int32, (len(self.triangles),))
        if self.uv is not None:
            set_read_only(self, "uv", np.float32, (len(self.vertices), 2))
        if len(self.triangles) == 0 or not np.isfinite(self.vertices).all():
            raise ValueError("a mesh needs triangles, and finite vertices")
        if self.triangles.min() < 0 or self.triangles.max() >= len(self.vertices):
            raise ValueError("a triangle names a vertex that does not exist")
        if (np.diff(self.material_index) < 0).any():
            raise ValueError("triangles must be sorted by material")

    @property
    def low(self) -> Float[Array, "3"]:
        """Smallest coordinates [m], float64."""
        return np.asarray(self.vertices.min(axis=0), np.float64)

    @property
    def high(self) -> Float[Array, "3"]:
        """Largest coordinates [m], float64."""
        return np.asarray(self.vertices.max(axis=0), np.float64)

    @property
    def extents(self) -> Float[Array, "3"]:
        """Size along x, y and z [m]."""
        return self.high - self.low
