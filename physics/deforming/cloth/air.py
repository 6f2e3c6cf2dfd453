"""What air does to cloth: it brakes what falls broadside, and lets flags stream."""

import numpy as np
from jaxtyping import Float

from physics.deforming.cloth.sheet import Sheet
from scene_builder.model.arrays import Array
from scene_builder.model.fluids.fluid import Fluid

ACROSS, ALONG = 1.6, 0.04
"""Coefficients of the force across a sheet and along it: a plate's drag when the air meets it
broadside (1.2), its lift when it slants (more), and its skin friction (Hoerner 1965, ch. 2, 3)."""

GUSTS = 0.2
"""Intensity of the turbulence near the ground, as a share of the wind (Stull 1988, ch. 9)."""

WAVES = (
    (2.1, 0.0, (0.1, 1.0, 0.3)), (3.4, 1.3, (-0.3, 0.7, 0.6)),
    (5.7, 4.1, (0.2, -0.8, 0.5)), (9.2, 2.6, (0.0, 0.6, -0.7)),
)  # fmt: skip
"""Wave number [rad/m], phase [rad] and direction of the gusts that the wind carries along."""


class Air:
    """The air around one sheet."""

    def __init__(self, sheet: Sheet, fluid: Fluid) -> None:
        from scipy.sparse import coo_matrix

        self._sheet = sheet
        self._fluid = fluid
        count = len(sheet.triangles)
        rows, columns = sheet.triangles.ravel(), np.repeat(np.arange(count), 3)
        shape = (len(sheet.mass), count)
        self._share = coo_matrix((np.full(3 * count, 1 / 3), (rows, columns)), shape=shape).tocsr()

    def acceleration(
        self, points: Float[Array, "v 3"], speeds: Float[Array, "v 3"], secs: float, dt: float
    ) -> Float[Array, "v 3"]:
        """Return what the air adds to the motion of every vertex (v 3) [m/s²].

        Args:
            points: Where they are (v 3) [m].
            speeds: How they move (v 3) [m/s].
            secs: When [s].
            dt: How long it acts [s]: no vertex is taken faster than the air in that time.
        """
        triangles = self._sheet.triangles
        corners = points[triangles]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        double = np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
        normal = across / double
        wind = self._wind(corners.mean(axis=1), secs) - speeds[triangles].mean(axis=1)
        through = (wind * normal).sum(axis=1, keepdims=True) * normal
        push = ACROSS * through + ALONG * (wind - through)
        rate = 0.5 * self._fluid.density * double / 2 * np.linalg.norm(wind, axis=1, keepdims=True)
        mass = self._sheet.mass[triangles].mean(axis=1, keepdims=True)
        force = rate / (1 + ACROSS * rate * dt / mass) * push
        return np.asarray(self._share @ force / self._sheet.mass[:, None])

    def _wind(self, points: Float[Array, "t 3"], secs: float) -> Float[Array, "t 3"]:
        """The mean wind, and gusts that it carries along unchanged (Taylor 1938)."""
        mean = self._fluid.velocity
        speed = float(np.linalg.norm(mean))
        if speed == 0:
            return np.zeros_like(points)
        way = (points - mean * secs) @ (mean / speed)
        wind = np.tile(mean, (len(points), 1))
        share = GUSTS * speed * np.sqrt(2 / len(WAVES))
        for number, phase, direction in WAVES:
            wind += share * np.sin(number * way + phase)[:, None] * np.array(direction)
        return wind
