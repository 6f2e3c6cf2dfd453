"""Stone and what is made of it: marble, concrete, brick, tiles, plaster, clay."""

from scene_builder.blender.shading.graph import Graph, Socket, Value
from scene_builder.blender.shading.patterns import marks
from scene_builder.blender.shading.substance import Substance, body_point

BRICK_M = (0.21, 0.065)
"""Length and height of a brick course [m]."""
TILE_M = 0.3
"""Edge of a tile [m]."""


def stone(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw rough natural stone: blotches, grains, chipped relief."""
    point = body_point(graph)
    size = substance.feature_m(0.05, of=0.06)
    blotches = graph.noise(point, 1.0 / size, detail=4.0, roughness=0.62)
    grains = graph.noise(point, 12.0 / size, detail=2.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(blotches, 0.3, 0.7, 0.68, 1.2),
        graph.ramp(grains, 0.3, 0.7, 0.85, 1.12),
    )
    relief = graph.math("ADD", blotches, graph.math("MULTIPLY", grains, 0.25))
    return {
        "Base Color": substance.tinted(graph, factor),
        "Normal": graph.bump(relief, 0.05 * size),
    }


def marble(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw polished marble: veins where warped noise crosses its middle (Perlin 1985)."""
    point = body_point(graph)
    size = substance.feature_m(0.16, of=0.12)
    warp = graph.noise(point, 1.6 / size, detail=3.0)
    pushed = graph.vector("ADD", point, graph.scaled((size, 0.7 * size, size), warp))
    field = graph.noise(pushed, 1.0 / size, detail=4.0, roughness=0.55)
    distance = graph.math("ABSOLUTE", graph.math("SUBTRACT", field, 0.5))
    clouds = graph.ramp(warp, 0.25, 0.75, 0.86, 1.06)
    if float(substance.base.max()) < _DARK_MARBLE:
        veins = graph.ramp(distance, 0.0, 0.014, 0.75, 0.0)
        return {"Base Color": graph.mix(veins, substance.tinted(graph, clouds), _CALCITE)}
    veins = graph.ramp(distance, 0.0, 0.045, 0.42, 1.0)
    return {"Base Color": substance.tinted(graph, graph.math("MULTIPLY", veins, clouds))}


_DARK_MARBLE = 0.25
"""Below this the veins are paler than the stone."""
_CALCITE = (0.62, 0.6, 0.55)
"""White veins in dark marble, in linear light."""


def concrete(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw cast concrete: cloudy stains, sand, air holes."""
    point = body_point(graph)
    size = substance.feature_m(0.35, of=0.15)
    stains = graph.noise(point, 1.0 / size, detail=4.0, roughness=0.6)
    sand = graph.noise(point, 260.0, detail=1.0)
    holes = graph.ramp(graph.cells(point, 24.0), 0.05, 0.09, 0.55, 1.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(stains, 0.3, 0.7, 0.8, 1.14),
        graph.math("MULTIPLY", graph.ramp(sand, 0.25, 0.75, 0.9, 1.08), holes),
    )
    return {"Base Color": substance.tinted(graph, factor), "Normal": graph.bump(holes, 0.001)}


def asphalt(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw asphalt: chippings of many greys in tar."""
    point = body_point(graph)
    size = substance.feature_m(0.009, of=0.02)
    tone = graph.cells(point, 1.0 / size, output=1)
    bed = graph.cells(point, 1.0 / size)
    wear = graph.noise(point, 0.8, detail=4.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(graph.vector("LENGTH", tone), 0.3, 1.5, 0.5, 1.65),
        graph.ramp(wear, 0.3, 0.7, 0.8, 1.2),
    )
    worn = graph.ramp(wear, 0.35, 0.6, 0.95, 0.6)
    return {
        "Base Color": marks.marked(graph, substance, substance.tinted(graph, factor), worn),
        "Normal": graph.bump(graph.ramp(bed, 0.0, 0.7, 1.0, 0.0), 0.25 * size),
    }


def clay(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw fired clay: turned rings and a dusty bloom."""
    point = body_point(graph)
    _, _, z = graph.xyz(point)
    bloom = graph.noise(point, 18.0, detail=4.0, roughness=0.6)
    rings = graph.noise(graph.combine(0.0, 0.0, z), 1.0 / substance.feature_m(0.006, of=0.02))
    return {
        "Base Color": substance.tinted(graph, graph.ramp(bloom, 0.3, 0.7, 0.84, 1.14)),
        "Normal": graph.bump(graph.math("ADD", rings, bloom), 0.0005),
    }


def plaster(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw a painted plaster wall: roller nap and the faintest unevenness."""
    point = body_point(graph)
    nap = graph.noise(point, 1.0 / substance.feature_m(0.006, of=0.4), detail=1.0)
    uneven = graph.noise(point, 1.1, detail=1.0)
    return {
        "Base Color": substance.tinted(graph, graph.ramp(uneven, 0.25, 0.75, 0.955, 1.02)),
        "Normal": graph.bump(nap, 0.0004),
    }


def brick(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw a wall of bricks in running bond, with pale mortar."""
    length, height = BRICK_M
    scale = substance.feature_m(length, of=0.065) / length
    made = graph.node(
        "TexBrick",
        {
            "Vector": _on_the_face(graph), "Scale": 1.0, "Brick Width": length * scale,
            "Row Height": height * scale, "Mortar Size": 0.005 * scale, "Mortar Smooth": 0.2,
            "Color1": (0.0, 0.0, 0.0), "Color2": (1.0, 1.0, 1.0), "Mortar": (0.5, 0.5, 0.5),
        },
        offset=0.5,
    )  # fmt: skip
    chance, joint = made.outputs[0], made.outputs[1]
    grit = graph.noise(body_point(graph), 70.0 / scale, detail=3.0)
    factor = graph.math(
        "MULTIPLY", graph.ramp(chance, 0.0, 1.0, 0.62, 1.22), graph.ramp(grit, 0.3, 0.7, 0.84, 1.12)
    )
    mortar = 0.35 + 0.3 * substance.base
    height_map = graph.math("SUBTRACT", graph.math("MULTIPLY", grit, 0.2), joint)
    return {
        "Base Color": graph.mix(joint, substance.tinted(graph, factor), tuple(mortar)),
        "Normal": graph.bump(height_map, 0.005 * scale),
    }


def tile(graph: Graph, substance: Substance) -> dict[str, Value]:
    """Draw square tiles: glossy, each a shade apart, matt grout between."""
    edge = substance.feature_m(TILE_M if substance.role == "floor" else TILE_M / 2, of=0.3)
    made = graph.node(
        "TexBrick",
        {
            "Vector": _on_the_face(graph), "Scale": 1.0, "Brick Width": edge, "Row Height": edge,
            "Mortar Size": 0.003, "Mortar Smooth": 0.1,
            "Color1": (0.0, 0.0, 0.0), "Color2": (1.0, 1.0, 1.0), "Mortar": (0.5, 0.5, 0.5),
        },
        offset=0.0,
    )  # fmt: skip
    chance, grout = made.outputs[0], made.outputs[1]
    clouds = graph.noise(body_point(graph), 9.0, detail=3.0)
    factor = graph.math(
        "MULTIPLY",
        graph.ramp(chance, 0.0, 1.0, 0.9, 1.06),
        graph.ramp(clouds, 0.3, 0.7, 0.94, 1.04),
    )
    rough = substance.parameter("roughness", 0.2)
    drawn = substance.tinted(graph, factor)
    return {
        "Base Color": graph.mix(grout, drawn, tuple(0.45 * substance.base + 0.05)),
        "Roughness": graph.ramp(grout, 0.0, 1.0, rough, 0.8),
        "Normal": graph.bump(grout, 0.0015, sunk=True),
    }


def _on_the_face(graph: Graph) -> Socket:
    """Return the body's point as (along, up) on whichever side of a box it lies."""
    point = body_point(graph, shifted=False)
    x, y, z = graph.xyz(point)
    normal = graph.once("TexCoord", "Normal")
    nx, ny, nz = graph.xyz(graph.vector("ABSOLUTE", normal))
    flat = graph.math("GREATER_THAN", nz, graph.math("MAXIMUM", nx, ny))
    sideways = graph.math("GREATER_THAN", nx, ny)
    along = graph.math("ADD", x, graph.math("MULTIPLY", sideways, graph.math("SUBTRACT", y, x)))
    wall = graph.combine(along, z, 0.0)
    floor = graph.combine(x, y, 0.0)
    return graph.vector("ADD", wall, graph.scaled(graph.vector("SUBTRACT", floor, wall), flat))
