"""From the open scene to a job, and from a finished job back to the scene."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bpy

from pipeline.blender_addon.interface.preferences import (
    key,
    reader_name,
    runs_folder,
    simulator_name,
)
from pipeline.blender_addon.job import Job
from pipeline.blender_addon.restaging.documents import write_edits
from pipeline.blender_addon.restaging.keeping import read_kept
from pipeline.blender_addon.running import KEY_VARIABLE
from pipeline.blender_addon.scene.gathering import gather
from pipeline.blender_addon.scene.lists import listed_graph, show_results
from pipeline.blender_addon.scene.placing import place
from pipeline.execution.sharing import CORES_VARIABLE
from pipeline.run import slug
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import DamagedError, read_scene, scene_text
from pipeline.run_folder.folder import RunFolder
from pipeline.steps.read import SCENE
from pipeline.steps.stage import STAGE
from scene_builder.model.errors import SettingsError

LIBRARY = "worldreel"
"""What the asset browser calls worldreel's own library."""
EDITS = "edits.json"
SHOWN_ANEW = ("build", "make")
SHOWN = (*SHOWN_ANEW, "simulate", "next_take")
REARRANGING = ("build", "make", "simulate", "next_take")
NEEDS_RUN = ("simulate", "next_take", "verify", "render", "stylize", "export")


def job_for(scene: bpy.types.Scene, operation: str, **more: str) -> Job:
    """Return the job that an operation on a scene is.

    What was edited in the panel's lists is written into the run, and what was changed by hand in
    the scene is gathered for it.

    Args:
        scene: The open scene.
        operation: One of `pipeline.blender_addon.job.OPERATIONS`.
        more: Further fields of the job.

    Raises:
        SettingsError: If there is neither a prompt nor a run.
        SceneError: If what was edited breaks its contract.
    """
    known = scene.worldreel
    if operation == "asset_library":
        return Job(operation=operation, run="", path=more["path"])
    source = more.pop("scene_file", "")
    fresh = operation in ("plan", "make", "build") and _is_new(known, source)
    if fresh:
        if not (known.prompt.strip() or source):
            raise SettingsError("no prompt given; say in a sentence what happens")
        known.run = known.run if more.pop("out", "") else str(_new_run(known, source))
        known.run_words = source or known.prompt
        known.take = 0
    run = Path(bpy.path.abspath(known.run)) if known.run else None
    if run is None or (operation in NEEDS_RUN and not RunFolder(run).exists):
        raise SettingsError("this scene has no run yet; write a prompt and press Build")
    more.pop("out", "")
    begun = not fresh and RunFolder(run).exists
    if begun and operation != "plan":
        _write_lists(known, run)
    edits = ""
    if operation in REARRANGING and not fresh and (known.keep or operation == "simulate"):
        edits = _gathered(scene, run, anew=operation != "simulate")
    known.take += operation == "next_take"
    return Job(
        operation=operation, run=str(run), edits=edits, number=known.take,
        keep=known.keep and not fresh,
        words="" if begun or source else known.prompt, scene="" if begun else source,
        options=options_of(scene), **more,
    )  # fmt: skip


def finish(scene: bpy.types.Scene, job: Job) -> None:
    """Show in a scene what a job has made."""
    run = Path(job.run)
    known = scene.worldreel
    if job.operation in SHOWN:
        place(
            scene, run, fit=known.fit, anew=job.operation in SHOWN_ANEW,
            moving=job.operation != "build",
            own=None if job.operation == "simulate" else {x.body for x in read_kept(run).added},
        )  # fmt: skip
    if job.operation == "asset_library":
        _offer(Path(job.path))
    elif job.operation != "export":
        show_results(known, run)


def _offer(folder: Path) -> None:
    """Let the asset browser show a library."""
    libraries = bpy.context.preferences.filepaths.asset_libraries
    if all(Path(bpy.path.abspath(known.path)) != folder for known in libraries):
        libraries.new(name=LIBRARY, directory=str(folder))


def options_of(scene: bpy.types.Scene) -> dict[str, Any]:
    """Return a scene's choices as the fields of `Options`."""
    known, render = scene.worldreel, scene.render
    options: dict[str, Any] = {
        "seed": known.seed,
        "preset": known.preset,
        # Keys stand on frames: the film has the scene's own rate, so that it need not change.
        "fps": f"{render.fps / render.fps_base:.5f}".rstrip("0").rstrip("."),
        "reader": reader_name(),
        "simulator": simulator_name(),
    }
    if bpy.app.binary_path:
        options["jobs"] = 1
    if known.style.strip():
        options["style"] = known.style.strip()
    if known.duration > 0:
        options["duration"] = float(f"{known.duration:.6g}")
    if not known.fit:
        share = render.resolution_percentage / 100
        sizes = (render.resolution_x, render.resolution_y)
        options["size"] = "x".join(str(2 * max(1, round(size * share / 2))) for size in sizes)
    return options


@contextmanager
def own_environment() -> Iterator[None]:
    """Let a job in this process find the key, and start no helpers where there can be none."""
    changes = {KEY_VARIABLE: key()} if key() else {}
    if bpy.app.binary_path:
        changes[CORES_VARIABLE] = "1"
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _is_new(known: bpy.types.PropertyGroup, source: str) -> bool:
    words = source or known.prompt
    return bool(words) and (not known.run or words != known.run_words)


def _new_run(known: bpy.types.PropertyGroup, source: str) -> Path:
    begin = read_scene(Path(source)) if source else known.prompt
    return runs_folder() / slug(begin, known.seed)


def _write_lists(known: bpy.types.PropertyGroup, run: Path) -> None:
    """Write the graph as the panel shows it, if it differs from the run's."""
    if not known.entities or not (run / SCENE).exists():
        return
    graph = read_scene(run / SCENE)
    listed = listed_graph(known, graph)
    if listed != graph:
        write_text(run / SCENE, scene_text(listed))


def _gathered(scene: bpy.types.Scene, run: Path, *, anew: bool) -> str:
    """Write what was changed by hand since the run was shown; "" if nothing was."""
    if scene.worldreel.collection is None or not (run / STAGE).exists():
        return ""
    try:
        edits = gather(scene, run)
    except DamagedError:
        if not anew:
            raise
        return ""  # what cannot be read is built anew
    if not edits:
        return ""
    write_edits(run / EDITS, edits)
    return str(run / EDITS)
