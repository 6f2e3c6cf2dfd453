"""Air and water as records."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array, set_read_only

AIR_DENSITY = 1.204
"""Of dry air at 20 °C and 1013 hPa [kg/m³]."""

WATER_DENSITY = 998.2
"""Of fresh water at 20 °C [kg/m³]."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fluid:
    """A medium that pushes, carries and brakes the bodies immersed in it.

    Attributes:
        name: `air` or `water`.
        density: [kg/m³].
        velocity: Of its flow (3) [m/s]: the wind, a current.
        surface_z: Height of its level surface [m]; None where it fills everything.
        shore_y: It lies behind this line only [m]; None for everywhere.
    """

    name: str
    density: float
    velocity: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    surface_z: float | None = None
    shore_y: float | None = None

    def __post_init__(self) -> None:
        set_read_only(self, "velocity", np.float64, (3,))
        if not self.density > 0:
            raise ValueError(f"a fluid's density is above 0: {self.density}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Immersion:
    """How one body feels one fluid.

    Attributes:
        body: Body id.
        fluid: Name of the fluid.
        drag_coefficient: Of its form, for the quadratic drag; 0 for none.
        area_m2: Its shadow along the flow, averaged over directions [m²].
        volume_m3: What it displaces when it is wholly under [m³]; 0 where its buoyancy is left
            out, as that of a stone in air is.
        hollow: Whether it keeps the fluid out of its cavity, as a boat does: then its convex
            hull displaces, not its walls alone.
    """

    body: str
    fluid: str
    drag_coefficient: float
    area_m2: float
    volume_m3: float = 0.0
    hollow: bool = False

    def __post_init__(self) -> None:
        if min(self.drag_coefficient, self.area_m2, self.volume_m3) < 0:
            raise ValueError(f"{self.body}: drag, area and volume are not negative")
