"""The folder of one run: where its files lie, and that only one program writes it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.run_folder.atomic import TEMPORARY_SUFFIX, explained
from scene_builder.model.errors import RunFolderError

MANIFEST, LOCK = "manifest.json", ".lock"
FILM_DOCUMENT = "film.json"
MARKS = (
    MANIFEST, "reading.json", "scene.json", "stage.json", "trajectory.npz", FILM_DOCUMENT, LOCK,
)  # fmt: skip
"""Any of these makes a folder a run."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The paths of one run.

    Attributes:
        path: The folder itself.
    """

    path: Path

    def __truediv__(self, name: str) -> Path:
        """Return the path of a file of the run."""
        return self.path / name

    @property
    def frames(self) -> Path:
        """Where the frames' EXR files lie."""
        return self.path / "frames"

    @property
    def styled(self) -> Path:
        """Where the finished pictures lie."""
        return self.path / "styled"

    @property
    def exists(self) -> bool:
        """Whether there is a run in this folder."""
        return any((self.path / name).exists() for name in MARKS)

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """Make the folder, or check that it may be used; take it away if nothing came of it.

        Raises:
            RunFolderError: If it is a file, cannot be written, or holds other things.
        """
        existed = self.path.exists()
        was_empty = not existed or (self.path.is_dir() and not any(self.path.iterdir()))
        self._make()
        try:
            yield
        finally:
            if was_empty and not self._holds_results():
                for path in (self / MANIFEST, self / LOCK):
                    path.unlink(missing_ok=True)
                if not existed:
                    with suppress(OSError):
                        self.path.rmdir()

    def _holds_results(self) -> bool:
        return any(path.name not in {MANIFEST, LOCK} for path in self.path.iterdir())

    def _make(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise RunFolderError(f"--out {self.path} is a file; a run needs a folder")
        with explained(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            strangers = [p.name for p in self.path.iterdir() if not p.name.startswith(".")]
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise RunFolderError(f"{self.path} cannot be written: choose another --out")
        if strangers and not self.exists:
            raise RunFolderError(
                f"--out {self.path} holds other things ({min(strangers)!r}) and no run; "
                "choose an empty or a new folder"
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one writer; a killed program lets go of it by itself.

        Raises:
            RunFolderError: If another program is writing this run.
        """
        with explained(self / LOCK):
            file = (self / LOCK).open("a")
        with file:
            if not _try_lock(file):
                raise RunFolderError(
                    f"another worldreel is writing {self.path}; wait for it, or use another --out"
                )
            self._sweep()
            yield

    def _sweep(self) -> None:
        """Remove what a killed program left half-written."""
        left_over = list(self.path.glob(f".*{TEMPORARY_SUFFIX}*"))
        for folder in (self.path / "meshes", self.frames, self.styled):
            left_over += folder.glob(".*")
        for path in left_over:
            path.unlink(missing_ok=True)


def _try_lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
