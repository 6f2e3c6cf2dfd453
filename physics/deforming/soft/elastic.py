"""The forces inside of a soft body: finite elements that keep their form and volume.

Stable neo-Hookean energy (Smith, de Goes and Kim 2018), Ψ = μ/2·(|F|² − 3) + λ/2·(J − α)² with
α = 1 + μ/λ: it is that of Hooke for small strains, and has a force back even for cells that are
turned inside out. What is lost goes with the rate of Green's strain, so that no turn is braked.
"""

from typing import Any

import numpy as np
from jaxtyping import Float

from physics.deforming.soft.lattice import Lattice
from scene_builder.model.arrays import Array
from scene_builder.model.fabrics.softness import Softness

ROUNDS = 40
"""Rounds of the power iteration that finds the fastest vibration."""

SAFETY = 0.6
"""Share of the longest stable step that is made: strained cells are stiffer than those at rest."""


LEAST_HEIGHT = 0.45
"""Cells less high than this share of the spacing are softer, as the square of their height."""


class Elastic:
    """The elastic and viscous forces of one soft body."""

    def __init__(self, lattice: Lattice, softness: Softness, mass: Float[Array, " n"]) -> None:
        modulus, ratio = softness.youngs_modulus, softness.poisson_ratio
        self._shear = modulus / (2 * (1 + ratio))
        # The energy's own λ is Lamé's and μ together.
        self._bulk = modulus * ratio / ((1 + ratio) * (1 - 2 * ratio)) + self._shear
        self._rest = 1 + self._shear / self._bulk
        self._volumes = (lattice.volumes * _shares(lattice))[None, :, None]
        self._gradient = _gradient(lattice)
        self._back = self._gradient.T.tocsr()
        density = mass.sum() / lattice.volumes.sum()
        length = float(np.ptp(lattice.nodes, axis=0).mean())
        slowest = np.pi * np.sqrt(modulus / density) / length
        self._viscosity = softness.loss * self._shear / slowest
        self.longest_step = self._longest_step(lattice.nodes, mass)

    def forces(
        self, points: Float[Array, "n 3"], speeds: Float[Array, "n 3"]
    ) -> Float[Array, "n 3"]:
        """Return the forces on the nodes (n 3) [N].

        Args:
            points: Where they are (n 3) [m].
            speeds: How they move (n 3) [m/s].
        """
        shape, rate = self._gradients(points), self._gradients(speeds)
        stress = self._stress(shape)
        # Second Piola-Kirchhoff stress 2·η·dE/dt, with E Green's strain.
        half = np.einsum("icx,jcx->ijc", shape, rate)
        viscous = self._viscosity * (half + half.transpose(1, 0, 2))
        stress += np.einsum("ijc,jcx->icx", viscous, shape)
        return self._gathered(stress)

    def energy(self, points: Float[Array, "n 3"]) -> float:
        """Return the energy that its strains hold [J]."""
        shape = self._gradients(points)
        volume = (shape[0] * np.cross(shape[1], shape[2])).sum(axis=-1)
        stretch = np.square(shape).sum(axis=(0, 2))
        density = self._shear / 2 * (stretch - 3) + self._bulk / 2 * (
            np.square(volume - self._rest) - np.square(1 - self._rest)
        )
        return float((density * self._volumes[0, :, 0]).sum())

    def _gradients(self, values: Float[Array, "n 3"]) -> Float[Array, "3 c 3"]:
        return np.asarray(self._gradient @ values).reshape(3, -1, 3)

    def _stress(self, shape: Float[Array, "3 c 3"]) -> Float[Array, "3 c 3"]:
        """Return the transpose of the first Piola-Kirchhoff stress (3 c 3) [Pa]."""
        one, other = shape[[1, 2, 0]], shape[[2, 0, 1]]
        cofactor = np.cross(one, other)
        volume = (shape[0] * cofactor[0]).sum(axis=-1)
        stress = self._shear * shape
        stress += (self._bulk * (volume - self._rest))[None, :, None] * cofactor
        return np.asarray(stress)

    def _gathered(self, stress: Float[Array, "3 c 3"]) -> Float[Array, "n 3"]:
        return -np.asarray(self._back @ (self._volumes * stress).reshape(-1, 3))

    def _longest_step(self, nodes: Float[Array, "n 3"], mass: Float[Array, " n"]) -> float:
        """Return the longest step that stays stable, by the fastest vibration about rest [s]."""
        scale = 1e-6 * float(np.ptp(nodes))
        way = np.sin(1.37 * np.arange(nodes.size)).reshape(nodes.shape)  # like no mode
        square = 1.0
        for _ in range(ROUNDS):
            way = way / np.linalg.norm(way)
            pulled = self._gathered(self._stress(self._gradients(nodes + scale * way)))
            way = -pulled / scale / mass[:, None]
            square = float(np.linalg.norm(way))
        fastest = float(np.sqrt(square))
        braked = self._viscosity / self._shear * fastest / 2
        return SAFETY * 2 / fastest * float(np.sqrt(1 + braked**2) - braked)


def _shares(lattice: Lattice) -> Float[Array, " c"]:
    """Return the share of its stiffness that each cell has: flat ones alone would rule the step."""
    corners = lattice.nodes[lattice.cells]
    inverse = np.linalg.inv(corners[:, 1:] - corners[:, :1])
    slopes = np.linalg.norm(inverse, axis=1).max(axis=1)
    slopes = np.maximum(slopes, np.linalg.norm(inverse.sum(axis=2), axis=1))
    return np.asarray(np.minimum(1.0, 1 / (slopes * LEAST_HEIGHT * lattice.spacing)) ** 2)


def _gradient(lattice: Lattice) -> Any:  # noqa: ANN401 - a sparse matrix
    """Return the matrix that takes nodes' values to their gradients in each cell (3c n)."""
    from scipy.sparse import coo_matrix

    corners = lattice.nodes[lattice.cells]
    inverse = np.linalg.inv(corners[:, 1:] - corners[:, :1])  # rows of edges: (c axis edge)
    parts = np.concatenate([-inverse.sum(axis=2, keepdims=True), inverse], axis=2)
    count = len(lattice.cells)
    rows = np.arange(3)[:, None, None] * count + np.arange(count)[None, :, None]
    rows = np.broadcast_to(rows, (3, count, 4))
    columns = np.broadcast_to(lattice.cells[None], (3, count, 4))
    return coo_matrix(
        (parts.transpose(1, 0, 2).ravel(), (rows.ravel(), columns.ravel())),
        shape=(3 * count, len(lattice.nodes)),
    ).tocsr()
