"""What the panel's buttons do, callable from scripts as well."""

from pathlib import Path

import bpy
from bpy.props import BoolProperty, EnumProperty, FloatProperty, IntProperty, StringProperty

from pipeline.blender_addon.interface.preferences import runs_folder
from pipeline.blender_addon.interface.working import JobOperator, Now, has_window
from pipeline.blender_addon.scene.properties import (
    FITTING,
    KEEPING,
    PRESETS,
    SEEDING,
    STYLES,
)
from pipeline.plugins import listing
from pipeline.steps.verify import REPORT
from pipeline.verify.report import FAILED

_FORMS = tuple((name, name, entry.says) for name, entry in listing("exporter").items())
_FRESH = {"SKIP_SAVE"}
"""A button means what the panel says, not what a script has asked for before."""
_FOLDERS = ("png", "asset-library")
_ENDINGS = {"spatial": "mov"}


class _FromWords(JobOperator):
    """A job that may begin with words."""

    prompt: StringProperty(
        name="Prompt", options=_FRESH, description="What happens, in a sentence"
    )  # fmt: skip
    preset: EnumProperty(
        name="Preset", items=PRESETS, options=_FRESH, description="How well it is rendered"
    )
    style: StringProperty(name="Style", options=_FRESH, description=STYLES)
    seed: IntProperty(name="Seed", min=0, options=_FRESH, description=SEEDING)
    duration: FloatProperty(
        name="Seconds", min=0.0, max=1000.0, options=_FRESH, description="0: as the words say"
    )
    fit: BoolProperty(name="Fit the scene", default=True, options=_FRESH, description=FITTING)
    keep: BoolProperty(name="Keep my edits", default=True, options=_FRESH, description=KEEPING)
    scene_file: StringProperty(
        name="Scene graph", subtype="FILE_PATH", options=_FRESH,
        description="A scene.json in place of words",
    )  # fmt: skip
    out: StringProperty(
        name="Run folder", subtype="DIR_PATH", options=_FRESH,
        description="Empty for a new one among the runs",
    )  # fmt: skip

    def _take_over(self, scene: bpy.types.Scene) -> None:
        super()._take_over(scene)
        if self.out:
            if bpy.path.abspath(self.out) != bpy.path.abspath(scene.worldreel.run):
                scene.worldreel.run_words = ""
            scene.worldreel.run = self.out

    def _more(self) -> dict[str, str]:
        file = bpy.path.abspath(self.scene_file) if self.scene_file else ""
        return {"scene_file": file, "out": self.out}


class WORLDREEL_OT_plan(_FromWords):  # noqa: N801 - Blender's own spelling
    """Read the words, and show what they say."""

    bl_idname, bl_label, operation = "worldreel.plan", "Plan", "plan"


class WORLDREEL_OT_build(_FromWords):  # noqa: N801
    """Place, size and dress everything; what was changed by hand stays, unless it is given up."""

    bl_idname, bl_label, operation = "worldreel.build", "Build", "build"


class WORLDREEL_OT_make(_FromWords):  # noqa: N801
    """Read, build, simulate and verify: from a sentence to an animated scene."""

    bl_idname, bl_label, operation = "worldreel.make", "Make", "make"

    def _done(self, scene: bpy.types.Scene) -> set[str]:
        self.report({"INFO"}, scene.worldreel.summary)
        return {"FINISHED"}


class WORLDREEL_OT_simulate(JobOperator):  # noqa: N801
    """Let everything move, from where it stands in the scene now."""

    bl_idname, bl_label, operation = "worldreel.simulate", "Re-simulate", "simulate"


class WORLDREEL_OT_next_take(JobOperator):  # noqa: N801
    """Show another take of the same words; what was changed by hand stays."""

    bl_idname, bl_label, operation = "worldreel.next_take", "Next take", "next_take"
    keep: BoolProperty(name="Keep my edits", default=True, options=_FRESH, description=KEEPING)


class WORLDREEL_OT_verify(JobOperator):  # noqa: N801
    """Hold the motion against the words and the laws of motion."""

    bl_idname, bl_label, operation = "worldreel.verify", "Verify", "verify"

    def _done(self, scene: bpy.types.Scene) -> set[str]:
        failed = any(claim.status == FAILED for claim in scene.worldreel.claims)
        self.report({"WARNING" if failed else "INFO"}, f"{scene.worldreel.summary} ({REPORT})")
        return {"FINISHED"}


class WORLDREEL_OT_render(JobOperator):  # noqa: N801
    """Render every frame of the run with its exact truth, in worldreel's own settings."""

    bl_idname, bl_label, operation = "worldreel.render", "Render", "render"


class WORLDREEL_OT_stylize(JobOperator):  # noqa: N801
    """Give every frame its look, and make film.mp4 of them."""

    bl_idname, bl_label, operation = "worldreel.stylize", "Stylize", "stylize"
    style: StringProperty(name="Style", options=_FRESH, description=STYLES)


class WORLDREEL_OT_export(JobOperator):  # noqa: N801
    """Write the run as a file for other programs."""

    bl_idname, bl_label, operation = "worldreel.export", "Export", "export"
    filepath: StringProperty(
        name="Path", subtype="FILE_PATH", options=_FRESH,
        description="A file, or for some forms a folder",
    )  # fmt: skip
    to: EnumProperty(name="Form", items=_FORMS, default="mp4", description="What is written")

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Ask for a path where a window can, and then let another process write."""
        self._is_asking = has_window() and not self.filepath
        if not self._is_asking:
            return super().invoke(context, event)
        run = Path(bpy.path.abspath(context.scene.worldreel.run or "//film"))
        beside = Path(bpy.data.filepath).parent if bpy.data.filepath else run.parent
        self.filepath = str(beside / run.name)
        self.check(context)
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def check(self, context: bpy.types.Context) -> bool:
        """Let the path in the file browser end as its form does; return whether it changed."""
        del context
        path = Path(self.filepath)
        bare = path.with_suffix("") if path.suffix[1:] in (*listing("exporter"), "mov") else path
        ending = "" if self.to in _FOLDERS else f".{_ENDINGS.get(self.to, self.to)}"
        wanted = str(bare.with_name(bare.name + ending)) if bare.name else self.filepath
        changed = bool(wanted != self.filepath)
        self.filepath = wanted
        return changed

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Write at once; if the file browser has just answered, in another process."""
        if getattr(self, "_is_asking", False):
            try:
                bpy.ops.worldreel.export("INVOKE_DEFAULT", filepath=self.filepath, to=self.to)
            except RuntimeError as error:  # Blender raises what the other one has reported
                return self._failed(str(error).removeprefix("Error: ").strip())
            return {"FINISHED"}
        return super().execute(context)

    def _more(self) -> dict[str, str]:
        path = bpy.path.abspath(self.filepath) if self.filepath else ""
        return {"export_to": self.to, "path": path}


class WORLDREEL_OT_asset_library(JobOperator):  # noqa: N801
    """Write all that worldreel builds as an asset library, and show it in the asset browser."""

    bl_idname, bl_label, operation = "worldreel.asset_library", "Asset library", "asset_library"
    filepath: StringProperty(
        name="Folder", subtype="DIR_PATH", options=_FRESH, description="Empty for the runs'"
    )

    def _more(self) -> dict[str, str]:
        given = bpy.path.abspath(self.filepath) if self.filepath else ""
        return {"path": given or str(runs_folder() / "asset_library")}


class WORLDREEL_OT_cancel(bpy.types.Operator):  # noqa: N801
    """End the work under way; what is finished stays."""

    bl_idname, bl_label = "worldreel.cancel", "Cancel"

    def execute(self, context: bpy.types.Context) -> set[str]:
        """End the worker."""
        del context
        if Now.running is None:
            self.report({"WARNING"}, "nothing is under way")
            return {"CANCELLED"}
        Now.running.cancel()
        return {"FINISHED"}


JOBS = (
    WORLDREEL_OT_plan, WORLDREEL_OT_build, WORLDREEL_OT_make, WORLDREEL_OT_simulate,
    WORLDREEL_OT_next_take, WORLDREEL_OT_verify, WORLDREEL_OT_render, WORLDREEL_OT_stylize,
    WORLDREEL_OT_export, WORLDREEL_OT_asset_library, WORLDREEL_OT_cancel,
)  # fmt: skip
