"""Binary glTF 2.0: surfaces written for any viewer, and read back as they were."""

import json
import struct
from typing import Any, Final

import numpy as np
from jaxtyping import Float, UInt32

from scene_builder.assets.surface import Paint, Picture, Surface
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

GENERATOR: Final = "worldreel"
_MAGIC: Final = 0x46546C67
_JSON: Final = 0x4E4F534A
_BIN: Final = 0x004E4942
_FLOAT, _UINT = 5126, 5125
_POINTS, _CORNERS = 34962, 34963
_MIME: Final = {".png": "image/png", ".jpg": "image/jpeg"}
_SUFFIX: Final = {mime: suffix for suffix, mime in _MIME.items()}


class _Buffer:
    """The binary chunk, and the views into it."""

    def __init__(self) -> None:
        self.content = bytearray()
        self.views: list[dict[str, int]] = []
        self.accessors: list[dict[str, Any]] = []

    def view(self, content: bytes, *, target: int | None = None) -> int:
        self.content.extend(b"\0" * (-len(self.content) % 4))
        view = {"buffer": 0, "byteOffset": len(self.content), "byteLength": len(content)}
        self.views.append(view | ({"target": target} if target else {}))
        self.content.extend(content)
        return len(self.views) - 1

    def accessor(
        self, values: Float[Array, "..."] | UInt32[Array, "..."], kind: str, target: int
    ) -> int:
        item = _UINT if values.dtype == np.uint32 else _FLOAT
        made = {
            "bufferView": self.view(np.ascontiguousarray(values).tobytes(), target=target),
            "componentType": item,
            "count": len(values),
            "type": kind,
            "min": np.atleast_1d(values.min(axis=0)).tolist(),
            "max": np.atleast_1d(values.max(axis=0)).tolist(),
        }
        self.accessors.append(made)
        return len(self.accessors) - 1


def glb_bytes(surface: Surface, *, credit: str) -> bytes:
    """Return a surface as a `.glb` file, its pictures inside.

    Args:
        surface: In metres, Z up, front towards −Y; glTF has Y up and front towards +Z.
        credit: Whose work it is, and under which licence.
    """
    buffer = _Buffer()
    points = surface.vertices[:, [0, 2, 1]] * np.array([1.0, 1.0, -1.0])
    attributes = {"POSITION": buffer.accessor(points.astype(np.float32), "VEC3", _POINTS)}
    if surface.uv is not None:
        upside_down = np.column_stack([surface.uv[:, 0], 1.0 - surface.uv[:, 1]])
        attributes["TEXCOORD_0"] = buffer.accessor(upside_down.astype(np.float32), "VEC2", _POINTS)
    primitives = []
    for slot in np.unique(surface.slots):
        corners = surface.triangles[surface.slots == slot].astype(np.uint32).ravel()
        index = buffer.accessor(corners, "SCALAR", _CORNERS)
        primitives.append({"attributes": attributes, "indices": index, "material": int(slot)})
    materials, pictures = _materials(surface.paints, buffer)
    document = {
        "asset": {"version": "2.0", "generator": GENERATOR, "copyright": credit},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": primitives}],
        "materials": materials,
        **pictures,
        "accessors": buffer.accessors,
        "bufferViews": buffer.views,
        "buffers": [{"byteLength": len(buffer.content)}],
    }
    return _packed(document, bytes(buffer.content))


def surface_of_glb(content: bytes) -> Surface:
    """Return the surface of a file that `glb_bytes` made, in metres, Z up.

    Raises:
        AssetError: If it is no such file, or is damaged.
    """
    try:
        document, binary = _unpacked(content)
        return _surface(document, binary)
    except (ValueError, KeyError, IndexError, TypeError, struct.error) as error:
        raise AssetError(f"a kept model is damaged ({error}); it is made again") from error


def _materials(
    paints: tuple[Paint, ...], buffer: _Buffer
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    images: list[dict[str, Any]] = []
    known: dict[bytes, int] = {}
    materials = []
    for paint in paints:
        look: dict[str, Any] = {
            "baseColorFactor": [*(float(c) for c in paint.base_color), float(paint.alpha)],
            "metallicFactor": 0.0 if paint.metallic is None else float(paint.metallic),
            "roughnessFactor": 1.0 if paint.roughness is None else float(paint.roughness),
        }
        material: dict[str, Any] = {"name": paint.name, "doubleSided": True}
        if paint.picture is not None:
            content = paint.picture.content
            if content not in known:
                known[content] = len(images)
                view = buffer.view(content)
                size = list(paint.picture.size_px)
                mime = _MIME[paint.picture.suffix]
                images.append({"bufferView": view, "mimeType": mime, "extras": {"size": size}})
            look["baseColorTexture"] = {"index": known[content]}
            if paint.picture.suffix == ".png":
                material |= {"alphaMode": "MASK", "alphaCutoff": 0.5}
        if paint.alpha < 1:
            material["alphaMode"] = "BLEND"
            material.pop("alphaCutoff", None)
        if paint.emission > 0:
            material["emissiveFactor"] = [min(float(paint.emission), 1.0)] * 3
        materials.append(material | {"pbrMetallicRoughness": look})
    if not images:
        return materials, {}
    textures = [{"source": index, "sampler": 0} for index in range(len(images))]
    return materials, {"images": images, "textures": textures, "samplers": [{}]}


def _packed(document: dict[str, Any], binary: bytes) -> bytes:
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 4)
    binary += b"\0" * (-len(binary) % 4)
    length = 12 + 8 + len(text) + 8 + len(binary)
    return b"".join(
        [
            struct.pack("<III", _MAGIC, 2, length),
            struct.pack("<II", len(text), _JSON) + text,
            struct.pack("<II", len(binary), _BIN) + binary,
        ]
    )


def _unpacked(content: bytes) -> tuple[dict[str, Any], bytes]:
    magic, _, length = struct.unpack_from("<III", content)
    size, kind = struct.unpack_from("<II", content, 12)
    if magic != _MAGIC or kind != _JSON or length != len(content):
        raise ValueError("not a whole glTF file")
    document = json.loads(content[20 : 20 + size])
    return document, content[28 + size :]


def _surface(document: dict[str, Any], binary: bytes) -> Surface:
    primitives = document["meshes"][0]["primitives"]
    attributes = primitives[0]["attributes"]
    points = _values(document, binary, attributes["POSITION"]).astype(np.float64)
    uv = None
    if "TEXCOORD_0" in attributes:
        uv = _values(document, binary, attributes["TEXCOORD_0"]) * np.array([1, -1]) + [0, 1]
    corners = [
        _values(document, binary, item["indices"]).reshape(-1, 3).astype(np.int32)
        for item in primitives
    ]
    slots = [item["material"] for item in primitives]
    return Surface(
        vertices=points[:, [0, 2, 1]] * np.array([1.0, -1.0, 1.0]),
        triangles=np.vstack(corners),
        slots=np.repeat(np.array(slots, np.int32), [len(part) for part in corners]),
        paints=tuple(_paint(document, binary, item) for item in document["materials"]),
        uv=None if uv is None else uv.astype(np.float32),
    )


def _values(
    document: dict[str, Any], binary: bytes, index: int
) -> Float[Array, "n w"] | UInt32[Array, "n w"]:
    accessor = document["accessors"][index]
    width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}[accessor["type"]]
    kind = np.dtype("<u4" if accessor["componentType"] == _UINT else "<f4")
    offset = document["bufferViews"][accessor["bufferView"]]["byteOffset"]
    values = np.frombuffer(binary, kind, accessor["count"] * width, offset)
    return values.reshape(-1, width)


def _paint(document: dict[str, Any], binary: bytes, material: dict[str, Any]) -> Paint:
    look = material["pbrMetallicRoughness"]
    *color, alpha = look["baseColorFactor"]
    return Paint(
        name=material["name"],
        base_color=np.array(color, np.float64),
        picture=_picture(document, binary, look.get("baseColorTexture")),
        roughness=look["roughnessFactor"],
        metallic=look["metallicFactor"],
        alpha=alpha,
        emission=float(material.get("emissiveFactor", [0.0])[0]),
    )


def _picture(
    document: dict[str, Any], binary: bytes, texture: dict[str, int] | None
) -> Picture | None:
    if texture is None:
        return None
    image = document["images"][document["textures"][texture["index"]]["source"]]
    view = document["bufferViews"][image["bufferView"]]
    begin = view["byteOffset"]
    width, height = image["extras"]["size"]
    return Picture(
        content=bytes(binary[begin : begin + view["byteLength"]]),
        suffix=_SUFFIX[image["mimeType"]],
        size_px=(int(width), int(height)),
    )
