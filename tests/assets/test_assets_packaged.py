"""Models that packages carry: their files are known, their size is true, and when there is none."""

import hashlib
import io
import logging
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from scene_builder.assets.packaged.catalogue import Model, models, package_folder
from scene_builder.assets.packaged.reading import read_model
from scene_builder.assets.packaged.source import PackagedSource
from scene_builder.assets.source import AssetSource, Description
from scene_builder.knowledge.materials import is_substance
from scene_builder.knowledge.nouns import noun_named
from scene_builder.model.chance import stream
from scene_builder.model.errors import AssetError

FACES = ((1, 2, 3), (1, 3, 4), (5, 7, 6), (5, 8, 7), (1, 5, 6), (1, 6, 2), (2, 6, 7), (2, 7, 3),
         (3, 7, 8), (3, 8, 4), (4, 8, 5), (4, 5, 1))  # fmt: skip


@pytest.fixture
def duck(tmp_path) -> Model:
    """A package's duck: a box, Y up, 4 long (its beak towards −X), 2 wide, 3 high, with a picture.

    A small box stands on the beak's side, so that the front can be told.
    """
    blocks = [((-2, 0, -1), (2, 2, 1)), ((-2, 2, -1), (-1, 3, 1))]
    lines = ["mtllib duck.mtl", "vt 0 0", "vt 1 0", "vt 1 1"]
    faces = ["usemtl chrome"]
    for k, (low, high) in enumerate(blocks):
        for y in (low[1], high[1]):
            for x, z in ((0, 0), (0, 1), (1, 1), (1, 0)):
                lines.append(f"v {(low, high)[x][0]} {y} {(low, high)[z][2]}")
        for a, b, c in FACES:
            faces.append(f"f {a + 8 * k}/1 {b + 8 * k}/2 {c + 8 * k}/3")
    (tmp_path / "duck.obj").write_text("\n".join([*lines, *faces]) + "\n")
    (tmp_path / "duck.mtl").write_text(
        "newmtl chrome\nNs 900\nKs 1 1 1\nmap_Kd c:\\art\\duck.png\n"
    )
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (250, 220, 10)).save(picture, "PNG")
    (tmp_path / "duck.png").write_bytes(picture.getvalue())
    names = ("duck.obj", "duck.mtl", "duck.png")
    known = {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in names}
    return Model(
        noun="rubber_duck", title="Bath duck", package="ducks", files=tuple(known.items()), up="y",
        turn_deg=90.0, largest_m=0.12, wall_m=0.002, substance="plastic", author="D. Rake",
        licence="Zlib", licence_url="https://spdx.org/licenses/Zlib.html", stated_in="its head",
        changes="scaled",
    )  # fmt: skip


def source_of(duck, folder, **options) -> PackagedSource:
    return PackagedSource([duck], where=lambda name: folder, **options)


def found(source, noun, seed=1, **words):
    return source.find(noun, Description(**words), stream(seed, "test", noun))


def test_a_model_has_its_size_its_front_and_its_credit(duck, tmp_path):
    source = source_of(duck, tmp_path)
    assert isinstance(source, AssetSource)
    asset = found(source, "rubber duck")
    np.testing.assert_allclose(asset.mesh.extents, (0.06, 0.12, 0.09), rtol=1e-5)
    high = asset.mesh.vertices[asset.mesh.vertices[:, 2] > 0.08]
    assert (high[:, 1] < 0).all()  # what stood at −X stands at the front
    credit = asset.credit
    assert (credit.name, credit.source, credit.author) == ("Bath duck", "ducks", "D. Rake")
    assert (credit.licence, credit.changes, credit.fallback) == ("Zlib", "scaled", False)
    assert credit.licence_url == duck.licence_url
    assert credit.score == 1.0


def test_its_gloss_is_that_of_its_substance_and_its_picture_stays(duck, tmp_path):
    (material,) = found(source_of(duck, tmp_path), "rubber duck").materials
    assert material.name == "plastic"
    assert material.parameters["metallic"] == 0
    assert material.textures["base_color"]
    assert material.base_color[0] > 0.8 > 0.1 > material.base_color[2]


def test_it_is_as_heavy_as_its_wall(duck, tmp_path):
    hollow = found(source_of(duck, tmp_path), "rubber duck")
    solid = found(source_of(replace(duck, wall_m=0.0), tmp_path), "rubber duck")
    assert hollow.mass_kg < 0.4 * solid.mass_kg
    moment = np.trace(hollow.inertia) / hollow.mass_kg
    assert moment > 1.2 * np.trace(solid.inertia) / solid.mass_kg
    assert found(source_of(duck, tmp_path), "rubber duck", mass_kg=0.3).mass_kg == 0.3


@pytest.mark.parametrize(
    ("noun", "words"),
    [("cup", {}), ("paper rubber duck", {}), ("rubber duck", {"material": "glass"}), ("xyzzy", {})],
)
def test_what_it_does_not_show_is_left_to_others(duck, tmp_path, noun, words):
    assert found(source_of(duck, tmp_path), noun, **words) is None


def test_the_licence_policy_holds(duck, tmp_path):
    assert found(source_of(duck, tmp_path, licence="cc0"), "rubber duck") is None
    assert found(source_of(duck, tmp_path, licence="attribution"), "rubber duck") is not None
    bound = replace(duck, licence="SCEA")
    assert found(source_of(bound, tmp_path, licence="attribution"), "rubber duck") is None
    assert found(source_of(bound, tmp_path, licence="any"), "rubber duck") is not None
    free = replace(duck, licence="CC0-1.0")
    assert found(source_of(free, tmp_path, licence="cc0"), "rubber duck") is not None


def test_without_the_package_there_is_no_model(duck):
    source = PackagedSource([duck], where=lambda name: None)
    assert found(source, "rubber duck") is None
    assert package_folder("no_such_package_as_this") is None


@pytest.mark.parametrize("name", ["duck.obj", "duck.mtl", "duck.png"])
def test_a_changed_file_is_not_used(duck, tmp_path, name, caplog):
    with (tmp_path / name).open("ab") as file:
        file.write(b"\n")
    with caplog.at_level(logging.WARNING):
        assert found(source_of(duck, tmp_path), "rubber duck") is None
    assert name in caplog.text
    assert "SHA-256" in caplog.text


def test_a_missing_file_is_named(duck, tmp_path):
    (tmp_path / "duck.mtl").unlink()
    with pytest.raises(AssetError, match=r"duck\.mtl cannot be read"):
        read_model(duck, tmp_path)


def test_its_key_says_which_packages_are_there(duck, tmp_path):
    there, gone = source_of(duck, tmp_path), PackagedSource([duck], where=lambda name: None)
    assert there.identity == source_of(duck, tmp_path).identity
    assert there.identity != gone.identity
    other = replace(duck, turn_deg=0.0)
    assert there.identity != source_of(other, tmp_path).identity


def test_every_row_of_the_catalogue_can_be_used():
    for model in models():
        kind = noun_named(model.noun)
        assert kind.low_m <= model.largest_m <= kind.high_m
        assert is_substance(model.substance)
        assert model.files[0][0].endswith(".obj")
        assert all(len(digest) == 64 for _, digest in model.files)
        assert model.licence_url.startswith("https://")
        assert model.author
        assert model.stated_in


@pytest.mark.parametrize("model", models(), ids=lambda model: model.noun)
def test_our_dependency_carries_what_the_catalogue_says(model):
    folder = package_folder(model.package)
    if folder is None:
        pytest.skip(f"{model.package} is not installed")
    surface = read_model(model, folder)
    assert float(np.ptp(surface.vertices, axis=0).max()) == pytest.approx(model.largest_m)
    asset = found(PackagedSource(), model.noun)
    low, high = noun_named(model.noun).mass_range_kg
    assert low <= asset.mass_kg <= high


def test_looking_for_a_package_runs_no_code_of_it():
    code = (
        "import sys; from scene_builder.assets.packaged.catalogue import models, package_folder;"
        "[package_folder(one.package) for one in models()];"
        "sys.exit('pybullet_data' in sys.modules or 'pybullet' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
