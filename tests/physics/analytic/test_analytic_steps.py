"""How long a frame's steps are: as short as its speeds need, and nothing else about it changes."""

import numpy as np
import pytest

from physics.bullet.world import BulletWorld
from physics.certifying.halving import halved
from physics.mujoco.world import MujocoWorld
from physics.pace import refinement
from tests.physics.physics_stages import act, ball, box, centers, ground, stage

GRAVITY = 9.81


@pytest.fixture
def paces(monkeypatch):
    """The lengths of the steps [ticks] that worlds were told to take, in order."""
    told = []
    for world in (BulletWorld, MujocoWorld):

        def set_pace(self, ticks, real=world.set_pace):
            told.append(ticks)
            real(self, ticks)

        monkeypatch.setattr(world, "set_pace", set_pace)
    return told


def card(**more):
    return box("card#1", size=(0.1, 0.1, 0.012), mass=0.05, **more)


def test_a_flight_lies_on_one_parabola_through_steps_of_several_lengths(simulator, paces):
    up = np.array([0.6, 0.0, 4.0])
    scene = stage(ground(), card(at=(0, 0, 1.0), linear_velocity=up), secs=1.0)
    assert refinement(scene) > 1
    motion = simulator.simulate(scene)
    assert set(paces) >= {1, 2}  # fast, slow at the top, and fast again
    assert paces[-1] == 1
    times = scene.timeline.times_secs[:, None]
    fall = np.array([0.0, 0.0, -GRAVITY])
    way = centers(scene, motion, "card#1")[0] + up * times + fall * times**2 / 2
    assert centers(scene, motion, "card#1") == pytest.approx(way, abs=1e-7)
    speeds = motion.linear_velocities[:, scene.body_ids.index("card#1")]
    assert speeds[1:] == pytest.approx((up + fall * times)[1:], abs=1e-7)


def test_what_lies_still_is_stepped_coarsely_until_something_is_told(simulator, paces):
    launch = act("set_velocity", "ball#1", start_secs=0.75, linear=[2.0, 0, 0], verb="roll")
    scene = stage(ground(), ball(at=(-2.0, 0, 0)), card(), actions=(launch,), secs=1.5)
    most = refinement(scene)
    assert most > 1
    motion = simulator.simulate(scene)
    assert paces[0] == most  # nothing moves
    assert paces[1] == 1  # the frame of the launch
    assert paces[2] == most  # the ball is far from anything thin
    speed = motion.linear_velocities[-1, scene.body_ids.index("ball#1")]
    assert 1.0 < speed[0] < 2.0


def test_steps_are_short_again_before_a_fast_thing_reaches_a_thin_one(simulator, paces):
    launch = act("set_velocity", "ball#1", start_secs=0.25, linear=[3.0, 0, 0], verb="throw")
    scene = stage(ground(), ball(at=(-1.5, 0, 0), mass=0.5), card(), actions=(launch,), secs=1.0)
    motion = simulator.simulate(scene)
    most = refinement(scene)
    assert paces[:4] == [most, 1, most, 1]
    both = {scene.body_ids.index(one) for one in ("card#1", "ball#1")}
    met = zip(motion.contacts.a.tolist(), motion.contacts.b.tolist(), strict=True)
    assert any({a, b} == both for a, b in met)
    assert motion.penetration_m.max() < 1e-3


def test_a_ball_that_drops_on_a_box_is_not_found_deep_inside_of_it(simulator):
    crate = box("crate#1", size=(0.4, 0.4, 0.3), mass=5.0)
    release = act("release", "ball#1", verb="drop")
    scene = stage(
        ground(), crate, box("tile#1", size=(0.1, 0.1, 0.02), at=(2, 0, 0)),
        ball(radius=0.1, at=(0, 0, 1.0), restitution=0.0), actions=(release,), secs=1.0,
    )  # fmt: skip
    assert refinement(scene) > 1
    assert simulator.simulate(scene).penetration_m.max() < 1e-3


def test_the_halved_film_has_steps_of_half_the_length(simulator):
    scene = stage(ground(), card(at=(0, 0, 1.0), linear_velocity=[1.5, 0, 0]), secs=0.5)
    assert refinement(scene) == 3
    asked = []

    class Listening:
        def simulate(self, stage_):
            asked.append(stage_)
            return simulator.simulate(stage_)

    halved(scene, simulator.simulate(scene), Listening())
    steps = [one.timeline.substeps * refinement(one) for one in asked]
    assert min(steps) >= 2 * scene.timeline.substeps * refinement(scene)
