"""How steady styles are: `python benchmarks/styles.py RUN ... [--frames 13] [--style oil ...]`.

    python benchmarks/styles.py --film runs/styles                     # ten films to measure on
    python benchmarks/styles.py runs/styles/* --stylizer diffusion     # the table
    python benchmarks/styles.py runs/styles/kitchen --stylizer diffusion --sheet docs/styles

Paints the first frames of rendered runs in each style, twice: with noise pinned to surfaces and
pictures fused along exact motion, as films are; and each frame for itself with noise of its own.
Prints, for each run and style: the warping error along exact flow at lag 1 and 8 of both and of
the plain picture (silhouettes left out), the texture that is left of what free noise gives (ratio
of the standard deviations of what a Gaussian of 2 px takes away), how far the worst body is found
from its place, and processor seconds a frame. The motion is the mean flow of the whole picture,
and behind the stroke that of what moves in it by half a pixel or more. `--sheet DIR` keeps a
picture of each: a still, and three frames in a row plain, painted, and painted with free noise.
"""

import argparse
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.frame_store import stored_frames
from pipeline.steps.motion import AIM, SIMULATE
from pipeline.steps.stage import DIRECT
from pipeline.verify.drift import LATER_FRAMES, drift_of
from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.diffusion.known import styles_known
from render.stylize.diffusion.stylizer import DiffusionStylizer
from render.stylize.painter import PAINTED, PainterStylizer
from render.stylize.painting.styles import STYLES
from render.stylize.plain import PlainStylizer
from render.stylize.stylizer import Stylizer
from scene_builder.model.graph import Look

FINE_PX = 2.0
MOVING_PX = 0.5
COLUMNS = ("1", "free", "plain", "8", "free", "plain")
HEAD = f"{'run':10} {'style':11} {'px':>10} " + " ".join(f"{name:>6}" for name in COLUMNS)
LIST = Path(__file__).with_suffix(".toml")
STYLIZERS = {"painter": PainterStylizer, "diffusion": DiffusionStylizer}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="*", type=Path)
    parser.add_argument("--film", type=Path, help="film what benchmarks/styles.toml lists, there")
    parser.add_argument("--stylizer", choices=tuple(STYLIZERS), default="painter")
    parser.add_argument("--frames", type=int, default=LATER_FRAMES + 5)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--style", action="append", choices=[style.name for style in STYLES])
    parser.add_argument("--sheet", type=Path)
    chosen = parser.parse_args(arguments)
    say(f"{HEAD} {'texture':>7} {'off px':>6} {'s':>5}")
    if chosen.film:
        film(chosen.film)
    known = PAINTED if chosen.stylizer == "painter" else styles_known()
    all_rows: dict[str, list[Row]] = {}
    for run in chosen.runs:
        shot, frames = frames_of(run, chosen.first, chosen.frames)
        for name in chosen.style or known:
            made = STYLIZERS[chosen.stylizer](style=name)
            began = time.process_time()
            painted = list(pictures_of(made, shot, frames))
            secs = (time.process_time() - began) / len(frames)
            free = [
                next(pictures_of(made, shot, [frame], seed=1 + k)) for k, frame in enumerate(frames)
            ]
            row = row_of(shot, frames, name, painted, free)
            all_rows.setdefault(name, []).append(row)
            say(f"{run.name:10} {name:11} {motion_px(frames):>10} {row.text()} {secs:5.2f}")
            if name in PAINTED and chosen.stylizer == "diffusion":
                say(errors_of(shot, frames[:: LATER_FRAMES // 2], name))
            if chosen.sheet:
                plain = list(pictures_of(PlainStylizer(), shot, frames))
                keep(chosen.sheet / f"{name}.jpg", plain, painted, free)
    for name, rows in all_rows.items() if len(chosen.runs) > 1 else ():
        middle, worst = (Row(*(f(part) for part in zip(*rows, strict=True)))
                         for f in (np.nanmedian, np.nanmax))  # fmt: skip
        say(f"{'median':10} {name:11} {'':10} {middle.text()}")
        say(f"{'most':10} {name:11} {'':10} {worst.text()}")
    return 0


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Row(NamedTuple):
    """What is measured of one film in one style; `Row.text` is a line of the table."""

    lag_1: float
    free_1: float
    plain_1: float
    lag_8: float
    free_8: float
    plain_8: float
    texture: float
    off_px: float

    def text(self) -> str:
        """Return the figures in columns."""
        errors = " ".join(f"{value:6.4f}" for value in self[:6])
        off = "     –" if np.isnan(self.off_px) else f"{self.off_px:6.2f}"
        return f"{errors} {self.texture:7.2f} {off}"


def film(out: Path) -> None:
    """Film what is listed and not there yet, with few frames a second: much moves in each."""
    for name, entry in tomllib.loads(LIST.read_text(encoding="utf-8")).items():
        line = ["worldreel", "render", entry["prompt"], "--out", str(out / name)]
        line += ["--duration", str(SECS), "--fps", str(FPS), "--preset", "draft", "--seed", "1"]
        subprocess.run(line, check=True)


SECS, FPS = 2.4, 7
"""Few frames a second: from one to the next much has moved."""


def frames_of(run: Path, first: int, count: int) -> tuple[Shot, list[FrameBuffers]]:
    """Return a run's shot, and some of its frames."""
    folder = RunFolder(run)
    shot = Shot(stage=DIRECT.load(folder), trajectory=SIMULATE.load(folder), track=AIM.load(folder))
    store = stored_frames(folder.frames, shot.trajectory.frame_count)
    last = min(first + count, shot.trajectory.frame_count)
    return shot, [store.read(k) for k in range(first, last)]


def motion_px(frames: Sequence[FrameBuffers]) -> str:
    """Return the mean length of the flow: of all pixels, and of those that move [px a frame]."""
    flows = [frame.flow_backward for frame in frames[1:]]
    long = np.concatenate(
        [np.linalg.norm(flow[np.isfinite(flow).all(-1)], axis=-1) for flow in flows]
    )
    return f"{long.mean():.1f}/{long[long > MOVING_PX].mean():.1f}"


def pictures_of(
    stylizer: Stylizer, shot: Shot, frames: Sequence[FrameBuffers], *, seed: int = 0
) -> Iterator[Picture]:
    """Yield the pictures of frames, painted one after the other."""
    return stylizer.stylize(shot, frames, Look(), np.random.default_rng(seed))


def row_of(
    shot: Shot, frames: list[FrameBuffers], name: str, painted: list[Picture], free: list[Picture]
) -> Row:
    """Return the figures of one run in one style."""
    style = next(one for one in STYLES if one.name == name)
    steady, loose = (
        {figure.name: figure for figure in drift_of(shot, frames, pictures, style).figures}
        for pictures in (painted, free)
    )
    told: list[float | None] = []
    for lag in (1, LATER_FRAMES):
        figure = steady[f"style_warp_error_{lag}"]
        told += [figure.value, loose[figure.name].value, float(figure.text.rsplit(" ", 1)[-1])]
    told += [texture_of(painted) / texture_of(free), steady["style_offset"].value]
    return Row._make(np.nan if value is None else float(value) for value in told)


def errors_of(shot: Shot, frames: Sequence[FrameBuffers], name: str) -> str:
    """Return how far the model's and the plain pictures are from the painter's, in words.

    Mean squared differences of pictures −1…1, each frame painted for itself from the same noise.
    """
    asked = (
        PainterStylizer(style=name, share=0),
        DiffusionStylizer(style=name, share=0),
        PlainStylizer(),
    )
    target, made, plain = (
        np.stack(list(pictures_of(one, shot, frames))).astype(np.float64) / 127.5 for one in asked
    )
    wrong, before = (float(np.square(other - target).mean()) for other in (made, plain))
    return (
        f"{'':22} from the painter's {wrong:.4f}, plain {before:.4f}, variance {target.var():.4f}"
    )


def texture_of(pictures: Sequence[Picture]) -> float:
    """Return the standard deviation of what is finer than 2 px, mean over pictures."""
    greys = [picture.astype(np.float64).mean(-1) for picture in pictures]
    return float(np.mean([(grey - gaussian_filter(grey, FINE_PX)).std() for grey in greys]))


def keep(
    path: Path, plain: Sequence[Picture], painted: Sequence[Picture], free: Sequence[Picture]
) -> None:
    """Save a still, and below it plain and free; beside them the last three frames of each."""
    rows = [
        np.concatenate([halved(picture) for picture in pictures[-3:]], axis=1)
        for pictures in (plain, painted, free)
    ]
    right = np.concatenate(rows)
    middle = len(painted) // 2
    below = np.concatenate([halved(plain[middle]), halved(free[middle])], axis=1)
    left = np.concatenate([painted[middle], below])
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.concatenate([left, right], axis=1)).save(path, quality=80)


def halved(picture: Picture) -> Picture:
    """Return a picture at half of its width and height."""
    height, width = picture.shape[:2]
    return np.asarray(
        Image.fromarray(picture).resize((width // 2, height // 2), Image.Resampling.BOX)
    )


if __name__ == "__main__":
    sys.exit(main())
