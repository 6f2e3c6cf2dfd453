"""What is painted or mown on a ground: lanes, parking bays, stripes, and the tide's wet edge."""

from scene_builder.blender.shading.graph import Graph, Socket, Value
from scene_builder.blender.shading.substance import Substance

PAINT_WHITE = (0.62, 0.61, 0.57)

LINE_M, DASH_M = 0.12, 3.0
"""Width of a painted line, and length of its dashes and gaps [m] (RMS, German road marks)."""

BAY_M = (1.1, 6.1)
"""Where parking bays begin and end behind the event [m]."""


def marked(graph: Graph, substance: Substance, color: Value, wear: Value) -> Value:
    """Return a ground's colour with the lines that its material asks for.

    `lane_y_m` is a dashed line, `edge_y_m` an unbroken one, both along x; `bay_m` is the width
    of parking bays; 0 or none leaves them out.

    Args:
        graph: Where to add nodes.
        substance: The ground.
        color: Its colour without marks.
        wear: What eats the paint (0…1).
    """
    lines: list[Socket] = []
    lane, edge, bay = (substance.parameter(name) for name in ("lane_y_m", "edge_y_m", "bay_m"))
    if not (lane or edge or bay):
        return color
    x, y, _ = graph.xyz(graph.once("NewGeometry", "Position"))
    if lane:
        dash = graph.math("FRACT", graph.math("DIVIDE", x, 2 * DASH_M))
        on = graph.math("LESS_THAN", dash, 0.5)
        lines.append(graph.math("MULTIPLY", _line(graph, graph.math("SUBTRACT", y, lane)), on))
    if edge:
        lines.append(_line(graph, graph.math("SUBTRACT", y, edge)))
    if bay:
        along = graph.math("FRACT", graph.math("DIVIDE", x, bay))
        across = _line(graph, graph.math("MULTIPLY", graph.math("SUBTRACT", along, 0.5), bay))
        inside = graph.math(
            "MULTIPLY", graph.math("GREATER_THAN", y, BAY_M[0]),
            graph.math("LESS_THAN", y, BAY_M[1]),
        )  # fmt: skip
        lines.append(graph.math("MULTIPLY", across, inside))
        lines.append(_line(graph, graph.math("SUBTRACT", y, BAY_M[1])))
    for line in lines:
        color = graph.mix(graph.math("MULTIPLY", line, wear), color, PAINT_WHITE)
    return color


def mown(graph: Graph, substance: Substance, factor: Socket) -> Socket:
    """Return a lawn's brightness with the stripes that a mower leaves, `mown_m` [m] wide."""
    width = substance.parameter("mown_m")
    if not width:
        return factor
    x, _, _ = graph.xyz(graph.once("NewGeometry", "Position"))
    turn = graph.math("FRACT", graph.math("DIVIDE", x, 2 * width))
    return graph.math("MULTIPLY", factor, graph.ramp(turn, 0.48, 0.52, 0.78, 1.12))


def wet(graph: Graph, substance: Substance, color: Value) -> tuple[Value, Value]:
    """Return a sand's colour and roughness, dark and glossy near the water at `shore_y_m`."""
    rough = substance.parameter("roughness", 0.9)
    shore = substance.parameter("shore_y_m")
    if not shore:
        return color, rough
    x, y, _ = graph.xyz(graph.once("NewGeometry", "Position"))
    tongue = graph.noise(graph.combine(graph.math("MULTIPLY", x, 0.35), 0.0, 0.0), 1.0, detail=3.0)
    edge = graph.math("ADD", y, graph.math("MULTIPLY", tongue, 2.2))
    damp = graph.ramp(edge, shore - 1.6, shore - 0.2, 0.0, 1.0)
    dark = graph.vector("MULTIPLY", color, (0.5, 0.47, 0.44))
    return graph.mix(damp, color, dark), graph.ramp(damp, 0.0, 1.0, rough, 0.25)


def _line(graph: Graph, off: Value) -> Socket:
    half = LINE_M / 2
    return graph.ramp(graph.math("ABSOLUTE", off), half - 0.008, half + 0.008, 1.0, 0.0)
