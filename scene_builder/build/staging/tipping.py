"""Toppling: what falls over where it stands is turned over its lower edge."""

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body

EFFORT, LEAST_SPIN = 1.35, 0.8
"""So many times the turn that lifts a body over its edge, and at least that many [rad/s]."""

LOWEST = 0.05
"""A centre of mass lies at least this share of its body's height above the base."""


def tipped(
    body: Body, size: Float[Array, "3"], way: Float[Array, "2"], gravity: float
) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
    """Return the velocities (3) [m/s], (3) [rad/s] that just topple a body.

    Turning over the edge lifts the centre of mass from h to the hypotenuse of h and b, where b is
    its distance from the edge: ½ I ω² = m g (√(h² + b²) − h), with I about the edge.

    Args:
        body: It stands on its base.
        size: Of its box in the world (3) [m].
        way: Unit vector (2) of where it falls.
        gravity: Downward acceleration [m/s²].
    """
    level = np.array([*way, 0.0])
    axis = np.cross([0.0, 0.0, 1.0], level)
    rise = float((body.pose @ body.center_of_mass - body.pose.position)[2])
    rise = float(np.clip(rise, LOWEST * size[2], size[2]))
    reach = float(np.abs(way) @ size[:2]) / 2
    turned = body.pose.rotation.T @ axis
    inertia = float(turned @ body.inertia @ turned) + body.mass_kg * (rise**2 + reach**2)
    climb = float(np.hypot(rise, reach)) - rise
    rate = EFFORT * float(np.sqrt(2 * body.mass_kg * gravity * climb / inertia))
    angular = max(rate, LEAST_SPIN) * axis
    return np.cross(angular, np.array([0.0, 0.0, rise]) - reach * level), angular
