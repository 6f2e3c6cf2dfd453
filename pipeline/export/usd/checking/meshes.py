"""Meshes: whole, finite, facing outwards, and dressed."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from jaxtyping import Float, Int
from pxr import Usd, UsdGeom, UsdShade

from pipeline.export.findings import Finding, broken, doubtful
from scene_builder.model.arrays import Array

MANY_TRIANGLES, TOO_MANY_TRIANGLES = 100_000, 500_000
_UNIT, _CLOSE_M = 1e-2, 1e-4
_TOUCHING = 1e-14
"""Twice the area of a triangle that has none [m²]."""
_FACING_SHARE = 0.5
_CORNERS = 3
Findings = Iterator[Finding]


def mesh_findings(stage: Any) -> Findings:  # noqa: ANN401 - Usd.Stage
    """Yield what is wrong with the meshes of a scene (`Usd.Stage`)."""
    triangles = meshes = 0
    for prim in Usd.PrimRange.Stage(stage, Usd.TraverseInstanceProxies()):
        if prim.IsA(UsdGeom.Mesh):
            mesh = UsdGeom.Mesh(prim)
            yield from _form_findings(mesh)
            yield from _dress_findings(mesh)
            triangles += len(mesh.GetFaceVertexCountsAttr().Get() or ())
            meshes += 1
    if not meshes:
        yield broken("there is no mesh in it; nothing would be seen")
    if triangles > TOO_MANY_TRIANGLES:
        yield broken(f"it has {triangles} triangles; at most {TOO_MANY_TRIANGLES} are allowed")
    elif triangles > MANY_TRIANGLES:
        yield doubtful(f"it has {triangles} triangles; {MANY_TRIANGLES} draw quickly")


def _form_findings(mesh: Any) -> Findings:  # noqa: ANN401
    path = mesh.GetPath()
    points = _array(mesh.GetPointsAttr().Get(), np.float64).reshape(-1, 3)
    counts = _array(mesh.GetFaceVertexCountsAttr().Get(), np.int64)
    corners = _array(mesh.GetFaceVertexIndicesAttr().Get(), np.int64)
    if not len(points) or not len(counts):
        yield broken(f"{path} has no points or no faces")
        return
    if (counts != _CORNERS).any():
        yield broken(f"{path} has faces that are no triangles")
        return
    if counts.sum() != len(corners) or corners.min() < 0 or corners.max() >= len(points):
        yield broken(f"{path}: a face names a point that is not there")
        return
    if not np.isfinite(points).all():
        yield broken(f"{path} has points that are not finite")
        return
    if mesh.GetSubdivisionSchemeAttr().Get() != UsdGeom.Tokens.none:
        yield broken(f"{path} would be smoothed: its subdivisionScheme must be none")
    if mesh.GetOrientationAttr().Get() != UsdGeom.Tokens.rightHanded:
        yield broken(f"{path} is left-handed: its faces would be seen from inside")
    yield from _extent_findings(mesh, points)
    triangles = corners.reshape(-1, 3)
    crossed = _crossed(points, triangles)
    if (np.linalg.norm(crossed, axis=1) <= _TOUCHING).any():
        yield broken(f"{path} has triangles without an area")
    yield from _normal_findings(mesh, triangles, crossed, len(points))


def _extent_findings(mesh: Any, points: Float[Array, "n 3"]) -> Findings:  # noqa: ANN401
    extent = mesh.GetExtentAttr()
    if not extent.HasAuthoredValue():
        yield broken(f"{mesh.GetPath()} says no extent")
        return
    found = np.array(extent.Get(), np.float64)
    size = np.stack([points.min(axis=0), points.max(axis=0)])
    if found.shape != size.shape or np.abs(found - size).max() > _CLOSE_M:
        yield broken(f"{mesh.GetPath()} says a wrong extent; it would vanish at the view's edge")


def _normal_findings(
    mesh: Any,  # noqa: ANN401
    triangles: Int[Array, "t 3"],
    crossed: Float[Array, "t 3"],
    count: int,
) -> Findings:
    path, normals = mesh.GetPath(), _array(mesh.GetNormalsAttr().Get(), np.float64).reshape(-1, 3)
    kind = mesh.GetNormalsInterpolation()
    wanted = {"vertex": count, "faceVarying": 3 * len(triangles), "uniform": len(triangles)}
    if not len(normals) or wanted.get(kind) != len(normals):
        yield broken(f"{path} has {len(normals)} normals; {wanted.get(kind)} are needed")
        return
    if not np.abs(np.linalg.norm(normals, axis=1) - 1).max() <= _UNIT:
        yield broken(f"{path} has normals that are not of length 1")
        return
    faces = normals
    if kind != "uniform":
        index = triangles if kind == "vertex" else np.arange(3 * len(triangles)).reshape(-1, 3)
        faces = normals[index].sum(axis=1)
    if ((faces * crossed).sum(axis=1) > 0).mean() < _FACING_SHARE:
        yield broken(f"{path} is inside out: its faces turn against their normals")


def _dress_findings(mesh: Any) -> Findings:  # noqa: ANN401
    prim = mesh.GetPrim()
    subsets = UsdGeom.Subset.GetAllGeomSubsets(mesh)
    for wearer in [s.GetPrim() for s in subsets] or [prim]:
        material = UsdShade.MaterialBindingAPI(wearer).ComputeBoundMaterial()[0]
        if not material:
            yield broken(f"{wearer.GetPath()} wears no material")
            continue
        nodes = [UsdShade.Shader(p) for p in Usd.PrimRange(material.GetPrim())]
        if any(node and node.GetIdAttr().Get() == "UsdUVTexture" for node in nodes):
            yield from _coordinate_findings(mesh)


def _coordinate_findings(mesh: Any) -> Findings:  # noqa: ANN401
    primvar = UsdGeom.PrimvarsAPI(mesh).GetPrimvar("st")
    if not primvar.HasValue():
        yield broken(f"{mesh.GetPath()} wears pictures and has no texture coordinates (st)")
        return
    values = _array(primvar.Get(), np.float64).reshape(-1, 2)
    wanted = {
        "vertex": len(mesh.GetPointsAttr().Get()),
        "faceVarying": len(mesh.GetFaceVertexIndicesAttr().Get()),
    }.get(primvar.GetInterpolation())
    if len(values) != wanted or not np.isfinite(values).all():
        yield broken(f"{mesh.GetPath()}: its texture coordinates are not finite, or not {wanted}")
    elif len(values) > 1 and np.ptp(values, axis=0).max() <= 0:
        yield broken(f"{mesh.GetPath()}: its texture coordinates are all the same")


def _crossed(points: Float[Array, "n 3"], triangles: Int[Array, "t 3"]) -> Float[Array, "t 3"]:
    """Return twice the area of each triangle along its normal (t 3) [m²]."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return np.asarray(np.cross(b - a, c - a))


def _array(value: object, dtype: type) -> Array:
    return np.array([] if value is None else value, dtype)
