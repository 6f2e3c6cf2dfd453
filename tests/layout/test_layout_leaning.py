"""Things that lean, and long things in vessels: they touch exactly, and stay where they are."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from physics.settle import settle
from pipeline.plugins import create
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.wishes import wishes_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.layout.items import Item, Matter
from scene_builder.layout.lay_out import Problem, lay_out_rand
from scene_builder.layout.leaning.balance import grip_needed
from scene_builder.layout.leaning.stances import erected
from scene_builder.layout.leaning.touching import slide
from scene_builder.layout.ties import Tie
from scene_builder.model.errors import LayoutError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.timeline import Timeline

CORNERS = np.array(np.meshgrid([-1, 1], [-1, 1], [-1, 1])).reshape(3, -1).T / 2.0


def box(size, at=(0.0, 0.0, 0.0)):
    return CORNERS * np.array(size) + np.array(at)


def thing(name, size, *, friction=0.6, leaning=None):
    x, y, z = size
    cloud = box(size, (0, 0, z / 2))
    return Item(
        id=f"{name}#1", entity=name, low=np.array([-x / 2, -y / 2, 0]),
        high=np.array([x / 2, y / 2, z]), leaning=leaning,
        matter=Matter(clouds=(cloud,), center_of_mass=np.array([0, 0, z / 2]), friction=friction),
    )  # fmt: skip


def lean(room, items, other, *, grip=0.6, seed=0):
    tie = Tie(subject=items[0].id, predicate="against", objects=(other,))
    problem = Problem(
        items={one.id: one for one in items}, ties=(tie,), cues=(), room=room, grip=grip
    )
    return lay_out_rand(np.random.default_rng(seed), problem)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.01, 3.0), st.floats(-0.4, 0.4), st.floats(0, 2 * np.pi))
def test_boxes_slide_exactly_to_their_gap(gap, aside, angle):
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0],
                     [0, 0, 1]])  # fmt: skip
    way = turn @ [1.0, 0.0, 0.0]
    mine = box((1, 1, 1)) @ turn.T
    other = box((1, 1, 1), (1 + gap, aside, 0)) @ turn.T
    touch = slide([mine], [other], way)
    assert touch is not None
    assert touch.way == pytest.approx(gap, abs=1e-7)
    assert touch.normals == pytest.approx(np.tile(-way, (len(touch.normals), 1)), abs=1e-6)


def test_what_is_aside_or_behind_is_not_touched():
    way = np.array([1.0, 0.0, 0.0])
    assert slide([box((1, 1, 1))], [box((1, 1, 1), (3, 1.5, 0))], way) is None
    assert slide([box((1, 1, 1))], [box((1, 1, 1), (-3, 0, 0))], way, inside=True) is None


@settings(max_examples=20, deadline=None)
@given(st.floats(0.15, 0.9), st.floats(0.6, 1.4))
def test_a_ladder_stays_up_to_the_angle_of_the_textbook(friction, factor):
    # Against wall and floor of one friction the steepest tilt has tan φ = 2 μ / (1 − μ²).
    tilt = factor * 2 * np.arctan(friction)
    if tilt > 1.4 or abs(factor - 1) < 0.05:
        return
    top = np.array([0.0, np.sin(tilt), np.cos(tilt)])
    # A friction pyramid of eight edges with one along the wall's plane is exact in that plane.
    aside = np.array([0.2, 0.0, 0.0])
    grip = grip_needed(
        np.array([-aside, aside, top - aside, top + aside]),
        np.array([[0, 0, 1.0]] * 2 + [[0, -1.0, 0]] * 2), np.full(4, friction), top / 2, size=1e-3,
    )  # fmt: skip
    assert np.isfinite(grip) == (factor < 1)


@pytest.mark.parametrize("seed", range(3))
def test_a_plank_is_set_on_its_end_and_touches_floor_and_wall(room, seed):
    plank = thing("plank", (1.2, 0.16, 0.03), leaning="erect")
    layout = lean(room, [plank], "wall", seed=seed)
    points = layout.poses["plank#1"] @ plank.matter.clouds[0]
    assert points[:, 2].min() == pytest.approx(0.0, abs=1e-9)
    assert points[:, 1].max() == pytest.approx(room.wall_y, abs=1e-9)
    assert points[:, 2].max() > 1.0
    assert layout.parents["plank#1"].kind == "leaning"


def test_a_bicycle_leans_as_it_stands(room):
    bike = thing("bicycle", (0.08, 1.5, 0.9), leaning="tilted")
    layout = lean(room, [bike], "wall")
    up = layout.poses["bicycle#1"].rotation[:, 2]
    assert 0.9 < up[2] < 0.9999
    assert up[1] > 0


def test_a_plank_leans_on_the_edge_of_a_crate(room):
    plank = thing("plank", (1.2, 0.16, 0.03), leaning="erect")
    crate = thing("crate", (0.5, 0.4, 0.3))
    layout = lean(room, [plank, crate], "crate#1")
    clouds = [layout.poses[one.id] @ one.matter.clouds[0] for one in (plank, crate)]
    way = clouds[1].mean(axis=0) - clouds[0].mean(axis=0)
    axis = int(np.abs(way[:2]).argmax())
    step = np.zeros(3)
    step[axis] = np.sign(way[axis])
    touch = slide([clouds[0] - step], [clouds[1]], step)
    assert touch is not None
    assert touch.way == pytest.approx(1.0, abs=1e-6)


def test_on_ice_nothing_leans_and_the_error_says_so(room):
    plank = thing("plank", (1.2, 0.16, 0.03), leaning="erect", friction=0.1)
    with pytest.raises(LayoutError, match=r"plank#1 cannot lean against wall: with its friction"):
        lean(room, [plank], "wall", grip=0.02)


def test_the_heavy_end_is_below_and_a_flowers_head_above():
    clouds = (box((0.8, 0.02, 0.02)), box((0.1, 0.2, 0.05), (0.45, 0, 0)))
    broom = Matter(clouds=clouds, center_of_mass=np.array([0.3, 0, 0]))
    flower = Matter(clouds=clouds, center_of_mass=np.array([0.3, 0, 0]), head=np.array([1.0, 0, 0]))
    assert (erected(broom) @ [1.0, 0.0, 0.0])[2] == -1.0
    assert (erected(flower) @ [1.0, 0.0, 0.0])[2] == 1.0
    assert np.linalg.det(erected(broom)) == pytest.approx(1.0)


def graph_of(entities, relations):
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "setting": {"place": "living room"},
            "entities": [{"id": n.replace(" ", "_"), "noun": n, "count": c} for n, c in entities],
            "relations": [{"subject": s, "predicate": p, "object": [o]} for s, p, o in relations],
        }
    )


def staged(entities, relations):
    graph = graph_of(entities, relations)
    timeline = Timeline.lasting(1.0, fps=Fraction(24))
    sources = [create("assets", "procedural")]
    return build_stage(graph, sources=sources, timeline=timeline, seed=5).stage


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entities", "relations"),
    [
        ([("broom", 1)], [("broom", "against", "wall")]),
        ([("plank", 1), ("crate", 1)], [("plank", "against", "crate")]),
        ([("guitar", 1), ("sofa", 1)], [("guitar", "against", "sofa")]),
        ([("umbrella", 1), ("chair", 1)], [("umbrella", "against", "chair")]),
        ([("ladder", 1), ("tree", 1)], [("ladder", "against", "tree")]),
        ([("bicycle", 1), ("fence", 1)], [("bicycle", "against", "fence")]),
        ([("pencil", 3), ("cup", 1)], [("pencil", "inside", "cup")]),
        ([("spoon", 1), ("mug", 1)], [("spoon", "inside", "mug")]),
        ([("rose", 1), ("vase", 1)], [("rose", "inside", "vase")]),
        ([("rope", 1), ("table", 1)], [("rope", "on", "table")]),
    ],
)
def test_settling_leaves_them_where_they_are(entities, relations):
    stage = staged(entities, relations)
    settled = settle(stage, create("simulator", "bullet"))
    assert max(settled.moved.values(), default=0.0) < 0.01
    assert settled.restless == ()
    first = stage.body(f"{entities[0][0]}#1").pose
    last = settled.stage.body(f"{entities[0][0]}#1").pose
    assert abs(float(first.wxyz @ last.wxyz)) > np.cos(np.deg2rad(5.0))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("noun", "other", "long", "low_deg", "high_deg"),
    [
        ("umbrella", "chair", 0, 10, 25),
        ("umbrella", "wall", 0, 10, 25),
        ("ladder", "wall", 0, 10, 25),
        ("skateboard", "bench", 0, 10, 25),
        ("bicycle", "fence", 2, 5, 15),
    ],
)
def test_what_leans_stands_as_steep_as_people_set_it(noun, other, long, low_deg, high_deg):
    things = [(noun, 1)] + ([] if other == "wall" else [(other, 1)])
    body = staged(things, [(noun, "against", other)]).body(f"{noun}#1")
    assert body.mobility == "dynamic"
    off_deg = np.rad2deg(np.arccos(abs(body.pose.rotation[2, long])))
    assert low_deg <= off_deg <= high_deg
    assert (body.pose @ body.mesh.vertices)[:, 2].min() == pytest.approx(0.0, abs=0.004)


def test_an_umbrella_is_folded_and_a_ladder_straight_only_where_they_lean():
    graph = graph_of([("umbrella", 1), ("ladder", 1), ("chair", 1)],
                     [("umbrella", "against", "chair"), ("ladder", "beside", "chair")])  # fmt: skip
    wishes = wishes_of(graph, ())
    assert wishes["umbrella"].form == "folded umbrella"
    assert "ladder" not in wishes
    names = [resolve_noun(word).noun.name for word in ("folded umbrella", "straight ladder")]
    assert names == ["folded_umbrella", "straight_ladder"]
    assert resolve_noun("stepladder").noun.name == "stepladder"
