"""Rain on what it falls on: damp is darker and shines, hollows hold puddles."""

from collections.abc import Callable

from scene_builder.blender.shading.graph import Graph, Value
from scene_builder.blender.shading.substance import Substance

Pattern = Callable[[Graph, Substance], dict[str, Value]]

PUDDLES_ON = frozenset(
    {"asphalt", "tarmac", "road", "concrete", "cement", "stone", "tile", "brick", "soil", "dirt",
     "mud", "gravel", "planks", "wood"}
)  # fmt: skip
"""Grounds from which water does not drain at once."""

DULL_WHEN_WET = frozenset(
    {"grass", "lawn", "leaf", "foliage", "straw", "hay", "sand", "snow", "fabric",
     "felt", "carpet", "bark"}
)  # fmt: skip
"""What drinks water, or turns to all sides: it darkens and does not shine."""

_DAMP, _SOAKED = 0.58, 0.42
"""Share of the colour that a wet surface keeps: light is caught in the film (Lekner and Dorf
1988)."""
_FILM_ROUGHNESS, _WATER_ROUGHNESS = 0.4, 0.04
_PUDDLE_M = 1.6
"""How far puddles are apart [m]."""
_RIPPLE_M = 0.0015
"""How high drops throw a puddle's water [m]."""


def in_the_rain(pattern: Pattern) -> Pattern:
    """Return a pattern as rain leaves it, as far as its material is `wet` (0…1).

    Floors that hold water get puddles; all else gets a film.
    """

    def drawn(graph: Graph, substance: Substance) -> dict[str, Value]:
        inputs = dict(pattern(graph, substance))
        wet = substance.parameter("wet")
        if wet <= 0:
            return inputs
        base = inputs.get("Base Color", tuple(substance.base))
        rough = inputs.get("Roughness", substance.parameter("roughness", 0.5))
        damp = 1 - wet * (1 - _DAMP)
        inputs["Base Color"] = graph.vector("MULTIPLY", base, (damp,) * 3)
        if substance.material.name in DULL_WHEN_WET:
            return inputs
        film = graph.math("MULTIPLY", rough, 1 - wet * (1 - _FILM_ROUGHNESS))
        inputs["Roughness"] = film
        if substance.role == "floor" and substance.material.name in PUDDLES_ON:
            return _puddled(graph, inputs, base, wet)
        return inputs

    return drawn


def _puddled(graph: Graph, inputs: dict[str, Value], base: Value, wet: float) -> dict[str, Value]:
    """Return a wet floor's inputs with puddles, which mirror, and their soaked rims."""
    place = graph.once("NewGeometry", "Position")
    hollows = graph.noise(place, 1.0 / _PUDDLE_M, detail=3.0, roughness=0.55)
    water = graph.ramp(hollows, 0.5, 0.58, 0.0, wet)
    soaked = graph.vector("MULTIPLY", base, (_SOAKED,) * 3)
    inputs["Base Color"] = graph.mix(water, inputs["Base Color"], soaked)
    inputs["Roughness"] = graph.ramp(water, 0.0, 1.0, inputs["Roughness"], _WATER_ROUGHNESS)
    rings = graph.bump(graph.noise(place, 28.0, detail=0.0), _RIPPLE_M)
    grain = inputs.get("Normal", graph.once("NewGeometry", "Normal"))
    inputs["Normal"] = graph.mix(water, grain, rings)
    return inputs
