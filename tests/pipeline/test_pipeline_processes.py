"""Worker processes: they find Blender's library whatever their parent's search path says."""

import sys

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
