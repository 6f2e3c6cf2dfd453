"""Installed libraries: catalogues, archives that nobody vouched for, conversion."""

import io
import json
import multiprocessing
import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image

from scene_builder.assets.library import conversion
from scene_builder.assets.library.archive import is_safe_name, opened
from scene_builder.assets.library.conversion import changes_of, converted, converted_folder
from scene_builder.assets.library.entry import LICENCE_URLS
from scene_builder.assets.library.installed import (
    INDEX,
    Library,
    index_text,
    installed_entries,
    installed_names,
    libraries_folder,
    read_library,
)
from scene_builder.assets.library.sweethome3d.brands import is_branded, unbranded
from scene_builder.assets.library.sweethome3d.catalogue import catalogue_entries
from scene_builder.assets.library.sweethome3d.properties import numbered, read_properties
from scene_builder.model.errors import AssetError

CC0 = "This file is under CC0:\nhttp://creativecommons.org/choose/zero/\n"
BY_US = "available at:\nhttp://creativecommons.org/licenses/by/3.0/us/\n"
CATALOGUE = """# a comment
name=Small
id#1=Small#red crate
name#1=Crate
tags#1=Blend Swap, Wooden, Ikea
category#1=Garage
model#1=/small/crate/crate.obj
width#1=40
depth#1=30.0
height#1=20
dropOnTopElevation#1=20
movable#1=true
creator#1=Ann

id#2=Small#mac
name#2=Apple iMac 1998
category#2=Office
model#2=/small/crate/crate.obj
width#2=40
depth#2=30
height#2=20
dropOnTopElevation#2=-1
elevation#2=120
movable#2=false
modelRotation#2=1 0 0 0 0 1 0 -1 0
creator#2=Scopia & eTeks

id#3=Small#gone
name#3=Gone
model#3=/small/gone.obj
width#3=1
depth#3=1
height#3=1

id#4=Small#sizeless
name#4=Sizeless
model#4=/small/crate/crate.obj
width#4=1
depth#4=x
height#4=1
"""
CHINESE = "name#1=\\u677f\\u6761\\u7bb1\nname#2=\\u82f9\\u679c Apple\n"
CRATE_MTL = """newmtl side
Kd 0.5 0.5 0.5
Ks 0.5 0.5 0.5
Ns 96
map_Kd C:\\Users\\ann\\planks.png
newmtl chrome top
Kd 0.2 0.2 0.2
Ks 0.9 0.9 0.9
Ns 200
d 0.5
"""


def png(color=(255, 0, 0), size=(4, 4)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "PNG")
    return buffer.getvalue()


def crate_obj() -> str:
    """A box 2 x 1 x 4 (Y up) that faces inward, with each side doubled back to back."""
    corners = [(x, y, z) for x in (0, 2) for y in (0, 1) for z in (0, 4)]
    lines = ["mtllib crate.mtl", *(f"v {x} {y} {z}" for x, y, z in corners)]
    lines += ["vt 0 0", "vt 1 0", "vt 1 1", "vt 0 1", "usemtl side"]
    sides = [(1, 2, 4, 3), (5, 7, 8, 6), (1, 5, 6, 2), (1, 3, 7, 5), (2, 6, 8, 4)]
    outward = [*sides, (3, 4, 8, 7)]
    for number, side in enumerate(outward):
        if number == len(sides):
            lines.append("usemtl chrome top")
        inward = side[::-1]
        lines.append("f " + " ".join(f"{c}/{k + 1}" for k, c in enumerate(inward)))
        lines.append("f " + " ".join(f"{c}/{k + 1}" for k, c in enumerate(side)))
    return "\n".join(lines)


def write_sh3f(path: Path, *, licence: str = CC0, **members: bytes | str) -> Path:
    files = {
        "LICENSE.TXT": licence,
        "PluginFurnitureCatalog.properties": CATALOGUE,
        "PluginFurnitureCatalog_zh_CN.properties": CHINESE,
        "small/crate/crate.obj": crate_obj(),
        "small/crate/crate.mtl": CRATE_MTL,
        "small/crate/Planks.PNG": png(),
    } | members
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WORLDREEL_DATA", str(tmp_path / "data"))


@pytest.fixture
def entries(tmp_path):
    return catalogue_entries(write_sh3f(tmp_path / "small.sh3f"))


def test_a_catalogue_says_what_its_models_are(entries):
    crate, computer = entries
    assert crate.key == "Small-red-crate"
    assert (crate.title, crate.category, crate.tags) == ("Crate", "Garage", ("Wooden",))
    assert crate.names == ("板条箱",)
    assert crate.size_m == (0.4, 0.3, 0.2)
    assert (crate.support_height_m, crate.movable, crate.wall_mounted) == (0.2, True, False)
    assert (crate.licence, crate.author) == ("CC0-1.0", "Ann")
    assert computer.title == "All-in-one computer"
    assert computer.names == ()
    assert computer.support_height_m is None
    assert "Puybaret" in computer.author
    upright = np.array(computer.rotation).reshape(3, 3)
    assert np.linalg.det(upright) == pytest.approx(1)


def test_a_library_without_a_free_licence_is_refused(tmp_path):
    path = write_sh3f(tmp_path / "closed.sh3f", licence="All rights reserved.")
    with pytest.raises(AssetError, match="neither CC0 nor CC-BY"):
        catalogue_entries(path)
    american = catalogue_entries(write_sh3f(tmp_path / "us.sh3f", licence=BY_US))
    assert american[0].licence == "CC-BY-3.0-US"
    assert LICENCE_URLS[american[0].licence].endswith("/by/3.0/us/")


def test_properties_follow_java():
    read = read_properties(b"a#1 = b\\u00e9 \\\n  c\n!x=1\n\nk\\=ey:v\\tw\nempty#2=\n")
    assert read == {"a#1": "bé c", "k=ey": "v\tw", "empty#2": ""}
    assert numbered(read) == {"a": {1: "bé c"}, "empty": {2: ""}}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Apple iPhone", "Smartphone"),
        ("Concept Sedan 02 Sport", "Sedan car 02 Sport"),
        ("VW new beetle", "Small round car"),
        ("IKEA shelf", "Shelf"),
        ("Apples", "Apples"),
        ("Seat", "Seat"),
        ("Sony", "Thing"),
    ],
)
def test_makers_are_not_named(said, shown):
    assert unbranded(said, otherwise="Thing") == shown
    assert not is_branded(shown)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../up.obj", "a/../../b", "C:/x.obj", "a\\b", "", "\\\\host\\x"]
)
def test_members_that_lead_out_are_refused(tmp_path, name):
    assert not is_safe_name(name)
    path = tmp_path / "bad.sh3f"
    with zipfile.ZipFile(path, "w") as file:
        info = zipfile.ZipInfo("x")
        info.filename = name
        file.writestr(info, b"0")
    with pytest.raises(AssetError, match="leads out"):
        catalogue_entries(path)


def test_links_and_bombs_are_refused(tmp_path):
    link = zipfile.ZipInfo("link.obj")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.sh3f", "w") as file:
        file.writestr(link, b"/etc/passwd")
    with pytest.raises(AssetError, match="is a link"):
        catalogue_entries(tmp_path / "link.sh3f")
    with zipfile.ZipFile(tmp_path / "bomb.sh3f", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros.obj", bytes(30_000_000))
    with pytest.raises(AssetError, match="200 times"):
        catalogue_entries(tmp_path / "bomb.sh3f")


def test_damaged_archives_are_refused(tmp_path):
    whole = write_sh3f(tmp_path / "small.sh3f").read_bytes()
    cut = tmp_path / "cut.sh3f"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AssetError, match="no zip archive"):
        catalogue_entries(cut)
    at = whole.index(b"small/crate/crate.obj") + 40
    cut.write_bytes(whole[:at] + bytes(60) + whole[at + 60 :])
    with opened(cut) as archive, pytest.raises(AssetError, match="damaged"):
        archive.read("small/crate/crate.obj")


def test_a_model_is_converted_to_metres_upright_and_outward(entries):
    surface = converted(entries[0])
    shape = trimesh.Trimesh(surface.vertices, surface.triangles)
    shape.merge_vertices(merge_tex=True)
    assert len(surface.triangles) == 12
    assert shape.is_volume
    assert shape.volume == pytest.approx(0.4 * 0.3 * 0.2)
    assert surface.vertices.min(axis=0) == pytest.approx([-0.2, -0.15, 0], abs=1e-6)
    assert surface.vertices.max(axis=0) == pytest.approx([0.2, 0.15, 0.2], abs=1e-6)
    side, top = surface.paints
    assert side.picture is not None  # found by its name, whatever disk its author had
    assert side.base_color == pytest.approx([1, 1, 1])
    assert (top.name, top.metallic, top.alpha) == ("chrome top", 1.0, 0.5)
    assert 0 < top.roughness < 0.5
    on_top = surface.vertices[surface.triangles[surface.slots == 1]]
    assert on_top[..., 2] == pytest.approx(0.2)


def test_a_catalogue_turn_sets_a_model_upright(entries):
    turned = converted(entries[1])
    assert np.ptp(turned.vertices, axis=0) == pytest.approx([0.4, 0.3, 0.2], abs=1e-6)
    on_top = turned.vertices[turned.triangles[turned.slots == 1]]
    # What was its upper side (+Y of the file) faces the back or the front now.
    assert np.ptp(on_top[..., 1]) == pytest.approx(0, abs=1e-6)


def test_kept_files_are_standard_and_say_whose_they_are(entries):
    folder = converted_folder(entries[0])
    scene = trimesh.load_scene(folder / "model.glb")
    assert sorted(scene.extents) == pytest.approx([0.2, 0.3, 0.4], abs=1e-6)
    assert scene.extents[1] == pytest.approx(0.2, abs=1e-6)
    about = json.loads((folder / "about.json").read_text())
    assert about["entry"]["author"] == "Ann"
    assert about["licence_url"] == LICENCE_URLS["CC0-1.0"]
    assert set(about["sha256"]) == {
        "small/crate/crate.obj", "small/crate/crate.mtl", "small/crate/Planks.PNG",
    }  # fmt: skip
    assert about["mending"]["doubled"] == 6
    assert "doubled" in changes_of(entries[0])


def test_damaged_and_outdated_files_are_made_again(entries, monkeypatch):
    folder = converted_folder(entries[0])
    first = converted(entries[0])
    (folder / "model.glb").write_bytes((folder / "model.glb").read_bytes()[:-8])
    assert converted(entries[0]).vertices == pytest.approx(first.vertices)
    monkeypatch.setattr(conversion, "VERSION", conversion.VERSION + 1)
    converted(entries[0])
    about = json.loads((folder / "about.json").read_text())
    assert about["made_from"]["version"] == conversion.VERSION
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


@pytest.mark.slow
def test_processes_that_convert_the_same_model_do_not_clash(entries):
    with multiprocessing.get_context("fork").Pool(4) as pool:
        counts = pool.map(_triangle_count, [entries[0]] * 8)
    assert counts == [12] * 8


def _triangle_count(entry) -> int:
    return len(converted(entry).triangles)


@pytest.mark.parametrize(
    ("obj", "says"),
    [
        ("", "no faces"),
        ("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 9\n", "point 9 of 3"),
        ("v 0 0 0\nv 1 0 0\nv nan 1 0\nf 1 2 3\n", "not finite"),
        ("v 0 0\nf 1 1 1\n", "cannot be read"),
        ("v 0 0 0\nv 1 0 0\nv 2 0 0\nf 1 2 3\n", "area"),
        ("\x00\xff" * 50, "no faces"),
    ],
)
def test_broken_models_are_refused_in_one_line(tmp_path, obj, says):
    path = write_sh3f(tmp_path / "small.sh3f", **{"small/crate/crate.obj": obj})
    with pytest.raises(AssetError, match=says) as refused:
        converted(catalogue_entries(path)[0])
    assert "\n" not in str(refused.value)


def test_pictures_that_are_none_leave_the_plain_colour(tmp_path):
    path = write_sh3f(tmp_path / "small.sh3f", **{"small/crate/Planks.PNG": b"\x89PNG no"})
    side = converted(catalogue_entries(path)[0]).paints[0]
    assert side.picture is None
    assert side.base_color == pytest.approx([0.214] * 3, abs=1e-3)  # Kd .5 is sRGB


def test_an_archive_that_is_gone_is_named(entries):
    entries[0].archive.unlink()
    with pytest.raises(AssetError, match="assets install"):
        converted(entries[0])


def test_an_index_gives_back_its_entries(entries, tmp_path):
    assert installed_names() == ()
    assert installed_entries() == ()
    folder = libraries_folder() / "sweethome3d"
    folder.mkdir(parents=True)
    made = Library(name="sweethome3d", version="1", archives={"small.sh3f": "0"}, entries=entries)
    (folder / INDEX).write_text(index_text(made), encoding="utf-8")
    (folder / "small.sh3f").write_bytes((tmp_path / "small.sh3f").read_bytes())
    back = read_library(folder)
    assert [entry.key for entry in back.entries] == [entry.key for entry in entries]
    assert back.entries[0].archive == folder / "small.sh3f"
    assert back.entries[1].rotation == entries[1].rotation
    assert installed_entries() == back.entries
    (folder / INDEX).write_text('{"schema": "other"}', encoding="utf-8")
    assert installed_entries() == ()
    with pytest.raises(AssetError, match="assets install"):
        read_library(folder)


@pytest.mark.parametrize("key", ["../x", "", "a/b"])
def test_an_index_cannot_name_other_folders(entries, key):
    folder = libraries_folder() / "sweethome3d"
    folder.mkdir(parents=True)
    made = Library(name="sweethome3d", version="1", archives={}, entries=entries)
    text = index_text(made).replace("Small-red-crate", key)
    (folder / INDEX).write_text(text, encoding="utf-8")
    with pytest.raises(AssetError):
        read_library(folder)
