"""The certificate passes what keeps the laws, and catches what breaks each of them."""

from dataclasses import replace

import numpy as np
import pytest

from physics.certificate import certify
from physics.still import StillSimulator
from tests.physics.physics_stages import act, ball, box, cup, ground, stage, table, told


@pytest.fixture(scope="module")
def crash(simulator):
    thrown = ball(at=(0, -0.1, 0.7), mass=0.2, linear_velocity=[0, -1.0, 0],
                  restitution=0.7, friction=0.9)  # fmt: skip
    scene = stage(ground(), table(), cup(at=(0, -0.67, 0)), thrown, box(at=(0, 1, 0)), secs=2)
    return scene, simulator.simulate(scene)


def test_a_simulated_crash_keeps_every_law(crash):
    certificate = certify(*crash)
    assert certificate.ok, [check.text for check in certificate.checks if not check.ok]
    assert {check.law for check in certificate.checks} >= {"free fall", "energy", "overlap"}
    assert certificate.worst("free fall").measured < 1e-6


def falling(g):
    scene = stage(ground(), ball(at=(0, 0, 10)), secs=1)
    t = scene.timeline.times_secs
    motion = told(scene, {"ball#1": np.stack([0 * t, 0 * t, 10 - g * t**2 / 2], axis=1)})
    velocities = motion.linear_velocities.copy()
    velocities[:, 1, 2] = -g * t
    return scene, replace(motion, linear_velocities=velocities)


def test_a_fall_with_another_gravity_is_caught():
    right, wrong = certify(*falling(9.81)), certify(*falling(9.81 * 0.93))
    assert right.ok
    assert right.worst("fallen distance").measured < 1e-9
    assert not wrong.ok
    assert wrong.worst("free fall").measured == pytest.approx(0.07, abs=1e-6)
    assert wrong.worst("fallen distance").measured == pytest.approx(0.07, abs=1e-6)


def test_energy_from_nowhere_is_caught_and_from_an_action_is_not():
    scene = stage(ground(), ball(), secs=1)
    t = scene.timeline.times_secs
    path = np.stack([np.maximum(t - 0.5, 0), 0 * t, 0 * t], axis=1)
    motion = told(scene, {"ball#1": path})
    assert not certify(scene, motion).worst("energy").ok
    kicked = replace(scene, actions=(act("set_velocity", "ball#1", start_secs=0.5),))
    assert certify(kicked, motion).worst("energy").ok


def test_a_deep_overlap_is_caught(crash):
    scene, motion = crash
    deep = motion.penetration_m.copy()
    deep[10] = 0.02
    check = certify(scene, replace(motion, penetration_m=deep)).worst("overlap")
    assert not check.ok
    assert "20.00 mm, at frame 10" in check.text


def test_what_floats_at_rest_is_caught():
    scene = stage(ground(), box(at=(0, 0, 0.5)))
    certificate = certify(scene, StillSimulator().simulate(scene))
    assert not certificate.worst("support").ok
    assert "rests on nothing" in certificate.worst("support").text


def test_a_shaking_body_at_rest_is_caught():
    scene = stage(ground(), box(), secs=2)
    t = scene.timeline.times_secs
    path = np.stack([0.0007 * (np.arange(len(t)) % 2), 0 * t, 0 * t], axis=1)
    touches = [(s, "box#1", "ground", (0, 0, 1), 0.01) for s in np.arange(0.0, 2.0, 0.02)]
    assert not certify(scene, told(scene, {"box#1": path}, touches=touches)).worst("rest").ok
