"""What a scene gets from a run beside objects, and how it gets its own back."""

import json

import bpy


def fit_scene(
    scene: bpy.types.Scene, camera: bpy.types.Object, frame_count: int, size_px: tuple[int, int]
) -> None:
    """Give a scene a run's length, picture size, camera and world; its own are remembered.

    Args:
        scene: The open scene.
        camera: The run's camera.
        frame_count: Frames of the run, counted from 0.
        size_px: Width and height of its pictures [px].
    """
    known = scene.worldreel
    if not known.earlier:
        known.earlier = json.dumps(
            {
                "frame_start": scene.frame_start,
                "frame_end": scene.frame_end,
                "resolution_x": scene.render.resolution_x,
                "resolution_y": scene.render.resolution_y,
                "resolution_percentage": scene.render.resolution_percentage,
            }
        )
        known.earlier_world, known.earlier_camera = scene.world, scene.camera
    scene.frame_start, scene.frame_end = 0, frame_count - 1
    scene.render.resolution_x, scene.render.resolution_y = size_px
    scene.render.resolution_percentage = 100
    scene.camera = camera
    if known.world is not None:
        scene.world = known.world


def unfit_scene(scene: bpy.types.Scene) -> None:
    """Give a scene back what it had before `fit_scene`."""
    known = scene.worldreel
    if not known.earlier:
        return
    earlier = json.loads(known.earlier)
    # The end first: Blender keeps the start below it.
    scene.frame_end, scene.frame_start = int(earlier["frame_end"]), int(earlier["frame_start"])
    scene.render.resolution_x = int(earlier["resolution_x"])
    scene.render.resolution_y = int(earlier["resolution_y"])
    scene.render.resolution_percentage = int(earlier.get("resolution_percentage", 100))
    scene.world, scene.camera = known.earlier_world, known.earlier_camera
    known.earlier, known.earlier_world, known.earlier_camera = "", None, None
