"""A run that is killed at any moment goes on, and gives the same film."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from pipeline.command_line.main import main

COMMAND = (sys.executable, "-m", "pipeline.command_line.main", "make")
RESULTS = (
    "film.mp4", "report.json", "storyboard.png", "visibility.npz", "trajectory.npz",
    "frames/index.jsonl", "frames/frame_000007.exr", "styled/frame_000011.png",
)  # fmt: skip
KILLS = 3
PATIENCE_SECS = 120


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_moment_gives_the_same_film(
    finished_folder: Path, tmp_path: Path
) -> None:
    again = _before_rendering(finished_folder, tmp_path / "again")
    rng = np.random.default_rng(20260401)
    for kill in range(KILLS):
        process = subprocess.Popen([*COMMAND, str(again)], stderr=subprocess.DEVNULL)
        _wait_for_progress(again, process, frames=int(rng.integers(4 * kill, 4 * kill + 4)))
        time.sleep(rng.uniform(0, 0.05))
        process.kill()
        assert process.wait() in {-signal.SIGKILL, 0}
    assert main(["make", str(again)]) == 0
    for name in RESULTS:
        assert (again / name).read_bytes() == (finished_folder / name).read_bytes(), name
    assert not list(again.rglob(".*.part*"))


@pytest.mark.slow
def test_several_processes_render_the_same_frames(finished_folder: Path, tmp_path: Path) -> None:
    again = _before_rendering(finished_folder, tmp_path / "again")
    assert main(["make", str(again), "--jobs", "2"]) == 0
    for name in RESULTS:
        assert (again / name).read_bytes() == (finished_folder / name).read_bytes(), name


def test_frames_of_another_size_are_not_mixed_in(
    finished_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (finished_folder / "track.npz").unlink()
    for name in ("frame_000000.exr", "frame_000005.exr"):
        (finished_folder / "frames" / name).unlink()
    before = (finished_folder / "frames" / "index.jsonl").read_text().splitlines()[0]
    assert main(["render", str(finished_folder), "--size", "32x18", "--duration", "1"]) == 0
    after = (finished_folder / "frames" / "index.jsonl").read_text().splitlines()
    assert after[0] != before
    assert len(after) == 13
    assert "render: frame 2/12" in capsys.readouterr().err


def _before_rendering(finished: Path, target: Path) -> Path:
    """A copy of a finished run that has got as far as the storyboard."""
    shutil.copytree(finished, target)
    for name in ("frames", "styled"):
        shutil.rmtree(target / name)
    for name in ("film.mp4", "report.json", "report.html", "visibility.npz"):
        (target / name).unlink()
    return target


def _wait_for_progress(run: Path, process: "subprocess.Popen[bytes]", *, frames: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECS
    while process.poll() is None and time.monotonic() < deadline:
        if len(list(run.glob("frames/frame_*.exr"))) >= frames:
            return
        time.sleep(0.002)
