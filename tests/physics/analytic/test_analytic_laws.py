"""Throws, slides, rolls, tips, impacts and spins against textbook formulas."""

from dataclasses import replace

import numpy as np
import pytest

from scene_builder.model.pose import Pose
from scene_builder.model.stage import Collider, Joint
from tests.physics.physics_stages import ball, body, box, box_mesh, centers, ground, stage

LYING = np.array([np.sqrt(0.5), np.sqrt(0.5), 0, 0])  # Z of the body along the world's −Y
BOUND = {"BulletSimulator": 1.0, "MujocoSimulator": 2.0}
"""What MuJoCo may be off by in bounces and exchanges, against Bullet."""

GAIN = {"BulletSimulator": 0.002, "MujocoSimulator": 0.001}
"""Energy that a rocking coin may win from rounding off its edge, as a share of its spin's."""


def tilted(slope):
    """Gravity against a level ground, as an incline of that slope sees it."""
    angle = np.arctan(slope)
    return 9.81 * np.array([np.sin(angle), 0, -np.cos(angle)])


def disc(id="disc#1", radius=0.05, height=0.04, at=(0, 0, 0), mass=0.3, **more):
    """A cylinder along the body's Z, its frame in its middle."""
    across = mass * (3 * radius**2 + height**2) / 12
    return body(
        id, Collider(shape="cylinder", size=(radius, height)),
        box_mesh((2 * radius, 2 * radius, height)), mass, np.zeros(3),
        np.diag([across, across, mass * radius**2 / 2]),
        more.pop("pose", Pose.at(*at)), **more,
    )  # fmt: skip


@pytest.mark.parametrize("speed", [3.0, 6.0])
@pytest.mark.parametrize("degrees", [30, 60])
def test_a_throw_lands_at_the_range_of_the_parabola(simulator, speed, degrees):
    angle = np.deg2rad(degrees)
    velocity = speed * np.array([np.cos(angle), 0, np.sin(angle)])
    thrown = ball(linear_velocity=velocity, at=(0, 0, 1e-4))
    scene = stage(ground(), thrown, secs=2 * speed * np.sin(angle) / 9.81 + 0.1)
    motion = simulator.simulate(scene)
    landing = next(t for t in motion.contacts.time if t > 0.1)
    path, before = motion.positions[:, 1], int(landing * 24)
    # Where the parabola through the last frame in the air comes down to the height of the start.
    height, falling = path[before, 2] - 1e-4, -motion.linear_velocities[before, 1, 2]
    rest = (np.sqrt(falling**2 + 2 * 9.81 * height) - falling) / 9.81
    due = speed**2 * np.sin(2 * angle) / 9.81
    assert path[before, 0] + velocity[0] * rest == pytest.approx(due, rel=5e-3)
    assert landing == pytest.approx(2 * velocity[2] / 9.81, abs=2.5 / 480)


@pytest.mark.parametrize("hull", [False, True])
@pytest.mark.parametrize(("speed", "friction"), [(1.0, 0.3), (2.0, 0.5), (2.0, 0.9)])
def test_a_sliding_box_stops_after_v_squared_over_2_mu_g(simulator, speed, friction, hull):
    slid = box(size=(0.2, 0.2, 0.03), friction=friction, linear_velocity=[speed, 0, 0], hull=hull)
    due = speed**2 / (2 * friction * 9.81)
    scene = stage(ground(friction=1.0), slid, secs=speed / friction / 9.81 + 0.2)
    motion = simulator.simulate(scene)
    assert motion.positions[-1, 1, 0] == pytest.approx(due, rel=0.01)
    assert np.abs(motion.positions[:, 1, 2]).max() < 2e-4
    assert np.abs(motion.linear_velocities[-1, 1]).max() < 1e-4


@pytest.mark.parametrize("slope", [0.1, 0.3])
def test_a_cylinder_rolls_down_an_incline_with_two_thirds(simulator, slope):
    lying = disc(pose=Pose(position=np.array([0, 0, 0.05]), wxyz=LYING), friction=1.0)
    scene = stage(ground(friction=1.0), lying, gravity=tilted(slope), secs=1)
    motion = simulator.simulate(scene)
    due = 2 / 3 * tilted(slope)[0]
    path = motion.positions[3:, 1, 0]
    assert 2 * np.polyfit(motion.times[3:], path, 2)[0] == pytest.approx(due, rel=0.02)


@pytest.mark.parametrize("degrees", [0, 20, 45])
def test_a_rolling_ball_is_stopped_by_its_resistance_alike_in_all_directions(simulator, degrees):
    # Resistance τ = c·N: (1 + 2/5)·m·R·a = τ.
    speed, resistance, radius = 0.3, 4e-3, 0.05
    angle = np.deg2rad(degrees)
    heading = np.array([np.cos(angle), np.sin(angle), 0])
    rolled = ball(radius=radius, mass=0.2, friction=1.0, rolling_friction=resistance,
                  linear_velocity=speed * heading,
                  angular_velocity=np.cross([0, 0, 1], speed * heading) / radius)  # fmt: skip
    scene = stage(ground(friction=1.0), rolled, secs=1)
    end = centers(scene, simulator.simulate(scene), "ball#1")[-1, :2]
    due = speed**2 / (2 * resistance / radius * 9.81 * 5 / 7)
    assert end == pytest.approx(due * heading[:2], abs=0.02 * due)


@pytest.mark.parametrize(
    ("width", "friction", "slope", "slides", "tips"),
    [
        (0.1, 0.5, 0.475, False, False),
        (0.1, 0.5, 0.525, True, False),
        (0.05, 0.9, 0.475, False, False),
        (0.05, 0.9, 0.54, False, True),
        (0.05, 0.4, 0.45, True, False),
        (0.03, 0.5, 0.4, False, True),
    ],
)
def test_a_block_slides_or_tips_as_its_friction_and_shape_say(
    simulator, width, friction, slope, slides, tips
):
    # It slides where the slope is above μ, and tips where it is above width / height.
    block = box(size=(width, 0.1, 0.1), friction=friction)
    scene = stage(ground(friction=1.0), block, gravity=tilted(slope), secs=1)
    motion = simulator.simulate(scene)
    lean = np.arccos(np.clip(motion.pose(-1, "box#1").rotation[2, 2], -1, 1))
    assert (np.rad2deg(lean) > 10) is np.bool_(tips)
    if not tips:
        # So near to the edge the way is a small difference of large forces.
        due = (slope - friction) * np.cos(np.arctan(slope)) * 9.81 / 2 * motion.times[-1] ** 2
        assert motion.positions[-1, 1, 0] == pytest.approx(due if slides else 0, rel=0.1, abs=3e-4)


@pytest.mark.parametrize("ratio", [1.0, 2.0, 0.5])
def test_a_head_on_elastic_impact_exchanges_velocities(simulator, ratio):
    a = ball("ball#1", mass=1.0, restitution=1.0, linear_velocity=[2.0, 0, 0])
    b = ball("ball#2", at=(0.3, 0, 0), mass=ratio, restitution=1.0, linear_velocity=[-1.0, 0, 0])
    motion = simulator.simulate(stage(a, b, gravity=np.zeros(3), secs=0.4))
    drift = (2.0 - ratio) / (1 + ratio)
    due = np.array([2 * drift - 2.0, 2 * drift + 1.0])
    error = np.abs(motion.linear_velocities[-1, :, 0] - due).max()
    assert error < 0.02 * 3.0 * BOUND[type(simulator).__name__]
    momentum = motion.linear_velocities[:, :, 0] @ np.array([1.0, ratio])
    assert momentum == pytest.approx(2.0 - ratio, abs=0.01 * (2.0 + ratio))


def test_a_glancing_impact_of_two_boxes_keeps_momentum_and_angular_momentum(simulator):
    a = box("box#1", mass=1.0, restitution=0.7, linear_velocity=[2.0, 0, 0])
    b = box("box#2", at=(0.3, 0.06, 0.02), mass=2.0, yaw=25, restitution=0.9)
    scene = stage(a, b, gravity=np.zeros(3), secs=0.5)
    motion = simulator.simulate(scene)
    assert len(motion.contacts.time)
    total, turning = np.zeros(3), np.zeros(3)
    before = np.zeros(3)
    for k, one in enumerate(scene.bodies):
        center, velocity = centers(scene, motion, one.id), motion.linear_velocities[:, k]
        total = total + one.mass_kg * velocity[-1]
        before = before + one.mass_kg * np.cross(center[0], velocity[0])
        turn = motion.pose(-1, one.id).rotation
        spin = turn @ one.inertia @ turn.T @ motion.angular_velocities[-1, k]
        turning = turning + one.mass_kg * np.cross(center[-1], velocity[-1]) + spin
    assert total == pytest.approx([2.0, 0, 0], abs=0.02)
    assert turning == pytest.approx(before, abs=0.01 * 0.3 * 2.0)


@pytest.mark.parametrize("kind", ["coin", "top"])
def test_what_spins_stays_finite_and_gains_no_energy(simulator, kind):
    if kind == "coin":  # on its edge
        pose = Pose(position=np.array([0, 0, 0.0120]), wxyz=LYING)
        spun = disc(radius=0.012, height=0.002, mass=0.006, pose=pose, friction=0.5,
                    angular_velocity=[0.1, 0, 40.0])  # fmt: skip
    else:  # a disc that nothing touches, thrown with a wobble
        spun = disc(radius=0.03, height=0.02, at=(0, 0, 40), angular_velocity=[6.0, 0, 90.0])
    scene = stage(ground(), spun, secs=2.5)
    motion = simulator.simulate(scene)
    assert np.isfinite(motion.positions).all()
    center, one = centers(scene, motion, "disc#1"), scene.bodies[1]
    assert np.hypot(*center[-1, :2]) < 0.3
    energy = []
    for frame in range(motion.frame_count):
        turn = motion.pose(frame, "disc#1").rotation
        spin = motion.angular_velocities[frame, 1]
        energy.append(spin @ turn @ one.inertia @ turn.T @ spin / 2)
    speed2 = np.square(motion.linear_velocities[:, 1]).sum(axis=1)
    whole = np.array(energy) + one.mass_kg * (speed2 / 2 + 9.81 * center[:, 2])
    lowest = np.minimum.accumulate(whole)
    assert (whole - lowest).max() < GAIN[type(simulator).__name__] * max(energy)


@pytest.mark.parametrize("hull", [False, True])
def test_a_stack_of_ten_stands_for_ten_seconds(simulator, hull):
    blocks = [box(f"box#{k + 1}", at=(0, 0, 0.1 * k), hull=hull) for k in range(10)]
    motion = simulator.simulate(stage(ground(), *blocks, secs=10))
    assert np.abs(motion.positions - motion.positions[0]).max() < 1e-3


def cradle(count=5, length=0.3, gap=5e-4, degrees=25):
    """Balls that hang side by side, the first drawn aside."""
    radius, balls, joints = 0.02, [], []
    about_y = np.array([np.sqrt(0.5), -np.sqrt(0.5), 0, 0])
    for k in range(count):
        pivot = np.array([k * (2 * radius + gap), 0, 0.5])
        angle = np.deg2rad(degrees) if k == 0 else 0.0
        center = pivot - length * np.array([np.sin(angle), 0, np.cos(angle)])
        balls.append(
            ball(f"ball#{k + 1}", radius=radius, mass=0.2, at=center - [0, 0, radius],
                 restitution=1.0, friction=0.0)
        )  # fmt: skip
        anchor = np.array([0, 0, radius]) + pivot - center
        joints.append(
            Joint(id=f"j{k}", kind="hinge", parent=None, child=f"ball#{k + 1}",
                  parent_from_joint=Pose(position=pivot, wxyz=about_y),
                  child_from_joint=Pose(position=anchor, wxyz=about_y))
        )  # fmt: skip
    return stage(*balls, joints=tuple(joints), secs=0.5)


def test_newtons_cradle_sends_one_ball_out(simulator):
    scene = cradle()
    motion = simulator.simulate(scene)
    speeds = motion.linear_velocities[:, :, 0]
    first = float(motion.contacts.time[0])
    before = int(first * 24)
    after = int((float(motion.contacts.time[-1])) * 24) + 1
    arriving = np.sqrt(2 * 9.81 * 0.3 * (1 - np.cos(np.deg2rad(25))))
    assert speeds[before, 0] > 0.9 * arriving
    assert speeds[after, -1] >= 0.9 * arriving
    assert np.abs(speeds[after, :-1]).max() <= 0.15 * arriving


@pytest.mark.slow
def test_twenty_dominoes_fall_in_order(simulator):
    row = [
        box(f"domino#{k + 1}", size=(0.008, 0.024, 0.048), mass=0.012, at=(0.025 * k, 0, 0))
        for k in range(20)
    ]
    push = {"linear_velocity": np.array([0.1, 0, 0]), "angular_velocity": np.array([0, 4.0, 0])}
    row[0] = replace(row[0], **push)
    scene = stage(ground(), *row, secs=1.5)
    motion = simulator.simulate(scene)
    upright = np.array(
        [[motion.pose(f, one.id).rotation[2, 2] for one in row] for f in range(motion.frame_count)]
    )
    assert upright[-1].max() < np.cos(np.deg2rad(50))
    # The moment at which each leans by 20°, between frames.
    lean = np.rad2deg(np.arccos(np.clip(upright, -1, 1)))
    when = []
    for one in lean.T:
        past = int(np.argmax(one > 20)) + 1
        when.append(float(np.interp(20, one[:past], motion.times[:past])))
    assert (np.diff(when) > 0).all()
    assert motion.penetration_m.max() < 5e-4
