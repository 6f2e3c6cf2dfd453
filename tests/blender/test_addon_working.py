"""Operators that make a run anew keep what was changed by hand; all of them run in background."""

import json
import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import scene_text
from pipeline.run_folder.stage_file import read_stage, write_stage
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Collider
from scene_builder.model.timeline import Timeline

bpy = pytest.importorskip("bpy")
pytestmark = [pytest.mark.bpy, pytest.mark.slow]

GRAPH = SceneGraph.model_validate(
    {"schema": "worldreel.scene/1", "prompt": "A ball falls on a table", "duration_secs": 0.5,
     "entities": [{"id": "table", "noun": "table"}, {"id": "ball", "noun": "ball"}],
     "relations": [{"subject": "ball", "predicate": "above", "object": ["table"]}],
     "outcomes": [{"predicate": "falls", "subject": "ball"}]}
)  # fmt: skip


@pytest.fixture
def run(tmp_path, build):
    """A run folder of two frames: a box on the ground."""
    box = replace(
        build.body("box#1", build.box_mesh(0.3, 0.3, 0.3)), entity="box",
        collider=Collider(shape="box", size=(0.3, 0.3, 0.3), center=np.array([0, 0, 0.15])),
        center_of_mass=np.array([0, 0, 0.15]),
    )  # fmt: skip
    stage = replace(
        build.stage_of(box, build.level_ground()),
        timeline=Timeline(frame_count=2, fps=Fraction(24), substeps=20),
    )
    graph = SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "prompt": "A box",
            "entities": [{"id": "box", "noun": "box"}],
        }
    )
    write_stage(tmp_path / "run" / "stage.json", stage)
    write_text(tmp_path / "run" / "scene.json", scene_text(graph))
    return tmp_path / "run"


def test_build_and_next_take_keep_what_was_changed_by_hand(addon, tmp_path):
    run = tmp_path / "run"
    (tmp_path / "graph.json").write_text(scene_text(GRAPH))
    bpy.ops.worldreel.build(scene_file=str(tmp_path / "graph.json"), out=str(run), seed=3)
    table = addon.objects["table#1"]
    began = table.location.x
    table.location.x += 0.3
    table.scale = (1.0, 1.0, 1.1)
    bpy.ops.mesh.primitive_cube_add(size=0.2, location=(1.5, 0, 0.1))
    bpy.ops.worldreel.mark(role="static", substance="wood")
    height = read_stage(run / "stage.json").body("table#1").mesh.high[2]

    def holds():
        stage = read_stage(run / "stage.json")
        moved, shown = stage.body("table#1"), addon.objects["table#1"]
        assert moved.pose.position[0] == pytest.approx(began + 0.3, abs=1e-4)
        assert moved.mesh.high[2] == pytest.approx(1.1 * height, rel=1e-4)
        assert shown.location.x == pytest.approx(began + 0.3, abs=1e-4)
        assert shown.dimensions.z == pytest.approx(1.1 * height, rel=1e-3)
        assert stage.body("cube#1").mobility == "static"
        assert addon.objects["Cube"]["worldreel_id"] == "cube#1"

    bpy.ops.worldreel.next_take()  # not simulated before: what stands in the scene counts
    holds()
    bpy.ops.worldreel.build()
    holds()
    bpy.ops.worldreel.build()  # scaled once, however often it is built
    holds()
    bpy.ops.worldreel.build(keep=False)
    stage = read_stage(run / "stage.json")
    assert stage.body("table#1").pose.position[0] == pytest.approx(began, abs=1e-4)
    assert stage.body("table#1").mesh.high[2] == pytest.approx(height)
    assert "cube#1" not in stage.body_ids
    assert "worldreel_id" not in addon.objects["Cube"]  # it is still there, and the user's
    assert not (run / "by_hand").exists()


def test_render_stylize_and_export_run_in_background(addon, run, tmp_path):
    addon.render.resolution_x, addon.render.resolution_y = 64, 36
    addon.worldreel.run, addon.worldreel.fit = str(run), False
    with pytest.raises(RuntimeError, match="no film yet; press Render and Stylize"):
        bpy.ops.worldreel.export(filepath=str(tmp_path / "film.mp4"))
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}
    before = addon.render.engine, addon.render.filepath, set(addon.objects.keys())
    assert bpy.ops.worldreel.render() == {"FINISHED"}
    assert len(list((run / "frames").glob("*.exr"))) == 2
    assert bpy.ops.worldreel.stylize(style="toon") == {"FINISHED"}
    assert len(list((run / "styled").glob("*.png"))) == 2
    assert bpy.ops.worldreel.export(filepath=str(tmp_path / "film.mp4")) == {"FINISHED"}
    assert (tmp_path / "film.mp4").stat().st_size > 1000
    assert bpy.ops.worldreel.export(to="png", filepath=str(tmp_path / "png")) == {"FINISHED"}
    assert len(list((tmp_path / "png").glob("*.png"))) == 2
    # What is open was not touched by any of that.
    assert (addon.render.engine, addon.render.filepath, set(addon.objects.keys())) == before


def test_what_a_hurried_hand_does_is_answered_in_one_line(addon, run):
    addon.worldreel.run = str(run)
    bpy.ops.worldreel.simulate()
    box = addon.objects["box#1"]
    box.name = "my own name"
    box.location.x += 0.1
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}  # a name is decoration
    assert read_stage(run / "stage.json").body("box#1").pose.position[0] == pytest.approx(0.1)
    box["worldreel_friction"] = float("nan")
    with pytest.raises(RuntimeError, match="friction = nan; it must be a finite number"):
        bpy.ops.worldreel.simulate()
    box["worldreel_friction"] = 0.5
    copy = box.copy()
    copy.name = "My Box (copy)"
    copy.location.x += 1.0
    addon.collection.objects.link(copy)
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}
    assert "box#2" in read_stage(run / "stage.json").body_ids
    for thing in [one for one in addon.objects if one.type == "MESH"]:
        bpy.data.objects.remove(thing)
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}  # it is shown again
    assert "box#1" in {thing.get("worldreel_id") for thing in addon.objects}
    (run / "stage.json").write_text("{")
    with pytest.raises(RuntimeError, match="is no JSON"):
        bpy.ops.worldreel.simulate()


def test_a_copied_thing_of_two_words_gets_a_name_that_is_allowed(addon, tmp_path, build):
    from pipeline.blender_addon.restaging.documents import read_edits, write_edits
    from pipeline.blender_addon.scene.gathering import gather
    from pipeline.blender_addon.scene.placing import place

    glass = replace(build.body("glass#1", build.box_mesh()), noun="wine glass")
    write_stage(tmp_path / "stage.json", build.stage_of(glass))
    place(addon, tmp_path, fit=False, anew=True)
    copy = addon.objects["glass#1"].copy()
    addon.collection.objects.link(copy)
    edits = gather(addon, tmp_path)
    write_edits(tmp_path / "edits.json", edits)
    assert [one.body for one in read_edits(tmp_path / "edits.json").added] == ["wine_glass#1"]
    assert json.loads((tmp_path / "edits.json").read_text())["added"][0]["noun"] == "wine_glass"


@pytest.mark.skipif(sys.platform != "linux", reason="links installed packages, as Linux has them")
def test_the_zip_works_where_there_is_blender_and_nothing_else(tmp_path):
    """Its own wheel travels in the zip; what that declares to need is linked, and nothing else."""
    from pipeline.blender_addon.packing.check import check
    from pipeline.blender_addon.packing.wheels import NEEDED, ONLY_ON, own_wheel
    from pipeline.blender_addon.packing.zips import pack

    wheel = own_wheel(tmp_path / "own", isolated=False, weights=False)
    (archive,) = pack(tmp_path / "zip", ["linux-x64"], wheels=[wheel])
    told = check(archive, beside=[*NEEDED, *ONLY_ON["linux-x64"]])
    assert told["blender"] == bpy.app.version_string
    assert len(told["found"]) > 10
    assert [name for name, holds in told["found"].items() if not holds] == []
