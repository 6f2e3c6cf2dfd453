"""Our triangles as Blender meshes, without a Python loop over them."""

from dataclasses import replace

import bpy
import numpy as np
from jaxtyping import Float, Int

from scene_builder.blender.parts import PartAxes, part_axes
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh

GRAIN_ATTRIBUTE = "worldreel_grain"
"""Per-vertex unit vector along the part that the vertex belongs to; wood grain follows it."""
CENTRE_ATTRIBUTE = "worldreel_centre"
"""Per-vertex centre of that part [m], in the body's frame."""


def blender_mesh(
    mesh: Mesh, name: str, *, with_parts: bool = False, deforms: bool = False
) -> bpy.types.Mesh:
    """Make a Blender mesh of `mesh`: same vertices, same triangles, in the same order.

    Args:
        mesh: What to copy; the body's frame becomes the object's frame.
        name: A name to show; Blender may change it.
        with_parts: Also store each part's axis and centre, which the wood shader reads.
        deforms: Keep every vertex at its number, because a motion names them.

    Returns:
        A mesh with smooth faces, creases above `mesh.sharp_angle_deg`, uv if there is one,
        and material indices; its material slots are empty. Where there is a uv, vertices that
        stand twice on its seams become one: light must not see the seam.
    """
    made = bpy.data.meshes.new(name)
    triangle_count = len(mesh.triangles)
    places, triangles = (mesh.vertices, mesh.triangles) if deforms else _without_seams(mesh)
    made.vertices.add(len(places))
    made.loops.add(3 * triangle_count)
    made.polygons.add(triangle_count)
    corners = np.ascontiguousarray(triangles, dtype=np.int32).ravel()
    made.vertices.foreach_set("co", np.ascontiguousarray(places, np.float32).ravel())
    made.loops.foreach_set("vertex_index", corners)
    made.polygons.foreach_set("loop_start", np.arange(0, 3 * triangle_count, 3, dtype=np.int32))
    made.polygons.foreach_set("material_index", np.ascontiguousarray(mesh.material_index))
    if mesh.uv is not None:
        layer = made.uv_layers.new(name="uv", do_init=False)
        uv = mesh.uv[mesh.triangles.ravel()]
        layer.uv.foreach_set("vector", np.ascontiguousarray(uv, np.float32).ravel())
    if with_parts:
        welded = replace(mesh, vertices=places, triangles=triangles, uv=None)
        _store_parts(made, part_axes(welded))
    made.update(calc_edges=True)
    made.shade_smooth()
    made.set_sharp_from_angle(angle=float(np.deg2rad(mesh.sharp_angle_deg)))
    return made


def _without_seams(mesh: Mesh) -> tuple[Float[Array, "w 3"], Int[Array, "t 3"]]:
    """Return vertices (w 3) [m] without doubles on the seams of a uv, and triangles of them."""
    if mesh.uv is None:
        return mesh.vertices, mesh.triangles
    places, index = np.unique(mesh.vertices, axis=0, return_inverse=True)
    welded = index.reshape(-1)[mesh.triangles]
    doubled = (welded == np.roll(welded, 1, axis=1)).any()
    return (mesh.vertices, mesh.triangles) if doubled else (places, welded)


def _store_parts(made: bpy.types.Mesh, parts: PartAxes) -> None:
    for name, values in ((GRAIN_ATTRIBUTE, parts.axes), (CENTRE_ATTRIBUTE, parts.centres)):
        attribute = made.attributes.new(name, "FLOAT_VECTOR", "POINT")
        attribute.data.foreach_set("vector", np.ascontiguousarray(values, np.float32).ravel())
