"""A piece of cloth as masses and distances that it keeps."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array
from scene_builder.model.errors import SimulationError
from scene_builder.model.fabrics.fabric import Fabric
from scene_builder.model.mesh import Mesh

BENT = 14.0
"""Two triangles of height h that meet at 60° are 0.28·h nearer at their tips: ½·k·(0.28·h)² equals
the energy ½·B·θ² of a fold as wide as it is high for k = 14·B/h²."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distances:
    """Pairs of vertices that keep a distance; no vertex is in two pairs of one group.

    Attributes:
        one: The one of each pair (n).
        other: The other (n).
        length: What they keep (n) [m].
        compliance: The inverse of their spring's stiffness (n) [m/N].
    """

    one: Int[Array, " n"]
    other: Int[Array, " n"]
    length: Float[Array, " n"]
    compliance: Float[Array, " n"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tethers:
    """How far vertices may be from the nearest pin, along the cloth.

    Attributes:
        vertex: Which (n).
        pin: Its pin (n).
        length: The longest distance (n) [m].
    """

    vertex: Int[Array, " n"]
    pin: Int[Array, " n"]
    length: Float[Array, " n"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """One piece of cloth.

    Attributes:
        mass: Of each vertex (v) [kg].
        inverse_mass: Its inverse, 0 for pins (v) [1/kg].
        groups: Everything that keeps a distance, in groups without common vertices.
        tethers: What pins hold.
        triangles: (t 3).
        spacing: The longest edge, lying flat [m].
        pattern: Where each vertex is on the flat piece (v 2) [m].
    """

    mass: Float[Array, " v"]
    inverse_mass: Float[Array, " v"]
    groups: tuple[Distances, ...]
    tethers: Tethers
    triangles: Int[Array, "t 3"]
    spacing: float
    pattern: Float[Array, "v 2"]


def sheet_of(mesh: Mesh, fabric: Fabric) -> Sheet:
    """Return the masses and distances of a fabric.

    Raises:
        SimulationError: If the mesh has no texture coordinates, or a triangle without an area.
    """
    if mesh.uv is None:
        raise SimulationError(f"{fabric.body} is a cloth, and its mesh has no texture coordinates")
    flat = np.asarray(mesh.uv, np.float64) * np.array(fabric.size_m)
    triangles = np.asarray(mesh.triangles, np.int64)
    a, b, c = flat[triangles].transpose(1, 0, 2)
    (ux, uy), (vx, vy) = (b - a).T, (c - a).T
    area = np.abs(ux * vy - uy * vx) / 2
    if not (area > 0).all():
        raise SimulationError(f"{fabric.body}: a triangle of the cloth's pattern has no area")
    share = np.repeat(area / 3, 3) * fabric.areal_density
    mass = np.bincount(triangles.ravel(), weights=share, minlength=len(flat))
    if not (mass > 0).all():
        raise SimulationError(f"{fabric.body}: a vertex of the cloth belongs to no triangle")
    inverse = 1.0 / mass
    inverse[list(fabric.pins)] = 0.0
    edges, tips = _pairs(triangles)
    along = flat[edges[:, 1]] - flat[edges[:, 0]]
    length = np.linalg.norm(along, axis=1)
    slanted = (2 * along[:, 0] * along[:, 1] / length**2) ** 2  # sin²(2·angle to the threads)
    stiffness = fabric.stretch_stiffness * (1 - slanted) + fabric.shear_stiffness * slanted
    reach = np.linalg.norm(flat[tips[:, 1]] - flat[tips[:, 0]], axis=1)
    bending = BENT * fabric.bending_stiffness / (reach / 2) ** 2
    pairs = np.vstack([edges, tips])
    lengths, stiff = np.append(length, reach), np.append(stiffness, bending)
    return Sheet(
        mass=mass, inverse_mass=inverse, triangles=triangles,
        groups=_grouped(pairs, lengths, 1.0 / stiff, len(flat)),
        spacing=float(length.max()), pattern=flat,
        tethers=_tethers(edges, length, fabric.pins, len(flat)),
    )  # fmt: skip


def _pairs(triangles: Int[Array, "t 3"]) -> tuple[Int[Array, "e 2"], Int[Array, "n 2"]]:
    """Return all edges, and the tips of the two triangles on both sides of inner edges."""
    tips: dict[tuple[int, int], list[int]] = {}
    for a, b, c in triangles.tolist():
        for i, j, tip in ((a, b, c), (b, c, a), (c, a, b)):
            tips.setdefault((min(i, j), max(i, j)), []).append(tip)
    across = [found for found in tips.values() if len(found) == 2]  # noqa: PLR2004
    return np.array(list(tips)), np.array(across, np.int64).reshape(-1, 2)


def _grouped(
    pairs: Int[Array, "n 2"],
    lengths: Float[Array, " n"],
    compliances: Float[Array, " n"],
    count: int,
) -> tuple[Distances, ...]:
    """Colour pairs greedily, so that all of one group can be moved at once."""
    taken: list[set[int]] = [set() for _ in range(count)]
    groups: list[list[int]] = []
    for k, (i, j) in enumerate(pairs.tolist()):
        color = 0
        while color in taken[i] or color in taken[j]:
            color += 1
        taken[i].add(color)
        taken[j].add(color)
        if color == len(groups):
            groups.append([])
        groups[color].append(k)
    return tuple(
        Distances(
            one=pairs[group, 0], other=pairs[group, 1], length=lengths[group],
            compliance=compliances[group],
        )
        for group in groups
    )  # fmt: skip


def _tethers(
    edges: Int[Array, "e 2"], lengths: Float[Array, " e"], pins: tuple[int, ...], count: int
) -> Tethers:
    """Return long-range attachments (Kim, Chentanez and Müller 2012) along the cloth's edges."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import dijkstra

    if not pins:
        none = np.zeros(0, np.int64)
        return Tethers(vertex=none, pin=none, length=np.zeros(0))
    graph = coo_matrix((lengths, (edges[:, 0], edges[:, 1])), shape=(count, count)).tocsr()
    ways = dijkstra(graph, directed=False, indices=list(pins))
    nearest = ways.argmin(axis=0)
    length = ways[nearest, np.arange(count)]
    free = np.flatnonzero(np.isfinite(length) & (length > 0))
    return Tethers(vertex=free, pin=np.array(pins)[nearest[free]], length=length[free])
