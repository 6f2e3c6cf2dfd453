"""The film is held against the laws of motion and the words: certificate.json, report.json."""

from collections.abc import Callable, Sequence
from pathlib import Path

from physics.simulator import Simulator
from physics.trajectory import Trajectory
from pipeline.cache import Cache, Done, Step
from pipeline.manifest import Manifest
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.checksums import is_intact
from pipeline.run_folder.documents import DamagedError, read_document
from pipeline.run_folder.folder import RunFolder
from pipeline.steps.render import RENDER, Frames
from pipeline.steps.stage import DIRECT, STAGE
from pipeline.steps.stylize import STYLIZE
from pipeline.verify.claims.look import judge_look
from pipeline.verify.drifting.record import Drift
from pipeline.verify.report import Report
from pipeline.verify.verify import certify as judge_laws
from pipeline.verify.verify import verify as judge
from render.shot import Shot
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading
from scene_builder.model.stage import Stage

CERTIFICATE = "certificate.json"
REPORT = "report.json"


def certify(
    graph: SceneGraph, stage: Stage, trajectory: Trajectory, simulator: Simulator | None = None
) -> Done[Report]:
    """Judge what the laws of motion demand; no look that a film gets later changes it.

    Args:
        graph: What the words say.
        stage: The stage as filmed.
        trajectory: How it moved.
        simulator: Moves the stage once more with half the step, where that is quick; None does not.
    """
    return Done(judge_laws(graph, stage, trajectory, simulator))


def verify(
    reading: Reading,
    shot: Shot,
    frames: Frames | None,
    certified: Report,
    robustness: str = "",
    drift: Drift | None = None,
) -> Done[Report]:
    """Judge every claim about the film.

    Args:
        reading: What the words say.
        shot: Stage, motion and camera.
        frames: What was rendered; None if nothing was.
        certified: What the laws of motion say of it.
        robustness: What the director found out about it, in words.
        drift: What the look has done to its pictures; None if they are only tone-mapped.
    """
    seen = frames.visibility if frames is not None else None
    read_frame = frames.store.read if frames is not None else None
    report = judge(
        reading, shot.stage, shot.trajectory, shot.track, seen,
        read_frame=read_frame, certified=certified,
    )  # fmt: skip
    changes: dict[str, object] = {"robustness": robustness}
    if drift is not None:
        looks = judge_look(reading.graph, shot.stage, drift)
        changes |= {"claims": (*report.claims, *looks), "figures": report.figures + drift.figures}
    return Done(report.model_copy(update=changes))


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


def _step(name: str, version: int, file: str, work: Callable[..., Done[Report]]) -> Step[Report]:
    """Return a step whose report is kept in a file of the run."""

    def save(folder: RunFolder, report: Report) -> Sequence[Path]:
        write_text(folder / file, report.model_dump_json(indent=1, by_alias=True) + "\n")
        return (folder / file,)

    def load(folder: RunFolder) -> Report:
        return read_document(folder / file, Report)

    return Step(name=name, version=version, work=work, save=save, load=load)


CERTIFY = _step("certify", 3, CERTIFICATE, certify)
VERIFY = _step("verify", 11, REPORT, verify)


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
    proofs = CERTIFY.name, VERIFY.name
    earlier = {name: step for name, step in cache.manifest.steps.items() if name not in proofs}
    cache.update(steps=earlier)  # an earlier report is no proof
    moved = reading.graph, shot.stage, shot.trajectory, simulator
    certified = cache.keep(CERTIFY, lambda: moved)
    safe = robustness_text(cache.manifest, cache.folder)
    drift = _measured(cache) if frames is not None else None
    return cache.keep(VERIFY, lambda: (reading, shot, frames, certified, safe, drift))


def _measured(cache: Cache) -> Drift | None:
    """Return what is known about the look of a run's pictures."""
    styled = cache.manifest.steps.get(STYLIZE.name)
    if styled is None or not styled.finished:
        return None
    try:
        return STYLIZE.load(cache.folder).drift
    except DamagedError as error:
        cache.progress.note(f"{error}; the look is left out of the report")
        return None
