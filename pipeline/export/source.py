"""What exporters take from a run folder."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.run_folder.documents import read_scene
from pipeline.run_folder.motion_files import read_track, read_trajectory
from pipeline.run_folder.stage_file import read_stage
from render.dressed import DressedSurface, Order
from render.shot import Shot
from scene_builder.assets.decompose import cache_folder
from scene_builder.model.errors import SceneError


def shot_of(run: Path) -> Shot:
    """Return the shot of a run.

    Raises:
        RunFolderError: If the run lacks stage, motion or camera.
    """
    return Shot(
        stage=read_stage(run / "stage.json"),
        trajectory=read_trajectory(run / "trajectory.npz"),
        track=read_track(run / "track.npz"),
    )


def words_of(run: Path, shot: Shot) -> str:
    """Return what a run was made from, else what is on its stage."""
    try:
        words = read_scene(run / "scene.json").prompt
    except SceneError:
        words = ""
    nouns = dict.fromkeys(b.noun for b in shot.stage.bodies if b.entity is not None)
    return words or ", ".join(nouns)


def surfaces_of(
    run: Path, shot: Shot, orders: Mapping[str, Order]
) -> Mapping[str, tuple[DressedSurface, ...]]:
    """Return the surfaces of a run's bodies; what was baked before is not baked again.

    Args:
        run: The run folder, where its pictures lie.
        shot: What is there.
        orders: What is wanted of which body.

    Raises:
        AssetError: If a texture cannot be read.
        RenderError: If Blender cannot bake.
    """
    from render.blender.baking.store import SurfaceStore
    from render.blender.baking.surfaces import dressed_surfaces

    store = SurfaceStore(cache_folder() / "surfaces")
    return dressed_surfaces(shot, orders, textures_root=run.resolve(), store=store)
