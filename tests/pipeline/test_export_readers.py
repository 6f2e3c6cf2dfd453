"""Exported files, read back by programs that did not write them, in a process of their own."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("bpy")

from physics.trajectory import Trajectory
from pipeline.export.gltf.scene import glb_bytes
from render.blender.blend_file import save_blend
from render.dressed import DressedSurface, Look
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.material import Material
from scene_builder.model.pose import rotation_from_wxyz
from tests.pipeline.conftest import box_mesh, tiny_stage, tiny_track

pytestmark = [pytest.mark.bpy, pytest.mark.slow]

_TELL = """
import bpy, json, sys
{open}
scene = bpy.context.scene
for other in set(bpy.data.scenes) - {{scene}}:  # what else was open when the file was saved
    bpy.data.scenes.remove(other)
bpy.data.orphans_purge(do_recursive=True)
told = {{"fps": scene.render.fps / scene.render.fps_base, "poses": {{}},
        "points": {{}}, "hidden": {{}},
        "first": scene.frame_start, "last": scene.frame_end,
        "camera": [], "pictures": [[i.packed_file is not None, *i.size] for i in bpy.data.images
                                   if i.source == "FILE"]}}
for frame in range({count}):
    scene.frame_set(frame)
    graph = bpy.context.evaluated_depsgraph_get()
    for thing in scene.objects:
        pose = [list(row) for row in thing.evaluated_get(graph).matrix_world]
        if thing.type == "CAMERA":
            told["camera"].append(pose)
        if thing.type == "MESH":
            told["poses"].setdefault(thing.name, []).append(pose)
            told["hidden"].setdefault(thing.name, []).append(thing.hide_render)
            told["points"][thing.name] = [list(v.co) for v in thing.data.vertices]
with open(sys.argv[-1], "w") as file:
    json.dump(told, file)
"""


def told_by_blender(opening: str, count: int, folder: Path) -> dict:
    program = _TELL.format(open=opening, count=count)
    told = folder / "told.json"
    subprocess.run(
        [sys.executable, "-c", program, str(told)], check=True, timeout=120, capture_output=True
    )
    return json.loads(told.read_text())


@pytest.fixture(scope="module")
def shot(motion: Trajectory) -> Shot:
    present = np.array(motion.present)
    present[:5, motion.index("block#2")] = False
    return Shot(stage=tiny_stage(), trajectory=replace(motion, present=present), track=tiny_track())


def hold(told: dict, motion: Trajectory, body_id: str) -> None:
    """Assert that every pose of a body is the run's, within a tenth of a millimetre."""
    k = motion.index(body_id)
    here = motion.present[:, k]  # what is hidden is not moved
    found = np.array(told["poses"][body_id])[here]
    np.testing.assert_allclose(found[:, :3, 3], motion.positions[here, k], atol=1e-4)
    turns = rotation_from_wxyz(motion.wxyz[here, k])
    np.testing.assert_allclose(found[:, :3, :3], turns, atol=1e-4)


def surfaces(shot: Shot) -> dict[str, tuple[DressedSurface, ...]]:
    made = {}
    for body in shot.stage.bodies:
        corners = body.mesh.triangles.ravel()
        points = np.asarray(body.mesh.vertices[corners], np.float32)
        a, b, c = points[0::3], points[1::3], points[2::3]
        normals = np.cross(b - a, c - a)
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        made[body.id] = (
            DressedSurface(
                points=points, normals=np.repeat(normals, 3, axis=0).astype(np.float32), uv=None,
                triangles=np.arange(len(points), dtype=np.int32).reshape(-1, 3),
                vertex=corners.astype(np.int32),
                look=Look(name=body.noun, base_color=np.full(3, 0.5), emission=np.zeros(3)),
            ),
        )  # fmt: skip
    return made


def test_khronos_importer_finds_every_pose_of_a_glb(shot: Shot, tmp_path: Path) -> None:
    path = tmp_path / "film.glb"
    path.write_bytes(glb_bytes(shot, surfaces(shot)))
    motion = shot.trajectory
    # The importer keys seconds onto the frames of the scene that is open.
    told = told_by_blender(
        "bpy.ops.wm.read_factory_settings(use_empty=True)\n"
        f"bpy.context.scene.render.fps = {int(shot.stage.timeline.fps)}\n"
        f"bpy.ops.import_scene.gltf(filepath={str(path)!r})",
        motion.frame_count,
        tmp_path,
    )
    assert set(told["poses"]) == set(motion.body_ids)
    for body in shot.stage.bodies:
        hold(told, motion, body.id)
        away = np.array(told["poses"][body.id])[~motion.present[:, motion.index(body.id)]]
        assert np.abs(away[:, :3, :3]).max(initial=0) < 1e-6
        points: Array = np.array(told["points"][body.id])
        for low_or_high in (np.min, np.max):
            wanted = low_or_high(body.mesh.vertices, axis=0)
            np.testing.assert_allclose(low_or_high(points, axis=0), wanted, atol=1e-5)


def test_a_blend_file_opens_whole_in_another_process(shot: Shot, tmp_path: Path) -> None:
    run, elsewhere = tmp_path / "run", tmp_path / "elsewhere"
    run.mkdir()
    elsewhere.mkdir()
    noise = np.random.default_rng(0).integers(0, 255, (16, 16, 3), np.uint8)
    Image.fromarray(noise).save(run / "wood.png")
    worn = Material(name="wood", base_color=np.ones(3), textures={"base_color": "wood.png"})
    first, *others = shot.stage.bodies
    textured = replace(first, mesh=box_mesh(0.2, 0.2, 0.2, uv=True), materials=(worn, worn))
    stage = replace(shot.stage, bodies=(textured, *others))
    path = elsewhere / "film.blend"
    save_blend(replace(shot, stage=stage), path, textures_root=run)
    (run / "wood.png").unlink()
    motion = shot.trajectory
    told = told_by_blender(
        f"bpy.ops.wm.open_mainfile(filepath={str(path)!r})", motion.frame_count, tmp_path
    )
    assert (told["first"], told["last"]) == (0, motion.frame_count - 1)
    assert told["fps"] == pytest.approx(float(stage.timeline.fps))
    assert [True, 16, 16] in told["pictures"]
    assert all(packed for packed, *_ in told["pictures"]), told["pictures"]
    for body in stage.bodies:
        hold(told, motion, body.id)
        hidden = np.array(told["hidden"][body.id])
        np.testing.assert_array_equal(hidden, ~motion.present[:, motion.index(body.id)])
    track = shot.track
    seen = np.array(told["camera"])
    np.testing.assert_allclose(seen[:, :3, 3], track.positions, atol=1e-4)
    np.testing.assert_allclose(seen[:, :3, :3], rotation_from_wxyz(track.wxyz), atol=1e-4)
