"""A Blender asset library is written: one .blend file for each catalogue, beside `FILE`."""

import re
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import bpy

from pipeline.blender_addon.asset_library.catalogues import catalogue_id, write_catalogues
from pipeline.blender_addon.asset_library.portraits import LENS_AT_ORIGIN, SKY, SUNS, Studio
from pipeline.blender_addon.asset_library.things import (
    Thing,
    bring_pictures,
    credit_text,
    shelf_of,
)
from pipeline.blender_addon.scene import marks
from pipeline.progress import Progress
from pipeline.run_folder.atomic import write_with
from render.blender.theatre import open_theatre
from scene_builder.blender.assemble import ID_PROPERTY
from scene_builder.blender.session import quiet
from scene_builder.model.errors import RunFolderError

STEP = "asset library"


def write_library(
    things: Iterable[Thing], folder: Path, *, progress: Progress, run: Path | None = None,
    previews: bool = True,
) -> Path:  # fmt: skip
    """Write things as an asset library; what else lies in the folder stays, as does what is open.

    Args:
        things: What it holds.
        folder: Where it goes.
        progress: Hears how many things are finished.
        run: The run whose pictures they wear, or None for worldreel's own.
        previews: Whether each gets a picture of its own.

    Returns:
        The folder.

    Raises:
        RunFolderError: If it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise RunFolderError(f"{folder} is a file; an asset library is a folder: name another")
    progress.begin(STEP)
    began = time.perf_counter()
    shelves: dict[str, list[Thing]] = {}
    for thing in things:
        shelves.setdefault(thing.catalogue, []).append(thing)
    total, done = sum(map(len, shelves.values())), 0
    write_catalogues(folder, shelves)
    for catalogue, group in sorted(shelves.items()):
        path = folder / f"{re.sub(r'[^a-z0-9]+', '_', catalogue.lower()).strip('_')}.blend"
        _write(tuple(group), path, run=run, previews=previews)
        done += len(group)
        spent = time.perf_counter() - began
        progress.frames(STEP, done, total, spent / done * (total - done), unit="thing")
    progress.end(STEP, time.perf_counter() - began, how="done")
    return folder


def _write(group: tuple[Thing, ...], path: Path, *, run: Path | None, previews: bool) -> None:
    shelf = shelf_of(group, SUNS, SKY)
    pictures = set(bpy.data.images)
    with tempfile.TemporaryDirectory(prefix="worldreel-") as name:
        root = bring_pictures(shelf, Path(name), run)
        with open_theatre(shelf, LENS_AT_ORIGIN, textures_root=root) as theatre:
            studio = Studio(theatre, Path(name))
            shown = [theatre.assembly.objects[body.id] for body in shelf.bodies]
            for thing, made in zip(group, shown, strict=True):
                _describe(made, thing)
                if previews:
                    studio.portray(made, shown)
            for image in set(bpy.data.images) - pictures:
                if image.source == "FILE" and image.packed_file is None:
                    image.pack()
            write_with(path, lambda temporary: _save(shown, temporary))


def _save(shown: Sequence[bpy.types.Object], path: Path) -> None:
    for made in shown:
        made.hide_render = False
    try:
        with quiet():
            bpy.data.libraries.write(str(path), set(shown), fake_user=True, compress=True)
    except (OSError, RuntimeError) as error:
        raise RunFolderError(f"cannot write {path}: {error}; check its folder") from error


def _describe(made: bpy.types.Object, thing: Thing) -> None:
    """Mark an object as an asset that becomes a body wherever it is dropped."""
    body = thing.body
    made.name = thing.title
    made.data.name = thing.title
    del made[ID_PROPERTY]
    made[marks.ROLE] = body.mobility
    made[marks.MASS] = float(body.mass_kg)
    made[marks.FRICTION] = float(body.friction)
    if thing.substance:
        made[marks.SUBSTANCE] = thing.substance
    made.asset_mark()
    about = made.asset_data
    about.catalog_id = catalogue_id(thing.catalogue)
    about.author, about.license = body.asset.author, body.asset.licence
    about.copyright = body.asset.author
    about.description = credit_text(body.asset)
    for tag in dict.fromkeys(filter(None, thing.tags)):
        about.tags.new(tag, skip_if_exists=True)
