"""Drops that land: each throws a few droplets up, which fall back."""

import numpy as np
from jaxtyping import Bool, Float

from render.weather.field import Particles
from render.weather.layers import Layer
from render.weather.precipitation import Precipitation
from render.weather.shelter import Shelter
from scene_builder.model.arrays import Array

SPLASH_LAYER = Layer(near_m=0.5, far_m=7.0, stands_for=20.0)
DROPLETS = 4
"""Droplets of a splash that are drawn."""

_PERIOD_SECS = 0.25
"""How long one landing's droplets are given before the next landing takes their place [s]."""
_UP_MPS, _OUT_MPS = (0.4, 1.15), (0.15, 0.6)
_DIAMETERS_M = (0.0005, 0.001)
_GRAVITY = 9.81
_STEP = np.array([0.7548776662466927, 0.5698402909980532])
"""From one landing of a splash to its next, in shares of the square (Roberts 2018)."""


class Splashes:
    """Landings in a square of the world that repeats without end; time alone moves them."""

    def __init__(self, falls: Precipitation, rng: np.random.Generator, *, edge_m: float) -> None:
        rate = falls.impacts / SPLASH_LAYER.stands_for
        count = int(np.ceil(rate * edge_m**2 * _PERIOD_SECS))
        self._edge_m = edge_m
        self._start = rng.random((count, 2))
        self._phase = rng.random(count)
        self._up = rng.uniform(*_UP_MPS, (count, DROPLETS))
        around = 2 * np.pi * (np.arange(DROPLETS) / DROPLETS + rng.random((count, 1)))
        out = rng.uniform(*_OUT_MPS, (count, DROPLETS))
        self._out = np.stack([np.cos(around), np.sin(around)], axis=-1) * out[..., None]
        self._diameters = rng.uniform(*_DIAMETERS_M, (count, DROPLETS))

    def at(
        self,
        time_secs: float,
        middle: Float[Array, "3"],
        shelter: Shelter,
        solid: Bool[Array, " b"],
    ) -> Particles:
        """Return the droplets that are in the air.

        Args:
            time_secs: When [s].
            middle: Middle of the square (3) [m].
            shelter: Knows where drops land.
            solid: Which bodies throw droplets, by `body_index` (b).
        """
        turn = time_secs / _PERIOD_SECS + self._phase
        cycle = np.floor(turn)
        age = ((turn - cycle) * _PERIOD_SECS)[:, None]
        start = self._edge_m * (self._start + cycle[:, None] * _STEP)
        low = middle[:2] - self._edge_m / 2
        flat = start - self._edge_m * np.floor((start - low) / self._edge_m)
        places = np.column_stack([flat, np.zeros(len(flat))])
        landed, on = shelter.landings(places)
        height = self._up * age - _GRAVITY / 2 * age**2
        flying = (height > 0) & solid[on][:, None]
        points = np.concatenate([self._out * age[..., None], height[..., None]], axis=-1)
        points += landed[:, None, :]
        speed = (self._up - _GRAVITY * age)[..., None]
        velocities = np.concatenate([self._out, speed], axis=-1)
        return Particles(
            points=points[flying],
            velocities=velocities[flying],
            diameters_m=self._diameters[flying],
        )
