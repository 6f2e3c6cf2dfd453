"""The asset library: opened in another process, and dropped into a scene that is simulated."""

import json
import subprocess
import sys

import pytest

from pipeline.blender_addon.asset_library.catalogues import FILE, catalogue_id, write_catalogues
from pipeline.blender_addon.asset_library.things import all_things, things_of
from pipeline.progress import Silent
from pipeline.run_folder.stage_file import write_stage
from scene_builder.model.errors import RunFolderError

bpy = pytest.importorskip("bpy")
pytestmark = [pytest.mark.bpy, pytest.mark.slow]

LISTING = """
import json, sys
from pathlib import Path
import bpy
found = {}
for file in sorted(Path(sys.argv[1]).glob("*.blend")):
    with bpy.data.libraries.load(str(file), assets_only=True) as (offered, taken):
        taken.objects = list(offered.objects)
    for thing in taken.objects:
        about = thing.asset_data
        pictures = [
            (node.image.packed_file is not None)
            for slot in thing.material_slots
            for node in slot.material.node_tree.nodes
            if node.type == "TEX_IMAGE"
        ]
        edge, _ = thing.preview.image_size
        found[thing.name] = {
            "file": file.name, "catalogue": about.catalog_id, "author": about.author,
            "licence": about.license, "copyright": about.copyright, "about": about.description,
            "tags": [tag.name for tag in about.tags], "packed": pictures, "edge": edge,
            "preview": sum(list(thing.preview.image_pixels_float)[3::4]) / max(edge * edge, 1),
            "mass_kg": thing["worldreel_mass_kg"], "role": thing["worldreel_role"],
        }
print("LISTED" + json.dumps(found))
"""


def listed(folder):
    """What a fresh Blender finds in a library."""
    done = subprocess.run(
        [sys.executable, "-c", LISTING, str(folder)], capture_output=True, text=True, check=True
    )
    (line,) = [one for one in done.stdout.splitlines() if one.startswith("LISTED")]
    return json.loads(line.removeprefix("LISTED"))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    from pipeline.blender_addon.asset_library.writing import write_library

    folder = tmp_path_factory.mktemp("library")
    return write_library(all_things(["rubber_duck", "domino", "table"]), folder, progress=Silent())


def test_another_process_finds_assets_with_credits_and_previews(library):
    found = listed(library)
    assert set(found) == {"Rubber duck", "Domino", "Table"}
    duck, table = found["Rubber duck"], found["Table"]
    assert (duck["file"], duck["author"]) == ("toys.blend", "Sony Computer Entertainment Inc.")
    assert duck["licence"] == "SCEA"
    assert "pybullet_data; changed: scaled" in duck["about"]
    assert duck["packed"] == [True]  # its picture travels with it
    assert (table["role"], duck["role"]) == ("static", "dynamic")
    assert 0.02 < duck["mass_kg"] < 0.1
    for one in found.values():
        assert 0.05 < one["preview"] < 0.95  # something, before nothing
    lines = (library / FILE).read_text().splitlines()
    assert "VERSION 1" in lines
    assert f"{duck['catalogue']}:worldreel/Toys:worldreel-Toys" in lines


def test_what_is_open_stays_as_it_was(scene, library, tmp_path):
    from pipeline.blender_addon.asset_library.writing import write_library

    mine = bpy.data.objects.new("mine", None)
    scene.collection.objects.link(mine)
    before = len(bpy.data.objects), len(bpy.data.materials), len(bpy.data.images)
    write_library(all_things(["domino"]), tmp_path, progress=Silent(), previews=False)
    assert (len(bpy.data.objects), len(bpy.data.materials), len(bpy.data.images)) == before
    assert bpy.context.scene == scene


def test_catalogues_of_the_user_stay(tmp_path):
    (tmp_path / FILE).write_text("VERSION 1\n\n11111111-1111-5111-8111-111111111111:Mine:Mine\n")
    write_catalogues(tmp_path, ["Toys"])
    write_catalogues(tmp_path, ["Toys", "Food"])
    lines = [line for line in (tmp_path / FILE).read_text().splitlines() if ":" in line][1:]
    assert [line.split(":")[1] for line in lines] == ["Mine", "worldreel/Food", "worldreel/Toys"]
    assert lines[2].startswith(catalogue_id("Toys"))


def test_a_file_is_no_library(tmp_path):
    from pipeline.blender_addon.asset_library.writing import write_library

    (tmp_path / "taken").write_text("")
    with pytest.raises(RunFolderError, match="is a file; an asset library is a folder"):
        write_library((), tmp_path / "taken", progress=Silent())


def test_a_run_gives_what_its_words_name(tmp_path, build):
    from dataclasses import replace

    mesh = build.box_mesh(0.1, 0.1, 0.1)
    cups = [replace(build.body(f"cup#{k}", mesh), entity="cup") for k in (1, 2)]
    wall = build.body("wall", build.box_mesh(4, 0.1, 3))
    write_stage(tmp_path / "run" / "stage.json", build.stage_of(*cups, wall))
    (cup,) = things_of(tmp_path / "run")
    assert (cup.title, cup.catalogue) == ("Cup", "Runs/run")


def test_an_asset_that_was_dropped_into_a_scene_is_a_body(scene, library, tmp_path, build):
    from pipeline.blender_addon.registering import register, unregister
    from pipeline.blender_addon.scene.gathering import gather
    from pipeline.blender_addon.scene.placing import place

    write_stage(tmp_path / "stage.json", build.stage_of(build.body("ground", build.box_mesh(4, 4))))
    register()
    try:
        place(scene, tmp_path, fit=False, anew=True)
        for _ in range(2):
            with bpy.data.libraries.load(
                str(library / "toys.blend"), link=False, assets_only=True
            ) as (_offered, taken):
                taken.objects = ["Rubber duck"]
            scene.collection.objects.link(taken.objects[0])
        edits = gather(scene, tmp_path)
    finally:
        unregister()
    assert [one.body for one in edits.added] == ["rubber_duck#1", "rubber_duck#2"]
    duck = edits.added[0]
    assert (duck.substance, duck.mobility) == ("plastic", "dynamic")
    assert 0.02 < duck.mass_kg < 0.1
    assert duck.vertices.max(axis=0)[2] == pytest.approx(0.1, abs=0.03)
