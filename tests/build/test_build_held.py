"""Tests of what holds by joints that words ask for: chains, threads, drawers, what sticks."""

from fractions import Fraction

import numpy as np
import pytest

from physics.certificate import certify
from physics.observe.hinging import ways_of
from physics.observe.view import View
from pipeline.plugins import create
from pipeline.steps.stage import build
from pipeline.verify.claims.actions import judge_actions
from pipeline.verify.outcomes import judge_outcomes
from pipeline.verify.relations import judge_relation
from scene_builder.model.graph import SceneGraph

FPS = Fraction(24)


def filmed(nouns, *, relations=(), actions=(), outcomes=(), secs=1.2):
    """Return a graph, its stage of real shapes, its motion, and that motion's certificate."""
    graph = SceneGraph.model_validate({
        "schema": "worldreel.scene/1", "title": "t",
        "entities": [{"id": name, "noun": name.replace("_", " ")} for name in nouns],
        "relations": [{"subject": a, "predicate": p, "object": [b]} for a, p, b in relations],
        "actions": [{"actor": a, "verb": v, **more} for a, v, more in actions],
        "outcomes": [{"subject": s, "predicate": p, "object": o} for s, p, o in outcomes],
    })  # fmt: skip
    simulator = create("simulator", "bullet")
    sources = (create("assets", "procedural", licence="any"),)
    stage = build(graph, sources, simulator, (secs, FPS), 0).record
    motion = simulator.simulate(stage)
    return graph, stage, motion, certify(stage, motion)


def broken(certificate):
    return [check.text for check in certificate.broken]


def statuses(graph, stage, motion):
    claims = (*judge_actions(graph, stage, motion), *judge_outcomes(graph, stage, motion, None))
    return [(claim.status, claim.evidence) for claim in claims]


def test_a_heavy_ball_swings_on_the_links_of_a_chain():
    graph, stage, motion, laws = filmed(
        ["wrecking_ball", "chain", "brick"],
        relations=[("wrecking_ball", "hanging_from", "chain")],
        outcomes=[("wrecking_ball", "touches", "brick")],
        secs=1.8,
    )
    links = [body for body in stage.bodies if body.id.startswith("chain#1")]
    assert len(links) >= 8
    assert {body.part_of for body in links[1:]} == {"chain#1"}
    total = sum(np.ptp(body.mesh.vertices[:, 2]) for body in links)
    taut = next(joint for joint in stage.joints if joint.kind == "rope")
    assert total == pytest.approx(taut.length_m, rel=0.3)  # links reach through each other
    assert stage.body("wrecking_ball#1").mass_kg > 100 * sum(body.mass_kg for body in links)
    assert {action.verb for action in stage.actions} == {"swing"}  # nobody said so: it hangs
    assert broken(laws) == []
    way = motion.positions[:, stage.body_ids.index("wrecking_ball#1")]
    assert np.ptp(way, axis=0).max() > 0.5
    assert judge_relation(graph.relations[0], graph, stage, None, motion).holds


def test_a_drawer_is_in_something_and_slides_out_of_it():
    graph, stage, motion, laws = filmed(["drawer"], actions=[("drawer", "open", {})], secs=1.8)
    (joint,) = stage.joints
    assert joint.kind == "slider"
    way = ways_of(View(stage, motion), joint)
    assert way[0] == pytest.approx(0, abs=1e-3)
    assert way[-1] == pytest.approx(0.92 * joint.upper, abs=0.01)
    center = motion.positions[:, stage.body_ids.index("drawer#1.drawer")]
    assert np.ptp(center[:, 2]) < 2e-3  # it does not sink, far out of its case
    assert broken(laws) == []
    assert [status for status, _ in statuses(graph, stage, motion)] == ["held"]


def test_what_is_thrown_at_a_wall_and_sticks_stays_where_it_hits():
    graph, stage, motion, laws = filmed(
        ["ball"], actions=[("ball", "throw", {"target": "wall"})],
        outcomes=[("ball", "stays_on", "wall")],
    )  # fmt: skip
    (stick,) = (action for action in stage.actions if action.kind == "attach")
    assert stick.other == "wall"
    told = statuses(graph, stage, motion)
    assert [status for status, _ in told] == ["held", "held"], told
    heights = motion.positions[:, stage.body_ids.index("ball#1"), 2]
    assert np.ptp(heights[-4:]) < 2e-3
    assert heights[-1] > 0.3
    assert broken(laws) == []


def test_a_magnet_picks_up_a_nail():
    graph, stage, motion, laws = filmed(
        ["magnet", "nail"],
        actions=[("nail", "pull", {"direction": "up", "target": "magnet"})], secs=2.5,
    )  # fmt: skip
    assert [action.kind for action in stage.actions] == ["follow_path", "attach", "follow_path"]
    ((status, evidence),) = statuses(graph, stage, motion)
    assert status == "held", evidence
    nail, magnet = (stage.body_ids.index(name) for name in ("nail#1", "magnet#1"))
    assert motion.positions[-1, nail, 2] > motion.positions[0, nail, 2] + 0.1
    apart = motion.positions[-8:, magnet] - motion.positions[-8:, nail]
    assert np.ptp(apart, axis=0).max() < 2e-3
    assert broken(laws) == []


def test_a_magnet_catches_what_falls_on_it():
    graph, stage, motion, laws = filmed(
        ["magnet", "can"], actions=[("can", "drop", {"target": "magnet"})],
        outcomes=[("can", "stays_on", "magnet")], secs=1.0,
    )  # fmt: skip
    assert stage.body("magnet#1").mobility == "static"
    told = statuses(graph, stage, motion)
    assert told[-1][0] == "held", told
    assert broken(laws) == []


def test_what_rolls_into_a_box_and_sticks_is_held_from_its_touch_on():
    graph, stage, motion, laws = filmed(
        ["ball", "box"], actions=[("ball", "roll", {"target": "box"})],
        outcomes=[("ball", "touches", "box"), ("ball", "stays_on", "box")], secs=1.5,
    )  # fmt: skip
    assert stage.body("box#1").mobility == "dynamic"
    told = statuses(graph, stage, motion)
    assert [status for status, _ in told] == ["held", "held", "held"], told
    ball, box = (stage.body_ids.index(name) for name in ("ball#1", "box#1"))
    apart = motion.positions[:, ball] - motion.positions[:, box]
    assert np.linalg.norm(apart[0] - apart[-1]) > 0.1
    assert np.ptp(apart[-8:], axis=0).max() < 2e-3
    assert broken(laws) == []
