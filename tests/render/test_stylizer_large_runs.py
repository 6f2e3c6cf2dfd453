"""Large models from the command line: a finished run is painted anew, and nothing else."""

import json

import numpy as np
import pytest

pytest.importorskip("diffusers")

from pipeline.command_line.main import main
from pipeline.parts import Parts
from pipeline.run_folder.pictures import picture_path, read_picture
from pipeline.settings import Options, Settings, settings_from
from render.stylize.large.stylizers import SdxlStylizer, WanStylizer
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading
from tests.render.tiny_large import save_sdxl

FAST = ("--reader", "rules", "--takes", "1", "--fps", "8", "--duration", "0.5",
        "--renderer", "flat", "--size", "64x36")  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return str(save_sdxl(tmp_path_factory.mktemp("large") / "sdxl"))


def written(folder, pattern):
    return {path.name: path.stat().st_mtime_ns for path in sorted(folder.glob(pattern))}


def test_a_finished_run_is_painted_anew_and_nothing_is_rendered(model, tmp_path, capsys):
    run = tmp_path / "run"
    assert main(["stylize", "a ball falls", "--out", str(run), *FAST]) == 0
    frames = written(run, "frames/*.exr")
    plain = read_picture(picture_path(run / "styled", 0))
    asked = ["--stylizer", "sdxl", "--model", model, "--model-options", "steps=2 denoise=0.5"]
    assert main(["stylize", str(run), "--style", "like an old Soviet poster", *asked]) == 0
    assert frames
    assert written(run, "frames/*.exr") == frames
    painted = read_picture(picture_path(run / "styled", 0))
    assert np.abs(painted.astype(int) - plain).mean() > 3
    manifest = json.loads((run / "manifest.json").read_text())
    assert manifest["settings"]["stylizer"] == "sdxl"
    assert "download" not in manifest["settings"]
    pictures = written(run, "styled/*.png")
    assert main(["stylize", str(run)]) == 0  # as it was begun: nothing is left to do
    assert written(run, "styled/*.png") == pictures
    capsys.readouterr()


def test_a_model_that_is_missing_is_said_before_anything_is_made(tmp_path, capsys):
    run = tmp_path / "run"
    asked = ["--stylizer", "wan", "--model", str(tmp_path / "none")]
    assert main(["make", "a ball falls", "--out", str(run), *FAST, *asked]) == 2
    said = capsys.readouterr().err
    assert "there is no model in" in said
    assert "Traceback" not in said
    assert not (run / "stage.json").exists()


def test_another_stylizer_forgets_the_model_of_the_last(model):
    first = settings_from(Options(stylizer="wan", model=model, model_options="steps=3"))
    assert (first.model, first.model_options) == (model, "steps=3")
    same = settings_from(Options(style="oil"), earlier=first)
    assert (same.stylizer, same.model) == ("wan", model)
    other = settings_from(Options(stylizer="painter"), earlier=first)
    assert (other.model, other.model_options) == (None, None)
    for options in (Options(model=model), Options(stylizer="toon", download=True)):
        with pytest.raises(SettingsError, match="is for large models"):
            settings_from(options)


def test_parts_name_the_usual_model_unless_another_is_given(model):
    graph = SceneGraph.model_validate({
        "schema": "worldreel.scene/1", "entities": [{"id": "ball", "noun": "ball"}],
        "look": {"style": "like an old poster"},
    })  # fmt: skip

    def stylizer(**options):
        parts = Parts(Settings(**options))
        assert parts.choice(Reading(graph=graph)) is None
        return parts.look(Reading(graph=graph))[1]

    assert stylizer(stylizer="wan") == WanStylizer(model="Wan-AI/Wan2.1-VACE-1.3B-diffusers")
    given = stylizer(stylizer="sdxl", model=model, model_options="every=4", download=True)
    assert given == SdxlStylizer(model=model, options="every=4", download=True)
    assert stylizer(stylizer=f"sdxl:{model}") == SdxlStylizer(model=model)
    with pytest.raises(SettingsError, match="every=x given"):
        Parts(Settings(stylizer="sdxl", model=model, model_options="every=x")).check()
