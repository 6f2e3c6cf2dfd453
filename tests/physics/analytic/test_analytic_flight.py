"""Free fall, throws, releases and bounces against formulas."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from physics.bullet.simulator import BulletSimulator
from tests.physics.physics_stages import act, ball, box, centers, ground, stage


def test_half_a_second_of_fall_is_exact(simulator):
    scene = stage(ground(), ball(at=(0, 0, 3)), secs=0.75)
    motion = simulator.simulate(scene)
    z = centers(scene, motion, "ball#1")[:, 2]
    assert z[0] - z[12] == pytest.approx(9.81 * 0.25 / 2, rel=1e-9)
    assert motion.linear_velocities[12, 1] == pytest.approx([0, 0, -9.81 / 2], abs=1e-9)


@pytest.mark.parametrize("gravity", [9.81, 1.62])
def test_gravity_fitted_to_a_flight_is_that_of_the_stage(simulator, gravity):
    thrown = box(at=(0, 0, 3), linear_velocity=[1.0, 0, 2.0], angular_velocity=[3.0, 5.0, 0])
    scene = stage(ground(), thrown, gravity=np.array([0, 0, -gravity]), secs=0.75)
    motion = simulator.simulate(scene)
    path = centers(scene, motion, "box#1")
    fitted = 2 * np.polyfit(motion.times, path, 2)[0]
    assert fitted == pytest.approx([0, 0, -gravity], rel=1e-3, abs=1e-6)


speeds = st.floats(-4, 4)


@settings(max_examples=10, deadline=None, database=None, derandomize=True)
@given(vx=speeds, vy=speeds, vz=speeds, spin=st.floats(-20, 20), hz=st.sampled_from([240, 480]))
def test_a_spinning_box_flies_on_the_parabola(vx, vy, vz, spin, hz):
    velocity = np.array([vx, vy, vz])
    thrown = box(
        size=(0.1, 0.2, 0.3), at=(0, 0, 50), linear_velocity=velocity,
        angular_velocity=[spin, 3.0, 1.0],
    )  # fmt: skip
    scene = stage(thrown, secs=0.5, step_hz=hz)
    motion = BulletSimulator().simulate(scene)
    path = centers(scene, motion, "box#1")
    t = motion.times[:, None]
    due = path[0] + velocity * t + np.array([0, 0, -9.81]) * t**2 / 2
    assert path == pytest.approx(due, abs=1e-8)
    velocities = motion.linear_velocities[:, 0]
    assert velocities == pytest.approx(velocity + [0, 0, -9.81] * t, abs=1e-7)


def test_a_held_body_keeps_its_pose_exactly_and_then_falls_exactly(simulator):
    drop = act("release", "ball#1", start_secs=0.5, verb="drop")
    scene = stage(ground(), ball(at=(0.1, 0.2, 2)), actions=(drop,), secs=1.1)
    motion = simulator.simulate(scene)
    assert (motion.positions[:13, 1] == [0.1, 0.2, 2]).all()
    assert (motion.wxyz[:13, 1] == [1, 0, 0, 0]).all()
    assert not motion.linear_velocities[:13, 1].any()
    fallen = 2 - motion.positions[24, 1, 2]
    assert fallen == pytest.approx(9.81 * 0.25 / 2, rel=1e-9)


def test_a_held_body_carries_what_stands_on_it(simulator):
    drop = act("release", "box#1", start_secs=1.0)
    held = box("box#1", size=(0.3, 0.3, 0.1), at=(0, 0, 1))
    scene = stage(ground(), held, box("box#2", at=(0, 0, 1.1)), actions=(drop,), secs=2)
    motion = simulator.simulate(scene)
    assert motion.positions[24, 2, 2] == pytest.approx(1.1, abs=2e-4)
    assert motion.positions[-1, 2, 2] < 0.3


def test_a_velocity_set_in_mid_air_starts_a_new_parabola(simulator):
    kick = act("set_velocity", "ball#1", start_secs=0.25, linear=[2.0, 0, 3.0])
    scene = stage(ball(at=(0, 0, 5)), actions=(kick,), secs=1)
    motion = simulator.simulate(scene)
    path = centers(scene, motion, "ball#1")[6:]
    t = (motion.times[6:] - 0.25)[:, None]
    due = path[0] + np.array([2.0, 0, 3.0]) * t + np.array([0, 0, -9.81]) * t**2 / 2
    assert path == pytest.approx(due, abs=1e-8)


@pytest.mark.parametrize("restitution", [0.9, 0.7, 0.4])
def test_a_ball_bounces_to_the_height_that_its_restitution_gives(simulator, restitution):
    scene = stage(
        ground(restitution=1.0), ball(at=(0, 0, 1), restitution=restitution), secs=1.2, step_hz=480
    )
    motion = simulator.simulate(scene)
    contacts = motion.contacts
    impact = float(contacts.time[0])
    after = motion.times > impact
    z = centers(scene, motion, "ball#1")[:, 2] - 0.035
    # The top of the parabola through two frames after the impact.
    k = int(np.argmax(after)) + 1
    vz = motion.linear_velocities[k, 1, 2]
    top = z[k] + vz * abs(vz) / (2 * 9.81)
    assert top == pytest.approx(restitution**2, rel=0.01)
    assert contacts.impulse[0] == pytest.approx(
        0.05 * (1 + restitution) * np.sqrt(2 * 9.81), rel=0.02
    )
    towards_ball = 1 if contacts.a[0] == 1 else -1
    assert contacts.normal[0] * towards_ball == pytest.approx([0, 0, 1], abs=1e-9)


def test_without_gravity_nothing_moves_by_itself(simulator):
    scene = stage(ball(at=(0, 0, 1)), gravity=np.zeros(3), secs=0.5)
    motion = simulator.simulate(scene)
    assert motion.positions[-1, 0] == pytest.approx([0, 0, 1], abs=1e-12)


def test_damping_slows_down_as_asked(simulator):
    scene = stage(
        ball(at=(0, 0, 1), linear_velocity=[1.0, 0, 0], linear_damping=0.5),
        gravity=np.zeros(3), secs=2,
    )  # fmt: skip
    motion = simulator.simulate(scene)
    assert motion.linear_velocities[24, 0, 0] == pytest.approx(0.5, rel=0.01)


def test_frame_zero_is_the_stage(simulator):
    thrown = ball(at=(0, 0, 1), linear_velocity=[1.0, 2.0, 3.0], angular_velocity=[4.0, 5.0, 6.0])
    motion = simulator.simulate(stage(ground(), replace(thrown), secs=0.2))
    assert (motion.positions[0, 1] == [0, 0, 1]).all()
    assert (motion.linear_velocities[0, 1] == [1, 2, 3]).all()
    assert (motion.angular_velocities[0, 1] == [4, 5, 6]).all()
