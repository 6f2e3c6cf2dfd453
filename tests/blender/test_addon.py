"""The add-on in a Blender without a window: what its operators do to the open scene."""

import numpy as np
import pytest

from pipeline.run_folder.documents import read_document
from pipeline.run_folder.motion_files import read_trajectory
from pipeline.run_folder.stage_file import read_stage
from pipeline.verify.report import Report

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.bpy


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
def test_a_scene_that_was_edited_by_hand_is_simulated_as_it_stands(addon, falling, tmp_path):
    mine = bpy.data.objects.new("mine", None)
    addon.collection.objects.link(mine)
    addon.frame_end, addon.worldreel.run = 99, str(falling)
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

    stage, motion = read_stage(falling / "stage.json"), read_trajectory(falling / "trajectory.npz")
    assert stage.body("table#1").pose.position[0] == pytest.approx(0.3, abs=1e-5)
    assert stage.body("table#1").mesh.high[2] == pytest.approx(0.77, abs=1e-5)
    ends = {name: motion.pose(-1, name).position for name in motion.body_ids}
    assert ends["block#1"][2] == pytest.approx(0.77, abs=5e-3)  # on the higher table
    assert 0.7 < ends["suzanne#1"][2] < 0.9
    assert read_document(falling / "report.json", Report).certificate == "held"
    suzanne = bpy.context.scene.objects["Suzanne"]
    bpy.context.scene.frame_set(23)
    assert suzanne.matrix_world.translation.z < 0.95
    assert bpy.context.scene.worldreel.outcomes[0].status == "held"

    # Nothing was changed since: nothing is read back, and the motion stands.
    (falling / "edits.json").unlink()
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}
    assert not (falling / "edits.json").exists()
    assert bpy.ops.worldreel.remove() == {"FINISHED"}
    assert {thing.name for thing in bpy.context.scene.objects} == {"mine", "Suzanne"}
    assert bpy.context.scene.frame_end == 99


@pytest.mark.slow
def test_what_is_moved_at_a_later_frame_is_moved_as_much_at_the_first(addon, falling):
    from pipeline.blender_addon.scene.gathering import gather

    addon.worldreel.run = str(falling)
    bpy.ops.worldreel.simulate()
    addon.frame_set(12)
    block = addon.objects["block#1"]
    block.location.x += 0.2
    copy = block.copy()
    copy.location.y += 0.2
    addon.collection.objects.link(copy)
    addon.objects["table#1"].material_slots[0].material.diffuse_color = (0, 1, 0, 1)
    edits = gather(addon, falling)
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
def test_the_zip_is_valid_by_blenders_own_rules(tmp_path):
    import zipfile

    from pipeline.blender_addon.packing.zips import manifest_text, pack

    (made,) = pack(tmp_path, ["linux-x64"], wheels=[])
    assert set(zipfile.ZipFile(made).namelist()) == {"__init__.py", "blender_manifest.toml"}
    assert 'wheels = [\n  "./wheels/a.whl",\n]' in manifest_text("linux-x64", ["a.whl"])
