"""From a page to a film of several shots: the table of contents.

plan → for each shot: read → … → verify → cut
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pipeline.cache import Cache, Site
from pipeline.credits import CREDITS, credit_line, credits_text
from pipeline.film import Film
from pipeline.manifest import Manifest, read_manifest, settings_document, settings_of, versions
from pipeline.parts import Parts
from pipeline.progress import Progress
from pipeline.run import RUNS, held, slug
from pipeline.run_folder.atomic import explained, write_text
from pipeline.run_folder.checksums import is_intact
from pipeline.run_folder.documents import read_scene
from pipeline.run_folder.folder import FILM_DOCUMENT, MANIFEST, RunFolder
from pipeline.run_folder.pictures import Pictures
from pipeline.settings import Options, Settings, settings_from
from pipeline.shots.cut import CUT
from pipeline.shots.film_file import SHOTS, mend_shots, read_film, shot_folder
from pipeline.shots.plan import PLAN
from pipeline.steps.read import SCENE
from scene_builder.language.reader import Reader
from scene_builder.language.shots.film_plan import FilmPlan
from scene_builder.model.digest import digest
from scene_builder.model.documents.film_document import FilmDocument
from scene_builder.model.errors import RunFolderError
from scene_builder.model.stage import Stage

FilmSource = str | FilmDocument | Path
"""A page, a film document, or the folder of a film."""


@dataclass
class ShotFilm:
    """Everything that becomes of `source`, a page or a film document, made when first asked for."""

    source: str | FilmDocument
    settings: Settings
    cache: Cache
    _pictures: dict[int, Pictures] = field(default_factory=dict)
    _stages: dict[int, Stage] = field(default_factory=dict)

    @cached_property
    def plan(self) -> FilmPlan:
        """The shots, and what was read for each."""
        plan = self.cache.keep(PLAN, lambda: (self.source, self._reader()))
        record = self.cache.manifest.steps.get(PLAN.name)
        known = record.files.get(FILM_DOCUMENT) if record else None
        edited = known is None or not is_intact(self.cache.folder / FILM_DOCUMENT, known)
        for note in mend_shots(self.cache.folder, plan.readings, film_rules=edited):
            self.cache.progress.note(note)
        return plan

    @contextmanager
    def shot(self, index: int) -> Iterator[Film]:
        """Hold the run folder of a shot while it is made; its pictures are kept for the cut."""
        folder = shot_folder(self.cache.folder, index)
        settings = replace(self.settings, out=folder.path)
        scene = read_scene(folder / SCENE)
        with held(settings, scene, self.cache.progress, fresh_source=False) as film:
            yield film
            self._stages[index] = film.stage
            self._pictures[index] = film.pictures

    @property
    def film(self) -> Path:
        """The whole film, film.mp4, and whose work it shows; every shot has to be made before."""
        shots = self.plan.film.shots
        stages = [self._stages[k] for k in range(len(shots))]
        write_text(self.cache.folder / CREDITS, credits_text(stages))
        pictures = [self._pictures[k] for k in range(len(shots))]
        captions = [shot.caption for shot in shots]
        size_px, fps, tags = self.settings.size_px, self.settings.fps, self._tags(stages)
        return self.cache.keep(CUT, lambda: (pictures, captions, fps, size_px, tags))

    def _reader(self) -> Reader | None:
        return None if isinstance(self.source, FilmDocument) else Parts(self.settings).reader()

    def _tags(self, stages: list[Stage]) -> dict[str, str]:
        film = self.plan.film
        comment = f"text: {film.text}; seed: {self.settings.seed}; made with worldreel"
        comment += credit_line(stages)
        return {"title": film.title or "worldreel", "comment": comment}


@contextmanager
def open_shots(
    source: FilmSource, options: Options, *, out: Path | None, progress: Progress
) -> Iterator[ShotFilm]:
    """Hold the folder of a film while its shots are made.

    Args:
        source: A page, a film document, or the folder of a film to go on with.
        options: What the user typed; it holds for every shot.
        out: The folder; None derives it from the words.
        progress: Who hears about the work.

    Raises:
        RunFolderError: If the folder cannot be used, or another program is writing it.
        SettingsError: If an option is outside of what is allowed.
        UnknownNameError: If an option names something that there is not.
    """
    fresh = not isinstance(source, Path)
    if isinstance(source, Path):
        manifest = read_manifest(source / MANIFEST)
        settings = settings_from(options, out=source, earlier=settings_of(manifest))
        source = _continued(source, manifest)
    else:
        settings = settings_from(options)
        settings = replace(settings, out=out or RUNS / slug(_words(source), settings.seed))
    Parts(settings).check()
    assert settings.out is not None
    folder = RunFolder(settings.out)
    with folder.prepared(), folder.locked(), _place_for_shots(folder):
        earlier = read_manifest(folder / MANIFEST) or Manifest()
        mark = digest(source)
        site = Site(folder=folder, progress=progress, jobs=settings.jobs)
        cache = Cache(site, fresh=fresh and earlier.source != mark, manifest=earlier)
        cache.update(
            prompt=_words(source), from_words=isinstance(source, str), seed=settings.seed,
            source=mark if fresh else earlier.source or mark,
            settings=settings_document(settings), versions=versions(),
        )  # fmt: skip
        yield ShotFilm(source, settings, cache)


def _continued(path: Path, manifest: Manifest | None) -> str | FilmDocument:
    if manifest is not None and manifest.from_words:
        return manifest.prompt
    if (path / FILM_DOCUMENT).exists():
        return read_film(path / FILM_DOCUMENT)
    raise RunFolderError(f"{path} holds no {FILM_DOCUMENT} to begin from")


def _words(source: str | FilmDocument) -> str:
    if isinstance(source, str):
        return source
    return source.text or source.title or source.shots[0].caption or "film"


@contextmanager
def _place_for_shots(folder: RunFolder) -> Iterator[None]:
    """Make the folder by which a film of several shots is known; leave none that is empty."""
    with explained(folder / SHOTS):
        (folder / SHOTS).mkdir(exist_ok=True)
    try:
        yield
    finally:
        with suppress(OSError):
            (folder / SHOTS).rmdir()
