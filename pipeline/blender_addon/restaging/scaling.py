"""A body of another size: its surface, its solid, its mass and its inertia."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Body, Collider

EVEN = 1e-4
"""Factors that differ by less are one."""


def scaled(body: Body, scale: Float[Array, "3"]) -> Body:
    """Return a body stretched along its own axes, of the same substance.

    Mass grows with the volume. The tensor of second moments is stretched along both of its
    indices, which is exact for every shape.

    Args:
        body: As it was.
        scale: Factors along x, y and z (3), above 0.

    Raises:
        AssetError: If what comes out encloses nothing.
    """
    factors = np.asarray(scale, np.float64)
    mesh = _stretched(body.mesh, factors)
    growth = float(factors.prod())
    covariance = np.trace(body.inertia) / 2 * np.eye(3) - body.inertia
    covariance = covariance * np.outer(factors, factors) * growth
    inertia = np.trace(covariance) * np.eye(3) - covariance
    return replace(
        body,
        mesh=mesh,
        collider=_solid(body.collider, factors, mesh),
        mass_kg=body.mass_kg * growth,
        center_of_mass=body.center_of_mass * factors,
        inertia=inertia,
        # A larger ball rolls over the same dents with a longer lever.
        break_impulse=None if body.break_impulse is None else body.break_impulse * growth,
    )


def _solid(collider: Collider, factors: Float[Array, "3"], mesh: Mesh) -> Collider:
    center = collider.center * factors
    even = float(np.ptp(factors)) <= EVEN * float(factors.max())
    round_z = abs(factors[0] - factors[1]) <= EVEN * float(factors.max())
    if collider.shape == "plane":
        return collider
    if collider.shape == "hulls":
        hulls = tuple(_stretched(hull, factors) for hull in collider.hulls)
        return replace(collider, hulls=hulls)
    if collider.shape == "box":
        x, y, z = (float(edge * f) for edge, f in zip(collider.size, factors, strict=True))
        return replace(collider, size=(x, y, z), center=center)
    if even:
        size = tuple(float(length * factors[0]) for length in collider.size)
        return replace(collider, size=size, center=center)
    if collider.shape == "cylinder" and round_z:
        radius, height = collider.size
        size = (float(radius * factors[0]), float(height * factors[2]))
        return replace(collider, size=size, center=center)
    from scene_builder.assets.measuring.solid_shape import collider_of, lightened

    # An ellipsoid is no simple solid any more: its convex hull is.
    return collider_of(lightened(np.asarray(mesh.vertices, np.float64), mesh.triangles), None)


def _stretched(mesh: Mesh, factors: Float[Array, "3"]) -> Mesh:
    return replace(mesh, vertices=np.asarray(mesh.vertices * factors, np.float32))
