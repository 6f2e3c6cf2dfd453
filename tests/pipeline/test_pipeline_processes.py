"""Worker processes: they find Blender's library whatever their parent's search path says."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.execution.processes import Processes, forget_blenders_folders


@pytest.mark.bpy
def test_a_worker_is_not_led_astray_by_the_folders_that_bpy_adds(tmp_path, monkeypatch):
    folder = tmp_path / "bpy" / "4.5" / "scripts" / "modules"
    (folder / "bpy").mkdir(parents=True)
    (folder / "bpy" / "__init__.py").write_text("raise ImportError('the inner part alone')")
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    assert list(Processes(jobs=1).map(_frame_of_blender, [1, 2])) == [1, 2]


@pytest.mark.parametrize(
    "folder",
    [
        "/x/site-packages/bpy/4.5/scripts/modules",
        "/x/site-packages/bpy/5.0/scripts",
        r"C:\x\bpy\4.5\scripts\startup",
    ],
)
def test_only_blenders_own_folders_are_forgotten(folder, monkeypatch):
    kept = ["", "/x/site-packages", "/x/bpy/notes/scripts", "/x/scripts"]
    monkeypatch.setattr(sys, "path", [folder, *kept])
    forget_blenders_folders()
    assert sys.path == kept


def _frame_of_blender(number: int) -> int:
    import bpy

    bpy.context.scene.frame_set(number)
    return int(bpy.context.scene.frame_current)


_PARENT = """
from tests.pipeline.test_pipeline_processes import tell_pid_and_wait
from pipeline.execution.processes import Processes

if __name__ == "__main__":
    list(Processes(jobs=2).map(tell_pid_and_wait, [{0!r}, {0!r}]))
"""


def tell_pid_and_wait(folder: str) -> None:
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


def _is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_workers_leave_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    folder = tmp_path / "pids"
    folder.mkdir()
    script.write_text(_PARENT.format(str(folder)))
    root = Path(__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(root)}
    )
    try:
        _until(lambda: len(list(folder.iterdir())) == 2)
        pids = [int(path.name) for path in folder.iterdir()]
        assert all(map(_is_there, pids))
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    _until(lambda: not any(map(_is_there, pids)))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_an_interrupt_ends_the_workers_at_once_and_no_further_task_begins(tmp_path):
    script, folder = tmp_path / "parent.py", tmp_path / "pids"
    folder.mkdir()
    script.write_text(_PARENT.format(str(folder)).replace("]))", "] * 4))"))
    root = Path(__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(root)},
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    _until(lambda: len(list(folder.iterdir())) == 2)
    os.killpg(parent.pid, signal.SIGINT)
    assert parent.wait(timeout=20) != 0
    pids = [int(path.name) for path in folder.iterdir()]
    assert len(pids) == 2
    _until(lambda: not any(map(_is_there, pids)))


def _until(holds, secs: float = 20.0) -> None:
    end = time.monotonic() + secs
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
