"""A shot as a .blend file that anybody can open, play and render."""

from pathlib import Path

import bpy

from render.blender.keyframes import keyframe
from render.blender.settings import set_engine
from render.blender.theatre import open_theatre
from render.shot import Shot
from scene_builder.blender.session import quiet
from scene_builder.model.errors import RunFolderError

SAMPLES = 64


def save_blend(shot: Shot, path: Path, *, textures_root: Path | None = None) -> None:
    """Write a shot as a .blend file with keyframes.

    The file opens in the shot's scene; it also holds whatever else Blender has open, so a
    process of its own should call this. What is open stays as it is.

    Args:
        shot: What to save.
        path: Where; its folder has to be there.
        textures_root: The folder that materials' picture files are relative to.

    Raises:
        RunFolderError: If the file cannot be written.
    """
    with open_theatre(shot.stage, shot.track, textures_root=textures_root) as theatre:
        scene = theatre.scene
        keyframe(
            theatre.assembly, shot.trajectory, shot.track, scene=scene, camera=theatre.camera
        )  # fmt: skip
        set_engine(scene, engine="cycles", samples=SAMPLES, denoise=True, device="cpu")
        try:
            with quiet():
                _save_in_front(scene, path)
        except (OSError, RuntimeError) as error:
            raise RunFolderError(f"cannot write {path}: {error}; check its folder") from error


def _save_in_front(scene: bpy.types.Scene, path: Path) -> None:
    """Save a copy of everything, with one scene in front."""
    windows = bpy.context.window_manager.windows
    before = [window.scene for window in windows]
    for window in windows:
        window.scene = scene
    try:
        bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True, compress=True)
    finally:
        for window, shown in zip(windows, before, strict=True):
            window.scene = shown
