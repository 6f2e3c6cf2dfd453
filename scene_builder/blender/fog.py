"""Fog as a volume: it scatters lamps and sun, and what is far fades into it."""

from collections.abc import Mapping
from dataclasses import replace

import bpy

from scene_builder.blender.shading.graph import Graph
from scene_builder.model.material import Material
from scene_builder.model.stage import Stage

FOGGY = "fog"
"""The weather whose air is thick enough to be seen between the eye and what is near."""

HAZE = ("haze_m", "haze_r", "haze_g", "haze_b")
"""Parameters by which a surface is drawn as it is seen through air, where there is no volume."""

REACHES, CEILING_M = 7.0, 14.0
"""The fog's half width, in distances at which 1 / e of the light is left, and its height [m]."""

THINNER = 1.5
"""How much farther one sees in the volume than the surfaces say: beams and silhouettes show its
depth, so that what the film is about need not drown in it."""

LIT_SHARE = 0.55
"""Share of the extinction that scatters the light of lamps, sun and sky towards the eye; the
rest of what the fog shows is light that was scattered many times, and the same all over."""

AMBIENT = 0.7
"""What is left of the light of the air itself where that much of the sky is scattered as well."""

FORWARD = 0.45
"""Mean cosine of the angle by which a droplet scatters (Henyey & Greenstein 1941), kept below
that of a single one: light that reaches the eye was scattered more than once."""


def without_haze(material: Material) -> Material:
    """Return a material as it is without air before it."""
    kept = {name: value for name, value in material.parameters.items() if name not in HAZE}
    return replace(material, parameters=kept)


def fog_over(stage: Stage, into: bpy.types.Collection) -> bpy.types.Object | None:
    """Fill the air over a stage with fog, and return its object; None where there is none.

    Shadow rays pass it undimmed: the light that single scattering takes out of a beam comes back
    by multiple scattering, which is not traced.

    Args:
        stage: What stands in it; its materials say how thick it is, and of which colour.
        into: Where the volume is linked.
    """
    haze = _haze(stage)
    if haze is None or stage.environment.weather != FOGGY:
        return None
    reach = THINNER * haze["haze_m"]
    half = REACHES * reach
    low, high = -0.5, CEILING_M
    corners = [(x * half, y * half, z) for z in (low, high) for y in (-1, 1) for x in (-1, 1)]
    mesh = bpy.data.meshes.new("fog")
    mesh.from_pydata(corners, [], _FACES)
    mesh.materials.append(_material(haze))
    body = bpy.data.objects.new("fog", mesh)
    into.objects.link(body)
    return body


_FACES = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
"""A box, its corners counted in x, then y, then z; faces counter-clockwise from outside."""


def _haze(stage: Stage) -> Mapping[str, float] | None:
    """Return how the surfaces of a stage are seen through its air, as they all are."""
    for body in stage.bodies:
        for material in body.materials:
            if material.parameters.get("haze_m", 0.0) > 0:
                return {name: float(material.parameters[name]) for name in HAZE}
    return None


def _material(haze: Mapping[str, float]) -> bpy.types.Material:
    made = bpy.data.materials.new("fog")
    graph = Graph(made)
    seen = graph.math("SUBTRACT", 1.0, graph.once("LightPath", "Is Shadow Ray"))
    whole = graph.math("MULTIPLY", seen, 1.0 / (THINNER * haze["haze_m"]))
    lit = graph.math("MULTIPLY", whole, LIT_SHARE)
    rest = graph.math("MULTIPLY", whole, 1.0 - LIT_SHARE)
    white, black = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
    scatter = graph.node("VolumeScatter", {"Color": white, "Density": lit, "Anisotropy": FORWARD})
    absorb = graph.node("VolumeAbsorption", {"Color": black, "Density": rest})
    color = tuple(AMBIENT * haze[f"haze_{channel}"] for channel in "rgb")
    glow = graph.node("Emission", {"Color": color, "Strength": whole})
    both = graph.node("AddShader", {0: scatter.outputs[0], 1: absorb.outputs[0]})
    air = graph.node("AddShader", {0: both.outputs[0], 1: glow.outputs[0]})
    graph.node("OutputMaterial", {"Volume": air.outputs[0]})
    return made
