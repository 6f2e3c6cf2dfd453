"""A GLB file while it is being written: a JSON document and one buffer (glTF 2.0)."""

import json
import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scene_builder.model.arrays import Array

MAGIC, VERSION = b"glTF", 2
JSON_CHUNK, BINARY_CHUNK = b"JSON", b"BIN\0"
ARRAY_BUFFER, ELEMENT_BUFFER = 34962, 34963
FLOAT, UNSIGNED_INT = 5126, 5125
_KINDS = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4"}
_ALIGNMENT = 4


@dataclass(slots=True)
class Document:
    """What is written so far.

    Attributes:
        parts: Lists of the document, by name: `nodes`, `meshes`, …
    """

    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _chunks: list[bytes] = field(default_factory=list)
    _length: int = 0

    def add(self, name: str, item: dict[str, Any]) -> int:
        """Append an item to a list of the document, and return its number."""
        self.parts.setdefault(name, []).append(item)
        return len(self.parts[name]) - 1

    def view(self, content: bytes, *, target: int | None = None) -> int:
        """Append bytes to the buffer, and return the number of their view."""
        item: dict[str, Any] = {"buffer": 0, "byteOffset": self._length, "byteLength": len(content)}
        if target is not None:
            item["target"] = target
        padded = content + bytes(-len(content) % _ALIGNMENT)
        self._chunks.append(padded)
        self._length += len(padded)
        return self.add("bufferViews", item)

    def numbers(self, values: Array, *, target: int | None = None, bounds: bool = False) -> int:
        """Append an array of numbers, and return the number of its accessor.

        Args:
            values: Floats (n), (n k), or indices (n) of integers.
            target: What a mesh uses it for.
            bounds: Whether its least and largest values are told, as positions and times need.
        """
        whole = np.issubdtype(values.dtype, np.integer)
        data = np.ascontiguousarray(values, np.uint32 if whole else np.float32)
        rows = data.reshape(len(data), -1)
        item: dict[str, Any] = {
            "bufferView": self.view(data.tobytes(), target=target),
            "componentType": UNSIGNED_INT if whole else FLOAT,
            "count": len(data),
            "type": _KINDS[rows.shape[1]],
        }
        if bounds:
            item["min"], item["max"] = rows.min(axis=0).tolist(), rows.max(axis=0).tolist()
        return self.add("accessors", item)

    def glb(self, **fields: Any) -> bytes:  # noqa: ANN401 - JSON
        """Return the whole file.

        Args:
            fields: Further entries of the document, such as `asset`.
        """
        document = {**fields, **{name: items for name, items in self.parts.items() if items}}
        document["buffers"] = [{"byteLength": self._length}]
        text = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        head = text.encode()
        head += b" " * (-len(head) % _ALIGNMENT)
        chunks = _chunk(JSON_CHUNK, head) + _chunk(BINARY_CHUNK, b"".join(self._chunks))
        return MAGIC + struct.pack("<II", VERSION, 12 + len(chunks)) + chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("<I4s", len(content), kind) + content
