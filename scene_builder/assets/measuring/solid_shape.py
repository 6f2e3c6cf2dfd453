"""The solid that a surface touches others with, and how heavy it is."""

import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.decompose import MOST_CORNERS
from scene_builder.assets.mass import MassProperties, combined, mass_of
from scene_builder.assets.measuring.cutting import convex_pieces_of
from scene_builder.assets.shapes.solid import Solid, convex, support_points
from scene_builder.assets.source import Cavity
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider

LIGHT_TRIANGLES = 3000
"""Triangles that are enough for decomposition."""

FITS = 0.02
"""Share of the volume by which a sphere, box or cylinder may differ from the surface."""

ROUNDNESS = 0.02
"""Share of the radius by which corners of a ball may be off it."""

FACETS = 0.06
"""Share of the volume that a round thing of few flat faces lacks."""

FLAT = 1e-6
"""Share of the whole hull up to which a piece has no volume."""

WALL_SHARE, THINNEST_M, THICKEST_M = 0.03, 0.0015, 0.01
"""Wall of an open vessel that is drawn without any, as a share of its size, and its limits [m]."""


def lightened(
    vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"], most: int = LIGHT_TRIANGLES
) -> Solid:
    """Return a surface with at most `most` triangles, its corners welded.

    Edges collapse by quadric error (Garland & Heckbert 1997).
    """
    import trimesh

    shape = trimesh.Trimesh(vertices, triangles, process=False)
    shape.merge_vertices(merge_tex=True, merge_norm=True)
    shape.update_faces(shape.nondegenerate_faces() & shape.unique_faces())
    points, faces = np.asarray(shape.vertices, np.float64), np.asarray(shape.faces, np.int32)
    if len(faces) > most:
        import fast_simplification

        points, faces = fast_simplification.simplify(
            points.astype(np.float32), faces, target_count=most
        )
    return Solid(vertices=np.asarray(points, np.float64), triangles=np.asarray(faces, np.int32))


def collider_of(light: Solid, cavity: Cavity | None) -> Collider:
    """Return the solid of a surface: a true ball, box or upright cylinder where one fits.

    Args:
        light: The surface, lightened, its base on z = 0.
        cavity: Its open hollow, which its solid must leave free, or None.

    Raises:
        AssetError: If the surface encloses nothing.
    """
    whole = _hull_of(light)
    if whole is None:
        raise AssetError("the mesh encloses no volume; give it some thickness")
    if cavity is None:
        if (ball := _ball(light, whole)) is not None:
            return ball
        if _closed_volume(light) >= (1 - FITS) * _volume(whole):
            return _convex_collider(light, whole)
    pieces = convex_pieces_of(light, cavity)
    if cavity is None and sum(map(_volume, pieces)) >= (1 - FITS) * _volume(whole):
        return _convex_collider(light, whole)
    raised = [_above_base(piece.vertices) for piece in pieces]
    # What lay below the base is flat now.
    solid = tuple(_mesh_of(one) for one in raised if _volume(one) > FLAT * _volume(whole))
    return Collider(shape="hulls", hulls=solid) if solid else _convex_collider(light, whole)


def _convex_collider(light: Solid, whole: Solid) -> Collider:
    hull = _mesh_of(_above_base(support_points(whole.vertices, MOST_CORNERS)))
    return _plain(light, whole) or Collider(shape="hulls", hulls=(hull,))


def mass_of_surface(
    light: Solid, collider: Collider, density: float, *, is_vessel: bool
) -> MassProperties:
    """Return the mass properties of a surface, filled with `density` [kg/m³].

    A closed surface is as heavy as what it encloses; an open vessel is a wall; anything else
    weighs what its convex pieces weigh.
    """
    # A ball, box or cylinder is there only where the hull is one, so the hull has its inertia.
    pieces = collider.hulls or (_mesh_of(convex(light.vertices)),)
    whole = combined([mass_of(p.vertices, p.triangles, density) for p in pieces])
    volume = _closed_volume(light)
    solid = sum(_volume(piece) for piece in pieces)
    if 0 < volume <= 1.1 * solid:
        exact = mass_of(light.vertices, light.triangles, density)
        moments = np.linalg.eigvalsh(exact.inertia)
        if exact.mass_kg > 0 and moments[0] > 0 and moments[:2].sum() >= moments[2]:
            return exact
    if not is_vessel:
        return whole
    corners = light.vertices[light.triangles]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = float(np.linalg.norm(cross, axis=1).sum()) / 2
    size = float(np.ptp(light.vertices, axis=0).max())
    wall = float(np.clip(WALL_SHARE * size, THINNEST_M, THICKEST_M))
    return whole.weighing(min(area * wall * density, whole.mass_kg))


def _closed_volume(solid: Solid) -> float:
    """Return the volume [m³] that a closed surface encloses; 0 for an open one."""
    import trimesh

    shape = trimesh.Trimesh(solid.vertices, solid.triangles, process=False)
    return max(0.0, float(shape.volume)) if shape.is_volume else 0.0


def _hull_of(light: Solid) -> Solid | None:
    whole = convex(light.vertices)
    return whole if len(whole.triangles) and _volume(whole) > 0 else None


def _ball(light: Solid, whole: Solid) -> Collider | None:
    center = _middle(light.vertices)
    out = np.linalg.norm(whole.vertices - center, axis=1)
    radius = float(np.ptp(light.vertices, axis=0).mean()) / 2
    full = 4 / 3 * np.pi * radius**3
    if np.abs(out - radius).max() > ROUNDNESS * radius or _volume(whole) < (1 - FACETS) * full:
        return None
    # Nothing of it may be a hollow that the hull hides (half of an orange).
    deep = np.linalg.norm(light.vertices - center, axis=1).min()
    return None if deep < 0.9 * radius else Collider(shape="sphere", size=(radius,), center=center)


def _plain(light: Solid, whole: Solid) -> Collider | None:
    """Return the box or the upright cylinder that a convex solid is, or None."""
    extents, volume = np.ptp(light.vertices, axis=0), _volume(whole)
    center = _middle(light.vertices)
    if volume >= (1 - FITS) * float(extents.prod()):
        x, y, z = map(float, extents)
        return Collider(shape="box", size=(x, y, z), center=center)
    radius = float(extents[:2].mean()) / 2
    out = np.hypot(*(whole.vertices - center)[:, :2].T)
    full = np.pi * radius**2 * float(extents[2])
    round_enough = abs(out.max() - radius) <= ROUNDNESS * radius
    if round_enough and (1 - FITS) * full <= volume <= (1 + FITS) * full:
        return Collider(shape="cylinder", size=(radius, float(extents[2])), center=center)
    return None


def _middle(points: Float[Array, "n 3"]) -> Float[Array, "3"]:
    return np.asarray((points.min(axis=0) + points.max(axis=0)) / 2)


def _volume(shape: Solid | Mesh) -> float:
    corners = np.asarray(shape.vertices, np.float64)[shape.triangles]
    return float(np.einsum("ti,ti->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))) / 6


def _above_base(points: Float[Array, "h 3"]) -> Solid:
    """Return a convex piece; what was simplified may stand out of the base, which it must not."""
    return convex(np.maximum(np.asarray(points, np.float64), [-np.inf, -np.inf, 0.0]))


def _mesh_of(solid: Solid) -> Mesh:
    return Mesh(
        vertices=solid.vertices,
        triangles=solid.triangles,
        material_index=np.zeros(len(solid.triangles), np.int32),
    )
