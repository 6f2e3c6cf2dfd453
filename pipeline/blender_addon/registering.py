"""worldreel is added to Blender, and taken out again without leaving anything behind."""

import bpy

from pipeline.blender_addon.interface.marking import MARKING
from pipeline.blender_addon.interface.operators import JOBS
from pipeline.blender_addon.interface.panel import PANELS
from pipeline.blender_addon.interface.preferences import WORLDREEL_AP_preferences
from pipeline.blender_addon.interface.working import Now
from pipeline.blender_addon.scene.properties import GROUPS, WORLDREEL_PG_scene

CLASSES = (*GROUPS, *JOBS, *MARKING, *PANELS)


def register(package: str = "worldreel") -> None:
    """Add properties, operators, panels and preferences.

    Args:
        package: The name under which Blender knows the add-on, for its preferences.
    """
    WORLDREEL_AP_preferences.bl_idname = package
    for one in (WORLDREEL_AP_preferences, *CLASSES):
        bpy.utils.register_class(one)
    bpy.types.Scene.worldreel = bpy.props.PointerProperty(type=WORLDREEL_PG_scene)


def unregister() -> None:
    """End the work under way, and take everything out in the other order."""
    Now.end()
    Now.error = ""
    del bpy.types.Scene.worldreel
    for one in reversed((WORLDREEL_AP_preferences, *CLASSES)):
        bpy.utils.unregister_class(one)
