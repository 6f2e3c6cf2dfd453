"""How steady styles are: `python benchmarks/styles.py RUN ... [--frames 13] [--style oil ...]`.

Paints the first frames of rendered runs in each style, twice: with noise pinned to surfaces and
pictures fused along exact motion, as films are; and each frame for itself with noise of its own.
Prints, for each run and style: the warping error along exact flow at lag 1 and 8 of both and of
the plain picture (silhouettes left out), the texture that is left of what free noise gives (ratio
of the standard deviations of what a Gaussian of 2 px takes away), how far the worst body is found
from its place, and processor seconds a frame. `--sheet DIR` keeps three pictures in a row of each.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

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
from render.stylize.painter import PAINTED, PainterStylizer
from render.stylize.painting.styles import STYLES
from scene_builder.model.graph import Look

FINE_PX = 2.0
HEAD = f"{'run':10} {'style':11} {'px':>5} {'1':>6} {'free':>6} {'plain':>6} {'8':>6} {'free':>6}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--frames", type=int, default=LATER_FRAMES + 5)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--style", action="append", choices=PAINTED)
    parser.add_argument("--sheet", type=Path)
    chosen = parser.parse_args(arguments)
    sys.stdout.write(f"{HEAD} {'plain':>6} {'texture':>7} {'off px':>6} {'s':>5}\n")
    for run in chosen.runs:
        shot, frames = frames_of(run, chosen.first, chosen.frames)
        speed = motion_px(frames)
        for name in chosen.style or PAINTED:
            began = time.process_time()
            painted = list(pictures_of(shot, frames, name))
            secs = (time.process_time() - began) / len(frames)
            free = [
                next(pictures_of(shot, [frame], name, seed=1 + k)) for k, frame in enumerate(frames)
            ]
            sys.stdout.write(f"{run.name:10} {name:11} {speed:5.1f} ")
            sys.stdout.write(row_of(shot, frames, name, painted, free) + f" {secs:5.2f}\n")
            sys.stdout.flush()
            if chosen.sheet:
                keep(chosen.sheet / f"{run.name}_{name}.png", painted[-3:])
    return 0


def frames_of(run: Path, first: int, count: int) -> tuple[Shot, list[FrameBuffers]]:
    """Return a run's shot, and some of its frames."""
    folder = RunFolder(run)
    shot = Shot(stage=DIRECT.load(folder), trajectory=SIMULATE.load(folder), track=AIM.load(folder))
    store = stored_frames(folder.frames, shot.trajectory.frame_count)
    last = min(first + count, shot.trajectory.frame_count)
    return shot, [store.read(k) for k in range(first, last)]


def motion_px(frames: Sequence[FrameBuffers]) -> float:
    """Return the mean length of the flow [px a frame]."""
    flows = [frame.flow_backward for frame in frames[1:]]
    long = [np.linalg.norm(flow[np.isfinite(flow).all(-1)], axis=-1).mean() for flow in flows]
    return float(np.mean(long))


def pictures_of(
    shot: Shot, frames: Sequence[FrameBuffers], style: str, *, seed: int = 0
) -> Iterator[Picture]:
    """Yield the pictures of frames, painted one after the other."""
    rng = np.random.default_rng(seed)
    return PainterStylizer(style=style).stylize(shot, frames, Look(), rng)


def row_of(
    shot: Shot, frames: list[FrameBuffers], name: str, painted: list[Picture], free: list[Picture]
) -> str:
    """Return the figures of one run in one style."""
    style = next(one for one in STYLES if one.name == name)
    steady, loose = (
        {figure.name: figure for figure in drift_of(shot, frames, pictures, style).figures}
        for pictures in (painted, free)
    )
    told = []
    for lag in (1, LATER_FRAMES):
        figure = steady[f"style_warp_error_{lag}"]
        plain = figure.text.rsplit(" ", 1)[-1]
        told += [f"{figure.value or np.nan:6.4f}", f"{loose[figure.name].value or np.nan:6.4f}"]
        told.append(f"{plain:>6}")
    off = steady["style_offset"].value
    told.append(f"{texture_of(painted) / texture_of(free):7.2f}")
    told.append("     –" if off is None else f"{off:6.2f}")
    return " ".join(told)


def texture_of(pictures: Sequence[Picture]) -> float:
    """Return the standard deviation of what is finer than 2 px, mean over pictures."""
    greys = [picture.astype(np.float64).mean(-1) for picture in pictures]
    return float(np.mean([(grey - gaussian_filter(grey, FINE_PX)).std() for grey in greys]))


def keep(path: Path, pictures: Sequence[Picture]) -> None:
    """Save pictures side by side."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.concatenate(pictures, axis=1)).save(path)


if __name__ == "__main__":
    sys.exit(main())
