"""Every pose of every frame, held against the motion that the file was made from."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from jaxtyping import Float
from pxr import UsdGeom

from physics.trajectory import Trajectory
from pipeline.export.findings import Finding, broken
from pipeline.export.turning import turned
from pipeline.export.usd.moving import ABSENT
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz

POSE_TOLERANCE_M, TURN_TOLERANCE = 1e-4, 1e-3
"""Allowed error of a place [m], and of each number of a rotation matrix."""
Findings = Iterator[Finding]


def pose_findings(stage: Any, motion: Trajectory) -> Findings:  # noqa: ANN401 - Usd.Stage
    """Yield where a scene (`Usd.Stage`) differs from a motion."""
    said = stage.GetRootLayer().customLayerData.get("worldreel", {})
    scale, offset = said.get("scale", 1.0), np.array(said.get("offset", (0, 0, 0)), np.float64)
    names: Mapping[str, str] = said.get("bodies", {})
    live = bool(said.get("live", False))
    if not names:
        yield broken("it does not say which of its prims is which body; export it again")
    frames = 1 if live else motion.frame_count
    if stage.GetEndTimeCode() - stage.GetStartTimeCode() + 1 != frames:
        yield broken(f"it has not the {frames} frames of the run's motion")
        return
    root = stage.GetDefaultPrim()
    for name, body_id in names.items():
        prim = root.GetChild(name) if root else None
        if not prim or body_id not in motion.body_ids:
            yield broken(f"the body {body_id} is missing, in the file or in the run")
            continue
        k = motion.index(body_id)
        wanted = turned(motion.positions[:frames, k] * scale + offset)
        turns = _turned_matrices(motion.wxyz[:frames, k])
        here = motion.present[:frames, k] | live
        yield from _differences(prim, body_id, wanted, turns, here)


def _differences(
    prim: Any,  # noqa: ANN401
    body_id: str,
    wanted: Float[Array, "f 3"],
    turns: Float[Array, "f 3 3"],
    here: Array,
) -> Findings:
    form = UsdGeom.Xformable(prim)
    found = np.array([form.ComputeLocalToWorldTransform(k) for k in range(len(wanted))])
    away = np.abs(found[:, 3, :3] - wanted).max(axis=1)
    sizes = np.where(here, 1.0, ABSENT)
    # Gf multiplies rows: its matrix is the transpose of ours.
    turned_by = np.swapaxes(found[:, :3, :3], 1, 2) / sizes[:, None, None]
    bent = np.abs(turned_by - turns).max(axis=(1, 2))
    if not away.max() <= POSE_TOLERANCE_M:
        frame = int(np.nanargmax(away))
        yield broken(f"{body_id} is {away[frame]:.3g} m away from the run's motion, frame {frame}")
    if not bent.max() <= TURN_TOLERANCE:
        frame = int(np.nanargmax(bent))
        yield broken(f"{body_id} is turned or sized otherwise than in the run, frame {frame}")


def _turned_matrices(wxyz: Float[Array, "f 4"]) -> Float[Array, "f 3 3"]:
    """Return rotations between frames with Y up (f 3 3), by the long way: a check of the short."""
    change = np.array([[1.0, 0, 0], [0, 0, 1.0], [0, -1.0, 0]])
    return np.asarray(change @ rotation_from_wxyz(wxyz) @ change.T)
