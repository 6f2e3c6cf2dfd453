"""Tell what a .blend file plays: `python -m render.blender.blend_telling FILM.blend TOLD.npz`.

It takes the whole of Blender for itself, and is for a process of its own; see `blend_reading`.
"""

import sys
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from jaxtyping import Float

from render.blender.falling.drawing import FALLING_PROPERTY
from scene_builder.blender.assemble import ID_PROPERTY
from scene_builder.model.arrays import Array

BENT_FRAMES = 3
"""Of how many frames the form of what bends is read."""


def told(path: Path) -> dict[str, Any]:
    """Open a .blend file, without its scripts, and return what its scene plays.

    Returns:
        What `blend_reading.BlendFilm` holds, by name; forms as `bent ID`.

    Raises:
        RuntimeError: If Blender cannot open it.
        ValueError: If its scene has no camera, or no body of worldreel's.
    """
    bpy.ops.wm.open_mainfile(filepath=str(path), load_ui=False, use_scripts=False)
    scene = bpy.context.scene
    bodies = {t[ID_PROPERTY]: t for t in scene.objects if ID_PROPERTY in t}
    if not bodies or scene.camera is None:
        raise ValueError("its scene has no camera, or no body of worldreel's")
    first, last = scene.frame_start, scene.frame_end
    count = last - first + 1
    bending = {k: t for k, t in bodies.items() if t.data.shape_keys is not None}
    bent_frames = np.unique(np.linspace(0, count - 1, BENT_FRAMES).astype(int))
    poses, shown, seen, falling = [], [], [], []
    forms: dict[str, list[Array]] = {body_id: [] for body_id in bending}
    for frame in range(count):
        scene.frame_set(first + frame)
        poses.append([_matrix(thing) for thing in bodies.values()])
        shown.append([not thing.hide_render for thing in bodies.values()])
        seen.append(_matrix(scene.camera))
        falling.append(_falling(scene))
        if frame in bent_frames:
            for body_id, thing in bending.items():
                forms[body_id].append(_vertices(thing))
    return {
        "fps": scene.render.fps / scene.render.fps_base,
        "frames": (first, last),
        "body_ids": list(bodies),
        "world_from_body": poses,
        "shown": shown,
        "world_from_camera": seen,
        "bent_frames": bent_frames,
        "loose_pictures": np.array(_loose_pictures(scene), np.str_),
        "falling": falling,
    } | {f"bent {body_id}": np.array(form) for body_id, form in forms.items()}


def _matrix(thing: bpy.types.Object) -> list[list[float]]:
    return [list(row) for row in thing.matrix_world]


def _vertices(thing: bpy.types.Object) -> Float[Array, "v 3"]:
    """Return the vertices of what is seen of an object now, in the world (v 3) [m]."""
    evaluated = thing.evaluated_get(bpy.context.evaluated_depsgraph_get())
    places = np.zeros((len(evaluated.data.vertices), 3), np.float32)
    evaluated.data.vertices.foreach_get("co", places.ravel())
    matrix = np.array(thing.matrix_world)
    return np.asarray(places @ matrix[:3, :3].T + matrix[:3, 3])


def _falling(scene: bpy.types.Scene) -> int:
    """Return how many drops or flakes are drawn now."""
    sources = {thing.name for thing in scene.objects if FALLING_PROPERTY in thing}
    if not sources:
        return 0
    graph = bpy.context.evaluated_depsgraph_get()
    return sum(
        item.is_instance and item.parent is not None and item.parent.name in sources
        for item in graph.object_instances
    )


def _loose_pictures(scene: bpy.types.Scene) -> list[str]:
    """Return the pictures that the scene needs and that lie outside of the file."""
    for other in set(bpy.data.scenes) - {scene}:  # what else was open when it was saved
        bpy.data.scenes.remove(other)
    bpy.data.orphans_purge(do_recursive=True)
    return [i.name for i in bpy.data.images if i.source == "FILE" and i.packed_file is None]


if __name__ == "__main__":
    np.savez(sys.argv[2], **told(Path(sys.argv[1])))
