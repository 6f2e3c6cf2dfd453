"""The sidebar's tab worldreel."""

import textwrap

import bpy

from pipeline.blender_addon.interface.working import Now
from pipeline.blender_addon.scene import marks
from pipeline.verify.report import FAILED, HELD

_ICONS = {HELD: "CHECKMARK", FAILED: "X"}
LETTERS = 44
"""What a line of the sidebar holds at the width that Blender gives it."""
_COLUMNS = {
    "entities": ("count", "color", "material", "noun"),
    "relations": ("subject", "predicate", "object"),
    "actions": ("actor", "verb", "target", "direction", "speed"),
    "outcomes": ("negated", "subject", "predicate", "object", "count"),
}


def _lines(layout: bpy.types.UILayout, text: str, icon: str) -> None:
    """Show a text in as many lines as it takes: a label would cut it off."""
    column = layout.column(align=True)
    for k, line in enumerate(textwrap.wrap(text, LETTERS)):
        column.label(text=line, icon=icon if k == 0 else "BLANK1")


def _buttons(layout: bpy.types.UILayout, *names: str) -> None:
    row = layout.row(align=True)
    for name in names:
        row.operator(f"worldreel.{name}")


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
        if Now.error and Now.running is None:
            _lines(layout, Now.error, "ERROR")
        if Now.running is not None:
            layout.progress(factor=Now.running.share, text=Now.running.text)
            layout.operator("worldreel.cancel", icon="CANCEL")
            return
        layout.operator("worldreel.make", icon="PLAY")
        _buttons(layout, "plan", "build")
        _buttons(layout, "simulate", "next_take", "verify")
        _buttons(layout, "render", "stylize", "export")
        if known.summary:
            _lines(layout, known.summary, "INFO")
        layout.prop(known, "run", text="Run")
        layout.operator("worldreel.asset_library", icon="ASSET_MANAGER")
        layout.operator("worldreel.remove", icon="TRASH")


class WORLDREEL_PT_graph(_Tab):  # noqa: N801
    """The scene graph."""

    bl_idname, bl_label = "WORLDREEL_PT_graph", "Scene graph"
    bl_parent_id = "WORLDREEL_PT_main"

    def draw(self, context: bpy.types.Context) -> None:
        """Show the lists, outcomes with a tick or a cross."""
        known = context.scene.worldreel
        self.layout.enabled = Now.running is None  # what a job has read would be lost
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
                _lines(self.layout, claim.evidence, "BLANK1")


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
        if marks.SUBSTANCE in thing:
            self.layout.prop(thing, f'["{marks.SUBSTANCE}"]', text="Substance")
        row = self.layout.row(align=True)
        for role in ("dynamic", "static", "none"):
            pressed = thing.get(marks.ROLE, "none") == role
            button = row.operator("worldreel.mark", text=role.capitalize(), depress=pressed)
            button.role = role


PANELS = (WORLDREEL_PT_main, WORLDREEL_PT_graph, WORLDREEL_PT_body, WORLDREEL_PT_claims)
