"""What the panel's buttons do, callable from scripts as well."""

from typing import ClassVar

import bpy
from bpy.props import BoolProperty, EnumProperty, FloatProperty, IntProperty, StringProperty

from pipeline.blender_addon.interface.asking import finish, job_for, own_environment
from pipeline.blender_addon.interface.preferences import key, runs_folder
from pipeline.blender_addon.job import explained, perform
from pipeline.blender_addon.running import Running, start
from pipeline.blender_addon.scene.properties import PRESETS
from pipeline.blender_addon.telling import Telling
from pipeline.steps.verify import REPORT
from pipeline.verify.report import FAILED

GLANCE_SECS = 0.2
"""How often a worker is listened to [s]."""

SHARED = ("prompt", "preset", "style", "seed", "duration", "fit", "keep")


class Now:
    """The job under way in this Blender, if any."""

    running: Running | None = None


class _Job(bpy.types.Operator):
    """A job on the scene's run: blocking where it is executed, in a worker where it is invoked."""

    bl_options: ClassVar = {"REGISTER", "UNDO"}
    operation = ""

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Whether another job may begin."""
        return context.scene is not None and Now.running is None

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Do the job here and now."""
        notes: list[str] = []
        try:
            self._take_over(context.scene)
            job = job_for(context.scene, self.operation, **self._more())
            with own_environment():
                perform(job, Telling(lambda told: notes.append(str(told.get("note", "")))))
            finish(context.scene, job)
        except Exception as error:  # noqa: BLE001 - a user sees one line, never a traceback
            self.report({"ERROR"}, explained(error))
            return {"CANCELLED"}
        for note in filter(None, notes):
            self.report({"INFO"}, note)
        return self._done(context.scene)

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Let another process do the job while the window goes on."""
        del event
        if bpy.app.background:
            return self.execute(context)
        try:
            self._take_over(context.scene)
            job = job_for(context.scene, self.operation, **self._more())
            Now.running = start(job, blender=bpy.app.binary_path, key=key())
        except Exception as error:  # noqa: BLE001 - as above
            self.report({"ERROR"}, explained(error))
            return {"CANCELLED"}
        self._scene = context.scene.name
        manager = context.window_manager
        self._timer = manager.event_timer_add(GLANCE_SECS, window=context.window)
        manager.modal_handler_add(self)
        return {"RUNNING_MODAL"}

    def modal(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Listen to the worker; never wait for it."""
        if event.type != "TIMER" or Now.running is None:
            return {"PASS_THROUGH"} if Now.running is not None else self._end(context)
        over = Now.running.poll()
        for area in context.screen.areas if context.screen else ():
            area.tag_redraw()
        if not over:
            return {"PASS_THROUGH"}
        ran, Now.running = Now.running, None
        self._end(context)
        scene = bpy.data.scenes.get(self._scene)
        if ran.error or scene is None:
            self.report({"ERROR"}, ran.error or "the scene was deleted meanwhile")
            return {"CANCELLED"}
        try:
            finish(scene, ran.job)
        except Exception as error:  # noqa: BLE001 - as above
            self.report({"ERROR"}, explained(error))
            return {"CANCELLED"}
        for note in ran.notes:
            self.report({"INFO"}, note)
        return self._done(scene)

    def _end(self, context: bpy.types.Context) -> set[str]:
        context.window_manager.event_timer_remove(self._timer)
        return {"CANCELLED"}

    def _take_over(self, scene: bpy.types.Scene) -> None:
        """Enter what the caller gave into the scene, where the panel shows it."""
        for name in SHARED:
            if hasattr(self, name) and self.properties.is_property_set(name):
                setattr(scene.worldreel, name, getattr(self, name))

    def _more(self) -> dict[str, str]:
        return {}

    def _done(self, scene: bpy.types.Scene) -> set[str]:
        del scene
        return {"FINISHED"}


class _FromWords(_Job):
    """A job that may begin with words."""

    prompt: StringProperty(name="Prompt", description="What happens, in a sentence")
    preset: EnumProperty(name="Preset", items=PRESETS)
    style: StringProperty(name="Style")
    seed: IntProperty(name="Seed", min=0)
    duration: FloatProperty(name="Seconds", min=0.0, max=1000.0)
    fit: BoolProperty(name="Fit the scene", default=True)
    keep: BoolProperty(name="Keep my edits", default=True)
    scene_file: StringProperty(name="Scene graph", subtype="FILE_PATH")
    out: StringProperty(name="Run folder", subtype="DIR_PATH")

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


class WORLDREEL_OT_simulate(_Job):  # noqa: N801
    """Let everything move, from where it stands in the scene now."""

    bl_idname, bl_label, operation = "worldreel.simulate", "Re-simulate", "simulate"


class WORLDREEL_OT_next_take(_Job):  # noqa: N801
    """Show another take of the same words; what was changed by hand stays."""

    bl_idname, bl_label, operation = "worldreel.next_take", "Next take", "next_take"
    keep: BoolProperty(name="Keep my edits", default=True)


class WORLDREEL_OT_verify(_Job):  # noqa: N801
    """Hold the motion against the words and the laws of motion."""

    bl_idname, bl_label, operation = "worldreel.verify", "Verify", "verify"

    def _done(self, scene: bpy.types.Scene) -> set[str]:
        failed = any(claim.status == FAILED for claim in scene.worldreel.claims)
        self.report({"WARNING" if failed else "INFO"}, f"{scene.worldreel.summary} ({REPORT})")
        return {"FINISHED"}


class WORLDREEL_OT_render(_Job):  # noqa: N801
    """Render every frame of the run with its exact truth, in worldreel's own settings."""

    bl_idname, bl_label, operation = "worldreel.render", "Render", "render"


class WORLDREEL_OT_stylize(_Job):  # noqa: N801
    """Give every frame its look, and make film.mp4 of them."""

    bl_idname, bl_label, operation = "worldreel.stylize", "Stylize", "stylize"
    style: StringProperty(name="Style")


class WORLDREEL_OT_export(_Job):  # noqa: N801
    """Write the run as a file for other programs."""

    bl_idname, bl_label, operation = "worldreel.export", "Export", "export"
    filepath: StringProperty(name="Path", subtype="FILE_PATH")
    to: StringProperty(name="Form", default="mp4", description="As `worldreel export --to`")

    def _more(self) -> dict[str, str]:
        return {"export_to": self.to, "path": bpy.path.abspath(self.filepath)}


class WORLDREEL_OT_asset_library(_Job):  # noqa: N801
    """Write all that worldreel builds as an asset library, and show it in the asset browser."""

    bl_idname, bl_label, operation = "worldreel.asset_library", "Asset library", "asset_library"
    filepath: StringProperty(name="Folder", subtype="DIR_PATH", description="Empty for the runs'")

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
