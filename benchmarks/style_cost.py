"""What painting a frame costs: `python benchmarks/style_cost.py RUN [--style oil ...]`.

Paints the first frames of a rendered run, each time in a process of its own, with everything that
a film needs: frames read from the disk, noise, stroke field, sampling, fusion, PNGs written. What
is measured afterwards (drift) is not in it. Printed are the seconds until the model can paint
(imports and weights; the clock starts when the script does), and wall and processor seconds of
the frames after the first.
"""

import time

BEGAN = time.perf_counter()

import argparse  # noqa: E402 - the clock starts before anything is imported
import json  # noqa: E402
import os  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--style", action="append", default=[])
    parser.add_argument("--frames", type=int, default=13)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        stylizer, style, steps = chosen.one.split(":")
        told = cost(chosen.run, stylizer, style, int(steps), chosen.frames, chosen.threads)
        sys.stdout.write(json.dumps(told))
        return 0
    sys.stdout.write(f"{'':28} {'ready':>6} {'wall s':>7} {'CPU s':>6}\n")
    for style in chosen.style or ["oil"]:
        for one in (f"painter:{style}:1", f"diffusion:{style}:1", f"diffusion:{style}:2"):
            line = [sys.executable, __file__, str(chosen.run), "--one", one]
            line += ["--frames", str(chosen.frames), "--threads", str(chosen.threads)]
            told = json.loads(subprocess.run(line, check=True, stdout=subprocess.PIPE).stdout)
            row = f"{one:28} {told['ready']:6.2f} {told['wall']:7.2f} {told['cpu']:6.2f}\n"
            sys.stdout.write(row)
            sys.stdout.flush()
    return 0


def cost(
    run: Path, stylizer: str, style: str, steps: int, count: int, threads: int
) -> dict[str, float]:
    """Return the seconds until the model can paint, and those of a frame (wall, processor)."""
    import numpy as np
    import torch

    from pipeline.run_folder.folder import RunFolder
    from pipeline.run_folder.frame_store import stored_frames
    from pipeline.run_folder.pictures import picture_path, write_picture
    from pipeline.steps.motion import AIM, SIMULATE
    from pipeline.steps.stage import DIRECT
    from render.shot import Shot
    from render.stylize.diffusion.stylizer import DiffusionStylizer
    from render.stylize.painter import PainterStylizer
    from scene_builder.model.graph import Look

    torch.set_num_threads(threads)
    made: DiffusionStylizer | PainterStylizer = PainterStylizer(style=style)
    if stylizer == "diffusion":
        made = DiffusionStylizer(style=style, steps=steps)
    folder = RunFolder(run)
    shot = Shot(stage=DIRECT.load(folder), trajectory=SIMULATE.load(folder), track=AIM.load(folder))
    store = stored_frames(folder.frames, shot.trajectory.frame_count)
    first, *others = range(min(count, shot.trajectory.frame_count))
    frame = store.read(first)
    session = made.session(shot, frame, Look(), int(np.random.default_rng(0).integers(2**31)))
    ready = time.perf_counter() - BEGAN
    with tempfile.TemporaryDirectory() as out:
        write_picture(picture_path(Path(out), 0), session.picture(frame))
        stamp, spent = time.perf_counter(), time.process_time()
        for k, picture in enumerate(session.pictures(map(store.read, others)), 1):
            write_picture(picture_path(Path(out), k), picture)
        wall, cpu = time.perf_counter() - stamp, time.process_time() - spent
    return {"ready": ready, "wall": wall / len(others), "cpu": cpu / len(others)}


if __name__ == "__main__":
    sys.exit(main())
