"""Picture textures of packaged assets, over uv."""

from pathlib import Path

import bpy

from scene_builder.blender.shading.graph import Graph, Node, Value
from scene_builder.blender.shading.substance import Substance
from scene_builder.model.errors import AssetError

_NUMBERS = {"roughness": "Roughness", "metallic": "Metallic", "alpha": "Alpha"}


def texture_inputs(graph: Graph, substance: Substance, root: Path | None) -> dict[str, Value]:
    """Return the Principled inputs that the material's picture files feed.

    Channels are `base_color` (sRGB), and in linear numbers `roughness`, `metallic`, `alpha`
    and `normal` (tangent space, OpenGL's green). An `alpha` that is the file of `base_color` is
    that picture's own transparency. Without uv there is nothing to lay them on.

    Raises:
        AssetError: If a file is missing, or no folder was given to find it in.
    """
    files = substance.material.textures
    inputs: dict[str, Value] = {}
    if not wears_picture(substance):
        return inputs
    if root is None:
        raise AssetError(
            f"material {substance.material.name!r} has picture textures, but no folder to find "
            "them in was given: pass the run folder"
        )
    if "base_color" in files:
        shown = _picture(graph, root / files["base_color"], "sRGB")
        inputs["Base Color"] = shown.outputs["Color"]
        if files.get("alpha") == files["base_color"]:
            inputs["Alpha"] = shown.outputs["Alpha"]
    for channel, socket in _NUMBERS.items():
        if channel in files and socket not in inputs:
            inputs[socket] = _picture(graph, root / files[channel], "Non-Color").outputs["Color"]
    if "normal" in files:
        color = _picture(graph, root / files["normal"], "Non-Color").outputs["Color"]
        inputs["Normal"] = graph.node("NormalMap", {"Color": color}).outputs[0]
    return inputs


def wears_picture(substance: Substance) -> bool:
    """Whether pictures are laid over the surface: no pattern is drawn on top of them."""
    return bool(substance.material.textures) and substance.has_uv


def _picture(graph: Graph, path: Path, color_space: str) -> Node:
    try:
        image = bpy.data.images.load(str(path), check_existing=True)
    except RuntimeError:
        raise AssetError(
            f"texture {path} cannot be read; it must be a PNG, JPEG or EXR in the run folder"
        ) from None
    image.colorspace_settings.name = color_space
    return graph.node("TexImage", {}, image=image)
