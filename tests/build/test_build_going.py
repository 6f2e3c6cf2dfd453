"""What walks, runs, flies, turns or is lifted: along eased ways that touch nothing."""

from fractions import Fraction

import numpy as np
import pytest

from physics.certificate import certify
from pipeline.plugins import create
from pipeline.run_folder.stage_file import read_stage, write_stage
from pipeline.verify.claims.actions import judge_actions
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.going.pacing import Pace
from scene_builder.build.staging.going.routes import Field, route
from scene_builder.build.staging.going.solids import Prism, overlapping
from scene_builder.model.digest import digest
from scene_builder.model.pose import rotation_from_wxyz
from scene_builder.model.timeline import Timeline


@pytest.fixture(scope="module")
def filmed(graph_of, source):
    """Build a graph of few words and simulate it."""
    simulator = create("simulator", "bullet")

    def make(entities, relations=(), actions=(), outcomes=(), secs=4.0):
        graph = graph_of(entities, relations, actions, outcomes)
        timeline = Timeline.lasting(secs, fps=Fraction(24))
        stage = build_stage(graph, sources=[source], timeline=timeline, seed=3).stage
        return graph, stage, simulator.simulate(stage)

    return make


def held(graph, stage, motion):
    return [claim.status for claim in judge_actions(graph, stage, motion)] == ["held"]


def touched(stage, motion, body_id):
    k, contacts = motion.index(body_id), motion.contacts
    pairs = {*zip(contacts.a.tolist(), contacts.b.tolist(), strict=True)}
    return {motion.body_ids[a + b - k] for a, b in pairs if k in (a, b)} - {"ground"}


def square(x, y, half, low=0.0, high=1.0, name="box"):
    return Prism(
        name, np.array([x, y]) + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]), low, high
    )


def test_a_pace_begins_and_ends_at_rest_and_covers_its_length():
    for length in (0.05, 0.7, 5.0):
        pace = Pace.over(length, 1.4)
        times = np.linspace(0, pace.secs, 400)
        gone = pace.at(times)
        speed = np.gradient(gone, times)
        assert gone[0] == 0.0
        assert gone[-1] == pytest.approx(length, abs=1e-9)
        assert (np.diff(gone) >= -1e-12).all()
        assert speed[0] < 0.1
        assert speed[-1] < 0.1
        assert speed.max() == pytest.approx(1.4, rel=0.03)


def test_a_route_bends_around_what_stands_and_no_farther_than_it_must():
    block = square(0.0, 0.1, 0.5)
    start, goal = np.array([-2.0, 0.0]), np.array([2.0, 0.0])
    way = route(Field([block], start, 0.3), start, goal)
    np.testing.assert_allclose(way[[0, -1]], [start, goal], atol=1e-9)
    assert block.away(way).min() > 0.25
    length = np.linalg.norm(np.diff(way, axis=0), axis=1).sum()
    assert 4.0 < length < 4.5
    clear = route(Field([square(0.0, 1.5, 0.5)], start, 0.3), start, goal)
    np.testing.assert_allclose(clear[:, 1], 0.0, atol=1e-12)


def test_a_route_into_a_ring_of_walls_ends_before_it():
    ring = [square(1.0, y, 0.5) for y in np.arange(-40.0, 41.0)]
    start = np.zeros(2)
    way = route(Field(ring, start, 0.2), start, np.array([3.0, 0.0]))
    assert way is None or way[:, 0].max() < 0.31


def test_outlines_overlap_where_their_corners_or_edges_do():
    outline = np.array([[-1, -0.1], [1, -0.1], [1, 0.1], [-1, 0.1]], float)
    other = square(1.5, 0.0, 0.3)
    places = np.array([[0.0, 0.0], [0.3, 0.0], [1.5, 1.0], [1.5, 1.0]])
    turns = np.array([0.0, 0.0, 0.0, np.pi / 2])
    assert overlapping(outline, places, turns, other).tolist() == [False, True, False, True]


def test_who_walks_past_a_table_touches_nothing_faces_its_way_and_stops_softly(filmed):
    graph, stage, motion = filmed(
        [("crate", "crate"), ("table", "table")],
        actions=[("crate", "walk", {"target": "table", "speed": "fast"})],
    )
    assert touched(stage, motion, "crate#1") == set()
    assert held(graph, stage, motion)
    assert certify(stage, motion).ok
    k, t = motion.index("crate#1"), motion.index("table#1")
    assert np.ptp(motion.positions[:, t], axis=0).max() < 1e-3
    speed = np.linalg.norm(motion.linear_velocities[:, k], axis=1)
    assert np.abs(np.diff(speed)).max() < 0.35 * speed.max()
    assert np.ptp(motion.positions[:, k, 2]) < 1e-6
    way = motion.linear_velocities[:, k, :2]
    front = -stage_axes(motion, k)[:, :2, 1]
    going = speed > 0.5 * speed.max()
    cosine = np.sum(way[going] * front[going], axis=1) / speed[going]
    assert cosine[len(cosine) // 4 :].min() > 0.9


def stage_axes(motion, k):
    return rotation_from_wxyz(motion.wxyz[:, k])


def test_what_flies_lifts_over_what_is_on_its_way(filmed):
    graph, stage, motion = filmed(
        [("bird", "bird"), ("crate", "crate")], actions=[("bird", "fly", {"target": "crate"})]
    )
    assert touched(stage, motion, "bird#1") == set()
    assert held(graph, stage, motion)
    k, c = motion.index("bird#1"), motion.index("crate#1")
    bird, crate = motion.positions[:, k], motion.positions[0, c]
    side = np.sign((bird[[0, -1]] - crate)[:, :2] @ (bird[-1] - bird[0])[:2])
    assert side.tolist() == [-1.0, 1.0]
    top = crate[2] + stage.body("crate#1").mesh.high[2]
    above = np.linalg.norm((bird - crate)[:, :2], axis=1) < 0.2
    assert bird[above, 2].min() > top


def test_who_runs_something_over_goes_through_it(filmed):
    graph, stage, motion = filmed(
        [("crate", "crate"), ("cone", "traffic cone", {"count": 2})],
        actions=[("crate", "run", {"target": "cone"})],
        outcomes=[("crate", "touches", {"object": "cone", "count": 1, "compare": "at_least"})],
    )
    assert touched(stage, motion, "crate#1") & {"cone#1", "cone#2"}
    assert held(graph, stage, motion)


def test_what_is_lifted_rises_straight_and_stays(filmed):
    graph, stage, motion = filmed([("box", "box")], actions=[("box", "pull", {"direction": "up"})])
    k = motion.index("box#1")
    rise = motion.positions[-1, k] - motion.positions[0, k]
    np.testing.assert_allclose(rise[:2], 0.0, atol=1e-6)
    assert rise[2] > 0.3
    assert held(graph, stage, motion)
    assert certify(stage, motion).ok


def test_what_is_lifted_onto_something_is_put_down_there(filmed):
    _, stage, motion = filmed(
        [("box", "box"), ("table", "table")],
        actions=[("box", "pull", {"direction": "up"})],
        outcomes=[("box", "lands_on", {"object": "table"})],
        secs=6.0,
    )
    k, t = motion.index("box#1"), motion.index("table#1")
    top = motion.positions[-1, t, 2] + stage.body("table#1").mesh.high[2]
    assert motion.positions[-1, k, 2] == pytest.approx(top, abs=2e-3)
    assert certify(stage, motion).ok


@pytest.mark.parametrize(("direction", "sign"), [("left", 1.0), ("right", -1.0)])
def test_who_turns_does_so_softly_by_a_right_angle(filmed, direction, sign):
    graph, stage, motion = filmed(
        [("crate", "crate")], actions=[("crate", "turn", {"direction": direction})]
    )
    k = motion.index("crate#1")
    axes = stage_axes(motion, k)
    turned = axes[-1] @ axes[0].T
    assert np.arctan2(turned[1, 0], turned[0, 0]) == pytest.approx(sign * np.pi / 2, abs=1e-3)
    np.testing.assert_allclose(motion.positions[-1, k], motion.positions[0, k], atol=1e-3)
    assert held(graph, stage, motion)


def test_a_second_way_begins_where_the_first_ends(filmed):
    _, stage, _ = filmed(
        [("crate", "crate")],
        actions=[
            ("crate", "walk", {"direction": "left", "speed": 1.0}),
            ("crate", "run", {"direction": "right", "after": 0}),
        ],
    )
    first, second = [action for action in stage.actions if action.path is not None]
    np.testing.assert_allclose(second.path.positions[0], first.path.positions[-1], atol=1e-9)
    assert second.start_secs >= first.start_secs + first.duration_secs - 1e-9


def test_a_walk_that_bumps_into_something_is_no_walk_that_holds(filmed, graph_of):
    graph, stage, motion = filmed(
        [("crate", "crate"), ("cone", "traffic cone")],
        actions=[("crate", "run", {"target": "cone"})],
        outcomes=[("crate", "touches", {"object": "cone"})],
    )
    quiet = graph.model_copy(update={"outcomes": ()})
    (claim,) = judge_actions(quiet, stage, motion)
    assert claim.status == "failed"
    assert "touches cone#1" in claim.evidence


def test_a_stage_with_a_way_comes_back_from_the_disk_exactly(filmed, tmp_path):
    _, stage, _ = filmed([("crate", "crate")], actions=[("crate", "walk")], secs=1.0)
    write_stage(tmp_path / "stage.json", stage)
    assert digest(read_stage(tmp_path / "stage.json")) == digest(stage)
