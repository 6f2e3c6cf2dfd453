"""A web page with a scene: whole, or its checker says what is wrong with it."""

import base64
from dataclasses import replace
from pathlib import Path

from physics.trajectory import Trajectory
from pipeline.export.gltf.page import page_with
from pipeline.export.gltf.page_checking import findings_in, scene_in
from pipeline.export.gltf.scene import glb_bytes
from pipeline.run_folder.motion_files import write_trajectory
from render.shot import Shot
from tests.pipeline.conftest import tiny_stage, tiny_track
from tests.pipeline.usd_scenes import dressed


def test_a_page_is_sound_and_every_planted_defect_is_found(
    motion: Trajectory, tmp_path: Path
) -> None:
    shot = Shot(stage=tiny_stage(), trajectory=motion, track=tiny_track())
    run = tmp_path / "run"
    write_trajectory(run / "trajectory.npz", shot.trajectory)
    path = run / "export" / "film.html"
    path.parent.mkdir()
    page = page_with(
        glb_bytes(shot, dressed(shot)), title='Balls & "blocks"', credits="by <nobody>"
    )
    path.write_text(page)
    assert findings_in(path) == ()
    scene = base64.b64encode(scene_in(page)).decode()
    moved = replace(
        shot, trajectory=replace(shot.trajectory, positions=shot.trajectory.positions + 1)
    )
    elsewhere = base64.b64encode(glb_bytes(moved, dressed(shot))).decode()
    defects = {
        page.replace("<canvas", '<script src="https://example.org/player.js"></script><canvas'):
            "from elsewhere: <script",
        page.replace("<canvas", '<link rel="stylesheet" href="style.css"><canvas'): "<link",
        page.replace("<style>", "<style>@import url(other.css);"): "style sheet",
        page.replace('id="scene"', 'id="other"'): "0 scenes",
        page.replace(scene, ""): "damaged",
        page.replace(scene, scene[:-7]): "damaged",
        page.replace(scene, elsewhere): "m from where the run has it",
    }  # fmt: skip
    for planted, said in defects.items():
        path.write_text(planted)
        failed = [finding.text for finding in findings_in(path) if finding.failed]
        assert any(said in text for text in failed), (said, failed)
    path.write_bytes(b"\xff\xfe")
    assert [finding.failed for finding in findings_in(path)] == [True]
