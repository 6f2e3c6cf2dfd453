"""Materials of USD as paints: what UsdPreviewSurface says."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from jaxtyping import Int

from scene_builder.assets.loading.stand_ins import inside
from scene_builder.assets.pictures import MOST_ENCODED_BYTES, picture_from
from scene_builder.assets.surface import Paint, Picture
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

PLAIN = (0.6, 0.6, 0.6)
_DEFAULTS = {"roughness": None, "metallic": None, "opacity": 1.0}


@dataclass(frozen=True, slots=True)
class UsdPaints:
    """Reads the materials of one file, each once.

    Attributes:
        path: The file.
    """

    path: Path
    _known: dict[str, Paint] = field(default_factory=dict)

    def groups(self, mesh: Any, faces: int) -> Iterator[tuple[Any, Int[Array, " n"]]]:  # noqa: ANN401
        """Yield each material of a mesh (or None) with the faces (n) that wear it."""
        from pxr import UsdShade

        rest = np.ones(faces, bool)
        for subset in UsdShade.MaterialBindingAPI(mesh).GetMaterialBindSubsets():
            value = subset.GetIndicesAttr().Get()
            members = np.asarray([] if value is None else value, np.int64)
            members = members[(members >= 0) & (members < faces)]
            rest[members] = False
            yield _bound(subset), members
        if rest.any():
            yield _bound(mesh), np.flatnonzero(rest)

    def paint_of(self, material: Any, mesh: Any) -> tuple[Paint, str]:  # noqa: ANN401
        """Return the paint of a material, or of a bare mesh, with a key that names it.

        Raises:
            AssetError: If its texture is too large, or no image.
        """
        key = str(material.GetPath()) if material else f"bare {mesh.GetPath()}"
        if key not in self._known:
            self._known[key] = self._material(material) if material else _displayed(mesh)
        return self._known[key], key

    def _material(self, material: Any) -> Paint:  # noqa: ANN401 - a UsdShade.Material
        name = material.GetPrim().GetName()
        shader = material.ComputeSurfaceSource()[0]
        if not shader or shader.GetIdAttr().Get() != "UsdPreviewSurface":
            return Paint(name=name, base_color=np.array(PLAIN))
        color, texture = _input(shader, "diffuseColor")
        picture = None if texture is None else self._picture(texture)
        numbers = {}
        for channel, default in _DEFAULTS.items():
            value, _ = _input(shader, channel)
            numbers[channel] = default if value is None else float(np.ravel(value)[0])
        glow, _ = _input(shader, "emissiveColor")
        plain = (1.0, 1.0, 1.0) if picture is not None else PLAIN
        return Paint(
            name=name,
            base_color=np.clip(np.asarray(plain if color is None else color, float)[:3], 0, 1),
            picture=picture,
            roughness=numbers["roughness"],
            metallic=numbers["metallic"],
            alpha=float(np.clip(numbers["opacity"] or 0.0, 0.0, 1.0)) or 1.0,
            emission=0.0 if glow is None else float(np.max(glow)),
        )

    def _picture(self, texture: Any) -> Picture | None:  # noqa: ANN401 - a UsdShade.Shader
        given = texture.GetInput("file")
        file = given.Get() if given else None
        if file is None:
            return None
        name = str(file.path).removeprefix("./")
        pure = PurePosixPath(name.replace("\\", "/"))
        if not name or pure.is_absolute() or ".." in pure.parts or ":" in name:
            return None  # outside of the folder is nothing
        content = self._content(name, str(file.resolvedPath))
        return None if content is None else picture_from(content, repr(name))

    def _content(self, name: str, resolved: str) -> bytes | None:
        """Return the bytes of an image beside the file, or in its package."""
        if self.path.suffix.lower() == ".usdz":
            with zipfile.ZipFile(self.path) as package:
                members = package.namelist()
                inner = resolved[resolved.rfind("[") + 1 : -1] if resolved.endswith("]") else name
                found = next((m for m in (inner, name) if m in members), None)
                if found is None:
                    return None
                if package.getinfo(found).file_size > MOST_ENCODED_BYTES:
                    raise AssetError(f"the texture {found} is larger than 64 MB: scale it down")
                return package.read(found)
        path = inside(self.path.parent, name)
        return None if path is None else path.read_bytes()


def _bound(prim: Any) -> Any:  # noqa: ANN401 - a UsdShade.Material or None
    from pxr import UsdShade

    material = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial()[0]
    return material or None


def _displayed(mesh: Any) -> Paint:  # noqa: ANN401 - a UsdGeom.Mesh
    value = mesh.GetDisplayColorAttr().Get()
    colors = np.asarray(PLAIN if value is None or not len(value) else value, np.float64)
    return Paint(name="", base_color=np.clip(colors.reshape(-1, 3).mean(axis=0), 0, 1))


def _input(shader: Any, name: str) -> tuple[Any, Any]:  # noqa: ANN401 - a value, and a shader
    """Return the value of a shader's input, and the texture that feeds it; None for neither."""
    given = shader.GetInput(name)
    if not given:
        return None, None
    for attribute in given.GetValueProducingAttributes():
        source = _shader_of(attribute.GetPrim())
        if source and source.GetIdAttr().Get() == "UsdUVTexture":
            scale = source.GetInput("scale")
            factor = scale.Get() if scale else None
            return (None if factor is None else np.asarray(factor, float)), source
        return attribute.Get(), None
    return None, None


def _shader_of(prim: Any) -> Any:  # noqa: ANN401 - a UsdShade.Shader or None
    from pxr import UsdShade

    return UsdShade.Shader(prim) if prim.IsA(UsdShade.Shader) else None
