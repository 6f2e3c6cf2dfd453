"""Whether a film for two eyes is one: its boxes, its layers, and what its eyes see."""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8

from pipeline.export.findings import Finding, broken
from pipeline.export.spatial.container.boxes import Box, walk
from pipeline.export.spatial.container.entries import BOTH_EYES
from pipeline.export.spatial.layer_checks import layer_faults
from pipeline.export.spatial.sight_checks import sight_faults
from scene_builder.model.arrays import Array
from scene_builder.model.errors import EncodeError, RunFolderError

_MOST_BASELINE_MM = 1000
_MOST_HFOV_DEG = 180
_EYES = ("eyes", "stri", "hero", "cams", "blin", "proj", "prji")
Luma = UInt8[Array, "h w"]


def findings_in(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a film for two eyes, as `worldreel verify` tells it."""
    return tuple(broken(text) for text in film_faults(path))


def film_faults(path: Path) -> tuple[str, ...]:
    """Return what is wrong with a film for two eyes, one sentence each; none if it is right.

    Where the film lies in the run that it was made of, what its eyes see is held against the
    distances that were rendered.

    Args:
        path: A .mov with a layer for each eye, or an .mp4 with both side by side.

    Raises:
        RunFolderError: If there is no such file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RunFolderError(f"{path} cannot be read: {error.strerror}") from error
    try:
        boxes = {found.kind: found for found in walk(data)}
    except EncodeError as error:
        return (str(error),)
    missing = [kind for kind in ("ftyp", "moov", "mdat", "vexu", "hfov") if kind not in boxes]
    if missing:
        return tuple(f"the box {kind!r} is missing: players show a flat film" for kind in missing)
    faults = _stereo_faults(boxes)
    layered = "lhvC" in boxes
    if layered:
        faults += layer_faults(data, boxes)
    elif "st3d" not in boxes or "pkin" not in boxes:
        faults.append("neither layers (lhvC) nor a layout (st3d, pack) say where the eyes are")
    if faults:
        return tuple(faults)
    try:
        left, right = _views(path) if layered else _halves(path)
    except EncodeError as error:
        return (str(error),)
    return tuple(sight_faults(path, left, right))


def _stereo_faults(boxes: Mapping[str, Box]) -> list[str]:
    """Return what is wrong with what the file says about the eyes."""
    missing = [f"the box {kind!r} is missing" for kind in _EYES if kind not in boxes]
    if missing:
        return missing
    faults = []
    eyes = boxes["stri"].content[-1]
    if eyes & BOTH_EYES != BOTH_EYES:
        faults.append("stri: not both eyes are there")
    if eyes & ~BOTH_EYES:
        faults.append("stri: the eyes are marked as exchanged")
    if boxes["hero"].content[-1] != 1:
        faults.append("hero: flat players should show the left eye")
    baseline_mm = struct.unpack(">I", boxes["blin"].content[-4:])[0] / 1000
    if not 0 < baseline_mm <= _MOST_BASELINE_MM:
        faults.append(f"blin: cameras {baseline_mm:g} mm apart; allowed are up to 1000")
    hfov_deg = struct.unpack(">I", boxes["hfov"].content[-4:])[0] / 1000
    if not 1 <= hfov_deg < _MOST_HFOV_DEG:
        faults.append(f"hfov: {hfov_deg:g}° given; allowed are 1° to 180°")
    if boxes["prji"].content[4:] != b"rect":
        faults.append("prji: the cameras have plain lenses, 'rect'")
    return faults


def _views(path: Path) -> tuple[list[Luma], list[Luma]]:
    """Decode both layers, and what flat players show; all must be of the same length."""
    both = _decoded(path, {"view_ids": "-1"})
    flat = _decoded(path, {})
    if len(both) != 2 * len(flat) or not flat:
        raise EncodeError(f"{len(both)} pictures of two eyes, {len(flat)} of one; want twice")
    left, right = both[0::2], both[1::2]
    if any((one != two).any() for one, two in zip(left, flat, strict=True)):
        raise EncodeError("flat players do not show the left eye")
    return left, right


def _halves(path: Path) -> tuple[list[Luma], list[Luma]]:
    whole = _decoded(path, {})
    if not whole or whole[0].shape[1] % 2:
        raise EncodeError("the film is empty, or no two eyes fit side by side into its width")
    half = whole[0].shape[1] // 2
    return [p[:, :half] for p in whole], [p[:, half:] for p in whole]


def _decoded(path: Path, options: dict[str, str]) -> list[Luma]:
    """Return the luma of all pictures, in the order in which they are shown."""
    import av

    pictures: list[Luma] = []
    shown: list[Any] = []
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.codec_context.options = options
            stream.thread_count = 1
            for frame in container.decode(stream):
                planes = frame.to_ndarray(format="yuv420p")
                pictures.append(np.asarray(planes[: frame.height, : frame.width]))
                shown.append(frame.pts)
    except (av.error.FFmpegError, IndexError) as error:
        raise EncodeError(f"the film cannot be decoded: {error}") from error
    if shown != sorted(shown):
        raise EncodeError("the pictures are not shown in order")
    return pictures
