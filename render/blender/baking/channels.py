"""Channels of a material as pictures: colour, roughness and metal, bent normals.

A channel is baked as light that the surface sends out, which is exact and without noise: the
"diffuse colour" that Blender also offers is black on metal.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import bpy
import numpy as np
from jaxtyping import Bool, UInt8

from render.blender.baking.slots import Kind, principled
from scene_builder.blender.session import quiet
from scene_builder.model.arrays import Array
from scene_builder.model.errors import RenderError

_MARGIN_PX = 6
_FLAT = 2.0
"""Deviation of a picture's values (of 255) below which it is one colour."""
_FLAT_NORMAL = 2.5
_PROBE_PX = 192
_MOST_SAMPLES = 4
_POINTS = 1024 * 1024
"""Points that a picture is baked from, at least one for each pixel: patterns are drawn exactly,
and only the edges in small pictures need smoothing."""


def color_map(thing: bpy.types.Object, kind: Kind, px: int) -> UInt8[Array, "h w c"]:
    """Bake the colour of an object (px px 3), smaller if it is one; with its cut-out (px px 4)."""
    source = "Emission Color" if kind == "glowing" else "Base Color"
    if kind != "cutout":
        return _looked_at(thing, px, [source])
    colors = _baked(thing, px, [source])
    alpha = _baked(thing, px, ["Alpha"] * 3, linear=True)
    return np.concatenate([colors, alpha[..., :1]], axis=-1)


def surface_map(thing: bpy.types.Object, px: int) -> UInt8[Array, "h w 3"]:
    """Bake roughness (green) and metal (blue) of an object (px px 3), smaller if it is one."""
    return _looked_at(thing, px, ["", "Roughness", "Metallic"], linear=True)


def normal_map(thing: bpy.types.Object, px: int) -> UInt8[Array, "h w 3"] | None:
    """Bake the bent normals of an object (px px 3); None where they are hardly bent."""
    if not any(principled(m).inputs["Normal"].is_linked for m in thing.data.materials):
        return None
    # Bending asks a pattern three times for each point: look at few before baking all.
    if px > _PROBE_PX and _bent(thing, _PROBE_PX) is None:
        return None
    return _bent(thing, px)


def _bent(thing: bpy.types.Object, px: int) -> UInt8[Array, "h w 3"] | None:
    with _targets(thing, px, linear=True) as image:
        _bake("NORMAL", samples=1)
        picture, seen = _pixels(image)
    bent = picture[seen].astype(np.float64) - (127.5, 127.5, 255.0)
    if not seen.any() or np.abs(bent).mean() < _FLAT_NORMAL:
        return None
    picture[~seen] = (128, 128, 255)
    return picture


def varies(picture: UInt8[Array, "h w c"]) -> bool:
    """Whether a picture is more than one colour."""
    values = np.arange(256)
    for k in range(picture.shape[-1]):
        share = np.bincount(picture[..., k].ravel(), minlength=256) / picture[..., k].size
        if share @ (values - share @ values) ** 2 > _FLAT**2:
            return True
    return False


def _looked_at(
    thing: bpy.types.Object, px: int, sockets: Sequence[str], *, linear: bool = False
) -> UInt8[Array, "h w 3"]:
    """Bake a channel; a few points tell first whether a large picture is worth its time."""
    if px > _PROBE_PX:
        # One sample a pixel: a mean of several would hide how much a fine pattern varies.
        few = _baked(thing, _PROBE_PX, sockets, linear=linear, samples=1)
        if not varies(few):
            return few
    return _baked(thing, px, sockets, linear=linear)


def _baked(
    thing: bpy.types.Object,
    px: int,
    sockets: Sequence[str],
    *,
    linear: bool = False,
    samples: int | None = None,
) -> UInt8[Array, "h w 3"]:
    """Bake what feeds one socket (a colour), or three (a channel each; "" is nothing)."""
    count = samples or int(np.clip(_POINTS // px**2, 1, _MOST_SAMPLES))
    with _targets(thing, px, linear=linear) as image, _sending_out(thing, sockets):
        _bake("EMIT", samples=count)
        picture, seen = _pixels(image)
    if seen.any() and not seen.all():
        # Mipmaps and JPEG mix in what lies beside an island: let it be the mean colour.
        picture[~seen] = picture[seen].mean(axis=0).round()
    return picture


@contextmanager
def _sending_out(thing: bpy.types.Object, sockets: Sequence[str]) -> Iterator[None]:
    """Let every material of an object send out what feeds its sockets."""
    undo = []
    for material in {m.name: m for m in thing.data.materials}.values():
        tree = material.node_tree
        output = next(n for n in tree.nodes if n.type == "OUTPUT_MATERIAL").inputs["Surface"]
        before = output.links[0].from_socket
        made = [tree.nodes.new("ShaderNodeEmission")]
        color = made[0].inputs["Color"]
        if len(sockets) > 1:
            made.append(tree.nodes.new("ShaderNodeCombineColor"))
            tree.links.new(made[1].outputs[0], color)
        for k, name in enumerate(sockets):
            if name:
                target = color if len(sockets) == 1 else made[1].inputs[k]
                _feed(tree, principled(material).inputs[name], target)
        tree.links.new(made[0].outputs[0], output)
        undo.append((tree, output, before, made))
    try:
        yield
    finally:
        for tree, output, before, made in undo:
            tree.links.new(before, output)
            for node in made:
                tree.nodes.remove(node)


def _feed(
    tree: bpy.types.NodeTree, source: bpy.types.NodeSocket, target: bpy.types.NodeSocket
) -> None:
    if source.is_linked:
        tree.links.new(source.links[0].from_socket, target)
    else:
        target.default_value = source.default_value


def _bake(kind: str, *, samples: int) -> None:
    bpy.context.scene.cycles.samples = samples
    settings: dict[str, str] = {"normal_space": "TANGENT"} if kind == "NORMAL" else {}
    try:
        with quiet():
            bpy.ops.object.bake(
                type=kind, margin=_MARGIN_PX, use_clear=False, target="IMAGE_TEXTURES", **settings
            )
    except RuntimeError as error:
        raise RenderError(f"Blender could not bake a material: {error}") from error


def _pixels(image: bpy.types.Image) -> tuple[UInt8[Array, "h w 3"], Bool[Array, "h w"]]:
    """Return a picture, first row on top, and where it was baked to."""
    width, height = image.size
    values = np.zeros(width * height * 4, np.float32)
    image.pixels.foreach_get(values)
    picture = np.rint(values.reshape(height, width, 4)[::-1] * 255).clip(0, 255).astype(np.uint8)
    return np.ascontiguousarray(picture[..., :3]), picture[..., 3] > 0


@contextmanager
def _targets(thing: bpy.types.Object, px: int, *, linear: bool) -> Iterator[bpy.types.Image]:
    """Give every material of an object the same picture to bake to."""
    image = bpy.data.images.new("baked", px, px, alpha=True)
    image.generated_color = (0.0, 0.0, 0.0, 0.0)
    image.colorspace_settings.name = "Non-Color" if linear else "sRGB"
    image.alpha_mode = "CHANNEL_PACKED"
    added = []
    for material in {m.name: m for m in thing.data.materials}.values():
        node = material.node_tree.nodes.new("ShaderNodeTexImage")
        node.image = image
        material.node_tree.nodes.active = node
        added.append((material.node_tree, node))
    try:
        yield image
    finally:
        for tree, node in added:
            tree.nodes.remove(node)
        bpy.data.images.remove(image)
