"""Boxes: the building blocks of MP4 and QuickTime files (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from scene_builder.model.errors import EncodeError

HEADER_BYTES = 8
CONTAINERS = frozenset(
    (
        "moov",
        "trak",
        "mdia",
        "minf",
        "stbl",
        "dinf",
        "edts",
        "udta",
        "vexu",
        "eyes",
        "cams",
        "cmfy",
        "proj",
        "pack",
    )
)
"""Boxes that hold boxes and nothing else."""
SAMPLE_ENTRIES = frozenset(("hvc1", "hev1", "avc1", "av01"))
_TABLE_BYTES, _ENTRY_BYTES = 8, 78
"""What stands before the boxes in a table of sample entries, and in a video's sample entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box as it was found.

    Attributes:
        path: Its kind and those around it, `moov/trak/mdia`.
        start, end: Where it lies in the file [bytes].
        content: What it holds, without its header.
    """

    path: str
    start: int
    end: int
    content: bytes

    @property
    def kind(self) -> str:
        """Its four letters."""
        return self.path.rpartition("/")[2]


def box(kind: str, *parts: bytes) -> bytes:
    """Return a box of that kind."""
    content = b"".join(parts)
    return struct.pack(">I4s", HEADER_BYTES + len(content), kind.encode("latin1")) + content


def full_box(kind: str, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box with a version and flags."""
    return box(kind, struct.pack(">I", (version << 24) | flags), *parts)


def inner_start(kind: str) -> int | None:
    """Return how many bytes a box of that kind has before the boxes in it; None if it has none."""
    if kind in CONTAINERS:
        return 0
    if kind == "stsd":
        return _TABLE_BYTES
    return _ENTRY_BYTES if kind in SAMPLE_ENTRIES else None


def walk(data: bytes, *, path: str = "", start: int = 0) -> Iterator[Box]:
    """Yield every box, outer ones first.

    Args:
        data: A file, or what a box holds.
        path: Where that is.
        start: Where it begins in the file [bytes].

    Raises:
        EncodeError: If a box does not fit into what it lies in.
    """
    place = 0
    while place < len(data):
        size, kind, head = _header(data, place, start)
        name = f"{path}/{kind}" if path else kind
        inside = data[place + head : place + size]
        found = Box(path=name, start=start + place, end=start + place + size, content=inside)
        yield found
        skip = inner_start(kind)
        if skip is not None:
            yield from walk(inside[skip:], path=name, start=start + place + head + skip)
        place += size


def _header(data: bytes, place: int, start: int) -> tuple[int, str, int]:
    """Return a box's size, kind and the length of its header."""
    if len(data) - place < HEADER_BYTES:
        raise EncodeError(f"half a box at byte {start + place}; the file is damaged")
    size, raw = struct.unpack_from(">I4s", data, place)
    head = HEADER_BYTES
    if size == 1 and len(data) - place >= 2 * HEADER_BYTES:
        size, head = struct.unpack_from(">Q", data, place + HEADER_BYTES)[0], 2 * HEADER_BYTES
    elif size == 0:
        size = len(data) - place
    kind = raw.decode("latin1")
    if size < head or place + size > len(data):
        raise EncodeError(f"the box {kind!r} at byte {start + place} is longer than the file")
    return size, kind, head
