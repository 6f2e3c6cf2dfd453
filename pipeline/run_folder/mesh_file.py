"""Meshes as GLB files that come back bit for bit (Khronos glTF 2.0, binary container).

glTF is Y-up and its texture origin is at the top; our frame is Z-up with the origin at the
bottom. The turn (x, y, z) → (x, z, −y) only swaps and negates, so it is exact; texture
coordinates are stored twice, flipped for other programs and as they are in `_UV`.
"""

import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.run_folder.atomic import write_bytes
from pipeline.run_folder.documents import DamagedError
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh

_MAGIC, _VERSION = 0x46546C67, 2
_JSON, _BIN = 0x4E4F534A, 0x004E4942
_FLOAT, _UINT = 5126, 5125
_VERTEX_BUFFER, _INDEX_BUFFER = 34962, 34963
_SHAPES = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}
_HEADER_BYTES = 12


def write_glb(path: Path, meshes: Sequence[Mesh]) -> None:
    """Write meshes to one GLB file, one node each; a mesh's slots become its primitives."""
    write_bytes(path, glb_bytes(meshes))


def read_glb(path: Path) -> tuple[Mesh, ...]:
    """Read back what `write_glb` wrote.

    Raises:
        DamagedError: If the file is missing, cut off, or something else.
    """
    try:
        content = path.read_bytes()
        document, binary = _chunks(content)
        return tuple(_mesh(document, binary, mesh) for mesh in document["meshes"])
    except OSError as error:
        raise DamagedError(f"{path} cannot be read: {error.strerror}; build again") from error
    except (ValueError, KeyError, IndexError, TypeError, struct.error) as error:
        raise DamagedError(f"{path} is damaged ({error}); build again") from error


def glb_bytes(meshes: Sequence[Mesh]) -> bytes:
    """Return meshes as the content of a GLB file."""
    writer = _Writer()
    document: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": "worldreel"},
        "scene": 0,
        "scenes": [{"nodes": list(range(len(meshes)))}],
        "nodes": [{"mesh": k} for k in range(len(meshes))],
        "meshes": [writer.mesh(mesh) for mesh in meshes],
        "accessors": writer.accessors,
        "bufferViews": writer.views,
        "buffers": [{"byteLength": len(writer.binary)}],
    }
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    length = _HEADER_BYTES + 8 + len(text) + 8 + len(writer.binary)
    return b"".join(
        [
            struct.pack("<III", _MAGIC, _VERSION, length),
            struct.pack("<II", len(text), _JSON),
            text,
            struct.pack("<II", len(writer.binary), _BIN),
            bytes(writer.binary),
        ]
    )


class _Writer:
    def __init__(self) -> None:
        self.binary = bytearray()
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []

    def mesh(self, mesh: Mesh) -> dict[str, Any]:
        x, y, z = mesh.vertices.T
        attributes = {"POSITION": self._array(np.stack([x, z, -y], axis=1), "VEC3")}
        if mesh.uv is not None:
            flipped = np.stack([mesh.uv[:, 0], 1 - mesh.uv[:, 1]], axis=1)
            attributes["TEXCOORD_0"] = self._array(flipped, "VEC2")
            attributes["_UV"] = self._array(mesh.uv, "VEC2")
        primitives = [
            {
                "attributes": attributes,
                "indices": self._array(
                    mesh.triangles[mesh.material_index == slot].ravel(), "SCALAR", index=True
                ),
                "extras": {"slot": int(slot)},
            }
            for slot in np.unique(mesh.material_index)
        ]
        angle = mesh.sharp_angle_deg
        extras = {"sharp_angle_deg": angle if isinstance(angle, int) else float(angle)}
        return {"primitives": primitives, "extras": extras}

    def _array(self, array: Array, shape: str, *, index: bool = False) -> int:
        values = np.ascontiguousarray(array, "<u4" if index else "<f4")
        view = {
            "buffer": 0,
            "byteOffset": len(self.binary),
            "byteLength": values.nbytes,
            "target": _INDEX_BUFFER if index else _VERTEX_BUFFER,
        }
        accessor: dict[str, Any] = {
            "bufferView": len(self.views),
            "componentType": _UINT if index else _FLOAT,
            "count": len(values),
            "type": shape,
        }
        if shape == "VEC3":
            accessor["min"] = values.min(axis=0).tolist()
            accessor["max"] = values.max(axis=0).tolist()
        self.binary += values.tobytes()
        self.views.append(view)
        self.accessors.append(accessor)
        return len(self.accessors) - 1


def _chunks(content: bytes) -> tuple[dict[str, Any], bytes]:
    magic, version, length = struct.unpack_from("<III", content)
    if (magic, version, length) != (_MAGIC, _VERSION, len(content)):
        raise ValueError("it is cut off, or no GLB file")
    size, kind = struct.unpack_from("<II", content, _HEADER_BYTES)
    start = _HEADER_BYTES + 8
    document = json.loads(content[start : start + size])
    binary_size, binary_kind = struct.unpack_from("<II", content, start + size)
    if (kind, binary_kind) != (_JSON, _BIN):
        raise ValueError("its chunks are of unknown kinds")
    begin = start + size + 8
    return document, content[begin : begin + binary_size]


def _mesh(document: dict[str, Any], binary: bytes, mesh: dict[str, Any]) -> Mesh:
    primitives = mesh["primitives"]
    attributes = primitives[0]["attributes"]
    x, y, z = _values(document, binary, attributes["POSITION"]).T
    triangles = [_values(document, binary, p["indices"]).reshape(-1, 3) for p in primitives]
    slots = [
        np.full(len(part), primitive["extras"]["slot"], np.int32)
        for part, primitive in zip(triangles, primitives, strict=True)
    ]
    uv = _values(document, binary, attributes["_UV"]) if "_UV" in attributes else None
    return Mesh(
        vertices=np.stack([x, -z, y], axis=1),
        triangles=np.concatenate(triangles).astype(np.int32),
        material_index=np.concatenate(slots),
        uv=uv,
        sharp_angle_deg=mesh["extras"]["sharp_angle_deg"],
    )


def _values(document: dict[str, Any], binary: bytes, accessor_index: int) -> Array:
    accessor = document["accessors"][accessor_index]
    view = document["bufferViews"][accessor["bufferView"]]
    columns = _SHAPES[accessor["type"]]
    dtype = "<u4" if accessor["componentType"] == _UINT else "<f4"
    flat = np.frombuffer(
        binary, dtype, count=accessor["count"] * columns, offset=view["byteOffset"]
    )
    return flat.reshape(-1, columns) if columns > 1 else flat
