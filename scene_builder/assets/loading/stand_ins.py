"""Mesh readers get stand-ins for pictures: none of them decodes an image of a stranger."""

import base64
import binascii
import io
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from scene_builder.assets.loading.headers import GLB, JSON_CHUNK, gltf_document, gltf_picture
from scene_builder.model.errors import AssetError

COMPRESSIONS = ("KHR_draco_mesh_compression", "EXT_meshopt_compression")
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tga", ".gif", ".tif", ".tiff"})
DATA = frozenset({".bin", ".mtl"})
"""Kinds of files, besides pictures, that a mesh file may name."""

MOST_BYTES = 300_000_000
_MARK = "worldreel"


@dataclass(frozen=True, slots=True)
class StandIns:
    """The files that a mesh file names, and its pictures, which readers see as one pixel each.

    Attributes:
        path: The mesh file.
    """

    path: Path
    _contents: list[bytes] = field(default_factory=list)

    def named(self, name: str) -> bytes:
        """Return the content of a named file; a picture's is its stand-in.

        Raises:
            FileNotFoundError: If it is not there, lies outside of the mesh file's folder, or is
                neither data nor a picture.
        """
        path = inside(self.path.parent, name)
        kinds = PICTURES | DATA
        if path is None or path.suffix.lower() not in kinds or path.stat().st_size > MOST_BYTES:
            raise FileNotFoundError(
                f"it names {name!r}, which is not there, lies outside of its folder, or is neither "
                "data nor a picture"
            )
        content = path.read_bytes()
        return self._stand_in(content) if path.suffix.lower() in PICTURES else content

    def content_of(self, image: Any) -> bytes | None:  # noqa: ANN401 - a Pillow image
        """Return what a stand-in stands for, or None."""
        mark = getattr(image, "info", {}).get(_MARK)
        return None if mark is None else self._contents[int(mark)]

    def without_pictures(self, content: bytes) -> bytes:
        """Return a glTF file whose pictures are stand-ins.

        Raises:
            AssetError: If it is cut off, or compressed in a way that is not read.
        """
        document = dict(gltf_document(self.path, content))
        for name in COMPRESSIONS:
            if name in document.get("extensionsRequired", ()):
                raise AssetError(f"{self.path} is compressed ({name}); export it without")
        images = document.get("images", [])
        document["images"] = [{"uri": self._uri(content, image)} for image in images]
        text = json.dumps(document).encode()
        if self.path.suffix.lower() != ".glb":
            return text
        text += b" " * (-len(text) % 4)
        rest = content[20 + struct.unpack_from("<I", content, 12)[0] :]
        length = 20 + len(text) + len(rest)
        return struct.pack("<IIIII", GLB, 2, length, len(text), JSON_CHUNK) + text + rest

    def _uri(self, content: bytes, image: Mapping[str, Any]) -> str:
        found = gltf_picture(self.path, content, image)
        uri = str(image.get("uri", ""))
        try:
            if found is None and uri.startswith("data:"):
                found = base64.b64decode(uri.partition(",")[2])
            elif found is None and (path := inside(self.path.parent, uri)) is not None:
                found = path.read_bytes() if path.suffix.lower() in PICTURES else None
        except (binascii.Error, ValueError, OSError):
            found = None
        seen = _pixel(None) if found is None else self._stand_in(found)
        return "data:image/png;base64," + base64.b64encode(seen).decode()

    def _stand_in(self, content: bytes) -> bytes:
        self._contents.append(content)
        return _pixel(len(self._contents) - 1)


def inside(folder: Path, name: str) -> Path | None:
    """Return the path of a file that a mesh file names, or None if it lies outside of `folder`."""
    plain = unquote(name).replace("\\", "/")
    pure = PurePosixPath(plain)
    if not plain or ":" in plain or "\0" in plain or pure.is_absolute() or ".." in pure.parts:
        return None
    path = (folder / plain).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _pixel(mark: int | None) -> bytes:
    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    if mark is not None:
        info.add_text(_MARK, str(mark))
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG", pnginfo=info)
    return file.getvalue()
