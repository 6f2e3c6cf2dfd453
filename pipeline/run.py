"""A run: a film, the folder that it lies in, and one writer at a time."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.cache import Cache, Site
from pipeline.film import Film
from pipeline.manifest import (
    Manifest,
    read_manifest,
    settings_document,
    settings_of,
    versions,
)
from pipeline.parts import Parts
from pipeline.progress import Progress
from pipeline.run_folder.documents import read_scene
from pipeline.run_folder.folder import MANIFEST, RunFolder
from pipeline.run_folder.stage_file import read_stage
from pipeline.settings import Options, Settings, settings_from
from pipeline.steps.read import SCENE, graph_of
from pipeline.steps.stage import STAGE
from scene_builder.model.digest import digest
from scene_builder.model.errors import RunFolderError
from scene_builder.model.graph import SceneGraph

RUNS = Path("runs")
SLUG_CHARACTERS = 48


@contextmanager
def open_film(
    source: str | SceneGraph | Path, options: Options, *, out: Path | None, progress: Progress
) -> Iterator[Film]:
    """Hold a run folder while its film is made.

    Args:
        source: Words, a scene graph, or an existing run folder to go on with; where `out` is
            another folder, a new run is made there of its scene.
        options: What the user typed.
        out: The run folder; None derives it from the words.
        progress: Who hears about the work.

    Raises:
        RunFolderError: If the folder cannot be used, or another program is writing it.
        SettingsError: If an option is outside of what is allowed.
        UnknownNameError: If an option names something that there is not.
    """
    if isinstance(source, Path) and out is not None and out.resolve() != source.resolve():
        source = _scene_of(source)
    if isinstance(source, Path):
        with _continued(source, options, progress) as film:
            yield film
        return
    settings = settings_from(options)
    settings = replace(settings, out=out or RUNS / slug(source, settings.seed))
    with held(settings, source, progress, fresh_source=True) as film:
        yield film


def slug(source: str | SceneGraph, seed: int) -> str:
    """Return the folder name of a run: its first words, and marks where words are left out."""
    words = source if isinstance(source, str) else source.prompt or source.title
    words = words or "-".join(entity.noun for entity in source.entities)  # type: ignore[union-attr]
    whole = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    name = whole[:SLUG_CHARACTERS].rsplit("-", 1)[0] if len(whole) > SLUG_CHARACTERS else whole
    if name != words.lower().replace(" ", "-") or isinstance(source, SceneGraph):
        content = source if isinstance(source, str) else digest(source)
        name = f"{name}-{hashlib.sha256(content.encode()).hexdigest()[:4]}".strip("-")
    return f"{name}-s{seed}" if seed else name


@contextmanager
def _continued(path: Path, options: Options, progress: Progress) -> Iterator[Film]:
    """Go on with the run in a folder, with the settings that it was begun with."""
    folder = RunFolder(path)
    if not folder.exists:
        raise RunFolderError(f"{path} holds no run; give words, a scene.json or a run folder")
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None and (folder / MANIFEST).exists():
        progress.note(f"{MANIFEST} was damaged; what lies in the folder is taken as it stands")
    settings = settings_from(options, out=path, earlier=settings_of(manifest))
    source = _source_of(folder, manifest)
    with held(settings, source, progress, fresh_source=False) as film:
        yield film


def _scene_of(path: Path) -> str | SceneGraph:
    folder = RunFolder(path)
    if not folder.exists:
        raise RunFolderError(f"{path} holds no run; give words, a scene.json or a run folder")
    if (folder / SCENE).exists():
        return read_scene(folder / SCENE)
    return _source_of(folder, read_manifest(folder / MANIFEST))


def _source_of(folder: RunFolder, manifest: Manifest | None) -> str | SceneGraph:
    if manifest is not None and manifest.from_words:
        return manifest.prompt
    if (folder / SCENE).exists():
        return read_scene(folder / SCENE)
    if (folder / STAGE).exists():
        return graph_of(read_stage(folder / STAGE))
    raise RunFolderError(f"{folder.path} holds neither {SCENE} nor {STAGE} to begin from")


@contextmanager
def held(
    settings: Settings, source: str | SceneGraph, progress: Progress, *, fresh_source: bool
) -> Iterator[Film]:
    """Hold the run folder that settings name while its film is made.

    Args:
        settings: What holds for the run, with the folder.
        source: Words, or a scene graph.
        progress: Who hears about the work.
        fresh_source: Whether the user gave the source now; if not, it is that of the folder.
    """
    assert settings.out is not None
    parts = Parts(settings)
    parts.check()
    folder = RunFolder(settings.out)
    with folder.prepared(), folder.locked():
        earlier = read_manifest(folder / MANIFEST) or Manifest()
        mark = digest(source)
        cache = Cache(
            Site(folder=folder, progress=progress, jobs=settings.jobs),
            fresh=fresh_source and earlier.source != mark,
            manifest=earlier,
        )
        words = source if isinstance(source, str) else source.prompt
        cache.update(
            prompt=words, from_words=isinstance(source, str), seed=settings.seed,
            source=mark if fresh_source else earlier.source or mark,
            settings=settings_document(settings), versions=versions(),
        )  # fmt: skip
        yield Film(source, parts, cache)
