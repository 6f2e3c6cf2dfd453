"""One piece of work on a run folder, small enough to be sent to another process."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.blender_addon.restaging.documents import read_edits
from pipeline.blender_addon.restaging.edited import edited
from pipeline.blender_addon.takes import another_take
from pipeline.film import Film
from pipeline.plugins import create
from pipeline.progress import Progress
from pipeline.publish import publish
from pipeline.run import open_film
from pipeline.run_folder.checksums import is_intact
from pipeline.run_folder.documents import read_scene
from pipeline.run_folder.stage_file import write_stage
from pipeline.settings import Options
from pipeline.steps.stage import DIRECT, STAGE
from pipeline.steps.verify import judge_so_far
from pipeline.stored import take_as_stored
from scene_builder.model.errors import SettingsError, WorldreelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What an operator asks for.

    Attributes:
        operation: One of `OPERATIONS`.
        words: A sentence to begin with, or "".
        scene: A scene graph's file to begin with, or "".
        run: The run folder: to go on with, or where the words' run goes.
        options: What the user chose, as the fields of `Options`.
        edits: A file of what was changed by hand, or "".
        number: Which take, for `next_take`.
        export_to: An exporter's name, for `export`.
        path: Where the export goes.
    """

    operation: str
    run: str
    words: str = ""
    scene: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    edits: str = ""
    number: int = 0
    export_to: str = ""
    path: str = ""

    def text(self) -> str:
        """Return the job as JSON."""
        return json.dumps(asdict(self))

    @staticmethod
    def of(text: str) -> "Job":
        """Return the job that `text` returned.

        Raises:
            SettingsError: If it is none.
        """
        try:
            return Job(**json.loads(text))
        except (ValueError, TypeError) as error:
            raise SettingsError(f"this is no job of the add-on: {error}") from error


def perform(job: Job, progress: Progress) -> Path:
    """Do a job, and return the run folder.

    Args:
        job: What to do.
        progress: Who hears about it.

    Raises:
        WorldreelError: If it cannot be done; the message says why, in one line.
    """
    work = OPERATIONS.get(job.operation)
    if work is None:
        raise SettingsError(f"{job.operation!r} given; there are: {', '.join(OPERATIONS)}")
    run = Path(job.run)
    if job.operation == "export":
        return _export(job)
    source = job.words or (read_scene(Path(job.scene)) if job.scene else run)
    out = None if isinstance(source, Path) else run
    with open_film(source, Options(**job.options), out=out, progress=progress) as film:
        work(film, job)
    return run


def _plan(film: Film, job: Job) -> None:
    del job
    film.reading  # noqa: B018 - made when asked for


def _build(film: Film, job: Job) -> None:
    del job
    _forget_edits(film)
    film.stage  # noqa: B018 - made when asked for


def _forget_edits(film: Film) -> None:
    """Set a stage aside that a person or another take has changed, so that it is built anew."""
    path = film.cache.folder / STAGE
    record = film.cache.manifest.steps.get(DIRECT.name)
    known = record.files.get(STAGE) if record is not None and record.finished else None
    if known is not None and path.exists() and not is_intact(path, known):
        path.replace(path.with_name("stage.earlier.json"))


def _simulate(film: Film, job: Job) -> None:
    if job.edits:
        # A stage that a person changed is taken as it stands, like a file edited by hand.
        film.stage = edited(film.stage, read_edits(Path(job.edits)))
        write_stage(film.cache.folder / STAGE, film.stage)
    film.track  # noqa: B018 - made when asked for


def _next_take(film: Film, job: Job) -> None:
    film.stage = another_take(
        film.built, film.reading.graph, film.parts.simulator,
        seed=film.parts.settings.seed, number=job.number,
        tell=lambda done, total: film.cache.progress.frames(
            "next take", done, total, None, unit="take"
        ),
    )  # fmt: skip
    write_stage(film.cache.folder / STAGE, film.stage)
    film.track  # noqa: B018 - made when asked for


def _verify(film: Film, job: Job) -> None:
    del job
    take_as_stored(film)
    report = judge_so_far(film.cache, film.reading, film.shot, film.parts.simulator)
    try:
        publish(film, report)
    except ModuleNotFoundError as error:
        film.cache.progress.note(f"no report.html: the package {error.name!r} is not installed")


def _make(film: Film, job: Job) -> None:
    _forget_edits(film)
    _simulate(film, job)
    _verify(film, job)


def _render(film: Film, job: Job) -> None:
    del job
    film.frames  # noqa: B018 - made when asked for


def _stylize(film: Film, job: Job) -> None:
    del job
    film.film  # noqa: B018 - pictures, and the film of them


def _export(job: Job) -> Path:
    if not job.path:
        raise SettingsError("no path given; say where the export goes")
    made: Path = create("exporter", job.export_to).export(Path(job.run), Path(job.path))
    return made


OPERATIONS: dict[str, Callable[[Film, Job], None]] = {
    "plan": _plan,
    "build": _build,
    "simulate": _simulate,
    "next_take": _next_take,
    "verify": _verify,
    "make": _make,
    "render": _render,
    "stylize": _stylize,
    "export": lambda film, job: None,
}
"""What can be asked for; each does what the command of its name does."""


def explained(error: Exception) -> str:
    """Return one line for the user about an error of a step."""
    if isinstance(error, WorldreelError):
        return " ".join(str(error).split())
    if isinstance(error, MemoryError):
        return "not enough memory; try a smaller size or preset"
    return f"a defect of worldreel: {type(error).__name__}: {error}"
