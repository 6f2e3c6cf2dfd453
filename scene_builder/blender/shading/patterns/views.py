"""What is only looked at: the world outside of a window, the Earth, a painting, water afar."""

from scene_builder.blender.shading.graph import Graph, Value
from scene_builder.blender.shading.substance import Substance, body_point


def outside(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw what a window shows, out of focus: greenery below, a bright sky above."""
    x, _, z = graph.xyz(graph.once("TexCoord", "Object"))
    blurred = graph.noise(graph.combine(x, 0.0, z), 2.2, detail=1.5)
    edge = graph.math("ADD", z, graph.math("MULTIPLY", blurred, 0.9))
    sky, green = tuple(substance.base), tuple(substance.base * (0.42, 0.5, 0.24))
    seen = graph.mix(graph.ramp(edge, 0.85, 1.35, 0.0, 1.0), green, sky)
    dark = (0.01, 0.01, 0.012)
    return {"Base Color": dark, "Emission Color": seen, "Roughness": 0.1}


def earth(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw the Earth from an orbit: a bright limb, blue water, white weather, black above."""
    x, _, z = graph.xyz(graph.once("TexCoord", "Object"))
    bend = graph.math("MULTIPLY", graph.math("MULTIPLY", x, x), -0.35)
    height = graph.math("SUBTRACT", graph.math("SUBTRACT", z, bend), 1.42)
    weather = graph.noise(
        graph.combine(x, graph.math("MULTIPLY", z, 2.5), 0.0), 6.0, detail=5.0, roughness=0.6
    )
    sea = graph.mix(graph.ramp(weather, 0.48, 0.62, 0.0, 0.9), tuple(substance.base), (1, 1, 1))
    limb = graph.mix(graph.ramp(height, -0.05, 0.0, 0.0, 1.0), sea, (0.55, 0.8, 1.0))
    seen = graph.mix(graph.ramp(height, 0.0, 0.045, 0.0, 1.0), limb, (0.0, 0.0, 0.003))
    return {"Base Color": (0.01, 0.01, 0.012), "Emission Color": seen, "Roughness": 0.1}


def painting(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw an old landscape in oils: a sky, hills in planes, a lit field, a dark ground."""
    point = graph.once("TexCoord", "Object")
    x, _, z = graph.xyz(point)
    index = graph.math("MULTIPLY", graph.once("ObjectInfo", "Object Index"), 3.7)
    flat = graph.combine(graph.math("ADD", x, index), 0.0, graph.math("MULTIPLY", z, 0.25))
    roll = graph.noise(flat, 2.6, detail=3.0)
    strokes = graph.noise(graph.combine(x, index, z), 26.0, detail=3.0)
    level = graph.math("ADD", z, graph.math("MULTIPLY", graph.math("SUBTRACT", roll, 0.5), 0.75))
    base = substance.base
    sky = graph.mix(graph.ramp(z, 0.45, 0.95, 0.0, 1.0), (0.75, 0.6, 0.36), tuple(0.5 + 0.3 * base))
    hills = graph.mix(graph.ramp(level, 0.47, 0.52, 0.0, 1.0), tuple(0.6 * base + 0.04), sky)
    field = graph.mix(graph.ramp(level, 0.33, 0.38, 0.0, 1.0), (0.32, 0.25, 0.07), hills)
    seen = graph.mix(graph.ramp(level, 0.2, 0.26, 0.0, 1.0), (0.035, 0.03, 0.018), field)
    shade = graph.ramp(strokes, 0.3, 0.7, 0.72, 1.2)
    return {
        "Base Color": graph.vector("MULTIPLY", seen, graph.combine(shade, shade, shade)),
        "Normal": graph.bump(strokes, 0.002),
    }


def chalkboard(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw a blackboard: wiped chalk, and a few lines of writing too far to be read."""
    x, _, z = graph.xyz(body_point(graph, shifted=False))
    dust = graph.noise(graph.combine(x, 0.0, graph.math("MULTIPLY", z, 0.4)), 3.0, detail=3.0)
    line = graph.math("FRACT", graph.math("MULTIPLY", z, 7.0))
    scrawl = graph.noise(graph.combine(x, 0.0, graph.math("MULTIPLY", z, 0.7)), 34.0, detail=2.0)
    height = graph.math("SUBTRACT", line, graph.ramp(scrawl, 0.3, 0.7, 0.25, 0.75))
    stroke = graph.ramp(graph.math("ABSOLUTE", height), 0.03, 0.1, 1.0, 0.0)
    words = graph.ramp(graph.noise(graph.combine(x, 0.0, graph.math("FLOOR", graph.math(
        "MULTIPLY", z, 7.0))), 3.1, detail=1.0), 0.5, 0.56, 0.0, 0.75)  # fmt: skip
    left = graph.ramp(x, -1.3, -1.2, 0.0, 1.0)
    right = graph.ramp(x, 0.35, 0.45, 1.0, 0.0)
    written = graph.math("MULTIPLY", graph.math("MULTIPLY", stroke, words),
                         graph.math("MULTIPLY", left, right))  # fmt: skip
    wiped = graph.mix(
        graph.ramp(dust, 0.35, 0.7, 0.0, 0.12), tuple(substance.base), (0.7, 0.7, 0.7)
    )
    return {"Base Color": graph.mix(written, wiped, (0.8, 0.8, 0.76))}


def open_water(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw a lake or the sea: waves, greener shallows, and foam where `shore_y_m` lies."""
    place = graph.once("NewGeometry", "Position")
    x, y, _ = graph.xyz(place)
    shore = substance.parameter("shore_y_m", -1e4)
    out = graph.math("SUBTRACT", y, shore)
    swell = graph.noise(
        graph.combine(graph.math("MULTIPLY", x, 0.22), graph.math("MULTIPLY", y, 0.8), 0.0), 1.0,
        detail=4.0, roughness=0.6,
    )  # fmt: skip
    chop = graph.noise(graph.combine(graph.math("MULTIPLY", x, 0.5), y, 0.0), 3.4, detail=3.0)
    relief = graph.math("ADD", swell, graph.math("MULTIPLY", chop, 0.3))
    base = substance.base
    shallow = tuple(0.5 * base + (0.05, 0.17, 0.15))
    blue = graph.mix(graph.ramp(out, 1.0, 26.0, 0.0, 1.0), shallow, tuple(base))
    edge = graph.math("ADD", out, graph.math("MULTIPLY", graph.noise(
        graph.combine(graph.math("MULTIPLY", x, 0.5), y, 0.0), 1.1, detail=5.0), -3.2))  # fmt: skip
    lace = graph.noise(graph.combine(x, graph.math("MULTIPLY", y, 2.0), 0.0), 4.0, detail=4.0)
    wash = graph.math("MULTIPLY", graph.ramp(edge, -1.0, 1.2, 1.0, 0.0),
                      graph.ramp(lace, 0.4, 0.55, 0.35, 1.0))  # fmt: skip
    row = graph.math("FRACT", graph.math("DIVIDE", graph.math("ADD", edge, 3.0), 4.6))
    breaker = graph.math("MULTIPLY", graph.ramp(row, 0.0, 0.16, 1.0, 0.0),
                         graph.ramp(out, 4.0, 17.0, 0.9, 0.0))  # fmt: skip
    crest = graph.math("MULTIPLY", breaker, graph.ramp(lace, 0.35, 0.55, 0.0, 1.0))
    foam = graph.math("MAXIMUM", wash, crest)
    return {
        "Base Color": graph.mix(foam, blue, (0.82, 0.86, 0.86)),
        "Roughness": graph.ramp(foam, 0.0, 1.0, 0.12, 0.8),
        "Normal": graph.bump(relief, 0.14),
    }
