"""A moving stage becomes frames with exact truth: storyboard.png, frames/, visibility.npz."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from pipeline.cache import Done, Site, Step, identity
from pipeline.execution.executor import Executor
from pipeline.execution.processes import LostWorkerError
from pipeline.execution.sharing import jobs_for, parts
from pipeline.manifest import versions
from pipeline.plugins import create
from pipeline.progress import Progress
from pipeline.run_folder.atomic import write_with
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.frame_store import FrameStore, stored_frames
from pipeline.run_folder.motion_files import read_visibility, write_visibility
from pipeline.steps.motion import AIM, SIMULATE
from pipeline.steps.stage import DIRECT
from pipeline.verify.outcomes import judge_outcomes
from pipeline.verify.report import HELD
from render.estimate import RenderEstimate
from render.frames import FrameBuffers
from render.renderer import Renderer
from render.shot import Shot
from render.visibility import Visibility, VisibilityMeter
from scene_builder.model.digest import digest
from scene_builder.model.reading import Reading

STORYBOARD_FILE, VISIBILITY = "storyboard.png", "visibility.npz"
GLANCE_SECS = 0.5
"""How often it is looked how many frames other processes have finished [s]."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The rendered frames of a shot, and what could be seen in them."""

    store: FrameStore
    visibility: Visibility

    @property
    def identity(self) -> str:
        """What names them in a key."""
        return self.store.identity

    def __iter__(self) -> Iterator[FrameBuffers]:
        """Yield the frames in order, from the disk."""
        return iter(self.store)

    def read(self, frame: int) -> FrameBuffers:
        """Return one frame, from the disk."""
        return self.store.read(frame)


@dataclass(frozen=True, slots=True)
class RenderTask:
    """Renders some frames of a run; it can be sent to another process.

    Attributes:
        run: The run folder, whose stage, motion and track are read again by the other process.
        renderer: What renders.
        store: Where the frames go.
    """

    run: RunFolder
    renderer: Renderer
    store: FrameStore

    def __call__(self, frames: range) -> int:
        """Render `frames` and return how many they are."""
        shot = Shot(
            stage=DIRECT.load(self.run),
            trajectory=SIMULATE.load(self.run),
            track=AIM.load(self.run),
        )
        return sum(1 for _ in _streamed(shot, self.renderer, self.store, frames))


def render(shot: Shot, renderer: Renderer, *, site: Site) -> Done[Frames]:
    """Render the frames that are not on the disk yet, and measure what can be seen.

    Args:
        shot: What to render.
        renderer: What renders it.
        site: Where the frames go, who hears about it, and how many processes share the work.

    Raises:
        RenderError: If a frame could not be made.
    """
    total = shot.trajectory.frame_count
    store = FrameStore(site.folder.frames, _content(shot, renderer), total)
    whole, repairs = store.open()
    meter = VisibilityMeter(shot.stage.body_ids, total)
    clock = _Clock(site.progress, total, done=len(whole))
    jobs = site.jobs or jobs_for(total - len(whole))
    if jobs > 1:
        whole = _shared(RenderTask(site.folder, renderer, store), clock, whole, site, jobs)
    for run in _missing(total, whole):
        for frame in _streamed(shot, renderer, store, run):
            meter.add(frame)
            clock.tick()
    for k in sorted(whole):
        meter.add(store.read(k))
    store.close()
    return Done(Frames(store, meter.result()), repairs=repairs)


def draw_storyboard(
    reading: Reading, shot: Shot, renderer: Renderer | None, *, site: Site
) -> Done[Path]:
    """Draw six frames of the shot as one picture, before the long work begins.

    Args:
        reading: What the words say; when their outcomes come true is shown first.
        shot: What to draw.
        renderer: What draws it; None is the quickest that looks good.
        site: Where the picture goes.
    """
    from render.storyboard import storyboard

    path = site.folder / STORYBOARD_FILE
    claims = judge_outcomes(reading.graph, shot.stage, shot.trajectory, shot.track)
    captions = [(c.time_secs, c.text) for c in claims if c.time_secs and c.status == HELD]

    def draw(temporary: Path) -> None:
        storyboard(
            shot.stage, shot.trajectory, shot.track, temporary, captions=captions, renderer=renderer
        )

    write_with(path, draw)
    return Done(path)


def _content(shot: Shot, renderer: Renderer) -> str:
    """Return a digest of everything that the frames depend on, Blender's version included."""
    return digest([digest(shot), str(identity(renderer)), versions().get("bpy", "")])


def _streamed(
    shot: Shot, renderer: Renderer, store: FrameStore, frames: range
) -> Iterator[FrameBuffers]:
    """Render frames, and yield each when it lies whole on the disk."""
    for frame in renderer.render(shot.stage, shot.trajectory, shot.track, frames=frames):
        store.add(frame)
        yield frame


class _Clock:
    """Tells how many frames are done and how many seconds are left.

    The first frame pays for opening the scene; the second is the probe, and only then is told
    how long the rest will take.
    """

    def __init__(self, progress: Progress, total: int, *, done: int) -> None:
        self._progress, self._total, self._done = progress, total, done
        self._estimate = RenderEstimate(frame_count=total - done)
        self._last = time.perf_counter()
        self._first: tuple[float, int] | None = None

    def tick(self) -> None:
        """Hear that one more frame is done."""
        now = time.perf_counter()
        self._estimate.took(now - self._last)
        self._last = now
        self._done += 1
        if self._estimate.later_secs or self._done == self._total:
            self._progress.frames("render", self._done, self._total, self._estimate.secs_left)

    def reach(self, done: int) -> None:
        """Hear that so many frames are done: several processes finish theirs in bursts."""
        now = time.perf_counter()
        if done <= self._done:
            return
        if self._first is None:
            self._first = (now, done)
        began, before = self._first
        self._done = done
        left = (self._total - done) * (now - began) / (done - before) if done > before else None
        self._progress.frames("render", done, self._total, left)


def _shared(task: RenderTask, clock: _Clock, whole: set[int], site: Site, jobs: int) -> set[int]:
    """Let several processes render what is missing; return what is whole afterwards.

    Raises:
        LostWorkerError: If a process dies, and their number was asked for; if it was not, the
            rest is left to this one.
    """
    executor: Executor = create("executor", "processes", jobs=jobs)
    missing = [*parts(_missing(task.store.frame_count, whole), jobs)]
    try:
        with _watched(task.store, clock):
            for _ in executor.map(task, missing):
                pass
    except LostWorkerError:
        if site.jobs is not None:
            raise
    return task.store.open()[0]


@contextmanager
def _watched(store: FrameStore, clock: _Clock) -> Iterator[None]:
    """Tell the clock what other processes have finished, as they go and at the end."""
    over = Event()

    def watch() -> None:
        while not over.wait(GLANCE_SECS):
            clock.reach(store.count)

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    clock.reach(store.count)


def _missing(total: int, whole: set[int]) -> list[range]:
    """Return the frames that are not there yet, as ranges."""
    runs: list[range] = []
    for k in sorted(set(range(total)) - whole):
        if runs and runs[-1].stop == k:
            runs[-1] = range(runs[-1].start, k + 1)
        else:
            runs.append(range(k, k + 1))
    return runs


def _save(folder: RunFolder, frames: Frames) -> Sequence[Path]:
    write_visibility(folder / VISIBILITY, frames.visibility)
    return folder / VISIBILITY, frames.store.journal


def _load(folder: RunFolder) -> Frames:
    visibility = read_visibility(folder / VISIBILITY)
    store = stored_frames(folder.frames, len(visibility.pixels))
    store.check()
    return Frames(store, visibility)


RENDER = Step(name="render", version=7, work=render, save=_save, load=_load, streams=True)
STORYBOARD: Step[Path] = Step(
    name="storyboard", version=7, work=draw_storyboard, streams=True,
    save=lambda folder, path: (path,), load=lambda folder: folder / STORYBOARD_FILE,
)  # fmt: skip
