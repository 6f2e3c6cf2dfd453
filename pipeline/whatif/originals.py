"""The run that a question is asked of: only ever read."""

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from physics.trajectory import Trajectory
from pipeline.manifest import Manifest, read_manifest, settings_of
from pipeline.run_folder.atomic import explained, write_text
from pipeline.run_folder.checksums import is_intact
from pipeline.run_folder.documents import DamagedError, evidence_text, scene_text
from pipeline.run_folder.folder import FILM_DOCUMENT, MANIFEST, RunFolder
from pipeline.run_folder.motion_files import write_track
from pipeline.run_folder.pictures import Pictures, pictures_in
from pipeline.run_folder.stage_file import MESH_FOLDER, write_stage
from pipeline.run_folder.texture_files import texture_names, texture_path
from pipeline.settings import Settings
from pipeline.steps.motion import AIM, SIMULATE, TRACK, TRAJECTORY, checked
from pipeline.steps.read import EVIDENCE, READ, SCENE, graph_of
from pipeline.steps.stage import DIRECT, STAGE
from pipeline.steps.stylize import STYLIZE
from render.camera_track import CameraTrack
from scene_builder.model.errors import RunFolderError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import EditNote, Reading
from scene_builder.model.stage import Stage

_SEEN_BY = (
    "renderer", "samples", "size_px", "style", "style_image", "stylizer", "model", "model_options",
)  # fmt: skip
"""Settings that the pictures depend on, besides the shot."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Original:
    """A run as it lies in its folder.

    Attributes:
        run: The folder.
        reading: What the words say.
        stage: The stage as filmed.
        trajectory: How it moves.
        track: The camera; None if it was not placed yet.
        settings: What the run was made with.
        manifest: What is known of its steps.
    """

    run: RunFolder
    reading: Reading
    stage: Stage
    trajectory: Trajectory
    track: CameraTrack | None
    settings: Settings
    manifest: Manifest

    @property
    def graph(self) -> SceneGraph:
        """What the words say."""
        return self.reading.graph


def original_of(path: Path) -> Original:
    """Read a run.

    Raises:
        RunFolderError: If the folder holds no run, several shots, or no motion yet.
        SceneError: If a field of its documents is wrong.
    """
    run = RunFolder(path)
    if (run / FILM_DOCUMENT).exists():
        raise RunFolderError(
            f"{path} holds a film of several shots; ask about one of them, for example "
            f"{run / 'shots' / '00'}"
        )
    if not run.exists:
        raise RunFolderError(f"{path} holds no run; make one first, or give its folder")
    for name in (STAGE, TRAJECTORY):
        if not (run / name).exists():
            raise RunFolderError(
                f"{path} holds no {name} yet; take the steps up to the motion first: "
                f"worldreel simulate {path}"
            )
    manifest = read_manifest(run / MANIFEST) or Manifest()
    stage = DIRECT.load(run)
    track = AIM.load(run) if (run / TRACK).exists() else None
    settings = settings_of(manifest)
    if settings is None:
        settings = Settings() if track is None else Settings(size_px=track.lens.size_px)
    return Original(
        run=run, stage=stage, trajectory=checked(stage, SIMULATE.load(run)), track=track,
        reading=READ.load(run) if (run / SCENE).exists() else Reading(graph=graph_of(stage)),
        settings=settings, manifest=manifest,
    )  # fmt: skip


def pictures_of(original: Original, settings: Settings) -> Pictures | None:
    """Return the run's own pictures, if they are whole and were made in that way; else None."""
    ours = [getattr(original.settings, name) for name in _SEEN_BY]
    record = original.manifest.steps.get(STYLIZE.name)
    if ours != [getattr(settings, name) for name in _SEEN_BY] or record is None:
        return None
    files = record.files.items()
    if not record.finished or not all(is_intact(original.run / name, f) for name, f in files):
        return None
    try:
        pictures = pictures_in(original.run.styled)
    except DamagedError:
        return None
    return pictures if len(pictures) == original.trajectory.frame_count else None


def write_documents(
    folder: RunFolder, original: Original, stage: Stage, graph: SceneGraph, change: str,
    track: CameraTrack | None,
) -> None:  # fmt: skip
    """Write what a run of the changed stage begins with; the run itself makes the rest.

    Args:
        folder: The new run's folder.
        original: The run that it comes from; meshes and textures are shared with it.
        stage: The stage, changed.
        graph: What the words would say.
        change: What is otherwise, in words; "" for nothing.
        track: The camera; None lets the run place its own.
    """
    notes = original.reading.edits
    notes += (EditNote(text=change, editor="whatif"),) if change else ()
    reading = original.reading.model_copy(update={"graph": graph, "edits": notes})
    write_text(folder / EVIDENCE, evidence_text(reading))
    write_text(folder / SCENE, scene_text(graph))
    with explained(folder.path):
        for path in sorted((original.run / MESH_FOLDER).glob("*.glb")):
            _share(path, folder / MESH_FOLDER / path.name)
        for name in texture_names(stage):
            _share(texture_path(original.run.path, name), texture_path(folder.path, name))
    write_stage(folder / STAGE, stage)
    if track is not None:
        write_track(folder / TRACK, track)


def resized(track: CameraTrack | None, size_px: tuple[int, int]) -> CameraTrack | None:
    """Return a camera whose pictures have another size [px]."""
    if track is None or track.lens.size_px == size_px:
        return track
    return replace(track, lens=replace(track.lens, size_px=size_px))


def _share(path: Path, to: Path) -> None:
    """Have a file in two runs: it is only ever replaced whole, so both may be one on the disk."""
    if to.exists() or not path.is_file():
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, to)
    except OSError:  # another file system, or one without links
        shutil.copy2(path, to)
