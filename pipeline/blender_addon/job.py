"""One piece of work on a run folder, small enough to be sent to another process."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.blender_addon.restaging.documents import read_edits
from pipeline.blender_addon.restaging.edited import edited
from pipeline.blender_addon.restaging.edits import Edits
from pipeline.blender_addon.restaging.keeping import (
    composed,
    fitting,
    pinned,
    read_kept,
    write_kept,
)
from pipeline.blender_addon.restaging.standing import build_anew, set_made_aside
from pipeline.blender_addon.takes import another_take
from pipeline.film import Film
from pipeline.plugins import create
from pipeline.progress import Progress
from pipeline.publish import publish
from pipeline.run import open_film
from pipeline.run_folder.documents import read_scene
from pipeline.run_folder.motion_files import read_trajectory
from pipeline.run_folder.stage_file import read_stage, write_stage
from pipeline.settings import Options
from pipeline.steps.encode import FILM
from pipeline.steps.motion import TRAJECTORY
from pipeline.steps.stage import STAGE
from pipeline.steps.verify import judge_so_far
from pipeline.stored import take_as_stored
from scene_builder.model.errors import SettingsError, StepError, WorldreelError
from scene_builder.model.stage import Stage


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
        keep: Whether edits by hand outlive a new build and another take.
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
    keep: bool = True
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
    if job.operation == "asset_library":
        return _asset_library(job, progress)
    source = job.words or (read_scene(Path(job.scene)) if job.scene else run)
    out = None if isinstance(source, Path) else run
    with open_film(source, Options(**job.options), out=out, progress=progress) as film:
        work(film, job)
    return run


def _plan(film: Film, job: Job) -> None:
    del job
    film.reading  # noqa: B018 - made when asked for


def _build(film: Film, job: Job) -> None:
    mine = _by_hand(film, job)
    if build_anew(film):
        mine = _that_fit(film, mine, film.stage)
    else:  # a stage that was brought along has its earlier edits
        write_kept(film.cache.folder.path, mine)
        mine = read_edits(Path(job.edits)) if job.edits and job.keep else Edits()
    if mine:
        _show(film, edited(film.stage, mine))


def _simulate(film: Film, job: Job) -> None:
    if job.edits:
        mine = read_edits(Path(job.edits))
        set_made_aside(film)
        _show(film, edited(film.stage, mine))
        run = Path(job.run)
        write_kept(run, composed(read_kept(run), mine, film.stage))
    film.track  # noqa: B018 - made when asked for


def _by_hand(film: Film, job: Job) -> Edits:
    """Return all that was changed by hand so far, unless the user gives it up."""
    run = Path(job.run)
    if not job.keep:
        write_kept(run, Edits())
        return Edits()
    known = read_kept(run)
    if not job.edits:
        return known
    new = read_edits(Path(job.edits))
    set_made_aside(film)
    return composed(known, new, edited(read_stage(run / STAGE), new))


def _that_fit(film: Film, mine: Edits, stage: Stage) -> Edits:
    """Keep those edits that can be made to a stage, and say which cannot."""
    kept, lost = fitting(mine, stage)
    if lost:
        film.cache.progress.note(
            f"your edits of {', '.join(lost)} are left out: the words give no such body any more, "
            "or another one of that name"
        )
    write_kept(film.cache.folder.path, kept)
    return kept


def _show(film: Film, stage: Stage) -> None:
    # A stage that a person changed is taken as it stands, like a file edited by hand.
    film.stage = stage
    write_stage(film.cache.folder / STAGE, stage)


def _next_take(film: Film, job: Job) -> None:
    mine = _that_fit(film, _by_hand(film, job), film.built)
    film.stage = another_take(
        pinned(edited(film.built, mine), mine), film.reading.graph, film.parts.simulator,
        seed=film.parts.settings.seed, number=job.number,
        tell=lambda done, total: film.cache.progress.frames(
            "next take", done, total, None, unit="take"
        ),
    )  # fmt: skip
    write_stage(film.cache.folder / STAGE, film.stage)
    film.track  # noqa: B018 - made when asked for


def _verify(film: Film, job: Job) -> None:
    del job
    path = film.cache.folder / TRAJECTORY
    if path.exists() and set(read_trajectory(path).body_ids) != set(film.stage.body_ids):
        raise StepError("it was built anew since it was simulated; press Re-simulate, then Verify")
    take_as_stored(film)
    report = judge_so_far(film.cache, film.reading, film.shot, film.parts.simulator)
    try:
        publish(film, report)
    except ModuleNotFoundError as error:
        film.cache.progress.note(f"no report.html: the package {error.name!r} is not installed")


def _make(film: Film, job: Job) -> None:
    _build(film, job)
    film.track  # noqa: B018 - made when asked for
    _verify(film, job)


def _render(film: Film, job: Job) -> None:
    del job
    film.frames  # noqa: B018 - made when asked for


def _stylize(film: Film, job: Job) -> None:
    del job
    film.film  # noqa: B018 - pictures, and the film of them


def _export(job: Job) -> Path:
    if job.export_to == "mp4" and not (Path(job.run) / FILM).exists():
        raise StepError("this run has no film yet; press Render and Stylize, then Export")
    made: Path = create("exporter", job.export_to).export(Path(job.run), _path_of(job))
    return made


def _asset_library(job: Job, progress: Progress) -> Path:
    from pipeline.blender_addon.asset_library.things import all_things
    from pipeline.blender_addon.asset_library.writing import write_library

    return write_library(all_things(), _path_of(job), progress=progress)


def _path_of(job: Job) -> Path:
    if not job.path:
        raise SettingsError("no path given; say where the export goes: filepath=…")
    return Path(job.path)


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
    "asset_library": lambda film, job: None,
}
"""What can be asked for; each does what the command of its name does."""


def explained(error: Exception) -> str:
    """Return one line for the user about an error of a step."""
    if isinstance(error, WorldreelError):
        return " ".join(str(error).split())
    if isinstance(error, MemoryError):
        return "not enough memory; try a smaller size or preset"
    return f"a defect of worldreel: {type(error).__name__}: {error}"
