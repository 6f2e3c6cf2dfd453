"""report.html shows everything, is one file, and asks nobody for anything."""

import html.parser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from pipeline.command_line.main import main


class Links(html.parser.HTMLParser):
    """Everything that a page would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        names = ["src", "poster", "srcset", "data"] + (["href"] if tag == "link" else [])
        self.loaded += [values[name] or "" for name in names if name in values]


def test_the_page_holds_the_whole_run(finished_folder: Path) -> None:
    text = (finished_folder / "report.html").read_text()
    for told in (
        "A red ball falls beside two blue blocks", "claims held", "ball left of block",
        "no mechanical energy comes from nowhere", "12 at 12 fps", "64×36", "stylize",
        "A &lt;b&gt;&amp; Co", "CC0-1.0", "Figures of the motion", "Where the time went",
    ):  # fmt: skip
        assert told in text
    links = Links(text)
    assert all(link.startswith("data:") for link in links.loaded)
    assert {"video", "img", "svg"} <= set(links.tags)
    assert "script" not in links.tags
    assert not re.search(r"url\(|@import", text)


def test_words_cannot_become_markup(stage_folder: Path) -> None:
    scene = stage_folder / "scene.json"
    scene.write_text(scene.read_text().replace("A red ball", "<script>alert(1)</script><b>"))
    assert main(["verify", str(stage_folder), "--renderer", "flat"]) == 0
    assert "script" not in Links((stage_folder / "report.html").read_text()).tags


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_draws_the_page_and_plays_the_film(finished_folder: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    page = (finished_folder / "report.html").read_text()
    probe = page.replace(
        "</body>",
        "<script>const v = document.querySelector('video'); const tell = t => "
        "document.body.dataset.film = t; v.onerror = () => tell('error'); v.onloadeddata = () => "
        "tell(v.videoWidth + 'x' + v.videoHeight + ' ' + v.duration.toFixed(2));</script></body>",
    ).replace("default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'")
    (tmp_path / "probe.html").write_text(probe)
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/user"]
    said = subprocess.run(
        [browser, *flags, "--virtual-time-budget=5000", "--dump-dom", f"file://{tmp_path}/probe.html"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert 'data-film="64x36 1.00"' in said.stdout
    shot = tmp_path / "shot.png"
    subprocess.run(
        [browser, *flags, "--window-size=390,800", f"--screenshot={shot}",
         f"file://{finished_folder}/report.html"],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    with Image.open(shot) as image:
        assert len(image.convert("RGB").getcolors(1 << 20)) > 50
