"""Bodies that are not rigid: their triangles at each frame, and their points by triangle.

A point of such a body is named by where it is on the stage's mesh, frame 0's, in the body's
frame: the same thread has the same `body_point` in every frame.
"""

from dataclasses import replace

import numpy as np
from jaxtyping import Float, Int

from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Stage


class Deforming:
    """The bodies of one shot that are not rigid."""

    def __init__(self, stage: Stage, motion: Trajectory) -> None:
        self._motion = motion
        self._meshes = {
            k: body.mesh for k, body in enumerate(stage.bodies) if body.id in motion.deform
        }

    @property
    def indices(self) -> tuple[int, ...]:
        """Their indices among the stage's bodies."""
        return tuple(self._meshes)

    def mesh(self, frame: int, k: int) -> Mesh:
        """Return body `k` as it is at a frame, in its own frame."""
        body_id = self._motion.body_ids[k]
        world = np.asarray(self._motion.deform[body_id][frame], np.float64)
        local = self._motion.pose(frame, body_id).inverse() @ world
        return replace(self._meshes[k], vertices=local.astype(np.float32))

    def on_stage(
        self, k: int, triangle: Int[Array, " n"], weights: Float[Array, "n 3"]
    ) -> Float[Array, "n 3"]:
        """Return points of the stage's mesh by triangle and barycentric weights (n 3) [m]."""
        return _blended(np.asarray(self._meshes[k].vertices, np.float64), self._meshes[k],
                        triangle, weights)  # fmt: skip

    def places(
        self, frame: int, k: int, triangle: Int[Array, " n"], on_stage: Float[Array, "n 3"]
    ) -> Float[Array, "n 3"]:
        """Return where points of the stage's mesh are in the world at a frame (n 3) [m].

        Args:
            frame: When.
            k: Whose points.
            triangle: Their triangles (n).
            on_stage: The points on the stage's mesh, in its body's frame (n 3) [m].
        """
        mesh = self._meshes[k]
        weights = barycentric(mesh, triangle, on_stage)
        now = np.asarray(self._motion.deform[self._motion.body_ids[k]][frame], np.float64)
        return _blended(now, mesh, triangle, weights)


def barycentric(
    mesh: Mesh, triangle: Int[Array, " n"], points: Float[Array, "n 3"]
) -> Float[Array, "n 3"]:
    """Return the barycentric weights of points in their triangles (n 3)."""
    corners = np.asarray(mesh.vertices, np.float64)[mesh.triangles[triangle]]
    one, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    across = np.cross(one, other)
    area = np.maximum((across * across).sum(-1), np.finfo(np.float64).tiny)
    offset = points - corners[:, 0]
    second = (np.cross(offset, other) * across).sum(-1) / area
    third = (np.cross(one, offset) * across).sum(-1) / area
    return np.stack([1 - second - third, second, third], axis=-1)


def _blended(
    vertices: Float[Array, "v 3"], mesh: Mesh, triangle: Int[Array, " n"],
    weights: Float[Array, "n 3"],
) -> Float[Array, "n 3"]:  # fmt: skip
    return np.asarray(np.einsum("nk,nkj->nj", weights, vertices[mesh.triangles[triangle]]))
