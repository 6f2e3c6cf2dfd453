"""Colourful groups, toppling, flights and plunges, from a graph to a stage."""

from fractions import Fraction

import numpy as np
import pytest

from pipeline.verify.things import judge_variety
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.build.fluids.floating import watered
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.deeds import deeds_of
from scene_builder.build.staging.tipping import tipped
from scene_builder.knowledge.colors import LIVELY
from scene_builder.model.graph import SceneGraph
from scene_builder.model.timeline import Timeline

SHOT = Timeline.lasting(2.0, fps=Fraction(24))


def graph_of(*entities, **more):
    return SceneGraph.model_validate(
        {"schema": "worldreel.scene/1", "entities": [{"id": e["noun"], **e} for e in entities],
         **more}
    )  # fmt: skip


def staged(graph):
    return build_stage(graph, sources=[ProceduralSource()], timeline=SHOT, seed=1).stage


def test_a_colourful_group_has_as_many_colours_as_things():
    graph = graph_of({"noun": "cube", "count": 5, "color": "colorful"})
    stage = staged(graph)
    asked = [body.color_asked for body in stage.bodies if body.entity == "cube"]
    assert len(set(asked)) == 5
    assert set(asked) <= set(LIVELY)
    [claim] = judge_variety(graph, stage)
    assert claim.status == "held"


def test_one_colourful_thing_gets_a_lively_colour():
    stage = staged(graph_of({"noun": "cube", "color": "colorful"}))
    assert stage.body("cube#1").color_asked in LIVELY


def test_what_topples_stands_there_and_is_turned_over():
    graph = graph_of(
        {"noun": "vase"}, actions=[{"actor": "vase", "verb": "fall"}],
        outcomes=[{"predicate": "falls", "subject": "vase"}],
    )  # fmt: skip
    stage = staged(graph)
    assert stage.body("vase#1").pose.position[2] == pytest.approx(0.0, abs=1e-3)
    [action] = stage.actions
    assert (action.kind, action.verb) == ("set_velocity", "fall")
    assert np.linalg.norm(action.angular[:2]) > 0.5


def test_a_fall_over_an_edge_has_the_energy_that_it_takes():
    vase = staged(graph_of({"noun": "vase"})).body("vase#1")
    way = np.array([1.0, 0.0])
    linear, angular = tipped(vase, vase.mesh.extents.astype(float), way, 9.81)
    low, high = tipped(vase, vase.mesh.extents.astype(float), way, 1.0)[1], angular
    assert np.linalg.norm(high) >= np.linalg.norm(low)
    assert angular[1] > 0
    assert linear[0] > 0  # the top goes the way it falls, and turns about +Y


def test_a_ball_that_flies_into_a_window_is_thrown_from_afar():
    graph = graph_of(
        {"noun": "ball"}, {"noun": "window"},
        actions=[{"actor": "ball", "verb": "fly", "target": "window"}],
        outcomes=[{"predicate": "touches", "subject": "ball", "object": "window"}],
    )  # fmt: skip
    stage = staged(graph)
    ball, window = stage.body("ball#1"), stage.body("window#1")
    assert (ball.mobility, window.mobility) == ("dynamic", "static")
    assert ball.pose.position[2] > 0.5
    assert window.pose.position[1] - ball.pose.position[1] > 0.8
    assert stage.actions[-1].linear[1] > 0


@pytest.mark.parametrize(
    ("noun", "end", "standing", "mobility"),
    [
        ("mirror", "touches", [], "static"),
        ("mirror", "touches", [("attached_to", "wall")], "static"),
        ("mirror", "touches", [("against", "wall")], "dynamic"),
        ("mirror", "knocks_over", [], "dynamic"),
        ("picture_frame", "knocks_over", [("on", "table")], "dynamic"),
    ],
)
def test_only_what_hangs_on_the_wall_stays_when_it_is_hit(noun, end, standing, mobility):
    graph = graph_of(
        {"noun": "ball"}, {"noun": noun}, *({"noun": one} for _, one in standing if one == "table"),
        setting={"place": "living room"},
        relations=[{"subject": noun, "predicate": p, "object": one} for p, one in standing],
        outcomes=[{"predicate": end, "subject": "ball", "object": noun}],
    )  # fmt: skip
    assert staged(graph).body(f"{noun}#1").mobility == mobility


def test_grass_that_something_lands_in_is_no_water():
    graph = graph_of(
        {"noun": "stone"}, actions=[{"actor": "stone", "verb": "drop"}],
        setting={"ground": "grass"},
        outcomes=[{"predicate": "lands_in", "subject": "stone", "object": "ground"}],
    )  # fmt: skip
    assert watered(graph, deeds_of(graph)) == (graph, ())


def test_what_falls_into_a_lake_starts_over_its_water():
    graph = graph_of(
        {"noun": "stone"}, actions=[{"actor": "stone", "verb": "drop"}],
        outcomes=[{"predicate": "lands_in", "subject": "stone", "object": "ground"}],
    )  # fmt: skip
    stage = staged(graph)
    [water], [felt] = stage.fluids, stage.immersions
    stone = stage.body("stone#1").pose.position
    assert (stage.environment.place, felt.body) == ("lake", "stone#1")
    assert stone[2] > 0.3
    assert stone[1] > water.shore_y
