"""What a body displaces: its solid in small cells, and how much of it a fluid covers."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider

CELLS_ACROSS = 10
"""Cells along a body's largest dimension."""

LEAST_ACROSS = 4
"""Cells along its smallest."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A solid in equal cells.

    Attributes:
        centers: Of the cells, in the body's frame (n 3) [m].
        edges: Of one cell (3) [m].
        volume: Of the whole solid [m³]; each cell stands for an equal share of it.
    """

    centers: Float[Array, "n 3"]
    edges: Float[Array, "3"]
    volume: float

    def covered(
        self, rotation: Float[Array, "3 3"], heights: Float[Array, " n"]
    ) -> Float[Array, " n"]:
        """Return the share of each cell that lies under a surface (n), 0…1.

        Args:
            rotation: `world_from_body` (3 3).
            heights: Of the cells' centres above the surface (n) [m].
        """
        tall = float(np.abs(rotation[2]) @ self.edges)
        return np.clip(0.5 - heights / tall, 0.0, 1.0)


def cells_of(collider: Collider, mesh: Mesh, *, hollow: bool = False) -> Cells:
    """Return what a body displaces, in cells.

    Args:
        collider: Its solid.
        mesh: Its surface, in the same frame.
        hollow: Whether its convex hull displaces.

    Raises:
        ValueError: If the collider is a plane.
    """
    if collider.shape == "plane":
        raise ValueError("a plane displaces no finite volume")
    clouds: list[Float[Array, "v 3"]] = []
    if hollow or collider.shape == "hulls":
        meshes = (mesh,) if hollow else collider.hulls
        clouds = [np.asarray(mesh.vertices, np.float64) for mesh in meshes]
        low = np.min([cloud.min(axis=0) for cloud in clouds], axis=0)
        high = np.max([cloud.max(axis=0) for cloud in clouds], axis=0)
        centers, edges = _grid(low, high)
        inside = np.zeros(len(centers), np.bool_)
        for cloud in clouds:
            inside |= _in_hull(cloud, centers)
    else:
        half = _half(collider)
        centers, edges = _grid(collider.center - half, collider.center + half)
        inside = _in_primitive(collider, centers - collider.center)
    volume = float(inside.sum() * edges.prod())
    if len(clouds) != 1:
        return Cells(centers[inside], edges, _exact(collider) or volume)
    return Cells(centers[inside], edges, _hull_volume(clouds[0]))


def _grid(
    low: Float[Array, "3"], high: Float[Array, "3"]
) -> tuple[Float[Array, "n 3"], Float[Array, "3"]]:
    size = np.maximum(high - low, 1e-6)
    counts = np.clip(np.ceil(CELLS_ACROSS * size / size.max()), LEAST_ACROSS, None).astype(int)
    axes = [low[k] + (np.arange(n) + 0.5) * size[k] / n for k, n in enumerate(counts)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    return grid, size / counts


def _half(collider: Collider) -> Float[Array, "3"]:
    size = collider.size
    if collider.shape == "sphere":
        return np.full(3, size[0])
    if collider.shape == "box":
        return np.array(size) / 2
    return np.array([size[0], size[0], size[1] / 2])


def _in_primitive(collider: Collider, points: Float[Array, "n 3"]) -> Bool[Array, " n"]:
    """Whether points (n 3) about its centre lie in a sphere, box, cylinder or capsule."""
    if collider.shape == "box":
        return np.ones(len(points), np.bool_)
    away = points.copy()
    if collider.shape == "cylinder":
        away[:, 2] = 0.0
    elif collider.shape == "capsule":
        straight = max(collider.size[1] / 2 - collider.size[0], 0.0)
        away[:, 2] = np.maximum(np.abs(away[:, 2]) - straight, 0.0)
    return np.asarray(np.linalg.norm(away, axis=1) <= collider.size[0])


def _exact(collider: Collider) -> float | None:
    """Return the volume where a formula has it [m³]."""
    size = collider.size
    if collider.shape == "hulls":
        return None
    if collider.shape == "box":
        return float(np.prod(size))
    ball = 4 / 3 * np.pi * size[0] ** 3
    if collider.shape == "sphere":
        return float(ball)
    if collider.shape == "cylinder":
        return float(np.pi * size[0] ** 2 * size[1])
    return float(ball + np.pi * size[0] ** 2 * max(size[1] - 2 * size[0], 0.0))


def _in_hull(cloud: Float[Array, "v 3"], points: Float[Array, "n 3"]) -> Bool[Array, " n"]:
    from scipy.spatial import ConvexHull, QhullError

    try:
        planes = ConvexHull(cloud).equations
    except QhullError:
        return np.zeros(len(points), np.bool_)  # flat: it displaces nothing
    return np.asarray((points @ planes[:, :3].T + planes[:, 3] <= 0).all(axis=1))


def _hull_volume(cloud: Float[Array, "v 3"]) -> float:
    from scipy.spatial import ConvexHull, QhullError

    try:
        return float(ConvexHull(cloud).volume)
    except QhullError:
        return 0.0
