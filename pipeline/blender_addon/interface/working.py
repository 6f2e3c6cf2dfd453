"""A job as an operator: done at once from a script, in another process while a window is open."""

from typing import Any, ClassVar

import bpy

from pipeline.blender_addon.interface.asking import finish, job_for, own_environment
from pipeline.blender_addon.interface.preferences import key
from pipeline.blender_addon.job import explained, perform
from pipeline.blender_addon.running import CANCELLED, Running, start
from pipeline.blender_addon.telling import Telling

GLANCE_SECS = 0.2
"""How often a worker is listened to [s]."""

SHARED = ("prompt", "preset", "style", "seed", "duration", "fit", "keep")


class Now:
    """The job under way in this Blender, if any.

    Attributes:
        running: The job.
        timer: What wakes the operator that listens to it.
        error: Why the last job came to nothing; "" if it did not.
    """

    running: Running | None = None
    timer: Any = None
    error: str = ""

    @classmethod
    def end(cls) -> None:
        """Let go of the job, and end it if it is not over."""
        running, cls.running = cls.running, None
        timer, cls.timer = cls.timer, None
        if timer is not None:
            bpy.context.window_manager.event_timer_remove(timer)
        if running is not None:
            running.stop()


def has_window() -> bool:
    """Whether somebody looks on, whom a long job must not keep waiting."""
    return not bpy.app.background


class JobOperator(bpy.types.Operator):
    """A job on the scene's run: blocking where it is executed, in a worker where it is invoked."""

    # Not REGISTER: "Adjust Last Operation" would do all of it again, in the window.
    bl_options: ClassVar = {"UNDO"}
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
            return self._failed(explained(error))
        return self._succeeded(context.scene, notes)

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Let another process do the job while the window goes on."""
        del event
        if not has_window():
            return self.execute(context)
        try:
            self._take_over(context.scene)
            job = job_for(context.scene, self.operation, **self._more())
            self._mine = Now.running = start(job, blender=bpy.app.binary_path, key=key())
        except Exception as error:  # noqa: BLE001 - as above
            return self._failed(explained(error))
        self._scene = context.scene.name
        manager = context.window_manager
        Now.timer = manager.event_timer_add(GLANCE_SECS, window=context.window)
        manager.modal_handler_add(self)
        return {"RUNNING_MODAL"}

    def modal(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Listen to the worker; never wait for it."""
        if Now.running is None:
            return {"CANCELLED"}
        if event.type != "TIMER":
            return {"PASS_THROUGH"}
        over = Now.running.poll()
        _redraw(context)
        if not over:
            return {"PASS_THROUGH"}
        ran = Now.running
        Now.end()
        scene = bpy.data.scenes.get(self._scene)
        if ran.error or scene is None:
            return self._failed(ran.error or "the scene was deleted meanwhile")
        try:
            finish(scene, ran.job)
        except Exception as error:  # noqa: BLE001 - as above
            return self._failed(explained(error))
        return self._succeeded(scene, ran.notes)

    def cancel(self, context: bpy.types.Context) -> None:
        """End the job: its window was closed, or another file was opened."""
        del context
        if Now.running is getattr(self, "_mine", None):
            Now.end()

    def _take_over(self, scene: bpy.types.Scene) -> None:
        """Enter what the caller gave into the scene, where the panel shows it."""
        for name in SHARED:
            if hasattr(self, name) and self.properties.is_property_set(name):
                setattr(scene.worldreel, name, getattr(self, name))

    def _more(self) -> dict[str, str]:
        return {}

    def _failed(self, why: str) -> set[str]:
        wanted = why == CANCELLED
        Now.error = "" if wanted else why
        self.report({"WARNING" if wanted else "ERROR"}, why)
        return {"CANCELLED"}

    def _succeeded(self, scene: bpy.types.Scene, notes: list[str]) -> set[str]:
        Now.error = ""
        for note in filter(None, notes):
            self.report({"INFO"}, note)
        return self._done(scene)

    def _done(self, scene: bpy.types.Scene) -> set[str]:
        del scene
        return {"FINISHED"}


def _redraw(context: bpy.types.Context) -> None:
    """Let the sidebar show how far the job is; what else is open is not drawn again."""
    for area in context.screen.areas if context.screen else ():
        for region in area.regions if area.type == "VIEW_3D" else ():
            if region.type == "UI":
                region.tag_redraw()
