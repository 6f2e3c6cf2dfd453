"""A run is played again with something otherwise, by real physics, beside how it was filmed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from pipeline.command_line.main import main
from pipeline.run_folder.motion_files import read_track, read_trajectory
from pipeline.run_folder.pictures import pictures_in
from pipeline.run_folder.stage_file import read_stage
from pipeline.whatif.grid import GAP_PX
from scene_builder.model.digest import digest

G, MOON = 9.81, 1.62
HEIGHT = 0.6

Ask = Callable[..., dict[str, Any]]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "whatif" not in path.parts and not path.name.startswith(".")
    }


@pytest.fixture
def ask(finished_folder: Path) -> Ask:
    """Asks a question, and returns the table of what differs."""

    def asked(slug: str, *arguments: str) -> dict[str, Any]:
        assert main(["whatif", str(finished_folder), *arguments]) == 0
        table: dict[str, Any] = json.loads(
            (finished_folder / "whatif" / slug / "whatif.json").read_text("utf-8")
        )
        return table

    return asked


def event(table: dict[str, Any], kind: str, subject: str, other: str | None) -> dict[str, Any]:
    found: list[dict[str, Any]] = [
        row for row in table["events"]
        if (row["kind"], row["subject"], row["object"]) == (kind, subject, other)
    ]  # fmt: skip
    assert len(found) == 1, table["events"]
    return found[0]


def test_on_the_moon_a_ball_falls_as_on_the_moon(ask: Ask, finished_folder: Path) -> None:
    before = snapshot(finished_folder)
    table = ask("setting.gravity-moon", "--set", "setting.gravity=moon", "--no-film")
    row = event(table, "touch", "ball#1", "ground")
    assert row["changed"]
    times = (row["as_filmed"]["time_secs"], row["now"][0]["time_secs"])
    for time, gravity in zip(times, (G, MOON), strict=True):
        assert time == pytest.approx(np.sqrt(2 * HEIGHT / gravity), abs=1 / 200)
    assert table["schema"] == "worldreel.whatif/1"
    assert table["as_filmed"] == {
        "label": "as filmed", "folder": "../..", "changes": [], "notes": []
    }  # fmt: skip
    assert [outcome["text"] for outcome in table["outcomes"]] == ["ball falls"]
    assert snapshot(finished_folder) == before


def test_galileo_a_heavier_ball_falls_no_faster(ask: Ask) -> None:
    table = ask("ball.mass_kg-5", "--set", "ball.mass_kg=5", "--no-film")
    row = event(table, "touch", "ball#1", "ground")
    assert not row["changed"]
    assert row["now"][0]["time_secs"] == pytest.approx(row["as_filmed"]["time_secs"], abs=1e-3)
    assert not any(outcome["changed"] for outcome in table["outcomes"])


def test_everything_else_stays(ask: Ask, finished_folder: Path) -> None:
    ask("block-2.friction-0.05", "--set", "block#2.friction=0.05", "--no-film")
    variant = finished_folder / "whatif" / "block-2.friction-0.05"
    before, after = read_stage(finished_folder / "stage.json"), read_stage(variant / "stage.json")
    for one, other in zip(before.bodies, after.bodies, strict=True):
        assert (digest(one) == digest(other)) == (one.id != "block#2")
    assert digest(before.actions) == digest(after.actions)
    assert digest(read_track(variant / "track.npz")) == digest(
        read_track(finished_folder / "track.npz")
    )
    again = finished_folder / "whatif" / "as-filmed" / "trajectory.npz"
    assert digest(read_trajectory(again)) == digest(
        read_trajectory(finished_folder / "trajectory.npz")
    )


def test_another_colour_moves_nothing(ask: Ask, finished_folder: Path) -> None:
    table = ask("ball.color-green", "--set", "ball.color=green", "--no-film")
    assert not any(row["changed"] for row in table["events"])
    assert table["endings"] == []
    variant = finished_folder / "whatif" / "ball.color-green"
    assert (variant / "trajectory.npz").read_bytes() == (
        finished_folder / "trajectory.npz"
    ).read_bytes()


def test_a_sweep_has_a_column_for_each_value(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    heights = ("0.2", "0.9")
    table = ask(
        "ball.height_m-0.2-0.9", "--sweep", f"ball.height_m={','.join(heights)}", "--no-film"
    )
    row = event(table, "touch", "ball#1", "ground")
    for height, now in zip(heights, row["now"], strict=True):
        assert now["time_secs"] == pytest.approx(np.sqrt(2 * float(height) / G), abs=1 / 200)
    assert [version["changes"] for version in table["variants"]] == [
        [f"ball.height_m={height}"] for height in heights
    ]
    said = capsys.readouterr().out
    assert "as filmed" in said
    assert all(f"ball.height_m = {height}" in said for height in heights)
    assert "ball#1 touches ground" in said


@pytest.mark.slow
def test_both_films_stand_beside_each_other(
    ask: Ask, finished_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(finished_folder)
    ask("setting.gravity-moon", "--set", "setting.gravity=moon")
    variant = finished_folder / "whatif" / "setting.gravity-moon"
    pictures = pictures_in(finished_folder / "styled")
    with av.open(str(variant / "whatif.mp4")) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
        assert "setting.gravity = moon" in film.metadata["comment"]
    assert len(frames) == len(pictures)
    height, width = frames[0].shape[:2]
    assert width == 2 * 64 + GAP_PX
    strip = height - 36
    assert frames[0][:strip, :64].max() > 60  # the words
    shown, own = np.asarray(frames[7], float), np.asarray(list(pictures)[7], float)
    assert np.abs(shown[strip : strip + 36, :64] - own).mean() < 8  # the film is compressed
    assert np.abs(shown[strip:, :64] - shown[strip:, 64 + GAP_PX :]).mean() > 1
    assert not (finished_folder / "whatif" / "as-filmed" / "frames").exists()
    assert (variant / "whatif.html").stat().st_size > (variant / "whatif.mp4").stat().st_size
    assert snapshot(finished_folder) == before
    assert main(["verify", str(variant)]) in (0, 1)  # the moon may break a promise
    assert "1.6200 m/s²" in capsys.readouterr().out


@pytest.mark.slow
def test_other_pictures_are_made_of_the_take_as_well(ask: Ask, finished_folder: Path) -> None:
    ask("ball.color-green", "--set", "ball.color=green", "--size", "32x18")
    taken = finished_folder / "whatif" / "as-filmed" / "styled"
    assert len(pictures_in(taken)) == len(pictures_in(finished_folder / "styled"))
    assert read_track(taken.parent / "track.npz").lens.size_px == (32, 18)
    with av.open(str(finished_folder / "whatif" / "ball.color-green" / "whatif.mp4")) as film:
        assert film.streams.video[0].width == 2 * 32 + GAP_PX


@pytest.mark.slow
def test_a_camera_that_follows_is_aimed_anew(ask: Ask, finished_folder: Path) -> None:
    ask("ball.height_m-2-follow", "--set", "ball.height_m=2", "--follow", "--no-film")
    own = finished_folder / "whatif" / "ball.height_m-2-follow" / "track.npz"
    assert digest(read_track(own)) != digest(read_track(finished_folder / "track.npz"))


def test_a_question_asked_again_simulates_nothing(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    first = ask("ball.mass_kg-5", "--set", "ball.mass_kg=5", "--no-film")
    assert capsys.readouterr().err.count("simulate: done") == 2
    assert ask("ball.mass_kg-5", "--set", "ball.mass_kg=5", "--no-film") == first
    assert "simulate: done" not in capsys.readouterr().err


def test_a_motion_that_was_edited_is_not_compared_with(
    ask: Ask, finished_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = finished_folder / "trajectory.npz"
    with np.load(path) as arrays:
        edited = {name: arrays[name] for name in arrays.files}
    edited["positions"] = edited["positions"] + 0.01
    np.savez(path, **edited)
    table = ask("ball.mass_kg-5", "--set", "ball.mass_kg=5", "--no-film")
    assert table["as_filmed"]["label"] == "unchanged"
    assert table["as_filmed"]["folder"] == "../as-filmed"
    assert "does not repeat the motion" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--set", "bal.mass_kg=5"), "did you mean ball?"),
        (("--set", "ball.mass_kg=5", "--fps", "30"), "--fps 30 given"),
        (("--set", "ball.mass_kg=5", "--seed", "3"), "--seed 3 given"),
        ((), "nothing to change was given"),
    ],
)
def test_a_wrong_question_leaves_nothing(
    finished_folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    assert main(["whatif", str(finished_folder), *arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert not (finished_folder / "whatif").exists()


def test_a_run_that_does_not_move_yet_is_sent_back(
    stage_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (stage_folder / "trajectory.npz").unlink(missing_ok=True)
    assert main(["whatif", str(stage_folder), "--set", "ball.mass_kg=5"]) == 2
    assert "worldreel simulate" in capsys.readouterr().err
    assert main(["whatif", str(stage_folder / "none"), "--set", "ball.mass_kg=5"]) == 2
    assert "holds no run" in capsys.readouterr().err


def test_help_has_a_real_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whatif", "--help"]) == 0
    said = capsys.readouterr().out
    assert "worldreel whatif runs/dominoes --set setting.gravity=moon" in " ".join(said.split())
    assert "--sweep" in said
