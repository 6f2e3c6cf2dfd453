"""Skins: bones that are whole, and vertices that go where the run's motion takes them."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pxr import Usd, UsdGeom, UsdSkel, Vt

from physics.trajectory import Trajectory
from pipeline.export.findings import Finding, broken
from pipeline.export.turning import turned
from pipeline.export.usd.skins import WORST_M, WORST_SHARE
from scene_builder.model.arrays import Array

MOST_BONES = 64
_UNIT = 1e-3
Findings = Iterator[Finding]


def skin_findings(stage: Any) -> Findings:  # noqa: ANN401 - Usd.Stage
    """Yield what is wrong with the skins of a scene (`Usd.Stage`)."""
    for prim in stage.Traverse():
        if prim.IsA(UsdSkel.Skeleton):
            bones = len(UsdSkel.Skeleton(prim).GetJointsAttr().Get() or ())
            if not 0 < bones <= MOST_BONES:
                yield broken(f"{prim.GetPath()} has {bones} bones; 1 to {MOST_BONES} are allowed")
        if prim.IsA(UsdSkel.Animation):
            yield from _animation_findings(UsdSkel.Animation(prim))
        if prim.IsA(UsdGeom.Mesh) and prim.HasAPI(UsdSkel.BindingAPI):
            yield from _weight_findings(prim)


def _animation_findings(played: Any) -> Findings:  # noqa: ANN401 - UsdSkel.Animation
    path, turns = played.GetPath(), played.GetRotationsAttr()
    if not turns.GetTimeSamples():
        yield broken(f"{path} has no samples: the skin would stand still")
        return
    values = np.array(
        [[(q.GetReal(), *q.GetImaginary()) for q in turns.Get(t)] for t in turns.GetTimeSamples()]
    )
    if not np.isfinite(values).all() or np.abs(np.linalg.norm(values, axis=-1) - 1).max() > _UNIT:
        yield broken(f"{path} has quaternions that are not of length 1")
    elif ((values[1:] * values[:-1]).sum(axis=-1) < 0).any():
        yield broken(f"{path} changes the quaternions' sign: bones would spin between frames")


def _weight_findings(prim: Any) -> Findings:  # noqa: ANN401 - Usd.Prim
    binding = UsdSkel.BindingAPI(prim)
    size = binding.GetJointWeightsPrimvar().GetElementSize()
    weights = np.array(binding.GetJointWeightsPrimvar().Get() or (), np.float64)
    count = len(UsdGeom.Mesh(prim).GetPointsAttr().Get() or ())
    if len(weights) != count * size:
        yield broken(f"{prim.GetPath()} has {len(weights)} weights for {count} points")
    elif not np.abs(weights.reshape(count, size).sum(axis=1) - 1).max() <= _UNIT:
        yield broken(f"{prim.GetPath()}: the weights of a point do not sum to 1")


def bend_findings(stage: Any, motion: Trajectory) -> Findings:  # noqa: ANN401 - Usd.Stage
    """Yield where a skin of a scene (`Usd.Stage`) differs from the motion that it was made of."""
    said = stage.GetRootLayer().customLayerData.get("worldreel", {})
    scale, offset = said.get("scale", 1.0), np.array(said.get("offset", (0, 0, 0)), np.float64)
    names: Mapping[str, str] = said.get("skins", {})
    for name, body_id in names.items():
        root = stage.GetDefaultPrim().GetChild(name)
        if not root or not root.IsA(UsdSkel.Root) or body_id not in motion.deform:
            yield broken(f"the skin of {body_id} is missing, in the file or in the run")
            continue
        wanted = turned(np.asarray(motion.deform[body_id], np.float64) * scale + offset)
        size = float(np.linalg.norm(np.ptp(wanted[0], axis=0)))
        off = _worst(root, wanted)
        if not off <= max(WORST_M * scale, WORST_SHARE * size):
            yield broken(f"the skin of {body_id} is {off:.3g} m off the run's motion")


def _worst(root: Any, wanted: Array) -> float:  # noqa: ANN401 - Usd.Prim
    """Return how far a skin's points are off a motion (f v 3) at most [m]."""
    from scipy.spatial import cKDTree

    cache, worst = UsdSkel.Cache(), 0.0
    skin = UsdSkel.Root(root)
    cache.Populate(skin, Usd.PrimDefaultPredicate)
    for binding in cache.ComputeSkelBindings(skin, Usd.PrimDefaultPredicate):
        bones = cache.GetSkelQuery(binding.GetSkeleton())
        for query in binding.GetSkinningTargets():
            rest = UsdGeom.Mesh(query.GetPrim()).GetPointsAttr().Get()
            vertex: Array | None = None
            for frame in range(len(wanted)):
                points = Vt.Vec3fArray(rest)
                query.ComputeSkinnedPoints(bones.ComputeSkinningTransforms(frame), points, frame)
                places = np.array(points, np.float64)
                if vertex is None:
                    vertex = cKDTree(wanted[0]).query(places)[1]
                away = np.linalg.norm(places - wanted[frame][vertex], axis=1)
                worst = max(worst, float(away.max()) if np.isfinite(away).all() else np.inf)
    return worst
