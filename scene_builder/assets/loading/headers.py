"""What a mesh file says about its size before its content is read: huge ones are refused early."""

import json
import re
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scene_builder.assets.loading.pieces import check_count
from scene_builder.model.errors import AssetError

GLB, JSON_CHUNK = 0x46546C67, 0x4E4F534A
"""Magic numbers of a binary glTF file and of its first chunk."""

_GLB_HEADER_BYTES = 20
_STL_HEADER_BYTES, _STL_FACE_BYTES = 84, 50
_TRIANGLES = 4
"""glTF's mode of plain triangles."""


def check_header(path: Path, content: bytes) -> None:
    """Check what a file's beginning tells about the rest.

    Raises:
        AssetError: If it holds too many triangles, or is cut off.
    """
    suffix = path.suffix.lower()
    if suffix in (".glb", ".gltf"):
        check_count(_gltf_triangles(gltf_document(path, content)), path.name)
    elif suffix == ".stl":
        _check_stl(path, content)
    elif suffix == ".ply":
        found = re.search(rb"element\s+face\s+(\d+)", content[:65536])
        check_count(int(found[1]) if found else 0, path.name)
    elif suffix == ".obj":
        check_count(content.count(b"\nf "), path.name)


def gltf_document(path: Path, content: bytes) -> Mapping[str, Any]:
    """Return the JSON part of a glTF file, text or binary.

    Raises:
        AssetError: If it is cut off, or no glTF file.
    """
    if path.suffix.lower() == ".glb":
        content = _json_chunk(path, content)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise AssetError(f"{path} cannot be read as glTF: {error}; export it anew") from None
    if not isinstance(document, dict):
        raise AssetError(f"{path} cannot be read as glTF: it is a {type(document).__name__}")
    return document


def _json_chunk(path: Path, content: bytes) -> bytes:
    if len(content) < _GLB_HEADER_BYTES:
        raise AssetError(f"{path} cannot be read as glTF: it is cut off; export it anew")
    magic, _, length, size, kind = struct.unpack_from("<IIIII", content)
    if magic != GLB or kind != JSON_CHUNK:
        raise AssetError(f"{path} cannot be read as glTF: it is no GLB file; export it anew")
    if length > len(content):
        raise AssetError(
            f"{path} is cut off after {len(content):,} of {length:,} bytes; export it anew"
        )
    return content[_GLB_HEADER_BYTES : _GLB_HEADER_BYTES + size]


def gltf_picture(path: Path, content: bytes, image: Mapping[str, Any]) -> bytes | None:
    """Return the bytes of an image that is embedded in a GLB file, or None."""
    document = gltf_document(path, content)
    if path.suffix.lower() != ".glb" or "bufferView" not in image:
        return None
    view = _entries(document, "bufferViews")[image["bufferView"]]
    json_size = struct.unpack_from("<I", content, 12)[0]
    start = 20 + json_size + 8 + int(view.get("byteOffset", 0))
    return content[start : start + int(view["byteLength"])]


def _gltf_triangles(document: Mapping[str, Any]) -> int:
    accessors = _entries(document, "accessors")
    total = 0
    for mesh in _entries(document, "meshes"):
        for primitive in mesh.get("primitives", ()):
            index = primitive.get("indices", primitive.get("attributes", {}).get("POSITION"))
            if primitive.get("mode", _TRIANGLES) != _TRIANGLES or not isinstance(index, int):
                continue
            if 0 <= index < len(accessors):
                total += int(accessors[index].get("count", 0)) // 3
    return total


def _entries(document: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = document.get(name, [])
    return found if isinstance(found, list) else []


def _check_stl(path: Path, content: bytes) -> None:
    if content[:5].lower() == b"solid" and b"facet" in content[:1024]:
        check_count(content.count(b"endfacet"), path.name)
        return
    if len(content) < _STL_HEADER_BYTES:
        raise AssetError(f"{path} is cut off: an STL file has at least 84 bytes; export it anew")
    count = struct.unpack_from("<I", content, 80)[0]
    check_count(count, path.name)
    if _STL_HEADER_BYTES + count * _STL_FACE_BYTES > len(content):
        raise AssetError(f"{path} is cut off: it names {count:,} triangles; export it anew")
