"""Operators that say what objects are to worldreel, and that take a run out of the scene."""

from typing import ClassVar

import bpy
from bpy.props import EnumProperty, FloatProperty, IntProperty, StringProperty

from pipeline.blender_addon.scene import marks
from pipeline.blender_addon.scene.fitting import unfit_scene
from pipeline.blender_addon.scene.gathering import DEFAULT_SUBSTANCE
from pipeline.blender_addon.scene.placing import clear
from pipeline.blender_addon.scene.properties import LISTS
from scene_builder.knowledge.materials import is_substance, known_substances

ROLES = (
    ("dynamic", "Dynamic", "It moves by the laws of motion"),
    ("static", "Static", "It stays where it is"),
    ("none", "Nothing", "It is no body"),
)
_LISTED = tuple((name, name.capitalize(), "") for name in LISTS)


class WORLDREEL_OT_mark(bpy.types.Operator):  # noqa: N801 - Blender's own spelling
    """Say how the selected meshes move when the scene is simulated."""

    bl_idname, bl_label = "worldreel.mark", "Mark"
    bl_options: ClassVar = {"REGISTER", "UNDO"}
    role: EnumProperty(name="Role", items=ROLES, description="How it moves")
    substance: StringProperty(
        name="Substance", description=f"Empty for what it was, else {DEFAULT_SUBSTANCE}"
    )
    mass_kg: FloatProperty(name="Mass [kg]", min=0.0, description="0: by volume and substance")

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Mark the selected objects."""
        if self.substance and not is_substance(self.substance):
            near = ", ".join(known_substances()[:12])
            self.report({"ERROR"}, f"no substance {self.substance!r}; there are {near}, …")
            return {"CANCELLED"}
        things = [thing for thing in context.scene.objects if thing.select_get()]
        meshes = [thing for thing in things if thing.type == "MESH"]
        if not meshes:
            self.report({"ERROR"}, "no mesh is selected; select the objects that shall be bodies")
            return {"CANCELLED"}
        for thing in meshes:
            self._mark(thing)
        return {"FINISHED"}

    def _mark(self, thing: bpy.types.Object) -> None:
        if self.role == "none":
            marks.unmark(thing)
            return
        thing[marks.ROLE] = self.role
        if marks.is_ours(thing):
            return
        known = thing.get(marks.SUBSTANCE, DEFAULT_SUBSTANCE)
        thing[marks.SUBSTANCE] = self.substance or known
        if self.mass_kg > 0:
            thing[marks.MASS] = self.mass_kg
        elif marks.MASS in thing:
            del thing[marks.MASS]


class WORLDREEL_OT_remove(bpy.types.Operator):  # noqa: N801
    """Take all that worldreel put into the scene out again; the run folder stays."""

    bl_idname, bl_label = "worldreel.remove", "Remove from the scene"
    bl_options: ClassVar = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Remove objects, collection and world, and give the scene its own settings back."""
        known = context.scene.worldreel
        unfit_scene(context.scene)
        if known.collection is not None:
            clear(known.collection)
            if not known.collection.all_objects:
                bpy.data.collections.remove(known.collection)
        world, known.world = known.world, None
        if world is not None and world.users == 0:
            bpy.data.worlds.remove(world)
        return {"FINISHED"}


class WORLDREEL_OT_graph_add(bpy.types.Operator):  # noqa: N801
    """Add a row to the scene graph."""

    bl_idname, bl_label = "worldreel.graph_add", "Add"
    bl_options: ClassVar = {"REGISTER", "UNDO"}
    list: EnumProperty(name="List", items=_LISTED, description="Which list")

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Add a row."""
        rows = getattr(context.scene.worldreel, self.list)
        row = rows.add()
        if self.list == "entities":
            row.name = row.id = f"thing_{len(rows)}"
            row.noun = "ball"
        return {"FINISHED"}


class WORLDREEL_OT_graph_remove(bpy.types.Operator):  # noqa: N801
    """Take a row out of the scene graph."""

    bl_idname, bl_label = "worldreel.graph_remove", "Remove"
    bl_options: ClassVar = {"REGISTER", "UNDO"}
    list: EnumProperty(name="List", items=_LISTED, description="Which list")
    index: IntProperty(name="Row", min=0, description="Counted from 0")

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Remove the row."""
        rows = getattr(context.scene.worldreel, self.list)
        if self.index >= len(rows):
            self.report({"ERROR"}, f"{self.list} has {len(rows)} rows, counted from 0")
            return {"CANCELLED"}
        rows.remove(self.index)
        return {"FINISHED"}


MARKING = (
    WORLDREEL_OT_mark, WORLDREEL_OT_remove, WORLDREEL_OT_graph_add, WORLDREEL_OT_graph_remove
)  # fmt: skip
