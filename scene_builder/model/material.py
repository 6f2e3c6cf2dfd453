"""What a surface is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array, set_read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Material:
    """A physically based surface.

    Attributes:
        name: The substance (`wood`, `rubber`, …): it picks the shader's pattern.
        base_color: Linear-light RGB (3), 0…1.
        parameters: Principled parameters by name: `roughness`, `metallic`, `transmission`,
            `ior`, `coat`, `subsurface`, `sheen`, `emission`, `pattern_scale_m`, …
        textures: Image files by channel, relative to the run folder.
    """

    name: str
    base_color: Float[Array, "3"]
    parameters: Mapping[str, float] = field(default_factory=dict)
    textures: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        set_read_only(self, "base_color", np.float64, (3,))
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))
        object.__setattr__(self, "textures", MappingProxyType(dict(self.textures)))


def linear_from_srgb(srgb: Float[Array, "*n"]) -> Float[Array, "*n"]:
    """Return linear light of sRGB-encoded values 0…1 (IEC 61966-2-1)."""
    s = np.asarray(srgb, np.float64)
    return np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004


def srgb_from_linear(linear: Float[Array, "*n"]) -> Float[Array, "*n"]:
    """Return sRGB-encoded values of linear light, clipped to 0…1 (IEC 61966-2-1)."""
    x = np.clip(np.asarray(linear, np.float64), 0.0, 1.0)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055)  # noqa: PLR2004
