"""A run is edited by words: what they do not touch is neither made again nor moved."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.command_line.main import main
from pipeline.progress import Ending, Progress
from pipeline.run import open_film
from pipeline.run_folder.folder import RunFolder
from pipeline.settings import Options
from pipeline.steps.read import READ

PROMPT = "A white cup and a green vase stand on a table"
OPTIONS = Options(
    reader="rules", renderer="flat", size="48x32", fps="4", duration=0.5, takes=1, samples=1
)


class Listening(Progress):
    """Remembers how each step ended."""

    def __init__(self) -> None:
        self.how: dict[str, Ending] = {}

    def begin(self, step: str) -> None: ...

    def frames(
        self, step: str, done: int, total: int, left_secs: float | None, *, unit: str = "frame"
    ) -> None: ...

    def end(self, step: str, seconds: float, *, how: Ending) -> None:
        self.how[step] = how

    def note(self, text: str) -> None: ...


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edits") / "cups"
    with open_film(PROMPT, OPTIONS, out=folder, progress=Listening()) as film:
        film.film  # noqa: B018 - makes it
    return folder


@pytest.fixture
def edit(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    def edited(words: str) -> tuple[Path, dict[str, Ending]]:
        heard = Listening()
        monkeypatch.setattr("pipeline.command_line.editing.progress_on_stderr", lambda: heard)
        out = tmp_path / "edited"
        assert main(["edit", str(run), words, "--out", str(out)]) == 0
        return out, heard.how

    return edited


def bodies(folder: Path) -> dict[str, Any]:
    stage = json.loads((folder / "stage.json").read_text("utf-8"))
    return {body["id"]: body for body in stage["bodies"]}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.slow
def test_another_style_renders_nothing_and_leaves_the_first_run_alone(
    run: Path, edit: Callable[..., Any]
) -> None:
    before = snapshot(run)
    out, how = edit("make it look like a cartoon")
    for step in ("build", "direct", "simulate", "aim", "render"):
        assert how[step] == "kept", step
    assert how["stylize"] == how["encode"] == "done"
    assert snapshot(run) == before
    assert READ.load(RunFolder(out)).graph.look.style == "toon"
    for frame in sorted((run / "frames").glob("*.exr")):
        assert (out / "frames" / frame.name).read_bytes() == frame.read_bytes()


@pytest.mark.slow
def test_another_colour_moves_nothing(run: Path, edit: Callable[..., Any]) -> None:
    out, how = edit("make the cup blue")
    assert how["direct"] == how["simulate"] == "kept"
    assert how["render"] == "done"
    assert (out / "trajectory.npz").read_bytes() == (run / "trajectory.npz").read_bytes()
    one, other = bodies(run), bodies(out)
    assert other["cup#1"]["color_asked"] == "blue"
    assert other["cup#1"]["materials"] != one["cup#1"]["materials"]
    changed = {name for name, body in other.items() if body != one[name]}
    assert changed == {"cup#1"}


@pytest.mark.slow
def test_a_camera_word_renders_again_and_does_not_simulate_again(
    run: Path, edit: Callable[..., Any]
) -> None:
    out, how = edit("have the camera zoom in")
    assert how["direct"] == how["simulate"] == "kept"
    assert how["aim"] == how["render"] == "done"
    assert (out / "trajectory.npz").read_bytes() == (run / "trajectory.npz").read_bytes()
    assert (out / "track.npz").read_bytes() != (run / "track.npz").read_bytes()
    shot = json.loads((out / "stage.json").read_text("utf-8"))["shot"]
    assert [cue["move"] for cue in shot["cues"]] == ["dolly_in"]


@pytest.mark.slow
def test_a_new_cup_leaves_the_others_their_size_material_and_place(
    run: Path, edit: Callable[..., Any]
) -> None:
    out, how = edit("add a small box on the table")
    assert how["build"] == how["simulate"] == "done"
    one, other = bodies(run), bodies(out)
    assert set(other) - set(one) == {"box#1"}
    for name in ("cup#1", "vase#1", "table#1"):
        for field in ("mesh", "materials", "mass_kg", "friction", "restitution", "inertia"):
            assert other[name][field] == one[name][field], (name, field)
        moved = np.subtract(other[name]["position"], one[name]["position"])
        assert np.abs(moved).max() < 1e-3, name


def test_the_edited_run_keeps_the_words_and_can_be_edited_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planned, out = tmp_path / "run", tmp_path / "edited"
    assert main(["plan", PROMPT, "--reader", "rules", "--out", str(planned)]) == 0
    assert main(["edit", str(planned), "use a toon style", "--out", str(out)]) == 0
    assert main(["edit", str(out), "make it look like an oil painting", "--in-place", "--yes"]) == 0
    reading = READ.load(RunFolder(out))
    assert [note.text for note in reading.edits] == [
        "use a toon style", "make it look like an oil painting",
    ]  # fmt: skip
    (span,) = reading.edits[0].spans
    assert (span.path, reading.edits[0].text[span.start : span.end]) == (
        "look.style",
        "a toon style",
    )
    assert reading.graph.look.style == "oil"
    assert reading.graph.prompt == PROMPT
    assert "look.style: toon → oil" in capsys.readouterr().out


@pytest.mark.slow
def test_a_dry_run_shows_and_writes_nothing(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(run)
    words = "make the cup blue and remove the vase"
    assert main(["edit", str(run), words, "--dry-run"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "make the cup [blue] and remove [the vase]"
    assert "~ entities.cup.color: white → blue  ← 'blue'" in shown
    assert any(line.startswith("- entities.vase: vase, color green") for line in shown)
    assert snapshot(run) == before
    assert not run.with_name("cups-edit").exists()


@pytest.mark.slow
def test_what_a_person_changed_by_hand_is_set_aside_when_the_scene_changes(
    tmp_path: Path,
) -> None:
    out = tmp_path / "run"
    with open_film(PROMPT, OPTIONS, out=out, progress=Listening()) as film:
        film.stage  # noqa: B018 - makes it
    stage = out / "stage.json"
    stage.write_text(stage.read_text("utf-8").replace('"friction": ', '"friction":  '), "utf-8")
    assert main(["edit", str(out), "remove the vase", "--in-place"]) == 0
    assert (out / "stage.earlier.json").exists()
    assert "vase#1" not in bodies(out)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere", "make it blue"], "holds no run"),
        (["RUN", "make the dragon blue"], "dragon"),
        (["RUN", "what a lovely day it was in spring"], "nothing that can be changed"),
        (["RUN", "make the cup blue", "--out", "x", "--in-place"], "exclude"),
        (["RUN", "make the cup blue", "--out", "FULL"], "there already"),
        (["RUN", "make the cup blue", "--reader", "nobody"], "No reader named"),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planned, full = tmp_path / "run", tmp_path / "full"
    assert main(["plan", PROMPT, "--reader", "rules", "--out", str(planned)]) == 0
    full.mkdir()
    (full / "file").write_text("x")
    names = {"RUN": str(planned), "FULL": str(full), "nowhere": str(tmp_path / "nowhere")}
    capsys.readouterr()
    before = snapshot(tmp_path)
    assert main(["edit", *(names.get(word, word) for word in arguments)]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
    assert snapshot(tmp_path) == before


def test_an_edit_of_a_plan_only_changes_the_plan(tmp_path: Path) -> None:
    planned = tmp_path / "run"
    assert main(["plan", PROMPT, "--reader", "rules", "--out", str(planned)]) == 0
    assert main(["edit", str(planned), "make the cup blue"]) == 0
    assert main(["edit", str(planned), "make the cup red"]) == 0
    colors = {}
    for name in ("run", "run-edit", "run-edit-2"):
        folder = RunFolder(tmp_path / name)
        cup = READ.load(folder).graph.entity("cup")
        assert cup is not None
        colors[name] = cup.color
        assert not (folder / "stage.json").exists()
    assert colors == {"run": "white", "run-edit": "blue", "run-edit-2": "red"}


def test_plan_explains_which_words_say_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["plan", "A red ball rolls off a table", "--reader", "rules"]
    assert main([*words, "--explain", "--out", str(tmp_path / "run")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("A [red] [ball] [rolls") for line in lines)
    color = next(line for line in lines if line.startswith("entities.0.color"))
    assert color.split() == ["entities.0.color", "red", "'red'"]
    assert any(line.startswith("outcomes.0") and "falls_off" in line for line in lines)
