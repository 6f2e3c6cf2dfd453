"""Convex pieces by plane cuts: a few seconds at most, where a search over all cuts takes minutes.

Each cut takes the piece that its hull overfills most and the plane that helps most (greedy
volumetric cuts, after Thul, Ladický, Jeong & Pollefeys 2018, "Approximate convex decomposition
and transfer for animated meshes"); a vessel is first cut like a cake about the axis of its
hollow, because no single cut makes a ring any less concave.
"""

import heapq
from collections.abc import Iterable
from itertools import count

import numpy as np
from jaxtyping import Float, Int
from manifold3d import Error, Manifold, Mesh64, OpType

from scene_builder.assets.decompose import MOST_CORNERS, kept_pieces
from scene_builder.assets.measuring.height_field import surface_points
from scene_builder.assets.shapes.solid import Solid, support_points
from scene_builder.assets.source import Cavity
from scene_builder.model.arrays import Array
from scene_builder.model.digest import digest
from scene_builder.model.errors import AssetError
from scene_builder.model.mesh import Mesh

VERSION = 4
MOST_PIECES = 32
WEDGES = 8
"""Cuts through the axis of a hollow: they give twice as many wedges."""

OVERFILLED = 0.004
"""Share of the whole hull by which the hull of one piece may exceed it."""

LEVELS = 6
"""Coordinates of large faces along each axis at which cuts are tried."""

SPREAD = np.linspace(0.2, 0.8, 5)
"""Shares of the extent at which cuts are tried besides."""

WALL_SHARE = 0.012
"""Thickness that an open surface gets, as a share of the whole size."""

VOXELS = 28
"""Cells along the longest side of a part that is no proper surface and is built of boxes."""

TINY = 1e-5
"""Share of the whole hull below which a piece is left out: a splinter."""

THIN = 0.02
"""Share of the extent up to which a board is not cut through its thickness."""

BLOCKED = 0.02
"""Share of a hollow that a body may fill before it is bored: a tub drawn in a closed box."""

BORE_SIDES = 32

_EMPTY = 1e-12


def convex_pieces_of(light: Solid, cavity: Cavity | None) -> tuple[Mesh, ...]:
    """Return convex pieces that fill a surface, kept in the cache folder.

    Args:
        light: A surface of some thousand triangles, its corners welded; it may be open, and its
            parts may overlap.
        cavity: The hollow that the pieces leave free, or None.

    Raises:
        AssetError: If the surface encloses nothing.
    """
    axis = None if cavity is None else (cavity.floor, cavity.radius, cavity.depth)
    key = digest(("convex_pieces_of", VERSION, light.vertices, light.triangles, axis))

    def make() -> list[Float[Array, "_ 3"]]:
        body = _closed(light)
        if body is None:
            raise AssetError("the mesh encloses no volume; give it some thickness")
        pieces = _refined(_wedges(body, cavity) if cavity is not None else body.decompose())
        least = TINY * body.hull().volume()
        pieces = [piece for piece in pieces if piece.hull().volume() > least]
        points = [piece.hull().to_mesh64().vert_properties[:, :3] for piece in pieces]
        return [support_points(np.array(p, np.float64), MOST_CORNERS) for p in points]

    return kept_pieces(key, make)


def _closed(light: Solid) -> Manifold | None:
    """Return the union of a surface's parts, open ones with a thin wall, or None."""
    import trimesh

    whole = trimesh.Trimesh(light.vertices, light.triangles, process=False)
    wall = WALL_SHARE * float(np.ptp(light.vertices, axis=0).max())
    bodies = []
    for part in whole.split(only_watertight=False):
        body = _manifold(part.vertices, part.faces)
        if body is None or body.volume() <= 0:
            body = _thickened(part.vertices, part.faces, part.vertex_normals, wall)
        # A wall thicker than a thin tube is wide turns it inside out.
        if body is None or body.volume() <= _EMPTY:
            body = _of_boxes(part.vertices, part.faces)
        if body.volume() > _EMPTY:
            bodies.append(body)
    if not bodies:
        return None
    union = Manifold.batch_boolean(bodies, OpType.Add)
    return union if not union.is_empty() and union.volume() > 0 else None


def is_closed(triangles: Int[Array, "t 3"]) -> bool:
    """Whether every edge is passed once in each direction, so that the faces enclose something."""
    a, b, c = np.asarray(triangles, np.int64).T
    start, end = np.concatenate([a, b, c]), np.concatenate([b, c, a])
    count = int(max(start.max(initial=0), 0)) + 1
    there, back = np.sort(start * count + end), np.sort(end * count + start)
    once = bool((there[1:] != there[:-1]).all())
    return once and bool((start != end).all()) and np.array_equal(there, back)


def _manifold(vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"]) -> Manifold | None:
    """Return a closed surface as a body, or None.

    What is not closed is refused here: the library may write beyond its memory over it.
    """
    if not is_closed(triangles):
        return None
    mesh = Mesh64(
        vert_properties=np.array(vertices, np.float64, order="C"),
        tri_verts=np.array(triangles, np.uint64, order="C"),
    )
    body = Manifold(mesh)
    return body if body.status() == Error.NoError and not body.is_empty() else None


def _thickened(
    vertices: Float[Array, "v 3"],
    triangles: Int[Array, "t 3"],
    normals: Float[Array, "v 3"],
    wall: float,
) -> Manifold | None:
    """Return an open surface with a wall of thickness `wall` [m] on its inner side, or None."""
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    known = {(int(a), int(b)) for a, b in edges}
    rim = [(a, b) for a, b in known if (b, a) not in known]
    shift = len(vertices)
    inner = triangles[:, ::-1] + shift
    walls = [t for a, b in sorted(rim) for t in ((b, a, a + shift), (b, a + shift, b + shift))]
    faces = [triangles, inner] + ([np.array(walls)] if walls else [])
    return _manifold(np.concatenate([vertices, vertices - wall * normals]), np.concatenate(faces))


def _of_boxes(vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"]) -> Manifold:
    """Return the cells that a surface of any kind goes through or encloses, as one body."""
    from scipy import ndimage

    low, extents = vertices.min(axis=0), np.ptp(vertices, axis=0)
    cell = float(extents.max()) / VOXELS
    points = surface_points(vertices, triangles, 40_000)
    cells = np.floor((points - low) / cell - 1e-9).astype(int).clip(0)
    grid = np.zeros(cells.max(axis=0) + 1, bool)
    grid[tuple(cells.T)] = True
    grid = ndimage.binary_fill_holes(grid)
    boxes = []
    while grid.any():
        first = np.argwhere(grid)[0]
        last = first + 1
        for axis in range(3):
            while last[axis] < grid.shape[axis] and grid[_block(first, last, axis)].all():
                last[axis] += 1
        grid[_block(first, last)] = False
        size = tuple(float(x) for x in (last - first) * cell)
        corner = tuple(float(x) for x in low + first * cell)
        boxes.append(Manifold.cube(size).translate(corner))
    return Manifold.batch_boolean(boxes, OpType.Add)


def _block(
    first: Int[Array, "3"], last: Int[Array, "3"], grown: int | None = None
) -> tuple[slice, ...]:
    """Return a block of cells, or the layer by which it would grow along an axis."""
    return tuple(
        slice(int(last[k]), int(last[k]) + 1) if k == grown else slice(int(first[k]), int(last[k]))
        for k in range(3)
    )


def _wedges(body: Manifold, cavity: Cavity) -> list[Manifold]:
    """Cut the bottom off a vessel, and what is above it like a cake about the hollow's axis."""
    floor = float(cavity.floor[2])
    body = _bored(body, cavity)
    above, below = body.split_by_plane((0.0, 0.0, 1.0), floor)
    pieces = [above]
    for k in range(WEDGES):
        angle = np.pi * (k + 0.5) / WEDGES
        normal = np.array([np.cos(angle), np.sin(angle), 0.0])
        offset = float(normal @ cavity.floor)
        pieces = [half for piece in pieces for half in piece.split_by_plane(tuple(normal), offset)]
    return [part for piece in (*pieces, below) for part in _parts(piece)]


def _bored(body: Manifold, cavity: Cavity) -> Manifold:
    """Return a vessel whose hollow is free: one drawn as a shell in a closed box is not."""
    # From a regular polygon's side to its middle is less than to its corners.
    radius = cavity.radius / np.cos(np.pi / BORE_SIDES)
    bore = Manifold.cylinder(cavity.depth, radius, circular_segments=BORE_SIDES)
    bore = bore.translate(tuple(float(x) for x in cavity.floor))
    return body - bore if (body ^ bore).volume() > BLOCKED * bore.volume() else body


def _refined(pieces: list[Manifold]) -> list[Manifold]:
    """Cut pieces until each is nearly convex, or there are enough."""
    whole = Manifold.batch_hull(pieces).volume()
    order = count()
    waiting = [(-_excess(p), next(order), p) for p in pieces]
    heapq.heapify(waiting)
    done: list[Manifold] = []
    while waiting and len(waiting) + len(done) < MOST_PIECES:
        excess, _, piece = heapq.heappop(waiting)
        parts = _best_cut(piece) if -excess > OVERFILLED * whole else []
        if len(parts) < 2:  # noqa: PLR2004
            done.append(piece)
            continue
        for part in parts:
            heapq.heappush(waiting, (-_excess(part), next(order), part))
    return done + [piece for _, _, piece in waiting]


def _best_cut(piece: Manifold) -> list[Manifold]:
    """Return the parts that the best plane gives: whose hulls together are smallest."""
    best: list[Manifold] = []
    least = np.inf
    for normal, offset in _planes(piece):
        parts = [p for half in piece.split_by_plane(normal, offset) for p in _parts(half)]
        # Many parts use up pieces: each has to earn its place.
        total = sum(part.hull().volume() for part in parts) * (1 + 0.002 * len(parts))
        if len(parts) > 1 and total < least:
            best, least = parts, total
    return best


def _planes(piece: Manifold) -> Iterable[tuple[tuple[float, float, float], float]]:
    mesh = piece.to_mesh64()
    points = np.array(mesh.vert_properties[:, :3], np.float64)
    corners = points[np.array(mesh.tri_verts, np.int64)]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    low, high = points.min(axis=0), points.max(axis=0)
    for axis in range(3):
        x, y, z = map(float, np.eye(3)[axis])
        extent = float(high[axis] - low[axis])
        if extent < THIN * float((high - low).max()):
            continue
        facing = np.abs(cross[:, axis])
        level = facing > 0.95 * np.linalg.norm(cross, axis=1)
        bins = np.rint((corners[level][:, 0, axis] - low[axis]) / extent * 100).astype(int)
        weights = np.bincount(bins, facing[level], minlength=101)[2:99]
        strongest = [k + 2 for k in np.argsort(-weights)[:LEVELS] if weights[k] > 0]
        exact = [float(np.median(corners[level][bins == k][:, 0, axis])) for k in strongest]
        for place in (*exact, *(low[axis] + SPREAD * extent)):
            yield (x, y, z), float(place)


def _parts(piece: Manifold) -> list[Manifold]:
    return [part for part in piece.decompose() if part.volume() > _EMPTY]


def _excess(piece: Manifold) -> float:
    return float(piece.hull().volume() - piece.volume())
