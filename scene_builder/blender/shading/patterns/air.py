"""Air between the eye and a surface: far things fade into the light of the sky (Rayleigh)."""

import math
from collections.abc import Callable

from scene_builder.blender.shading.graph import Graph, Value
from scene_builder.blender.shading.substance import Substance

Pattern = Callable[[Graph, Substance], dict[str, Value]]

_NOT_A_LAMP = 0.45
"""An emission colour below one half: Cycles then takes no surface for a lamp to aim at."""


def through_air(pattern: Pattern) -> Pattern:
    """Return a pattern as it is seen through the air that its material names.

    `haze_m` is the distance at which 1 / e of a surface's light is left [m], and `haze_r`,
    `haze_g`, `haze_b` the light of the air itself. Fog done so costs one power for each ray,
    where a volume would cost many.
    """

    def drawn(graph: Graph, substance: Substance) -> dict[str, Value]:
        inputs = dict(pattern(graph, substance))
        reach = substance.parameter("haze_m")
        if reach <= 0:
            return inputs
        way = graph.math("MULTIPLY", graph.once("LightPath", "Ray Length"), -1.0 / reach)
        clear = graph.math("POWER", math.e, way)
        base = inputs.get("Base Color", tuple(substance.base))
        light = [substance.parameter(f"haze_{channel}") for channel in "rgb"]
        peak = max(*light, 1e-6)
        hidden = graph.math("SUBTRACT", 1.0, clear)
        return inputs | {
            "Base Color": graph.vector("MULTIPLY", base, graph.combine(clear, clear, clear)),
            "Emission Color": tuple(_NOT_A_LAMP * part / peak for part in light),
            "Emission Strength": graph.math("MULTIPLY", hidden, peak / _NOT_A_LAMP),
            "Specular IOR Level": graph.math("MULTIPLY", clear, 0.5),
        }

    return drawn
