"""Mass, centre of mass and inertia of solids, from their surfaces."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.errors import AssetError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MassProperties:
    """How heavy something is, and where.

    Attributes:
        mass_kg: [kg].
        center_of_mass: (3) [m].
        inertia: About the centre of mass (3 3) [kg·m²].
    """

    mass_kg: float
    center_of_mass: Float[Array, "3"]
    inertia: Float[Array, "3 3"]

    def __post_init__(self) -> None:
        set_read_only(self, "center_of_mass", np.float64, (3,))
        set_read_only(self, "inertia", np.float64, (3, 3))

    def weighing(self, mass_kg: float) -> "MassProperties":
        """Return the same shape with another mass [kg]."""
        return MassProperties(
            mass_kg=mass_kg,
            center_of_mass=self.center_of_mass,
            inertia=self.inertia * (mass_kg / self.mass_kg),
        )

    def checked(self, what: str) -> "MassProperties":
        """Return itself if a real body can have these figures.

        Raises:
            AssetError: If the mass is not positive, or the inertia is not positive definite or
                breaks the triangle inequality of principal moments.
        """
        moments = np.linalg.eigvalsh(self.inertia)
        possible = (
            self.mass_kg > 0
            and moments[0] > 0
            and moments[0] + moments[1] >= moments[2] * (1 - 1e-6)
        )
        if not (possible and np.isfinite(self.inertia).all()):
            raise AssetError(
                f"{what} has the mass {self.mass_kg:g} kg and the moments of inertia {moments}: "
                "no solid body has these; its surface must be closed and face outwards"
            )
        return self


def mass_of(
    vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"], density: float
) -> MassProperties:
    """Return the mass properties of a closed surface filled with `density` [kg/m³].

    Sums signed tetrahedra from the origin (Blow & Binstock 2004, "How to find the inertia tensor
    (or other mass properties) of a 3D solid body represented by a triangle mesh").

    Args:
        vertices: Corners [m].
        triangles: Corner indices, counter-clockwise from outside.
        density: [kg/m³].
    """
    corners = np.asarray(vertices, np.float64)[triangles]
    middle = corners.reshape(-1, 3).mean(axis=0)
    a, b, c = np.moveaxis(corners - middle, 1, 0)
    six_volumes = np.einsum("ti,ti->t", a, np.cross(b, c))
    volume = six_volumes.sum() / 6
    total = a + b + c
    first = np.einsum("t,ti->i", six_volumes, total) / 24
    second = np.einsum("t,ti,tj->ij", six_volumes, total, total)
    for corner in (a, b, c):
        second += np.einsum("t,ti,tj->ij", six_volumes, corner, corner)
    second /= 120
    center = first / volume
    covariance = (second - volume * np.outer(center, center)) * density
    inertia = np.trace(covariance) * np.eye(3) - covariance
    return MassProperties(
        mass_kg=float(volume * density), center_of_mass=center + middle, inertia=inertia
    )


def shell_of(
    vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"], density: float, wall: float
) -> MassProperties:
    """Return the mass properties of a closed surface with a closed hollow inside.

    The hollow is the surface drawn in by `wall` [m] along each axis: exact for spheres, boxes and
    cylinders.
    """
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    factor = np.maximum(1 - 2 * wall / np.maximum(high - low, 1e-9), 0.0)
    outer = mass_of(vertices, triangles, density)
    if (factor <= 0).any():
        return outer
    inner = mass_of((vertices - (low + high) / 2) * factor + (low + high) / 2, triangles, density)
    return combined([outer, inner], signs=(1.0, -1.0))


def combined(
    masses: Sequence[MassProperties], signs: Sequence[float] | None = None
) -> MassProperties:
    """Return the mass properties of several solids held together (parallel-axis theorem).

    Args:
        masses: The solids.
        signs: +1 for what is there, −1 for what is cut out.
    """
    signs = [1.0] * len(masses) if signs is None else signs
    pairs = list(zip(signs, masses, strict=True))
    mass_kg = sum(sign * m.mass_kg for sign, m in pairs)
    center = sum((sign * m.mass_kg * m.center_of_mass for sign, m in pairs), np.zeros(3)) / mass_kg
    inertia = np.zeros((3, 3))
    for sign, m in pairs:
        arm = m.center_of_mass - center
        inertia += sign * (m.inertia + m.mass_kg * (arm @ arm * np.eye(3) - np.outer(arm, arm)))
    return MassProperties(mass_kg=mass_kg, center_of_mass=center, inertia=inertia)
