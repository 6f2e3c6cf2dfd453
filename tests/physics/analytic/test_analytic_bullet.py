"""What Bullet alone has to answer for."""

import numpy as np
import pytest

from physics.bullet.bodies.options import BulletOptions
from physics.bullet.world import BulletWorld
from physics.stepping.records import Touch, Touches
from scene_builder.model.pose import Pose
from tests.physics.physics_stages import ball, box, ground, stage

BALL = 1


@pytest.fixture
def world():
    made = stage(ground(), ball(at=(0, 0, 1), linear_velocity=np.array([1.0, 0, 0])), secs=0.1)
    with BulletWorld(made, BulletOptions()) as found:
        yield found


def test_a_body_is_read_again_after_whatever_changes_it(world):
    first = world.glance(BALL)
    assert world.glance(BALL) is first  # a motion that nothing changed is read once
    world.step()
    stepped = world.motion(BALL)
    assert stepped.center[0] == pytest.approx(world.step_secs)
    world.set_velocity(BALL, np.array([0, 2.0, 0]), np.array([0, 0, 3.0]))
    assert world.motion(BALL).linear == pytest.approx([0, 2, 0])
    assert world.velocity(BALL)[1] == pytest.approx([0, 0, 3])
    world.set_pose(BALL, Pose.at(5, 6, 7))
    assert world.motion(BALL).center == pytest.approx([5, 6, 7 + 0.035])
    assert world.velocity(BALL)[0] == pytest.approx([0, 2, 0])
    world.hold(BALL)
    assert world.glances()[BALL] is None
    assert world.velocity(BALL)[0] == pytest.approx([0, 0, 0])
    world.release(BALL)
    world.step()
    assert world.velocity(BALL)[0][2] == pytest.approx(-9.81 * world.step_secs)


def test_what_never_moves_is_read_once(world):
    first = world.glance(0)
    world.step()
    assert world.glance(0) is first


def test_the_deepest_overlap_is_that_of_the_touches():
    boxes = box("box#1"), box("box#2", at=(0, 0, 0.098))
    with BulletWorld(stage(ground(), *boxes, secs=0.1), BulletOptions()) as world:
        world.detect()
        near = world.touches(pressed=False)
        assert world.deepest() == max(-touch.distance for touch in near)
        assert world.deepest() == pytest.approx(2e-3, rel=0.1)


def test_touches_are_told_by_pairs_in_the_order_they_come():
    up, at = (0.0, 0.0, 1.0), (0.0, 0.0, 0.0)
    touches = Touches(Touch(a, b, at, up, 0.0, k) for k, (a, b) in enumerate([(3, 1), (2, 1)] * 2))
    assert list(touches.by_pair) == [(3, 1), (2, 1)]
    assert [touch.impulse for touch in touches.by_pair[3, 1]] == [0, 2]
