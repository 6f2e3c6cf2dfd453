"""Cloth on the stage: what becomes cloth, and what stays as it is folded."""

from fractions import Fraction

import pytest

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.build.stage import build_stage
from scene_builder.language.mending.draping import draped
from scene_builder.model.graph import SceneGraph
from scene_builder.model.timeline import Timeline


def built(nouns, **said):
    entities = [{"id": noun, "noun": noun} for noun in nouns]
    document = {"schema": "worldreel.scene/1", "entities": entities, **said}
    return build_stage(
        SceneGraph.model_validate(document), sources=(ProceduralSource(),), seed=0,
        timeline=Timeline.lasting(1, fps=Fraction(24)),
    ).stage  # fmt: skip


def on(subject, carrier):
    return {"subject": subject, "predicate": "on", "object": carrier}


def test_a_tablecloth_hangs_down_on_all_sides_of_its_table():
    stage = built(["tablecloth", "table"], relations=[on("tablecloth", "table")])
    (fabric,) = stage.fabrics
    table, sheet = stage.body("table#1"), stage.body("tablecloth#1")
    assert (sheet.mesh.extents[:2] > table.mesh.extents[:2] + 0.3).all()
    assert 0 < sheet.pose.position[2] - table.mesh.high[2] <= 2 * fabric.thickness_m
    assert [fluid.name for fluid in stage.fluids] == ["air"]


def test_a_flag_is_pinned_to_a_pole_of_its_own_and_streams_in_the_wind():
    stage = built(["flag"], actions=[{"actor": "flag", "verb": "fly"}])
    (fabric,) = stage.fabrics
    assert len(fabric.pins) > 10
    assert stage.body("flag#1.pole").mobility == "static"
    assert stage.fluids[0].velocity[0] > 3
    assert stage.body("flag#1").mobility == "dynamic"


@pytest.mark.parametrize(
    ("nouns", "relations"),
    [
        (["napkin", "table"], [on("napkin", "table")]),
        (["blanket", "bed"], [on("blanket", "bed")]),
    ],
)
def test_what_is_smaller_than_what_carries_it_stays_as_it_is(nouns, relations):
    assert built(nouns, relations=relations).fabrics == ()


def test_what_is_draped_over_something_lies_on_it():
    document = {
        "entities": [{"id": "rug", "noun": "cloth"}, {"id": "table", "noun": "table"}],
        "relations": [
            {"subject": "rug", "predicate": predicate, "object": ["table"]}
            for predicate in ("above", "against")
        ],
    }
    repairs: list[str] = []
    draped(document, repairs)
    assert document["relations"] == [{"subject": "rug", "predicate": "on", "object": ["table"]}]
    assert repairs == ["rug is draped over table: it lies on it"]
