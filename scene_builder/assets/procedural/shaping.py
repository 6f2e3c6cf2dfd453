"""Parts of a blueprint as what pictures, simulators and scales need: mesh, solid, mass."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.mass import MassProperties, combined, mass_of, shell_of
from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot, scaled_collider
from scene_builder.assets.shapes.solid import Solid, carved, convex, joined, support_points
from scene_builder.knowledge.materials import substance
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider

LOOSE = 0.1
"""Share of solid substance up to which a part counts as loose."""


def mesh_of(parts: tuple[Part, ...]) -> Mesh:
    """Return the surface of parts, its triangles sorted by material slot."""
    whole = joined(
        *(
            Solid(
                vertices=part.solid.vertices,
                triangles=part.solid.triangles,
                slots=_slots_of(part),
            )
            for part in parts
        )
    )
    slots = np.asarray(whole.slots)
    order = np.argsort(slots, kind="stable")
    return Mesh(
        vertices=whole.vertices,
        triangles=whole.triangles[order],
        material_index=slots[order],
    )


def _slots_of(part: Part) -> Array:
    own = part.solid.slots
    base = np.full(len(part.solid.triangles), part.slot, np.int32)
    return base if own is None else base + own


def collider_of(
    blueprint: Blueprint, parts: tuple[Part, ...], factors: Float[Array, "3"]
) -> Collider:
    """Return the solid of a blueprint whose parts were stretched by `factors` (3)."""
    if blueprint.collider is not None:
        exact = scaled_collider(blueprint.collider, factors)
        if exact is not None:
            return exact
    return hulls_of(parts)


def hulls_of(parts: tuple[Part, ...]) -> Collider:
    """Return the convex pieces of parts, or their hull where they have none."""
    # Pieces with few corners stand out a little; nothing may stand out of the base.
    hulls = [
        _hull_mesh(np.maximum(hull, [-np.inf, -np.inf, 0.0]))
        for part in parts
        for hull in part.solid.hulls
    ]
    if not hulls:
        points = np.concatenate([part.solid.vertices for part in parts])
        hulls = [_hull_mesh(support_points(points, 48))]
    return Collider(shape="hulls", hulls=tuple(hulls))


def _hull_mesh(points: Float[Array, "h 3"]) -> Mesh:
    solid = convex(points)
    return Mesh(
        vertices=solid.vertices,
        triangles=solid.triangles,
        material_index=np.zeros(len(solid.triangles), np.int32),
    )


def weight_of(parts: tuple[Part, ...], slots: list[Slot]) -> MassProperties:
    """Return how heavy parts are together; where they overlap the earlier one owns the mass."""
    masses: list[MassProperties] = []
    for k, part in enumerate(parts):
        density = substance(str(slots[part.slot].substance)).density * part.fill
        solid = part.solid
        if part.wall is not None:
            masses.append(shell_of(solid.vertices, solid.triangles, density, part.wall))
            continue
        earlier = [p.solid for p in parts[:k] if _solid(p) and _touch(p.solid, solid)]
        if earlier and _solid(part):
            solid = carved(solid, *earlier)
        if len(solid.triangles):
            masses.append(mass_of(solid.vertices, solid.triangles, density))
    return combined([m for m in masses if m.mass_kg > 0])


def _solid(part: Part) -> bool:
    """Whether a part is massive: ornaments and loose foliage weigh next to nothing."""
    return part.wall is None and bool(part.solid.hulls) and part.fill > LOOSE


def _touch(a: Solid, b: Solid) -> bool:
    low = np.maximum(a.vertices.min(axis=0), b.vertices.min(axis=0))
    high = np.minimum(a.vertices.max(axis=0), b.vertices.max(axis=0))
    return bool((high - low > 1e-6).all())  # noqa: PLR2004
