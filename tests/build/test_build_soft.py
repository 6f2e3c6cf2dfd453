"""Soft bodies on the stage: who gives way, by its stuff, its kind or the words."""

from fractions import Fraction

import pytest

from pipeline.run_folder.stage_file import read_stage, write_stage
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.build.softs.called_soft import is_called_soft
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


@pytest.mark.parametrize(
    ("prompt", "entities", "soft"),
    [
        ("A soft ball and a bowling ball fall.", ["ball", "bowling ball"], ["ball"]),
        ("A soft bowling ball and a ball fall.", ["ball", "bowling ball"], ["bowling ball"]),
        ("A soft ball falls. A steel ball falls.", ["ball", "ball steel"], ["ball"]),
        ("A ball falls. The ball hits a soft ball.", ["ball 1", "ball 2"], ["ball 2"]),
        ("A soft red ball hits a hard red ball.", ["ball 1 red", "ball 2 red"], ["ball 1 red"]),
        ("A soft light green ball hits a green ball.",
         ["ball lightgreen", "ball green"], ["ball lightgreen"]),
        ("A soft ball hits a red ball.", ["ball", "ball red"], ["ball"]),
        ("A soft drink can rolls off a table.", ["can", "table"], []),
        ("In soft light balls fall.", ["ball"], []),
        ("A soft pillow lands near balls.", ["pillow", "ball"], ["pillow"]),
        ("A wobbly chair is pushed.", ["chair"], []),
        ("A jelly jar falls.", ["jar jelly"], []),
        ("A foam cup falls.", ["cup"], []),
        ("A soft steel ball falls.", ["ball steel"], []),
    ],
)  # fmt: skip
def test_only_the_thing_behind_the_word_is_called_soft(prompt, entities, soft):
    graph = graph_called(prompt, entities)
    assert [name for name, entity in zip(entities, graph.entities, strict=True)
            if is_called_soft(entity, graph)] == soft  # fmt: skip


def graph_called(prompt, entities):
    """Entities of "noun, number, colour or material"."""
    made = []
    for k, name in enumerate(entities):
        noun = "bowling ball" if name.startswith("bowling") else name.split()[0]
        said = name.removeprefix(noun).split()
        one = {"id": f"thing_{k}", "noun": noun}
        for word in said:
            if word in ("steel", "jelly"):
                one["material"] = word
            elif not word.isdigit():
                one["color"] = word
        made.append(one)
    return SceneGraph.model_validate(
        {"schema": "worldreel.scene/1", "prompt": prompt, "entities": made}
    )


def test_a_jar_of_that_name_is_not_made_of_jelly():
    assert built("a jelly jar drops", {"noun": "jar", "material": "jelly"}).softs == ()


def test_a_soft_stage_comes_back_from_the_disk(tmp_path):
    stage = built("a soft ball drops", {"noun": "ball"})
    write_stage(tmp_path / "stage.json", stage)
    assert digest(read_stage(tmp_path / "stage.json")) == digest(stage)
