"""Which surface point every pixel shows: exact to float64, independent of any renderer."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from physics.trajectory import Trajectory
from render.truth.deforming import Deforming, barycentric
from render.truth.normals import corner_normals
from render.truth.rays import MeshRays
from scene_builder.model.arrays import Array
from scene_builder.model.digest import digest
from scene_builder.model.lens import Lens
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surfaces:
    """What n pixels show.

    Attributes:
        body_index: 0 for background, k for `bodies[k - 1]` (n), int32.
        triangle: Triangle of that body's mesh, −1 for background (n).
        depth: Distance along the camera's axis (n) [m], inf for background.
        body_point: The point in its body's frame (n 3) [m], NaN for background.
        normal: Unit shading normal in the world, towards the viewer (n 3), 0 for background.
    """

    body_index: Int[Array, " n"]
    triangle: Int[Array, " n"]
    depth: Float[Array, " n"]
    body_point: Float[Array, "n 3"]
    normal: Float[Array, "n 3"]


class SurfaceCaster:
    """Casts rays from a camera against every body where it is at a frame.

    Every body's rays are cast in its own frame, where its tree of triangles never changes,
    and only inside of the box that it covers in the picture; bodies of one shape share a tree.
    """

    def __init__(self, stage: Stage, motion: Trajectory) -> None:
        self._stage = stage
        self._motion = motion
        self._shapes: dict[str, _Shape] = {}
        self._shape_of = [self._shape(body.mesh) for body in stage.bodies]
        self._deforming = Deforming(stage, motion)
        self._bent: dict[tuple[int, int], _Shape] = {}
        self._rotations = rotation_from_wxyz(motion.wxyz)

    def cast(
        self, frame: int, world_from_camera: Pose, lens: Lens, pixels: Float[Array, "n 2"]
    ) -> Surfaces:
        """Return what is seen through places of the picture.

        Args:
            frame: When.
            world_from_camera: Where the camera is.
            lens: Its lens.
            pixels: Places (n 2) [px]; whole numbers are pixel centres, NaN sees nothing.
        """
        body_index, triangle, depth = self.first_hits(frame, world_from_camera, lens, pixels)
        point = np.full((len(depth), 3), np.nan)
        normal = np.zeros((len(depth), 3))
        for k in (np.unique(body_index[body_index > 0]) - 1).tolist():
            here = np.flatnonzero(body_index == k + 1)
            rotation, position = self._camera_in_body(frame, k, world_from_camera)
            rays = _directions(lens, pixels[here]) @ rotation.T
            point[here] = position + depth[here, None] * rays
            shape = self._shape_at(frame, k)
            shading = shape.shading_normals(triangle[here], point[here], rays)
            normal[here] = shading @ self._rotations[frame, k].T
            if k in self._deforming.indices:
                weights = barycentric(shape.mesh, triangle[here], point[here])
                point[here] = self._deforming.on_stage(k, triangle[here], weights)
        return Surfaces(
            body_index=body_index, triangle=triangle, depth=depth, body_point=point, normal=normal
        )

    def first_hits(
        self,
        frame: int,
        world_from_camera: Pose,
        lens: Lens,
        pixels: Float[Array, "n 2"],
        *,
        only: int | None = None,
    ) -> tuple[Int[Array, " n"], Int[Array, " n"], Float[Array, " n"]]:
        """Return body index, triangle and depth [m] (n) seen through places of the picture.

        Args:
            frame: When.
            world_from_camera: Where the camera is.
            lens: Its lens.
            pixels: Places (n 2) [px].
            only: The one body (from 0) that is looked at, as if it were alone.
        """
        directions = _directions(lens, pixels)
        nearest = np.full(len(pixels), np.inf)
        body_index = np.zeros(len(pixels), np.int32)
        triangle = np.full(len(pixels), -1, np.int64)
        for k in range(len(self._shape_of)):
            if not self._motion.present[frame, k] or only not in (None, k):
                continue
            shape = self._shape_at(frame, k)
            rotation, position = self._camera_in_body(frame, k, world_from_camera)
            box = lens.pixels((shape.bounds - position) @ rotation)
            inside = np.flatnonzero(_covered(box, pixels))
            if not len(inside):
                continue
            hit, distance = shape.rays.first_hits(position, directions[inside] @ rotation.T)
            closer = distance < nearest[inside]
            where = inside[closer]
            nearest[where], triangle[where] = distance[closer], hit[closer]
            body_index[where] = k + 1
        return body_index, triangle, nearest

    def _camera_in_body(
        self, frame: int, k: int, world_from_camera: Pose
    ) -> tuple[Float[Array, "3 3"], Float[Array, "3"]]:
        """Return rotation and position of the camera in a body's frame."""
        body_from_world = self._rotations[frame, k].T
        offset = world_from_camera.position - self._motion.positions[frame, k]
        return body_from_world @ world_from_camera.rotation, body_from_world @ offset

    def _shape_at(self, frame: int, k: int) -> "_Shape":
        """Return body `k` as it is at a frame; the frames asked for last are kept."""
        if k not in self._deforming.indices:
            return self._shape_of[k]
        if (frame, k) not in self._bent:
            while len(self._bent) >= _KEPT_FRAMES * len(self._deforming.indices):
                del self._bent[next(iter(self._bent))]
            self._bent[frame, k] = _Shape(self._deforming.mesh(frame, k))
        return self._bent[frame, k]

    def _shape(self, mesh: Mesh) -> "_Shape":
        name = digest(mesh)
        if name not in self._shapes:
            self._shapes[name] = _Shape(mesh)
        return self._shapes[name]


class _Shape:
    """What bodies of one mesh share."""

    def __init__(self, mesh: Mesh) -> None:
        self.mesh = mesh
        self.rays = MeshRays(mesh)
        corners = np.asarray(mesh.vertices, np.float64)[mesh.triangles]
        one, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
        across = np.cross(one, other)
        area = np.maximum((across * across).sum(-1, keepdims=True), np.finfo(np.float64).tiny)
        self._first = corners[:, 0]
        self._to_second = np.cross(other, across) / area
        self._to_third = np.cross(across, one) / area
        self._across = across
        self._normals = corner_normals(mesh)
        low, high = mesh.low, mesh.high
        self.bounds = np.array(
            [[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1])
             for z in (low[2], high[2])]
        )  # fmt: skip

    def shading_normals(
        self,
        triangle: Int[Array, " n"],
        points: Float[Array, "n 3"],
        rays: Float[Array, "n 3"],
    ) -> Float[Array, "n 3"]:
        """Return smooth normals at points on triangles, on the side that the rays come from."""
        offset = points - self._first[triangle]
        second = (offset * self._to_second[triangle]).sum(-1)
        third = (offset * self._to_third[triangle]).sum(-1)
        weights = np.clip(np.stack([1 - second - third, second, third], axis=-1), 0, 1)
        smooth = np.einsum("nk,nkj->nj", weights, self._normals[triangle])
        smooth /= np.maximum(np.linalg.norm(smooth, axis=-1, keepdims=True), _TINY)
        from_behind = (self._across[triangle] * rays).sum(-1) > 0
        return np.asarray(np.where(from_behind[:, None], -smooth, smooth))


_TINY = 1e-12
_KEPT_FRAMES = 3


def _directions(lens: Lens, pixels: Float[Array, "n 2"]) -> Float[Array, "n 3"]:
    """Return camera-space directions with z = −1 through places of the picture [px]."""
    width, height = lens.size_px
    x = (pixels[:, 0] - (width - 1) / 2) / lens.focal_px
    y = ((height - 1) / 2 - pixels[:, 1]) / lens.focal_px
    return np.stack([x, y, np.full(len(pixels), -1.0)], axis=-1)


def _covered(box: Float[Array, "8 2"], pixels: Float[Array, "n 2"]) -> Bool[Array, " n"]:
    """Return which places lie where a body's box, seen in the picture, may cover them."""
    x, y = pixels[:, 0], pixels[:, 1]
    if np.isnan(box).any():  # partly behind the camera: it may cover anything
        return np.asarray(np.isfinite(x) & np.isfinite(y))
    left, top = box.min(0) - _MARGIN_PX
    right, bottom = box.max(0) + _MARGIN_PX
    return np.asarray((x >= left) & (x <= right) & (y >= top) & (y <= bottom))


_MARGIN_PX = 0.01
"""Room for float32 around a body's box [px]."""
