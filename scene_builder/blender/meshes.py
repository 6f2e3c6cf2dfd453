"""Our triangles as Blender meshes, without a Python loop over them."""

import bpy
import numpy as np

from scene_builder.blender.parts import PartAxes, part_axes
from scene_builder.model.mesh import Mesh

GRAIN_ATTRIBUTE = "worldreel_grain"
"""Per-vertex unit vector along the part that the vertex belongs to; wood grain follows it."""
CENTRE_ATTRIBUTE = "worldreel_centre"
"""Per-vertex centre of that part [m], in the body's frame."""


def blender_mesh(mesh: Mesh, name: str, *, with_parts: bool = False) -> bpy.types.Mesh:
    """Make a Blender mesh of `mesh`: same vertices, same triangles, in the same order.

    Args:
        mesh: What to copy; the body's frame becomes the object's frame.
        name: A name to show; Blender may change it.
        with_parts: Also store each part's axis and centre, which the wood shader reads.

    Returns:
        A mesh with smooth faces, creases above `mesh.sharp_angle_deg`, uv if there is one,
        and material indices; its material slots are empty.
    """
    made = bpy.data.meshes.new(name)
    triangle_count = len(mesh.triangles)
    made.vertices.add(len(mesh.vertices))
    made.loops.add(3 * triangle_count)
    made.polygons.add(triangle_count)
    corners = np.ascontiguousarray(mesh.triangles, dtype=np.int32).ravel()
    made.vertices.foreach_set("co", np.ascontiguousarray(mesh.vertices, np.float32).ravel())
    made.loops.foreach_set("vertex_index", corners)
    made.polygons.foreach_set("loop_start", np.arange(0, 3 * triangle_count, 3, dtype=np.int32))
    made.polygons.foreach_set("material_index", np.ascontiguousarray(mesh.material_index))
    if mesh.uv is not None:
        layer = made.uv_layers.new(name="uv", do_init=False)
        layer.uv.foreach_set("vector", np.ascontiguousarray(mesh.uv[corners], np.float32).ravel())
    if with_parts:
        _store_parts(made, part_axes(mesh))
    made.update(calc_edges=True)
    made.shade_smooth()
    made.set_sharp_from_angle(angle=float(np.deg2rad(mesh.sharp_angle_deg)))
    return made


def _store_parts(made: bpy.types.Mesh, parts: PartAxes) -> None:
    for name, values in ((GRAIN_ATTRIBUTE, parts.axes), (CENTRE_ATTRIBUTE, parts.centres)):
        attribute = made.attributes.new(name, "FLOAT_VECTOR", "POINT")
        attribute.data.foreach_set("vector", np.ascontiguousarray(values, np.float32).ravel())
