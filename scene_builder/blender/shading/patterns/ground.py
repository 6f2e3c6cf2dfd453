"""What lies outdoors: grass, sand, snow, soil, gravel, the dust of the Moon."""

from scene_builder.blender.shading.graph import Graph, Value
from scene_builder.blender.shading.patterns import marks
from scene_builder.blender.shading.substance import Substance, body_point


def grass(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw a lawn seen from human height: tufts of blades, dry and lush patches."""
    point = body_point(graph)
    blade = substance.feature_m(0.016, of=0.15)
    # Noise that is pushed about by itself curls into tufts; straight streaks would look woven.
    tufts = graph.node(
        "TexNoise", {"Vector": point, "Scale": 1.0 / blade, "Detail": 1.5, "Distortion": 2.2}
    )
    blades = tufts.outputs[0]
    patches = graph.noise(point, 1.7, detail=4.0, roughness=0.6)
    lit = graph.ramp(blades, 0.3, 0.72, 0.4, 1.45)
    factor = graph.math("MULTIPLY", lit, graph.ramp(patches, 0.3, 0.7, 0.75, 1.25))
    factor = marks.mown(graph, substance, factor)
    dry = graph.vector("MULTIPLY", tuple(substance.base), (1.7, 1.12, 0.7))
    blended = graph.mix(graph.ramp(patches, 0.45, 0.75, 0.0, 0.55), tuple(substance.base), dry)
    green = graph.vector("MULTIPLY", blended, graph.combine(factor, factor, factor))
    return {
        "Base Color": marks.marked(graph, substance, green, 0.8),
        "Normal": graph.bump(blades, 0.02),
    }


def sand(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw sand: grains, ripples that the wind left."""
    point = body_point(graph)
    grain = substance.feature_m(0.0016, of=0.02)
    grains = graph.noise(point, 1.0 / grain, detail=1.0)
    x, y, z = graph.xyz(point)
    ripples = graph.noise(graph.combine(graph.math("MULTIPLY", x, 0.3), y, z), 7.0, detail=2.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(grains, 0.2, 0.8, 0.82, 1.12),
        graph.ramp(ripples, 0.3, 0.7, 0.86, 1.08),
    )
    relief = graph.math("ADD", ripples, graph.math("MULTIPLY", grains, 0.08))
    color, rough = marks.wet(graph, substance, substance.tinted(graph, factor))
    return {"Base Color": color, "Roughness": rough, "Normal": graph.bump(relief, 0.02)}


def snow(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw snow: soft drifts, crystals that glint."""
    point = body_point(graph)
    drifts = graph.noise(point, 2.5, detail=4.0)
    crystals = graph.noise(point, 1.0 / substance.feature_m(0.002, of=0.05), detail=0.0)
    relief = graph.math("ADD", drifts, graph.math("MULTIPLY", crystals, 0.03))
    rough = substance.parameter("roughness", 0.6)
    drawn: dict[str, Value] = {
        "Base Color": substance.tinted(graph, graph.ramp(drifts, 0.25, 0.75, 0.92, 1.03)),
        "Roughness": graph.ramp(crystals, 0.62, 0.7, rough, 0.25),
        "Normal": graph.bump(relief, 0.03),
    }
    if substance.role == "floor":
        # Light that wanders in snow shows at thin edges; a field has none, and pays for it.
        drawn["Subsurface Weight"] = 0.0
    return drawn


def soil(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw trodden earth: crumbs, damp patches."""
    point = body_point(graph)
    crumb = substance.feature_m(0.012, of=0.03)
    crumbs = graph.noise(point, 1.0 / crumb, detail=4.0, roughness=0.62)
    damp = graph.noise(point, 1.3, detail=3.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(crumbs, 0.3, 0.7, 0.6, 1.3),
        graph.ramp(damp, 0.35, 0.65, 0.75, 1.15),
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(crumbs, 0.6 * crumb),
    }


def gravel(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw loose stones: rounded cells, each a shade of its own."""
    point = body_point(graph)
    pebble = substance.feature_m(0.025, of=0.02)
    shape = graph.cells(point, 1.0 / pebble)
    tone = graph.vector("LENGTH", graph.cells(point, 1.0 / pebble, output=1))
    factor = graph.math(
        "MULTIPLY", graph.ramp(tone, 0.3, 1.5, 0.6, 1.4), graph.ramp(shape, 0.3, 0.75, 1.1, 0.4)
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(graph.ramp(shape, 0.0, 0.8, 1.0, 0.0), 0.4 * pebble),
    }


def regolith(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw the dust of the Moon: powder, pebbles, and craters as wide as a step."""
    point = body_point(graph)
    powder = graph.noise(point, 1.0 / substance.feature_m(0.03, of=0.05), detail=3.0, roughness=0.7)
    pit = _pit(graph, point, 1.3)
    relief = graph.math("ADD", graph.math("MULTIPLY", powder, 0.35), graph.math("MULTIPLY", pit, 2))
    shade = graph.noise(point, 0.35, detail=2.0)
    factor = graph.math(
        "MULTIPLY", graph.ramp(powder, 0.3, 0.7, 0.82, 1.15), graph.ramp(shade, 0.3, 0.7, 0.8, 1.15)
    )
    return {"Base Color": substance.tinted(graph, factor), "Normal": graph.bump(relief, 0.03)}


def _pit(graph: Graph, point: Value, apart_m: float) -> Value:
    """Return craters' height (about −1…0.4), `apart_m` [m] from one to the next."""
    away = graph.cells(point, 1.0 / apart_m)
    bowl = graph.ramp(away, 0.0, 0.24, -1.0, 0.4)
    return graph.math("MULTIPLY", bowl, graph.ramp(away, 0.24, 0.42, 1.0, 0.0))
