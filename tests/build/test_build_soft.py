"""Soft bodies on the stage: who gives way, by its stuff, its kind or the words."""

from fractions import Fraction

import pytest

from pipeline.run_folder.stage_file import read_stage, write_stage
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.build.stage import build_stage
from scene_builder.model.digest import digest
from scene_builder.model.graph import SceneGraph
from scene_builder.model.timeline import Timeline


def built(prompt, *entities, verb="drop", **said):
    document = {
        "schema": "worldreel.scene/1", "prompt": prompt,
        "entities": [{"id": e["noun"], **e} for e in entities],
        "actions": [{"actor": entities[0]["noun"], "verb": verb}] if verb else [], **said,
    }  # fmt: skip
    return build_stage(
        SceneGraph.model_validate(document), sources=(ProceduralSource(),), seed=0,
        timeline=Timeline.lasting(1, fps=Fraction(24)),
    ).stage  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "entity"),
    [
        ("a soft red ball drops", {"noun": "ball", "color": "red"}),
        ("a ball of foam drops", {"noun": "ball", "material": "foam"}),
        ("a pillow drops onto the floor", {"noun": "pillow"}),
        ("a rubber ball drops and squashes", {"noun": "ball"}),
    ],
)
def test_what_is_called_soft_or_is_so_gives_way(prompt, entity):
    stage = built(prompt, entity)
    (soft,) = stage.softs
    assert soft.body == f"{entity['noun']}#1"
    assert soft.youngs_modulus < 1e5


@pytest.mark.parametrize(
    ("prompt", "entity", "verb"),
    [
        ("a ball drops in soft light", {"noun": "ball"}, "drop"),
        ("a pillow on the floor", {"noun": "pillow"}, None),
        ("an anvil drops and squashes", {"noun": "anvil"}, "drop"),
    ],
)
def test_others_stay_rigid(prompt, entity, verb):
    assert built(prompt, entity, verb=verb).softs == ()


def test_a_soft_stage_comes_back_from_the_disk(tmp_path):
    stage = built("a soft ball drops", {"noun": "ball"})
    write_stage(tmp_path / "stage.json", stage)
    assert digest(read_stage(tmp_path / "stage.json")) == digest(stage)
