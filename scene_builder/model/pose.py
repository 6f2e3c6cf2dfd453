"""Where a body is and how it is turned."""

from dataclasses import dataclass
from typing import overload

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array, set_read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pose:
    """A rigid transform; `world_from_body @ point_body` is the point in the world.

    Attributes:
        position: Where the inner origin lies in the outer frame [m].
        wxyz: Unit quaternion that turns inner directions into outer ones.
    """

    position: Float[Array, "3"]
    wxyz: Float[Array, "4"]

    def __post_init__(self) -> None:
        set_read_only(self, "position", np.float64, (3,))
        norm = float(np.linalg.norm(self.wxyz))
        if not np.isfinite(norm) or norm < 1e-9:  # noqa: PLR2004
            raise ValueError(f"Pose.wxyz: {self.wxyz} is no rotation")
        object.__setattr__(self, "wxyz", np.asarray(self.wxyz, np.float64) / norm)
        set_read_only(self, "wxyz", np.float64, (4,))

    @staticmethod
    def at(x: float, y: float, z: float, *, yaw_deg: float = 0.0) -> "Pose":
        """Return the pose at (x, y, z) [m], turned by `yaw_deg` about the vertical."""
        half = np.deg2rad(yaw_deg) / 2
        return Pose(
            position=np.array([x, y, z], np.float64),
            wxyz=np.array([np.cos(half), 0.0, 0.0, np.sin(half)]),
        )

    @staticmethod
    def identity() -> "Pose":
        """Return the pose that changes nothing."""
        return Pose.at(0.0, 0.0, 0.0)

    @property
    def rotation(self) -> Float[Array, "3 3"]:
        """The rotation matrix (3 3)."""
        return rotation_from_wxyz(self.wxyz)

    def inverse(self) -> "Pose":
        """Return the transform the other way round."""
        back = self.wxyz * np.array([1.0, -1.0, -1.0, -1.0])
        return Pose(position=-(rotation_from_wxyz(back) @ self.position), wxyz=back)

    @overload
    def __matmul__(self, other: "Pose") -> "Pose": ...
    @overload
    def __matmul__(self, other: Array) -> Array: ...
    def __matmul__(self, other: "Pose | Array") -> "Pose | Array":
        """Transform a pose, or points (... 3) [m]."""
        if isinstance(other, Pose):
            return Pose(position=self @ other.position, wxyz=multiply_wxyz(self.wxyz, other.wxyz))
        return np.asarray(other) @ self.rotation.T + self.position


def rotation_from_wxyz(wxyz: Float[Array, "*n 4"]) -> Float[Array, "*n 3 3"]:
    """Return rotation matrices (... 3 3) of unit quaternions (... 4)."""
    values = np.asarray(wxyz, np.float64)
    # One number at a time is ten times quicker than arrays of one: every step asks for some.
    w, x, y, z = values.tolist() if values.ndim == 1 else np.moveaxis(values, -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    if values.ndim == 1:
        return np.array(rows)
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def wxyz_from_rotation(rotation: Float[Array, "3 3"]) -> Float[Array, "4"]:
    """Return the unit quaternion of a rotation matrix (Bar-Itzhack 2000, eigenvector form)."""
    m = np.asarray(rotation, np.float64)
    k = np.array(
        [
            [m[0, 0] + m[1, 1] + m[2, 2], 0, 0, 0],
            [m[2, 1] - m[1, 2], m[0, 0] - m[1, 1] - m[2, 2], 0, 0],
            [m[0, 2] - m[2, 0], m[1, 0] + m[0, 1], m[1, 1] - m[0, 0] - m[2, 2], 0],
            [m[1, 0] - m[0, 1], m[2, 0] + m[0, 2], m[2, 1] + m[1, 2], m[2, 2] - m[0, 0] - m[1, 1]],
        ]
    )
    _, vectors = np.linalg.eigh(k, UPLO="L")
    wxyz = vectors[:, -1]
    return np.asarray(wxyz if wxyz[0] >= 0 else -wxyz)


def multiply_wxyz(a: Float[Array, "*n 4"], b: Float[Array, "*n 4"]) -> Float[Array, "*n 4"]:
    """Return the Hamilton product of quaternions: first `b`, then `a`."""
    one, other = np.asarray(a), np.asarray(b)
    single = one.ndim == other.ndim == 1  # as in `rotation_from_wxyz`
    aw, ax, ay, az = one.tolist() if single else np.moveaxis(one, -1, 0)
    bw, bx, by, bz = other.tolist() if single else np.moveaxis(other, -1, 0)
    product = [
        aw * bw - ax * bx - ay * by - az * bz,
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
    ]
    return np.array(product) if single else np.stack(product, axis=-1)
