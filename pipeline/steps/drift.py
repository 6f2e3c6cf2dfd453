"""The look is held against the truth of the frames: drift.json."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.cache import Done, Step
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import read_document
from pipeline.run_folder.folder import RunFolder
from pipeline.verify.drift import Drift, drift_figures
from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.painting.styles import Style

DOCUMENT = "drift.json"


def measure(
    shot: Shot, frames: Iterable[FrameBuffers], pictures: Iterable[Picture], style: Style
) -> Done[Drift]:
    """Measure what a style has done to a film; what breaks a bound is told as well.

    Args:
        shot: What was filmed.
        frames: Its frames with their truth.
        pictures: Its finished pictures.
        style: Whose bounds hold.
    """
    figures = drift_figures(shot, frames, pictures, style.kind, keeps_colors=style.keeps_colors)
    drift = Drift(style=style.name, figures=figures)
    return Done(drift, repairs=tuple(f"the look drifts: {text}" for text in drift.broken))


def _save(folder: RunFolder, drift: Drift) -> Sequence[Path]:
    write_text(folder / DOCUMENT, drift.model_dump_json(indent=1, by_alias=True) + "\n")
    return (folder / DOCUMENT,)


def _load(folder: RunFolder) -> Drift:
    return read_document(folder / DOCUMENT, Drift)


DRIFT = Step(name="drift", version=1, work=measure, save=_save, load=_load)
