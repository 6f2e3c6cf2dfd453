"""Rays against triangles, by Embree (Wald et al. 2014)."""

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh


class MeshRays:
    """One mesh, ready to be hit by rays in its own frame.

    Embree works in float32: it says which triangle is hit; where exactly is computed in
    float64 by whoever asks. Its watertight (robust) mode lets no ray slip between triangles.
    """

    def __init__(self, mesh: Mesh) -> None:
        corners = np.asarray(mesh.vertices, np.float64)[mesh.triangles]
        self._normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        self._offsets = (corners[:, 0] * self._normals).sum(-1)
        self._scene = EmbreeScene(robust=True)
        TriangleMesh(self._scene, np.array(mesh.vertices), np.array(mesh.triangles))

    def first_hits(
        self, origin: Float[Array, "3"], directions: Float[Array, "n 3"]
    ) -> tuple[Int[Array, " n"], Float[Array, " n"]]:
        """Return the first triangle that each ray meets, and where.

        Args:
            origin: Where all rays begin (3) [m].
            directions: Where they go (n 3), of any length.

        Returns:
            Triangle of each ray, −1 for none (n), and distance in lengths of its direction,
            inf for none (n), float64.
        """
        origins = np.tile(np.asarray(origin, np.float32), (len(directions), 1))
        hits = self._scene.run(origins, np.asarray(directions, np.float32), output=True)
        triangle = np.where(hits["geomID"] >= 0, hits["primID"], -1)
        distance = np.full(len(directions), np.inf)
        struck = triangle >= 0
        rough = hits["tfar"][struck].astype(np.float64)
        distance[struck] = self._refined(triangle[struck], origin, directions[struck], rough)
        return triangle, distance

    def _refined(
        self,
        triangle: Int[Array, " n"],
        origin: Float[Array, "3"],
        directions: Float[Array, "n 3"],
        rough: Float[Array, " n"],
    ) -> Float[Array, " n"]:
        """Return the distances to the triangles' planes in float64.

        A ray that grazes its triangle keeps Embree's distance: there the plane says little.
        """
        normal = self._normals[triangle]
        with np.errstate(divide="ignore", invalid="ignore"):
            exact = (self._offsets[triangle] - normal @ origin) / (directions * normal).sum(-1)
            agrees = np.abs(exact - rough) <= _GRAZING * rough
        return np.asarray(np.where(agrees, exact, rough))


_GRAZING = 1e-4
"""Largest share by which the plane may differ from Embree's float32 distance."""
