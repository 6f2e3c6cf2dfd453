"""What falls from the sky: how large, how many, how fast; by measurements."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array

Matter = Literal["water", "snow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precipitation:
    """One kind of weather that falls.

    The number of particles falls off exponentially with their size, as Marshall and Palmer (1948)
    found for rain and Gunn and Marshall (1958) for snow.

    Attributes:
        matter: Clear drops of water, or white flakes.
        intercept: Particles for each metre of diameter, at diameter zero [1/m⁴].
        slope: By how much their number falls off with diameter [1/m].
        diameters_m: Smallest and largest diameter that is drawn [m].
        wind_mps: How fast the air moves along the ground [m/s].
        exposure_secs: How long the shutter is open [s]: so short that a drop is a streak and no
            veil, and a flake no streak.
        sway_m: How far a particle swings to either side of its way [m].
        sway_secs: How long a swing takes [s].
    """

    matter: Matter
    intercept: float
    slope: float
    diameters_m: tuple[float, float]
    wind_mps: float
    exposure_secs: float
    sway_m: float = 0.0
    sway_secs: float = 1.0

    @property
    def density(self) -> float:
        """Drawn particles in a cubic metre [1/m³]."""
        small, large = np.exp(-self.slope * np.array(self.diameters_m))
        return float(self.intercept / self.slope * (small - large))

    @property
    def impacts(self) -> float:
        """Drawn particles that land on a square metre in a second [1/(m²·s)]."""
        sizes = np.linspace(*self.diameters_m, 201)
        number = self.intercept * np.exp(-self.slope * sizes)
        return float((number * self.fall_mps(sizes)).mean() * (sizes[-1] - sizes[0]))

    def diameters_rand(self, rng: np.random.Generator, count: int) -> Float[Array, " n"]:
        """Draw `count` diameters (n) [m]."""
        small, large = np.exp(-self.slope * np.array(self.diameters_m))
        return np.asarray(-np.log(small - rng.random(count) * (small - large)) / self.slope)

    def fall_mps(self, diameters_m: Float[Array, " n"]) -> Float[Array, " n"]:
        """Return how fast particles (n) fall through still air [m/s].

        Drops by the fit of Atlas et al. (1973) to Gunn and Kinzer's (1949) measurements, flakes
        by Locatelli and Hobbs (1974) for aggregates of dendrites.
        """
        millimetres = np.asarray(diameters_m) * 1e3
        if self.matter == "water":
            return np.asarray(np.maximum(9.65 - 10.3 * np.exp(-0.6 * millimetres), 0.3))
        return np.asarray(0.8 * millimetres**0.16)


def _rain(rate_mm_per_hour: float, largest_m: float, wind_mps: float) -> Precipitation:
    """Return rain of a rate [mm/h] (Marshall and Palmer 1948); drops under 1 mm are haze."""
    return Precipitation(
        matter="water", intercept=8.0e6, slope=4100.0 * rate_mm_per_hour**-0.21,
        diameters_m=(0.001, largest_m), wind_mps=wind_mps, exposure_secs=1 / 72,
    )  # fmt: skip


PRECIPITATION: Mapping[str, Precipitation] = {
    "rain": _rain(60.0, 0.0035, 0.7),
    "storm": _rain(120.0, 0.0045, 4.5),
    "snow": Precipitation(
        matter="snow", intercept=1.4e6, slope=500.0, diameters_m=(0.0015, 0.01),
        wind_mps=0.35, exposure_secs=1 / 250, sway_m=0.05, sway_secs=1.6,
    ),
}  # fmt: skip
"""What falls, by the weather's name; other weather lets nothing fall."""
