"""Blender: its light on our truth, its motion, its silence about what is not ours."""

from dataclasses import replace

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from render.blender.keyframes import keyframe  # noqa: E402
from render.blender.renderer import BlenderRenderer  # noqa: E402
from render.blender.settings import set_engine, set_output  # noqa: E402
from render.blender.theatre import open_theatre, scratch_folder  # noqa: E402
from render.truth.passes import Truth  # noqa: E402
from scene_builder.model.errors import RenderError  # noqa: E402

pytestmark = pytest.mark.bpy

DRAFT = BlenderRenderer(samples=1, denoise=False, device="cpu")


@pytest.fixture(scope="module")
def frames(table_stage, table_motion, table_track):
    return list(DRAFT.render(table_stage, table_motion, table_track, frames=range(2, 4)))


def test_the_light_and_the_truth_see_the_same_bodies(frames, table_stage):
    frame = frames[1]
    assert frame.frame == 3
    assert np.isfinite(frame.rgb).all()
    assert (frame.rgb >= 0).all()
    assert frame.rgb.max() > 0.05
    assert ((frame.albedo >= 0) & (frame.albedo <= 1)).all()
    ball, cup = (table_stage.body_ids.index(name) + 1 for name in ("ball#1", "cup#1"))
    assert frame.albedo[frame.body_index == ball].mean(0).argmax() == 0
    assert frame.albedo[frame.body_index == cup].mean(0).argmax() == 2


def test_blender_is_as_deep_as_our_truth(table_stage, table_motion, table_track, tmp_path):
    surfaces = Truth(table_stage, table_motion, table_track).surfaces(3)
    with open_theatre(table_stage, table_track) as theatre:
        set_engine(theatre.scene, engine="cycles", samples=1, denoise=False, device="cpu")
        set_output(theatre.scene, table_track.lens.size_px)
        theatre.scene.view_layers[0].use_pass_z = True
        theatre.scene.cycles.pixel_filter_type = "BOX"
        theatre.scene.cycles.filter_width = 0.01
        theatre.show(3, table_motion)
        theatre.film(tmp_path)
        theirs = depth_pass(tmp_path / "frame.exr")
    ours = surfaces.depth.reshape(theirs.shape)
    solid = np.isfinite(ours) & (theirs < 1e4)
    assert (np.isfinite(ours) == (theirs < 1e4)).mean() > 0.99
    off = np.abs(theirs[solid] - ours[solid]) / ours[solid]
    assert np.median(off) < 1e-5
    assert (off < 1e-3).mean() > 0.99


def depth_pass(path):
    import OpenEXR

    with OpenEXR.File(str(path), separate_channels=True) as file:
        channels = {name: c.pixels for part in file.parts for name, c in part.channels.items()}
    (name,) = [n for n in channels if ".Depth" in n]
    return np.array(channels[name], dtype=float)


def test_the_engine_tells_the_colours_of_all_reflections(table_stage, table_motion, table_track):
    small = replace(table_track, lens=replace(table_track.lens, size_px=(24, 16)))
    with open_theatre(table_stage, small) as theatre, scratch_folder() as folder:
        set_engine(theatre.scene, engine="cycles", samples=1, denoise=False, device="cpu")
        set_output(theatre.scene, small.lens.size_px)
        theatre.show(3, table_motion)
        light = theatre.film(folder)
    assert light.pop("Combined").shape == (16, 24, 3)
    diffuse, glossy, through = (
        next(light.pop(name) for name in names if name in light)
        for names in (("DiffCol", "Diffuse Color"), ("GlossCol", "Glossy Color"),
                      ("TransCol", "Transmission Color"))
    )  # fmt: skip
    assert not light
    assert diffuse.max() > 0.1
    assert glossy.min() >= 0
    assert not through.any()


def test_frames_do_not_depend_on_which_others_are_rendered(
    frames, table_stage, table_motion, table_track
):
    alone = next(DRAFT.render(table_stage, table_motion, table_track, frames=range(3, 4)))
    assert alone.rgb.tobytes() == frames[1].rgb.tobytes()
    assert alone.albedo.tobytes() == frames[1].albedo.tobytes()
    assert alone.depth.tobytes() == frames[1].depth.tobytes()


def test_what_was_in_blender_stays_and_nothing_else_does(table_stage, table_motion, table_track):
    mine = bpy.data.objects.new("mine", bpy.data.meshes.new("mine"))
    before = {kind: len(getattr(bpy.data, kind)) for kind in ("scenes", "objects", "materials")}
    small = replace(table_track, lens=replace(table_track.lens, size_px=(24, 16)))
    next(DRAFT.render(table_stage, table_motion, small, frames=range(1)))
    after = {kind: len(getattr(bpy.data, kind)) for kind in before}
    assert after == before
    assert mine.name == "mine"
    bpy.data.objects.remove(mine)


def test_no_engine_outlives_its_scene(table_stage, table_motion, table_track, monkeypatch):
    import cycles

    freed = []

    def free(engine):
        cycles.engine.free(engine)
        freed.append(engine)

    monkeypatch.setattr(cycles.CyclesRender, "__del__", free)
    small = replace(table_track, lens=replace(table_track.lens, size_px=(24, 16)))
    with open_theatre(table_stage, small) as theatre, scratch_folder() as folder:
        set_engine(theatre.scene, engine="cycles", samples=1, denoise=False, device="cpu")
        set_output(theatre.scene, small.lens.size_px)
        theatre.show(3, table_motion)
        theatre.film(folder)
        kept = len(freed)
    assert len(freed) == kept + 1  # else its graph keeps pointing to the scene that is gone


def test_keyframes_are_where_the_trajectory_is(table_stage, table_motion, table_track):
    present = np.ones_like(table_motion.present)
    present[:2, table_motion.index("cup#1")] = False
    motion = replace(table_motion, present=present)
    with open_theatre(table_stage, table_track) as theatre:
        scene, things = theatre.scene, theatre.assembly.objects
        keyframe(theatre.assembly, motion, table_track, scene=scene, camera=theatre.camera)
        assert (scene.frame_start, scene.frame_end) == (0, 5)
        assert scene.render.fps / scene.render.fps_base == pytest.approx(24)
        for frame in range(6):
            scene.frame_set(frame)
            graph = scene.view_layers[0].depsgraph
            for name, thing in things.items():
                if not motion.present[frame, motion.index(name)]:
                    continue
                placed = np.array(thing.evaluated_get(graph).matrix_world)
                pose = motion.pose(frame, name)
                np.testing.assert_allclose(placed[:3, 3], pose.position, atol=1e-4)
                np.testing.assert_allclose(placed[:3, :3], pose.rotation, atol=1e-5)
            eye = np.array(theatre.camera.evaluated_get(graph).matrix_world.translation)
            np.testing.assert_allclose(eye, table_track.positions[frame], atol=1e-4)
            assert things["cup#1"].evaluated_get(graph).hide_render == (frame < 2)


def test_bad_options_are_clear_errors():
    with pytest.raises(RenderError, match="at least 1"):
        BlenderRenderer(samples=0)
