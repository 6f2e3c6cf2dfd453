"""Surfaces whose look lies in their gloss: rubber, plastic, glaze, metal, peel, wax."""

import numpy as np

from scene_builder.blender.shading.graph import Graph, Value
from scene_builder.blender.shading.patterns.weathered import wear
from scene_builder.blender.shading.substance import Substance, body_point


def plain(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw nothing on top of colour and gloss."""
    return {}


def rubber(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw moulded rubber: a fine matt skin, a little uneven in gloss."""
    point = body_point(graph)
    skin = graph.noise(point, 1.0 / substance.feature_m(0.0011, of=0.004), detail=1.0)
    worn = graph.noise(point, 14.0, detail=2.0)
    rough = substance.parameter("roughness", 0.5)
    return {
        "Base Color": substance.tinted(graph, graph.ramp(worn, 0.25, 0.75, 0.9, 1.06)),
        "Roughness": graph.ramp(worn, 0.3, 0.7, rough - 0.06, rough + 0.08),
        "Normal": graph.bump(skin, 0.00006),
    }


def plastic(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw injection-moulded plastic: even, with faint handling marks in its gloss."""
    marks = graph.noise(body_point(graph), 22.0, detail=3.0, roughness=0.65)
    rough = substance.parameter("roughness", 0.3)
    return {"Roughness": graph.ramp(marks, 0.3, 0.75, rough - 0.04, rough + 0.09)}


def glaze(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw glazed ceramic: the glaze pools, so that colour and surface wave a little."""
    pools = graph.noise(body_point(graph), 16.0, detail=2.0)
    return {
        "Base Color": substance.tinted(graph, graph.ramp(pools, 0.25, 0.75, 0.9, 1.05)),
        "Normal": graph.bump(pools, 0.0007),
    }


def metal(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw brushed metal: fine lines across, finger marks in the gloss, and its wear."""
    point = body_point(graph)
    x, y, z = graph.xyz(point)
    lines = graph.noise(
        graph.combine(graph.math("MULTIPLY", x, 0.05), graph.math("MULTIPLY", y, 0.05), z),
        1.0 / substance.feature_m(0.0012, of=0.02),
        detail=1.0,
    )
    smears = graph.noise(point, 9.0, detail=3.0)
    rough = substance.parameter("roughness", 0.28)
    brushed = graph.ramp(lines, 0.2, 0.8, 0.75 * rough, 1.2 * rough)
    gloss = graph.math("MULTIPLY", brushed, graph.ramp(smears, 0.3, 0.7, 0.8, 1.25))
    dimmed, roughened = wear(graph, substance)
    shade = graph.math("MULTIPLY", graph.ramp(lines, 0.2, 0.8, 0.93, 1.03), dimmed)
    return {
        "Base Color": substance.tinted(graph, shade),
        "Roughness": graph.math("MULTIPLY", gloss, roughened, clamp=True),
    }


def peel(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw the skin of a fruit: pores, and patches of riper colour."""
    point = body_point(graph)
    patches = graph.noise(point, 26.0, detail=3.0)
    pores = graph.cells(point, 1.0 / substance.feature_m(0.0035, of=0.02))
    freckles = graph.ramp(pores, 0.08, 0.16, 1.12, 1.0)
    factor = graph.math("MULTIPLY", graph.ramp(patches, 0.25, 0.75, 0.78, 1.12), freckles)
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(graph.ramp(pores, 0.0, 0.4, 0.0, 1.0), 0.00012),
    }


def leaf(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw foliage: each leaf of another green, young ones yellower, cells between the veins."""
    point = body_point(graph)
    patches = graph.noise(point, 1.2 / substance.feature_m(0.04, of=0.04), detail=2.0)
    single = graph.once("NewGeometry", "Random Per Island")
    shade = graph.math(
        "MULTIPLY",
        graph.ramp(patches, 0.25, 0.75, 0.72, 1.16),
        graph.ramp(single, 0.0, 1.0, 0.7, 1.3),
    )
    if substance.parameter("pattern_scale_m") < _FAR_LEAVES_M:
        cell = 1.0 / substance.feature_m(0.012, of=0.04)
        veins = graph.cells(point, cell, feature="DISTANCE_TO_EDGE")
        shade = graph.math("MULTIPLY", shade, graph.ramp(veins, 0.0, 0.06, 1.12, 1.0))
    young = tuple(np.minimum(substance.base * np.array([1.75, 1.25, 0.9]), 0.9))
    color = graph.mix(graph.ramp(single, 0.55, 1.0, 0.0, 0.6), tuple(substance.base), young)
    return {
        "Base Color": graph.vector("MULTIPLY", color, graph.combine(shade, shade, shade)),
        "Specular IOR Level": 0.3,
        # So thin a blade has no depth that light could scatter in.
        "Subsurface Weight": 0.0,
    }


_FAR_LEAVES_M = 0.5
"""Scale of the pattern from which leaves stand so far off that nobody sees their veins [m]."""


def wax(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw wax: milky, softly lumpy."""
    lumps = graph.noise(body_point(graph), 35.0, detail=1.0)
    return {
        "Base Color": substance.tinted(graph, graph.ramp(lumps, 0.2, 0.8, 0.93, 1.04)),
        "Normal": graph.bump(lumps, 0.0006),
    }


def foam(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw open foam: small pits."""
    pits = graph.cells(body_point(graph), 1.0 / substance.feature_m(0.003, of=0.006))
    open_pits = graph.ramp(pits, 0.1, 0.5, 0.72, 1.05)
    return {
        "Base Color": substance.tinted(graph, open_pits),
        "Normal": graph.bump(open_pits, 0.0008),
    }
