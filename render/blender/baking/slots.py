"""What kind of surface a material slot is, as far as other programs tell kinds apart."""

from typing import Literal

import bpy

Kind = Literal["opaque", "cutout", "clear", "glowing"]
KINDS: tuple[Kind, ...] = ("opaque", "cutout", "clear", "glowing")
"""In the order in which they are drawn."""

_CLEAR_FROM = 0.5
"""Transmission above which a surface counts as transparent, as for our own shader."""


def principled(material: bpy.types.Material) -> bpy.types.Node:
    """Return the Principled shader of one of our materials."""
    return next(n for n in material.node_tree.nodes if n.type == "BSDF_PRINCIPLED")


def number(material: bpy.types.Material, socket: str, default: float = 0.0) -> float:
    """Return a number of a material; `default` where the surface varies in it."""
    found = principled(material).inputs[socket]
    return default if found.is_linked else float(found.default_value)


def kind_of(material: bpy.types.Material) -> Kind:
    """Return what kind of surface a material makes."""
    if number(material, "Transmission Weight") > _CLEAR_FROM:
        return "clear"
    if number(material, "Emission Strength") > 0:
        return "glowing"
    alpha = principled(material).inputs["Alpha"]
    return "cutout" if alpha.is_linked or float(alpha.default_value) < 1 else "opaque"


def wears_pictures_only(material: bpy.types.Material) -> bool:
    """Whether nothing but pictures over uv varies on the surface."""
    return not any(
        node.type in ("TEX_COORD", "OBJECT_INFO", "ATTRIBUTE", "NEW_GEOMETRY")
        for node in material.node_tree.nodes
    ) and any(node.type == "TEX_IMAGE" for node in material.node_tree.nodes)
