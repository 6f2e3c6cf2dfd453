"""Materials: of the one kind that headsets draw, with numbers that a surface can have."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from pxr import Usd, UsdShade

from pipeline.export.findings import Finding, broken

SHADERS = frozenset(
    {"UsdPreviewSurface", "UsdUVTexture", "UsdPrimvarReader_float2", "UsdTransform2d"}
)
_RANGES = {"opacity": (0.01, 1.0), "roughness": (0.0, 1.0), "metallic": (0.0, 1.0),
           "clearcoat": (0.0, 1.0), "ior": (0.5, 4.0), "diffuseColor": (0.0, 1.0)}  # fmt: skip
_SPACES = {"diffuseColor": "sRGB", "emissiveColor": "sRGB", "normal": "raw", "roughness": "raw",
           "metallic": "raw", "occlusion": "raw"}  # fmt: skip
_BENT_SCALE, _BENT_BIAS = (2, 2, 2, 1), (-1, -1, -1, 0)
Findings = Iterator[Finding]


def material_findings(stage: Any) -> Findings:  # noqa: ANN401 - Usd.Stage
    """Yield what is wrong with the materials of a scene (`Usd.Stage`)."""
    for prim in stage.Traverse():
        if prim.IsA(UsdShade.Shader):
            kind = UsdShade.Shader(prim).GetIdAttr().Get()
            if kind not in SHADERS:
                yield broken(f"{prim.GetPath()} is the shader {kind}; headsets draw none such")
        if prim.IsA(UsdShade.Material):
            yield from _surface_findings(UsdShade.Material(prim))


def _surface_findings(material: Any) -> Findings:  # noqa: ANN401
    shaders = [p for p in Usd.PrimRange(material.GetPrim()) if p.IsA(UsdShade.Shader)]
    source = material.ComputeSurfaceSource()[0]
    if not source:
        if shaders or not material.GetPrim().GetAppliedSchemas():
            yield broken(f"{material.GetPath()} has no surface")
        return
    if source.GetIdAttr().Get() != "UsdPreviewSurface":
        yield broken(f"{material.GetPath()} is no UsdPreviewSurface")
        return
    for entry in source.GetInputs():
        name = entry.GetBaseName()
        feeds = entry.GetConnectedSources()[0]
        if feeds:
            yield from _picture_findings(material, name, feeds[0])
        else:
            yield from _number_findings(material, name, entry.Get())


def _number_findings(material: Any, name: str, value: object) -> Findings:  # noqa: ANN401
    if value is None or isinstance(value, str):
        return
    numbers = np.atleast_1d(np.array(value, np.float64))
    low, high = _RANGES.get(name, (-np.inf, np.inf))
    if not np.isfinite(numbers).all():
        yield broken(f"{material.GetPath()}: {name} is not finite")
    elif (numbers < low).any() or (numbers > high).any():
        yield broken(f"{material.GetPath()}: {name} is {value}; {low:g} to {high:g} is allowed")


def _picture_findings(material: Any, name: str, feed: Any) -> Findings:  # noqa: ANN401
    node = UsdShade.Shader(feed.source.GetPrim())
    if not node or not node.GetOutput(feed.sourceName):
        yield broken(f"{material.GetPath()}: {name} is fed by something that is not there")
        return
    if node.GetIdAttr().Get() != "UsdUVTexture":
        return
    path = node.GetPath()
    if not node.GetInput("file") or node.GetInput("file").Get() is None:
        yield broken(f"{path} names no picture")
    place = node.GetInput("st")
    if not place or not place.GetConnectedSources()[0]:
        yield broken(f"{path} does not say where on the surface its picture goes (st)")
    space = node.GetInput("sourceColorSpace")
    said = space.Get() if space else "auto"
    if name in _SPACES and said != _SPACES[name]:
        yield broken(f"{path} feeds {name} as {said}; it must be {_SPACES[name]}")
    if name == "normal" and not _unfolds(node):
        yield broken(f"{path} feeds normals without scale 2 and bias −1: they would all lean")


def _unfolds(node: Any) -> bool:  # noqa: ANN401
    scale, bias = node.GetInput("scale"), node.GetInput("bias")
    if not scale or not bias:
        return False
    return tuple(scale.Get()) == _BENT_SCALE and tuple(bias.Get()) == _BENT_BIAS
