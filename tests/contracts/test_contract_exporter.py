"""What every exporter promises."""

import pytest

from pipeline.plugins import create, listing
from pipeline.progress import Silent
from pipeline.run import open_film
from pipeline.settings import Options
from scene_builder.model.errors import RunFolderError

BAKED = {"usdz", "glb"}
FORMS = [
    pytest.param(name, marks=[pytest.mark.bpy, pytest.mark.slow] if name in BAKED else [])
    for name in listing("exporter")
]


@pytest.fixture(autouse=True)
def _nothing_baked_before(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(params=FORMS)
def exporter(request):
    return create("exporter", request.param)


@pytest.fixture(scope="module")
def run(graph, tmp_path_factory):
    """A finished run of half a second, from the renderer that needs no Blender."""
    folder = tmp_path_factory.mktemp("exported") / "run"
    options = Options(size="64x36", duration=0.25, renderer="flat", takes=1)
    with open_film(graph, options, out=folder, progress=Silent()) as film:
        assert film.film.is_file()
    return folder


def test_what_is_written_is_what_is_returned(exporter, run, tmp_path):
    written = exporter.export(run, tmp_path / "exported")
    assert written.exists()
    files = [written] if written.is_file() else list(written.iterdir())
    assert files
    assert all(file.stat().st_size > 0 for file in files)


def test_the_run_itself_is_left_as_it_was(exporter, run, tmp_path):
    before = {path: path.read_bytes() for path in run.rglob("*") if path.is_file()}
    exporter.export(run, tmp_path / "exported")
    assert {path: path.read_bytes() for path in run.rglob("*") if path.is_file()} == before


def test_a_folder_without_a_film_is_refused_in_one_line(exporter, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(RunFolderError) as refused:
        exporter.export(tmp_path / "empty", tmp_path / "exported")
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "exported").exists()
