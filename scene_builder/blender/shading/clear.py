"""Glass, ice and water at a few samples a pixel: no caustics, no black interiors."""

from scene_builder.blender.shading.graph import Graph, Socket, Value
from scene_builder.blender.shading.substance import Substance, body_point


def clear(graph: Graph, substance: Substance, principled: Socket) -> Socket:
    """Return the closure of a transparent body.

    A solid refracts; a thin-walled vessel does not, because what its outer face bends its inner
    face bends back, so it is drawn as a reflecting film. Shadow rays, and rays that left a
    diffuse surface, pass straight through the glass: with caustics off they would find it
    opaque, and the shadow of a bottle would be black.

    Args:
        graph: Where to add nodes.
        substance: The material and its wearer.
        principled: The refracting closure, for a solid.
    """
    seen = _film(graph, substance) if substance.thin else principled
    unseen = graph.math(
        "MAXIMUM",
        graph.once("LightPath", "Is Shadow Ray"),
        graph.once("LightPath", "Is Diffuse Ray"),
    )
    passed = tuple(float(0.25 + 0.75 * c) for c in substance.base)
    through = graph.node("BsdfTransparent", {"Color": passed}).outputs[0]
    return graph.blend(unseen, seen, through)


def _film(graph: Graph, substance: Substance) -> Socket:
    """Return a film that reflects by Schlick's law (1994) and tints what lies behind.

    Seen edge-on a wall is thick, so the tint deepens there: it draws the vessel's outline.
    """
    facing = graph.node("LayerWeight", {"Blend": 0.5}).outputs["Facing"]
    squared = graph.math("MULTIPLY", facing, facing)
    fourth = graph.math("MULTIPLY", squared, squared)
    reflected = graph.ramp(fourth, 0.0, 1.0, 0.06, 0.85)
    edge = tuple(float(0.32 * c**1.5) for c in substance.base)
    middle = tuple(float(0.35 + 0.65 * c) for c in substance.base)
    tint = graph.mix(fourth, middle, edge)
    gloss: dict[str, Value] = {
        "Color": (1.0, 1.0, 1.0),
        "Roughness": substance.parameter("roughness", 0.02),
    }
    if substance.parameter("roughness", 0.02) > _FROSTED:
        gloss["Normal"] = graph.bump(graph.noise(body_point(graph), 400.0), 0.0002)
    return graph.blend(
        reflected,
        graph.node("BsdfTransparent", {"Color": tint}).outputs[0],
        graph.node("BsdfAnisotropic", gloss).outputs[0],
    )


_FROSTED = 0.15
"""Roughness above which glass shows a grain."""
