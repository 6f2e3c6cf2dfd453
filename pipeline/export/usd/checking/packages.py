"""The zip around a scene, and the pictures in it."""

import io
import struct
import zipfile
from collections.abc import Iterator

from pipeline.export.findings import Finding, broken, doubtful
from pipeline.export.usd.archive import ALIGNMENT

MANY_BYTES, TOO_MANY_BYTES = 25_000_000, 50_000_000
LARGE_PX, TOO_LARGE_PX = 2048, 4096
_LAYERS = ("usd", "usda", "usdc")
_PICTURES = ("png", "jpg", "jpeg")
_SOUNDS = ("m4a", "mp3", "wav")
_MODES = ("RGB", "RGBA", "L", "LA", "P")
_NAME_LENGTHS_AT, _LOCAL_HEADER_BYTES = 26, 30


def package_findings(content: bytes) -> Iterator[Finding]:
    """Yield what is wrong with the package whose bytes are `content`."""
    if len(content) > TOO_MANY_BYTES:
        yield broken(f"the file has {len(content) / 1e6:.1f} MB; at most 50 MB are allowed")
    elif len(content) > MANY_BYTES:
        yield doubtful(f"the file has {len(content) / 1e6:.1f} MB; 25 MB open quickly")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        yield broken(f"it is no zip file ({error})")
        return
    with archive:
        entries = archive.infolist()
        if not entries or not entries[0].filename.endswith(".usdc"):
            yield broken("its first entry is no .usdc layer; the scene's own layer comes first")
        if len({entry.filename for entry in entries}) != len(entries):
            yield broken("two of its entries have one name")
        for entry in entries:
            yield from _entry_findings(content, archive, entry)


def _entry_findings(
    content: bytes, archive: zipfile.ZipFile, entry: zipfile.ZipInfo
) -> Iterator[Finding]:
    name = entry.filename
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        yield broken(f"{name} is compressed or encrypted; every entry must be stored as it is")
    lengths = struct.unpack_from("<HH", content, entry.header_offset + _NAME_LENGTHS_AT)
    start = entry.header_offset + _LOCAL_HEADER_BYTES + sum(lengths)
    if start % ALIGNMENT:
        yield broken(f"{name} begins at byte {start}; it must be a multiple of {ALIGNMENT}")
    if name.startswith("/") or ".." in name.split("/") or "\\" in name or not name.isascii():
        yield broken(f"{name!r} is no plain path inside of the package")
    ending = name.rpartition(".")[2].lower()
    if ending not in (*_LAYERS, *_PICTURES, *_SOUNDS):
        yield broken(f"{name}: .{ending} is not allowed; pictures are PNG or JPEG")
    try:
        data = archive.read(entry)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        yield broken(f"{name} cannot be read ({error})")
        return
    if ending in _PICTURES:
        yield from _picture_findings(name, data)


def _picture_findings(name: str, data: bytes) -> Iterator[Finding]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            size, mode = picture.size, picture.mode
            if max(size) <= TOO_LARGE_PX:
                picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        yield broken(f"{name} cannot be read ({error})")
        return
    if max(size) > TOO_LARGE_PX:
        yield broken(f"{name} has {size[0]}×{size[1]} px; at most {TOO_LARGE_PX} are allowed")
    elif max(size) > LARGE_PX:
        yield doubtful(f"{name} has {size[0]}×{size[1]} px; {LARGE_PX} are enough")
    if mode not in _MODES:
        yield broken(f"{name} has the mode {mode}; 8-bit grey, RGB or RGBA is allowed")
