"""Whether a thing stays where it is put: Coulomb's friction at every touch."""

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array

EDGES = 8
"""A friction cone is a pyramid of so many edges, inside of it."""

WOBBLE_SHARE = 0.004
"""A thing on two points is in balance with its weight off their line by this share of its size:
what is round leans so."""


def grip_needed(
    points: Float[Array, "k 3"],
    normals: Float[Array, "k 3"],
    frictions: Float[Array, " k"],
    center_of_mass: Float[Array, "3"],
    *,
    size: float,
) -> float:
    """Return the least share of the friction with which a thing stays at rest; inf if none does.

    Static equilibrium of forces and moments with friction pyramids (Kerr and Roth 1986), asked
    as a linear programme at a half, at 0.85, and at all of it.

    Args:
        points: Where it is touched [m].
        normals: Towards it.
        frictions: Coulomb's coefficients.
        center_of_mass: (3) [m].
        size: Its largest dimension [m].
    """
    arms, wobble = points - center_of_mass, WOBBLE_SHARE * size
    if not _rests(arms, normals, frictions, wobble):
        return float(np.inf)
    for share in (0.5, 0.85):
        if _rests(arms, normals, share * frictions, wobble):
            return share
    return 1.0


def _rests(
    arms: Float[Array, "k 3"],
    normals: Float[Array, "k 3"],
    frictions: Float[Array, " k"],
    wobble: float,
) -> bool:
    from scipy.optimize import linprog

    rays, at = [], []
    for arm, normal, friction in zip(arms, normals, frictions, strict=True):
        one = np.cross(normal, [1.0, 0.0, 0.0] if abs(normal[0]) < 0.7 else [0.0, 1.0, 0.0])  # noqa: PLR2004
        one /= np.linalg.norm(one)
        other = np.cross(normal, one)
        for k in range(EDGES):
            angle = 2 * np.pi * k / EDGES
            rays.append(normal + friction * (np.cos(angle) * one + np.sin(angle) * other))
            at.append(arm)
    forces = np.array(rays).T
    moments = np.cross(np.array(at), np.array(rays)).T
    # The weight is 1; moments may be off by as much as it would be with the weight a little aside.
    unequal = np.vstack([moments, -moments])
    found = linprog(
        np.zeros(forces.shape[1]), A_ub=unequal, b_ub=np.full(6, wobble), A_eq=forces,
        b_eq=[0.0, 0.0, 1.0], method="highs",
    )  # fmt: skip
    return bool(found.status == 0)
