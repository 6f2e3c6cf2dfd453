"""A finished run as a film for two eyes."""

import json
import math
import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import final

from pipeline.cache import Site
from pipeline.credits import CREDITS, credit_line, credits_text
from pipeline.encode.mp4 import encode_mp4
from pipeline.export.exporter import Exporter
from pipeline.export.spatial.container.entries import (
    StereoView,
    stereo_boxes,
    stereo_layout,
)
from pipeline.export.spatial.container.movie import movie
from pipeline.export.spatial.container.tagging import tagged
from pipeline.export.spatial.hevc.eyes import encode_eyes
from pipeline.export.spatial.hevc.merging import merged
from pipeline.export.spatial.pictures import Eye, side_by_side
from pipeline.export.spatial.rig import MOST_PARALLAX_DEG, Range, Rig, range_of, rig_for
from pipeline.film import Film
from pipeline.progress import Progress, Silent
from pipeline.run import open_film
from pipeline.run_folder.atomic import write_bytes, write_text
from pipeline.run_folder.documents import DamagedError
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.frame_store import FrameStore, stored_frames
from pipeline.run_folder.motion_files import write_track, write_trajectory
from pipeline.run_folder.stage_file import write_stage
from pipeline.run_folder.texture_files import texture_names
from pipeline.settings import Options
from pipeline.steps.encode import tags_of
from pipeline.steps.render import render
from pipeline.stored import take_as_stored
from render.shot import Shot
from scene_builder.model.errors import RunFolderError, SettingsError

LAYERS, ONE_PICTURE = "mv-hevc", "side-by-side"
PACKINGS = (LAYERS, ONE_PICTURE)
DEFAULT_BASELINE = "64mm"
"""How far apart grown people's eyes are, in the middle."""
MOST_BASELINE_MM = 1000.0
RIGHT_EYE = "right_eye"
_UNITS_MM = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "": 1.0}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SpatialExporter(Exporter):
    """The film for two eyes: spatial video, or both eyes side by side.

    The left eye is the film as it was rendered; the right eye is rendered now, into
    `export/right_eye` of the run, and goes on where it was broken off. Beside the film lie a sheet
    about its comfort (`.json`) and whose work it shows (`credits.txt`).

    Attributes:
        baseline: How far apart the eyes stand, such as `64mm`.
        packing: `mv-hevc` (layers of one stream, .mov) or `side-by-side` (.mp4).
        progress: Who hears how far it is.
    """

    baseline: str = DEFAULT_BASELINE
    packing: str = LAYERS
    progress: Progress = field(default_factory=Silent)

    def __post_init__(self) -> None:
        millimetres(self.baseline)
        if self.packing not in PACKINGS:
            raise SettingsError(f"--eyes {self.packing!r} given; allowed: {', '.join(PACKINGS)}")

    @property
    def file_name(self) -> str:
        """What the film is called unless another name is given; players know `_SBS`."""
        return "film_spatial.mov" if self.packing == LAYERS else "film_SBS.mp4"

    def export(self, run: Path, path: Path) -> Path:
        """Render the other eye of a run, and write both as one film."""
        with open_film(run, Options(), out=None, progress=self.progress) as film:
            take_as_stored(film)
            frames = _frames(film)
            seen = range_of(film.shot, frames)
            asked = millimetres(self.baseline)
            rig = rig_for(film.shot.track.lens, seen, baseline_mm=asked)
            told = _told(rig, seen, asked)
            if rig.baseline_mm < asked:
                self.progress.note(f"spatial: {told['baseline']}")
            right = Shot(
                stage=film.shot.stage,
                trajectory=film.shot.trajectory,
                track=rig.right_track(film.shot.track),
            )
            others = self._right_frames(film, right)
            first = frames.read(0)
            look = film.parts.look(film.reading)
            eyes = (
                Eye(shot=film.shot, frames=frames, look=look, metered=first),
                Eye(shot=right, frames=others, look=look, metered=first, cut=rig.cut),
            )
            self._write(film, eyes, rig, path)
        write_text(path.with_suffix(".json"), json.dumps(told, indent=2) + "\n")
        return path

    def _right_frames(self, film: Film, right: Shot) -> FrameStore:
        """Render what is missing of the right eye."""
        folder = RunFolder(film.cache.folder.path / "export" / RIGHT_EYE)
        # Whole, so that several processes can read it again while they share the work.
        for name in texture_names(right.stage):
            if not (folder / name).is_file():
                write_bytes(folder / name, (film.cache.folder / name).read_bytes())
        write_stage(folder / "stage.json", right.stage)
        write_trajectory(folder / "trajectory.npz", right.trajectory)
        write_track(folder / "track.npz", right.track)
        site = Site(folder=folder, progress=self.progress, jobs=film.parts.settings.jobs)
        return render(right, film.parts.renderer, site=site).record.store

    def _write(self, film: Film, eyes: tuple[Eye, Eye], rig: Rig, path: Path) -> None:
        fps: Fraction = film.stage.timeline.fps
        view = StereoView(baseline_mm=rig.baseline_mm, hfov_deg=rig.hfov_deg)
        write_text(path.with_name(CREDITS), credits_text([film.stage]))
        tags = tags_of(film.reading.graph, film.stage, film.parts.settings.seed)
        if self.packing == LAYERS:
            stream = merged(*encode_eyes(*eyes, fps=fps))
            owners = f"made with worldreel{credit_line([film.stage])}"
            told = {**tags, "copyright": owners}
            write_bytes(path, movie(stream, fps=fps, view=view, tags=told))
            return
        encode_mp4(path, side_by_side(*eyes), fps=fps, tags=tags)
        extra = stereo_layout("side") + stereo_boxes(view, packing="side")
        write_bytes(path, tagged(path.read_bytes(), extra))


def millimetres(text: str) -> float:
    """Read a distance such as `64mm`, `6.4cm` or `64`.

    Raises:
        SettingsError: If it is none, or no distance that eyes may have.
    """
    match = re.fullmatch(r"(\d+(?:\.\d*)?)\s*(mm|cm|m|)", text.strip().lower())
    value = float(match[1]) * _UNITS_MM[match[2]] if match else 0.0
    if not 1 <= value <= MOST_BASELINE_MM:
        raise SettingsError(f"--baseline {text!r} given; write 1mm to 1m, for example 64mm")
    return value


def _frames(film: Film) -> FrameStore:
    folder = film.cache.folder
    try:
        store = stored_frames(folder.frames, film.trajectory.frame_count)
        store.check()
    except DamagedError as error:
        raise RunFolderError(f"{error}; run `worldreel render {folder.path}` first") from error
    return store


def _told(rig: Rig, seen: Range, asked: float) -> dict[str, object]:
    """Return what is known about the comfort of a film, for its sheet."""
    near, far = rig.parallax_deg(seen.near_m), rig.parallax_deg(seen.far_m)
    why = f"{rig.baseline_mm:g} mm"
    if rig.baseline_mm < asked:
        why += (
            f" instead of {asked:g} mm: the film shows things from {seen.near_m:.2g} m to "
            f"{_metres(seen.far_m)}, and eyes bear {MOST_PARALLAX_DEG:g}° of parallax"
        )
    return {
        "baseline": why,
        "baseline_mm": rig.baseline_mm,
        "hfov_deg": round(rig.hfov_deg, 4),
        "zero_parallax_m": _number(rig.screen_m),
        "shift_px": rig.shift_px,
        "nearest_m": round(seen.near_m, 4),
        "farthest_m": _number(seen.far_m),
        "subject_m": round(seen.subject_m, 4),
        "nearest_parallax_deg": round(near, 4),
        "farthest_parallax_deg": round(far, 4),
        "most_parallax_deg": MOST_PARALLAX_DEG,
        "device": "structure verified; not tested on a headset",
    }


def _number(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _metres(value: float) -> str:
    return f"{value:.3g} m" if math.isfinite(value) else "the sky"
