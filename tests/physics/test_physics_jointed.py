"""Cars roll on their wheels, and doors and lids go where they are driven or pushed."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from physics.bullet.simulator import BulletSimulator
from physics.certificate import certify
from physics.directing.freedoms import apply_freedom, dials_of
from physics.observe.view import View
from physics.settle import settle
from pipeline.verify.claims.actions import judge_actions
from pipeline.verify.claims.hinges import ways_of
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.build.stage import build_stage
from scene_builder.layout.checks import overlaps_of, relation_holds
from scene_builder.model.graph import SceneGraph
from scene_builder.model.timeline import Timeline

CAR = "car#1"
WHEELS = tuple(f"{CAR}.wheel_{e}_{s}" for e in ("rear", "front") for s in ("right", "left"))


def filmed(entities, actions, relations=(), outcomes=(), secs=2.0, settled=False):
    graph = SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "entities": [{"id": name, "noun": noun, **more} for name, noun, more in entities],
            "relations": [{"subject": s, "predicate": p, "object": o} for s, p, o in relations],
            "actions": [{"actor": a, "verb": v, **more} for a, v, more in actions],
            "outcomes": [{"subject": s, "predicate": p, "object": o} for s, p, o in outcomes],
        }
    )
    timeline = Timeline.lasting(secs, fps=Fraction(24))
    built = build_stage(graph, sources=[ProceduralSource()], timeline=timeline, seed=0)
    bare = tuple(b for b in built.stage.bodies if b.entity or b.part_of or b.id == "ground")
    stage = replace(built.stage, bodies=bare)
    if settled:
        rest = settle(stage, BulletSimulator())
        assert not rest.restless
        stage = rest.stage
    return graph, stage, BulletSimulator().simulate(stage), built.notes


def held(certificate):
    return [check.text for check in certificate.checks if not check.ok]


@pytest.fixture(scope="module")
def ramp():
    return filmed(
        [("car", "toy car", {"color": "red", "mass_kg": 0.8}), ("ramp", "ramp", {})],
        [("car", "roll", {})],
        relations=[("car", "on", ["ramp"])],
        secs=1.2,
        settled=True,
    )


def test_a_car_is_one_thing_of_five_bodies(ramp):
    graph, stage, _, _ = ramp
    assert {body.id for body in stage.bodies if body.part_of == CAR} == set(WHEELS)
    assert {joint.parent for joint in stage.joints} == {CAR}
    assert [body.id for body in stage.bodies if body.entity == "car"] == [CAR]
    assert sum(stage.body(one).mass_kg for one in (CAR, *WHEELS)) == pytest.approx(0.8)
    assert overlaps_of(stage) == ()
    assert all(relation_holds(relation, stage) for relation in graph.relations)


def test_wheels_roll_down_a_ramp_without_slipping(ramp):
    graph, stage, motion, _ = ramp
    view = View(stage, motion)
    start = next(a.start_secs for a in stage.actions if a.body == CAR and a.kind == "release")
    early = (view.times > start + 0.15) & (view.times < start + 0.45)
    speed = np.linalg.norm(view.velocity(CAR), axis=1)[early]
    assert speed[-1] > 0.4
    for wheel in WHEELS:
        turning = np.linalg.norm(view.spin(wheel), axis=1)[early]
        radius = stage.body(wheel).collider.size[0]
        assert turning * radius == pytest.approx(speed, abs=0.03)
    assert "ramp#1" in view.partners(CAR)  # what its wheels touch it touches
    assert view.carried(CAR, "ramp#1")[early].all()
    assert held(certify(stage, motion)) == []
    assert [claim.status for claim in judge_actions(graph, stage, motion)] == ["held"]


def test_a_director_moves_a_car_with_its_wheels(ramp):
    _, stage, _, _ = ramp
    dials = dials_of(stage)
    moved = apply_freedom(stage, dials, [dial.high for dial in dials])
    for joint in moved.joints:
        parent = moved.body(joint.parent).pose @ joint.parent_from_joint
        child = moved.body(joint.child).pose @ joint.child_from_joint
        assert np.abs(parent.position - child.position).max() < 1e-6
    frictions = {wheel: moved.body(wheel).friction for wheel in WHEELS}
    assert frictions == {wheel: stage.body(wheel).friction for wheel in WHEELS}


def test_wheels_of_what_is_sent_off_turn_from_the_start():
    _, stage, motion, _ = filmed(
        [("car", "toy car", {}), ("box", "crate", {})],
        [("car", "roll", {"target": "box", "speed": 0.8})],
        secs=0.6,
    )
    sent = {a.body: a for a in stage.actions if a.kind == "set_velocity"}
    assert set(sent) == {CAR, *WHEELS}
    for wheel in WHEELS:
        rim = np.linalg.norm(sent[wheel].angular) * stage.body(wheel).collider.size[0]
        assert rim == pytest.approx(0.8, rel=0.02)
    view = View(stage, motion)
    at = round((sent[CAR].start_secs + 0.1) * 24)
    assert np.linalg.norm(view.velocity(CAR)[at]) == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize("noun", ["toy car", "chest", "door"])
def test_what_does_nothing_stays_in_one_piece(noun):
    _, stage, _, _ = filmed([("one", noun, {})], [("one", "stay", {})], secs=0.2)
    assert stage.joints == ()


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("chest", "open"),
        ("door", "close"),
        pytest.param("laptop", "close", marks=pytest.mark.slow),
        pytest.param("book", "open", marks=pytest.mark.slow),
    ],
)
def test_what_opens_opens_and_stays_open(noun, verb):
    graph, stage, motion, notes = filmed(
        [("one", noun, {"color": "green"})], [("one", verb, {"speed": "fast"})], secs=1.2
    )
    assert not any("hinge" in note for note in notes)
    (joint,) = stage.joints
    way = ways_of(View(stage, motion), joint)
    shut, wide = (way[0], way[-1]) if verb == "open" else (way[-1], way[0])
    assert abs(shut) < 0.01
    assert wide == pytest.approx(0.92 * joint.upper, abs=0.02)
    assert np.ptp(way[-6:]) < 0.01  # nothing sinks
    assert np.abs(np.diff(way, n=2)).max() < 0.06  # it starts and ends softly
    assert held(certify(stage, motion)) == []
    assert [claim.status for claim in judge_actions(graph, stage, motion)] == ["held"]


def test_a_ball_pushes_a_door():
    _, stage, motion, _ = filmed(
        [("ball", "bowling ball", {}), ("door", "door", {})],
        [("ball", "roll", {"target": "door", "speed": 3.0})],
        relations=[("ball", "in_front_of", ["door"])],
        outcomes=[("ball", "touches", "door")],
        secs=1.2,
    )
    (joint,) = stage.joints
    view = View(stage, motion)
    assert stage.body("door#1").mobility == "static"
    assert len(view.touching("ball#1", "door#1").time)
    assert np.abs(ways_of(view, joint)).max() > np.deg2rad(8)
    assert held(certify(stage, motion)) == []
