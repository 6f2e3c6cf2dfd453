"""Lamps of the stage as Blender lights."""

import bpy

from scene_builder.model.light import Light
from scene_builder.model.pose import Pose

_KINDS = {"sun": "SUN", "area": "AREA", "point": "POINT", "spot": "SPOT"}
SPOT_CONE_RAD = 1.05
SPOT_BLEND = 0.35


def blender_light(light: Light, into: bpy.types.Collection) -> bpy.types.Object:
    """Hang `light` into a collection and return its object.

    Units agree: Blender's `energy` is the radiant flux [W] too, and irradiance [W/m²] for a sun.
    """
    lamp = bpy.data.lights.new(light.id, _KINDS[light.kind])
    lamp.energy = light.power
    lamp.color = tuple(light.color)
    if light.kind == "sun":
        lamp.angle = light.size
    elif light.kind == "area":
        lamp.shape = "SQUARE"
        lamp.size = light.size
    else:
        lamp.shadow_soft_size = light.size / 2
    if light.kind == "spot":
        lamp.spot_size, lamp.spot_blend = SPOT_CONE_RAD, SPOT_BLEND
    hung = bpy.data.objects.new(light.id, lamp)
    place(hung, light.pose)
    into.objects.link(hung)
    return hung


def place(thing: bpy.types.Object, pose: Pose) -> None:
    """Put an object where `pose` says, turned by quaternion."""
    thing.rotation_mode = "QUATERNION"
    thing.location = tuple(pose.position)
    thing.rotation_quaternion = tuple(pose.wxyz)
