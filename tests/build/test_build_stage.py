"""From graphs to stages: eleven sentences, and what must be true of every stage."""

from itertools import pairwise

import numpy as np
import pytest

from scene_builder.build.stage import build_stage
from scene_builder.build.staging.beats import lead_secs
from scene_builder.build.staging.motions import COIN_TURNS
from scene_builder.build.staging.ways.headings import OPEN_HEADING_DEG
from scene_builder.layout.checks import gap_below, overlaps_of, placed_bodies, relation_holds
from scene_builder.model.digest import digest
from scene_builder.model.errors import LayoutError, RelationError, SceneError

NAMES = (
    "demo", "dominoes", "stack", "apples", "pendulum", "car", "jar", "basketball", "crate",
    "coin", "pins",
)  # fmt: skip


@pytest.fixture(scope="module")
def built(ten, source, timeline):
    return {
        name: build_stage(ten[name], sources=[source], timeline=timeline, seed=3) for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_becomes_a_sound_stage(name, ten, built):
    stage = built[name].stage
    graph = ten[name]
    assert overlaps_of(stage) == ()
    for relation in graph.relations:
        assert relation_holds(relation, stage), relation
    wanted = {one for entity in graph.entities for one in graph.body_ids(entity.id)}
    assert wanted <= set(stage.body_ids)
    assert {body.id for body in stage.bodies if body.entity} == wanted
    assert "ground" in stage.body_ids
    for body in stage.bodies:
        assert body.mass_kg > 0
        assert (np.linalg.eigvalsh(body.inertia) > 0).all()
    assert stage.shot.azimuth_deg == 0


@pytest.mark.parametrize("name", NAMES)
def test_what_rests_stands_within_half_a_millimetre(name, built):
    stage = built[name].stage
    aloft = {a.body for a in stage.actions if a.kind == "release" or a.verb == "throw"}
    hung = {joint.child for joint in stage.joints}
    inside = {"apple#1", "apple#2"}  # they lie on a curved wall: settling has the last word
    for body in stage.bodies:
        if body.mobility == "dynamic" and body.id not in aloft | hung | inside:
            assert 0 <= gap_below(stage, body.id) + 1e-6 <= 5e-4, body.id


@pytest.mark.parametrize("name", ["demo", "jar", "apples"])
def test_the_same_seed_gives_the_same_stage(name, ten, source, timeline, built):
    again = build_stage(ten[name], sources=[source], timeline=timeline, seed=3).stage
    other = build_stage(ten[name], sources=[source], timeline=timeline, seed=4).stage
    assert digest(again) == digest(built[name].stage)
    assert digest(other) != digest(again)


@pytest.mark.parametrize("name", NAMES)
def test_freedoms_name_bodies_and_keep_what_is_stated(name, built):
    stage = built[name].stage
    assert {one.body for one in stage.freedoms} <= set(stage.body_ids)
    assert {a.body for a in stage.actions} <= set(stage.body_ids)
    assert len({one.body for one in stage.freedoms}) == len(stage.freedoms)
    groups = {}
    for one in stage.freedoms:
        assert (one.offset_low <= 0).all()
        assert (one.offset_high >= 0).all()
        assert 0 < one.spread[0] <= 1 <= one.spread[1]
        assert one.group or one.spread == (1, 1)
        if one.group:
            box = (tuple(one.offset_low), tuple(one.offset_high))
            assert groups.setdefault(one.group, box) == box


def test_the_demo_is_staged_for_its_event(built):
    stage = built["demo"].stage
    placed = placed_bodies(stage)
    table, ball = placed["table#1"], placed["ball#1"]
    assert table.high[2] < 0.5
    assert stage.body("table#1").mobility == "static"
    assert ball.low[2] == pytest.approx(table.high[2], abs=1e-6)
    (action,) = stage.actions
    assert (action.kind, action.body) == ("set_velocity", "ball#1")
    # Everything is seen at rest first.
    assert action.start_secs == lead_secs(stage.timeline.duration_secs) > 0
    assert not any(body.linear_velocity.any() for body in stage.bodies)
    radius = ball.size[2] / 2
    # It rolls without slipping, towards the edge below which the cups stand.
    assert action.linear[0] > 0.5
    assert action.angular == pytest.approx([0, action.linear[0] / radius, 0])
    cups = [placed[f"cup#{k}"] for k in (1, 2, 3)]
    assert all(cup.low[2] == pytest.approx(0, abs=1e-6) for cup in cups)
    fall = np.sqrt(2 * table.high[2] / 9.81) * action.linear[0]
    near = min(cup.low[0] for cup in cups)
    assert near - table.high[0] == pytest.approx(fall + radius, abs=0.12)


def test_the_dominoes_stand_in_a_row_before_the_marble(built):
    placed = placed_bodies(built["dominoes"].stage)
    points = np.array([placed[f"domino#{k}"].center[:2] for k in range(1, 7)])
    steps = np.diff(points, axis=0)
    assert np.linalg.norm(steps, axis=1) == pytest.approx(0.025, abs=1e-4)
    # The row, and the marble's way to it, go to the right and somewhat into the picture.
    turn = np.deg2rad(OPEN_HEADING_DEG)
    way = np.array([np.cos(turn), np.sin(turn)])
    assert steps @ way == pytest.approx(0.025, abs=1e-4)
    gap = points[0] - placed["marble#1"].center[:2]
    assert gap @ way > placed["marble#1"].size[0] / 2
    assert abs(gap @ [-way[1], way[0]]) < 0.005


def test_the_throw_is_aimed_at_the_stack(built):
    stage = built["stack"].stage
    placed = placed_bodies(stage)
    aim = np.mean([placed[f"block#{k}"].center for k in range(1, 5)], axis=0)
    release, action = stage.actions
    assert (release.kind, action.kind) == ("release", "set_velocity")
    assert release.start_secs == action.start_secs
    start = placed["ball#1"].center
    secs = (aim[0] - start[0]) / action.linear[0]
    hit = start + action.linear * secs + [0, 0, -9.81 * secs**2 / 2]
    assert hit == pytest.approx(aim, abs=1e-6)
    assert start[0] < aim[0]
    tops = sorted(float(placed[f"block#{k}"].high[2]) for k in range(1, 5))
    assert all(b - a == pytest.approx(0.07, abs=1e-6) for a, b in pairwise(tops))


def test_the_pendulum_hangs_together_and_swings_into_the_bottle(built):
    stage = built["pendulum"].stage
    bodies = {body.id: body for body in stage.bodies}
    for joint in stage.joints:
        parent = bodies[joint.parent].pose if joint.parent else None
        anchor = joint.parent_from_joint.position
        there = parent @ anchor if parent is not None else anchor
        here = bodies[joint.child].pose @ joint.child_from_joint.position
        assert here == pytest.approx(there, abs=1e-9)
    pivot = stage.joints[0].parent_from_joint.position
    assert "ceiling" in bodies
    ball = placed_bodies(stage)["ball#1"]
    bottle = placed_bodies(stage)["bottle#1"]
    length = np.linalg.norm(ball.center - pivot)
    lowest = pivot - [0, 0, length]
    reach = bottle.low[0] - (lowest[0] + ball.size[0] / 2)
    assert 0 <= reach < 0.02
    assert bottle.low[2] < lowest[2] < bottle.high[2]
    assert ball.center[0] < lowest[0] - 0.1


def test_the_car_starts_at_the_top_and_points_downhill(built):
    stage = built["car"].stage
    car, ramp = stage.body("car#1"), stage.body("ramp#1")
    placed = placed_bodies(stage)
    ahead = car.pose.rotation[:, 0]
    assert ahead[2] < -0.2
    assert placed["car#1"].center[0] < placed["ramp#1"].center[0]
    assert min(placed[f"cone#{k}"].low[0] for k in (1, 2, 3)) > placed["ramp#1"].high[0]
    # On wheels it has to overcome almost no friction.
    assert car.friction * ramp.friction < 0.05


def test_the_coin_spins_on_its_edge_behind_the_candle(built):
    stage = built["coin"].stage
    placed = placed_bodies(stage)
    assert placed["coin#1"].size[2] > 5 * placed["coin#1"].size[:2].min()
    (action,) = stage.actions
    assert action.angular[2] == pytest.approx(2 * np.pi * COIN_TURNS)
    # It wobbles a little, and hardly anything holds its edge.
    assert 0 < np.linalg.norm(action.angular[:2]) < 0.1 * action.angular[2]
    assert stage.body("coin#1").spinning_friction < 1e-5
    coin, candle = placed["coin#1"], placed["candle#1"]
    assert coin.low[0] > candle.high[0] or coin.high[0] < candle.low[0]
    assert placed["coin#1"].low[2] == pytest.approx(placed["candle#1"].low[2], abs=1e-6)


def test_pins_stand_like_in_an_alley(built):
    placed = placed_bodies(built["pins"].stage)
    turn = np.deg2rad(OPEN_HEADING_DEG)
    way = np.array([np.cos(turn), np.sin(turn)])
    x = np.array([placed[f"pin#{k}"].center[:2] @ way for k in range(1, 6)])
    assert x[0] < x[1] == pytest.approx(x[2])
    assert x[2] < x[3] == pytest.approx(x[4])


def test_an_unknown_noun_is_named_with_its_field(graph_of, source, timeline):
    graph = graph_of([("cup", "cup"), ("thing", "flurbometer")])
    with pytest.raises(SceneError, match=r"entities\.1\.noun is 'flurbometer'.*: use one") as error:
        build_stage(graph, sources=[source], timeline=timeline, seed=0)
    assert "\n" not in str(error.value)


def test_impossible_scenes_are_refused(graph_of, source, timeline):
    circle = graph_of([("a", "book"), ("b", "box")], [("a", "on", "b"), ("b", "on", "a")])
    with pytest.raises(RelationError):
        build_stage(circle, sources=[source], timeline=timeline, seed=0)
    crowd = graph_of([("a", "table", {"count": 30}), ("b", "cup")], [("a", "on", "b")])
    with pytest.raises(LayoutError):
        build_stage(crowd, sources=[source], timeline=timeline, seed=0)


def test_stated_quantities_are_kept(graph_of, source, timeline):
    graph = graph_of(
        [("ball", "ball", {"size": 0.3, "mass_kg": 2.5}), ("cup", "cup")],
        [],
        [("ball", "roll", {"target": "cup", "speed": 1.25}), ("cup", "drop", {"height_m": 0.8})],
        [("ball", "knocks_over", {"object": "cup"})],
    )
    stage = build_stage(graph, sources=[source], timeline=timeline, seed=0).stage
    ball = stage.body("ball#1")
    assert ball.mass_kg == 2.5
    assert ball.mesh.extents == pytest.approx([0.3, 0.3, 0.3], abs=1e-3)
    roll = next(a for a in stage.actions if a.body == "ball#1")
    assert np.linalg.norm(roll.linear) == pytest.approx(1.25)
    assert next(f for f in stage.freedoms if f.body == "ball#1").speed_scale == (1.0, 1.0)
    assert placed_bodies(stage)["cup#1"].low[2] == pytest.approx(0.8)
    dropped = next(f for f in stage.freedoms if f.body == "cup#1")
    assert dropped.offset_low[2] == dropped.offset_high[2] == 0.0


def test_what_drops_to_the_ground_may_start_lower_and_be_springier(graph_of, source, timeline):
    graph = graph_of([("ball", "ball")], [], [("ball", "drop", {})], [])
    stage = build_stage(graph, sources=[source], timeline=timeline, seed=0).stage
    (free,) = stage.freedoms
    low, high = free.restitution
    assert low < stage.body("ball#1").restitution <= high <= 1.0
    assert -placed_bodies(stage)["ball#1"].low[2] < free.offset_low[2] < 0 < free.offset_high[2]


@pytest.mark.parametrize(("word", "down"), [("moon", 1.62), ("zero", 0.0), (3.0, 3.0)])
def test_gravity_is_what_the_words_say(word, down, graph_of, source, timeline):
    graph = graph_of([("ball", "ball")], actions=[("ball", "drop")], setting={"gravity": word})
    stage = build_stage(graph, sources=[source], timeline=timeline, seed=0).stage
    assert stage.gravity == pytest.approx([0, 0, -down])


def test_sixty_bodies_are_built(graph_of, source, timeline):
    graph = graph_of([("cup", "cup", {"count": 30}), ("block", "block", {"count": 30})])
    stage = build_stage(graph, sources=[source], timeline=timeline, seed=0).stage
    assert len([body for body in stage.bodies if body.entity]) == 60
