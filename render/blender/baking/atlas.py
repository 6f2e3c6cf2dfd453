"""Texture coordinates to bake on: the mesh's own where they will do, else unwrapped anew."""

import bpy
import numpy as np

from render.blender.baking.slots import wears_pictures_only

_LAYER = "baked"
_MARGIN = 0.008
"""Gap between islands as a part of the picture's edge."""
_ANGLE_RAD = 1.15
"""Faces that turn by less than this share an island."""
_SLACK = 1e-3


def lay_out(thing: bpy.types.Object) -> None:
    """Give an object the texture coordinates to bake on; it must be alone in the selection."""
    layers = thing.data.uv_layers
    if len(layers) and _fits(thing):
        layers.active_index = 0
        layers[0].active_render = True
        return
    made = layers.new(name=_LAYER, do_init=False)
    layers.active = made
    # The pictures that are baked from are laid on by the first, which stays the one rendered.
    bpy.ops.object.mode_set(mode="EDIT")
    try:
        bpy.ops.mesh.reveal()
        bpy.ops.mesh.select_all(action="SELECT")
        bpy.ops.uv.smart_project(angle_limit=_ANGLE_RAD, island_margin=_MARGIN)
    finally:
        bpy.ops.object.mode_set(mode="OBJECT")


def _fits(thing: bpy.types.Object) -> bool:
    """Whether the coordinates that are there stay in one picture, and only pictures vary."""
    layer = thing.data.uv_layers[0]
    uv = np.zeros(2 * len(layer.uv), np.float32)
    layer.uv.foreach_get("vector", uv)
    inside = bool((uv >= -_SLACK).all() and (uv <= 1 + _SLACK).all())
    planned = thing.data.get(PLANNED, False)
    return inside and (planned or all(wears_pictures_only(m) for m in thing.data.materials))


PLANNED = "worldreel_planned_uv"
"""Custom property of a mesh whose coordinates were made for baking."""
