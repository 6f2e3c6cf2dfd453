"""A broken world never gets a passing certificate, and an honest one always does."""

from dataclasses import replace

import numpy as np
import pytest

from physics.certificate import LAWS, certify, flights
from physics.observe.view import View
from tests.physics import physics_faults as fault
from tests.physics.physics_films import FILMS, NAMED_FILMS
from tests.physics.physics_stages import box, ground, stage


@pytest.fixture(scope="module")
def film(simulator):
    """Returns a film by name: its stage, and how it honestly moves."""
    known = {}

    def make(name):
        if name not in known:
            scene = FILMS[name]()
            known[name] = scene, simulator.simulate(scene)
        return known[name]

    return make


@pytest.mark.parametrize("name", NAMED_FILMS)
def test_an_honest_film_passes(film, name):
    certificate = certify(*film(name))
    assert certificate.ok, [check.text for check in certificate.broken]
    assert {"continuity", "overlap", "permanence", "bounds"} <= {c.law for c in certificate.checks}
    assert {check.law for check in certificate.checks} <= set(LAWS)


def laws_broken(film, name, plant, *args):
    scene, motion = film(name)
    return {check.law for check in certify(scene, plant(motion, *args)).broken}


RESTING = [("crash", "box#1"), ("stack", "box#5"), ("let_go", "box#1"), ("pushed", "box#2")]


@pytest.mark.parametrize("size", [0.004, 0.01, 0.1])
@pytest.mark.parametrize(("name", "body"), RESTING)
def test_floating_is_caught(film, name, body, size):
    assert "place of touch" in laws_broken(film, name, fault.floating, body, size)


@pytest.mark.parametrize(("name", "body"), RESTING)
def test_floating_without_a_word_of_touches_is_caught(film, name, body):
    scene, motion = film(name)
    bare = fault.without_touches(fault.floating(motion, body, 0.002), body)
    assert "support" in {check.law for check in certify(scene, bare).broken}


@pytest.mark.parametrize("size", [0.006, 0.02, 0.05])
@pytest.mark.parametrize(("name", "body"), RESTING)
def test_lying_in_each_other_is_caught_though_the_simulator_denies_it(film, name, body, size):
    assert film(name)[1].penetration_m.max() < 0.005
    assert "overlap" in laws_broken(film, name, fault.sunk, body, size)


@pytest.mark.parametrize("size", [0.006, 0.02, 0.2])
@pytest.mark.parametrize("frame", [3, 9, 30])
@pytest.mark.parametrize(
    ("name", "body"), [("bouncing", "ball#1"), ("tumbling", "box#1"), ("billiards", "ball#3"),
                       ("pendulum", "ball#1"), ("slope", "ball#1"), ("stack", "box#5")]
)  # fmt: skip
def test_a_jump_is_caught(film, name, body, frame, size):
    assert "continuity" in laws_broken(film, name, fault.teleporting, body, size, frame)


@pytest.mark.parametrize("degrees", [5, 20, 90])
@pytest.mark.parametrize(("name", "body"), [("stack", "box#5"), ("weightless", "box#1")])
def test_a_sudden_turn_is_caught(film, name, body, degrees):
    assert "continuity" in laws_broken(film, name, fault.turned, body, degrees, 5)


@pytest.mark.parametrize("frames", [1, 3, 100])
@pytest.mark.parametrize(("name", "body"), [("bouncing", "ball#1"), ("stack", "box#3")])
def test_vanishing_is_caught(film, name, body, frames):
    assert "permanence" in laws_broken(film, name, fault.blinking, body, frames, 20)


@pytest.mark.parametrize("share", [0.08, 0.2, 0.5])
def test_energy_from_nowhere_is_caught(film, share):
    _, motion = film("weightless")
    hit = int((motion.contacts.time[0] * 24) + 1)
    assert "energy" in laws_broken(film, "weightless", fault.gaining, "ball#1", share, 2)
    assert "cause" in laws_broken(film, "weightless", fault.gaining, "box#1", share, hit + 5)


@pytest.mark.parametrize("speed", [0.15, 0.3, 1.0])
@pytest.mark.parametrize(
    ("name", "body", "frame"),
    [("billiards", "ball#1", 3), ("bouncing", "ball#1", 9), ("tumbling", "box#1", 8),
     ("air_to_air", "ball#2", 2)],
)  # fmt: skip
def test_a_push_by_nothing_is_caught(film, name, body, frame, speed):
    assert "cause" in laws_broken(film, name, fault.drifting, body, speed, frame)


@pytest.mark.parametrize("speed", [0.02, 0.05, 0.3])
def test_momentum_that_is_not_passed_on_in_full_is_caught(film, speed):
    _, motion = film("weightless")
    hit = int(motion.contacts.time[0] * 24) + 1
    broken = laws_broken(film, "weightless", fault.drifting, "box#1", speed, hit)
    assert "momentum" in broken


@pytest.mark.parametrize("g", [8.0, 9.0, 9.7, 9.9, 12.0])
@pytest.mark.parametrize(
    ("name", "body"), [("bouncing", "ball#1"), ("tumbling", "box#1"), ("let_go", "ball#1")]
)
def test_a_fall_with_another_gravity_is_caught(film, name, body, g):
    scene, motion = film(name)
    flight = flights(View(scene, motion), body)[0]
    assert "free fall" in laws_broken(film, name, fault.with_gravity, body, g, flight)


@pytest.mark.parametrize("g", [5.0, 8.0])
def test_a_short_fall_with_another_gravity_is_caught(film, g):
    assert "cause" in laws_broken(film, "bouncing", fault.with_gravity, "ball#1", g, (3, 6))


@pytest.mark.parametrize("frames", [2, 4, 12])
@pytest.mark.parametrize(("name", "body"), [("bouncing", "ball#1"), ("tumbling", "box#1")])
def test_what_freezes_in_the_air_is_caught(film, name, body, frames):
    broken = laws_broken(film, name, fault.frozen, body, frames, 7)
    assert "cause" in broken
    assert frames < 4 or "hovering" in broken


def test_what_falls_through_the_ground_is_caught(film):
    scene, motion = film("bouncing")
    through = fault.without_touches(motion, "ball#1")
    path = motion.positions.copy()
    velocity = motion.linear_velocities.copy()
    t = motion.times
    path[:, 1] = [[0.4 * s, 0, 1.5 - 9.81 * s**2 / 2] for s in t]
    velocity[:, 1] = [[0.4, 0, -9.81 * s] for s in t]
    fallen = fault.changed(through, positions=path, linear_velocities=velocity)
    assert {"overlap", "bounds"} <= {check.law for check in certify(scene, fallen).broken}


def test_a_moving_wall_and_another_beginning_are_caught(film):
    assert "continuity" in laws_broken(film, "slope", fault.teleporting, "ramp#1", 0.002, 9)
    assert "continuity" in laws_broken(film, "bouncing", fault.teleporting, "ball#1", 0.01, 0)


def test_a_joint_that_gapes_is_caught(film):
    assert "joints" in laws_broken(film, "pendulum", fault.teleporting, "ball#1", 0.02, 0)


@pytest.mark.parametrize("factor", [2.0, 3.0])
def test_friction_beyond_its_cone_is_caught(simulator, factor):
    """A sliding box that brakes harder than its friction allows."""
    scene = stage(ground(), box(mass=1.0, linear_velocity=[2.0, 0, 0]), secs=0.5)
    motion = simulator.simulate(scene)
    assert certify(scene, motion).ok
    k, braking = motion.index("box#1"), 0.8 * 0.5 * 9.81 * factor
    t = np.minimum(motion.times, 2.0 / braking)
    positions, linear = motion.positions.copy(), motion.linear_velocities.copy()
    linear[:, k, 0] = 2.0 - braking * t
    positions[:, k, 0] = 2.0 * t - braking * t**2 / 2
    broken = certify(scene, replace(motion, positions=positions, linear_velocities=linear)).broken
    assert {"friction cone", "cause"} <= {check.law for check in broken}


def test_what_is_not_covered_is_said_and_breaks_nothing(film):
    certificate = certify(*film("pendulum"))
    (row,) = [c for c in certificate.checks if c.law == "free fall" and not c.covered
              and c.subject == "ball#1"]  # fmt: skip
    assert "joint" in row.text
    assert row.ok
    assert certificate.worst("free fall") is None or certificate.worst("free fall").covered
