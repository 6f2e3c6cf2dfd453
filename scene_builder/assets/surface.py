"""A shape as some file held it, before anything is known about what it is."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array, set_read_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image file's content.

    Attributes:
        content: The bytes of a PNG or JPEG file.
        suffix: `.png` or `.jpg`.
        size_px: Width and height.
    """

    content: bytes
    suffix: str
    size_px: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paint:
    """How a file wants one slot of its surface to look.

    Attributes:
        name: The file's own name of the material.
        base_color: Linear RGB (3), 0…1; a picture is multiplied by it.
        picture: Colours laid over uv, or None.
        roughness: 0…1, or None where the file does not say.
        metallic: 0…1, or None where the file does not say.
        alpha: 1 for what hides everything behind it.
        emission: Strength of its own light.
    """

    name: str
    base_color: Float[Array, "3"]
    picture: Picture | None = None
    roughness: float | None = None
    metallic: float | None = None
    alpha: float = 1.0
    emission: float = 0.0

    def __post_init__(self) -> None:
        set_read_only(self, "base_color", np.float64, (3,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surface:
    """Triangles in a file's own units and axes, with their paints.

    Attributes:
        vertices: Corners (v 3).
        triangles: Corner indices (t 3), sorted by slot.
        slots: Paint of each triangle (t), never decreasing.
        paints: One for each slot.
        uv: Texture coordinates (v 2), origin at the lower left, or None; corners on a seam of
            the texture stand twice in `vertices`.
    """

    vertices: Float[Array, "v 3"]
    triangles: Int[Array, "t 3"]
    slots: Int[Array, " t"]
    paints: tuple[Paint, ...]
    uv: Float[Array, "v 2"] | None = None

    def __post_init__(self) -> None:
        set_read_only(self, "vertices", np.float64, (None, 3))
        set_read_only(self, "triangles", np.int32, (None, 3))
        set_read_only(self, "slots", np.int32, (len(self.triangles),))
        if self.uv is not None:
            set_read_only(self, "uv", np.float32, (len(self.vertices), 2))
