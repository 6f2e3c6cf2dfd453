"""Work while a window is open: another process does it, and the operator listens to it."""

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

bpy = pytest.importorskip("bpy")
pytestmark = [pytest.mark.bpy, pytest.mark.slow]

MOST_SECS = 600.0
TIMER, OTHER = SimpleNamespace(type="TIMER"), SimpleNamespace(type="MOUSEMOVE")


class Manager:
    """Keeps the timers and handlers that an operator asks for."""

    def __init__(self):
        self.timers, self.handlers = [], []

    def event_timer_add(self, secs, *, window):
        self.timers.append((secs, window))
        return self.timers[-1]

    def event_timer_remove(self, timer):
        self.timers.remove(timer)

    def modal_handler_add(self, operator):
        self.handlers.append(operator)


@pytest.fixture
def window(addon, monkeypatch):
    """A context like that of an open window, whose operators do not wait."""
    from pipeline.blender_addon.interface import working

    manager = Manager()
    area = SimpleNamespace(type="VIEW_3D", regions=[])
    context = SimpleNamespace(
        scene=addon, window_manager=manager, window="the window",
        screen=SimpleNamespace(areas=[area]),
    )  # fmt: skip
    seen = SimpleNamespace(context=context, app=bpy.app, data=bpy.data)
    monkeypatch.setattr(working, "bpy", seen)
    monkeypatch.setattr(working, "has_window", lambda: True)
    yield context
    working.Now.end()
    working.Now.error = ""


@pytest.fixture
def press():
    """Makes an operator as a button does; Blender itself makes none without a window."""
    from pipeline.blender_addon.interface import operators
    from pipeline.blender_addon.interface.working import JobOperator

    def press(name):
        chosen = getattr(operators, f"WORLDREEL_OT_{name}")
        made = {**vars(JobOperator), **vars(chosen)}
        methods = {key: made[key] for key in made if callable(made[key]) or key == "operation"}
        reports = []
        methods["report"] = lambda self, level, text: reports.append((*level, text))
        methods["properties"] = SimpleNamespace(is_property_set=lambda name: False)
        operator = type(name, (), methods)()
        operator.told = reports
        return operator

    return press


def listened(operator, context):
    """Let an operator listen until it is done; return what it says then, and how often it heard."""
    ends = time.monotonic() + MOST_SECS
    for count in range(10**6):
        assert time.monotonic() < ends
        assert operator.modal(context, OTHER) == {"PASS_THROUGH"}  # the window goes on
        told = operator.modal(context, TIMER)
        if told != {"PASS_THROUGH"}:
            return told, count
        time.sleep(0.05)
    return None, 0


def test_a_job_runs_elsewhere_and_blender_is_touched_by_one_thread(addon, window, press, falling):
    from pipeline.blender_addon.interface.working import Now

    addon.worldreel.run = str(falling)
    called = set()

    def note(frame, event, _argument):
        if event == "call":
            called.add((frame.f_code.co_filename, frame.f_code.co_name))

    threading.setprofile(note)  # holds for threads that begin from now on
    try:
        simulate = press("simulate")
        assert simulate.invoke(window, OTHER) == {"RUNNING_MODAL"}
        assert Now.running.process.poll() is None  # it did not wait for the result
    finally:
        threading.setprofile(None)
    assert window.window_manager.handlers == [simulate]
    assert not bpy.ops.worldreel.simulate.poll()  # one job at a time
    told, count = listened(simulate, window)
    assert (told, simulate.told) == ({"FINISHED"}, [])
    assert count > 2
    assert addon.objects["block#1"].animation_data.action
    assert (window.window_manager.timers, Now.running) == ([], None)
    ours = {name for file, name in called if "blender_addon" in file}
    assert ours == {"_listen"}
    assert not [file for file, _ in called if "/bpy/" in file]


def test_cancel_ends_the_worker_and_the_same_button_goes_on(addon, window, press, falling):
    from pipeline.blender_addon.interface.working import Now

    addon.worldreel.run = str(falling)
    simulate = press("simulate")
    simulate.invoke(window, OTHER)
    process = Now.running.process
    assert press("cancel").execute(window) == {"FINISHED"}
    assert Now.running.text == "ending"  # whoever listens sees it end: nobody waits here
    told, _ = listened(simulate, window)
    assert told == {"CANCELLED"}
    assert simulate.told == [("WARNING", "cancelled; the same operator goes on from here")]
    assert process.poll() is not None
    assert (window.window_manager.timers, Now.running, Now.error) == ([], None, "")
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}
    assert press("cancel").execute(window) == {"CANCELLED"}  # nothing is under way


@pytest.mark.parametrize("why", ["another file was opened", "the add-on was disabled"])
def test_nothing_goes_on_when_its_window_or_the_addon_is_gone(
    addon, window, press, falling, why, monkeypatch
):
    from pipeline.blender_addon import registering
    from pipeline.blender_addon.interface.working import Now

    addon.worldreel.run = str(falling)
    simulate = press("simulate")
    simulate.invoke(window, OTHER)
    process = Now.running.process
    if why == "another file was opened":
        simulate.cancel(window)
    else:
        registering.unregister()
    assert process.poll() is not None
    assert (window.window_manager.timers, Now.running, Now.timer) == ([], None, None)
    assert simulate.modal(window, TIMER) == {"CANCELLED"}
    if why == "the add-on was disabled":
        registering.register()


def test_what_goes_wrong_there_is_one_line_here(addon, window, press, falling):
    from pipeline.blender_addon.interface.working import Now

    addon.worldreel.run = str(falling)
    (falling / "scene.json").write_text("{")
    simulate = press("simulate")
    simulate.invoke(window, OTHER)
    told, _ = listened(simulate, window)
    ((level, text),) = simulate.told
    assert (told, level) == ({"CANCELLED"}, "ERROR")
    assert "scene.json" in text
    assert "\n" not in text
    assert Now.error == text


def test_a_worker_is_blender_itself_where_there_is_one(falling, tmp_path):
    """A program that takes Blender's arguments, and does with the script what Blender does."""
    import sys

    from pipeline.blender_addon.job import Job
    from pipeline.blender_addon.running import start

    blender = tmp_path / "blender"
    blender.write_text(
        f"#!/bin/sh\necho \"$@\" > {tmp_path}/given\n"
        "while [ \"$1\" != --python ]; do shift; done\n"
        f"exec {sys.executable} \"$2\" -- \"$4\"\n"
    )  # fmt: skip
    blender.chmod(0o755)
    running = start(
        Job(operation="plan", run=str(falling), options={"reader": "rules"}),
        blender=str(blender), key="secret",
    )  # fmt: skip
    ends = time.monotonic() + MOST_SECS
    while not running.poll() and time.monotonic() < ends:
        time.sleep(0.05)
    assert (running.error, running.succeeded) == ("", True)
    given = (tmp_path / "given").read_text()
    assert given.startswith("--background --factory-startup --python-exit-code 1 --python ")
    assert "secret" not in given
    assert all("secret" not in path.read_text(errors="replace")
               for path in falling.rglob("*") if path.is_file())  # fmt: skip


def test_export_asks_where_to_and_ends_the_name_as_the_form_does(
    addon, window, press, falling, monkeypatch
):
    from pipeline.blender_addon.interface import operators

    monkeypatch.setattr(operators, "has_window", lambda: True)
    addon.worldreel.run = str(falling)
    asked = []
    window.window_manager.fileselect_add = asked.append
    export = press("export")
    export.filepath, export.to = "", "mp4"
    assert export.invoke(window, OTHER) == {"RUNNING_MODAL"}
    assert asked == [export]
    assert Path(export.filepath).name == "run.mp4"
    for form, name in (("glb", "run.glb"), ("spatial", "run.mov"), ("png", "run")):
        export.to = form
        assert export.check(window)
        assert not export.check(window)
        assert Path(export.filepath).name == name
    export.filepath, export.to = str(falling / "shot 1.5"), "mp4"
    export.check(window)
    assert Path(export.filepath).name == "shot 1.5.mp4"
    assert export.execute(window) == {"CANCELLED"}  # the browser has answered
    ((level, text),) = export.told
    assert (level, text) == (
        "ERROR",
        "this run has no film yet; press Render and Stylize, then Export",
    )
