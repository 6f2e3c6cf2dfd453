"""A web page with a scene: it plays, whole, or its checker says what is wrong with it."""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from physics.trajectory import Trajectory
from pipeline.export.gltf.page_checking import findings_in, scene_in
from pipeline.export.gltf.scene import glb_bytes
from pipeline.run_folder.motion_files import write_trajectory
from pipeline.scene_page.page import page_with, player_script, policy, script_hash, viewer_script
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.light import Light
from scene_builder.model.pose import Pose
from tests.pipeline.chromium import Tab, tab
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
    tag = '<model-viewer id="view"'
    scene = base64.b64encode(scene_in(page)).decode()
    moved = replace(
        shot, trajectory=replace(shot.trajectory, positions=shot.trajectory.positions + 1)
    )
    elsewhere = base64.b64encode(glb_bytes(moved, dressed(shot))).decode()
    defects = {
        page.replace(tag, f'<script src="https://example.org/player.js"></script>{tag}'):
            "from elsewhere: <script",
        page.replace(tag, f'<link rel="stylesheet" href="style.css">{tag}'): "<link",
        page.replace("<style>", "<style>@import url(other.css);"): "style sheet",
        page.replace("<body>", '<body style="background: url(paper.png)">'): "style of <body>",
        page.replace('"neutral"', '"https://example.org/sky.hdr"'): "environment-image=",
        page.replace(tag, '<model-viewer id="none"'): "0 viewers",
        page.replace("default-src 'none'", "default-src *"): "security policy",
        page.replace(" connect-src blob:", ""): "security policy",
        page.replace("<head>", "<head><script>1</script>"): "security policy",
        page.replace(viewer_script(), viewer_script()[:-1]): "scripts",
        page.replace(player_script(), ""): "scripts",
        page.replace("</body>", "<script>fetch('x')</script></body>"): "scripts",
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


def test_the_viewer_is_the_published_one() -> None:
    folder = files("pipeline.scene_page").joinpath("model_viewer")
    about = json.loads(folder.joinpath("about.json").read_text("utf-8"))
    script = gzip.decompress(folder.joinpath("model-viewer.min.js.gz").read_bytes())
    assert hashlib.sha256(script).hexdigest() == about["sha256"]
    assert about["version"] in about["source"]
    notices = folder.joinpath("notices.txt").read_text("utf-8")
    assert f"{about['name']} {about['version']}" in notices.splitlines()[0]
    for text in ("Apache License", "MIT License", "BSD 3-Clause License", "three.js", "Lit"):
        assert text in notices


def test_a_page_says_whose_work_plays_it_and_takes_any_title() -> None:
    page = page_with(b"glTF", title='@SCENE@ "</script>" & @CREDITS@', credits="@PLAYER@ by <me>")
    assert "&lt;model-viewer&gt; 4.4.0" in page
    assert page.count("@SCENE@ &quot;&lt;/script&gt;&quot; &amp; @CREDITS@") == 3
    assert "@PLAYER@ by &lt;me&gt;" in page
    assert page.count(player_script()) == page.count(viewer_script()) == 1
    for script in (player_script(), viewer_script()):
        assert script_hash(script) in policy()
        assert "</script" not in script.lower()


@pytest.fixture
def lit(motion: Trajectory) -> Shot:
    """The tiny stage under a sun that stands to the left."""
    half = np.sqrt(0.5)
    sun = Light(
        id="sun", kind="sun", power=5.0, size=0.01, color=np.array([1.0, 0.9, 0.8]),
        pose=Pose(position=np.array([-9.0, 0, 9]), wxyz=np.array([half, 0, -half, 0])),
    )  # fmt: skip
    return Shot(stage=replace(tiny_stage(), lights=(sun,)), trajectory=motion, track=tiny_track())


def _sun_in(glb: bytes) -> tuple[dict[str, Any], Array]:
    """Return the lamp of a GLB file, and where it shines to."""
    document = json.loads(glb[20 : 20 + int.from_bytes(glb[12:16], "little")])
    assert document["extensionsUsed"] == ["KHR_lights_punctual"]
    (lamp,) = document["extensions"]["KHR_lights_punctual"]["lights"]
    (node,) = [n for n in document["nodes"] if "extensions" in n]
    x, y, z, w = node["rotation"]
    return lamp, -np.array([2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)])


def test_the_light_of_the_film_shines_from_where_it_stands(lit: Shot) -> None:
    lamp, ahead = _sun_in(glb_bytes(lit, dressed(lit), sunlit=True))
    assert (lamp["type"], lamp["color"]) == ("directional", [1.0, 0.9, 0.8])
    np.testing.assert_allclose(ahead, [1, 0, 0], atol=1e-6)  # it shines to the right
    assert b"KHR_lights" not in glb_bytes(lit, dressed(lit))


def test_in_a_room_the_lamp_shines_and_not_the_sun_behind_the_wall(lit: Shot) -> None:
    (sun,) = lit.stage.lights
    straight = Pose(position=np.array([0.0, 0, 2]), wxyz=np.array([1.0, 0, 0, 0]))
    lamp = replace(sun, id="key", kind="area", power=40.0, pose=straight)
    room = replace(lit.stage.environment, indoor=True)
    both = replace(lit, stage=replace(lit.stage, lights=(sun, lamp), environment=room))
    np.testing.assert_allclose(
        _sun_in(glb_bytes(both, dressed(both), sunlit=True))[1], [0, -1, 0], atol=1e-6
    )


@pytest.fixture
def shown(lit: Shot, tmp_path: Path) -> Iterator[Tab]:
    """A browser that has opened a page from the disk, at its first moment."""
    path = tmp_path / "film.html"
    path.write_text(page_with(glb_bytes(lit, dressed(lit), sunlit=True), title="A ball"))
    with tab(tmp_path) as browser:
        browser.open(f"{path.as_uri()}#time=0")
        browser.wait_for("document.body?.dataset.ready === 'yes'")
        yield browser


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_plays_the_page_from_the_disk(shown: Tab, lit: Shot) -> None:
    assert shown.value("document.querySelector('model-viewer').duration") == pytest.approx(
        lit.trajectory.times[-1], abs=1e-3
    )
    first = shown.picture()
    assert len(np.unique(first[:300].reshape(-1, 3), axis=0)) > 200
    eye = lit.track.positions[0]
    orbit = "const v = document.querySelector('model-viewer'), o = v.getCameraOrbit(), "
    orbit += "t = v.getCameraTarget(), s = o.radius * Math.sin(o.phi);"
    place = "[t.x + s * Math.sin(o.theta), t.y + o.radius * Math.cos(o.phi),"
    place += " t.z + s * Math.cos(o.theta)]"
    found = shown.value(f"(() => {{ {orbit} return {place}; }})()")
    np.testing.assert_allclose(found, [eye[0], eye[2], -eye[1]], atol=1e-3)
    key = "new KeyboardEvent('keydown', {key: 'End', bubbles: true})"
    shown.value(f"document.body.dispatchEvent({key})")
    shown.wait_for("document.querySelector('model-viewer').currentTime > 0.2")
    assert np.abs(shown.picture() - first).max() > 60
    shown.value("document.getElementById('play').click()")
    assert shown.value("document.getElementById('play').textContent") == "Pause"
    quarrels = [text for text in shown.said if "timed out" not in text]
    assert quarrels == []
    assert {address.partition(":")[0] for address in shown.asked} <= {"file", "blob", "data"}


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_without_3d_says_so(tmp_path: Path, lit: Shot) -> None:
    path = tmp_path / "film.html"
    path.write_text(page_with(glb_bytes(lit, dressed(lit)), title="A ball"))
    with tab(tmp_path, "--disable-3d-apis") as browser:
        browser.open(path.as_uri())
        browser.wait_for("document.getElementById('message')?.hidden === false")
        assert "WebGL 2" in browser.value("document.getElementById('message').textContent")
