"""How a body that nothing touches goes on turning."""

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array

SWEEPS = 4
"""Fixed-point steps; each gains a factor of about step × spin."""

LARGEST_TURN = 0.5
"""What turns by more in a step [rad] is turned on as if it turned by so much."""


def turned_on(
    spin: Float[Array, "n 3"], moments: Float[Array, "n 3"], secs: float
) -> Float[Array, "n 3"]:
    """Return the spins a step later (n 3) [rad/s], in the bodies' principal axes.

    The step turns the body by the new spin; seen from the body, the angular momentum turns back by
    as much. So its length and direction in the world are kept exactly, where Euler's explicit
    step gains energy (a discrete Lie–Poisson step: Moser, Veselov 1991).

    Args:
        spin: Angular velocities in principal axes (n 3) [rad/s].
        moments: Principal moments of inertia (n 3) [kg·m²].
        secs: Length of the step [s].
    """
    momentum = moments * spin
    after = spin
    for _ in range(SWEEPS):
        after = _turned_back(momentum, after * secs) / moments
    return after


def _turned_back(vectors: Float[Array, "n 3"], turn: Float[Array, "n 3"]) -> Float[Array, "n 3"]:
    """Turn vectors by the opposite of rotation vectors (Rodrigues)."""
    angle = np.linalg.norm(turn, axis=1, keepdims=True)
    axis = turn / np.maximum(angle, 1e-300)
    angle = np.minimum(angle, LARGEST_TURN)
    along = axis * np.sum(axis * vectors, axis=1, keepdims=True)
    across = _cross(axis, vectors)
    return np.asarray(along + np.cos(angle) * (vectors - along) - np.sin(angle) * across)


def turned(wxyz: Float[Array, "n 4"], vectors: Float[Array, "n 3"]) -> Float[Array, "n 3"]:
    """Turn vectors (n 3) by unit quaternions (n 4)."""
    axis = wxyz[:, 1:]
    across = 2 * _cross(axis, vectors)
    return np.asarray(vectors + wxyz[:, :1] * across + _cross(axis, across))


def _cross(a: Float[Array, "n 3"], b: Float[Array, "n 3"]) -> Float[Array, "n 3"]:
    """Cross products, several times quicker than numpy's."""
    return np.asarray(a[:, [1, 2, 0]] * b[:, [2, 0, 1]] - a[:, [2, 0, 1]] * b[:, [1, 2, 0]])
