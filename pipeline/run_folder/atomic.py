"""Files are written whole and renamed into place: a reader never meets half a file."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scene_builder.model.errors import RunFolderError, WorldreelError

TEMPORARY_SUFFIX = ".part"
"""What a file is called while it is being written; left-overs are swept away."""


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all.

    Raises:
        RunFolderError: If the folder cannot be written, or the disk is full.
    """

    def write(temporary: Path) -> None:
        with temporary.open("wb") as file:
            file.write(content)

    write_with(path, write)


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all."""
    write_bytes(path, text.encode())


def write_with(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a temporary file beside `path`, then rename it into place.

    Args:
        path: Where the file goes; its folder is made if need be.
        write: Writes the path that it is given, which has the same suffix as `path`.

    Raises:
        RunFolderError: If the folder cannot be written, or the disk is full.
    """
    temporary = path.with_name(f".{path.stem}.{os.getpid()}{TEMPORARY_SUFFIX}{path.suffix}")
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(temporary)
            _flush(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _flush(path.parent)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an operating system's error at `path` into one that says what to do."""
    try:
        yield
    except WorldreelError:
        raise
    except OSError as error:
        raise RunFolderError(f"{path} cannot be written: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "the disk is full; free some space or choose another --out"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return "no permission; choose another --out"
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return "a part of its path is a file, not a folder; choose another --out"
    return f"{error.strerror or error}; choose another --out"


def _flush(path: Path) -> None:
    """Make sure that what was written survives a power cut, where the system can."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
