"""A door: where a user moved things in Blender. What comes in is checked like any document."""

from collections.abc import Mapping

import bpy
import numpy as np

from scene_builder.blender.assemble import ID_PROPERTY
from scene_builder.model.errors import SceneError
from scene_builder.model.pose import Pose

SCALE_TOLERANCE = 1e-4
REACH_M = 1000.0
"""Farthest from the origin that a body may be [m]."""


def read_back(collection: bpy.types.Collection) -> Mapping[str, Pose]:
    """Return where each body's object in `collection` stands now, by body id.

    Objects without worldreel's custom property are the user's own, and left out. Parents and
    constraints count: what is read is the object's place in the world.

    Raises:
        SceneError: If an object was scaled, sheared, mirrored, moved out of reach, or copied
            together with its id.
    """
    layer = bpy.context.view_layer
    if layer is not None:
        layer.update()
    poses: dict[str, Pose] = {}
    for thing in collection.all_objects:
        body_id = thing.get(ID_PROPERTY)
        if body_id is None:
            continue
        if not isinstance(body_id, str) or not body_id:
            raise SceneError(
                f"object {thing.name!r} has {ID_PROPERTY} = {body_id!r}; it must be a body's id"
            )
        if body_id in poses:
            raise SceneError(
                f"two objects say that they are {body_id!r}; delete the copy, or its "
                f"custom property {ID_PROPERTY}"
            )
        poses[body_id] = _pose(body_id, thing)
    return poses


def _pose(body_id: str, thing: bpy.types.Object) -> Pose:
    matrix = np.array(thing.matrix_world, np.float64)
    linear, position = matrix[:3, :3], matrix[:3, 3]
    if not np.isfinite(matrix).all() or np.abs(position).max() > REACH_M:
        raise SceneError(
            f"{body_id} stands at {position.tolist()}; at most {REACH_M:g} m from the origin is "
            "allowed: move it back"
        )
    if np.abs(linear.T @ linear - np.eye(3)).max() > SCALE_TOLERANCE or np.linalg.det(linear) < 0:
        scale = np.linalg.norm(linear, axis=0).round(4).tolist()
        raise SceneError(
            f"{body_id} was scaled to {scale}; only moving and turning is read back: set the "
            "scale to 1, and say the size in words"
        )
    rotation = thing.matrix_world.to_quaternion()
    return Pose(position=position, wxyz=np.array(rotation[:], np.float64))
