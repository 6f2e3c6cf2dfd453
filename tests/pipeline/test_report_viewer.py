"""report.html plays the scene that was exported as a page, and runs no other script."""

import os
from pathlib import Path

import numpy as np
import pytest

from pipeline.command_line.main import main
from pipeline.export.gltf.scene import glb_bytes
from pipeline.run_folder.motion_files import read_track, read_trajectory
from pipeline.run_folder.stage_file import read_stage
from pipeline.scene_page.page import page_with, player_script, script_hash
from pipeline.verify import viewer
from pipeline.verify.viewer import VIEWER, put_viewer_in, viewer_section
from render.dressed import DressedSurface, Look
from render.shot import Shot
from scene_builder.model.arrays import Array
from tests.pipeline.chromium import tab


@pytest.fixture
def exported(finished_folder: Path) -> Path:
    """A finished run with its scene as a page."""
    shot = Shot(
        stage=read_stage(finished_folder / "stage.json"),
        trajectory=read_trajectory(finished_folder / "trajectory.npz"),
        track=read_track(finished_folder / "track.npz"),
    )
    dressed = {}
    for body in shot.stage.bodies:
        corners = body.mesh.triangles.ravel()
        points = np.asarray(body.mesh.vertices[corners], np.float32)
        a, b, c = points[0::3], points[1::3], points[2::3]
        normals = np.repeat(np.cross(b - a, c - a), 3, axis=0)
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        look = Look(
            name=body.noun, base_color=body.materials[0].base_color, emission=np.zeros(3),
            color_map=None if body.noun == "ball" else np.full((8, 8, 3), 90, np.uint8),
        )  # fmt: skip
        uv = np.random.default_rng(0).random((len(points), 2)).astype(np.float32)
        dressed[body.id] = (
            DressedSurface(
                points=points, normals=normals.astype(np.float32), look=look,
                uv=uv if look.has_maps else None,
                triangles=np.arange(len(points), dtype=np.int32).reshape(-1, 3),
                vertex=corners.astype(np.int32),
            ),
        )  # fmt: skip
    page = finished_folder / VIEWER
    page.parent.mkdir(exist_ok=True)
    page.write_text(page_with(glb_bytes(shot, dressed), title='Balls & "blocks"'))
    return finished_folder


def test_a_report_without_an_exported_page_has_none(finished_folder: Path) -> None:
    assert "<iframe" not in (finished_folder / "report.html").read_text()
    assert put_viewer_in(finished_folder / "report.html")
    assert "<iframe" not in (finished_folder / "report.html").read_text()
    assert not put_viewer_in(finished_folder / "nothing.html")


def test_an_exported_page_is_put_in_and_stays(exported: Path) -> None:
    report = exported / "report.html"
    assert put_viewer_in(report)
    text = report.read_text()
    assert text.count("<iframe") == 1
    assert put_viewer_in(report)
    assert report.read_text() == text
    assert main(["verify", str(exported)]) == 0
    assert report.read_text().count("<iframe") == 1
    (exported / VIEWER).unlink()
    put_viewer_in(report)
    assert "<iframe" not in report.read_text()


def test_a_page_of_an_earlier_motion_is_left_out(exported: Path) -> None:
    moved = (exported / "trajectory.npz").stat().st_mtime
    os.utime(exported / VIEWER, (moved - 60, moved - 60))
    assert "<iframe" not in viewer_section(exported)


def test_a_large_page_is_linked(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewer, "MAX_EMBEDDED_BYTES", 100)
    section = viewer_section(exported)
    assert 'href="export/film.html"' in section
    assert "<iframe" not in section


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_shows_the_scene_inside_of_the_report(exported: Path, tmp_path: Path) -> None:
    report = exported / "report.html"
    put_viewer_in(report)
    assert "default-src 'none'" in report.read_text()

    def reds(picture: Array) -> int:
        red, green, blue = np.moveaxis(picture, -1, 0)
        return int(((red > green + 60) & (red > blue + 60)).sum())

    there = "document.querySelector('iframe')?.contentDocument.body?.dataset.ready === 'yes'"
    with tab(tmp_path, size=(900, 700)) as browser:
        browser.open(report.as_uri())
        browser.wait_for("document.querySelector('iframe')?.scrollIntoView() === undefined")
        browser.wait_for(there)
        browser.value("new Promise(go => setTimeout(go, 500))")
        assert reds(browser.picture()) > 100  # the ball
        assert [text for text in browser.said if "timed out" not in text] == []
        report.write_text(report.read_text().replace(script_hash(player_script()), "'none'", 1))
        browser.open(report.as_uri())
        browser.wait_for("document.querySelector('iframe')?.scrollIntoView() === undefined")
        browser.value("new Promise(go => setTimeout(go, 3000))")
        assert not browser.value(there)
        assert any("script" in text for text in browser.said)
