"""Air: how far one sees, and what far things fade into."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.light import Environment
from scene_builder.model.material import Material

REACH_M: Mapping[str, float] = {"fog": 16.0, "storm": 90.0, "rain": 110.0, "snow": 60.0}
"""Distance at which a share of 1 / e of a thing's light is left, by weather [m]."""

PLACE_REACH_M: Mapping[str, float] = {
    "forest": 260.0, "mountains": 1600.0, "desert": 1300.0, "beach": 2200.0, "snow field": 900.0,
    "space": 0.0, "city": 1300.0, "rooftop": 1000.0, "lake": 1500.0,
}  # fmt: skip
"""The same for clear air, where a place is known for it; 0 is no air."""

WETNESS: Mapping[str, float] = {"rain": 0.85, "storm": 1.0}
"""How wet the weather leaves what it falls on (0…1)."""

USUAL_REACH_M = 3000.0

PLACE_TINT: Mapping[str, tuple[float, float, float]] = {"forest": (0.5, 0.62, 0.36)}
"""What colours the light between things: leaves let green through."""

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Weights of linear Rec. 709 light (ITU-R BT.709)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Air:
    """Air between the eye and a surface, and the water in it.

    Attributes:
        reach_m: Distance at which 1 / e of a surface's light is left [m]; 0 for no air.
        color: Light that the air itself sends, linear RGB (3).
        wetness: How wet it leaves surfaces (0…1).
    """

    reach_m: float
    color: Float[Array, "3"]
    wetness: float = 0.0

    def over(self, material: Material) -> Material:
        """Return a material as it is seen through this air."""
        if self.reach_m <= 0 or "emission" in material.parameters:
            return material
        red, green, blue = (float(c) for c in self.color)
        seen = {"haze_m": self.reach_m, "haze_r": red, "haze_g": green, "haze_b": blue}
        if self.wetness > 0:
            seen["wet"] = self.wetness
        return replace(material, parameters={**material.parameters, **seen})


def air_of(environment: Environment) -> Air:
    """Return the air of a place: clear indoors, else as weather and place have it."""
    if environment.indoor:
        return Air(reach_m=0.0, color=np.zeros(3))
    usual = PLACE_REACH_M.get(environment.place, USUAL_REACH_M)
    reach = REACH_M.get(environment.weather, usual) if usual > 0 else 0.0
    base = environment.sky_color * environment.sky_strength
    # The colour of a plain sky at its horizon, where far things fade into it.
    horizon = 0.55 * base + 0.6 * float(base @ LUMINANCE)
    if environment.weather not in REACH_M:
        horizon = horizon * PLACE_TINT.get(environment.place, (1.0, 1.0, 1.0))
    wetness = WETNESS.get(environment.weather, 0.0) if reach > 0 else 0.0
    return Air(reach_m=reach, color=horizon, wetness=wetness)
