"""What lies outdoors: grass, sand, snow, soil, gravel, the dust of the Moon."""

import numpy as np

from scene_builder.blender.shading.graph import Graph, Value
from scene_builder.blender.shading.patterns import marks
from scene_builder.blender.shading.substance import Substance, body_point


def grass(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw a lawn seen from human height: tufts in clumps, dry, lush and trodden patches."""
    point = body_point(graph)
    blade = substance.feature_m(0.016, of=0.15)
    # Noise that is pushed about by itself curls into tufts; straight streaks would look woven.
    tufts = graph.node(
        "TexNoise", {"Vector": point, "Scale": 1.0 / blade, "Detail": 1.5, "Distortion": 2.2}
    )
    blades = tufts.outputs[0]
    clumps = graph.noise(point, 0.07 / blade, detail=3.0, roughness=0.7)
    broad = graph.noise(point, 0.5, detail=3.0, roughness=0.62)
    factor = graph.math(
        "MULTIPLY",
        graph.math(
            "MULTIPLY",
            graph.ramp(blades, 0.3, 0.72, 0.42, 1.42),
            graph.ramp(clumps, 0.32, 0.68, 0.66, 1.26),
        ),
        graph.ramp(broad, 0.32, 0.68, 0.8, 1.16),
    )
    factor = marks.mown(graph, substance, factor)
    color: Value = tuple(substance.base)
    for share, tint in (
        (graph.ramp(broad, 0.44, 0.66, 0.0, 0.5), _DRY),
        (graph.ramp(clumps, 0.42, 0.3, 0.0, 0.6), _LUSH),
    ):
        color = graph.mix(share, color, tuple(substance.base * tint))
    if substance.role == "floor":
        bare = graph.math("SUBTRACT", broad, graph.math("MULTIPLY", clumps, 0.35))
        color = graph.mix(graph.ramp(bare, 0.4, 0.5, 0.0, 0.55), color, _EARTH)
    green = graph.vector("MULTIPLY", color, graph.combine(factor, factor, factor))
    return {
        "Base Color": marks.marked(graph, substance, green, 0.8),
        # Blades hide each other's gloss: a lawn has no sheet of it, as paint would.
        "Specular IOR Level": 0.15,
        "Normal": graph.bump(blades, 0.02),
    }


_DRY, _LUSH = np.array([1.75, 1.12, 0.8]), np.array([0.64, 0.82, 0.5])
"""Factors on a lawn's colour where it is dry, and where it is clover and moss."""

_EARTH = (0.17, 0.125, 0.06)
"""Linear colour of trodden ground between blades."""


def grass_blade(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw blades of grass, `pattern_scale_m` [m] high: dark below, where others hide them."""
    _, _, high = graph.xyz(graph.once("TexCoord", "Object"))
    tall = substance.parameter("pattern_scale_m", 0.05)
    shade = graph.ramp(high, 0.0, 0.8 * tall, 0.5, 1.16)
    tip = graph.ramp(high, 0.45 * tall, tall, 0.0, 0.35)
    pale = tuple(np.minimum(substance.base * np.array([1.5, 1.15, 0.95]), 0.9))
    color = graph.mix(tip, tuple(substance.base), pale)
    return {
        "Base Color": graph.vector("MULTIPLY", color, graph.combine(shade, shade, shade)),
        "Specular IOR Level": 0.3,
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
