"""A blueprint taken apart at its hinges: wheels that turn, lids and doors that open."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.mass import MassProperties
from scene_builder.assets.procedural.blueprint import Blueprint, Moving, Part, Slot
from scene_builder.assets.procedural.shaping import hulls_of, mesh_of, weight_of
from scene_builder.assets.source import Mechanism, MovingPart, RigidPart
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import Collider

EVEN = 1e-6
"""Factors that differ by less than this share are equal."""


def round_wheel(blueprint: Blueprint, index: int, factors: Float[Array, "3"]) -> Part:
    """Return one part of a blueprint as it has to be before it is stretched by `factors` (3).

    A wheel stays round whatever becomes of what it carries: it is as wide as it is high.
    """
    part = blueprint.parts[index]
    for moving in blueprint.moving:
        if index in moving.parts and moving.wheel is not None:
            x, _, z = (float(value) for value in moving.point)
            solid = part.solid.moved(-x, 0, -z).scaled(float(factors[2] / factors[0]), 1.0, 1.0)
            return replace(part, solid=solid.moved(x, 0, z))
    return part


def mechanism_of(
    blueprint: Blueprint,
    parts: Sequence[Part],
    slots: list[Slot],
    factors: Float[Array, "3"],
    drop: float,
    mass_kg: float,
) -> Mechanism | None:
    """Return a sized blueprint taken apart, or None if nothing of it moves.

    Args:
        blueprint: The thing, in any size.
        parts: Its parts, sized.
        slots: Its materials.
        factors: By what it was stretched (3).
        drop: By how much it was lowered after that [m].
        mass_kg: Of the whole [kg].
    """
    if not blueprint.moving or any(_bent(moving, factors) for moving in blueprint.moving):
        return None
    taken = {index for moving in blueprint.moving for index in moving.parts}
    rest = tuple(part for k, part in enumerate(parts) if k not in taken)
    groups = [rest, *(tuple(parts[k] for k in moving.parts) for moving in blueprint.moving)]
    weights = [weight_of(group, slots) for group in groups]
    share = mass_kg / sum(weight.mass_kg for weight in weights)
    weights = [weight.weighing(weight.mass_kg * share) for weight in weights]
    base = RigidPart(mesh=mesh_of(rest), collider=hulls_of(rest), mass=weights[0])
    moving_parts = [
        _moving_part(moving, group, weight, factors, drop)
        for moving, group, weight in zip(blueprint.moving, groups[1:], weights[1:], strict=True)
    ]
    return Mechanism(
        base=base, parts=tuple(moving_parts), anchored=blueprint.anchored, loose=blueprint.loose
    )


def _bent(moving: Moving, factors: Float[Array, "3"]) -> bool:
    """Whether stretching would change the angle at which a part is drawn."""
    across = factors[np.abs(np.asarray(moving.axis)) < EVEN]
    return moving.drawn_deg != 0 and abs(float(across[0] / across[1]) - 1) > EVEN


def _moving_part(
    moving: Moving,
    parts: tuple[Part, ...],
    weight: MassProperties,
    factors: Float[Array, "3"],
    drop: float,
) -> MovingPart:
    place = _along(np.asarray(moving.axis, np.float64))
    point = np.asarray(moving.point, np.float64) * factors - [0.0, 0.0, drop]
    place = Pose(position=point, wxyz=place.wxyz)
    back = place.inverse()
    mesh = mesh_of(parts)
    collider, radius = hulls_of(parts), None
    if moving.wheel is not None:
        radius, width = moving.wheel[0] * float(factors[2]), moving.wheel[1] * float(factors[1])
        collider = Collider(shape="cylinder", size=(radius, width))
    elif moving.bob is not None:
        middle = np.asarray(moving.bob[1], np.float64) * factors - [0.0, 0.0, drop]
        size = (moving.bob[0] * float(factors.min()),)
        collider = Collider(shape="sphere", size=size, center=back @ middle)
    else:
        hulls = tuple(_seen_from(hull, back) for hull in collider.hulls)
        collider = Collider(shape="hulls", hulls=hulls)
    turn = back.rotation
    shape = RigidPart(
        mesh=_seen_from(mesh, back),
        collider=collider,
        mass=MassProperties(
            mass_kg=weight.mass_kg,
            center_of_mass=back @ weight.center_of_mass,
            inertia=turn @ weight.inertia @ turn.T,
        ),
    )
    reach = float(np.linalg.norm(shape.mesh.vertices[:, :2], axis=1).max())
    return MovingPart(
        name=moving.name,
        shape=shape,
        asset_from_part=place,
        drawn_at=float(np.deg2rad(moving.drawn_deg)),
        upper=None if moving.upper_deg is None else float(np.deg2rad(moving.upper_deg)),
        lower=None if moving.lower_deg is None else float(np.deg2rad(moving.lower_deg)),
        damping=moving.damping * weight.mass_kg * reach**2,
        radius=radius,
        restitution=moving.restitution,
    )


def _along(axis: Float[Array, "3"]) -> Pose:
    """Return a frame whose Z is along an axis (3)."""
    up = axis / np.linalg.norm(axis)
    side = np.cross(up, np.eye(3)[int(np.abs(up).argmin())])
    side /= np.linalg.norm(side)
    rotation = np.stack([side, np.cross(up, side), up], axis=1)
    return Pose(position=np.zeros(3), wxyz=wxyz_from_rotation(rotation))


def _seen_from(mesh: Mesh, part_from_asset: Pose) -> Mesh:
    return replace(mesh, vertices=part_from_asset @ np.asarray(mesh.vertices, np.float64))
