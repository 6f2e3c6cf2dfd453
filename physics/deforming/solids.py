"""The solids that cloth lies on: how deep points are inside of them, and which way is out."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider

EVERYWHERE = 1e6

BULGE, BULGE_REACH = 0.25, 0.9
"""At an edge faces stand out by this share of the cloth's spacing, and no more at that share of it
away from the edge: a straight line between neighbours on both sides then clears the edge."""

BENT_COSINE = 0.75
"""Faces whose normals have less in common than this meet in an edge."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solid:
    """One convex piece, in its body's frame.

    Attributes:
        low: Corner of its box (3) [m].
        high: The other corner (3) [m].
        center: Of what is round (3) [m].
        radius: Of what is round [m]; 0 for what planes bound.
        half_length: Half of a capsule's axis or a cylinder's height along Z [m].
        capped: Whether round ends close it (sphere, capsule), else flat ones.
        normals: Outward normals of the planes that bound it (p 3); none for what is round.
        offsets: Their distances from the origin (p) [m].
    """

    low: Float[Array, "3"]
    high: Float[Array, "3"]
    center: Float[Array, "3"]
    radius: float = 0.0
    half_length: float = 0.0
    capped: bool = True
    normals: Float[Array, "p 3"] | None = None
    offsets: Float[Array, " p"] | None = None
    _bent: Bool[Array, "p p"] = field(init=False)

    def __post_init__(self) -> None:
        normals = np.zeros((0, 3)) if self.normals is None else self.normals
        object.__setattr__(self, "_bent", normals @ normals.T < BENT_COSINE)

    def rise(self, spacing: float) -> float:
        """Return how high it stands over a straight line between points that lie on it [m].

        Args:
            spacing: Distance of the points [m].
        """
        return min(spacing**2 / (8 * self.radius), spacing / 4) if self.radius > 0 else 0.0

    def near(self, points: Float[Array, "n 3"], margin: float) -> Int[Array, " m"]:
        """Return which points are inside of the box, widened by a margin [m]."""
        inside: Bool[Array, " n"] = (
            (points > self.low - margin) & (points < self.high + margin)
        ).all(axis=1)
        return np.flatnonzero(inside)

    def distances(
        self, points: Float[Array, "n 3"], spacing: float = 0.0
    ) -> tuple[Float[Array, " n"], Float[Array, "n 3"]]:
        """Return the distance to the surface, below 0 inside (n) [m], and the way out (n 3).

        Args:
            points: (n 3) [m].
            spacing: Distance of neighbours that the surface must not look out between [m].

        Outside of an edge of flat faces it is the distance to the nearer plane: cloth that keeps
        a distance so turns around the edge at its whole radius.
        """
        if self.normals is not None and self.offsets is not None:
            heights: Float[Array, "n p"] = points @ self.normals.T - self.offsets
            face: Int[Array, " n"] = heights.argmax(axis=1)
            near = heights[np.arange(len(points)), face]
            if spacing == 0:
                return near, self.normals[face]
            # Cloth between two vertices cuts edges off: near these the faces bulge for it.
            beyond = np.where(self._bent[face], heights, -EVERYWHERE).max(axis=1)
            bulge = BULGE * spacing * np.clip(1 + beyond / (BULGE_REACH * spacing), 0, 1)
            return near - bulge, self.normals[face]
        local = points - self.center
        if self.capped:
            local[:, 2] -= np.clip(local[:, 2], -self.half_length, self.half_length)
            length = np.linalg.norm(local, axis=1)
            return length - self.radius, local / np.maximum(length, _TINY)[:, None]
        across = np.hypot(local[:, 0], local[:, 1])
        beside, above = across - self.radius, np.abs(local[:, 2]) - self.half_length
        way = local / np.maximum(across, _TINY)[:, None]
        way[:, 2] = 0.0
        ends = above > beside
        way[ends] = 0.0
        way[ends, 2] = np.sign(local[ends, 2])
        return np.maximum(beside, above), way


def solids_of(collider: Collider) -> tuple[Solid, ...]:
    """Return the convex pieces of a collider."""
    if collider.shape == "hulls":
        return tuple(_hull(hull) for hull in collider.hulls)
    if collider.shape == "plane":
        bound = np.full(3, EVERYWHERE)
        return (
            Solid(
                low=-bound, high=np.array([EVERYWHERE, EVERYWHERE, 0.0]), center=np.zeros(3),
                normals=np.array([[0.0, 0.0, 1.0]]), offsets=np.zeros(1),
            ),
        )  # fmt: skip
    if collider.shape == "box":
        half = np.array(collider.size) / 2
        normals = np.vstack([np.eye(3), -np.eye(3)])
        offsets = normals @ collider.center + np.append(half, half)
        low, high = collider.center - half, collider.center + half
        return (
            Solid(low=low, high=high, center=collider.center, normals=normals, offsets=offsets),
        )
    radius = collider.size[0]
    height = 2 * radius if collider.shape == "sphere" else collider.size[1]
    capped = collider.shape != "cylinder"
    half = np.array([radius, radius, height / 2])
    return (
        Solid(
            low=collider.center - half, high=collider.center + half, center=collider.center,
            radius=radius, half_length=height / 2 - (radius if capped else 0.0), capped=capped,
        ),
    )  # fmt: skip


def _hull(mesh: Mesh) -> Solid:
    corners = np.asarray(mesh.vertices, np.float64)[mesh.triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(across, axis=1)
    kept = area > area.max() * 1e-9
    normals = across[kept] / area[kept, None]
    middle = (mesh.low + mesh.high) / 2
    offsets = (normals * corners[kept, 0]).sum(axis=1)
    normals = np.where((normals @ middle > offsets)[:, None], -normals, normals)
    # From every corner, not from one: a hull's own rounding must not cut any of it off.
    offsets = (normals @ np.asarray(mesh.vertices, np.float64).T).max(axis=1)
    planes = np.unique(np.round(np.column_stack([normals, offsets]), 7), axis=0)
    return Solid(
        low=mesh.low, high=mesh.high, center=middle, normals=planes[:, :3], offsets=planes[:, 3]
    )


_TINY = 1e-12
