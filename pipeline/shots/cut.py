"""The shots, one after the other, with their captions: film.mp4 and captions.srt."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from pipeline.cache import Done, Site, Step
from pipeline.encode.mp4 import encode_mp4
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.pictures import Pictures
from pipeline.shots.captions import Cue, cues_of, drawn, srt_of
from pipeline.steps.encode import FILM
from render.frames import Picture

CAPTIONS = "captions.srt"


def cut(
    shots: Sequence[Pictures], captions: Sequence[str], fps: Fraction, size_px: tuple[int, int],
    tags: dict[str, str], *, site: Site,
) -> Done[Path]:  # fmt: skip
    """Cut the shots together, with hard cuts, and draw the captions in."""
    counts = [len(pictures) for pictures in shots]
    cues = cues_of(captions, counts, size_px=size_px)
    frames = _captioned(shots, cues, sum(counts), site)
    path = encode_mp4(site.folder / FILM, frames, fps=fps, tags=tags)
    write_text(site.folder / CAPTIONS, srt_of(cues, float(fps)))
    return Done(path)


def _captioned(
    shots: Sequence[Pictures], cues: Sequence[Cue], total: int, site: Site
) -> Iterator[Picture]:
    lines = {k: cue.lines for cue in cues for k in range(cue.start, cue.end)}
    everything = (picture for pictures in shots for picture in pictures)
    for k, picture in enumerate(everything):
        yield drawn(picture, lines[k]) if k in lines else picture
        site.progress.frames("cut", k + 1, total, None)


def _save(folder: RunFolder, path: Path) -> Sequence[Path]:
    return path, folder / CAPTIONS


CUT: Step[Path] = Step(
    name="cut", version=1, work=cut, streams=True,
    save=_save, load=lambda folder: folder / FILM,
)  # fmt: skip
