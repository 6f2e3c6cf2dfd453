"""The sidebar's tab worldreel."""

import bpy

from pipeline.blender_addon.interface.operators import Now
from pipeline.blender_addon.scene import marks
from pipeline.verify.report import FAILED, HELD

_ICONS = {HELD: "CHECKMARK", FAILED: "X"}
_COLUMNS = {
    "entities": ("count", "color", "material", "noun"),
    "relations": ("subject", "predicate", "object"),
    "actions": ("actor", "verb", "target", "direction", "speed"),
    "outcomes": ("negated", "subject", "predicate", "object", "count"),
}


class _Tab(bpy.types.Panel):
    bl_space_type, bl_region_type, bl_category = "VIEW_3D", "UI", "worldreel"


class WORLDREEL_PT_main(_Tab):  # noqa: N801 - Blender's own spelling
    """Words, choices and buttons."""

    bl_idname, bl_label = "WORLDREEL_PT_main", "worldreel"

    def draw(self, context: bpy.types.Context) -> None:
        """Show the panel."""
        layout, known = self.layout, context.scene.worldreel
        layout.prop(known, "prompt", text="", icon="TEXT", placeholder="What happens?")
        row = layout.row(align=True)
        row.prop(known, "preset", text="")
        row.prop(known, "style", text="", placeholder="Style")
        row.prop(known, "seed")
        row = layout.row()
        row.prop(known, "fit")
        row.prop(known, "keep")
        if Now.running is not None:
            layout.progress(factor=Now.running.share, text=Now.running.text)
            layout.operator("worldreel.cancel", icon="CANCEL")
            return
        layout.operator("worldreel.make", icon="PLAY")
        self._buttons(layout, "plan", "build")
        self._buttons(layout, "simulate", "next_take", "verify")
        self._buttons(layout, "render", "stylize", "export")
        if known.summary:
            layout.label(text=known.summary, icon="INFO")
        layout.prop(known, "run", text="Run")
        layout.operator("worldreel.asset_library", icon="ASSET_MANAGER")
        layout.operator("worldreel.remove", icon="TRASH")

    def _buttons(self, layout: bpy.types.UILayout, *names: str) -> None:
        row = layout.row(align=True)
        for name in names:
            row.operator(f"worldreel.{name}")


class WORLDREEL_PT_graph(_Tab):  # noqa: N801
    """The scene graph."""

    bl_idname, bl_label = "WORLDREEL_PT_graph", "Scene graph"
    bl_parent_id = "WORLDREEL_PT_main"

    def draw(self, context: bpy.types.Context) -> None:
        """Show the lists, outcomes with a tick or a cross."""
        known = context.scene.worldreel
        for name, columns in _COLUMNS.items():
            box = self.layout.box()
            header = box.row()
            header.label(text=name.capitalize())
            header.operator("worldreel.graph_add", text="", icon="ADD").list = name
            for k, item in enumerate(getattr(known, name)):
                row = box.row(align=True)
                if name == "outcomes":
                    row.label(text="", icon=_ICONS.get(item.status, "BLANK1"))
                for column in columns:
                    row.prop(item, column, text="")
                gone = row.operator("worldreel.graph_remove", text="", icon="REMOVE")
                gone.list, gone.index = name, k


class WORLDREEL_PT_claims(_Tab):  # noqa: N801
    """The report."""

    bl_idname, bl_label = "WORLDREEL_PT_claims", "Report"
    bl_parent_id, bl_options = "WORLDREEL_PT_main", {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Show every claim, what failed first."""
        claims = sorted(context.scene.worldreel.claims, key=lambda claim: claim.status != FAILED)
        for claim in claims:
            self.layout.label(text=claim.text, icon=_ICONS.get(claim.status, "QUESTION"))
            if claim.status == FAILED:
                self.layout.label(text=claim.evidence, icon="BLANK1")


class WORLDREEL_PT_body(_Tab):  # noqa: N801
    """The active object as a body."""

    bl_idname, bl_label = "WORLDREEL_PT_body", "Body"
    bl_parent_id = "WORLDREEL_PT_main"

    def draw(self, context: bpy.types.Context) -> None:
        """Show what the active object is, and let it be marked."""
        thing = context.object
        if thing is None or thing.type != "MESH":
            self.layout.label(text="Select a mesh")
            return
        body_id = marks.id_of(thing)
        self.layout.label(text=body_id or f"{thing.name} is no body", icon="PHYSICS")
        for name, text in ((marks.MASS, "Mass [kg]"), (marks.FRICTION, "Friction")):
            if name in thing:
                self.layout.prop(thing, f'["{name}"]', text=text)
        row = self.layout.row(align=True)
        for role in ("dynamic", "static", "none"):
            pressed = thing.get(marks.ROLE, "none") == role
            button = row.operator("worldreel.mark", text=role.capitalize(), depress=pressed)
            button.role = role


PANELS = (WORLDREEL_PT_main, WORLDREEL_PT_graph, WORLDREEL_PT_body, WORLDREEL_PT_claims)
