"""Looks as UsdPreviewSurface materials, and their maps as picture files."""

import io
import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import UInt8
from pxr import Gf, Sdf, UsdShade

from render.dressed import Look
from scene_builder.model.arrays import Array

MATERIALS = "Materials"
_COLOR_QUALITY, _NORMAL_QUALITY = 90, 95
_COMPRESSION = 6
"""Of PNG: the highest takes three times as long for some hundredths less."""
_NORMAL_PX = 1024
"""Largest edge of a map of normals [px]."""
_CUT_OUT = 0.5
"""Alpha from which a cut-out is there."""
_TYPES = {
    "diffuseColor": Sdf.ValueTypeNames.Color3f,
    "emissiveColor": Sdf.ValueTypeNames.Color3f,
    "normal": Sdf.ValueTypeNames.Normal3f,
    "useSpecularWorkflow": Sdf.ValueTypeNames.Int,
}


@dataclass(slots=True)
class Palette:
    """The materials of one scene, each made once.

    Attributes:
        stage: The scene (`Usd.Stage`).
        root: Path of its root.
        files: The pictures made so far, by path in the package.
    """

    stage: Any
    root: str
    files: dict[str, bytes] = field(default_factory=dict)
    _made: dict[int, Any] = field(default_factory=dict)
    _kept: list[Look] = field(default_factory=list)

    def material(self, look: Look) -> Any:  # noqa: ANN401 - UsdShade.Material
        """Return the material (`UsdShade.Material`) of a look."""
        if id(look) not in self._made:
            self._kept.append(look)  # its id stays its own
            self._made[id(look)] = self._new(look)
        return self._made[id(look)]

    def _new(self, look: Look) -> Any:  # noqa: ANN401
        name = f"{_plain(look.name)}_{len(self._made)}"
        path = f"{self.root}/{MATERIALS}/{name}"
        material = UsdShade.Material.Define(self.stage, path)
        surface = UsdShade.Shader.Define(self.stage, f"{path}/PreviewSurface")
        surface.CreateIdAttr("UsdPreviewSurface")
        maps = _Maps(self.stage, path, name, self.files)
        color = "emissiveColor" if look.glows else "diffuseColor"
        numbers: dict[str, object] = {
            "useSpecularWorkflow": 0,
            "diffuseColor": Gf.Vec3f(*map(float, look.base_color)),
            "emissiveColor": Gf.Vec3f(*map(float, look.emission)),
            "roughness": float(look.roughness),
            "metallic": float(look.metallic),
            "opacity": float(look.opacity),
            "ior": float(look.ior),
        }
        for key, value in numbers.items():
            surface.CreateInput(key, _type(key)).Set(value)
        if look.color_map is not None:
            texture = maps.add("color", look.color_map, "sRGB")
            _wire(surface, color, texture, "rgb")
            if look.color_map.shape[2] == len("rgba"):
                _wire(surface, "opacity", texture, "a")
                surface.CreateInput("opacityThreshold", _type("")).Set(_CUT_OUT)
        if look.surface_map is not None:
            texture = maps.add("surface", look.surface_map, "raw")
            _wire(surface, "roughness", texture, "g")
            _wire(surface, "metallic", texture, "b")
        if look.normal_map is not None:
            texture = maps.add("normal", look.normal_map, "raw")
            texture.CreateInput("scale", Sdf.ValueTypeNames.Float4).Set(Gf.Vec4f(2, 2, 2, 1))
            texture.CreateInput("bias", Sdf.ValueTypeNames.Float4).Set(Gf.Vec4f(-1, -1, -1, 0))
            _wire(surface, "normal", texture, "rgb")
        surface.CreateOutput("surface", Sdf.ValueTypeNames.Token)
        material.CreateSurfaceOutput().ConnectToSource(surface.ConnectableAPI(), "surface")
        return material


@dataclass(slots=True)
class _Maps:
    """The picture nodes of one material."""

    stage: Any
    path: str
    name: str
    files: dict[str, bytes]
    _reader: Any = None

    def add(self, channel: str, picture: UInt8[Array, "h w c"], space: str) -> Any:  # noqa: ANN401
        suffix, content = _encoded(picture, channel)
        file = f"textures/{self.name}_{channel}.{suffix}"
        self.files[file] = content
        texture = UsdShade.Shader.Define(self.stage, f"{self.path}/{channel.capitalize()}Map")
        texture.CreateIdAttr("UsdUVTexture")
        texture.CreateInput("file", Sdf.ValueTypeNames.Asset).Set(file)
        texture.CreateInput("sourceColorSpace", Sdf.ValueTypeNames.Token).Set(space)
        for side in ("wrapS", "wrapT"):
            texture.CreateInput(side, Sdf.ValueTypeNames.Token).Set("clamp")
        coordinates = texture.CreateInput("st", Sdf.ValueTypeNames.Float2)
        coordinates.ConnectToSource(self._coordinates().ConnectableAPI(), "result")
        return texture

    def _coordinates(self) -> Any:  # noqa: ANN401
        if self._reader is None:
            self._reader = UsdShade.Shader.Define(self.stage, f"{self.path}/Coordinates")
            self._reader.CreateIdAttr("UsdPrimvarReader_float2")
            self._reader.CreateInput("varname", Sdf.ValueTypeNames.String).Set("st")
            self._reader.CreateOutput("result", Sdf.ValueTypeNames.Float2)
        return self._reader


def _wire(surface: Any, key: str, texture: Any, channel: str) -> None:  # noqa: ANN401
    """Let a channel of a picture feed an input of the surface."""
    kind = Sdf.ValueTypeNames.Float3 if channel == "rgb" else Sdf.ValueTypeNames.Float
    texture.CreateOutput(channel, kind)
    entry = surface.CreateInput(key, _type(key))
    entry.GetAttr().Clear()
    entry.ConnectToSource(texture.ConnectableAPI(), channel)


def _type(key: str) -> Any:  # noqa: ANN401
    return _TYPES.get(key, Sdf.ValueTypeNames.Float)


def _encoded(picture: UInt8[Array, "h w c"], channel: str) -> tuple[str, bytes]:
    """Return a picture's file suffix and content; what has alpha, or is plain, is a PNG."""
    from PIL import Image

    image, buffer = Image.fromarray(np.ascontiguousarray(picture)), io.BytesIO()
    if picture.shape[2] == len("rgba") or channel == "surface":
        image.save(buffer, "PNG", compress_level=_COMPRESSION)
        return "png", buffer.getvalue()
    quality = _COLOR_QUALITY
    if channel == "normal":
        # Grain that small is not seen, and noise is what JPEG keeps worst.
        image.thumbnail((_NORMAL_PX, _NORMAL_PX), Image.Resampling.BOX)
        quality = _NORMAL_QUALITY
    image.save(buffer, "JPEG", quality=quality, subsampling=0)
    return "jpg", buffer.getvalue()


def _plain(name: str) -> str:
    """Return a name that a path may hold: letters and digits."""
    return re.sub(r"[^A-Za-z0-9]+", "_", name.split(".", maxsplit=1)[0]).strip("_") or "look"
