"""report.html plays the scene that was exported as a page, and runs no other script."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.command_line.main import main
from pipeline.export.gltf.page import page_with
from pipeline.export.gltf.scene import glb_bytes
from pipeline.run_folder.motion_files import read_track, read_trajectory
from pipeline.run_folder.stage_file import read_stage
from pipeline.verify import viewer
from pipeline.verify.viewer import VIEWER, allowed_script, put_viewer_in, viewer_section
from render.dressed import DressedSurface, Look
from render.shot import Shot
from scene_builder.model.arrays import Array


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


def drawn(text: str, folder: Path) -> Array:
    """Return the picture of a page (h w 3) that Chromium shows."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    page, shot = folder / "page.html", folder / "shot.png"
    page.write_text(text)
    flags = ["--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader"]
    flags += ["--enable-unsafe-swiftshader", "--hide-scrollbars", f"--user-data-dir={folder}/user"]
    subprocess.run(
        [browser, *flags, "--window-size=700,520", "--virtual-time-budget=4000",
         f"--screenshot={shot}", f"file://{page}"],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    with Image.open(shot) as image:
        return np.asarray(image.convert("RGB"), np.int16)


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_shows_the_scene_inside_of_the_report(exported: Path, tmp_path: Path) -> None:
    put_viewer_in(exported / "report.html")
    text = (exported / "report.html").read_text()
    head, body = text[: text.index("<body>")], viewer_section(exported)
    page = f"{head}<body><main>{body}</main></body></html>"
    assert "default-src 'none'" in head

    def reds(picture: Array) -> int:
        red, green, blue = np.moveaxis(picture, -1, 0)
        return int(((red > green + 60) & (red > blue + 60)).sum())

    shown = drawn(page, tmp_path)
    assert reds(shown) > 100  # the ball
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) > 200
    assert reds(drawn(page.replace(allowed_script(), "'none'"), tmp_path)) == 0
