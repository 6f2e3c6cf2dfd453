"""The scene as a whole: axes, units, time, its root, and what kinds of things are in it."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from pxr import Gf, Sdf, Usd, UsdGeom, UsdPhysics, UsdUtils

from pipeline.export.findings import Finding, broken, doubtful

MANY_PRIMS = 2000
ALLOWED = frozenset(
    {"", "Scope", "Xform", "Camera", "Shader", "Material", "Mesh", "Sphere", "Cube", "Cylinder",
     "Cone", "Capsule", "GeomSubset", "SkelRoot", "Skeleton", "SkelAnimation", "SpatialAudio",
     "PhysicsScene", "Preliminary_Trigger", "Preliminary_Behavior", "Preliminary_Action"}
)  # fmt: skip
"""Kinds of prims that a headset knows."""
_CLOSE = 1e-6


def scene_findings(stage: Any) -> Iterator[Finding]:  # noqa: ANN401 - Usd.Stage
    """Yield what is wrong with a scene (`Usd.Stage`) as a whole."""
    if UsdGeom.GetStageUpAxis(stage) != "Y" or not stage.HasAuthoredMetadata("upAxis"):
        yield broken("its up axis is not said to be Y")
    metres = UsdGeom.GetStageMetersPerUnit(stage)
    if not stage.HasAuthoredMetadata("metersPerUnit") or abs(metres - 1) > _CLOSE:
        yield broken(f"one unit is {metres:g} m, or is not said; it must be 1 m")
    yield from _time_findings(stage)
    yield from _root_findings(stage)
    prims = list(stage.Traverse())
    if len(prims) > MANY_PRIMS:
        yield doubtful(f"it has {len(prims)} prims; {MANY_PRIMS} draw quickly")
    for prim in prims:
        yield from _kind_findings(prim)
        yield from _asset_findings(prim)


def dependency_findings(path: str) -> Iterator[Finding]:
    """Yield what the package at `path` names and does not hold."""
    _, _, missing = UsdUtils.ComputeAllDependencies(path)
    for name in missing:
        yield broken(f"{name} is named and is not in the package")


def _time_findings(stage: Any) -> Iterator[Finding]:  # noqa: ANN401
    codes, frames = stage.GetTimeCodesPerSecond(), stage.GetFramesPerSecond()
    layer = stage.GetRootLayer()
    if not (layer.HasTimeCodesPerSecond() and layer.HasFramesPerSecond()):
        yield broken("timeCodesPerSecond and framesPerSecond are not both said")
    if codes != frames or not codes > 0:
        yield broken(f"timeCodesPerSecond is {codes:g}, framesPerSecond {frames:g}; they differ")
    start, end = stage.GetStartTimeCode(), stage.GetEndTimeCode()
    if start != 0 or end < start or end != round(end):
        yield broken(f"time runs from {start:g} to {end:g}; it must be 0 to a whole number")


def _root_findings(stage: Any) -> Iterator[Finding]:  # noqa: ANN401
    roots = stage.GetPseudoRoot().GetChildren()
    root = stage.GetDefaultPrim()
    if not root:
        yield broken("it has no default prim; nothing would be shown")
        return
    if len(roots) != 1 or roots[0] != root:
        yield broken(f"it has {len(roots)} prims at its root; only the default prim is allowed")
    form = UsdGeom.Xformable(root)
    if not form or not Gf.IsClose(form.GetLocalTransformation(), Gf.Matrix4d(1), _CLOSE):
        yield broken(f"{root.GetPath()} is moved, turned or scaled; the root must stand straight")
    if form and UsdGeom.Imageable(root).ComputeVisibility() == UsdGeom.Tokens.invisible:
        yield broken(f"{root.GetPath()} is invisible")


def _kind_findings(prim: Any) -> Iterator[Finding]:  # noqa: ANN401
    kind = str(prim.GetTypeName())
    joint = prim.IsA(UsdPhysics.Joint)
    if kind not in ALLOWED and not kind.startswith("RealityKit") and not joint:
        yield broken(f"{prim.GetPath()} is a {kind}; a headset shows none (no lights, no points)")
    if UsdGeom.Imageable(prim) and not UsdGeom.Imageable(prim).GetVisibilityAttr().IsDefined():
        yield broken(f"{prim.GetPath()} has no visibility")


def _asset_findings(prim: Any) -> Iterator[Finding]:  # noqa: ANN401
    for attribute in prim.GetAuthoredAttributes():
        if attribute.GetTypeName() == Sdf.ValueTypeNames.Asset:
            value = attribute.Get()
            named = value.path if value else ""
            if not named:
                yield broken(f"{attribute.GetPath()} names no file")
            elif PurePosixPath(named).is_absolute() or "://" in named or ":\\" in named:
                yield broken(f"{attribute.GetPath()} names {named!r}; paths must be relative")


def opened(path: str) -> Any:  # noqa: ANN401 - Usd.Stage | None
    """Return the scene of a file (`Usd.Stage`), or None if USD cannot read it."""
    from pxr import Tf

    try:
        return Usd.Stage.Open(path)
    except (Tf.ErrorException, RuntimeError):
        return None
