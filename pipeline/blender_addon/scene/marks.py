"""Custom properties that say what an object is to worldreel; they are saved with the .blend."""

import bpy

from scene_builder.blender.assemble import ID_PROPERTY

ROLE = "worldreel_role"
MASS = "worldreel_mass_kg"
FRICTION = "worldreel_friction"
SUBSTANCE = "worldreel_substance"
OWN = "worldreel_own"
"""True for an object that the user brought along: it is never deleted."""
PROP = "worldreel_prop"
"""True for a lamp or a camera of the run."""
COLOR = "worldreel_color"
"""The colours that a material of ours was made with: its shader's, then the viewport's (6)."""

ROLES = ("dynamic", "static", "kinematic")
MARKS = (ID_PROPERTY, ROLE, MASS, FRICTION, SUBSTANCE, OWN)


def id_of(thing: bpy.types.Object) -> str | None:
    """Return the id of the body that an object shows, or None."""
    value = thing.get(ID_PROPERTY)
    return value if isinstance(value, str) and value else None


def is_ours(thing: bpy.types.Object) -> bool:
    """Whether an object was made by the add-on."""
    return bool(thing.get(PROP)) or (id_of(thing) is not None and not thing.get(OWN))


def is_added(thing: bpy.types.Object) -> bool:
    """Whether an object is the user's and marked as a body."""
    return thing.type == "MESH" and thing.get(ROLE) in ROLES and not is_ours(thing)


def unmark(thing: bpy.types.Object) -> None:
    """Take all marks off an object."""
    for name in MARKS:
        if name in thing:
            del thing[name]
