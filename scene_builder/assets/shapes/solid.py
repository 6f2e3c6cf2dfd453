"""A closed surface together with the convex pieces that fill it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import manifold3d
import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.model.arrays import Array

Point = Float[Array, "3"] | tuple[float, float, float]
"""A place or direction (3) [m]."""

AXES = {"x": 0, "y": 1, "z": 2}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solid:
    """A closed, outward-facing triangle surface, and its convex pieces.

    Attributes:
        vertices: Corners (v 3) [m], shared between triangles.
        triangles: Corner indices (t 3), counter-clockwise from outside.
        hulls: Corners (h 3) [m] of each convex piece; empty for what nothing collides with.
        slots: Material slot of each triangle (t), or None where one slot serves all.
    """

    vertices: Float[Array, "v 3"]
    triangles: Int[Array, "t 3"]
    hulls: tuple[Float[Array, "_ 3"], ...] = ()
    slots: Int[Array, " t"] | None = None

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> "Solid":
        """Return it moved by (x, y, z) [m]."""
        return self._mapped(np.eye(3), np.array([x, y, z], np.float64))

    def turned(self, axis: str, angle_deg: float) -> "Solid":
        """Return it turned about an axis through the origin, counter-clockwise."""
        a = np.deg2rad(angle_deg)
        k = AXES[axis]
        i, j = (k + 1) % 3, (k + 2) % 3
        matrix = np.eye(3)
        matrix[i, i] = matrix[j, j] = np.cos(a)
        matrix[i, j], matrix[j, i] = -np.sin(a), np.sin(a)
        return self._mapped(matrix, np.zeros(3))

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> "Solid":
        """Return it stretched about the origin; one factor stretches all axes."""
        return self._mapped(
            np.diag([float(x), float(x if y is None else y), float(x if z is None else z)]),
            np.zeros(3),
        )

    def without_hulls(self) -> "Solid":
        """Return it without its convex pieces: seen, but not touched."""
        return replace(self, hulls=())

    def with_hull(self, corners: int = 60) -> "Solid":
        """Return it with its convex hull, of about so many corners, as its only piece."""
        return replace(self, hulls=(support_points(self.vertices, corners),))

    def seated(self) -> "Solid":
        """Return it moved so that its lowest point lies on z = 0."""
        return self.moved(z=-float(self.vertices[:, 2].min()))

    def outward(self) -> "Solid":
        """Return it with its triangles turned to face outwards."""
        corners = self.vertices[self.triangles]
        volume = np.einsum("ti,ti->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
        return self if volume > 0 else replace(self, triangles=self.triangles[:, ::-1])

    def painted(
        self, slot: int, where: Callable[[Float[Array, "t 3"]], Bool[Array, " t"]]
    ) -> "Solid":
        """Return it with `slot` on the triangles whose centres (t 3) [m] `where` picks."""
        centers = self.vertices[self.triangles].mean(axis=1)
        before = np.zeros(len(self.triangles), np.int32) if self.slots is None else self.slots
        return replace(self, slots=np.where(where(centers), slot, before).astype(np.int32))

    def _mapped(self, matrix: Float[Array, "3 3"], shift: Float[Array, "3"]) -> "Solid":
        flip = np.linalg.det(matrix) < 0
        return replace(
            self,
            vertices=self.vertices @ matrix.T + shift,
            triangles=self.triangles[:, ::-1] if flip else self.triangles,
            hulls=tuple(hull @ matrix.T + shift for hull in self.hulls),
        )


def joined(*solids: Solid) -> Solid:
    """Return several solids as one surface of several closed parts (they may overlap)."""
    offsets = np.cumsum([0, *(len(s.vertices) for s in solids[:-1])])
    slots = [np.zeros(len(s.triangles), np.int32) if s.slots is None else s.slots for s in solids]
    return Solid(
        vertices=np.concatenate([s.vertices for s in solids]),
        triangles=np.concatenate([s.triangles + o for s, o in zip(solids, offsets, strict=True)]),
        hulls=tuple(hull for s in solids for hull in s.hulls),
        slots=np.concatenate(slots) if any(s.slots is not None for s in solids) else None,
    )


def fused(*solids: Solid) -> Solid:
    """Return the union of solids as one skin; the pieces of all of them are kept."""
    union = manifold3d.Manifold.batch_boolean(
        [manifold_of(s) for s in solids], manifold3d.OpType.Add
    )
    return solid_of(union, hulls=tuple(hull for s in solids for hull in s.hulls))


def carved(
    solid: Solid, *tools: Solid, hulls: tuple[Float[Array, "_ 3"], ...] | None = None
) -> Solid:
    """Return `solid` with the tools cut out of it.

    Args:
        solid: What is cut.
        tools: What is taken away.
        hulls: Convex pieces of the result; None keeps those of `solid`.
    """
    rest = manifold3d.Manifold.batch_boolean(
        [manifold_of(s) for s in (solid, *tools)], manifold3d.OpType.Subtract
    )
    return solid_of(rest, hulls=solid.hulls if hulls is None else hulls)


def convex(points: Float[Array, "n 3"]) -> Solid:
    """Return the convex hull of points [m] as a solid."""
    solid = solid_of(manifold3d.Manifold.hull_points(np.array(points, np.float64, order="C")))
    return replace(solid, hulls=(solid.vertices,))


def support_points(points: Float[Array, "n 3"], count: int) -> Float[Array, "h 3"]:
    """Return the points [m] that lie farthest out in `count` evenly spread directions.

    The directions are Fibonacci's lattice on the sphere (González 2010), and straight down.
    """
    if len(points) <= count:
        return hull_points(points)
    k = np.arange(count) + 0.5
    height, turn = 1 - 2 * k / count, np.pi * (1 + 5**0.5) * k
    flat = np.sqrt(1 - height**2)
    directions = np.stack([flat * np.cos(turn), flat * np.sin(turn), height], axis=1)
    scaled = (points - points.mean(axis=0)) / np.maximum(np.ptp(points, axis=0), 1e-9)
    farthest = np.unique(np.argmax(scaled @ np.vstack([directions, [0, 0, -1]]).T, axis=0))
    return hull_points(points[farthest])


def hull_points(points: Float[Array, "n 3"]) -> Float[Array, "h 3"]:
    """Return the corners of the convex hull of points [m]."""
    return convex(points).vertices


def manifold_of(solid: Solid) -> manifold3d.Manifold:
    """Return a solid as manifold3d sees it."""
    return manifold3d.Manifold(
        manifold3d.Mesh64(
            vert_properties=np.array(solid.vertices, np.float64, order="C"),
            tri_verts=np.array(solid.triangles, np.uint64, order="C"),
        )
    )


def solid_of(manifold: manifold3d.Manifold, hulls: tuple[Float[Array, "_ 3"], ...] = ()) -> Solid:
    """Return the solid that manifold3d made."""
    mesh = manifold.to_mesh64()
    return Solid(
        vertices=np.array(mesh.vert_properties[:, :3], np.float64),
        triangles=np.array(mesh.tri_verts, np.int32),
        hulls=hulls,
    )
