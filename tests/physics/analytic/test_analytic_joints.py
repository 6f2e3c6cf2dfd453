"""Joints against formulas."""

import numpy as np
import pytest
from scipy.special import ellipk

from scene_builder.model.errors import SimulationError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint
from tests.physics.physics_stages import act, ball, box, centers, ground, stage

LENGTH, RADIUS, PIVOT = 0.5, 0.04, np.array([0.0, 0.0, 1.5])
SIDEWAYS = np.array([np.sqrt(0.5), -np.sqrt(0.5), 0, 0])  # Z of the joint along the world's Y
ALONG_X = np.array([np.sqrt(0.5), 0, np.sqrt(0.5), 0])


def pendulum(kind, degrees, secs=2.1):
    angle = np.deg2rad(degrees)
    start = PIVOT - LENGTH * np.array([np.sin(angle), 0, np.cos(angle)])
    bob = ball(radius=RADIUS, mass=0.2, at=start - [0, 0, RADIUS])
    child = np.array([0, 0, RADIUS]) + (PIVOT - start if kind != "rope" else 0)
    joint = Joint(
        id="j", kind=kind, parent=None, child="ball#1", length_m=LENGTH,
        parent_from_joint=Pose(position=PIVOT, wxyz=SIDEWAYS),
        child_from_joint=Pose(position=child, wxyz=SIDEWAYS),
    )  # fmt: skip
    return stage(bob, joints=(joint,), secs=secs)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rope", "ball", "hinge"])
@pytest.mark.parametrize("degrees", [5, 60])
def test_a_pendulum_has_the_period_of_its_angle(simulator, kind, degrees):
    scene = pendulum(kind, degrees)
    motion = simulator.simulate(scene)
    path = centers(scene, motion, "ball#1")
    angle = np.arctan2(path[:, 0], PIVOT[2] - path[:, 2])
    up = np.flatnonzero((angle[:-1] <= 0) & (angle[1:] > 0))
    crossings = motion.times[up] - angle[up] * np.diff(motion.times)[0] / np.diff(angle)[up]
    # A rigid pendulum turns its bob too: its reduced length is (I + m l²) / (m l).
    reduced = LENGTH if kind == "rope" else LENGTH + 0.4 * RADIUS**2 / LENGTH
    due = 4 * np.sqrt(reduced / 9.81) * ellipk(np.sin(np.deg2rad(degrees / 2)) ** 2)
    assert np.diff(crossings).mean() == pytest.approx(due, rel=1e-3)
    assert np.abs(np.linalg.norm(path - PIVOT, axis=1) - LENGTH).max() < 1e-4
    speed2 = (motion.linear_velocities[:, 0] ** 2).sum(axis=1)
    spin2 = (motion.angular_velocities[:, 0] ** 2).sum(axis=1)
    energy = speed2 / 2 + 0.2 * RADIUS**2 * spin2 + 9.81 * path[:, 2]
    assert np.ptp(energy) < 2e-3 * 9.81 * LENGTH / 2


def test_a_slack_rope_does_nothing(simulator):
    joint = Joint(
        id="j", kind="rope", parent=None, child="ball#1", length_m=5.0,
        parent_from_joint=Pose.at(0, 0, 2), child_from_joint=Pose.at(0, 0, 0.035),
    )  # fmt: skip
    scene = stage(ball(at=(0, 0, 1)), joints=(joint,), secs=0.6)
    motion = simulator.simulate(scene)
    assert 1 - motion.positions[12, 0, 2] == pytest.approx(9.81 * 0.125, rel=0.01)


@pytest.mark.slow
def test_a_chain_of_links_stays_together(simulator):
    links = [box(f"link#{k + 1}", size=(0.02, 0.02, 0.2), mass=0.05, at=(0, 0, 1.6 - 0.2 * k))
             for k in range(3)]  # fmt: skip
    bob = ball(radius=0.06, mass=1.0, at=(0, 0, 1.08), linear_velocity=[1.0, 0, 0])
    top = Pose.at(0, 0, 0.2)
    joints = [Joint(id="j0", kind="ball", parent=None, child="link#1",
                    parent_from_joint=Pose.at(0, 0, 1.8), child_from_joint=top)]  # fmt: skip
    joints += [
        Joint(id=f"j{k}", kind="ball", parent=f"link#{k}", child=f"link#{k + 1}",
              parent_from_joint=Pose.identity(), child_from_joint=top)
        for k in (1, 2)
    ]  # fmt: skip
    joints.append(Joint(id="j3", kind="ball", parent="link#3", child="ball#1",
                        parent_from_joint=Pose.identity(),
                        child_from_joint=Pose.at(0, 0, 0.12)))  # fmt: skip
    motion = simulator.simulate(stage(*links, bob, joints=tuple(joints), secs=2))
    for joint in joints[1:]:
        apart = [
            np.linalg.norm(
                motion.pose(k, joint.parent) @ joint.parent_from_joint.position
                - motion.pose(k, joint.child) @ joint.child_from_joint.position
            )
            for k in range(motion.frame_count)
        ]
        assert max(apart) < 1e-3


def test_welded_bodies_keep_their_relative_pose(simulator):
    a, b = box("box#1", at=(0, 0, 1)), box("box#2", at=(0.1, 0, 1), yaw=30)
    frame = Pose.at(0.05, 0, 0.05)
    weld = Joint(
        id="j", kind="fixed", parent="box#1", child="box#2", parent_from_joint=frame,
        child_from_joint=b.pose.inverse() @ a.pose @ frame,
    )  # fmt: skip
    motion = simulator.simulate(stage(ground(), a, b, joints=(weld,), secs=1.5))
    before = a.pose.inverse() @ b.pose
    after = motion.pose(-1, "box#1").inverse() @ motion.pose(-1, "box#2")
    assert after.position == pytest.approx(before.position, abs=1e-3)
    assert after.rotation == pytest.approx(before.rotation, abs=5e-3)


def slider(lower, upper):
    return Joint(
        id="s", kind="slider", parent=None, child="box#1", lower=lower, upper=upper,
        parent_from_joint=Pose(position=np.array([0, 0, 1.0]), wxyz=ALONG_X),
        child_from_joint=Pose(position=np.zeros(3), wxyz=ALONG_X),
    )  # fmt: skip


@pytest.mark.slow
def test_a_slider_moves_along_its_axis_only_and_stops_at_its_limit(simulator):
    moving = box(at=(0, 0, 1), linear_velocity=[0.5, 0.3, 0])
    scene = stage(moving, joints=(slider(-0.3, 0.3),), secs=1)
    motion = simulator.simulate(scene)
    assert np.abs(motion.positions[:, 0, 1:] - [0, 1]).max() < 1e-5
    assert motion.positions[12, 0, 0] == pytest.approx(0.25, abs=1e-4)
    assert motion.positions[:, 0, 0].max() < 0.301


@pytest.mark.slow
def test_a_driven_door_opens_to_its_stop(simulator):
    door = box("door", size=(0.8, 0.04, 2), at=(0.4, 0, 0.01), mass=20)
    hinge = Joint(
        id="h", kind="hinge", parent=None, child="door", lower=0.0, upper=np.pi / 2,
        parent_from_joint=Pose.at(0, 0, 1.01), child_from_joint=Pose.at(-0.4, 0, 1),
    )  # fmt: skip
    opens = act("drive_joint", "door", joint="h", linear=[2.0, 0, 0],
                        start_secs=0.25)  # fmt: skip
    motion = simulator.simulate(stage(door, joints=(hinge,), actions=(opens,), secs=1.25,
                                      step_hz=240))  # fmt: skip
    yaw = np.rad2deg(2 * np.arctan2(motion.wxyz[:, 0, 3], motion.wxyz[:, 0, 0]))
    assert yaw[6] == pytest.approx(0, abs=0.01)
    assert yaw[12] == pytest.approx(np.rad2deg(0.5), abs=1)
    assert yaw[-1] == pytest.approx(90, abs=0.1)


@pytest.mark.slow
def test_a_spring_swings_around_its_balance(simulator):
    bob = ball(at=(0, 0, 0.7 - 0.035), mass=0.5)
    spring = Joint(
        id="sp", kind="spring", parent=None, child="ball#1", length_m=0.3, stiffness=20.0,
        parent_from_joint=Pose.at(0, 0, 1), child_from_joint=Pose.at(0, 0, 0.035),
    )  # fmt: skip
    scene = stage(bob, joints=(spring,), secs=2)
    motion = simulator.simulate(scene)
    z = centers(scene, motion, "ball#1")[:, 2]
    omega = np.sqrt(20 / 0.5)
    due = 0.7 - 0.5 * 9.81 / 20 * (1 - np.cos(omega * motion.times))
    assert z == pytest.approx(due, abs=2e-3)


def test_a_joint_that_names_nobody_is_an_error(simulator):
    joint = Joint(
        id="j", kind="ball", parent=None, child="bell#1",
        parent_from_joint=Pose.identity(), child_from_joint=Pose.identity(),
    )  # fmt: skip
    with pytest.raises(SimulationError, match="'j' names body 'bell#1'; there are: ball#1"):
        simulator.simulate(stage(ball(), joints=(joint,)))


def test_forces_give_their_whole_impulse(simulator):
    push = act("apply_force", "box#1", start_secs=0.2, duration_secs=0.333,
                       linear=[3.0, 0, 0])  # fmt: skip
    turn = act("apply_torque", "box#1", start_secs=0.1, duration_secs=0.5,
                       angular=[0, 0, 0.01])  # fmt: skip
    free = box(at=(0, 0, 1), mass=2.0)
    motion = simulator.simulate(stage(free, actions=(push, turn), gravity=np.zeros(3), secs=1))
    assert motion.linear_velocities[-1, 0] == pytest.approx([3 * 0.333 / 2, 0, 0], abs=1e-9)
    spin = 0.01 * 0.5 / free.inertia[2, 2]
    assert motion.angular_velocities[-1, 0] == pytest.approx([0, 0, spin], rel=1e-6)


def test_a_kinematic_cart_goes_exactly_where_it_is_told_and_takes_its_load_along(simulator):
    go = act("set_velocity", "cart", start_secs=0.5, duration_secs=1.0,
                     linear=[0.3, 0, 0])  # fmt: skip
    cart = box("cart", size=(0.3, 0.2, 0.1), mass=2.0, mobility="kinematic")
    load = box("box#1", at=(0, 0, 0.1), friction=0.9)
    motion = simulator.simulate(stage(ground(), cart, load, actions=(go,), secs=2))
    due = np.clip(motion.times - 0.5, 0, 1) * 0.3
    assert motion.positions[:, 1, 0] == pytest.approx(due, abs=1e-6)
    assert motion.positions[-1, 2, 0] == pytest.approx(0.3, abs=0.02)
