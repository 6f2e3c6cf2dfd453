"""Contact, friction and rest against formulas."""

from dataclasses import replace

import numpy as np
import pytest

from physics.bullet.bodies.colliders import drawn_in
from physics.pace import refinement
from scene_builder.model.digest import digest
from scene_builder.model.pose import Pose
from tests.physics.physics_stages import ball, box, centers, cup, ground, stage, table


@pytest.mark.parametrize("degrees", [5, 15, 25])
def test_a_ball_rolls_down_an_incline_with_five_sevenths(simulator, degrees):
    # Gravity is tilted rather than the ground: the plane stays exact.
    angle = np.deg2rad(degrees)
    gravity = 9.81 * np.array([np.sin(angle), 0, -np.cos(angle)])
    scene = stage(ground(friction=1.0), ball(friction=1.0), gravity=gravity, secs=1)
    motion = simulator.simulate(scene)
    path = centers(scene, motion, "ball#1")
    due = 5 / 7 * 9.81 * np.sin(angle)
    assert 2 * np.polyfit(motion.times[3:], path[3:, 0], 2)[0] == pytest.approx(due, rel=1e-3)
    slip = motion.linear_velocities[:, 1, 0] - motion.angular_velocities[:, 1, 1] * 0.035
    assert np.abs(slip).max() < 1e-3


def test_a_box_slides_down_an_incline_and_holds_on_a_rougher_one(simulator):
    angle = np.deg2rad(20)
    gravity = 9.81 * np.array([np.sin(angle), 0, -np.cos(angle)])
    for friction, slides in ((0.2, True), (0.6, False)):
        scene = stage(
            ground(friction=1.0), box(size=(0.2, 0.2, 0.05), friction=friction),
            gravity=gravity, secs=1,
        )  # fmt: skip
        motion = simulator.simulate(scene)
        due = 9.81 * (np.sin(angle) - friction * np.cos(angle)) if slides else 0.0
        measured = 2 * np.polyfit(motion.times[3:], motion.positions[3:, 1, 0], 2)[0]
        assert measured == pytest.approx(due, abs=0.03)


@pytest.mark.parametrize("hull", [False, True])
def test_a_stack_of_four_stands_still(simulator, hull):
    blocks = [box(f"box#{k + 1}", at=(0, 0, 0.1 * k), hull=hull) for k in range(4)]
    motion = simulator.simulate(stage(ground(), *blocks, secs=4))
    assert np.abs(motion.positions - motion.positions[0]).max() < 2e-4
    assert motion.penetration_m.max() < 2e-4


@pytest.mark.parametrize("radius", [0.008, 0.035, 0.11])
def test_a_resting_ball_touches_the_ground_and_does_not_sink(simulator, radius):
    mass = 1000 * radius**3
    motion = simulator.simulate(stage(ground(), ball(radius=radius, mass=mass), secs=1))
    assert abs(motion.positions[-1, 1, 2]) < 1e-4
    assert motion.penetration_m.max() < 2e-4
    weight = motion.contacts.impulse[20] / (1 / 480)
    assert weight == pytest.approx(mass * 9.81, rel=1e-3)


def test_cups_stand_on_a_table_where_they_are(simulator):
    cups = [cup(f"cup#{k + 1}", at=(0.2 * k - 0.2, 0, 0.7)) for k in range(3)]
    motion = simulator.simulate(stage(ground(), table(), *cups, secs=2))
    assert np.abs(motion.positions - motion.positions[0]).max() < 1e-4


def test_a_cup_holds_a_marble(simulator):
    marble = ball("marble#1", radius=0.008, mass=0.005, at=(0.01, 0, 0.2), restitution=0.6)
    scene = stage(ground(), cup(), marble, secs=2.5)
    motion = simulator.simulate(scene)
    x, y, z = centers(scene, motion, "marble#1")[-1]
    assert np.hypot(x, y) < 0.036 - 0.008
    assert z == pytest.approx(0.004 + 0.008, abs=3e-4)
    assert motion.linear_velocities[-1, 2] == pytest.approx(np.zeros(3), abs=5e-3)


def test_a_ball_topples_a_cup_that_it_hits_high(simulator):
    thrown = ball(radius=0.035, mass=0.15, at=(-0.3, 0, 0.06), linear_velocity=[3.0, 0, 0.3])
    scene = stage(ground(), cup(mass=0.1), thrown, secs=1.5)
    motion = simulator.simulate(scene)
    assert motion.pose(-1, "cup#1").rotation[2, 2] < 0.2


@pytest.mark.slow
def test_a_row_of_dominoes_topples_from_one_touch_and_not_without(simulator):
    row = [
        box(f"domino#{k + 1}", size=(0.008, 0.024, 0.048), mass=0.012, at=(0.025 * k, 0, 0))
        for k in range(6)
    ]
    marble = ball("marble#1", radius=0.01, mass=0.01, at=(-0.06, 0, 0.02),
                  linear_velocity=[1.0, 0, 0])  # fmt: skip
    still = simulator.simulate(stage(ground(), *row, secs=1))
    assert np.abs(still.positions - still.positions[0]).max() < 1e-4
    motion = simulator.simulate(stage(ground(), *row, marble, secs=1))
    upright = [motion.pose(-1, block.id).rotation[2, 2] for block in row]
    assert max(upright) < np.cos(np.deg2rad(60))


def test_an_elastic_collision_keeps_momentum_and_energy(simulator):
    a = ball("ball#1", mass=1.0, restitution=1.0, friction=0.0, linear_velocity=[2.0, 0, 0])
    b = ball("ball#2", at=(0.5, 0.02, 0), mass=3.0, restitution=1.0, friction=0.0)
    motion = simulator.simulate(stage(a, b, gravity=np.zeros(3), secs=1))
    v = motion.linear_velocities[-1]
    assert v[0] + 3 * v[1] == pytest.approx([2, 0, 0], abs=1e-9)
    assert (v[0] ** 2).sum() + 3 * (v[1] ** 2).sum() == pytest.approx(4, rel=0.01)
    assert v[1, 0] > 0.5


def test_a_head_on_collision_follows_newtons_law(simulator):
    a = ball("ball#1", mass=1.0, restitution=0.8, linear_velocity=[1.0, 0, 0])
    b = ball("ball#2", at=(0.4, 0, 0), mass=1.0, restitution=0.5)
    motion = simulator.simulate(stage(a, b, gravity=np.zeros(3), secs=1))
    assert motion.linear_velocities[-1, :, 0] == pytest.approx([0.3, 0.7], abs=1e-6)
    assert motion.contacts.impulse.sum() == pytest.approx(0.7, rel=1e-6)


def test_hulls_touch_where_they_are_drawn(simulator):
    lower = cup("cup#1", sides=12)
    plate = box("plate#1", size=(0.2, 0.2, 0.01), at=(0, 0, 0.1))
    motion = simulator.simulate(stage(ground(), lower, plate, secs=0.5))
    assert motion.positions[-1, 2, 2] == pytest.approx(0.1, abs=1e-4)


def test_a_hull_is_drawn_in_by_a_margin_on_every_face():
    cube = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    assert np.abs(drawn_in(cube, 0.1)) == pytest.approx(np.full((8, 3), 0.9))
    thin = cube * [1, 1, 0.01]
    assert np.abs(drawn_in(thin, 0.1)[:, 2]) == pytest.approx(np.full(8, 0.005))


@pytest.mark.slow
def test_the_same_stage_gives_the_same_bytes(simulator):
    def made():
        thrown = ball(at=(-0.3, 0.01, 0.05), mass=0.2, linear_velocity=[2.5, 0, 0.5])
        return stage(ground(), cup(), thrown, box(at=(0.2, 0, 0)), secs=1)

    assert digest(simulator.simulate(made())) == digest(simulator.simulate(made()))


def test_quaternions_never_jump(simulator):
    spinning = box(at=(0, 0, 20), angular_velocity=[1.0, 9.0, 4.0])
    motion = simulator.simulate(stage(spinning, secs=2))
    assert (np.sum(motion.wxyz[1:] * motion.wxyz[:-1], axis=-1) > 0.5).all()
    assert np.linalg.norm(motion.wxyz, axis=-1) == pytest.approx(np.ones((48, 1)), abs=1e-9)


def test_inertia_comes_from_the_stage(simulator):
    # Products of inertia: the principal axes are found, and the body frame is reported.
    turned = Pose.at(0, 0, 0, yaw_deg=30).rotation
    long = box("box#1", size=(0.3, 0.1, 0.1), at=(0, 0, 1))
    skew = replace(
        long, inertia=turned @ long.inertia @ turned.T, angular_velocity=np.array([0, 0, 5.0])
    )
    motion = simulator.simulate(stage(skew, gravity=np.zeros(3), secs=1))
    assert motion.positions[-1, 0] == pytest.approx([0, 0, 1], abs=1e-6)
    yaw = 2 * np.arctan2(motion.wxyz[12, 0, 3], motion.wxyz[12, 0, 0])
    assert yaw == pytest.approx(2.5, abs=1e-3)


def test_small_fast_things_are_stepped_more_finely():
    slow, fast = ball(linear_velocity=[1.0, 0, 0]), ball(linear_velocity=[6.0, 0, 0])
    assert refinement(stage(ground())) == 1
    assert refinement(stage(ground(), slow)) == 1
    assert refinement(stage(ground(), fast)) == 2  # 12.5 mm a step, of a ball of 70 mm
    assert refinement(stage(ground(), fast, box(size=(0.002, 0.1, 0.1)))) == 4
