"""Particles that fill a piece of the world and go on falling from frame to frame."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from render.weather.precipitation import Precipitation
from scene_builder.model.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Particles:
    """Some particles at one moment.

    Attributes:
        points: Where they are in the world (n 3) [m].
        velocities: How they move (n 3) [m/s].
        diameters_m: Their diameters (n) [m].
    """

    points: Float[Array, "n 3"]
    velocities: Float[Array, "n 3"]
    diameters_m: Float[Array, " n"]

    def where(self, kept: Bool[Array, " n"]) -> "Particles":
        """Return those that are kept (n)."""
        return Particles(
            points=self.points[kept],
            velocities=self.velocities[kept],
            diameters_m=self.diameters_m[kept],
        )


class ParticleField:
    """A cube of particles that repeats in every direction without end.

    A particle's way is a function of time alone: whoever looks, from wherever, in whichever
    order of frames, meets the same drop.
    """

    def __init__(
        self,
        falls: Precipitation,
        rng: np.random.Generator,
        *,
        edge_m: float,
        count: int,
        wind: Float[Array, "3"],
    ) -> None:
        self._edge_m = edge_m
        self._start = rng.random((count, 3)) * edge_m
        self._diameters = falls.diameters_rand(rng, count)
        self._drift = np.tile(np.asarray(wind, np.float64), (count, 1))
        self._drift[:, 2] -= falls.fall_mps(self._diameters)
        self._phase = rng.random((count, 2)) * 2 * np.pi
        self._turn = 2 * np.pi / falls.sway_secs * rng.uniform(0.7, 1.3, (count, 1))
        self._sway_m = falls.sway_m

    def at(self, time_secs: float, low: Float[Array, "3"]) -> Particles:
        """Return the particles that are in one cube of the world.

        Args:
            time_secs: When [s].
            low: The cube's lowest corner (3) [m]; its edge is the field's.
        """
        middle = self._start + time_secs * self._drift
        points = middle - self._edge_m * np.floor((middle - low) / self._edge_m)
        velocities = self._drift
        if self._sway_m > 0:
            angle = self._phase + time_secs * self._turn
            points[:, :2] += self._sway_m * np.sin(angle)
            velocities = velocities.copy()
            velocities[:, :2] += self._sway_m * self._turn * np.cos(angle)
        return Particles(points=points, velocities=velocities, diameters_m=self._diameters)
