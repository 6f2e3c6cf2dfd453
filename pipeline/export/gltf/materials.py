"""Looks as glTF's metallic-roughness materials."""

import io
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import UInt8

from pipeline.export.gltf.document import Document
from render.dressed import Look
from scene_builder.model.arrays import Array

_QUALITY = 90
_CUT_OUT = 0.5
"""Alpha from which a cut-out is there."""
_SMOOTH, _SMOOTH_SMALL, _CLAMP = 9729, 9987, 33071
_RGBA = 4


@dataclass(slots=True)
class Palette:
    """The materials of one file, each made once.

    Attributes:
        document: Where they go.
    """

    document: Document
    _made: dict[int, int] = field(default_factory=dict)
    _kept: list[Look] = field(default_factory=list)

    def material(self, look: Look) -> int:
        """Return the number of a look's material."""
        if id(look) not in self._made:
            self._kept.append(look)  # its id stays its own
            self._made[id(look)] = self.document.add("materials", self._new(look))
        return self._made[id(look)]

    def _new(self, look: Look) -> dict[str, Any]:
        surface: dict[str, Any] = {
            "baseColorFactor": [*_rgb(look.base_color), round(look.opacity, 6)],
            "metallicFactor": round(look.metallic, 6),
            "roughnessFactor": round(look.roughness, 6),
        }
        made: dict[str, Any] = {"name": look.name, "pbrMetallicRoughness": surface}
        if look.surface_map is not None:
            surface |= {"metallicFactor": 1.0, "roughnessFactor": 1.0}
            surface["metallicRoughnessTexture"] = self._texture(look.surface_map)
        if look.normal_map is not None:
            made["normalTexture"] = self._texture(look.normal_map)
        if look.color_map is not None and not look.glows:
            surface["baseColorTexture"] = self._texture(look.color_map)
            surface["baseColorFactor"][:3] = [1.0, 1.0, 1.0]
        if look.glows:
            surface["baseColorFactor"][:3] = [0.0, 0.0, 0.0]
            made["emissiveFactor"] = _rgb(look.emission)
            if look.color_map is not None:
                made["emissiveTexture"] = self._texture(look.color_map)
                made["emissiveFactor"] = [1.0, 1.0, 1.0]
        elif np.any(look.emission > 0):
            made["emissiveFactor"] = _rgb(look.emission)
        if look.opacity < 1:
            made["alphaMode"] = "BLEND"
        elif look.color_map is not None and look.color_map.shape[2] == _RGBA:
            made |= {"alphaMode": "MASK", "alphaCutoff": _CUT_OUT}
        if look.two_sided:
            made["doubleSided"] = True
        return made

    def _texture(self, picture: UInt8[Array, "h w c"]) -> dict[str, int]:
        kind, content = encoded(picture)
        view = self.document.view(content)
        image = self.document.add("images", {"bufferView": view, "mimeType": kind})
        if "samplers" not in self.document.parts:
            sides = {"wrapS": _CLAMP, "wrapT": _CLAMP}
            filters = {"magFilter": _SMOOTH, "minFilter": _SMOOTH_SMALL}
            self.document.add("samplers", filters | sides)
        return {"index": self.document.add("textures", {"source": image, "sampler": 0})}


def encoded(picture: UInt8[Array, "h w c"]) -> tuple[str, bytes]:
    """Return a picture's media type and content; what has alpha is a PNG."""
    from PIL import Image

    image, buffer = Image.fromarray(np.ascontiguousarray(picture)), io.BytesIO()
    if picture.shape[2] == _RGBA:
        image.save(buffer, "PNG", optimize=True)
        return "image/png", buffer.getvalue()
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return "image/jpeg", buffer.getvalue()


def _rgb(color: Array) -> list[float]:
    return [round(float(value), 6) for value in np.clip(color, 0, 1)]
