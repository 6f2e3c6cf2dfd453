"""A run becomes a film for two eyes; every defect that was put into one is found."""

import json
import shutil
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.command_line.main import main
from pipeline.export.spatial import checking, exporter, sight_checks
from pipeline.export.spatial.checking import film_faults
from pipeline.export.spatial.container.boxes import box, walk
from pipeline.export.spatial.exporter import SpatialExporter, millimetres
from pipeline.export.spatial.pictures import Eye
from pipeline.export.spatial.rig import MOST_PARALLAX_DEG, Range, Rig, rig_for
from pipeline.export.spatial.sight_checks import sight_faults
from pipeline.run_folder.frame_store import JOURNAL
from pipeline.run_folder.motion_files import read_track
from scene_builder.model.arrays import Array
from scene_builder.model.errors import RunFolderError, SettingsError
from scene_builder.model.lens import Lens

LENS = Lens(focal_length_mm=36.0, sensor_width_mm=36.0, size_px=(64, 36))


@pytest.fixture(scope="module")
def _exported_once(tmp_path_factory: pytest.TempPathFactory, _finished_once: Path) -> Path:
    run = tmp_path_factory.mktemp("spatial") / "run"
    shutil.copytree(_finished_once, run)
    for packing in exporter.PACKINGS:
        made = SpatialExporter(packing=packing)
        made.export(run, run / "export" / made.file_name)
    return run


@pytest.fixture
def run(tmp_path: Path, _exported_once: Path) -> Path:
    shutil.copytree(_exported_once, tmp_path / "run")
    return tmp_path / "run"


def test_both_forms_are_sound(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("film_spatial.mov", "film_SBS.mp4"):
        assert film_faults(run / "export" / name) == ()
        assert main(["verify", str(run / "export" / name)]) == 0
    assert "0 failed" in capsys.readouterr().out


def test_what_is_at_the_screen_has_no_parallax_and_near_things_stand_in_front(run: Path) -> None:
    left, right = checking._views(run / "export" / "film_spatial.mov")
    sheet = json.loads((run / "export" / "film_spatial.json").read_text())
    assert sheet["nearest_parallax_deg"] < 0 < sheet["farthest_parallax_deg"]
    assert abs(sheet["farthest_parallax_deg"]) <= MOST_PARALLAX_DEG
    assert len(left) == len(right) == 12
    assert any((one != two).any() for one, two in zip(left, right, strict=True))
    track = read_track(run / "track.npz")
    beside = read_track(run / "export" / "right_eye" / "track.npz")
    apart = np.linalg.norm(beside.positions - track.positions, axis=1)
    np.testing.assert_allclose(apart, sheet["baseline_mm"] / 1000)


def test_the_shifted_picture_is_exact() -> None:
    seen = Range(near_m=1.5, far_m=40.0, subject_m=2.0)
    rig = rig_for(LENS, seen, baseline_mm=40.0)
    wide = rig.wide_lens
    assert wide.focal_px == pytest.approx(LENS.focal_px)
    assert wide.size_px == (64 + 2 * rig.shift_px, 36)
    for distance in (1.5, 2.0, rig.screen_m, 40.0):
        point = np.array([0.1, 0.05, -distance])
        beside = point - [rig.baseline_mm / 1000, 0, 0]
        parallax = wide.pixels(beside) - LENS.pixels(point)
        assert parallax[0] == pytest.approx(rig.parallax_px(distance))
        assert parallax[1] == pytest.approx(0)
    assert rig.parallax_px(rig.screen_m) == pytest.approx(0)


def test_cameras_move_together_where_eyes_would_be_strained() -> None:
    big = Lens(focal_length_mm=36.0, sensor_width_mm=36.0, size_px=(1280, 720))
    easy = rig_for(big, Range(near_m=9.0, far_m=20.0, subject_m=10.0), baseline_mm=64.0)
    assert easy.baseline_mm == 64.0
    for seen in (
        Range(near_m=0.2, far_m=float("inf"), subject_m=0.5),
        Range(near_m=0.05, far_m=0.5, subject_m=0.4),
    ):
        rig = rig_for(big, seen, baseline_mm=64.0)
        assert rig.baseline_mm < 64.0
        for distance in (seen.near_m, seen.far_m):
            assert abs(rig.parallax_deg(distance)) <= MOST_PARALLAX_DEG


def test_an_export_goes_on_where_it_was_broken_off(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = run / "export" / "right_eye" / "frames"
    kept, lost = frames / "frame_000003.exr", frames / "frame_000007.exr"
    before = kept.stat().st_mtime_ns
    lost.unlink()
    path = run / "export" / "film_spatial.mov"
    whole = path.read_bytes()
    SpatialExporter().export(run, path)
    assert path.read_bytes() == whole
    assert kept.stat().st_mtime_ns == before
    assert lost.is_file()


def test_a_run_without_frames_is_sent_back(run: Path) -> None:
    (run / "frames" / "frame_000002.exr").unlink()
    with pytest.raises(RunFolderError, match="worldreel render"):
        SpatialExporter().export(run, run / "again.mov")


@pytest.mark.parametrize(
    ("text", "wanted"), [("64mm", 64), ("6.4 cm", 64), ("0.1m", 100), ("20", 20)]
)
def test_distances_are_read(text: str, wanted: float) -> None:
    assert millimetres(text) == pytest.approx(wanted)


@pytest.mark.parametrize("text", ["", "wide", "-3mm", "0mm", "2m", "64 miles", "nan"])
def test_other_distances_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="--baseline"):
        SpatialExporter(baseline=text)


def test_an_unknown_packing_is_refused() -> None:
    with pytest.raises(SettingsError, match="side-by-side"):
        SpatialExporter(packing="over")


# ------------------------------------------------------------------ planted defects
def _without(kind: str) -> Callable[[bytes], bytes]:
    """Rename a box, so that nobody finds it."""
    return lambda film: film.replace(kind.encode(), b"free")


def _with(kind: str, content: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def change(film: bytes) -> bytes:
        old = next(found.content for found in walk(film) if found.kind == kind)
        new = content(old)
        assert len(new) == len(old)
        return film.replace(box(kind, old), box(kind, new))

    return change


def _units_changed(film: bytes) -> bytes:
    """Put the first right picture into layer 0."""
    found = {b.kind: b for b in walk(film)}
    place = struct.unpack_from(">I", found["stco"].content, 8)[0]
    place += 4 + struct.unpack_from(">I", film, place)[0] + 4
    return film[: place + 1] + bytes([film[place + 1] & 7]) + film[place + 2 :]


def _one_sample_longer(content: bytes) -> bytes:
    count = struct.unpack_from(">I", content, 4 + 4)[0]
    return content[:8] + struct.pack(">I", count + 1) + content[12:]


DEFECTS: dict[str, Callable[[bytes], bytes]] = {
    "no vexu": _without("vexu"),
    "no field of view": _without("hfov"),
    "no layer configuration": _without("lhvC"),
    "no hero": _without("hero"),
    "no projection": _without("prji"),
    "one eye only": _with("stri", lambda c: c[:4] + b"\x01"),
    "eyes marked as exchanged": _with("stri", lambda c: c[:4] + b"\x0b"),
    "wrong hero": _with("hero", lambda c: c[:4] + b"\x02"),
    "no baseline": _with("blin", lambda c: bytes(8)),
    "field of view in radians": _with("hfov", lambda c: struct.pack(">I", 691)),
    "fisheye": _with("prji", lambda c: c[:4] + b"fish"),
    "VPS of one view": _with("hvcC", lambda c: c[:34] + bytes([c[34] ^ 0x40]) + c[35:]),
    "no message of the views": _with("hvcC", lambda c: c[:-2] + bytes(2)),
    "other parameters of layer 1": _with("lhvC", lambda c: c[:-1] + bytes([c[-1] ^ 8])),
    "right picture in layer 0": _units_changed,
    "a sample too many": _with("stts", _one_sample_longer),
    "cut off": lambda film: film[:-40],
    "nothing": lambda film: b"",
}  # fmt: skip


@pytest.mark.parametrize("name", DEFECTS)
def test_every_planted_defect_is_found(name: str, run: Path) -> None:
    path = run / "export" / "film_spatial.mov"
    path.write_bytes(DEFECTS[name](path.read_bytes()))
    assert film_faults(path)


def test_an_eye_that_sees_what_the_other_sees_is_found(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = SpatialExporter._write

    def wrong(self: SpatialExporter, film: object, eyes: tuple[Eye, Eye], *rest: object) -> None:
        whole(self, film, (eyes[0], eyes[0]), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(SpatialExporter, "_write", wrong)
    path = SpatialExporter().export(run, run / "export" / "film_spatial.mov")
    assert any("both eyes see the same" in text for text in film_faults(path))


def _seen_by(shift: int, depth: Array) -> Array:
    """Return what an eye sees of a striped wall that leans back (h w)."""
    rig = Rig(baseline_mm=60.0, shift_px=6, lens=replace(LENS, size_px=(160, 90)))
    parallax = 0 if shift == 0 else rig.shift_px - rig.lens.focal_px * 0.06 / depth
    x = np.arange(160) - parallax
    return np.asarray(np.rint(127 + 60 * np.sin(x / 5) + 40 * np.sin(x / 13)), np.uint8)


@pytest.mark.parametrize(
    ("order", "said"),
    [((0, 1), None), ((1, 0), "exchanged"), ((0, 0), "see the same")],
)
def test_parallax_is_held_against_the_distances(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[int, int], said: str | None
) -> None:
    depth = np.tile(np.linspace(4.0, 1.2, 90)[:, None], (1, 160)).astype(np.float32)
    rng = np.random.default_rng(1)
    pictures = [
        np.clip(_seen_by(eye, depth) + rng.integers(-3, 4, depth.shape), 0, 255).astype(np.uint8)
        for eye in order
    ]
    hfov = Rig(baseline_mm=60.0, shift_px=6, lens=LENS).hfov_deg
    sheet = {"baseline_mm": 60.0, "hfov_deg": hfov, "shift_px": 6}
    path = tmp_path / "export" / "film.mov"
    for file, text in (
        (path.with_suffix(".json"), json.dumps(sheet)),
        (tmp_path / "frames" / JOURNAL, ""),
    ):
        file.parent.mkdir()
        file.write_text(text)
    if order == (0, 0):
        pictures[1] = pictures[1] ^ 1  # not bit by bit the same
    store = SimpleNamespace(read=lambda k: SimpleNamespace(depth=depth))
    monkeypatch.setattr(sight_checks, "stored_frames", lambda *_: store)
    found = list(sight_faults(path, [pictures[0]] * 3, [pictures[1]] * 3))
    assert [text for text in found if said is None or said not in text] == []
    assert len(found) == (said is not None)


def test_a_flat_film_is_told_from_one_with_depth(run: Path) -> None:
    assert any("vexu" in text for text in film_faults(run / "film.mp4"))
