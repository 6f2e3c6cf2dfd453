"""What every asset source promises."""

import hashlib
import zipfile

import numpy as np
import pytest
import trimesh

from pipeline.plugins import create, listing
from scene_builder.assets.library import source as library
from scene_builder.assets.library.entry import Entry
from scene_builder.assets.packaged.catalogue import Model
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Description
from scene_builder.model.digest import digest

NOUNS = ("crate", "cup", "table")


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A folder of a user's own models."""
    folder = tmp_path_factory.mktemp("models")
    for noun in NOUNS:
        mesh = ProceduralSource().find(noun, Description(), np.random.default_rng(1)).mesh
        trimesh.Trimesh(mesh.vertices, mesh.triangles).export(folder / f"{noun}.stl")
    return folder


@pytest.fixture(scope="module")
def entries(models):
    """An installed library that holds the same models."""
    archive = models / "models.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for noun in NOUNS:
            mesh = trimesh.load(models / f"{noun}.stl")
            zipped.writestr(f"{noun}.obj", trimesh.exchange.obj.export_obj(mesh))
    sizes = {noun: trimesh.load(models / f"{noun}.stl").extents for noun in NOUNS}
    return [
        Entry(
            key=noun, library="test", title=noun.capitalize(), category="Test", author="A. Author",
            size_m=tuple(map(float, sizes[noun])), licence="CC-BY-3.0", archive=archive,
            member=f"{noun}.obj", rotation=(1, 0, 0, 0, 0, 1, 0, -1, 0),
        )
        for noun in NOUNS
    ]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue(models, entries):
    """A package that carries the same models."""
    rows = []
    for entry in entries:
        path = models / entry.member
        path.write_bytes(zipfile.ZipFile(entry.archive).read(entry.member))
        known = hashlib.sha256(path.read_bytes()).hexdigest()
        rows.append(
            Model(
                noun=entry.key, title=entry.title, package="carrier", files=((path.name, known),),
                up="z", turn_deg=0.0, largest_m=max(entry.size_m), wall_m=0.0, substance="wood",
                author=entry.author, licence="Zlib", licence_url="https://spdx.org/licenses",
                stated_in="its head", changes="scaled",
            )
        )  # fmt: skip
    return rows


@pytest.fixture(params=list(listing("assets")))
def source(request, models, entries, catalogue, monkeypatch, tmp_path):
    monkeypatch.chdir(models)  # where the source of a user's own models looks by itself
    if request.param == "library":
        monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path))
        # Without it, our own builders would make these, and the library would keep silent.
        monkeypatch.setattr(library, "who_is_first", lambda noun, description: "library")
        return create("assets", "library", entries=entries)
    if request.param == "packaged":
        return create("assets", "packaged", catalogue=catalogue, where=lambda _: models)
    return create("assets", request.param)


@pytest.mark.parametrize("noun", NOUNS)
def test_an_asset_stands_on_its_origin_and_has_a_body(source, noun):
    asset = source.find(noun, Description(), np.random.default_rng(1))
    assert asset is not None
    assert asset.mesh.low[2] == pytest.approx(0, abs=1e-4)
    middle = (asset.mesh.low + asset.mesh.high)[:2] / 2
    assert np.abs(middle).max() < 0.35 * asset.mesh.extents[:2].max()
    assert asset.mass_kg > 0
    assert (np.linalg.eigvalsh(asset.inertia) > 0).all()
    assert (asset.center_of_mass >= asset.mesh.low).all()
    assert (asset.center_of_mass <= asset.mesh.high).all()
    assert asset.credit.licence


def test_the_colour_that_is_asked_for_is_there(source):
    asset = source.find("crate", Description(color="red"), np.random.default_rng(1))
    red, green, blue = asset.materials[0].base_color
    assert red > 3 * max(green, blue)


def test_the_mass_that_is_asked_for_is_kept(source):
    asset = source.find("crate", Description(mass_kg=3.0), np.random.default_rng(1))
    assert asset.mass_kg == pytest.approx(3.0)


def test_the_same_chance_gives_the_same_asset(source):
    one, two = (source.find("cup", Description(), np.random.default_rng(4)) for _ in range(2))
    assert digest(one) == digest(two)
