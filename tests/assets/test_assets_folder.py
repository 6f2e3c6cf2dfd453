"""A user's own meshes."""

import json

import numpy as np
import pytest
import trimesh

from scene_builder.assets.decompose import convex_parts
from scene_builder.assets.folder import FolderSource
from scene_builder.assets.normalise import guessed_unit_m, normalised
from scene_builder.assets.source import Description
from scene_builder.model.digest import digest
from scene_builder.model.errors import AssetError

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))


def found(folder, noun, **words):
    return FolderSource(folder).find(noun, Description(**words), np.random.default_rng(1))


def angle_bracket():
    """An L of two boxes: two convex pieces, and no fewer."""
    low = trimesh.creation.box((0.4, 0.1, 0.1), transform=np.eye(4))
    high = trimesh.creation.box((0.1, 0.1, 0.4))
    high.apply_translation((-0.15, 0, 0.15))
    return trimesh.boolean.union([low, high], engine="manifold")


def test_normalised_meshes_stand_upright_on_their_base():
    box = np.array([(x, y, z) for x in (0, 1) for y in (5, 7) for z in (0, 3)], float)
    points = normalised(box, y_up=True, metres_per_unit=0.1)
    assert points.min(axis=0) == pytest.approx([-0.05, -0.15, 0])
    assert points.max(axis=0) == pytest.approx([0.05, 0.15, 0.2])
    assert guessed_unit_m(30.0, 0.1, 0.5) == 0.01
    assert guessed_unit_m(0.3, 0.1, 0.5) == 1.0
    for bad in (np.zeros((0, 3)), np.zeros((4, 3)), np.full((4, 3), np.nan)):
        with pytest.raises(AssetError):
            normalised(bad, y_up=False)


@pytest.mark.parametrize("suffix", ["glb", "obj", "ply", "stl"])
def test_every_format_is_read_with_its_own_up(tmp_path, suffix):
    shape = trimesh.creation.cylinder(0.05, 0.3, sections=24)
    if suffix in ("glb", "obj"):
        shape.apply_transform(trimesh.transformations.rotation_matrix(-np.pi / 2, (1, 0, 0)))
    shape.export(tmp_path / f"vase.{suffix}")
    asset = found(tmp_path, "green vase", color="green", material="glass")
    assert asset.mesh.extents == pytest.approx([0.1, 0.1, 0.3], rel=0.02)
    assert asset.mesh.low[2] == pytest.approx(0, abs=1e-6)
    # A vase is hollow, whatever a careless mesh says: it weighs no more than vases do.
    assert asset.mass_kg < 0.5 * 2500 * np.pi * 0.05**2 * 0.3
    heavy = found(tmp_path, "vase", material="glass", mass_kg=5.0)
    assert heavy.mass_kg == pytest.approx(5.0)
    assert asset.materials[0].name == "glass"
    assert asset.supports[0].center[2] == pytest.approx(0.3, rel=1e-3)
    assert found(tmp_path, "dragon") is None


def test_centimetres_are_recognised_and_notes_are_obeyed(tmp_path):
    trimesh.creation.box((8.0, 8.0, 8.0)).export(tmp_path / "cup.stl")
    assert found(tmp_path, "cup").mesh.extents.max() == pytest.approx(0.08, rel=1e-5)
    notes = {"metres_per_unit": 0.02, "substance": "steel", "author": "Ada", "licence": "CC-BY-4.0"}
    (tmp_path / "cup.json").write_text(json.dumps(notes))
    asset = found(tmp_path, "cup")
    assert asset.mesh.extents.max() == pytest.approx(0.16, rel=1e-5)
    assert (asset.substance, asset.credit.author, asset.credit.licence) == (
        "steel",
        "Ada",
        "CC-BY-4.0",
    )
    (tmp_path / "cup.json").write_text('{"unit": 3}')
    with pytest.raises(AssetError, match=r"cup\.json cannot be used.*metres_per_unit"):
        found(tmp_path, "cup")


def test_damaged_files_and_missing_folders_are_errors(tmp_path):
    with pytest.raises(AssetError, match="no folder"):
        FolderSource(tmp_path / "nowhere")
    (tmp_path / "cup.glb").write_bytes(b"not a mesh")
    with pytest.raises(AssetError, match=r"cup\.glb cannot be read"):
        found(tmp_path, "cup")


def test_decomposition_is_tight_repeatable_and_kept(tmp_path):
    shape = angle_bracket()
    first = convex_parts(shape.vertices, shape.faces)
    kept = list((tmp_path / "cache").rglob("*.npz"))
    assert len(kept) == 1
    assert digest(convex_parts(shape.vertices, shape.faces)) == digest(first)
    kept[0].write_bytes(b"damaged")
    assert digest(convex_parts(shape.vertices, shape.faces)) == digest(first)
    assert len(first) >= 2
    total = sum(trimesh.Trimesh(h.vertices, h.triangles).volume for h in first)
    assert total == pytest.approx(shape.volume, rel=0.08)
    assert max(len(h.vertices) for h in first) <= 33


def test_one_of_several_files_is_drawn_and_notes_give_further_names(tmp_path):
    for name, size in (("cup", 0.08), ("cup_2", 0.09), ("cup-3", 0.1)):
        trimesh.creation.box((size, size, size)).export(tmp_path / f"{name}.stl")
    source = FolderSource(tmp_path)
    sizes = {
        round(float(source.find("cup", Description(), np.random.default_rng(k)).mesh.extents[0]), 3)
        for k in range(12)
    }
    assert sizes == {0.08, 0.09, 0.1}
    (tmp_path / "cup.json").write_text('{"names": ["goblet", "beaker"]}')
    assert found(tmp_path, "golden goblet").credit.name == "cup.stl"


def test_folders_in_the_folder_are_looked_into_and_their_names_are_nouns(tmp_path):
    (tmp_path / "toy robot" / "deeper").mkdir(parents=True)
    trimesh.creation.box((1, 1, 1)).export(tmp_path / "toy robot" / "scene.glb")
    trimesh.creation.box((1, 1, 1)).export(tmp_path / "toy robot" / "deeper" / "anvil.stl")
    assert found(tmp_path, "robot") is None
    assert found(tmp_path, "toy_robot").credit.name == "scene.glb"
    assert found(tmp_path, "anvil") is None


def test_blend_files_are_refused_by_name_unless_there_is_another(tmp_path):
    (tmp_path / "cup.blend").write_bytes(b"BLENDER-v405")
    with pytest.raises(AssetError, match=r"cup\.blend is refused.*scripts"):
        found(tmp_path, "cup")
    trimesh.creation.box((0.1, 0.1, 0.1)).export(tmp_path / "cup.stl")
    assert found(tmp_path, "cup") is not None


def test_what_lies_in_the_folder_names_it_in_keys(tmp_path):
    source = FolderSource(tmp_path)
    empty = source.identity
    trimesh.creation.box((0.1, 0.1, 0.1)).export(tmp_path / "cup.stl")
    one = source.identity
    trimesh.creation.box((0.1, 0.1, 0.2)).export(tmp_path / "cup.ply")
    assert len({empty, one, source.identity}) == 3
    assert FolderSource(tmp_path).identity == source.identity
