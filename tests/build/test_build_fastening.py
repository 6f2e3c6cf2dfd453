"""Tests of what is attached to something else: it keeps to it over the whole film."""

from fractions import Fraction

import numpy as np

from pipeline.plugins import create
from pipeline.steps.stage import build
from scene_builder.model.graph import SceneGraph

FPS = Fraction(24)


def filmed(relations, *nouns, actions=()):
    """Return a stage of real assets and its motion."""
    graph = SceneGraph.model_validate({
        "schema": "worldreel.scene/1", "title": "t",
        "entities": [{"id": noun, "noun": noun} for noun in nouns],
        "relations": [
            {"subject": a, "predicate": predicate, "object": [b]} for a, predicate, b in relations
        ],
        "actions": list(actions),
    })  # fmt: skip
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
    (joint,) = stage.joints
    assert joint.kind == "rope"
    high = np.ptp(track(stage, motion, "balloon#1")[:, 2])
    assert 0.5 * joint.length_m < high <= 1.05 * joint.length_m
    assert np.ptp(track(stage, motion, "box#1"), axis=0).max() < 0.002


def test_what_is_thrown_is_not_held():
    throw = {"actor": "magnet", "verb": "throw", "target": "can"}
    stage, _ = filmed([("magnet", "attached_to", "can")], "magnet", "can", actions=[throw])
    assert stage.joints == ()


def test_what_is_on_a_wall_needs_no_joint():
    stage, _ = filmed([("lamp", "attached_to", "wall")], "lamp")
    assert stage.joints == ()
    assert stage.body("lamp#1").mobility == "static"
