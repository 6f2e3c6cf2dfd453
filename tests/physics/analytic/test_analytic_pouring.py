"""Two hundred bodies poured into a box: none escapes, and none sinks into another."""

import numpy as np
import pytest

from physics.bullet.simulator import BulletSimulator
from physics.certifying.overlap import check_overlap
from physics.mujoco.simulator import MujocoSimulator
from physics.observe.view import View
from physics.pace import refinement
from physics.stepping.recording.recorder import ROWS_A_FRAME
from scene_builder.model.errors import UnsupportedBody
from scene_builder.model.pose import Pose
from scene_builder.model.solids.grains import grains_of
from scene_builder.model.stage import Collider
from tests.physics.physics_stages import ball, body, box, box_mesh, ground, stage


def crate(width=0.3, height=0.2, wall=0.01):
    half = (width + wall) / 2
    walls = [box_mesh((width, width, wall), (0, 0, wall / 2))]
    for x, y in ((half, 0), (-half, 0), (0, half), (0, -half)):
        size = (wall if x else width + 2 * wall, wall if y else width + 2 * wall, height)
        walls.append(box_mesh(size, (x, y, height / 2)))
    size = (width + 2 * wall, width + 2 * wall, height)
    return body(
        "crate#1", Collider(shape="hulls", hulls=tuple(walls)), box_mesh(size, (0, 0, height / 2)),
        5.0, np.array([0, 0, height / 3]), np.eye(3) * 0.2, Pose.at(0, 0, 0), "static",
    )  # fmt: skip


def pouring(boxes=0, count=200, secs=1.25):
    rng = np.random.default_rng(4)
    grains = []
    for k in range(count):
        x, y = np.array([k % 5 - 2, k // 5 % 5 - 2]) * 0.045 + rng.uniform(-0.004, 0.004, 2)
        at = (x, y, 0.05 + 0.035 * (k // 25))
        more = {"friction": 0.5, "restitution": 0.0, "rolling_friction": 2e-4}
        if boxes and k % 2:
            grains.append(box(f"grain#{k}", size=(0.02, 0.024, 0.018), mass=0.01, at=at, **more))
        else:
            grains.append(ball(f"grain#{k}", radius=0.012, mass=0.01, at=at, **more))
    return stage(ground(), crate(), *grains, secs=secs)


@pytest.mark.slow
def test_two_hundred_poured_bodies_stay_in_their_box():
    motion = BulletSimulator().simulate(pouring(boxes=True))
    last = motion.positions[-1, 2:]
    assert np.abs(last[:, :2]).max() < 0.151  # the middle of a base that leans on the wall
    assert last[:, 2].min() > 0.005
    assert last[:, 2].max() < 0.2
    assert motion.penetration_m.max() < 2e-3


@pytest.mark.slow
def test_five_hundred_grains_that_land_overlap_by_less_than_two_millimetres():
    scene = pouring(count=500, secs=0.25)
    motion = BulletSimulator().simulate(scene)
    checks = {check.law: check for check in check_overlap(View(scene, motion))}
    assert len(motion.contacts.a) > 1000
    assert checks["overlap"].measured < 2e-3
    assert checks["overlap time"].ok


def test_many_round_bodies_of_one_kind_are_grains_and_are_stepped_finely():
    heap = pouring(boxes=True)
    assert len(grains_of(heap.bodies)) == 200
    assert refinement(heap) == 3  # 2.2 m/s, 2 mm a step
    assert not grains_of(pouring(count=20).bodies)
    bricks = [box(f"brick#{k}", at=(0.3 * k, 0, 0)) for k in range(60)]
    assert not grains_of(bricks)
    assert refinement(stage(ground(), *bricks)) == 1


def test_the_touches_of_grains_are_told_a_few_times_a_frame():
    scene = pouring(count=30, secs=0.3)
    motion = BulletSimulator().simulate(scene)
    frames = np.ceil(motion.contacts.time / scene.timeline.frame_secs - 1e-6)
    rows = np.column_stack([frames, motion.contacts.a, motion.contacts.b])
    assert np.unique(rows, axis=0, return_counts=True)[1].max() == ROWS_A_FRAME
    # What the crate gives them is their weight, less the momentum that they still have.
    mass, gravity = 0.01 * 30, 9.81
    falling = mass * float(motion.linear_velocities[-1, 2:, 2].mean())
    lifts = motion.contacts.normal[:, 2] * motion.contacts.impulse
    given = float(np.abs(lifts[np.minimum(motion.contacts.a, motion.contacts.b) < 2]).sum())
    assert given == pytest.approx(mass * gravity * motion.times[-1] + falling, rel=0.02)


def test_mujoco_names_the_other_simulator_for_grains():
    with pytest.raises(UnsupportedBody, match="bullet"):
        MujocoSimulator().simulate(pouring())
