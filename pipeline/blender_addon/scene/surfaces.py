"""Triangles of a Blender object, with its modifiers, in its own frame."""

from dataclasses import dataclass

import bpy
import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array
from scene_builder.model.errors import SceneError

Points = Float[Array, "v 3"]
MOST_TRIANGLES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Triangles:
    """What is seen of an object.

    Attributes:
        vertices: Corners (v 3), in the object's frame, unscaled.
        triangles: Corner indices (t 3), sorted by slot.
        slots: Material slot of each triangle (t), never decreasing.
    """

    vertices: Float[Array, "v 3"]
    triangles: Int[Array, "t 3"]
    slots: Int[Array, " t"]

    def seated(self, scale: Float[Array, "3"]) -> tuple[Points, Float[Array, "3"]]:
        """Return its corners as a body has them, and where the object's origin is then.

        Args:
            scale: The object's scale (3).

        Returns:
            Corners (v 3) [m] with the middle of their base at the origin, as single precision
            keeps them; and the object's origin (3) [m] in that frame.
        """
        points = self.vertices * scale
        low, high = points.min(axis=0), points.max(axis=0)
        base = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
        return np.asarray(points - base, np.float32), -base


def drawn_extents(thing: bpy.types.Object) -> Float[Array, "3"]:
    """Return how large a mesh object's own mesh is along its axes (3) [m], unscaled."""
    corners = np.zeros(3 * len(thing.data.vertices), np.float32)
    thing.data.vertices.foreach_get("co", corners)
    return np.asarray(np.ptp(corners.reshape(-1, 3), axis=0), np.float64)


def surface_of(thing: bpy.types.Object) -> Triangles:
    """Return the surface of a mesh object as it is seen, modifiers included.

    Raises:
        SceneError: If it has no faces, or too many.
    """
    graph = bpy.context.evaluated_depsgraph_get()
    shown = thing.evaluated_get(graph)
    mesh = shown.to_mesh()
    try:
        mesh.calc_loop_triangles()
        count = len(mesh.loop_triangles)
        if not 0 < count <= MOST_TRIANGLES:
            raise SceneError(
                f"{thing.name!r} has {count} triangles; a body has 1 to {MOST_TRIANGLES}"
            )
        vertices = np.zeros(3 * len(mesh.vertices), np.float32)
        mesh.vertices.foreach_get("co", vertices)
        triangles, slots = np.zeros(3 * count, np.int32), np.zeros(count, np.int32)
        mesh.loop_triangles.foreach_get("vertices", triangles)
        mesh.loop_triangles.foreach_get("material_index", slots)
    finally:
        shown.to_mesh_clear()
    order = np.argsort(slots, kind="stable")
    _, dense = np.unique(slots[order], return_inverse=True)
    # Slots that no face uses would be materials that nobody sees.
    kept = dense if len(np.unique(slots)) == 1 else slots[order]
    return Triangles(
        vertices=np.asarray(vertices.reshape(-1, 3), np.float64),
        triangles=triangles.reshape(-1, 3)[order],
        slots=np.asarray(kept, np.int32),
    )
