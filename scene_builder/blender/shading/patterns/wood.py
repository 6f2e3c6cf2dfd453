"""Wood: growth rings about a pith, fibres along the grain, pores; and floors of planks."""

import colorsys

from scene_builder.blender.meshes import CENTRE_ATTRIBUTE, GRAIN_ATTRIBUTE
from scene_builder.blender.shading.graph import Graph, Socket, Value
from scene_builder.blender.shading.substance import INDEX_SHIFT_M, Substance, body_point

RING_M = 0.009
"""Width of a year ring [m]."""
PLANK_M = (1.35, 0.125)
"""Length and width of a floor plank [m]."""
GAP_M = 0.0014
BOARD_M = 0.13
"""Width of the boards that a table top is glued from [m]."""


def wood(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw sawn and oiled wood, or a floor of planks.

    The rings are cylinders about a pith beside the piece, bent by slow noise; a plane that cuts
    them shows the "cathedrals" of flat-sawn boards (Liu et al. 2016, "Simulating the structure
    and texture of solid wood").
    """
    ring_m = substance.feature_m(RING_M, of=0.09)
    if substance.role == "floor":
        return _planks(graph, substance, ring_m)
    along, across, up = _grain_frame(graph, substance)
    board = graph.math("ROUND", graph.math("DIVIDE", across, BOARD_M))
    chance = graph.node("TexWhiteNoise", {"W": board}, noise_dimensions="1D").outputs[0]
    grain = _Grain(
        graph,
        graph.math("ADD", along, graph.math("MULTIPLY", chance, 7.3)),
        graph.math("ADD", across, graph.math("MULTIPLY", chance, 0.31)),
        up,
        ring_m=ring_m,
    )
    drawn = _surface(graph, substance, grain)
    return drawn | {"Base Color": _shaded(graph, drawn, graph.ramp(chance, 0.0, 1.0, 0.86, 1.1))}


class _Grain:
    """Rings and fibres at a point given along, across and above the grain [m].

    Attributes:
        rings: 0 in early wood, up to 1 in late wood.
        fibres: Noise drawn out along the grain.
        slow: Noise that changes over a hand's breadth.
    """

    def __init__(
        self, graph: Graph, along: Socket, across: Socket, up: Socket, *, ring_m: float
    ) -> None:
        drawn_out = graph.combine(graph.math("MULTIPLY", along, 0.35), across, up)
        self.slow = graph.noise(drawn_out, 3.4, detail=1.0)
        bend = graph.math("MULTIPLY", graph.math("SUBTRACT", self.slow, 0.5), 0.085)
        # The pith lies beside and below, and leans a little: sawn flat.
        side = graph.math("ADD", across, graph.math("MULTIPLY", along, 0.03))
        beside, below = graph.math("ADD", side, 0.035), graph.math("ADD", up, 0.04)
        radius = graph.vector("LENGTH", graph.combine(0.0, beside, below))
        turns = graph.math("DIVIDE", graph.math("ADD", radius, bend), ring_m)
        # No two summers are alike: rings differ in width and in how dark they end.
        uneven = graph.node(
            "TexNoise", {"W": turns, "Scale": 0.31, "Detail": 0.0}, noise_dimensions="1D"
        )
        turns = graph.math("ADD", turns, graph.math("MULTIPLY", uneven.outputs[0], 1.9))
        year = graph.math("FLOOR", turns)
        dark = graph.node("TexWhiteNoise", {"W": year}, noise_dimensions="1D").outputs[0]
        # Late wood darkens slowly towards the ring's end, then springs back to early wood.
        phase = graph.math("FRACT", turns)
        rise, fall = graph.ramp(phase, 0.1, 0.9, 0.0, 1.0), graph.ramp(phase, 0.9, 1.0, 1.0, 0.0)
        strength = graph.ramp(dark, 0.0, 1.0, 0.45, 1.0)
        self.rings = graph.math("MULTIPLY", graph.math("MULTIPLY", rise, fall), strength)
        fine = graph.combine(graph.math("MULTIPLY", along, 0.02), across, up)
        self.fibres = graph.noise(fine, 420.0, detail=1.0, roughness=0.6)


def _surface(graph: Graph, substance: Substance, grain: _Grain) -> dict[str, Value]:
    if not _is_bare(substance):
        return _painted(graph, substance, grain)
    light = graph.ramp(grain.fibres, 0.25, 0.75, 0.84, 1.12)
    ringed = graph.math("MULTIPLY", light, graph.ramp(grain.rings, 0.0, 1.0, 1.17, 0.6))
    factor = graph.math("MULTIPLY", ringed, graph.ramp(grain.slow, 0.25, 0.75, 0.9, 1.12))
    rough = substance.parameter("roughness", 0.42)
    return {
        "Base Color": _deepened(graph, substance, factor),
        "Roughness": graph.ramp(grain.rings, 0.0, 1.0, rough + 0.05, rough - 0.06),
        "Normal": graph.bump(grain.fibres, 0.0002),
    }


def _is_bare(substance: Substance) -> bool:
    """Whether the colour is one that wood has by itself; any other one is paint."""
    hue, saturation, _ = colorsys.rgb_to_hsv(*(float(c) for c in substance.base))
    low, high = _WOOD_HUES
    return low <= hue <= high and saturation > _WOOD_SATURATION


_WOOD_HUES = (0.02, 0.125)
_WOOD_SATURATION = 0.4


def _painted(graph: Graph, substance: Substance, grain: _Grain) -> dict[str, Value]:
    """Draw paint on wood: the grain is felt more than it is seen."""
    rough = substance.parameter("roughness", 0.42)
    return {
        "Base Color": substance.tinted(graph, graph.ramp(grain.slow, 0.25, 0.75, 0.95, 1.03)),
        "Roughness": graph.ramp(grain.fibres, 0.25, 0.75, 0.8 * rough, rough),
        "Normal": graph.bump(grain.fibres, 0.0001),
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


def _shaded(graph: Graph, drawn: dict[str, Value], factor: Socket) -> Socket:
    return graph.vector("MULTIPLY", drawn["Base Color"], graph.combine(factor, factor, factor))


def _grain_frame(graph: Graph, substance: Substance) -> tuple[Socket, Socket, Socket]:
    """Return the point along, across and above the grain of its own part, from its centre."""
    shift = graph.scaled(INDEX_SHIFT_M, graph.once("ObjectInfo", "Object Index"))
    point = body_point(graph, shifted=False)
    if not substance.has_parts:
        x, y, z = graph.xyz(point)
        return graph.math("ADD", x, graph.xyz(shift)[0]), y, z
    axis, centre = graph.attribute(GRAIN_ATTRIBUTE), graph.attribute(CENTRE_ATTRIBUTE)
    x, y, z = graph.xyz(graph.vector("SUBTRACT", point, centre))
    on_x, on_y, on_z = graph.xyz(axis)
    # Turning the axes in a circle takes any of the three to the first place, unsheared.
    along = _sum(graph, (on_x, x), (on_y, y), (on_z, z))
    across = _sum(graph, (on_x, y), (on_y, z), (on_z, x))
    up = _sum(graph, (on_x, z), (on_y, x), (on_z, y))
    # Each part is cut from its own place in the log.
    cut = graph.vector("DOT_PRODUCT", graph.vector("ADD", centre, shift), (5.1, 7.7, 3.3))
    return graph.math("ADD", along, cut), across, up


def _sum(graph: Graph, *products: tuple[Socket, Socket]) -> Socket:
    total: Value = 0.0
    for a, b in products:
        total = graph.math("ADD", graph.math("MULTIPLY", a, b), total)
    return total


def _planks(graph: Graph, substance: Substance, ring_m: float) -> dict[str, Value]:
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
        ring_m=ring_m,
    )
    drawn = _surface(graph, substance, grain)
    shade = graph.math(
        "MULTIPLY", graph.ramp(chance, 0.0, 1.0, 0.74, 1.18), graph.ramp(gap, 0.0, 1.0, 1.0, 0.18)
    )
    rough = 0.8 * substance.parameter("roughness", 0.42)
    return drawn | {
        "Base Color": _shaded(graph, drawn, shade),
        "Roughness": graph.ramp(grain.rings, 0.0, 1.0, rough + 0.06, rough - 0.04),
        "Normal": graph.bump(gap, 0.0012, sunk=True),
    }
