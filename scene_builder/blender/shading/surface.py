"""From a substance to a Blender material."""

from collections.abc import Mapping
from pathlib import Path

import bpy

from scene_builder.blender.shading.clear import clear
from scene_builder.blender.shading.graph import Graph, Socket, Value
from scene_builder.blender.shading.substance import Substance
from scene_builder.blender.shading.substances import recipe_for
from scene_builder.blender.shading.textures import texture_inputs, wears_picture

_SOCKETS: Mapping[str, str] = {
    "roughness": "Roughness",
    "metallic": "Metallic",
    "ior": "IOR",
    "specular": "Specular IOR Level",
    "transmission": "Transmission Weight",
    "coat": "Coat Weight",
    "coat_roughness": "Coat Roughness",
    "subsurface": "Subsurface Weight",
    "subsurface_radius_m": "Subsurface Scale",
    "sheen": "Sheen Weight",
    "sheen_roughness": "Sheen Roughness",
    "anisotropic": "Anisotropic",
    "emission": "Emission Strength",
    "alpha": "Alpha",
}
"""Our names of the Principled shader's parameters, and Blender's."""

_COMMON = {"roughness": 0.5, "ior": 1.5, "coat_roughness": 0.08, "subsurface_radius_m": 0.004}
_LEAST_SEEN = {"coat": 0.2, "subsurface": 0.1, "sheen": 0.15}
"""A layer below this is not seen, but every ray that meets it would pay for it."""
_CLEAR_FROM = 0.5
"""Transmission above which a surface counts as transparent."""


def surface_material(
    substance: Substance, *, textures_root: Path | None = None
) -> bpy.types.Material:
    """Make the Blender material of a substance.

    Args:
        substance: The material, and what wears it.
        textures_root: The folder that the material's texture files are relative to.

    Returns:
        A material whose one output is fed by nodes in object space.

    Raises:
        AssetError: If a texture file cannot be read.
    """
    made = bpy.data.materials.new(substance.material.name)
    graph = Graph(made)
    shader = graph.node("BsdfPrincipled", _inputs(graph, substance, textures_root))
    closure = shader.outputs[0]
    if substance.parameter("transmission") > _CLEAR_FROM:
        closure = clear(graph, substance, closure)
    elif _bounces_plainly(substance):
        closure = _plain_to_bounced_light(graph, substance, closure)
    graph.node("OutputMaterial", {"Surface": closure})
    _preview(made, substance)
    return made


def _bounces_plainly(substance: Substance) -> bool:
    """Whether light that met a matt surface first may see no more of this one than its colour."""
    return (
        not substance.material.textures
        and substance.parameter("alpha", 1.0) >= 1.0
        and substance.parameter("emission") <= 0
        and substance.parameter("metallic") < _METALLIC_FROM
    )


_METALLIC_FROM = 0.5
"""From here on a surface mirrors, and scatters nothing."""


def _plain_to_bounced_light(graph: Graph, substance: Substance, seen: Socket) -> Socket:
    """Return the closure that a matt surface sees by its light as a matt patch of one colour.

    Grain, gloss and relief are averaged away there, and drawing them is what such a ray costs.
    """
    plain = graph.node("BsdfDiffuse", {"Color": tuple(substance.base)}).outputs[0]
    return graph.blend(graph.once("LightPath", "Is Diffuse Ray"), seen, plain)


def _inputs(graph: Graph, substance: Substance, root: Path | None) -> dict[str, Value]:
    inputs: dict[str, Value] = {"Base Color": tuple(substance.base)}
    for ours, theirs in _SOCKETS.items():
        if ours in substance.material.parameters or ours in substance.defaults or ours in _COMMON:
            value = substance.parameter(ours, _COMMON.get(ours, 0.0))
            inputs[theirs] = value if value >= _LEAST_SEEN.get(ours, 0.0) else 0.0
    if substance.parameter("emission") > 0:
        inputs["Emission Color"] = tuple(substance.base)
    if substance.parameter("sheen") > 0:
        inputs["Sheen Tint"] = tuple(substance.base**0.5)
    if not wears_picture(substance):
        inputs |= recipe_for(substance.material.name).pattern(graph, substance)
    inputs |= texture_inputs(graph, substance, root)
    return inputs


def _preview(made: bpy.types.Material, substance: Substance) -> None:
    """Give the solid viewport (and Workbench) the same colour."""
    made.diffuse_color = (*(float(c) for c in substance.base), 1.0)
    made.roughness = substance.parameter("roughness", 0.5)
    made.metallic = substance.parameter("metallic")
