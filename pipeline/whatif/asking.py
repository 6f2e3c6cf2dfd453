"""Asking: the take of a run is played again with a few things otherwise, and compared."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import final

from pipeline.film import Film
from pipeline.progress import Ending, Progress
from pipeline.run import held
from pipeline.run_folder.atomic import write_text
from pipeline.settings import Options, Settings, settings_from
from pipeline.whatif.altering import Altered, altered
from pipeline.whatif.changes import Change, Question, label_of, slug_of
from pipeline.whatif.comparing import (
    Comparison,
    Motion,
    Version,
    compared_endings,
    compared_events,
    compared_outcomes,
)
from pipeline.whatif.originals import Original, original_of, resized, write_documents
from render.camera_track import CameraTrack
from scene_builder.model.digest import digest
from scene_builder.model.errors import SettingsError

FOLDER, AS_FILMED, TABLE = "whatif", "as-filmed", "whatif.json"
LABELS = {True: "as filmed", False: "unchanged"}
_FIXED = ("seed", "fps", "duration", "reader", "assets", "licence", "takes")
"""Options that a take already has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question to a run.

    Attributes:
        original: The run.
        question: What is to be otherwise.
        settings: How it is simulated and rendered.
        follow: Whether each variant has a camera of its own; else all have the run's.
        out: Folder of all variants.
        progress: Who hears about the work.
    """

    original: Original
    question: Question
    settings: Settings
    follow: bool
    out: Path
    progress: Progress

    @property
    def folder(self) -> Path:
        """Where the comparison lies: for one variant, its own run folder."""
        return self.out / f"{self.question.slug}{'-follow' * self.follow}"

    def folder_of(self, changes: Sequence[Change]) -> Path:
        """Return the run folder of a variant; without changes, that of the take itself."""
        if not changes:
            return self.out / AS_FILMED
        return self.out / f"{slug_of(changes)}{'-follow' * self.follow}"

    @contextmanager
    def opened(self, changes: Sequence[Change], track: CameraTrack | None) -> Iterator[Film]:
        """Hold the run folder of a variant while something is made of it.

        Args:
            changes: What is otherwise; nothing plays the take itself again.
            track: The camera; None lets the variant place its own.
        """
        variant = self._altered(changes)
        settings = replace(self.settings, out=self.folder_of(changes))
        with held(settings, variant.graph, self.progress, fresh_source=False) as film:
            write_documents(
                film.cache.folder, self.original, variant.stage, variant.graph,
                label_of(changes), track,
            )  # fmt: skip
            yield film

    def version(self, changes: Sequence[Change]) -> Version:
        """Return what the comparison says of a variant."""
        return Version(
            label=label_of(changes),
            folder=self._relative(self.folder_of(changes)),
            changes=tuple(change.given for change in changes),
            notes=self._altered(changes).notes,
        )

    def first_version(self, *, same: bool) -> Version:
        """Return what the comparison says of the take itself."""
        folder = self.original.run.path if same else self.folder_of(())
        return Version(label=LABELS[same], folder=self._relative(folder))

    def _altered(self, changes: Sequence[Change]) -> Altered:
        original = self.original
        return altered(original.stage, original.graph, changes, seed=self.settings.seed)

    def _relative(self, folder: Path) -> str:
        return Path(os.path.relpath(folder.resolve(), self.folder.resolve())).as_posix()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What came of a question.

    Attributes:
        comparison: What differs.
        track: The camera that every version has, unless each has its own.
        same: Whether the simulator gives the run's motion again.
        table: whatif.json.
    """

    comparison: Comparison
    track: CameraTrack
    same: bool
    table: Path


def asking_of(
    run: Path, question: Question, options: Options, *, follow: bool, out: Path | None,
    progress: Progress,
) -> Asking:  # fmt: skip
    """Return a question to a run, checked: nothing is done or written yet.

    Args:
        run: The run folder.
        question: What is to be otherwise.
        options: What the user typed.
        follow: Whether each variant has a camera of its own.
        out: Folder of all variants; None is `whatif` in the run.
        progress: Who hears about the work.

    Raises:
        RunFolderError: If the folder holds no run, or one that does not move yet.
        SettingsError: If a change cannot be made, or an option would change what has to stay.
    """
    for name in _FIXED:
        if getattr(options, name) is not None:
            raise SettingsError(
                f"--{name} {getattr(options, name)} given; a what-if keeps the take as it is; "
                "allowed are --renderer, --preset, --size, --samples, --style, --stylizer, "
                "--simulator and --jobs"
            )
    original = original_of(run)
    settings = settings_from(options, earlier=original.settings)
    asking = Asking(
        original=original, question=question, settings=settings, follow=follow,
        out=out or run / FOLDER, progress=_Quieter(progress),
    )  # fmt: skip
    for changes in question.variants:
        asking.version(changes)
    return asking


def answered(asking: Asking) -> Answer:
    """Simulate every variant, and write what differs: whatif.json.

    The take itself is simulated again as well: only what the same simulator makes of both can
    be compared.

    Raises:
        SimulationError: If a motion is not finite.
    """
    original = asking.original
    asking.progress.note("the take as filmed")
    with asking.opened((), resized(original.track, asking.settings.size_px)) as film:
        before = Motion(stage=film.stage, trajectory=film.trajectory, track=film.track)
        track = film.track
    same = digest(before.trajectory) == digest(original.trajectory)
    after = []
    for changes in asking.question.variants:
        asking.progress.note(f"what if {label_of(changes)}?")
        with asking.opened(changes, None if asking.follow else track) as film:
            own = film.track if asking.follow else track
            after.append(Motion(stage=film.stage, trajectory=film.trajectory, track=own))
    comparison = Comparison(
        as_filmed=asking.first_version(same=same),
        variants=tuple(asking.version(changes) for changes in asking.question.variants),
        tolerance_secs=round(before.stage.timeline.frame_secs, 6),
        events=compared_events(before, after),
        outcomes=compared_outcomes(original.graph, before, after),
        endings=compared_endings(before, after),
        notes=() if same else (_other_motion(asking),),
    )
    table = asking.folder / TABLE
    write_text(table, comparison.model_dump_json(indent=1, by_alias=True) + "\n")
    return Answer(comparison=comparison, track=track, same=same, table=table)


def _other_motion(asking: Asking) -> str:
    return (
        f"the simulator {asking.settings.simulator!r} does not repeat the motion in "
        f"{asking.original.run.path} (it was made by another simulator or version, or edited), so "
        "everything is compared with the unchanged stage simulated now"
    )


@final
class _Quieter(Progress):
    """Says nothing of documents that are taken as they stand: all of a variant's are."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def begin(self, step: str) -> None:
        """Pass it on."""
        self._progress.begin(step)

    def frames(
        self, step: str, done: int, total: int, left_secs: float | None, *, unit: str = "frame"
    ) -> None:
        """Pass it on."""
        self._progress.frames(step, done, total, left_secs, unit=unit)

    def end(self, step: str, seconds: float, *, how: Ending) -> None:
        """Pass on what was made, or was there from an earlier question."""
        if how != "given":
            self._progress.end(step, seconds, how=how)

    def note(self, text: str) -> None:
        """Pass it on."""
        self._progress.note(text)
