"""The film is held against the words: report.json."""

from collections.abc import Sequence
from pathlib import Path

from physics.simulator import Simulator
from pipeline.cache import Cache, Done, Step
from pipeline.manifest import Manifest
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.checksums import is_intact
from pipeline.run_folder.documents import DamagedError, read_document
from pipeline.run_folder.folder import RunFolder
from pipeline.steps.render import RENDER, Frames
from pipeline.steps.stage import DIRECT, STAGE
from pipeline.verify.report import Report
from pipeline.verify.verify import verify as judge
from render.shot import Shot
from scene_builder.model.reading import Reading

REPORT = "report.json"


def verify(
    reading: Reading,
    shot: Shot,
    frames: Frames | None,
    simulator: Simulator | None = None,
    robustness: str = "",
) -> Done[Report]:
    """Judge every claim about the film.

    Args:
        reading: What the words say.
        shot: Stage, motion and camera.
        frames: What was rendered; None if nothing was.
        simulator: Moves the stage once more with half the step, where that is quick; None does not.
        robustness: What the director found out about it, in words.
    """
    seen = frames.visibility if frames is not None else None
    report = judge(reading, shot.stage, shot.trajectory, shot.track, seen, simulator)
    return Done(report.model_copy(update={"robustness": robustness}))


def robustness_text(manifest: Manifest, folder: RunFolder) -> str:
    """Return in how many slightly changed takes it happens, in words.

    "" if none was tried, or if the stage is not the one that the director tried: edited since.
    """
    record = manifest.steps.get(DIRECT.name)
    known = record.files.get(STAGE) if record is not None and record.finished else None
    if record is None or known is None or not is_intact(folder / STAGE, known):
        return ""
    changed = round(record.figures.get("changed", 0.0))
    if not changed:
        return ""
    held = round(record.figures.get("robustness", 0.0) * changed)
    return f"holds in {held} of {changed} slightly changed takes"


def _save(folder: RunFolder, report: Report) -> Sequence[Path]:
    write_text(folder / REPORT, report.model_dump_json(indent=1, by_alias=True) + "\n")
    return (folder / REPORT,)


def _load(folder: RunFolder) -> Report:
    return read_document(folder / REPORT, Report)


VERIFY = Step(name="verify", version=7, work=verify, save=_save, load=_load)


def judge_so_far(
    cache: Cache, reading: Reading, shot: Shot, simulator: Simulator | None = None
) -> Report:
    """Judge a run anew from its files, as far as it has come; nothing is rendered for it."""
    rendered = cache.manifest.steps.get(RENDER.name)
    frames: Frames | None = None
    if rendered is not None and rendered.finished:
        try:
            frames = RENDER.load(cache.folder)
        except DamagedError as error:
            cache.progress.note(f"{error}; the frames are left out of the report")
    earlier = {name: step for name, step in cache.manifest.steps.items() if name != VERIFY.name}
    cache.update(steps=earlier)  # an earlier report is no proof
    safe = robustness_text(cache.manifest, cache.folder)
    return cache.keep(VERIFY, lambda: (reading, shot, frames, simulator, safe))
