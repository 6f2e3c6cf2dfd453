"""A shot as a .blend file that anybody can open, play and render."""

from pathlib import Path

import bpy

from render.blender.falling.drawing import falling
from render.blender.keyframes import keyframe
from render.blender.settings import set_engine
from render.blender.theatre import open_theatre
from render.shot import Shot
from scene_builder.blender.assemble import Assembly
from scene_builder.blender.session import quiet
from scene_builder.model.errors import RunFolderError
from scene_builder.model.stage import Stage

SAMPLES = 64
CREDITS = "credits.txt"


def save_blend(
    shot: Shot,
    path: Path,
    *,
    credits: str = "",
    textures_root: Path | None = None,
    seed: int = 0,
) -> None:
    """Write a shot as a .blend file with keyframes; pictures lie inside of it.

    Rain and snow are objects whose node groups follow the scene's time.

    Each object tells in custom properties whose work it is: title, author, licence, licence_url
    and changes.

    The file opens in the shot's scene; it also holds whatever else Blender has open, so a
    process of its own should call this. What is open stays as it is.

    Args:
        shot: What to save.
        path: Where; its folder has to be there.
        credits: Whose work it shows: the text `credits.txt` inside of it; empty for none.
        textures_root: The folder that materials' picture files are relative to.
        seed: Seed of the run: where the wind of rain and snow comes from.

    Raises:
        RunFolderError: If the file cannot be written.
    """
    before = set(bpy.data.images)
    with open_theatre(shot.stage, shot.track, textures_root=textures_root) as theatre:
        scene = theatre.scene
        keyframe(
            theatre.assembly, shot.trajectory, shot.track, scene=scene, camera=theatre.camera
        )  # fmt: skip
        set_engine(scene, engine="cycles", samples=SAMPLES, denoise=True, device="cpu")
        _credit(theatre.assembly, shot.stage)
        page = _page(credits)
        try:
            with quiet(), falling(shot, scene, theatre.camera, seed=seed):
                for image in set(bpy.data.images) - before:
                    if image.source == "FILE" and not image.packed_file:
                        image.pack()
                _save_in_front(scene, path)
        except (OSError, RuntimeError) as error:
            raise RunFolderError(f"cannot write {path}: {error}; check its folder") from error
        finally:
            if page is not None:
                bpy.data.texts.remove(page)


def _page(credits: str) -> bpy.types.Text | None:
    """Return a text of Blender's that is kept though nothing uses it, or None for no words."""
    if not credits:
        return None
    page = bpy.data.texts.new(CREDITS)
    page.write(credits)
    page.use_fake_user = True
    return page


def _credit(assembly: Assembly, stage: Stage) -> None:
    """Write on each object whose work it is."""
    for body in stage.bodies:
        thing, work = assembly.objects[body.id], body.asset
        thing["title"], thing["author"] = work.name, work.author
        thing["licence"], thing["licence_url"] = work.licence, work.licence_url
        thing["changes"] = work.changes


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
