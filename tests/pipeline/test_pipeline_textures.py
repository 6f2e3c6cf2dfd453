"""A run holds the pictures that its stage wears."""

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline.cache import identity
from pipeline.parts import Parts
from pipeline.run_folder.documents import DamagedError
from pipeline.run_folder.stage_file import read_stage, write_stage
from pipeline.settings import Options, Settings, settings_from
from scene_builder.assets.decompose import cache_folder
from scene_builder.assets.folder import FolderSource
from scene_builder.model.digest import digest
from scene_builder.model.errors import AssetError, RunFolderError, SceneError, SettingsError
from scene_builder.model.material import Material
from scene_builder.model.stage import Stage

NAME = "textures/abc.png"


@pytest.fixture
def worn(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage whose first body wears a picture that lies in the cache."""
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))
    path = cache_folder() / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"pixels")
    first = stage.bodies[0]
    material = Material(
        name="plastic", base_color=np.full(3, 0.5), textures={"base_color": NAME, "alpha": NAME}
    )
    body = dataclasses.replace(first, materials=(material,) * len(first.materials))
    return dataclasses.replace(stage, bodies=(body, *stage.bodies[1:]))


def test_a_stage_brings_its_pictures_and_comes_back_without_the_cache(
    worn: Stage, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    files = write_stage(run / "stage.json", worn)
    assert files.count(run / NAME) == 1
    assert (run / NAME).read_bytes() == b"pixels"
    shutil.rmtree(tmp_path / "cache")
    assert digest(read_stage(run / "stage.json")) == digest(worn)
    moved = shutil.move(run, tmp_path / "elsewhere")
    assert digest(read_stage(Path(moved) / "stage.json")) == digest(worn)
    assert write_stage(Path(moved) / "stage.json", worn)


def test_a_picture_that_is_nowhere_is_named(worn: Stage, tmp_path: Path) -> None:
    run = tmp_path / "run"
    write_stage(run / "stage.json", worn)
    (run / NAME).unlink()
    with pytest.raises(DamagedError, match=r"textures/abc\.png is missing; build again"):
        read_stage(run / "stage.json")
    shutil.rmtree(tmp_path / "cache")
    with pytest.raises(RunFolderError, match=r"missing, and .* does not keep it") as caught:
        write_stage(run / "stage.json", worn)
    assert "\n" not in str(caught.value)


def test_pictures_stay_inside_of_the_run(worn: Stage, tmp_path: Path) -> None:
    run = tmp_path / "run"
    write_stage(run / "stage.json", worn)
    text = (run / "stage.json").read_text().replace(NAME, "../../secret.png")
    (run / "stage.json").write_text(text)
    with pytest.raises(SceneError, match="outside of the run folder"):
        read_stage(run / "stage.json")


def test_the_users_folder_comes_first_and_must_be_there(tmp_path: Path) -> None:
    assert not any(isinstance(s, FolderSource) for s in Parts(Settings()).sources)
    parts = Parts(settings_from(Options(assets=str(tmp_path), licence="cc0")))
    parts.check()
    assert isinstance(parts.sources[0], FolderSource)
    with pytest.raises(AssetError, match=r"no folder .*nowhere of assets"):
        Parts(Settings(assets=str(tmp_path / "nowhere"))).check()
    with pytest.raises(SettingsError, match=r"--licence 'gpl' given; allowed are cc0, attribution"):
        settings_from(Options(licence="gpl"))


def test_where_a_run_lies_is_in_no_key(tmp_path: Path) -> None:
    pytest.importorskip("bpy")
    here, there = (Parts(Settings(out=tmp_path / name)) for name in ("here", "there"))
    assert here.renderer.textures_root != there.renderer.textures_root
    assert identity(here.renderer) == identity(there.renderer)
    assert here.sketcher.textures_root is not None
