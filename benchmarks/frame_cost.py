"""What a frame costs: `python benchmarks/frame_cost.py RUN [SAMPLES …]`.

Renders five frames of a finished run for each number of samples and prints, of the frames after the
first, the median processor seconds and the ratio to the first number given. Processor seconds hold
on a shared machine; wall seconds are printed beside them.
"""

import statistics
import sys
import time
from itertools import pairwise
from pathlib import Path

from pipeline.plugins import create
from pipeline.run_folder.motion_files import read_track, read_trajectory
from pipeline.run_folder.stage_file import read_stage

FRAMES = range(5)


def frame_seconds(run: Path, samples: int) -> tuple[float, float]:
    """Return the median processor and wall seconds of a frame."""
    stage = read_stage(run / "stage.json")
    motion, track = read_trajectory(run / "trajectory.npz"), read_track(run / "track.npz")
    renderer = create("renderer", "cycles", samples=samples)
    stamps = [(time.process_time(), time.perf_counter())]
    for _ in renderer.render(stage, motion, track, frames=FRAMES):
        stamps.append((time.process_time(), time.perf_counter()))  # noqa: PERF401 - times a loop
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(stamps[1:])]
    return statistics.median(s[0] for s in steps), statistics.median(s[1] for s in steps)


def main() -> None:
    """Measure and print."""
    run, *counts = sys.argv[1:]
    base = 0.0
    for samples in map(int, counts or ["4", "16"]):
        processor, wall = frame_seconds(Path(run), samples)
        base = base or processor
        line = f"{samples:4d} samples: {processor:6.2f} processor s, {wall:6.2f} wall s"
        sys.stdout.write(f"{line}, {processor / base:5.2f} of the first\n")


if __name__ == "__main__":
    main()
