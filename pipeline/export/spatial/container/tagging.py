"""An MP4 file gets further boxes in its sample entry."""

import struct

from pipeline.export.spatial.container.boxes import (
    SAMPLE_ENTRIES,
    box,
    inner_start,
    walk,
)
from scene_builder.model.errors import EncodeError


def tagged(film: bytes, extra: bytes) -> bytes:
    """Return an MP4 file with more boxes in the sample entry of its video.

    Args:
        film: A whole file.
        extra: Boxes.

    Raises:
        EncodeError: If the file is damaged, or holds no video.
    """
    top = [item for item in walk(film) if "/" not in item.path]
    index = next((item for item in top if item.kind == "moov"), None)
    if index is None or not any(item.kind in SAMPLE_ENTRIES for item in walk(film)):
        raise EncodeError("the file holds no video; encode the film first")
    after = any(item.kind == "mdat" and item.start > index.start for item in top)
    shift = len(extra) if after else 0
    made = [
        box("moov", _rebuilt(item.content, extra, shift))
        if item is index
        else film[item.start : item.end]
        for item in top
    ]
    return b"".join(made)


def _rebuilt(content: bytes, extra: bytes, shift: int) -> bytes:
    """Return what a box holds, with the extra boxes in it, and with the media moved."""
    parts = []
    for item in (found for found in walk(content) if "/" not in found.path):
        inside = item.content
        head = inner_start(item.kind)
        if item.kind in SAMPLE_ENTRIES:
            inside += extra
        elif item.kind == "stco":
            inside = _moved(inside, shift)
        elif head is not None:
            inside = inside[:head] + _rebuilt(inside[head:], extra, shift)
        parts.append(box(item.kind, inside))
    return b"".join(parts)


def _moved(table: bytes, shift: int) -> bytes:
    count = struct.unpack_from(">I", table, 4)[0]
    offsets = struct.unpack_from(f">{count}I", table, 8)
    return table[:8] + struct.pack(f">{count}I", *(offset + shift for offset in offsets))
