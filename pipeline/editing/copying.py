"""A copy of a run: frames and pictures are shared on the disk, documents are its own."""

import os
import shutil
from pathlib import Path

from pipeline.run_folder.atomic import TEMPORARY_SUFFIX, explained
from pipeline.run_folder.folder import RunFolder
from scene_builder.model.errors import RunFolderError

_SHARED = {".exr", ".png", ".glb"}
"""Kinds of files that are only ever replaced whole, so that two runs may share one on the disk."""
_LEFT = {"export", "shots", "whatif"}


def copy_run(run: RunFolder, to: Path) -> None:
    """Copy a run's folder, whole or not at all.

    Args:
        run: The run.
        to: The new folder; it must not be there, or be empty.

    Raises:
        RunFolderError: If it holds something, or cannot be written.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise RunFolderError(
            f"--out {to} is there already; choose a new folder, or change the run itself with "
            "--in-place"
        )
    half = to.with_name(f".{to.name}.{os.getpid()}{TEMPORARY_SUFFIX}")
    with explained(to):
        try:
            for path in sorted(run.path.rglob("*")):
                _copy(path, half / path.relative_to(run.path), run.path)
            if to.exists():
                to.rmdir()
            half.replace(to)
        finally:
            if half.exists():
                shutil.rmtree(half)


def free_name(path: Path) -> Path:
    """Return a folder beside a run that is not there yet: `cups-edit`, then `cups-edit-2`."""
    plain = path.resolve()
    first = plain.with_name(f"{plain.name}-edit")
    number, free = 2, first
    while free.exists():
        free, number = first.with_name(f"{first.name}-{number}"), number + 1
    return path.parent / free.name if path.name else free


def _copy(path: Path, to: Path, root: Path) -> None:
    names = path.relative_to(root).parts
    if names[0] in _LEFT or any(name.startswith(".") for name in names):
        return
    if path.is_dir():
        to.mkdir(parents=True, exist_ok=True)
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in _SHARED:
        try:
            os.link(path, to)
        except OSError:  # another file system, or one without links
            shutil.copy2(path, to)
    else:
        shutil.copy2(path, to)
