"""The inside of a soft body as tetrahedra, and its surface's place among them."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from physics.deforming.solids import solids_of
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SimulationError
from scene_builder.model.stage import Body

MOST_NODES = 160
"""A soft body has about so many nodes: it moves about as fast as cloth does."""

BAND = 0.35
"""Nodes nearer to the surface than this share of the spacing are brought onto it."""

CLOSEST = 0.45
"""Nodes on the surface keep this share of the spacing apart."""

FLATTEST = 0.02
"""Least volume of a cell over the cube of its longest edge (a regular one has 0.118)."""

LEAST_CELLS_ACROSS = 3
"""A thin body still bends: it has so many rows of cells across, where flat."""

NEAREST_CELLS = 24
PROJECTIONS = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lattice:
    """Tetrahedra that fill a body.

    Attributes:
        nodes: Corners, in the body's frame (n 3) [m].
        cells: Their corners, turning right (c 4).
        volumes: (c) [m³].
        spacing: Usual distance of nodes [m].
        cell: The cell that each vertex of the body's mesh goes with (v).
        weights: Its barycentric coordinates there (v 4).
        outside: How far vertices stand out of the cells, at most [m].
    """

    nodes: Float[Array, "n 3"]
    cells: Int[Array, "c 4"]
    volumes: Float[Array, " c"]
    spacing: float
    cell: Int[Array, " v"]
    weights: Float[Array, "v 4"]
    outside: float


def lattice_of(body: Body) -> Lattice:
    """Fill a body with tetrahedra: a body-centred lattice whose rim lies on its surface.

    Raises:
        SimulationError: If the body is flat.
    """
    from scipy.spatial import Delaunay

    points = np.asarray(body.mesh.vertices, np.float64)
    form = _Form(body, points)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    if not (extent > 0).all():
        raise SimulationError(f"{body.id} is flat; a soft body fills a volume: make it cloth")
    edge = (2 * form.volume / MOST_NODES) ** (1 / 3)
    counts = np.maximum(np.round(extent / edge), LEAST_CELLS_ACROSS - 1).astype(int)
    nodes = _nodes(form, low, extent / counts, counts)
    cells = np.asarray(Delaunay(nodes).simplices, np.int64)
    volumes, longest = _volumes(nodes, cells)
    cells = np.where(volumes[:, None] < 0, cells[:, [0, 2, 1, 3]], cells)
    middles = nodes[cells].mean(axis=1)
    spacing = float((extent / counts).mean())
    full = np.abs(volumes) > FLATTEST * longest**3
    kept = full & (form.height(middles)[0] < BAND * spacing / 4)
    if not kept.any():
        raise SimulationError(f"{body.id} is too thin for a soft body; make it cloth")
    used, numbers = np.unique(cells[kept], return_inverse=True)
    nodes, cells = nodes[used], numbers.reshape(-1, 4)
    cell, weights, outside = _places(nodes, cells, points)
    return Lattice(
        nodes=nodes, cells=cells, volumes=np.abs(volumes[kept]), spacing=spacing, cell=cell,
        weights=weights, outside=min(outside, spacing / 4),
    )  # fmt: skip


class _Form:
    """The solid that is filled: its convex pieces, or the hull of its mesh."""

    def __init__(self, body: Body, points: Float[Array, "v 3"]) -> None:
        from scipy.spatial import ConvexHull

        hulls = [np.asarray(hull.vertices, np.float64) for hull in body.collider.hulls]
        whole = ConvexHull(points)
        self._planes = [np.unique(np.round(whole.equations, 9), axis=0)]
        self.volume = float(whole.volume)
        if len(hulls) > 1:
            solids = solids_of(body.collider)
            self._planes = [
                np.column_stack([one.normals, -one.offsets])
                for one in solids
                if one.normals is not None and one.offsets is not None
            ]
            self.volume = min(self.volume, sum(float(ConvexHull(one).volume) for one in hulls))

    def height(self, points: Float[Array, "n 3"]) -> tuple[Float[Array, " n"], Array]:
        """Return how high points stand over the surface (n) [m], and its normals (n 3)."""
        best, normals = np.full(len(points), np.inf), np.zeros_like(points)
        for planes in self._planes:
            heights = points @ planes[:, :3].T + planes[:, 3]
            face = heights.argmax(axis=1)
            near = heights[np.arange(len(points)), face]
            better = near < best
            best[better], normals[better] = near[better], planes[face[better], :3]
        return best, normals


def _nodes(
    form: _Form, low: Float[Array, "3"], edges: Float[Array, "3"], counts: Int[Array, "3"]
) -> Float[Array, "n 3"]:
    """Return the nodes: inner ones on the lattice, those near the surface brought onto it."""
    corner = np.stack(np.meshgrid(*(np.arange(-1, n + 2) for n in counts), indexing="ij"), -1)
    whole = corner.reshape(-1, 3).astype(np.float64)
    points = low + np.vstack([whole, whole + 0.5]) * edges
    spacing = float(edges.mean())
    height, _ = form.height(points)
    inner = points[height < -BAND * spacing]
    rim = np.abs(height) <= BAND * spacing
    order = np.argsort(np.abs(height[rim]), kind="stable")
    shell = points[rim][order]
    for _ in range(PROJECTIONS):
        away, normals = form.height(shell)
        shell = shell - away[:, None] * normals
    return np.vstack([inner, _apart(shell, CLOSEST * spacing)])


def _apart(points: Float[Array, "n 3"], least: float) -> Float[Array, "m 3"]:
    """Leave out what is too near to one that comes earlier."""
    from scipy.spatial import cKDTree

    kept = np.ones(len(points), bool)
    for i, j in sorted(cKDTree(points).query_pairs(least)):
        if kept[i]:
            kept[j] = False
    return np.asarray(points[kept])


def _volumes(
    nodes: Float[Array, "n 3"], cells: Int[Array, "c 4"]
) -> tuple[Float[Array, " c"], Float[Array, " c"]]:
    """Return the signed volumes of cells (c) [m³], and their longest edges (c) [m]."""
    corners = nodes[cells]
    a, b, c = (corners[:, 1:] - corners[:, :1]).transpose(1, 0, 2)
    pairs = corners[:, :, None] - corners[:, None]
    longest = np.asarray(np.linalg.norm(pairs, axis=-1).max(axis=(1, 2)))
    return np.asarray((np.cross(a, b) * c).sum(axis=1) / 6), longest


def _places(
    nodes: Float[Array, "n 3"], cells: Int[Array, "c 4"], points: Float[Array, "v 3"]
) -> tuple[Int[Array, " v"], Float[Array, "v 4"], float]:
    """Return the cell that each point is in or next to, its weights, and the farthest outside."""
    from scipy.spatial import cKDTree

    corners = nodes[cells]
    edges = np.linalg.inv((corners[:, 1:] - corners[:, :1]).transpose(0, 2, 1))
    count = min(NEAREST_CELLS, len(cells))
    _, near = cKDTree(corners.mean(axis=1)).query(points, k=count)
    near = np.asarray(near).reshape(len(points), count)
    local = np.einsum("vkij,vkj->vki", edges[near], points[:, None] - corners[near, 0])
    weights = np.concatenate([1 - local.sum(axis=-1, keepdims=True), local], axis=-1)
    # A weight falls by 1 over the cell's height: so it tells how far outside a point is.
    slopes = np.linalg.norm(edges, axis=2)
    slopes = np.column_stack([np.linalg.norm(edges.sum(axis=1), axis=1), slopes])
    beyond = (-weights / slopes[near]).max(axis=-1)
    best = beyond.argmin(axis=1)
    rows = np.arange(len(points))
    return near[rows, best], weights[rows, best], max(float(beyond[rows, best].max()), 0.0)
