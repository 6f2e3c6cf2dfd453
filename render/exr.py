"""One multi-layer OpenEXR file a frame: every pass, without loss.

Channels, all float32 but where noted, ZIP-compressed by scan-line blocks:
`rgb.R rgb.G rgb.B`, `albedo.R albedo.G albedo.B` (linear light), `depth.Z` [m],
`normal.X normal.Y normal.Z`, `flow_forward.X flow_forward.Y`, `flow_backward.X
flow_backward.Y` [px], `visible_before.V` (0 or 1, float16), `body_point.X body_point.Y
body_point.Z` [m], `body_index.I` (uint32). The header keeps the frame's number as
`worldreelFrame`.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from render.frames import FrameBuffers
from scene_builder.model.arrays import Array
from scene_builder.model.errors import RunFolderError

SUFFIXES: dict[str, str] = {
    "rgb": "RGB",
    "albedo": "RGB",
    "depth": "Z",
    "normal": "XYZ",
    "flow_forward": "XY",
    "flow_backward": "XY",
    "visible_before": "V",
    "body_point": "XYZ",
    "body_index": "I",
}
"""Channels of each pass: `<pass>.<letter>`."""

_FRAME = "worldreelFrame"


def write_exr(path: Path, frame: FrameBuffers) -> None:
    """Write all passes of a frame; the file appears whole or not at all.

    Raises:
        RunFolderError: If the folder cannot be written.
    """
    import OpenEXR

    channels: dict[str, Array] = {}
    for name, letters in SUFFIXES.items():
        value = _stored(name, getattr(frame, name))
        planes = value[..., None] if value.ndim == 2 else value  # noqa: PLR2004 - a plane
        for k, letter in enumerate(letters):
            channels[f"{name}.{letter}"] = np.ascontiguousarray(planes[..., k])
    header = {
        "compression": OpenEXR.ZIP_COMPRESSION,
        "type": OpenEXR.scanlineimage,
        _FRAME: frame.frame,
    }
    try:
        with _replacing(path) as temporary, _silent(), OpenEXR.File(header, channels) as file:
            file.write(str(temporary))
    except (OSError, RuntimeError) as error:
        raise RunFolderError(
            f"cannot write {path}: {error}; check its folder and free space"
        ) from error


def read_exr(path: Path) -> FrameBuffers:
    """Read a frame that `write_exr` wrote; every field is equal to what was written.

    Raises:
        RunFolderError: If the file is missing, damaged, or not one of worldreel's frames.
    """
    import OpenEXR

    try:
        with _silent(), OpenEXR.File(str(path), separate_channels=True) as file:
            channels = {name: channel.pixels for name, channel in file.channels().items()}
            number = int(file.header()[_FRAME])
        passes = {name: _joined(name, channels) for name in SUFFIXES}
        return FrameBuffers(frame=number, **passes)
    except (OSError, RuntimeError, KeyError, ValueError, TypeError) as error:
        raise RunFolderError(
            f"{path} is missing, damaged, or no frame of worldreel ({error}); "
            "delete it, and rendering makes it again"
        ) from error


_KINDS: dict[str, Any] = {"visible_before": np.bool_, "body_index": np.int32}
_STORED_KINDS: dict[str, Any] = {"visible_before": np.float16, "body_index": np.uint32}


def _stored(name: str, value: Array) -> Array:
    return np.asarray(value.astype(_STORED_KINDS.get(name, np.float32)))


def _joined(name: str, channels: dict[str, Array]) -> Array:
    planes = [channels[f"{name}.{letter}"] for letter in SUFFIXES[name]]
    value = planes[0] if len(planes) == 1 else np.stack(planes, axis=-1)
    return np.asarray(value.astype(_KINDS.get(name, np.float32)))


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep what the OpenEXR library prints of damaged files off the user's screen.

    Some of it comes through Python, some from C straight to the file descriptors.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(stream) for stream in _STREAMS]
    with Path(os.devnull).open("w") as nowhere:
        try:
            for stream in _STREAMS:
                os.dup2(nowhere.fileno(), stream)
            with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
                yield
        finally:
            for stream, copy in zip(_STREAMS, kept, strict=True):
                os.dup2(copy, stream)
                os.close(copy)


_STREAMS = (1, 2)
"""File descriptors of standard output and standard error."""


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path`, and move it there if all went well."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".exr")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
