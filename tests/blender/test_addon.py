"""The add-on in a Blender without a window: what its operators do to the open scene."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import read_document, scene_text
from pipeline.run_folder.motion_files import read_trajectory
from pipeline.run_folder.stage_file import read_stage, write_stage
from pipeline.verify.report import Report
from scene_builder.assets.mass import mass_of
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Collider
from scene_builder.model.timeline import Timeline

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.bpy


def solid(build, body_id, size, pose, mobility="dynamic", density=600.0):
    mesh = build.box_mesh(*size)
    mass = mass_of(mesh.vertices, mesh.triangles, density)
    return replace(
        build.body(body_id, mesh, build.paint("plastic", (0.6, 0.1, 0.1)), pose=pose),
        mass_kg=mass.mass_kg, center_of_mass=mass.center_of_mass, inertia=mass.inertia,
        collider=Collider(shape="box", size=size, center=np.array([0, 0, size[2] / 2])),
        mobility=mobility, entity=body_id.partition("#")[0], restitution=0.1,
    )  # fmt: skip


@pytest.fixture
def run(tmp_path, build):
    """A run folder: a block above a table."""
    ground = replace(
        build.body("ground", build.box_mesh(6, 6, 0.001), pose=Pose.at(0, 0, -0.001)),
        mobility="static", collider=Collider(shape="plane", center=np.zeros(3)), mass_kg=0.0,
        inertia=np.zeros((3, 3)),
    )  # fmt: skip
    stage = build.stage_of(
        solid(build, "table#1", (0.8, 0.6, 0.7), Pose.identity(), "static"),
        solid(build, "block#1", (0.1, 0.1, 0.1), Pose.at(0, 0, 0.9)),
        ground,
    )
    stage = replace(stage, timeline=Timeline(frame_count=24, fps=Fraction(24), substeps=20))
    graph = SceneGraph.model_validate(
        {"schema": "worldreel.scene/1", "prompt": "A block falls on a table",
         "entities": [{"id": "table", "noun": "table"}, {"id": "block", "noun": "block"}],
         "outcomes": [{"predicate": "falls", "subject": "block"}]}
    )  # fmt: skip
    write_stage(tmp_path / "run" / "stage.json", stage)
    write_text(tmp_path / "run" / "scene.json", scene_text(graph))
    return tmp_path / "run"


@pytest.fixture
def addon(scene):
    """The add-on in an empty scene."""
    from pipeline.blender_addon.registering import register, unregister

    register()
    yield scene
    unregister()


@pytest.mark.slow
def test_it_comes_and_goes_twice_and_leaves_nothing(scene):
    from pipeline.blender_addon.registering import register, unregister

    def left():
        handlers = [len(getattr(bpy.app.handlers, n)) for n in ("load_post", "save_pre")]
        return [n for n in dir(bpy.types) if n.startswith("WORLDREEL_")], handlers

    before = left()
    for _ in range(2):
        register()
        assert hasattr(bpy.types.Scene, "worldreel")
        unregister()
        assert left() == before
        assert not hasattr(bpy.types.Scene, "worldreel")


@pytest.mark.slow
def test_a_scene_that_was_edited_by_hand_is_simulated_as_it_stands(addon, run, tmp_path):
    mine = bpy.data.objects.new("mine", None)
    addon.collection.objects.link(mine)
    addon.frame_end, addon.worldreel.run = 99, str(run)
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}
    things = addon.worldreel.collection.all_objects
    block, table = things["block#1"], things["table#1"]
    assert block.animation_data.action
    assert table.animation_data is None
    assert (addon.frame_start, addon.frame_end) == (0, 23)

    table.location.x += 0.3
    table.scale = (1, 1, 1.1)
    bpy.ops.mesh.primitive_monkey_add(size=0.2, location=(0.3, 0, 1.0))
    suzanne = bpy.context.object
    assert bpy.ops.worldreel.mark(role="dynamic", substance="wood") == {"FINISHED"}
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "edited.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "edited.blend"))
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}
    assert bpy.ops.worldreel.verify() == {"FINISHED"}

    stage, motion = read_stage(run / "stage.json"), read_trajectory(run / "trajectory.npz")
    assert stage.body("table#1").pose.position[0] == pytest.approx(0.3, abs=1e-5)
    assert stage.body("table#1").mesh.high[2] == pytest.approx(0.77, abs=1e-5)
    ends = {name: motion.pose(-1, name).position for name in motion.body_ids}
    assert ends["block#1"][2] == pytest.approx(0.77, abs=5e-3)  # on the higher table
    assert 0.7 < ends["suzanne#1"][2] < 0.9
    assert read_document(run / "report.json", Report).certificate == "held"
    suzanne = bpy.context.scene.objects["Suzanne"]
    bpy.context.scene.frame_set(23)
    assert suzanne.matrix_world.translation.z < 0.95
    assert bpy.context.scene.worldreel.outcomes[0].status == "held"

    # Nothing was changed since: nothing is read back, and the motion stands.
    (run / "edits.json").unlink()
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}
    assert not (run / "edits.json").exists()
    assert bpy.ops.worldreel.remove() == {"FINISHED"}
    assert {thing.name for thing in bpy.context.scene.objects} == {"mine", "Suzanne"}
    assert bpy.context.scene.frame_end == 99


@pytest.mark.slow
def test_what_is_moved_at_a_later_frame_is_moved_as_much_at_the_first(addon, run):
    from pipeline.blender_addon.scene.gathering import gather

    addon.worldreel.run = str(run)
    bpy.ops.worldreel.simulate()
    addon.frame_set(12)
    block = addon.objects["block#1"]
    block.location.x += 0.2
    copy = block.copy()
    copy.location.y += 0.2
    addon.collection.objects.link(copy)
    addon.objects["table#1"].material_slots[0].material.diffuse_color = (0, 1, 0, 1)
    edits = gather(addon, run)
    moved = {edit.body: edit.pose.position for edit in edits.bodies if edit.pose is not None}
    np.testing.assert_allclose(moved["block#1"], [0.2, 0, 0.9], atol=1e-4)
    assert [one.body for one in edits.added] == ["block#2"]
    assert {edit.body: edit.colors for edit in edits.bodies}["table#1"] == ((0, (0.0, 1.0, 0.0)),)


def test_errors_are_one_line_reports(addon):
    with pytest.raises(RuntimeError, match="no run yet; write a prompt"):
        bpy.ops.worldreel.simulate()
    with pytest.raises(RuntimeError, match="nothing"):
        bpy.ops.worldreel.mark(substance="nothing")


@pytest.mark.slow
def test_the_graph_is_read_listed_edited_and_read_again(addon, tmp_path, monkeypatch):
    from pipeline.blender_addon.interface import asking
    from pipeline.blender_addon.scene.lists import listed_graph
    from pipeline.run_folder.documents import read_scene

    monkeypatch.setattr(asking, "reader_name", lambda: "rules")
    words = "A red ball falls on a wooden table"
    assert bpy.ops.worldreel.plan(prompt=words, out=str(tmp_path / "run"), seed=3) == {"FINISHED"}
    known = addon.worldreel
    assert [(e.id, e.color) for e in known.entities] == [("ball", "red"), ("table", "")]
    graph = read_scene(tmp_path / "run" / "scene.json")
    assert listed_graph(known, graph) == graph
    known.entities[0].color, known.entities[0].mass_kg = "blue", 0.45
    changed = listed_graph(known, graph)
    assert (changed.entities[0].color, changed.entities[0].mass_kg) == ("blue", 0.45)


@pytest.mark.slow
def test_the_panel_draws_all_that_there_is(addon, run):
    from types import SimpleNamespace

    from pipeline.blender_addon.interface.panel import PANELS

    addon.worldreel.run = str(run)
    bpy.ops.worldreel.simulate()
    bpy.ops.worldreel.verify()
    drawn = []

    class Layout:
        def prop(self, data, name, **more):
            assert name.startswith("[") or name in data.bl_rna.properties
            drawn.append(name)

        def label(self, **more):
            drawn.append((more.get("text"), more.get("icon")))

        def operator(self, name, **more):
            assert hasattr(bpy.ops.worldreel, name.partition(".")[2])
            drawn.append(name)
            return SimpleNamespace()

        def row(self, **more):
            return self

        box = row

    context = SimpleNamespace(scene=addon, object=addon.objects["block#1"])
    for panel in PANELS:
        buttons = getattr(panel, "_buttons", None)
        me = SimpleNamespace(layout=Layout())
        if buttons is not None:
            me._buttons = lambda *names, f=buttons, m=me: f(m, *names)
        panel.draw(me, context)
    assert {"worldreel.make", "worldreel.export", "prompt"} <= set(drawn)
    assert ("", "CHECKMARK") in drawn  # the outcome's tick
    assert ("block#1", "PHYSICS") in drawn


@pytest.mark.slow
def test_a_worker_does_a_job_in_a_process_of_its_own(run):
    import time

    from pipeline.blender_addon.job import Job
    from pipeline.blender_addon.running import command, start

    job = Job(operation="plan", run=str(run), options={"reader": "rules"})
    running = start(job, blender="", key="secret")
    ends = time.perf_counter() + 30
    while not running.poll() and time.perf_counter() < ends:
        time.sleep(0.05)
    assert running.error == ""
    assert "secret" not in (run / "manifest.json").read_text()
    assert command("/opt/blender", Path("job.json"))[:2] == ["/opt/blender", "--background"]
    assert json.loads(job.text())["operation"] == "plan"


@pytest.mark.slow
def test_the_zip_is_valid_by_blenders_own_rules(tmp_path):
    import zipfile

    from pipeline.blender_addon.packing.zips import manifest_text, pack

    (made,) = pack(tmp_path, ["linux-x64"], wheels=[])
    assert set(zipfile.ZipFile(made).namelist()) == {"__init__.py", "blender_manifest.toml"}
    assert 'wheels = [\n  "./wheels/a.whl",\n]' in manifest_text("linux-x64", ["a.whl"])
