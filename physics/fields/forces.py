"""Buoyancy, drag and added mass as pure functions of where a body is and how it moves.

Sources: drag ½ ρ C A u² (Batchelor 1967, §4.12); added mass of a sphere ½ ρ V (§6.4), taken for
every form; linear damping as a share of the critical one of heave, which is what waves carry away.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.fluids.fluid import Fluid, Immersion
from scene_builder.model.solids.displacement import Cells

ADDED_MASS = 0.5
"""Of the fluid that a body displaces, this share moves with it."""

WAVE_DAMPING = 0.2
"""Share of the critical damping of heave that waves take."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moving:
    """One body in a moment.

    Attributes:
        mass: [kg].
        center: Centre of mass (3) [m].
        rotation: `world_from_body` (3 3).
        origin: The body's frame (3) [m].
        linear: Velocity of the centre of mass (3) [m/s].
        angular: Angular velocity (3) [rad/s].
    """

    mass: float
    center: Float[Array, "3"]
    rotation: Float[Array, "3 3"]
    origin: Float[Array, "3"]
    linear: Float[Array, "3"]
    angular: Float[Array, "3"]


@dataclass(frozen=True, slots=True, eq=False)
class Wrench:
    """What a fluid does to a body: a force (3) [N] at, and a torque (3) [N·m] about its centre."""

    force: Float[Array, "3"]
    torque: Float[Array, "3"]


def in_the_open(
    moving: Moving, immersion: Immersion, fluid: Fluid, gravity: Float[Array, "3"], dt: float
) -> Wrench:
    """Return what a fluid without a surface does: air, with its wind.

    Args:
        moving: The body now.
        immersion: How it feels the fluid.
        fluid: The fluid.
        gravity: Acceleration (3) [m/s²].
        dt: Length of a step [s]: no drag turns a velocity round within one.
    """
    against = moving.linear - fluid.velocity
    rate = 0.5 * fluid.density * immersion.drag_coefficient * immersion.area_m2
    per_mass = rate * float(np.linalg.norm(against)) / moving.mass
    force = -moving.mass * per_mass / (1 + per_mass * dt) * against
    displaced = fluid.density * immersion.volume_m3
    force = _with_added_mass(force - displaced * gravity, moving, displaced, gravity)
    arm = float(np.sqrt(immersion.area_m2 / np.pi))
    spin = float(np.linalg.norm(moving.angular)) * arm
    # About the inertia of a shell of that radius: a bound that keeps the step stable.
    braking = rate * spin / moving.mass
    torque = -moving.mass * arm**2 * braking / (1 + 2.5 * braking * dt) * moving.angular
    return Wrench(force, torque)


def below_surface(
    moving: Moving, cells: Cells, immersion: Immersion, fluid: Fluid,
    gravity: Float[Array, "3"], dt: float,
) -> Wrench:  # fmt: skip
    """Return what a fluid with a level surface does to the cells that lie under it.

    Args:
        moving: The body now.
        cells: What it displaces.
        immersion: How it feels the fluid.
        fluid: The fluid; it has a surface.
        gravity: Acceleration (3) [m/s²].
        dt: Length of a step [s].
    """
    level = 0.0 if fluid.surface_z is None else fluid.surface_z
    points = cells.centers @ moving.rotation.T + moving.origin
    share = cells.covered(moving.rotation, points[:, 2] - level)
    if fluid.shore_y is not None:
        share = share * (points[:, 1] >= fluid.shore_y)
    if not share.any():
        return Wrench(np.zeros(3), np.zeros(3))
    volume = immersion.volume_m3 or cells.volume
    displaced = fluid.density * volume / len(points) * share
    arms: Float[Array, "n 3"] = points - moving.center
    against = moving.linear - fluid.velocity + np.cross(moving.angular, arms)
    length = volume ** (1 / 3)
    wave = 2 * WAVE_DAMPING * np.sqrt(float(np.linalg.norm(gravity)) / length)
    speed = np.linalg.norm(against, axis=1)
    rate = wave + 0.5 * immersion.drag_coefficient * speed / length
    light = fluid.density * volume / moving.mass
    rate = rate / (1 + 3 * rate * light * dt)
    pushes = -(displaced * rate)[:, None] * against - displaced[:, None] * gravity
    torque = np.cross(arms, pushes).sum(axis=0)
    force = _with_added_mass(pushes.sum(axis=0), moving, float(displaced.sum()), gravity)
    return Wrench(force, torque)


def _with_added_mass(
    force: Float[Array, "3"], moving: Moving, displaced: float, gravity: Float[Array, "3"]
) -> Float[Array, "3"]:
    """Let weight and a force accelerate the fluid that moves along, too."""
    added = ADDED_MASS * displaced
    total = force + moving.mass * gravity
    return np.asarray(force - total * added / (moving.mass + added))
