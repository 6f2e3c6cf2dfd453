"""What time and water leave: rust, wear, mud."""

from scene_builder.blender.shading.graph import Graph, Socket, Value
from scene_builder.blender.shading.substance import Substance, body_point

IRON = (0.21, 0.2, 0.19)
"""Bare iron where the rust has come off, in linear light."""

WORN_FROM, WORN_OUT = 0.3, 0.55
"""Roughness from which a metal shows wear, and at which it is worn all over."""


def rust(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw rusted iron: crusts of several oxides, and bare metal between them."""
    point = body_point(graph)
    size = substance.feature_m(0.05, of=0.05)
    crust = graph.noise(point, 1.0 / size, detail=6.0, roughness=0.66)
    grain = graph.noise(point, 14.0 / size, detail=2.0)
    bare = graph.ramp(crust, 0.55, 0.63, 0.0, 1.0)
    young, old = (tuple(substance.base * shade) for shade in ((1.25, 1.1, 0.9), (0.42, 0.38, 0.42)))
    oxides = graph.mix(graph.ramp(crust, 0.32, 0.52, 0.0, 1.0), old, young)
    speckled = graph.vector("MULTIPLY", oxides, _grey(graph, graph.ramp(grain, 0.3, 0.7, 0.7, 1.2)))
    return {
        "Base Color": graph.mix(bare, speckled, IRON),
        "Roughness": graph.ramp(bare, 0.0, 1.0, 0.92, 0.4),
        "Metallic": bare,
        "Normal": graph.bump(graph.mix(bare, _grey(graph, grain), (0.2,) * 3), 0.0006),
    }


def mud(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw wet mud: soft lumps that shine, and drier crests."""
    point = body_point(graph)
    lump = substance.feature_m(0.09, of=0.05)
    lumps = graph.noise(point, 1.0 / lump, detail=3.0, roughness=0.45)
    crumbs = graph.noise(point, 9.0 / lump, detail=3.0, roughness=0.6)
    height = graph.math("ADD", lumps, graph.math("MULTIPLY", crumbs, 0.12))
    dry = graph.ramp(height, 0.54, 0.72, 0.0, 1.0)
    shade = graph.math(
        "MULTIPLY", graph.ramp(dry, 0.0, 1.0, 0.62, 1.25), graph.ramp(crumbs, 0.3, 0.7, 0.85, 1.12)
    )
    return {
        "Base Color": substance.tinted(graph, shade),
        "Roughness": graph.ramp(dry, 0.0, 1.0, 0.12, 0.75),
        "Normal": graph.bump(height, 0.35 * lump),
    }


def wear(graph: Graph, substance: Substance) -> tuple[Value, Value]:
    """Return the factors by which wear dims a metal, and roughens it.

    What is polished shows none; the duller a metal is, the more of it is tarnished.
    """
    rough = substance.parameter("roughness", 0.28)
    share = min(max((rough - WORN_FROM) / (WORN_OUT - WORN_FROM), 0.0), 1.0)
    if share <= 0:
        return 1.0, 1.0
    point = body_point(graph)
    spots = graph.noise(point, 30.0, detail=5.0, roughness=0.72)
    tarnish = graph.ramp(spots, 0.46, 0.62, 0.0, share)
    return (
        graph.math("SUBTRACT", 1.0, graph.math("MULTIPLY", tarnish, 0.5)),
        graph.math("ADD", 1.0, graph.math("MULTIPLY", tarnish, 0.6)),
    )


def _grey(graph: Graph, factor: Socket) -> Socket:
    return graph.combine(factor, factor, factor)
