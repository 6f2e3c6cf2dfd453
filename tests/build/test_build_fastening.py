"""Tests of what is attached to something else: it keeps to it over the whole film."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from physics.certificate import certify
from pipeline.plugins import create
from pipeline.steps.stage import build
from pipeline.verify.relations import judge_relation
from scene_builder.model.graph import SceneGraph

FPS = Fraction(24)


def graph_of(relations, *nouns, actions=()):
    """Return a graph of one thing of each noun."""
    return SceneGraph.model_validate({
        "schema": "worldreel.scene/1", "title": "t",
        "entities": [{"id": noun, "noun": noun} for noun in nouns],
        "relations": [
            {"subject": a, "predicate": predicate, "object": [b]} for a, predicate, b in relations
        ],
        "actions": list(actions),
    })  # fmt: skip


def filmed(relations, *nouns, actions=()):
    """Return a stage of real assets and its motion."""
    graph = graph_of(relations, *nouns, actions=actions)
    simulator = create("simulator", "bullet")
    sources = (create("assets", "procedural", licence="any"),)
    stage = build(graph, sources, simulator, (1.5, FPS), 0).record
    return stage, simulator.simulate(stage)


def track(stage, motion, name):
    return motion.positions[:, stage.body_ids.index(name)]


def test_what_is_glued_to_something_goes_where_that_goes():
    push = {"actor": "ball", "verb": "roll", "target": "can"}
    stage, motion = filmed(
        [("magnet", "attached_to", "can")], "magnet", "can", "ball", actions=[push]
    )
    (joint,) = stage.joints
    assert (joint.kind, joint.parent, joint.child) == ("fixed", "can#1", "magnet#1")
    assert np.ptp(track(stage, motion, "can#1"), axis=0).max() > 0.02
    anchors = [
        (motion.pose(frame, body) @ end).position
        for frame in range(motion.frame_count)
        for body, end in (("can#1", joint.parent_from_joint), ("magnet#1", joint.child_from_joint))
    ]
    gaps = np.linalg.norm(np.subtract(anchors[::2], anchors[1::2]), axis=1)
    assert gaps.max() < 0.005


def test_a_tied_balloon_rises_as_far_as_its_thread_allows():
    rise = {"actor": "balloon", "verb": "float", "direction": "up"}
    stage, motion = filmed([("balloon", "attached_to", "box")], "balloon", "box", actions=[rise])
    (rope,) = (joint for joint in stage.joints if joint.kind == "rope")
    high = np.ptp(track(stage, motion, "balloon#1")[:, 2])
    assert 0.25 * rope.length_m < high <= 1.05 * rope.length_m
    # Its thread is there to be seen, from the box to the balloon.
    thread = [body for body in stage.bodies if body.noun == "thread"]
    assert len(thread) == len(stage.joints) - 2
    ends = [thread[0].pose.position, thread[-1].pose @ thread[-1].mesh.high]
    assert np.linalg.norm(np.subtract(*ends)) == pytest.approx(rope.length_m, abs=0.01)
    assert [check.text for check in certify(stage, motion).broken] == []
    assert np.ptp(track(stage, motion, "box#1"), axis=0).max() < 0.002


def test_what_is_thrown_is_not_held():
    throw = {"actor": "magnet", "verb": "throw", "target": "can"}
    stage, _ = filmed([("magnet", "attached_to", "can")], "magnet", "can", actions=[throw])
    assert stage.joints == ()


def test_what_is_on_a_wall_needs_no_joint():
    stage, _ = filmed([("lamp", "attached_to", "wall")], "lamp")
    assert stage.joints == ()
    assert stage.body("lamp#1").mobility == "static"


def test_what_is_fixed_to_an_actor_stands_in_nobodys_way_and_rides_along():
    slide = {"actor": "book", "verb": "slide"}
    attached = [("candle", "attached_to", "book")]
    stage, motion = filmed(attached, "candle", "book", actions=[slide])
    way = track(stage, motion, "book#1")
    assert np.ptp(way[:, 0]) > 0.1
    apart = track(stage, motion, "candle#1") - way
    assert np.ptp(apart, axis=0).max() < 0.005
    candle, book = stage.body("candle#1"), stage.body("book#1")
    low = float((candle.pose @ candle.mesh.vertices)[:, 2].min())
    cover = float((book.pose @ book.mesh.vertices)[:, 2].max())
    assert abs(low - cover) < 0.012
    graph = graph_of(attached, "candle", "book", actions=[slide])
    verdict = judge_relation(graph.relations[0], graph, stage, trajectory=motion)
    assert verdict.holds
    assert verdict.evidence.startswith("at every frame")


def test_what_comes_off_in_the_course_of_a_film_is_told_with_its_time():
    attached = [("magnet", "attached_to", "can")]
    stage, motion = filmed(attached, "magnet", "can")
    graph = graph_of(attached, "magnet", "can")
    places = np.array(motion.positions)
    late = motion.times > 0.5
    places[late, stage.body_ids.index("magnet#1")] += [0.1, 0.0, 0.0]
    torn = replace(motion, positions=places)
    assert judge_relation(graph.relations[0], graph, stage, trajectory=motion).holds
    assert judge_relation(graph.relations[0], graph, stage).holds
    verdict = judge_relation(graph.relations[0], graph, stage, trajectory=torn)
    assert verdict.holds is False
    assert 0.5 < verdict.time_secs < 0.6
    assert "comes off" in verdict.evidence


def test_a_small_thing_is_fixed_to_the_front_of_a_tall_one():
    stage, _ = filmed([("magnet", "attached_to", "cabinet")], "magnet", "cabinet")
    magnet, cabinet = stage.body("magnet#1"), stage.body("cabinet#1")
    back = float((magnet.pose @ magnet.mesh.vertices)[:, 1].max())
    front = float((cabinet.pose @ cabinet.mesh.vertices)[:, 1].min())
    assert abs(back - front) < 0.03  # a handle may stand out
    assert 0.3 < magnet.pose.position[2] < 2.0
