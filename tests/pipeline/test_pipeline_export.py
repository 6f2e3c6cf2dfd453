"""What `worldreel export` and `worldreel verify FILE` understand."""

from pathlib import Path

import pytest

from pipeline.command_line.exporting import chosen, metres
from pipeline.command_line.main import main
from pipeline.verify import files
from pipeline.verify.files import is_checked_file
from scene_builder.model.errors import SettingsError


@pytest.mark.parametrize(
    ("form", "to", "wanted"),
    [
        (None, None, ("mp4", None)),
        ("gif", None, ("gif", None)),
        (None, "usdz", ("usdz", None)),
        (None, "gif", ("gif", None)),
        (None, "out/a.gif", ("gif", Path("out/a.gif"))),
        (None, "out/table.USDZ", ("usdz", Path("out/table.USDZ"))),
        (None, "out/film.bin", ("mp4", Path("out/film.bin"))),
        ("png", "pictures", ("png", Path("pictures"))),
        ("gif", "usdz", ("gif", Path("usdz"))),
    ],
)
def test_a_form_is_named_or_seen_from_the_path(form, to, wanted):
    assert chosen(form, to) == wanted


@pytest.mark.parametrize(
    ("text", "length"), [("0.5m", 0.5), ("40cm", 0.4), ("2", 2.0), (" 350 mm", 0.35), (".5 m", 0.5)]
)
def test_a_size_is_read(text, length):
    assert metres(text) == pytest.approx(length)


@pytest.mark.parametrize("text", ["", "big", "-1m", "0", "0.5km", "1e3", "nan"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(SettingsError, match=r"write for example 0\.5m"):
        metres(text)


def test_an_option_of_another_form_is_refused(tmp_path, capsys):
    assert main(["export", str(tmp_path), "--to", "gif", "--live"]) == 2
    assert "--live is not for gif" in capsys.readouterr().err


def test_a_form_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["export", str(tmp_path), "--to", "hologram"]) == 2
    assert "No exporter named 'hologram'. There are: mp4, gif, png" in capsys.readouterr().err


def test_verify_takes_an_exported_file(tmp_path, capsys):
    path = tmp_path / "film.usdz"
    assert is_checked_file(str(path))
    assert not is_checked_file("runs/dominoes")
    assert not is_checked_file("A ball falls")
    assert main(["verify", str(path)]) == 2
    assert "there is no file" in capsys.readouterr().err
    pytest.importorskip("pxr")
    path.write_bytes(b"no zip")
    assert main(["verify", str(path)]) == 1
    told = capsys.readouterr()
    assert "failed: " in told.out
    assert "breaks its contract" in told.err


def test_a_checker_without_its_package_says_what_to_install(tmp_path, capsys, monkeypatch):
    path = tmp_path / "film.usdz"
    path.write_bytes(b"")
    monkeypatch.setattr(files, "CHECKERS", {".usdz": ("no_such_package.checker:check", "xr")})
    assert main(["verify", str(path)]) == 1
    assert "pip install 'worldreel[xr]'" in capsys.readouterr().err
