"""Motion as keyframes: what a saved .blend plays."""

from collections.abc import Mapping

import bpy
import numpy as np
from jaxtyping import Float32, Shaped

from physics.trajectory import Trajectory
from render.camera_track import CameraTrack
from scene_builder.blender.assemble import Assembly
from scene_builder.model.arrays import Array

_CONSTANT, _LINEAR = 0, 1
"""Blender's numbers for how a curve runs between keys."""


def keyframe(
    assembly: Assembly,
    trajectory: Trajectory,
    track: CameraTrack,
    *,
    scene: bpy.types.Scene,
    camera: bpy.types.Object,
) -> None:
    """Give every body and the camera one key a frame, and the scene its length.

    Args:
        assembly: The bodies' objects.
        trajectory: How they move.
        track: How the camera moves.
        scene: Gets the frame range, the rate and the camera.
        camera: The camera's object.
    """
    scene.frame_start, scene.frame_end = 0, trajectory.frame_count - 1
    if trajectory.frame_count > 1:
        step = (trajectory.times[-1] - trajectory.times[0]) / (trajectory.frame_count - 1)
        # Blender keeps a whole number of frames and divides it: 23.976 is 24 / 1.001.
        scene.render.fps = max(1, round(1 / step))
        scene.render.fps_base = scene.render.fps * step
    for body_id in trajectory.body_ids:
        animate_body(assembly.objects[body_id], trajectory, body_id)
    animate(camera, {"location": track.positions, "rotation_quaternion": track.wxyz})
    camera.data.lens = track.lens.focal_length_mm
    camera.data.sensor_width = track.lens.sensor_width_mm
    camera.data.sensor_fit = "HORIZONTAL"
    scene.camera = camera
    scene.render.resolution_x, scene.render.resolution_y = track.lens.size_px


def animate_body(thing: bpy.types.Object, trajectory: Trajectory, body_id: str) -> None:
    """Give a body's object one key a frame: where it is, whether it is there, and its form.

    Args:
        thing: The body's object.
        trajectory: How it moves.
        body_id: Which body it is.
    """
    k = trajectory.body_ids.index(body_id)
    curves: dict[str, Shaped[Array, "f n"]] = {
        "location": trajectory.positions[:, k],
        "rotation_quaternion": trajectory.wxyz[:, k],
    }
    if not trajectory.present[:, k].all():
        hidden = ~trajectory.present[:, k, None]
        curves |= {"hide_render": hidden, "hide_viewport": hidden}
    animate(thing, curves)
    if body_id in trajectory.deform:
        _key_shapes(thing, trajectory, body_id)


def bent_vertices(motion: Trajectory, frame: int, body_id: str) -> Float32[Array, "v 3"]:
    """Return the vertices of a body that is not rigid, in its own frame (v 3) [m]."""
    world = np.asarray(motion.deform[body_id][frame], np.float64)
    local = motion.pose(frame, body_id).inverse() @ world
    return np.ascontiguousarray(local, np.float32)


def _key_shapes(thing: bpy.types.Object, motion: Trajectory, body_id: str) -> None:
    """Give an object one absolute shape key a frame, and a curve that runs through them."""
    for frame in range(motion.frame_count):
        key = thing.shape_key_add(name=f"frame {frame}", from_mix=False)
        key.data.foreach_set("co", bent_vertices(motion, frame, body_id).ravel())
        key.interpolation = "KEY_LINEAR"
    shapes = thing.data.shape_keys
    shapes.use_relative = False
    times = np.array([key.frame for key in shapes.key_blocks])
    action = bpy.data.actions.new(f"{thing.name} form")
    slot = action.slots.new(id_type="KEY", name=shapes.name)
    bag = action.layers.new("form").strips.new(type="KEYFRAME").channelbag(slot, ensure=True)
    _fill(bag.fcurves.new("eval_time"), times)
    data = shapes.animation_data_create()
    data.action = action
    data.action_slot = slot


def animate(thing: bpy.types.Object, curves: Mapping[str, Shaped[Array, "f n"]]) -> None:
    """Give an object an action of its own: one curve for each column, one key a frame.

    Args:
        thing: What moves; it turns by quaternions.
        curves: Values (f n) by property: location [m], rotation_quaternion (wxyz), ….
    """
    thing.rotation_mode = "QUATERNION"
    action = bpy.data.actions.new(thing.name)
    slot = action.slots.new(id_type="OBJECT", name=thing.name)
    bag = action.layers.new("motion").strips.new(type="KEYFRAME").channelbag(slot, ensure=True)
    for path, values in curves.items():
        for column in range(values.shape[1]):
            _fill(bag.fcurves.new(path, index=column), values[:, column])
    data = thing.animation_data_create()
    data.action = action
    data.action_slot = slot


def _fill(curve: bpy.types.FCurve, values: Shaped[Array, " f"]) -> None:
    count = len(values)
    keys = np.stack([np.arange(count), values.astype(np.float64)], axis=-1)
    kind = _CONSTANT if values.dtype == np.bool_ else _LINEAR
    curve.keyframe_points.add(count)
    curve.keyframe_points.foreach_set("co", keys.astype(np.float32).ravel())
    curve.keyframe_points.foreach_set("interpolation", np.full(count, kind, np.int32))
    curve.update()
