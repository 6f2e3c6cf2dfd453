"""Woven, felted and pressed fibres, and hide: fabric, carpet, paper, cardboard, leather."""

import math

from scene_builder.blender.shading.graph import Graph, Socket, Value
from scene_builder.blender.shading.substance import Substance, body_point


def fabric(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw plain weave: threads over and under each other in all three planes."""
    thread = substance.feature_m(0.0022, of=0.002)
    weave = _weave(graph, thread)
    fluff = graph.noise(body_point(graph), 40.0, detail=3.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(weave, 0.0, 1.0, 0.72, 1.1),
        graph.ramp(fluff, 0.3, 0.7, 0.9, 1.07),
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(weave, 0.25 * thread),
    }


def carpet(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw cut pile: tufts, and paths where the pile lies another way."""
    point = body_point(graph)
    size = substance.feature_m(0.006, of=0.006)
    tufts = graph.cells(point, 1.0 / size)
    paths = graph.noise(point, 2.2, detail=2.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(tufts, 0.1, 0.75, 1.12, 0.62),
        graph.ramp(paths, 0.35, 0.65, 0.86, 1.1),
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(graph.ramp(tufts, 0.0, 0.8, 1.0, 0.0), 0.5 * size),
    }


def felt(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw felt: a tangle of fibres, each too fine to see, worn a little here and there."""
    point = body_point(graph)
    size = substance.feature_m(0.0012, of=0.003)
    tangle = graph.noise(point, 1.0 / size, detail=4.0, roughness=0.7)
    worn = graph.noise(point, 14.0, detail=2.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(tangle, 0.25, 0.75, 0.86, 1.1),
        graph.ramp(worn, 0.3, 0.7, 0.93, 1.05),
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(tangle, 0.6 * size),
    }


def paper(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw paper: pulp, barely seen."""
    pulp = graph.noise(body_point(graph), 1.0 / substance.feature_m(0.0025, of=0.01), detail=3.0)
    return {
        "Base Color": substance.tinted(graph, graph.ramp(pulp, 0.25, 0.75, 0.95, 1.03)),
        "Normal": graph.bump(pulp, 0.00008),
    }


def cardboard(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw corrugated cardboard: flutes that show through, and brown fibres."""
    point = body_point(graph)
    x, y, z = graph.xyz(point)
    flute = substance.feature_m(0.007, of=0.012)
    across = graph.math("ADD", x, y)
    waves = graph.math("SINE", graph.math("MULTIPLY", across, math.tau / flute))
    fibres = graph.noise(
        graph.combine(x, y, graph.math("MULTIPLY", z, 0.15)), 300.0, detail=2.0, roughness=0.6
    )
    stains = graph.noise(point, 6.0, detail=3.0)
    factor = graph.math(
        "MULTIPLY",
        graph.math(
            "MULTIPLY",
            graph.ramp(fibres, 0.25, 0.75, 0.84, 1.1),
            graph.ramp(waves, -1.0, 1.0, 0.955, 1.02),
        ),
        graph.ramp(stains, 0.3, 0.7, 0.92, 1.06),
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(waves, 0.00012),
    }


def leather(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw hide: a net of wrinkles around small plates, glossier where it was touched.

    What an animal still wears has hair instead.
    """
    if substance.parameter("pattern_scale_m") >= _WORN_BY_ITS_ANIMAL_M:
        return _coat(graph, substance)
    point = body_point(graph)
    plate = substance.feature_m(0.003, of=0.006)
    net = graph.cells(point, 1.0 / plate, feature="DISTANCE_TO_EDGE")
    plates = graph.ramp(net, 0.0, 0.22, 0.0, 1.0)
    worn = graph.noise(point, 11.0, detail=3.0)
    rough = substance.parameter("roughness", 0.45)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(plates, 0.0, 1.0, 0.72, 1.05),
        graph.ramp(worn, 0.3, 0.7, 0.86, 1.1),
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Roughness": graph.ramp(worn, 0.3, 0.7, rough + 0.08, rough - 0.1),
        "Normal": graph.bump(plates, 0.12 * plate),
    }


def _coat(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw an animal's skin under short hair: soft mottles, and strands too fine to count.

    Both follow the animal's size: a mouse has no coarser coat than a cow for its length.
    """
    point = body_point(graph)
    size = min(substance.extent_m, _LARGEST_COAT_M)
    mottles = graph.noise(point, 1.0 / (_MOTTLE * size), detail=2.0)
    x, y, z = graph.xyz(point)
    lying = graph.combine(x, graph.math("MULTIPLY", y, 0.3), z)
    hair = graph.noise(lying, 1.0 / (_HAIR * size), detail=2.0, roughness=0.6)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(mottles, 0.25, 0.75, 0.88, 1.08),
        graph.ramp(hair, 0.3, 0.7, 0.93, 1.04),
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(hair, 0.2 * _HAIR * size),
    }


_WORN_BY_ITS_ANIMAL_M = 0.015
"""Scale of the pattern from which a hide is an animal's own: flesh, not leather [m]."""
_MOTTLE, _HAIR = 0.16, 0.011
"""Sizes of a mottle and of a tuft of hair, as shares of an animal's length."""
_LARGEST_COAT_M = 1.2
"""Larger animals have no coarser hair than one of this length [m]."""


def straw(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw twisted strands, as of rope, straw or wicker: oblique ridges."""
    x, y, z = graph.xyz(body_point(graph))
    strand = substance.feature_m(0.008, of=0.006)
    oblique = graph.math("ADD", graph.math("ADD", x, y), graph.math("MULTIPLY", z, 1.3))
    ridges = graph.math("SINE", graph.math("MULTIPLY", oblique, math.tau / strand))
    fibres = graph.noise(body_point(graph), 500.0, detail=1.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(ridges, -1.0, 1.0, 0.62, 1.12),
        graph.ramp(fibres, 0.25, 0.75, 0.85, 1.1),
    )
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(ridges, 0.1 * strand),
    }


def _weave(graph: Graph, thread_m: float) -> Socket:
    """Return the height 0…1 of a plain weave of threads `thread_m` [m] wide."""
    x, y, z = graph.xyz(body_point(graph))
    waves = [
        graph.math("SINE", graph.math("MULTIPLY", axis, math.pi / thread_m)) for axis in (x, y, z)
    ]
    # On each side of a body two of the three products vary: a checker of crossings.
    flat = graph.math("MULTIPLY", waves[0], waves[1])
    upright = graph.math("MULTIPLY", graph.math("ADD", waves[0], waves[1]), waves[2])
    product = graph.math("ADD", flat, upright)
    return graph.ramp(product, -1.0, 1.0, 0.0, 1.0)
