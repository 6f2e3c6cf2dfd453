"""The colours of an object's materials, as a person gave them."""

import bpy

from pipeline.blender_addon.scene import marks
from scene_builder.model.stage import Body

Color = tuple[float, float, float]
DIFFERENT = 2e-3
GREY: Color = (0.8, 0.8, 0.8)
_SHADER, _COLOR = "BSDF_PRINCIPLED", "Base Color"


def edited_colors(thing: bpy.types.Object, body: Body) -> tuple[tuple[int, Color], ...]:
    """Return the slots whose colour a person changed, with the new linear colour."""
    found = []
    for slot in range(min(len(body.materials), len(thing.material_slots))):
        material = thing.material_slots[slot].material
        if material is None:
            continue
        now = _changed(material)
        old = body.materials[slot].base_color
        if now is not None and max(abs(a - float(b)) for a, b in zip(now, old, strict=True)) > (
            DIFFERENT
        ):
            found.append((slot, now))
    return tuple(found)


def slot_colors(thing: bpy.types.Object, count: int) -> tuple[Color, ...]:
    """Return the linear colour of each of an object's first slots."""
    materials = [slot.material for slot in thing.material_slots] + [None] * count
    return tuple(GREY if material is None else color_of(material) for material in materials[:count])


def color_of(material: bpy.types.Material) -> Color:
    """Return a material's plain colour: the shader's own, or the viewport's where nodes feed it."""
    return _shader_color(material) or _clipped(material.diffuse_color)


def _changed(material: bpy.types.Material) -> Color | None:
    """Return the colour that a material was given since it was made; None if it was given none."""
    made = material.get(marks.COLOR)
    if made is None:
        return color_of(material)  # another material than ours
    shown = _both(material)
    for now, was in zip(shown, (made[:3], made[3:]), strict=True):
        if max(abs(a - b) for a, b in zip(now, was, strict=True)) > DIFFERENT:
            return now
    return None


def remember_color(material: bpy.types.Material) -> None:
    """Write down the colours that a material was made with."""
    shader, viewport = _both(material)
    material[marks.COLOR] = [*shader, *viewport]


def _both(material: bpy.types.Material) -> tuple[Color, Color]:
    viewport = _clipped(material.diffuse_color)
    return _shader_color(material) or viewport, viewport


def _shader_color(material: bpy.types.Material) -> Color | None:
    if material.node_tree is None:
        return None
    for node in material.node_tree.nodes:
        if node.type == _SHADER and not node.inputs[_COLOR].is_linked:
            return _clipped(node.inputs[_COLOR].default_value)
    return None


def _clipped(values: "bpy.types.bpy_prop_array") -> Color:
    r, g, b = (min(1.0, max(0.0, float(value))) for value in tuple(values)[:3])
    return r, g, b
