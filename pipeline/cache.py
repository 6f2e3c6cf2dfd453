"""Steps are done once: a result stands as long as everything that it depends on does.

A step's key is the digest of its inputs, its settings and its version. The manifest holds the
key and the digest of every file of each finished step. A step is skipped if its key is the
same and its files are what they were. Files that a person changed or brought along (they can
be read, but are not what a step wrote) are taken as they stand; files that cannot be read any
more are made again, and the manifest says so.
"""

import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pipeline.manifest import Manifest, StepRecord, write_manifest
from pipeline.progress import Ending, Progress, Silent
from pipeline.run_folder.checksums import file_record, is_intact
from pipeline.run_folder.documents import DamagedError
from pipeline.run_folder.folder import MANIFEST, RunFolder
from scene_builder.model.digest import digest

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Done(Generic[Record]):
    """What a step returns.

    Attributes:
        record: Its result.
        notes: Choices it made, one sentence each.
        repairs: What it mended, one sentence each.
        figures: What it measured, by name.
    """

    record: Record
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a step that streams does its work.

    Attributes:
        folder: The run folder.
        progress: Who hears how far it is.
        jobs: How many processes may work at the same time; None for as many as pay.
    """

    folder: RunFolder
    progress: Progress = field(default_factory=Silent)
    jobs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[Record]):
    """What a step does, and how its result lies in the run folder.

    Attributes:
        name: The step's name.
        version: Counts up whenever the same inputs would give another result.
        work: Makes the result from the step's inputs, and knows nothing of caching.
        streams: `work` writes its result bit by bit, and is told the `site` by name.
        save: Writes the result and returns the files that it consists of.
        load: Reads the result; raises DamagedError if it cannot be read.
        document: The file that people may edit or bring along, if any.
    """

    name: str
    version: int
    work: Callable[..., Done[Record]]
    save: Callable[[RunFolder, Record], Sequence[Path]]
    load: Callable[[RunFolder], Record]
    document: str | None = None
    streams: bool = False


@dataclass(slots=True)
class Cache:
    """The results of one run.

    Attributes:
        site: Where they lie.
        fresh: The words are new: documents of an earlier run are not taken over.
        manifest: What is known about the results; kept on disk at every change.
    """

    site: Site
    fresh: bool = False
    manifest: Manifest = field(default_factory=Manifest)

    @property
    def folder(self) -> RunFolder:
        """The run folder."""
        return self.site.folder

    @property
    def progress(self) -> Progress:
        """Who hears about the work."""
        return self.site.progress

    def keep(self, step: Step[Record], inputs: Callable[[], Sequence[Any]]) -> Record:
        """Return the step's result: as it stands in the folder, or by doing the work.

        Args:
            step: What to do, and how its result lies in the folder.
            inputs: Returns everything that the result depends on.
        """
        began = time.perf_counter()
        given = self._given(step)
        if given is not None:
            return self._ended(step, given, began, "given")
        values = inputs()
        key = key_of(step, values)
        began = time.perf_counter()
        self.progress.begin(step.name)
        repairs: list[str] = []
        kept = self._kept(step, key, repairs)
        if kept is not None:
            return self._ended(step, kept, began, "kept")
        done = self._done(step, key, values, repairs)
        return self._ended(step, done.record, began, "done")

    def adopt(self, step: Step[Record], inputs: Sequence[Any], record: Record) -> None:
        """Enter a result that is known without the step's work, as if the step had made it.

        Args:
            step: Whose result it is.
            inputs: What the step would have made it from.
            record: The result.
        """
        earlier = self.manifest.steps.get(step.name)
        notes = (earlier.notes, earlier.repairs) if earlier else ((), ())
        figures = earlier.figures if earlier else {}
        self._remember(step.name, StepRecord(key=key_of(step, inputs)))
        files = {self._name(path): file_record(path) for path in step.save(self.folder, record)}
        done = StepRecord(key=key_of(step, inputs), finished=True, files=files,
                          notes=notes[0], repairs=notes[1], figures=figures)  # fmt: skip
        self._remember(step.name, done)

    def update(self, **changes: Any) -> None:  # noqa: ANN401 - the manifest's fields
        """Change fields of the manifest, in memory and on disk."""
        self.manifest = self.manifest.model_copy(update=changes)
        write_manifest(self.folder / MANIFEST, self.manifest)

    def _done(
        self, step: Step[Record], key: str, values: Sequence[Any], repairs: list[str]
    ) -> Done[Record]:
        """Do the work, and remember what it left."""
        began = time.perf_counter()
        self._remember(step.name, StepRecord(key=key))
        done = step.work(*values, site=self.site) if step.streams else step.work(*values)
        files = step.save(self.folder, done.record)
        record = StepRecord(
            key=key,
            finished=True,
            files={self._name(path): file_record(path) for path in files},
            seconds=round(time.perf_counter() - began, 3),
            notes=done.notes,
            repairs=(*repairs, *done.repairs),
            figures=dict(done.figures),
        )
        self._remember(step.name, record)
        for text in done.repairs:
            self.progress.note(f"{step.name}: {text}")
        return done

    def _given(self, step: Step[Record]) -> Record | None:
        """Return a document that a person edited or brought along, or None."""
        if step.document is None or not (self.folder / step.document).exists():
            return None
        record = self.manifest.steps.get(step.name)
        if record is not None and not record.finished:
            return None
        known = record.files.get(step.document) if record else None
        if known is not None and is_intact(self.folder / step.document, known):
            return None
        if self.fresh:
            self._set_aside(step.document)
            return None
        try:
            given = step.load(self.folder)
        except DamagedError:
            return None
        return given

    def _kept(self, step: Step[Record], key: str, repairs: list[str]) -> Record | None:
        """Return an earlier result with the same key, or None."""
        record = self.manifest.steps.get(step.name)
        if record is None or not record.finished or record.key != key:
            return None
        try:
            self._check(record)
            return step.load(self.folder)
        except DamagedError as error:
            repairs.append(str(error))
            self.progress.note(f"{step.name}: {error}")
            return None

    def _check(self, record: StepRecord) -> None:
        for name, known in record.files.items():
            if not is_intact(self.folder / name, known):
                raise DamagedError(f"{name} was missing or damaged, and was made again")

    def _set_aside(self, name: str) -> None:
        path = self.folder / name
        aside = path.with_name(f"{path.stem}.earlier{path.suffix}")
        path.replace(aside)
        self.progress.note(f"{name} belonged to other words; it is now {aside.name}")

    def _remember(self, name: str, record: StepRecord) -> None:
        self.update(steps={**self.manifest.steps, name: record})

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder.path).as_posix()

    def _ended(self, step: Step[Record], record: Record, began: float, how: Ending) -> Record:
        self.progress.end(step.name, time.perf_counter() - began, how=how)
        return record


def key_of(step: Step[Any], inputs: Sequence[Any]) -> str:
    """Return the key of a step's result: its name, its version, and all that it is made from."""
    return digest([step.name, step.version, [identity(value) for value in inputs]])


def identity(value: object) -> object:
    """Return what names `value` in a key: its content, or for a part its class and options.

    A part (a reader, a renderer, …) may have an attribute `identity` that names whatever else
    its results depend on, such as the digest of its weights.
    """
    if isinstance(value, list | tuple):
        return [identity(item) for item in value]
    if hasattr(value, "identity"):
        return [_class_name(value), value.identity]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [_class_name(value), digest(value)]
    try:
        return digest(value)
    except TypeError:
        return _class_name(value)


def _class_name(value: object) -> str:
    return f"{type(value).__module__}:{type(value).__qualname__}"
