"""Materials of trimesh as paints."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import Float

from scene_builder.assets.loading.pieces import Piece
from scene_builder.assets.loading.stand_ins import StandIns
from scene_builder.assets.pictures import mean_color, picture_from
from scene_builder.assets.surface import Paint, Picture
from scene_builder.model.arrays import Array
from scene_builder.model.digest import digest
from scene_builder.model.errors import AssetError
from scene_builder.model.material import linear_from_srgb, srgb_from_linear

PLAIN = np.full(3, 0.6)
"""Linear grey of what has no colour of its own."""

_BYTE = 255.0


def resolver_for(files: StandIns) -> Any:  # noqa: ANN401 - a trimesh resolver
    """Return what trimesh asks for the files that a file names."""
    from trimesh.resolvers import Resolver

    class InFolder(Resolver):  # type: ignore[misc]
        """Reads files of one folder."""

        def __init__(self) -> None:
            """Nothing is to be prepared."""

        def get(self, name: str) -> bytes:
            return files.named(name)

        def keys(self) -> list[str]:
            return []

        def namespaced(self, namespace: str) -> "InFolder":
            del namespace
            return self

        def write(self, name: str, data: bytes) -> None:
            raise AssetError(f"{name} is not to be written")

    return InFolder()


def piece_of(part: Any, files: StandIns, *, is_gltf: bool) -> Piece:  # noqa: ANN401 - trimesh
    """Return one mesh of trimesh as a piece.

    Raises:
        AssetError: If its texture is too large, or no image.
    """
    visual = part.visual
    material = getattr(visual, "material", None)
    uv = getattr(visual, "uv", None)
    if material is None or getattr(visual, "kind", None) != "texture":
        color = _mean_color(visual, is_linear=is_gltf)
        paint = Paint(name="", base_color=color)
        return Piece(vertices=part.vertices, triangles=part.faces, paint=paint, key=digest(paint))
    is_pbr = hasattr(material, "baseColorFactor")
    paint = _pbr(material, files) if is_pbr else _simple(material, files)
    has_uv = uv is not None and len(uv) == len(part.vertices) and paint.picture is not None
    return Piece(
        vertices=part.vertices,
        triangles=part.faces,
        paint=paint,
        key=digest(paint),
        uv=np.asarray(uv, np.float64) if has_uv else None,
    )


def _pbr(material: Any, files: StandIns) -> Paint:  # noqa: ANN401 - a trimesh PBRMaterial
    factor = _factor(material.baseColorFactor)
    sees_through = (getattr(material, "alphaMode", None) or "OPAQUE") != "OPAQUE"
    glow = np.zeros(3) if material.emissiveFactor is None else _factor(material.emissiveFactor)
    gloss = _gloss(material, files)
    return Paint(
        name=str(material.name or ""),
        base_color=np.clip(factor[:3], 0, 1),
        picture=_picture(
            files.content_of(material.baseColorTexture), material.name, with_alpha=sees_through
        ),
        roughness=gloss[0],
        metallic=gloss[1],
        alpha=float(factor[3]) if sees_through else 1.0,
        # A map of what glows is not read: its factor alone would let everything glow.
        emission=0.0 if material.emissiveTexture is not None else float(glow[:3].max()),
    )


def _factor(value: Any) -> Float[Array, "4"]:  # noqa: ANN401 - bytes, floats or None
    """Return linear RGBA, 0…1; glTF's factors are linear, and trimesh keeps some as bytes."""
    if value is None:
        return np.ones(4)
    array = np.asarray(value)
    numbers = array.astype(np.float64) / (_BYTE if array.dtype == np.uint8 else 1.0)
    return np.concatenate([numbers, np.ones(4)])[:4] if len(numbers) < 4 else numbers[:4]  # noqa: PLR2004


def _gloss(material: Any, files: StandIns) -> tuple[float | None, float | None]:  # noqa: ANN401
    """Return roughness and metallic; a map of them counts by its mean."""
    roughness, metallic = material.roughnessFactor, material.metallicFactor
    mapped = files.content_of(material.metallicRoughnessTexture)
    if mapped is not None:
        gloss = picture_from(mapped, repr(str(material.name or "")), with_alpha=False)
        small = srgb_from_linear(mean_color(gloss))
        roughness = (1.0 if roughness is None else roughness) * small[1]
        metallic = (1.0 if metallic is None else metallic) * small[2]
    return (
        None if roughness is None else float(roughness),
        None if metallic is None else float(metallic),
    )


def _simple(material: Any, files: StandIns) -> Paint:  # noqa: ANN401 - a trimesh SimpleMaterial
    """Return a material of an MTL file: Kd, map_Kd, d or Tr, Ns."""
    stated: Mapping[str, Any] = getattr(material, "kwargs", {}) or {}
    content = files.content_of(getattr(material, "image", None))
    diffuse = material.diffuse
    color = PLAIN if diffuse is None else linear_from_srgb(_factor(diffuse)[:3])
    alpha = _number(stated.get("d"), 1.0)
    if "d" not in stated and "tr" in stated:
        alpha = 1.0 - _number(stated["tr"], 0.0)
    shine = _number(stated.get("ns"), -1.0)
    return Paint(
        name=str(getattr(material, "name", "") or ""),
        # Most programs write a grey Kd beside a picture and show the picture alone.
        base_color=np.ones(3) if content is not None else color,
        picture=_picture(content, getattr(material, "name", "")),
        # Blinn's exponent as roughness (Karis 2013): exponent = 2 / roughness⁴ − 2.
        roughness=float((2 / (shine + 2)) ** 0.25) if shine > 0 else None,
        alpha=float(np.clip(alpha, 0.0, 1.0)) or 1.0,
    )


def _number(value: Any, default: float) -> float:  # noqa: ANN401 - what an MTL file holds
    try:
        return float(np.ravel(value)[0])
    except (TypeError, ValueError, IndexError):
        return default


def _picture(content: bytes | None, name: object, *, with_alpha: bool = True) -> Picture | None:
    if content is None:
        return None
    return picture_from(content, f"of {str(name or 'the mesh')!r}", with_alpha=with_alpha)


def _mean_color(visual: Any, *, is_linear: bool) -> Float[Array, "3"]:  # noqa: ANN401 - trimesh
    if not getattr(visual, "defined", False) or getattr(visual, "kind", None) is None:
        return PLAIN
    name = "vertex_colors" if visual.kind == "vertex" else "face_colors"
    colors = np.asarray(getattr(visual, name), np.float64)[:, :3] / _BYTE
    return np.asarray((colors if is_linear else linear_from_srgb(colors)).mean(axis=0))
