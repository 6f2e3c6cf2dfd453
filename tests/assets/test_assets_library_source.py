"""Models of installed libraries as assets: their size, their credit, and when there is none."""

import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scene_builder.assets.library.entry import Entry
from scene_builder.assets.library.source import LibrarySource
from scene_builder.assets.source import AssetSource, Description
from scene_builder.model.chance import stream

CORNERS = [(x, y, z) for z in (0, 1) for y in (0, 1) for x in (0, 1)]
FACES = ("1 3 4 2", "5 6 8 7", "1 2 6 5", "3 7 8 4", "1 5 7 3", "2 4 8 6")


@pytest.fixture
def toaster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Entry:
    """Return a toaster: a red box in a zip, in centimetres, Y up."""
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))
    lines = ["mtllib t.mtl", *(f"v {30 * x} {20 * z} {16 * y}" for x, y, z in CORNERS)]
    lines += ["usemtl red", *(f"f {face}" for face in FACES)]
    archive = tmp_path / "Kitchen.sh3f"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("t/toaster.obj", "\n".join(lines) + "\n")
        zipped.writestr("t/t.mtl", "newmtl red\nKd 0.8 0.05 0.05\n")
    return Entry(
        key="Test-toaster", library="test", title="Toaster", category="Kitchen",
        size_m=(0.3, 0.16, 0.2), licence="CC-BY-3.0", author="A. Baker", archive=archive,
        member="t/toaster.obj", support_height_m=0.2,
    )  # fmt: skip


def found(source: LibrarySource, noun: str, seed: int = 1, **words: object):
    return source.find(noun, Description(**words), stream(seed, "test", noun))


def test_a_model_becomes_an_asset_with_its_credit(toaster):
    source = LibrarySource((toaster,))
    assert isinstance(source, AssetSource)
    asset = found(source, "toaster")
    assert asset is not None
    assert asset.noun == "toaster"
    np.testing.assert_allclose(asset.mesh.extents, (0.3, 0.16, 0.2), atol=2e-3)
    credit = asset.credit
    assert (credit.name, credit.source, credit.author) == ("Toaster", "test", "A. Baker")
    assert credit.licence == "CC-BY-3.0"
    assert credit.licence_url.endswith("/by/3.0/")
    assert credit.changes
    assert credit.score > 0.9
    assert not credit.fallback


def test_the_same_seed_gives_the_same_asset(toaster):
    first, second = (found(LibrarySource((toaster,)), "toaster", seed=4) for _ in range(2))
    assert first is not None
    assert second is not None
    np.testing.assert_array_equal(first.mesh.vertices, second.mesh.vertices)
    assert [m.base_color.tolist() for m in first.materials] == [
        m.base_color.tolist() for m in second.materials
    ]


def test_a_change_of_size_is_credited(toaster):
    giant = replace(toaster, size_m=(3.0, 1.6, 2.0), support_height_m=2.0)
    asset = found(LibrarySource((giant,)), "toaster")
    assert asset is not None
    assert max(asset.mesh.extents) < 0.5
    assert "scaled by" in asset.credit.changes


def test_our_own_builder_comes_first_where_it_is_better(toaster):
    cup = replace(toaster, title="Cup", key="Test-cup")
    assert found(LibrarySource((cup,)), "cup") is None
    assert found(LibrarySource((toaster,)), "domino") is None


def test_where_both_are_good_the_seed_decides(toaster):
    chair = replace(toaster, title="Armchair", size_m=(0.9, 0.8, 0.9), support_height_m=None)
    answers = [found(LibrarySource((chair,)), "armchair", seed=seed) for seed in range(12)]
    names = {answer.credit.name if answer else None for answer in answers}
    assert names == {None, "Armchair"}


def test_licences_are_kept_to(toaster):
    assert found(LibrarySource((toaster,), licence="cc0"), "toaster") is None
    assert found(LibrarySource((toaster,), licence="attribution"), "toaster") is not None


def test_a_model_that_cannot_be_read_gives_way_to_the_next(toaster, caplog):
    gone = replace(toaster, key="A-gone", archive=toaster.archive.with_name("gone.sh3f"))
    for seed in range(4):
        asset = found(LibrarySource((gone, toaster)), "toaster", seed=seed)
        assert asset is not None
        assert asset.credit.name == "Toaster"
    assert found(LibrarySource((gone,)), "toaster") is None
    assert "gone.sh3f" in caplog.text


def test_nothing_installed_is_nothing_found_and_nothing_loaded(tmp_path):
    code = (
        "import sys, numpy as np\n"
        "from scene_builder.assets.library.source import LibrarySource\n"
        "from scene_builder.assets.source import Description\n"
        "source = LibrarySource()\n"
        "assert source.find('toaster', Description(), np.random.default_rng(0)) is None\n"
        "heavy = {'trimesh', 'torch', 'transformers', 'PIL', 'scipy', 'bpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    environment = {"WORLDREEL_DATA": str(tmp_path), "PATH": ""}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=60)
