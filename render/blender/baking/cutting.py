"""Meshes made smaller: the faces of some slots, a disc out of a floor, fewer triangles."""

from collections.abc import Collection

import bmesh
import bpy
import numpy as np

from render.blender.baking.atlas import PLANNED

_SIDES = 72
"""Sides of a disc: its edge is off a circle by a thousandth of the radius."""
_MAX_CUT = 20_000
"""Faces above which the far ones are dropped before the disc is cut."""


def keep_slots(mesh: bpy.types.Mesh, slots: Collection[int]) -> None:
    """Drop the faces of all other slots, and the vertices that only they had."""
    made = bmesh.new()
    try:
        made.from_mesh(mesh)
        others = [face for face in made.faces if face.material_index not in slots]
        bmesh.ops.delete(made, geom=others, context="FACES")
        made.to_mesh(mesh)
    finally:
        made.free()


def cut_disc(mesh: bpy.types.Mesh, within_m: tuple[float, float, float]) -> None:
    """Cut a mesh to what is above or below a disc, and lay texture coordinates on from above.

    Args:
        mesh: What to cut.
        within_m: Middle x, middle y and radius [m], in the mesh's own frame.
    """
    x, y, radius = within_m
    made = bmesh.new()
    try:
        made.from_mesh(mesh)
        if len(made.faces) > _MAX_CUT:
            far = [face for face in made.faces if _is_far(face, x, y, radius)]
            bmesh.ops.delete(made, geom=far, context="FACES")
        for angle in np.arange(_SIDES) * 2 * np.pi / _SIDES:
            way = (float(np.cos(angle)), float(np.sin(angle)), 0.0)
            bmesh.ops.bisect_plane(
                made, geom=[*made.verts, *made.edges, *made.faces], dist=1e-7,
                plane_co=(x + radius * way[0], y + radius * way[1], 0.0), plane_no=way,
                clear_outer=True,
            )  # fmt: skip
        layer = made.loops.layers.uv.verify()
        for face in made.faces:
            for loop in face.loops:
                place = loop.vert.co
                loop[layer].uv = (
                    0.5 + 0.5 * (place.x - x) / radius, 0.5 + 0.5 * (place.y - y) / radius
                )  # fmt: skip
        bmesh.ops.triangulate(made, faces=made.faces[:])
        made.to_mesh(mesh)
    finally:
        made.free()
    mesh[PLANNED] = True


def thin_out(thing: bpy.types.Object, keep: float) -> None:
    """Keep a share of an object's triangles (Garland and Heckbert 1997).

    The object must be in the scene in front.
    """
    modifier = thing.modifiers.new("fewer", "DECIMATE")
    modifier.ratio = keep
    graph = bpy.context.evaluated_depsgraph_get()
    fewer = bpy.data.meshes.new_from_object(thing.evaluated_get(graph), depsgraph=graph)
    thing.modifiers.remove(modifier)
    thing.data = fewer


def _is_far(face: bmesh.types.BMFace, x: float, y: float, radius: float) -> bool:
    """Whether no corner of a face can lie on the disc."""
    middle = face.calc_center_median()
    return bool(np.hypot(middle.x - x, middle.y - y) > radius + face.calc_perimeter())
