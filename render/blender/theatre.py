"""A scene of our own inside of Blender: set up, moved, filmed, and taken down again."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import bpy
import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.blender.keyframes import bent_vertices
from render.camera_track import CameraTrack
from scene_builder.blender.assemble import Assembly, assemble
from scene_builder.blender.session import quiet
from scene_builder.model.arrays import Array
from scene_builder.model.errors import RenderError
from scene_builder.model.stage import Stage

CLIP_NEAR_M = 0.01
CLIP_FAR_M = 2000.0


class Theatre:
    """A stage assembled in a scene of its own, with a camera."""

    def __init__(self, scene: bpy.types.Scene, assembly: Assembly, track: CameraTrack) -> None:
        self.scene = scene
        self.assembly = assembly
        self._track = track
        data = bpy.data.cameras.new("camera")
        data.sensor_fit = "HORIZONTAL"
        data.lens = track.lens.focal_length_mm
        data.sensor_width = track.lens.sensor_width_mm
        data.clip_start, data.clip_end = CLIP_NEAR_M, CLIP_FAR_M
        self.camera = bpy.data.objects.new("camera", data)
        self.camera.rotation_mode = "QUATERNION"
        scene.collection.objects.link(self.camera)
        scene.camera = self.camera

    def show(self, frame: int, motion: Trajectory) -> None:
        """Put every body and the camera where they are at a frame."""
        for k, body_id in enumerate(motion.body_ids):
            thing = self.assembly.objects[body_id]
            thing.location = motion.positions[frame, k].tolist()
            thing.rotation_quaternion = motion.wxyz[frame, k].tolist()
            if body_id in motion.deform:
                bend(thing, motion, frame, body_id)
            thing.hide_render = not bool(motion.present[frame, k])
        self.camera.location = self._track.positions[frame].tolist()
        self.camera.rotation_quaternion = self._track.wxyz[frame].tolist()

    def film(self, folder: Path) -> dict[str, Float[Array, "h w 3"]]:
        """Render what is shown now; return linear passes by Blender's names for them.

        Args:
            folder: Where Blender may put a file for a moment.

        Raises:
            RenderError: If Blender renders nothing.
        """
        path = folder / "frame.exr"
        path.unlink(missing_ok=True)
        self.scene.render.filepath = str(path)
        try:
            with quiet():
                bpy.ops.render.render(write_still=True, scene=self.scene.name)
        except RuntimeError as error:
            raise RenderError(f"Blender could not render: {error}") from error
        if not path.is_file():
            raise RenderError(
                f"Blender's {self.scene.render.engine} gave no picture; "
                "try the engine 'cycles' on the device 'cpu'"
            )
        return _read_passes(path)


def bend(thing: bpy.types.Object, motion: Trajectory, frame: int, body_id: str) -> None:
    """Give the mesh of a body that is not rigid the form that it has at a frame."""
    thing.data.vertices.foreach_set("co", bent_vertices(motion, frame, body_id).ravel())
    thing.data.update()


@contextmanager
def open_theatre(
    stage: Stage,
    track: CameraTrack,
    *,
    textures_root: Path | None = None,
    volumes: bool = False,
) -> Iterator[Theatre]:
    """Assemble a stage in a new scene, and remove all that was added when done.

    Nothing that was in Blender before is touched.

    Args:
        stage: What is there.
        track: Who looks at it.
        textures_root: The folder that materials' picture files are relative to.
        volumes: Whether fog is a volume; engines that trace no paths show none worth the name.
    """
    before = {item.as_pointer() for item in _all_data()}
    added = []
    try:
        with quiet():
            scene = bpy.data.scenes.new("worldreel")
            collection = bpy.data.collections.new("worldreel")
            scene.collection.children.link(collection)
            assembly = assemble(stage, collection, textures_root=textures_root, volumes=volumes)
            scene.world = assembly.world
            theatre = Theatre(scene, assembly, track)
        added = [item for item in _all_data() if item.as_pointer() not in before]
        yield theatre
    finally:
        added = added or [item for item in _all_data() if item.as_pointer() not in before]
        _forget_engines(added)
        bpy.data.batch_remove([*_actions_of(added), *added])


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="worldreel-") as name:
        yield Path(name)


def _all_data() -> Iterator[bpy.types.ID]:
    for kind in (
        "scenes", "collections", "objects", "meshes", "materials", "lights", "worlds",
        "cameras", "images", "node_groups", "actions", "curves", "textures",
    ):  # fmt: skip
        yield from getattr(bpy.data, kind)


def _forget_engines(items: list[bpy.types.ID]) -> None:
    """Free the engine that a scene's last render kept.

    With persistent data, Blender keeps the engine and its dependency graph beyond the render, and
    also beyond the scene: the graph then points to freed memory, and whatever is linked next may
    crash the process. Turning the setting off frees both.
    """
    for scene in items:
        if isinstance(scene, bpy.types.Scene):
            scene.render.use_persistent_data = False


def _actions_of(items: list[bpy.types.ID]) -> list[bpy.types.Action]:
    """Return the actions that our own objects were given meanwhile."""
    moved = [item.animation_data for item in items if isinstance(item, bpy.types.Object)]
    keys = [item.shape_keys for item in items if isinstance(item, bpy.types.Mesh)]
    moved += [key.animation_data for key in keys if key is not None]
    return [data.action for data in moved if data is not None and data.action is not None]


def _read_passes(path: Path) -> dict[str, Float[Array, "h w 3"]]:
    import OpenEXR

    with OpenEXR.File(str(path), separate_channels=True) as file:
        # Blender 4 writes all passes into one part, Blender 5 each into a part of its own.
        channels = {
            n: channel.pixels for part in file.parts for n, channel in part.channels.items()
        }
    passes = {}
    for name in {channel.rpartition(".")[0] for channel in channels}:
        planes = [
            channels[f"{name}.{letter}"] for letter in "RGB" if f"{name}.{letter}" in channels
        ]
        if len(planes) == len("RGB"):
            passes[name.rpartition(".")[2]] = np.stack(planes, axis=-1).astype(np.float32)
    return passes
