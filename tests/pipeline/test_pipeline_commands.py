"""The command line: good input leaves results, bad input one line and nothing half-written."""

import contextlib
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.command_line.commands import COMMANDS
from pipeline.command_line.interrupts import remembered_interrupts
from pipeline.command_line.main import main
from pipeline.command_line.progress import PlainProgress
from pipeline.run_folder import atomic
from pipeline.run_folder.documents import scene_text
from scene_builder.model.errors import StepError
from scene_builder.model.graph import SceneGraph

SMALL = ("--renderer", "flat", "--size", "64x36")
FAST = ("--reader", "rules", "--takes", "1", "--fps", "8", "--duration", "0.5", *SMALL)


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., str]:
    """Runs a command that has to be refused, and returns its one line."""

    def run(*arguments: str, code: int = 2, left: tuple[str, ...] | None = ()) -> str:
        assert main(list(arguments)) == code
        said = capsys.readouterr()
        lines = [line for line in said.err.splitlines() if line.startswith("worldreel: ")]
        assert len(lines) == 1
        assert "Traceback" not in said.err
        if left is not None:
            assert sorted(p.name for p in tmp_path.iterdir()) == sorted(left)
        return lines[0]

    return run


Refused = Callable[..., str]


@pytest.mark.parametrize(
    "words",
    ["", "   \n ", "🎈🎉🎈", "\x00\x01\x02\xff", "1234 5678", "ball " * 10_000],
    ids=["empty", "blank", "emoji", "binary", "numbers", "ten thousand words"],
)
def test_words_that_say_nothing(refused: Refused, tmp_path: Path, words: str) -> None:
    line = refused("make", words, "--out", str(tmp_path / "run"), *FAST)
    assert len(line) < 300
    assert not re.search(r"[\x00-\x1f]", line)


@pytest.mark.slow
def test_an_unknown_noun_is_named(refused: Refused, tmp_path: Path, graph: SceneGraph) -> None:
    entities = [{"id": "thing", "noun": "flumbergast"}]
    _scene(tmp_path / "scene.json", graph, entities=entities, relations=[], actions=[], outcomes=[])
    line = refused(
        "build", str(tmp_path / "scene.json"), "--out", str(tmp_path / "run"), *SMALL, left=None
    )
    assert "entities.0.noun" in line
    assert "flumbergast" in line
    assert not (tmp_path / "run" / "stage.json").exists()


def test_impossible_relations_are_named(
    refused: Refused, tmp_path: Path, graph: SceneGraph
) -> None:
    relations = [
        {"subject": "ball", "predicate": "on", "object": "block"},
        {"subject": "block", "predicate": "on", "object": "ball"},
    ]
    scene = _scene(tmp_path / "scene.json", graph, relations=relations)
    line = refused("build", scene, "--out", str(tmp_path / "run"), *SMALL, left=None)
    assert "ball" in line
    assert "block" in line
    assert not (tmp_path / "run" / "stage.json").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"entities": [{"id": "a", "noun": "cup", "count": 0}]}, "entities.0.count"),
        ({"entities": [{"id": "a", "noun": "cup", "count": 10**6}]}, "entities.0.count"),
        ({"duration_secs": -1}, "duration_secs"),
        ({"color": "red"}, "color: there is no such field"),
        ({"schema": None}, "schema"),
    ],
)
def test_a_wrong_field_is_named(
    refused: Refused, tmp_path: Path, graph: SceneGraph, change: dict[str, Any], told: str
) -> None:
    scene = _scene(tmp_path / "scene.json", graph, **change)
    line = refused("make", scene, "--out", str(tmp_path / "run"), left=("scene.json",))
    assert told in line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--duration", "-3"), "--duration -3 given; allowed are seconds above 0"),
        (("--size", "3x3"), "--size 3x3"),
        (("--fps", "quick"), "--fps 'quick'"),
        (("--seed", "x"), "--seed"),
        (("--preset", "best"), "--preset 'best'"),
        (("--renderer", "blendr"), "No renderer named 'blendr'. There are: cycles, eevee"),
        (("--stylizer", "tooon"), "Did you mean 'toon'?"),
        (("--sede", "3"), "--sede"),
    ],
)
def test_a_wrong_option_is_named(
    refused: Refused, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    line = refused("make", "a ball", "--out", str(tmp_path / "run"), *arguments)
    assert told in line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("mke", "a ball"), "No command named 'mke'. There are: make, plan"),
        (("render", "runs/nothing-here"), "there is no run folder 'runs/nothing-here'"),
        (("make", "no/such/scene.json"), "there is no file no/such/scene.json"),
        (("make",), "START"),
        (("export", "runs/nothing-here", "gif"), "holds no run"),
        (("export", "runs", "movie"), "No exporter named 'movie'. There are: mp4, gif, png"),
        (("plan", "examples/scene.json"), "plan needs words"),
    ],
)
def test_a_wrong_start_is_named(refused: Refused, arguments: tuple[str, ...], told: str) -> None:
    assert told in refused(*arguments)


def test_a_folder_that_cannot_be_written(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    assert "is a file" in refused("make", "a ball", "--out", str(tmp_path / "file"), left=("file",))
    line = refused("make", "a ball", "--out", str(tmp_path / "file" / "run"), left=("file",))
    assert "choose another --out" in line
    monkeypatch.setattr(Path, "mkdir", _denied)
    line = refused("make", "a ball", "--out", str(tmp_path / "run"), left=("file",))
    assert "no permission; choose another --out" in line


def test_a_full_disk_leaves_nothing_half_written(
    refused: Refused, finished_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(finished_folder / "frames")
    flush = atomic._flush

    def full(path: Path) -> None:
        if "frame_000003" in path.name:
            raise OSError(28, "No space left on device")
        flush(path)

    monkeypatch.setattr(atomic, "_flush", full)
    line = refused("render", str(finished_folder), *SMALL, left=None)
    assert "frame_000003.exr cannot be written: the disk is full; free some space" in line
    names = {path.name for path in (finished_folder / "frames").iterdir()}
    assert names == {"index.jsonl", *(f"frame_{k:06d}.exr" for k in range(3))}
    monkeypatch.setattr(atomic, "_flush", flush)
    assert main(["render", str(finished_folder), *SMALL]) == 0


@pytest.mark.slow
def test_a_run_by_hand_goes_the_whole_way(
    stage_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["make", str(stage_folder), *SMALL]) == 0
    said = capsys.readouterr()
    for name in ("scene.json", "stage.json", "storyboard.png", "film.mp4", "report.html"):
        assert str(stage_folder / name) in said.out
        assert (stage_folder / name).stat().st_size > 0
    assert "stage.json is taken as it stands" in said.err
    assert re.search(r"render: about .* for the \d+ frames to come", said.err)
    assert {"credits.txt", "report.json", "manifest.json", "trajectory.npz", "track.npz"} | {
        "visibility.npz", "frames", "styled"
    } <= {p.name for p in stage_folder.iterdir()}  # fmt: skip
    manifest = json.loads((stage_folder / "manifest.json").read_text())
    assert {"simulate", "storyboard", "render", "stylize", "encode", "certify", "verify"} == {
        name for name, step in manifest["steps"].items() if step["finished"]
    }
    assert manifest["licences"][0]["author"] == "A <b>& Co"


@pytest.mark.slow
def test_another_style_renders_nothing(
    finished_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = (finished_folder / "film.mp4").read_bytes()
    capsys.readouterr()

    def never(*arguments: object, **options: object) -> None:
        raise AssertionError

    monkeypatch.setattr("render.flat.FlatRenderer.render", never)
    monkeypatch.setattr("physics.bullet.simulator.BulletSimulator.simulate", never)
    assert main(["make", str(finished_folder), "--style", "toon"]) == 0
    said = capsys.readouterr().err
    assert re.search(r"render: still valid", said)
    assert re.search(r"stylize: done", said)
    assert (finished_folder / "film.mp4").read_bytes() != plain
    assert main(["make", str(finished_folder), "--style", "photoreal"]) == 0
    assert (finished_folder / "film.mp4").read_bytes() == plain


def test_a_style_that_nobody_draws_is_told(
    finished_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["encode", str(finished_folder), *SMALL, "--style", "zzzzzzzzzz"]) == 0
    assert "the film stays plain" in capsys.readouterr().err
    manifest = json.loads((finished_folder / "manifest.json").read_text())
    assert "zzzzzzzzzz" in manifest["steps"]["stylize"]["repairs"][0]


@pytest.mark.parametrize("damage", [b"", b"no frame", None])
def test_a_damaged_frame_is_rendered_again(
    finished_folder: Path, capsys: pytest.CaptureFixture[str], damage: bytes | None
) -> None:
    film = (finished_folder / "film.mp4").read_bytes()
    frame = finished_folder / "frames" / "frame_000005.exr"
    whole = frame.read_bytes()
    if damage is None:
        frame.write_bytes(whole[: len(whole) // 2] + bytes(100) + whole[len(whole) // 2 + 100 :])
    else:
        frame.write_bytes(damage)
    assert main(["make", str(finished_folder)]) == 0
    assert "frame 5 (frame_000005.exr) was damaged" in capsys.readouterr().err
    assert frame.read_bytes() == whole
    assert (finished_folder / "film.mp4").read_bytes() == film
    manifest = json.loads((finished_folder / "manifest.json").read_text())
    assert any("frame 5" in text for text in manifest["steps"]["render"]["repairs"])


def test_a_damaged_motion_is_simulated_again(
    stage_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", str(stage_folder)]) == 0
    motion = (stage_folder / "trajectory.npz").read_bytes()
    (stage_folder / "trajectory.npz").write_bytes(motion[:200])
    assert main(["simulate", str(stage_folder)]) == 0
    assert "trajectory.npz was missing or damaged" in capsys.readouterr().err
    assert (stage_folder / "trajectory.npz").read_bytes() == motion


def test_a_motion_of_other_bodies_is_refused(
    refused: Refused, stage_folder: Path, tmp_path: Path
) -> None:
    assert main(["simulate", str(stage_folder)]) == 0
    document = json.loads((stage_folder / "stage.json").read_text())
    document["bodies"].pop(1)
    (stage_folder / "stage.json").write_text(json.dumps(document))
    (stage_folder / "manifest.json").unlink()  # nothing says any more that it may be replaced
    line = refused("render", str(stage_folder), *SMALL, left=("by_hand",))
    assert "remove trajectory.npz to simulate anew" in line


def test_a_stage_alone_is_enough(stage_folder: Path) -> None:
    (stage_folder / "scene.json").unlink()
    assert main(["verify", str(stage_folder), *SMALL]) == 0
    entities = json.loads((stage_folder / "scene.json").read_text())["entities"]
    assert [(e["id"], e["count"]) for e in entities] == [("ball", 1), ("block", 2)]


def test_a_scene_of_a_run_begins_a_new_run_elsewhere(stage_folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in stage_folder.iterdir()}
    start, out = str(stage_folder / "scene.json"), tmp_path / "elsewhere"
    assert main(["build", start, "--out", str(out), *FAST]) == 0
    assert (out / "scene.json").read_bytes() == (stage_folder / "scene.json").read_bytes()
    assert (out / "stage.json").exists()
    assert {path.name: path.stat().st_mtime_ns for path in stage_folder.iterdir()} == before


def test_verify_needs_no_frames(stage_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(stage_folder), *SMALL]) == 0
    assert "not judged: 2 × block: no frames have been rendered yet" in capsys.readouterr().out
    assert not (stage_folder / "frames").exists()
    assert json.loads((stage_folder / "report.json").read_text())["claims"]


def test_exports_are_written_whole(finished_folder: Path, tmp_path: Path) -> None:
    for form, target in (("mp4", "a.mp4"), ("gif", "a.gif"), ("png", "pictures")):
        assert main(["export", str(finished_folder), form, "--to", str(tmp_path / target)]) == 0
    assert (tmp_path / "a.mp4").read_bytes() == (finished_folder / "film.mp4").read_bytes()
    assert (tmp_path / "a.gif").read_bytes()[:6] == b"GIF89a"
    assert len(list((tmp_path / "pictures").glob("frame_*.png"))) == 12


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        assert main([name, "--help"]) == 0
        said = capsys.readouterr().out
        assert "Example:" in said
        assert f"worldreel {name}" in said
    assert main([]) == 0
    assert "doctor" in capsys.readouterr().out


def test_the_schema_is_that_of_the_scene_graph(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]["schema"]["const"] == "worldreel.scene/1"
    assert {"schema", "entities"} == set(schema["required"])


def test_parts_lists_every_seam(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parts"]) == 0
    said = capsys.readouterr().out
    for name in ("embedded", "procedural", "bullet", "cycles", "toon", "gif", "processes"):
        assert re.search(rf"^  {name} ", said, re.MULTILINE)


def test_a_failed_step_ends_with_one_and_debug_shows_where(
    stage_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise StepError("the motion\nexploded")

    monkeypatch.setattr("physics.bullet.simulator.BulletSimulator.simulate", fail)
    assert main(["simulate", str(stage_folder)]) == 1
    assert capsys.readouterr().err.endswith("worldreel: the motion exploded\n")
    assert main(["simulate", str(stage_folder), "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_defect_is_one_line_too(
    stage_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("physics.bullet.simulator.BulletSimulator.simulate", fail)
    assert main(["simulate", str(stage_folder)]) == 1
    said = capsys.readouterr().err
    assert "a defect of worldreel: ZeroDivisionError: oh" in said
    assert "Traceback" not in said


def test_control_c_ends_with_130_and_the_run_goes_on(
    finished_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.run_folder.frame_store import FrameStore

    shutil.rmtree(finished_folder / "frames")
    add = FrameStore.add

    def stop(store: FrameStore, frame: Any) -> None:
        if frame.frame == 4:
            raise KeyboardInterrupt
        add(store, frame)

    monkeypatch.setattr(FrameStore, "add", stop)
    assert main(["render", str(finished_folder), *SMALL]) == 130
    monkeypatch.setattr(FrameStore, "add", add)
    capsys.readouterr()
    assert main(["render", str(finished_folder), *SMALL]) == 0
    assert "render: frame 6/12" in capsys.readouterr().err


def test_control_c_is_not_lost_where_a_library_swallows_it() -> None:
    with remembered_interrupts():
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            PlainProgress().frames("render", 1, 2, None)
    with pytest.raises(KeyboardInterrupt):
        _fail_after_a_swallowed_interrupt()
    with remembered_interrupts():
        PlainProgress().frames("render", 1, 2, None)


def test_a_process_that_used_blender_ends_with_its_code_and_its_words() -> None:
    code = (
        "import sys, atexit, bpy; sys.argv[1:] = {}; atexit.register(print, 'tidied');"
        "from pipeline.command_line.main import main; main(); print('still here')"
    )
    for words, ended, told in ((["parts"], 0, "renderer"), (["prats"], 2, "prats")):
        run = subprocess.run(
            [sys.executable, "-c", code.format(words)], capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip
        assert run.returncode == ended
        assert told in run.stdout + run.stderr
        assert "tidied" in run.stdout
        assert "still here" not in run.stdout


def _fail_after_a_swallowed_interrupt() -> None:
    with remembered_interrupts():
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        raise StepError("the frame is not there")


def _scene(path: Path, graph: SceneGraph, **changes: Any) -> str:
    path.write_text(json.dumps(json.loads(scene_text(graph)) | changes))
    return str(path)


def _denied(*arguments: object, **options: object) -> None:
    raise PermissionError(13, "Permission denied")
