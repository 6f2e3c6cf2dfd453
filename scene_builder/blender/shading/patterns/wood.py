"""Wood: growth rings about a pith, fibres along the grain, pores; and floors of planks."""

from scene_builder.blender.meshes import CENTRE_ATTRIBUTE, GRAIN_ATTRIBUTE
from scene_builder.blender.shading.graph import Graph, Socket, Value
from scene_builder.blender.shading.substance import Substance, body_point

RING_M = 0.011
"""Width of a year ring [m]."""
PLANK_M = (1.35, 0.125)
"""Length and width of a floor plank [m]."""
GAP_M = 0.0014


def wood(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw sawn and oiled wood, or a floor of planks.

    The rings are cylinders about a pith beside the piece, bent by slow noise; a plane that cuts
    them shows the "cathedrals" of flat-sawn boards (Liu et al. 2016, "Simulating the structure
    and texture of solid wood").
    """
    if substance.role == "floor":
        return _planks(graph, substance)
    along, across, up = _grain_frame(graph, substance)
    grain = _Grain(graph, along, across, up, ring_m=substance.feature_m(RING_M, of=0.09))
    return _surface(graph, substance, grain)


class _Grain:
    """Rings and fibres at a point given along, across and above the grain [m]."""

    def __init__(
        self, graph: Graph, along: Socket, across: Value, up: Value, *, ring_m: float
    ) -> None:
        slow = graph.noise(graph.combine(graph.math("MULTIPLY", along, 0.35), across, up), 3.0)
        bend = graph.math("MULTIPLY", graph.math("SUBTRACT", slow, 0.5), 9.0 * ring_m)
        # The pith lies five rings beside and seven below, leaning a little: flat-sawn.
        side = graph.math("ADD", across, graph.math("MULTIPLY", along, 0.03))
        beside, below = graph.math("ADD", side, 5 * ring_m), graph.math("ADD", up, 7 * ring_m)
        radius = graph.vector("LENGTH", graph.combine(0.0, beside, below))
        turns = graph.math("DIVIDE", graph.math("ADD", radius, bend), ring_m)
        phase = graph.math("FRACT", turns)
        # Late wood darkens slowly towards the ring's end, then springs back to early wood.
        rise = graph.ramp(phase, 0.15, 0.92, 0.0, 1.0)
        fall = graph.ramp(phase, 0.93, 1.0, 1.0, 0.0)
        self.rings = graph.math("MULTIPLY", rise, fall)
        stretched = graph.combine(graph.math("MULTIPLY", along, 0.022), across, up)
        self.fibres = graph.noise(stretched, 420.0, detail=2.0, roughness=0.6)
        self.slow = slow


def _surface(graph: Graph, substance: Substance, grain: _Grain) -> dict[str, Value]:
    light = graph.ramp(grain.fibres, 0.25, 0.75, 0.86, 1.1)
    ringed = graph.math("MULTIPLY", light, graph.ramp(grain.rings, 0.0, 1.0, 1.16, 0.66))
    factor = graph.math("MULTIPLY", ringed, graph.ramp(grain.slow, 0.25, 0.75, 0.9, 1.12))
    rough = substance.parameter("roughness", 0.42)
    return {
        "Base Color": _deepened(graph, substance, factor),
        "Roughness": graph.ramp(grain.rings, 0.0, 1.0, rough + 0.05, rough - 0.06),
        "Normal": graph.bump(graph.math("ADD", grain.fibres, grain.rings), 0.00022),
    }


def _deepened(graph: Graph, substance: Substance, factor: Socket) -> Socket:
    """Darker wood is also more saturated: raise each channel to a power, not a mere product."""
    red, green, blue = (float(c) for c in substance.base)
    top = max(red, green, blue)
    channels = [
        graph.math("MULTIPLY", c, graph.math("POWER", factor, 1.0 + 0.45 * (1.0 - c / top)))
        for c in (red, green, blue)
    ]
    return graph.combine(*channels)


def _grain_frame(graph: Graph, substance: Substance) -> tuple[Socket, Socket, Socket]:
    """Return the point along, across and above the grain of its own part."""
    point = body_point(graph)
    if not substance.has_parts:
        return graph.xyz(point)
    axis = graph.attribute(GRAIN_ATTRIBUTE)
    # Each part is cut from its own place in the log.
    centre = graph.scaled(graph.attribute(CENTRE_ATTRIBUTE), 3.7)
    moved = graph.vector("ADD", point, centre)
    along = graph.vector("DOT_PRODUCT", moved, axis)
    # Turning the axes in a circle takes any of the three to the first place, unsheared.
    x, y, z = graph.xyz(moved)
    on_x, on_y, on_z = graph.xyz(axis)
    across = _sum(graph, (on_x, y), (on_y, z), (on_z, x))
    up = _sum(graph, (on_x, z), (on_y, x), (on_z, y))
    return along, across, up


def _sum(graph: Graph, *products: tuple[Socket, Socket]) -> Socket:
    total: Value = 0.0
    for a, b in products:
        total = graph.math("ADD", graph.math("MULTIPLY", a, b), total)
    return total


def _planks(graph: Graph, substance: Substance) -> dict[str, Value]:
    point = body_point(graph, shifted=False)
    length, width = PLANK_M
    bricks = graph.node(
        "TexBrick",
        {
            "Vector": point, "Scale": 1.0, "Brick Width": length, "Row Height": width,
            "Mortar Size": GAP_M, "Mortar Smooth": 0.3, "Bias": 0.0,
            "Color1": (0.0, 0.0, 0.0), "Color2": (1.0, 1.0, 1.0), "Mortar": (0.5, 0.5, 0.5),
        },
        offset=0.37, offset_frequency=2, squash=1.0,
    )  # fmt: skip
    chance, gap = bricks.outputs[0], bricks.outputs[1]
    x, y, _ = graph.xyz(point)
    grain = _Grain(
        graph,
        graph.math("ADD", x, graph.math("MULTIPLY", chance, 17.0)),
        graph.math("ADD", y, graph.math("MULTIPLY", chance, 1.7)),
        graph.math("MULTIPLY", chance, 0.31),
        ring_m=RING_M,
    )
    drawn = _surface(graph, substance, grain)
    shade = graph.math("MULTIPLY", graph.ramp(chance, 0.0, 1.0, 0.74, 1.18),
                       graph.ramp(gap, 0.0, 1.0, 1.0, 0.18))  # fmt: skip
    toned = graph.combine(shade, shade, shade)
    height = graph.math("SUBTRACT", graph.math("MULTIPLY", grain.fibres, 0.15), gap)
    return drawn | {
        "Base Color": graph.vector("MULTIPLY", drawn["Base Color"], toned),
        "Normal": graph.bump(height, 0.0012),
    }
