"""Whatever a film is exported to, whose work it shows goes along."""

import json
import re
import struct
from pathlib import Path

import numpy as np
import pytest

from pipeline.credits import credits_text
from pipeline.plugins import create, listing
from pipeline.progress import Silent
from pipeline.run import open_film
from pipeline.run_folder.stage_file import read_stage
from pipeline.settings import Options

AUTHOR, LICENCE = "Ágnes Potter", "CC-BY-4.0"
URL = "https://creativecommons.org/licenses/by/4.0/"
BLENDER = {"usdz", "glb", "html", "blend", "asset-library"}
FORMS = [
    pytest.param(name, marks=[pytest.mark.bpy, pytest.mark.slow] if name in BLENDER else [])
    for name in listing("exporter")
]


@pytest.fixture(scope="module")
def run(graph, tmp_path_factory):
    """A finished run whose box is somebody's work."""
    folder = tmp_path_factory.mktemp("credited")
    (folder / "models").mkdir()
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    lines = [f"v {x} {y} {z}" for x, y, z in corners * 0.15]
    lines += ["f " + " ".join(str(k + 1) for k in face) for face in faces]
    (folder / "models" / "box.obj").write_text("\n".join(lines) + "\n")
    notes = {"author": AUTHOR, "licence": LICENCE, "licence_url": URL}
    (folder / "models" / "box.json").write_text(json.dumps(notes))
    options = Options(
        size="64x36", duration=0.25, renderer="flat", takes=1, assets=str(folder / "models")
    )
    with open_film(graph, options, out=folder / "run", progress=Silent()) as film:
        assert film.film.is_file()
    return folder / "run"


@pytest.fixture(autouse=True)
def _nothing_baked_before(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.mark.parametrize("form", FORMS)
def test_every_author_goes_along_with_title_licence_and_changes(form, run, tmp_path):
    stage = read_stage(run / "stage.json")
    authors = set(re.findall(r"^\S.* by (.+)$", credits_text([stage]), flags=re.MULTILINE))
    assert authors > {AUTHOR, "worldreel"}  # and of the picture that lights the place
    exporter = create("exporter", form)
    written = exporter.export(run, tmp_path / getattr(exporter, "file_name", f"film.{form}"))
    told = TOLD[form](written)
    for words in (*authors, "box.obj", LICENCE, URL, "scaled, turned upright"):
        assert words in told


def _mp4(path: Path) -> str:
    import av

    with av.open(str(path)) as film:
        return " ".join(film.metadata.values())


def _gif(path: Path) -> str:
    from PIL import Image

    with Image.open(path) as picture:
        return bytes(picture.info["comment"]).decode()


def _page_beside(path: Path) -> str:
    return (path / "credits.txt").read_text("utf-8")


def _usdz(path: Path) -> str:
    pxr = pytest.importorskip("pxr")
    assert pxr
    from pxr import Usd

    stage = Usd.Stage.Open(str(path))
    layer = stage.GetRootLayer()
    data = layer.customLayerData
    works = [work["author"] for work in data["worldreel"]["credits"].values()]
    assert AUTHOR in works
    assert AUTHOR in layer.documentation
    assert AUTHOR in stage.GetDefaultPrim().GetAssetInfo()["credits"]
    return str(data["copyright"])


def _glb(path: Path) -> str:
    content = path.read_bytes()
    (length,) = struct.unpack_from("<I", content, 12)
    asset = json.loads(content[20 : 20 + length])["asset"]
    (work,) = [one for one in asset["extras"]["credits"] if one["author"] == AUTHOR]
    assert (work["licence"], work["seen_as"]) == (LICENCE, "box#1")
    return str(asset["copyright"])


def _html(path: Path) -> str:
    (footer,) = re.findall(r"<footer>.*?</footer>", path.read_text("utf-8"), flags=re.DOTALL)
    return str(footer)


def _blend(path: Path) -> str:
    import bpy

    with bpy.data.libraries.load(str(path)) as (there, here):
        here.texts = [name for name in there.texts if name.startswith("credits.txt")]
        here.objects = [name for name in there.objects if name.startswith("box#1")]
    (page,), (thing,) = here.texts, here.objects
    told = page.as_string()
    assert (thing["author"], thing["licence"], thing["licence_url"]) == (AUTHOR, LICENCE, URL)
    bpy.data.texts.remove(page)
    bpy.data.objects.remove(thing)
    return str(told)


def _spatial(path: Path) -> str:
    from pipeline.export.spatial.container.boxes import walk

    assert AUTHOR in (path.parent / "credits.txt").read_text("utf-8")
    texts = {b.kind: b.content for b in walk(path.read_bytes()) if b.path.startswith("moov/udta/")}
    assert AUTHOR in texts["©cmt"][4:].decode()
    (length, _), told = struct.unpack_from(">HH", texts["©cpy"]), texts["©cpy"]
    return told[4 : 4 + length].decode()


TOLD = {
    "mp4": _mp4, "gif": _gif, "png": _page_beside, "usdz": _usdz, "glb": _glb, "html": _html,
    "blend": _blend, "spatial": _spatial, "asset-library": _page_beside,
}  # fmt: skip
