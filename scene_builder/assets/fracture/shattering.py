"""A body's surface cut into closed pieces, with faces where there was none."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from manifold3d import Error, Manifold, Mesh64, OpType

from scene_builder.assets.fracture.cells import cells_of, seeds_rand
from scene_builder.assets.mass import MassProperties, mass_of
from scene_builder.assets.measuring.cutting import is_closed
from scene_builder.assets.shapes.solid import convex, support_points
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider

HULL_CORNERS = 24
"""Corners of a piece's collider, about."""

CRUMB = 0.004
"""A piece with less than this share of the whole goes to its neighbours."""

ROUNDS = 4
"""How often seeds are mended: crumbs lose theirs, cells in two parts get two."""

MOST_SHARE = 1.6
"""Cells in two parts are left so once there are so many times more than asked for."""

ROUND_SEGMENTS = 48
"""Of a sphere or cylinder that stands for a surface that is not closed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """One piece, in the frame of the whole.

    Attributes:
        mesh: Its surface; the last material slot, one more than the whole has, is the break.
        collider: Its convex hull: hulls of different pieces do not overlap.
        mass: Mass and inertia; all pieces together weigh what the whole weighs.
    """

    mesh: Mesh
    collider: Collider
    mass: MassProperties


def shattered_rand(
    rng: np.random.Generator,
    mesh: Mesh,
    collider: Collider,
    *,
    mass_kg: float,
    count: int,
    stretch: tuple[float, float, float] = (1.0, 1.0, 1.0),
) -> tuple[Piece, ...]:
    """Cut a body into the Voronoi cells of random seeds on its surface.

    What is not closed is cut as its collider's solid: cutting an open surface has no meaning.

    Args:
        rng: Draws the seeds.
        mesh: The surface.
        collider: The solid, for surfaces that are not closed.
        mass_kg: Mass of the whole [kg].
        count: About how many pieces.
        stretch: Pieces are so many times longer along x, y and z (splinters).

    Returns:
        At least two pieces; none where the body cannot be cut.
    """
    slots = int(mesh.material_index.max()) + 1
    first = Manifold.reserve_ids(slots)
    body = _closed(mesh, first) or _solid_of(collider, first + _main_slot(mesh))
    if body is None or body.volume() <= 0:
        return ()
    parts = _parts_rand(rng, body, count, np.asarray(stretch, np.float64))
    if len(parts) < 2:  # noqa: PLR2004 - one piece is no break
        return ()
    pieces = [piece for part in parts if (piece := _piece(part, first, slots)) is not None]
    total = sum(piece.mass.mass_kg for piece in pieces)
    return tuple(
        Piece(
            mesh=piece.mesh,
            collider=piece.collider,
            mass=piece.mass.weighing(piece.mass.mass_kg * mass_kg / total),
        )
        for piece in pieces
    )


def _closed(mesh: Mesh, first: int) -> Manifold | None:
    """Return a surface as a body whose triangles remember their slots, or None if it is open."""
    points = np.asarray(mesh.vertices, np.float64)
    welded, back = np.unique(points, axis=0, return_inverse=True)
    for corners, triangles in (
        (points, np.asarray(mesh.triangles)),
        (welded, back.reshape(-1)[np.asarray(mesh.triangles, np.int64)]),
    ):
        # The library may write beyond its memory over a surface that is not closed.
        if is_closed(triangles.astype(np.int32)):
            slots, starts = np.unique(mesh.material_index, return_index=True)
            runs = np.array([*(3 * starts), 3 * len(triangles)], np.uint64)
            body = _body(corners, triangles, runs, first + slots)
            if body.status() == Error.NoError and body.volume() > 0:
                return _fused(body)
    return None


def _body(
    corners: Float[Array, "v 3"], triangles: Array, runs: Array, originals: Array
) -> Manifold:
    return Manifold(
        Mesh64(
            vert_properties=np.array(corners, np.float64, order="C"),
            tri_verts=np.array(triangles, np.uint64, order="C"),
            run_index=np.array(runs, np.uint64),
            run_original_id=np.array(originals, np.uint32),
        )
    )


def _fused(body: Manifold) -> Manifold:
    """Return parts that overlap (boards nailed together) as one skin."""
    parts = body.decompose()
    if len(parts) == 1 or any(part.volume() <= 0 for part in parts):
        return body
    return Manifold.batch_boolean(parts, OpType.Add)


def _solid_of(collider: Collider, original: int) -> Manifold | None:
    """Return a collider as a body, all of whose triangles are of one slot."""
    if collider.shape == "hulls":
        hulls = [
            Manifold.hull_points(np.ascontiguousarray(hull.vertices, np.float64))
            for hull in collider.hulls
        ]
        body = Manifold.batch_boolean(hulls, OpType.Add)
    elif collider.shape == "box":
        body = Manifold.cube(list(collider.size), center=True)
    elif collider.shape in ("cylinder", "capsule"):
        radius, height = collider.size
        body = Manifold.cylinder(height, radius, radius, ROUND_SEGMENTS, center=True)
    elif collider.shape == "sphere":
        body = Manifold.sphere(collider.size[0], ROUND_SEGMENTS)
    else:
        return None
    data = body.translate(collider.center.tolist()).to_mesh64()
    runs = np.array([0, 3 * len(data.tri_verts)])
    return _body(data.vert_properties[:, :3], data.tri_verts, runs, np.array([original]))


def _parts_rand(
    rng: np.random.Generator, body: Manifold, count: int, stretch: Float[Array, "3"]
) -> list[Manifold]:
    """Return what each cell holds of a body, where seeds are near along `stretch`."""
    narrow = body.scale((1 / stretch).tolist())
    data = narrow.to_mesh64()
    points = np.asarray(data.vert_properties[:, :3], np.float64)
    seeds = seeds_rand(rng, points[np.asarray(data.tri_verts, np.int64)], count)
    low, high, least = points.min(axis=0), points.max(axis=0), CRUMB * narrow.volume()
    parts: list[Manifold] = []
    for last in range(ROUNDS, 0, -1):
        parts, mended, good = [], [], True
        many = len(seeds) > MOST_SHARE * count
        for seed, cell in zip(seeds, cells_of(seeds, low, high), strict=True):
            inside = narrow ^ cell
            pieces = [part for part in inside.decompose() if part.volume() > least]
            good &= len(pieces) == 1
            parts += [] if inside.is_empty() else [inside]
            whole = len(pieces) == 1 or (many and pieces)
            mended += [seed] if whole else [_middle(part) for part in pieces]
        if good or last == 1:
            break
        seeds = np.array(mended)
    return [part.scale(stretch.tolist()) for part in parts]


def _middle(part: Manifold) -> Float[Array, "3"]:
    points = np.asarray(part.to_mesh64().vert_properties[:, :3], np.float64)
    return np.asarray(points.mean(axis=0))


def _piece(part: Manifold, first: int, slots: int) -> Piece | None:
    data = part.to_mesh64()
    vertices = np.asarray(data.vert_properties[:, :3], np.float64)
    triangles = np.asarray(data.tri_verts, np.int32)
    runs = np.diff(np.asarray(data.run_index, np.int64)) // 3
    owner = np.repeat(np.asarray(data.run_original_id, np.int64) - first, runs)
    slot = np.where((owner >= 0) & (owner < slots), owner, slots).astype(np.int32)
    order = np.argsort(slot, kind="stable")
    hull = convex(support_points(vertices, HULL_CORNERS))
    mass = mass_of(vertices, triangles, 1.0)
    moments = np.linalg.eigvalsh(mass.inertia)
    if mass.mass_kg <= 0 or moments[0] <= 0 or not len(hull.triangles):
        return None
    return Piece(
        mesh=Mesh(vertices=vertices, triangles=triangles[order], material_index=slot[order]),
        collider=Collider(
            shape="hulls",
            hulls=(
                Mesh(
                    vertices=hull.vertices,
                    triangles=hull.triangles,
                    material_index=np.zeros(len(hull.triangles), np.int32),
                ),
            ),
        ),
        mass=mass,
    )


def _main_slot(mesh: Mesh) -> int:
    a, b, c = (mesh.vertices[mesh.triangles[:, k]].astype(np.float64) for k in range(3))
    areas = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    return int(np.bincount(mesh.material_index, weights=areas).argmax())
