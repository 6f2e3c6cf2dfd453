"""What an edit does not touch stays where it stood, if there is room for it."""

from fractions import Fraction

import numpy as np
import pytest

from pipeline.editing.carrying import as_dressed, moves_alike, only_styled
from pipeline.plugins import create
from scene_builder.build.stage import build_stage
from scene_builder.language.editing.patching.applying import apply
from scene_builder.language.editing.rules import RuleEditor
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Stage
from scene_builder.model.timeline import Timeline

WORDS = ["add a small box on the table", "add two books on the table", "add a sofa"]


def graph() -> SceneGraph:
    return SceneGraph.model_validate({
        "schema": "worldreel.scene/1",
        "entities": [{"id": "cup", "noun": "cup", "color": "white"},
                     {"id": "vase", "noun": "vase"}, {"id": "table", "noun": "table"}],
        "relations": [{"subject": "cup", "predicate": "on", "object": ["table"]},
                      {"subject": "vase", "predicate": "on", "object": ["table"]}],
    })  # fmt: skip


def built(scene: SceneGraph, stands: dict[str, Pose] | None = None) -> Stage:
    sources = (create("assets", "procedural"),)
    timeline = Timeline.lasting(1.0, fps=Fraction(12))
    return build_stage(scene, sources=sources, timeline=timeline, seed=3, stands=stands).stage


@pytest.mark.slow
@pytest.mark.parametrize("words", WORDS)
def test_what_stood_stays_where_it_stood(words: str) -> None:
    before = built(graph())
    stands = {body.id: body.pose for body in before.bodies if body.entity}
    after = built(apply(graph(), RuleEditor().edit(graph(), words).patch), stands)
    for name, pose in stands.items():
        body = after.body(name)
        assert np.abs(body.pose.position - pose.position).max() < 1e-9, name
        assert np.abs(body.pose.wxyz - pose.wxyz).max() < 1e-9, name
        assert body.mesh.vertices.tobytes() == before.body(name).mesh.vertices.tobytes()


@pytest.mark.slow
def test_what_cannot_stay_finds_another_place() -> None:
    scene = graph()
    stands = {"cup#1": Pose.at(50.0, 50.0, 0.0), "vase#1": Pose.at(0.0, 0.0, 9.0)}
    plain, moved = built(scene), built(scene, stands)
    table = plain.body("table#1")
    for name in ("cup#1", "vase#1"):
        gap = np.abs(moved.body(name).pose.position - table.pose.position)[:2]
        assert gap.max() < max(table.mesh.extents[:2])


@pytest.mark.slow
def test_another_colour_only_changes_what_is_seen() -> None:
    blue = apply(graph(), RuleEditor().edit(graph(), "make the cup blue").patch)
    one, other = built(graph()), built(blue)
    assert moves_alike(one, other)
    dressed = as_dressed(one, other)
    assert dressed.body("cup#1").color_asked == "blue"
    assert dressed.body("cup#1").pose is one.body("cup#1").pose
    large = apply(graph(), RuleEditor().edit(graph(), "make the cup bigger").patch)
    assert not moves_alike(one, built(large))


def test_a_style_is_no_part_of_the_stage() -> None:
    toon = apply(graph(), RuleEditor().edit(graph(), "use a cartoon style").patch)
    blue = apply(graph(), RuleEditor().edit(graph(), "make the cup blue").patch)
    assert only_styled(graph(), toon)
    assert not only_styled(graph(), blue)
