"""Surfaces as other programs draw them: triangles, one set of texture coordinates, few pictures.

Blender's materials are programs; a headset or a browser wants pictures. What baking makes of them
is described here without Blender, so that exporters need not know it.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float32, Int32, UInt8

from scene_builder.model.arrays import Array
from scene_builder.model.material import linear_from_srgb


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """One metallic-roughness material.

    Attributes:
        name: The substance it comes from.
        base_color: Linear-light RGB (3), where there is no colour map.
        roughness: 0…1, where there is no surface map.
        metallic: 0…1, where there is no surface map.
        opacity: 1 is opaque; glass is below.
        ior: Index of refraction.
        emission: Linear-light RGB that it sends out (3).
        color_map: sRGB picture (h w 3), or with a cut-out alpha (h w 4); first row on top.
        surface_map: Linear picture (h w 3): green is roughness, blue metallic, as in glTF.
        normal_map: Tangent-space normals (h w 3), OpenGL's green.
        glows: The colour map is light that it sends out, and nothing is reflected.
        two_sided: Both faces are seen: leaves, cloth.
    """

    name: str
    base_color: Float[Array, "3"]
    roughness: float = 0.5
    metallic: float = 0.0
    opacity: float = 1.0
    ior: float = 1.5
    emission: Float[Array, "3"]
    color_map: UInt8[Array, "_ _ _"] | None = None
    surface_map: UInt8[Array, "_ _ 3"] | None = None
    normal_map: UInt8[Array, "_ _ 3"] | None = None
    glows: bool = False
    two_sided: bool = False

    @property
    def has_maps(self) -> bool:
        """Whether it needs texture coordinates."""
        return any(m is not None for m in (self.color_map, self.surface_map, self.normal_map))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DressedSurface:
    """Triangles that wear one look, in their body's frame (Z up).

    Attributes:
        points: Corners (n 3) [m]; a corner stands once for each normal and uv that it has.
        normals: Unit normals (n 3).
        uv: Texture coordinates (n 2), v upwards; None where the look has no maps.
        triangles: Corner indices (t 3), counter-clockwise from outside.
        vertex: Number of the body's mesh vertex that each corner is (n); −1 for a new one.
        look: What it wears.
    """

    points: Float32[Array, "n 3"]
    normals: Float32[Array, "n 3"]
    uv: Float32[Array, "n 2"] | None
    triangles: Int32[Array, "t 3"]
    vertex: Int32[Array, " n"]
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an exporter wants of one body.

    Attributes:
        map_px: Edge of its pictures [px]; a power of two.
        keep: Share of its triangles to keep, above 0 up to 1.
        within_m: Middle x, middle y and radius of the disc that it is cut to, in its own
            frame [m]; None for the whole body.
    """

    map_px: int = 512
    keep: float = 1.0
    within_m: tuple[float, float, float] | None = None


def linear_mean(picture: UInt8[Array, "h w c"]) -> Float[Array, "3"]:
    """Return the mean of an sRGB picture in linear light (3)."""
    light = linear_from_srgb(np.arange(256) / 255)
    counts = [np.bincount(picture[..., k].ravel(), minlength=256) for k in range(3)]
    return np.asarray(np.array(counts) @ light / picture[..., 0].size)
