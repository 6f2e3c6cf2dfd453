"""A page becomes a film of several shots, in one folder, cut together and captioned."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from pipeline.command_line.main import main
from pipeline.run_folder.pictures import pictures_in
from pipeline.shots.captions import cues_of, drawn, srt_of
from pipeline.shots.film_file import read_film
from scene_builder.model.documents.film_document import continued

PAGE = """A wooden box stands in a kitchen. A red rubber ball falls beside the box.
It lands on the floor. What a day it was."""
CAPTIONS = [
    "A wooden box stands in a kitchen.", "A red rubber ball falls beside the box.",
    "It lands on the floor. What a day it was.",
]  # fmt: skip
TINY = ("--reader", "rules", "--renderer", "flat", "--size", "96x64", "--fps", "12",
        "--duration", "0.5", "--takes", "2")  # fmt: skip
FRAMES = 6
WHOLE = (
    "scene.json", "reading.json", "stage.json", "trajectory.npz", "track.npz", "visibility.npz",
    "storyboard.png", "film.mp4", "report.json", "report.html", "manifest.json", "credits.txt",
)  # fmt: skip


@pytest.fixture(scope="session")
def finished_film(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shots")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    film = folder / "film"
    assert main(["make", str(folder / "page.txt"), *TINY, "--out", str(film)]) == 0
    return film


@pytest.fixture
def made(finished_film, tmp_path):
    """A finished film of three shots."""
    return Path(shutil.copytree(finished_film, tmp_path / "film"))


def frames_of(film):
    import av

    with av.open(str(film)) as container:
        assert container.streams.video[0].average_rate == 12
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def stamps(folder):
    return {
        p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.name in {"film.mp4", "stage.json"}
    }


@pytest.mark.slow
def test_a_page_becomes_a_film_with_a_run_folder_for_each_shot(finished_film):
    shots = sorted((finished_film / "shots").iterdir())
    assert [shot.name for shot in shots] == ["00", "01", "02"]
    for shot in shots:
        assert [name for name in WHOLE if not (shot / name).exists()] == []
        assert len(frames_of(shot / "film.mp4")) == FRAMES
    assert len(frames_of(finished_film / "film.mp4")) == 3 * FRAMES
    film = read_film(finished_film / "film.json")
    assert [shot.caption for shot in film.shots] == CAPTIONS
    assert film.text == PAGE
    assert continued(film) == film
    scenes = [json.loads((shot / "scene.json").read_text()) for shot in shots]
    assert [shot.scene.model_dump(mode="json") for shot in film.shots] == scenes
    evidence = json.loads((shots[1] / "reading.json").read_text())
    assert {"entities.0.noun", "entities.0.color"} <= {s["path"] for s in evidence["spans"]}


@pytest.mark.slow
def test_the_captions_are_seen_under_the_pictures(finished_film):
    frames = np.array(frames_of(finished_film / "film.mp4"), float)
    plain = np.array(
        [p for k in range(3) for p in pictures_in(finished_film / f"shots/{k:02d}/styled")], float
    )
    change = np.abs(frames - plain).mean(axis=(2, 3))
    assert change[:, 53:60].mean(axis=1).min() > 15
    assert change[:, :30].mean(axis=1).max() < 8  # what the encoder loses
    said = (finished_film / "captions.srt").read_text(encoding="utf-8")
    assert said.startswith("1\n00:00:00,000 --> 00:00:0")
    assert " ".join(line for line in said.splitlines() if line[:1].isalpha()) == " ".join(CAPTIONS)


@pytest.mark.slow
def test_the_same_thing_looks_the_same_in_every_shot(finished_film):
    def box(shot):
        stage = json.loads((finished_film / f"shots/{shot:02d}/stage.json").read_text())
        body = next(body for body in stage["bodies"] if body["id"] == "box#1")
        return body["mass_kg"], body["materials"], body["collider"]

    assert box(0) == box(1)


@pytest.mark.slow
def test_a_film_that_is_done_is_not_made_again(made, capsys):
    before = stamps(made)
    assert main(["make", str(made)]) == 0
    assert stamps(made) == before
    assert "whole film:" in capsys.readouterr().out


@pytest.mark.slow
def test_a_film_that_is_killed_goes_on_and_is_the_same(made, finished_film):
    for name in ("film.mp4", "captions.srt", "shots/02/film.mp4"):
        (made / name).unlink()
    for folder in ("shots/01/frames", "shots/01/styled", "shots/02/frames", "shots/02/styled"):
        shutil.rmtree(made / folder)
    command = [sys.executable, "-m", "pipeline.command_line.main", "make", str(made)]
    for shot in ("01", "02"):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 120
        frames = made / f"shots/{shot}/frames"
        while process.poll() is None and time.monotonic() < deadline:
            if len(list(frames.glob("frame_*.exr"))) >= 2:
                break
            time.sleep(0.005)
        process.kill()
        assert process.wait() in {-signal.SIGKILL, 0}
    assert main(["make", str(made)]) == 0
    for name in ("film.mp4", "captions.srt", "film.json", "shots/01/film.mp4"):
        assert (made / name).read_bytes() == (finished_film / name).read_bytes(), name
    assert not list(made.rglob(".*.part*"))


@pytest.mark.slow
def test_another_caption_is_only_cut_anew(made):
    before = stamps(made)
    text = (made / "film.json").read_text()
    said = f'"caption": "{CAPTIONS[0]}"'
    assert said in text
    (made / "film.json").write_text(text.replace(said, '"caption": "Look!"'))
    assert main(["make", str(made)]) == 0
    after = stamps(made)
    assert {p for p in after if after[p] != before[p]} == {made / "film.mp4"}
    assert "Look!" in (made / "captions.srt").read_text()


@pytest.mark.slow
def test_an_edited_film_rules_its_shots_and_an_edited_shot_stands(made, capsys):
    scene = made / "shots/02/scene.json"
    scene.write_text(scene.read_text().replace('"red"', '"green"'))
    assert main(["plan", str(made)]) == 0
    assert "shots/02/scene.json was edited" in capsys.readouterr().err
    assert '"green"' in scene.read_text()
    film = made / "film.json"
    film.write_text(film.read_text().replace('"red"', '"blue"'))
    assert main(["plan", str(made)]) == 0
    assert "shots/02/scene.json now follows film.json" in capsys.readouterr().err
    for shot in ("01", "02"):
        assert '"blue"' in (made / f"shots/{shot}/scene.json").read_text()
    assert '"green"' in (made / "shots/02/scene.earlier.json").read_text()


def test_words_are_divided_where_the_user_asks_for_it(tmp_path, capsys):
    run = tmp_path / "run"
    command = ["plan", PAGE.replace("\n", " "), *TINY, "--out", str(run)]
    assert main([*command, "--shots"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"shots: {run / 'film.json'}"
    assert [line.partition(": ")[2].partition(" (")[0] for line in said[1:]] == CAPTIONS
    assert len(list((run / "shots").iterdir())) == 3
    assert main([*command[:-1], str(tmp_path / "one")]) == 0
    assert (tmp_path / "one" / "scene.json").exists()
    assert not (tmp_path / "one" / "film.json").exists()


def test_a_long_prompt_in_which_much_happens_is_a_page(tmp_path):
    prompt = "A red ball rolls very slowly across the smooth floor of the old town hall. " * 6
    assert main(["plan", prompt, *TINY, "--out", str(tmp_path / "run")]) == 0
    assert len(read_film(tmp_path / "run" / "film.json").shots) == 6


def test_a_film_document_of_ones_own_is_taken_at_its_word(tmp_path, capsys):
    ball = {"id": "ball", "noun": "ball", "color": "red"}
    again = {"id": "ball", "noun": "ball"}
    shots = [{"scene": {"schema": "worldreel.scene/1", "entities": [entity]}, "caption": "One."}
             for entity in (ball, again)]  # fmt: skip
    document = {"schema": "worldreel.film/1", "title": "Mine", "shots": shots}
    (tmp_path / "mine.json").write_text(json.dumps(document))
    run = tmp_path / "run"
    assert main(["plan", str(tmp_path / "mine.json"), "--out", str(run)]) == 0
    scene = json.loads((run / "shots/01/scene.json").read_text())
    assert scene["entities"][0]["color"] == "red"
    assert main(["plan", str(run)]) == 0
    assert main(["plan", str(run / "film.json")]) == 0
    capsys.readouterr()
    document["shots"][1]["scene"]["entities"][0]["colour"] = "red"
    (tmp_path / "mine.json").write_text(json.dumps(document))
    assert main(["make", str(tmp_path / "mine.json"), "--out", str(tmp_path / "other")]) == 2
    said = capsys.readouterr().err
    assert "shots.1.scene.entities.0.colour: there is no such field" in said
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file"),
        (b"", "the prompt is empty"),
        (b"\xff\xfe\x00ball", "no UTF-8 text"),
        (b"ball \x00\x01", "no plain text"),
        (b"word " * 2001, "2,000 words"),
        (b"x" * (1 << 20) + b"x", "larger than 1 MiB"),
        (b"What a day. Nobody knows why.", "names nothing that could be filmed"),
    ],
)
def test_pages_that_give_no_film_are_one_line_and_leave_nothing(content, said, tmp_path, capsys):
    page, run = tmp_path / "page.txt", tmp_path / "run"
    if content is not None:
        page.write_bytes(content)
    assert main(["make", str(page), *TINY, "--out", str(run)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if line.startswith("worldreel: ")]) == 1
    assert said in lines[-1]
    assert not run.exists()


@pytest.mark.slow
def test_commands_for_one_shot_say_where_the_shots_are(made, tmp_path, capsys):
    (tmp_path / "page.txt").write_text(PAGE)
    for start, said in (
        (made, "shots/00"), (made / "film.json", "worldreel make"),
        (tmp_path / "page.txt", "worldreel make"),
    ):  # fmt: skip
        assert main(["storyboard", str(start)]) == 2
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1
        assert said in lines[0]
    assert main(["plan", str(made / "shots/00"), "--shots"]) == 2
    assert "--shots divides words" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [lambda film: film.write_text("{"), lambda film: film.unlink()],
)
def test_a_lost_film_document_is_made_again(made, damage):
    before = (made / "film.json").read_bytes()
    damage(made / "film.json")
    assert main(["plan", str(made)]) == 0
    assert (made / "film.json").read_bytes() == before


def test_the_schema_of_films_is_published(capsys):
    assert main(["schema", "film"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$id"] == "urn:worldreel:film:1"
    assert schema["required"] == ["schema", "shots"]
    assert schema["additionalProperties"] is False
    assert main(["schema", "flim"]) == 2
    assert "There are: scene, film." in capsys.readouterr().err


def test_a_long_caption_is_shown_in_parts_for_as_long_as_it_is():
    text = "A red ball rolls slowly across the floor of the hall. " * 4
    cues = cues_of([text, "", "End."], [40, 5, 10], size_px=(320, 180))
    assert " ".join(cue.text for cue in cues) == f"{text}End."
    assert [cue.start for cue in cues[1:-1]] == [cue.end for cue in cues[:-2]]
    assert (cues[0].start, cues[-2].end, cues[-1].start, cues[-1].end) == (0, 40, 45, 55)
    assert max(len(cue.lines) for cue in cues) == 2
    assert srt_of(cues, 10).count(" --> ") == len(cues)


def test_letters_of_east_asia_are_drawn_and_broken_anywhere_but_before_marks():
    cues = cues_of(
        ["一个红色的橡胶球从木桌上滚下来，撞倒了三个蓝色的杯子。"], [10], size_px=(160, 90)
    )
    assert all(line[0] not in "，。" for cue in cues for line in cue.lines)
    grey = np.full((90, 160, 3), 128, np.uint8)
    one, two = (drawn(grey, (letter,)) for letter in ("球", "桌"))
    assert not np.array_equal(one, two)
    assert np.array_equal(one[:60], grey[:60])
