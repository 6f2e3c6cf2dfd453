"""Motion: one sample a frame, in the operations that headsets play, without jumps."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from pxr import UsdGeom, UsdPhysics

from pipeline.export.findings import Finding, broken

_OP = UsdGeom.XformOp
_PLAYED = (_OP.TypeTranslate, _OP.TypeOrient, _OP.TypeScale)
_UNIT, _SAME = 1e-3, 1e-5
Findings = Iterator[Finding]


def motion_findings(stage: Any) -> Findings:  # noqa: ANN401 - Usd.Stage
    """Yield what is wrong with how the bodies of a scene (`Usd.Stage`) move."""
    start, end = stage.GetStartTimeCode(), stage.GetEndTimeCode()
    sampled = played = 0
    for prim in stage.Traverse():
        for attribute in prim.GetAuthoredAttributes():
            times = attribute.GetTimeSamples()
            sampled += bool(times)
            if any(time != round(time) for time in times):
                yield broken(f"{attribute.GetPath()} has samples between frames")
            elif times and times != list(np.arange(start, end + 1)):
                yield broken(
                    f"{attribute.GetPath()} has {len(times)} samples; it needs one for each "
                    f"frame from {start:g} to {end:g}"
                )
        if prim.IsA(UsdGeom.Xformable):
            yield from _order_findings(prim)
            for op in UsdGeom.Xformable(prim).GetOrderedXformOps():
                yield from _op_findings(op)
        played += prim.HasAPI(UsdPhysics.RigidBodyAPI) and _is_kinematic(prim)
    said = stage.GetRootLayer().customLayerData.get("worldreel", {})
    if played and not sampled and said.get("moves", True):
        yield broken("its bodies are to be played and none of them moves: the motion is lost")
    if sampled and end <= start:
        yield broken("it has samples, and no time to play them in")


def _order_findings(prim: Any) -> Findings:  # noqa: ANN401
    ops = UsdGeom.Xformable(prim).GetOrderedXformOps()
    kinds = [_PLAYED.index(op.GetOpType()) for op in ops if op.GetOpType() in _PLAYED]
    if kinds != sorted(kinds):
        yield broken(f"{prim.GetPath()} is not scaled first, then turned, then moved")


def _op_findings(op: Any) -> Findings:  # noqa: ANN401
    path, times = op.GetAttr().GetPath(), op.GetTimeSamples()
    value = op.Get()
    if op.GetOpType() not in _PLAYED:
        if times:
            yield broken(f"{path} is animated; headsets play translate, orient and scale alone")
        return
    if value is None:
        yield broken(f"{path} has no default value: where nothing plays it stands at the origin")
    values = [_numbers(op, v) for v in ([value] if value is not None else [])]
    samples = np.array([_numbers(op, op.Get(time)) for time in times])
    every = (
        np.concatenate([np.array(values).reshape(-1, samples.shape[1]), samples])
        if times
        else np.array(values)
    )
    if not np.isfinite(every).all():
        yield broken(f"{path} is not finite")
        return
    if times and values and np.abs(values[0] - samples[0]).max() > _SAME:
        yield broken(f"{path}: its default value is not its first sample")
    if op.GetOpType() == _OP.TypeOrient and len(every):
        if np.abs(np.linalg.norm(every, axis=1) - 1).max() > _UNIT:
            yield broken(f"{path} has quaternions that are not of length 1")
        elif times and ((samples[1:] * samples[:-1]).sum(axis=1) < 0).any():
            yield broken(
                f"{path} changes the quaternions' sign: the body would spin between frames"
            )
    if op.GetOpType() == _OP.TypeScale and len(every) and every.min() <= 0:
        yield broken(f"{path} is not above 0")


def _numbers(op: Any, value: Any) -> Any:  # noqa: ANN401
    if op.GetOpType() == _OP.TypeOrient:
        return np.array([value.GetReal(), *value.GetImaginary()], np.float64)
    return np.array(value, np.float64)


def _is_kinematic(prim: Any) -> bool:  # noqa: ANN401
    return UsdPhysics.RigidBodyAPI(prim).GetKinematicEnabledAttr().Get() is True
