"""Poses as transform operations: where a body is, and how it moves, one sample a frame."""

from typing import Any

import numpy as np
from jaxtyping import Bool, Float
from pxr import Gf, Sdf, UsdGeom

from scene_builder.model.arrays import Array

ABSENT = 1e-4
"""Size of a piece that has not broken off yet: headsets play no visibility, and 0 is no size."""
_STILL = 1e-7
"""Largest change [m, or of a quaternion's number] of what counts as standing."""


def place(
    body: Any,  # noqa: ANN401 - UsdGeom.Xform
    positions: Float[Array, "f 3"],
    wxyz: Float[Array, "f 4"],
    present: Bool[Array, " f"],
    *,
    animated: bool,
) -> None:
    """Give a prim its pose at frame 0, and a sample for each frame if it moves.

    Args:
        body: The prim (`UsdGeom.Xform`).
        positions: With Y up (f 3) [m].
        wxyz: Unit quaternions with Y up, without sign jumps (f 4).
        present: When it is there (f).
        animated: Whether it may move at all.
    """
    single = UsdGeom.XformOp.PrecisionFloat
    ops = body.AddTranslateOp(single), body.AddOrientOp(single), body.AddScaleOp(single)
    sizes = np.where(present, 1.0, ABSENT)
    moves = animated and drifts(positions, wxyz)
    for op, values, changes in (
        (ops[0], [Gf.Vec3f(*p) for p in positions.tolist()], moves),
        (ops[1], [_quaternion(q) for q in wxyz.tolist()], moves),
        (ops[2], [Gf.Vec3f(s) for s in sizes.tolist()], animated and not present.all()),
    ):
        op.Set(values[0])
        if changes:
            attribute = op.GetAttr()
            with Sdf.ChangeBlock():
                for frame, value in enumerate(values):
                    attribute.Set(value, frame)


def drifts(positions: Float[Array, "f 3"], wxyz: Float[Array, "f 4"]) -> bool:
    """Whether a body is not where it was [m], or not turned as it was, at all frames."""
    return max(float(np.ptp(values, axis=0).max()) for values in (positions, wxyz)) > _STILL


def _quaternion(wxyz: list[float]) -> Any:  # noqa: ANN401 - Gf.Quatf
    return Gf.Quatf(wxyz[0], Gf.Vec3f(*wxyz[1:]))
