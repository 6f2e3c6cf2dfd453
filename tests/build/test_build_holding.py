"""What is said to hold others does: boxes are open, hooks are in the wall, boughs carry."""

import numpy as np
import pytest

from physics.settle import settle
from pipeline.plugins import create
from pipeline.steps.stage import broken_relations
from scene_builder.assets.procedural.registry import builder_of
from scene_builder.assets.source import Description
from scene_builder.build.holding.variants import variants_of
from scene_builder.build.leaning import flat_turn
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.deeds import deeds_of
from scene_builder.build.staging.wishes import wishes_of
from scene_builder.model.chance import stream


@pytest.fixture(scope="module")
def counted(graph_of):
    """Write a graph of nouns and counts."""

    def make(entities, relations):
        return graph_of([(noun, noun, {"count": n}) for noun, n in entities], relations)

    return make


@pytest.fixture(scope="module")
def staged(counted, timeline):
    """Build what procedural things do, and let them settle."""

    def make(entities, relations):
        graph = counted(entities, relations)
        sources = [create("assets", "procedural")]
        built = build_stage(graph, sources=sources, timeline=timeline, seed=0)
        return graph, settle(built.stage, create("simulator", "bullet")).stage

    return make


def box_of(body):
    points = body.pose @ body.mesh.vertices
    return points.min(axis=0), points.max(axis=0)


@pytest.mark.parametrize(
    ("entities", "relations"),
    [
        ([("potato", 3), ("pot", 1)], [("potato", "inside", "pot")]),
        ([("ball", 1), ("shoebox", 1)], [("ball", "inside", "shoebox")]),
        ([("book", 3), ("chair", 1)], [("book", "on", "chair"), ("book", "stacked")]),
    ],
)  # fmt: skip
def test_everyday_things_hold_what_is_said_to_be_in_or_on_them(staged, entities, relations):
    graph, stage = staged(entities, relations)
    assert broken_relations(graph, stage) == ()


@pytest.mark.parametrize(
    ("thing", "fixture", "said"),
    [
        ("key", "nail", [("key", "hanging_from", "nail")]),
        ("coat", "hook", [("hook", "on", "wall"), ("coat", "hanging_from", "hook")]),
        ("guitar", None, [("guitar", "hanging_from", "wall")]),
    ],
)
def test_what_hangs_on_the_wall_hangs_flat_and_stays(staged, thing, fixture, said):
    entities = [(thing, 1)] + ([(fixture, 1)] if fixture else [])
    graph, stage = staged(entities, said)
    assert broken_relations(graph, stage) == ()
    body = stage.body(f"{thing}#1")
    low, high = box_of(body)
    x, y, z = high - low
    assert body.mobility == "static"
    assert y < x
    assert y < z
    wall = float(box_of(stage.body("wall"))[0][1])
    assert 0.0 <= wall - high[1] <= 0.02
    if fixture is not None:
        below, above = box_of(stage.body(f"{fixture}#1"))
        assert below[0] <= (low[0] + high[0]) / 2 <= above[0]
        assert below[2] - 0.005 <= high[2] <= above[2] + 0.02


def test_a_lantern_hangs_clear_below_the_boughs_of_a_tree(staged):
    _, stage = staged([("lantern", 1), ("tree", 1)], [("lantern", "hanging_from", "tree")])
    low, high = box_of(stage.body("lantern#1"))
    trunk_low, trunk_high = box_of(stage.body("tree#1"))
    assert low[2] > 0.3
    assert high[2] < trunk_high[2]
    middle = (low + high)[:2] / 2
    assert np.linalg.norm(middle - (trunk_low + trunk_high)[:2] / 2) > 0.2
    joint = next(one for one in stage.joints if one.child == "lantern#1")
    assert joint.parent is None


def test_long_fruit_lies_side_by_side_in_a_bowl_of_usual_size(staged):
    graph, stage = staged([("banana", 3), ("bowl", 1)], [("banana", "inside", "bowl")])
    assert broken_relations(graph, stage) == ()
    assert float(stage.body("bowl#1").mesh.extents.max()) <= 0.36


@pytest.mark.parametrize("seed", range(4))
def test_a_flower_in_a_vase_stands_on_its_stalk_and_its_bloom_is_seen(counted, timeline, seed):
    graph = counted([("flower", 1), ("vase", 1)], [("flower", "inside", "vase")])
    sources = [create("assets", "procedural")]
    stage = build_stage(graph, sources=sources, timeline=timeline, seed=seed).stage
    flower, vase = stage.body("flower#1"), stage.body("vase#1")
    petals = np.unique(flower.mesh.triangles[flower.mesh.material_index == 0])
    high = (flower.pose.rotation @ np.asarray(flower.mesh.vertices, np.float64).T)[2]
    high = high + flower.pose.position[2]
    assert high[petals].min() > vase.mesh.extents[2]
    assert high.min() == pytest.approx(0.01, abs=0.025)


def test_a_shelf_that_something_falls_off_is_low_and_within_reach_of_who_strikes_it(counted):
    falls = {
        "actions": [{"actor": "glass", "verb": "push"}],
        "outcomes": [{"subject": "glass", "predicate": "falls_off", "object": "shelf"}],
    }
    struck = {"subject": "cat", "predicate": "touches", "object": "glass"}
    said = counted([("glass", 1), ("shelf", 1), ("cat", 1)], [("glass", "on", "shelf")])
    data = said.model_dump(by_alias=True) | falls
    alone = type(said).model_validate(data)
    hit = type(said).model_validate(data | {"outcomes": [*falls["outcomes"], struck]})
    wanted = [wishes_of(graph, deeds_of(graph))["shelf"].noun for graph in (alone, hit)]
    assert wanted == ["three-boarded shelf", "two-boarded shelf"]
    heights = [
        create("assets", "procedural").find(noun, Description(), stream(0, "shelf")).mesh.extents[2]
        for noun in wanted
    ]
    assert heights == pytest.approx([0.77, 0.425], abs=0.01)


def test_variants_follow_from_what_is_said(counted):
    graph = counted(
        [("rose", 1), ("vase", 1), ("box", 1), ("ball", 1), ("cup", 1)],
        [("rose", "inside", "vase"), ("ball", "inside", "box"), ("cup", "beside", "box")],
    )
    assert variants_of(graph) == {"rose": "cut", "vase": "open", "box": "open"}


def test_a_ladder_against_the_model_of_a_house_is_a_model(counted):
    graph = counted([("ladder", 1), ("house", 1)], [("ladder", "against", "house")])
    assert wishes_of(graph, ())["ladder"].size == pytest.approx(1.2 * 0.4)
    wall = counted([("ladder", 1)], [("ladder", "against", "wall")])
    assert wishes_of(wall, ())["ladder"].size is None


def test_a_key_hangs_by_its_bow_and_a_picture_stays_as_it_is():
    source = create("assets", "procedural")
    key = source.find("key", Description(), stream(0, "key"))
    points = flat_turn(key).rotation @ np.asarray(key.mesh.vertices, np.float64).T
    middle = (points[2].min() + points[2].max()) / 2
    upper, lower = points[0, points[2] > middle], points[0, points[2] < middle]
    assert np.ptp(upper) > np.ptp(lower)
    picture = source.find("picture frame", Description(), stream(0, "frame"))
    assert np.allclose(flat_turn(picture).rotation, np.eye(3))


def test_a_tricycle_has_three_wheels_on_the_ground():
    blueprint = builder_of("three_wheeler")(np.random.default_rng(0))
    wheels = [part.solid.vertices for part in blueprint.parts if part.slot == 1][:3]
    hubs = np.array([(one.min(axis=0) + one.max(axis=0)) / 2 for one in wheels])
    assert np.allclose([one[:, 2].min() for one in wheels], 0.0, atol=0.002)
    assert len({tuple(hub) for hub in hubs.round(3)}) == 3
    assert hubs[1][0] == pytest.approx(-hubs[2][0])


@pytest.mark.parametrize(
    ("verb", "noun", "variant"),
    [("run", "golden retriever", "going"), ("walk", "kitten", "going"), ("run", "robot", None),
     ("stay", "dog", None)],
)  # fmt: skip
def test_animals_that_go_somewhere_are_on_their_feet(graph_of, verb, noun, variant):
    graph = graph_of([("thing", noun)], [], [("thing", verb)])
    assert variants_of(graph).get("thing") == variant
