"""Rigid bodies: what an engine needs to know of them, and that it does not fight the samples."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from pxr import Usd, UsdGeom, UsdPhysics

from pipeline.export.findings import Finding, broken

Findings = Iterator[Finding]


def body_findings(stage: Any) -> Findings:  # noqa: ANN401 - Usd.Stage
    """Yield what is wrong with the rigid bodies of a scene (`Usd.Stage`)."""
    scenes = bodies = 0
    for prim in stage.Traverse():
        scenes += prim.IsA(UsdPhysics.Scene)
        if prim.HasAPI(UsdPhysics.RigidBodyAPI):
            bodies += 1
            yield from _rigid_findings(prim)
        if prim.IsA(UsdPhysics.Scene):
            yield from _gravity_findings(prim)
    if bodies and scenes != 1:
        yield broken(f"it has rigid bodies and {scenes} physics scenes; one is needed")


def _rigid_findings(prim: Any) -> Findings:  # noqa: ANN401
    path, above = prim.GetPath(), prim.GetParent()
    while above:
        if above.HasAPI(UsdPhysics.RigidBodyAPI):
            yield broken(f"{path} is a rigid body inside of another, {above.GetPath()}")
        above = above.GetParent()
    inside = Usd.PrimRange(prim, Usd.TraverseInstanceProxies())
    if not any(p.HasAPI(UsdPhysics.CollisionAPI) for p in inside):
        yield broken(f"{path} is a rigid body without a collider: it would fall through all")
    rigid = UsdPhysics.RigidBodyAPI(prim)
    ops = UsdGeom.Xformable(prim).GetOrderedXformOps()
    driven = rigid.GetKinematicEnabledAttr().Get() is True
    if any(op.GetTimeSamples() for op in ops) and not driven:
        yield broken(f"{path} is moved by samples and by an engine; its body must be kinematic")
    speeds = rigid.GetVelocityAttr().Get(), rigid.GetAngularVelocityAttr().Get()
    if not np.isfinite(np.array(speeds, np.float64)).all():
        yield broken(f"{path} begins with a velocity that is not finite")
    if prim.HasAPI(UsdPhysics.MassAPI):
        mass = UsdPhysics.MassAPI(prim).GetMassAttr().Get()
        if not (np.isfinite(mass) and mass > 0):
            yield broken(f"{path} weighs {mass:g} kg; a mass is above 0")
    elif not driven:
        yield broken(f"{path} is moved by an engine and has no mass")


def _gravity_findings(prim: Any) -> Findings:  # noqa: ANN401
    scene = UsdPhysics.Scene(prim)
    size = scene.GetGravityMagnitudeAttr().Get()
    way = np.array(scene.GetGravityDirectionAttr().Get(), np.float64)
    if not (np.isfinite(size) and size >= 0):
        yield broken(f"{prim.GetPath()}: gravity of {size:g} m/s² is none")
    if not abs(float(np.linalg.norm(way)) - 1) < 1e-3:  # noqa: PLR2004
        yield broken(f"{prim.GetPath()}: gravity's direction {way.tolist()} is not of length 1")
