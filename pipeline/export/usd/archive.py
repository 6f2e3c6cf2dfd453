"""The package around a scene: a plain zip whose every file can be mapped into memory."""

import io
import struct
import zipfile
from collections.abc import Mapping

ALIGNMENT = 64
"""Every file begins at a multiple of this [bytes] (USDZ specification 1.3)."""
_LOCAL_HEADER_BYTES, _EXTRA_HEADER_BYTES = 30, 4
_PADDING_ID = 0x1986
_DATE = (1980, 1, 1, 0, 0, 0)
"""Of every file, so that the same scene is the same bytes."""


def package(root: bytes, files: Mapping[str, bytes], *, root_name: str = "scene.usdc") -> bytes:
    """Return a USDZ package: nothing compressed, everything aligned, the same bytes every time.

    Args:
        root: The scene's own layer.
        files: What it names, by path in the package.
        root_name: What the layer is called; it comes first.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, content in ((root_name, root), *sorted(files.items())):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.extra = _padding(buffer.tell() + _LOCAL_HEADER_BYTES + len(name.encode()))
            archive.writestr(entry, content)
    return buffer.getvalue()


def _padding(start: int) -> bytes:
    """Return the extra field that moves what starts at `start` to the next multiple."""
    gap = -start % ALIGNMENT
    if 0 < gap < _EXTRA_HEADER_BYTES:
        gap += ALIGNMENT
    if gap == 0:
        return b""
    return struct.pack("<HH", _PADDING_ID, gap - _EXTRA_HEADER_BYTES).ljust(gap, b"\0")
