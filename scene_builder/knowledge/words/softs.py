"""What gives way when it meets something: how stiff it is, and the words that say so."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Give:
    """How soft stuff answers a load.

    Attributes:
        modulus: Young's modulus [Pa].
        ratio: Poisson's ratio.
        loss: Loss factor of its slowest vibration; None for that of its substance (`damping`).
    """

    modulus: float
    ratio: float
    loss: float | None = None


SOFT_STUFFS: Mapping[str, Give] = {
    "jelly": Give(6e3, 0.45),  # gelatin gels: Markidou et al. 2005, Physiol. Meas. 26
    "foam": Give(1.5e4, 0.2),  # flexible polyurethane: Gibson, Ashby 1997, ch. 5
}
"""Substance → how soft it is."""

SOFT_NOUNS: Mapping[str, Give] = {
    "pillow": Give(3e3, 0.2, 0.8), "cushion": Give(5e3, 0.2, 0.7),
    "sponge": Give(1.5e4, 0.2, 0.4), "teddy_bear": Give(6e3, 0.25, 0.6),
    "marshmallow": Give(1.2e4, 0.3, 0.6),
}  # fmt: skip
"""Noun of the knowledge base → how soft it is as a whole, its filling and its air together."""

ADJECTIVES = (
    "soft", "squishy", "squashy", "squidgy", "spongy", "squeezy", "gummy", "jelly", "foam",
    "pillowy",
)  # fmt: skip
"""What says before a noun that it is soft."""

ELSEWHERE = ("drink", "drinks", "light", "lights", "lighting", "music", "focus", "glow",
             "sunlight", "moonlight", "candlelight", "shadows", "serve")  # fmt: skip
"""Between "soft" and a noun these say that something else is soft."""

FILLING = frozenset({"jelly", "foam"})
"""What before the name of a vessel says what it is for."""

VESSELS = frozenset({
    "jar", "cup", "mug", "bowl", "glass", "bottle", "can", "tin", "pot", "tub", "box", "dish",
    "container", "mold", "mould", "packet", "bucket", "carton", "tray", "canister", "dispenser",
})  # fmt: skip
"""Last words of the names of vessels."""

HARD_SHADERS = frozenset({
    "wood", "metal", "rust", "gold", "glass", "plastic", "ceramic", "stone", "marble", "concrete",
    "asphalt", "brick", "tile", "plaster", "ice", "cardboard",
})  # fmt: skip
"""What is made of stuff that looks so is not soft, whatever it is called."""

YIELDING = ("squash", "squashes", "squish", "squishes", "wobbles", "jiggles", "flattens")
"""Verbs of what is soft."""

AT_DENSITY, OF_DENSITY = 6e4, 1000.0
"""Called soft, a thing of so many kg/m³ has so many Pa; less dense ones are foams, whose modulus
falls with the square of the density (Gibson, Ashby 1997, ch. 5)."""

CALLED_SOFT = Give(4e3, 0.4)
"""Called soft, it is no softer than this."""

UNKNOWN_LOSS = 0.25
"""Loss factor of soft stuff that no table has."""
