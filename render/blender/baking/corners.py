"""A Blender mesh as arrays: one corner for each place, normal and texture coordinate."""

import bpy
import numpy as np
from jaxtyping import Float32, Int32

from scene_builder.model.arrays import Array

VERTEX_ATTRIBUTE = "worldreel_vertex"
"""Per-vertex number in the body's mesh; −1 where cutting made a new vertex."""
_NORMAL_DIGITS, _UV_DIGITS = 3, 5
_TINY_M2 = 1e-14


class Corners:
    """The triangles of a mesh with welded corners.

    Attributes:
        points: (n 3) [m].
        normals: Unit (n 3).
        uv: (n 2).
        triangles: Corner indices (t 3); none is degenerate.
        vertex: Number in the body's mesh (n), or −1.
    """

    def __init__(self, mesh: bpy.types.Mesh) -> None:
        mesh.calc_loop_triangles()
        loops = _ints(mesh.loops, "vertex_index")
        places = _floats(mesh.vertices, "co", 3)[loops]
        normals = _floats(mesh.corner_normals, "vector", 3)
        layer = mesh.uv_layers.active
        uv = _floats(layer.uv, "vector", 2) if layer else np.zeros((len(loops), 2), np.float32)
        vertex = _numbers(mesh)[loops]
        key = np.concatenate(
            [places, normals.round(_NORMAL_DIGITS), uv.round(_UV_DIGITS), vertex[:, None]], axis=1
        )
        _, first, index = np.unique(key, axis=0, return_index=True, return_inverse=True)
        triangles = index.ravel()[_ints(mesh.loop_triangles, "loops", 3)].astype(np.int32)
        self.points, self.uv, self.vertex = places[first], uv[first], vertex[first]
        lengths = np.linalg.norm(normals[first], axis=1, keepdims=True)
        up = np.array([0.0, 0.0, 1.0], np.float32)
        self.normals = np.where(lengths > 0, normals[first] / np.maximum(lengths, 1e-12), up)
        self.triangles = triangles[_has_area(self.points, triangles)]


def _has_area(points: Float32[Array, "n 3"], triangles: Int32[Array, "t 3"]) -> Array:
    a, b, c = (points[triangles[:, k]].astype(np.float64) for k in range(3))
    crossed = np.cross(b - a, c - a)
    return np.asarray((crossed**2).sum(axis=1) > _TINY_M2**2)


def number_vertices(mesh: bpy.types.Mesh) -> None:
    """Write each vertex's number on it, so that it is known after cutting."""
    attribute = mesh.attributes.new(VERTEX_ATTRIBUTE, "INT", "POINT")
    attribute.data.foreach_set("value", np.arange(len(mesh.vertices), dtype=np.int32))


def _numbers(mesh: bpy.types.Mesh) -> Int32[Array, " v"]:
    if VERTEX_ATTRIBUTE not in mesh.attributes:
        return np.full(len(mesh.vertices), -1, np.int32)
    return _ints(mesh.attributes[VERTEX_ATTRIBUTE].data, "value")


def _floats(items: bpy.types.bpy_prop_collection, name: str, width: int) -> Array:
    values = np.zeros(len(items) * width, np.float32)
    items.foreach_get(name, values)
    return values.reshape(-1, width)


def _ints(items: bpy.types.bpy_prop_collection, name: str, width: int = 1) -> Array:
    values = np.zeros(len(items) * width, np.int32)
    items.foreach_get(name, values)
    return values.reshape(-1, width) if width > 1 else values
