"""What is led along a path, attached and let go: in both simulators."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from physics_stages import act, ball, box, centers, ground, stage, table

from physics.certificate import certify
from pipeline.plugins import create
from scene_builder.model.actions.action import StageAction
from scene_builder.model.actions.path import TimedPath


@pytest.fixture(params=["bullet", "mujoco"])
def simulator(request):
    return create("simulator", request.param)


def path_to(start, *ends, secs=0.5):
    places = np.array([start, *ends], float)
    turns = np.tile([1.0, 0.0, 0.0, 0.0], (len(places), 1))
    return TimedPath(times=secs * np.arange(len(places)), positions=places, wxyz=turns)


def led(body, path, at=0.0):
    return act("follow_path", body, start_secs=at, duration_secs=path.secs, path=path)


def test_a_path_is_followed_to_a_micrometre_and_ends_where_it_ends(simulator):
    path = path_to((0, 0, 0), (0.4, 0, 0), (0.4, 0.3, 0.2))
    scene = stage(
        ground(), box(at=(0, 0, 0), mobility="kinematic"), actions=(led("box#1", path, 0.25),)
    )
    motion = simulator.simulate(scene)
    k = motion.index("box#1")
    wanted = [path.at(secs - 0.25).position for secs in motion.times]
    np.testing.assert_allclose(motion.positions[:, k], wanted, atol=1e-6)
    assert certify(scene, motion).ok


def test_what_is_led_up_stays_there_and_falls_when_it_is_released(simulator):
    path = path_to((0, 0, 0), (0, 0, 0.5))
    held = stage(ground(), box(at=(0, 0, 0)), actions=(led("box#1", path),), secs=1.0)
    motion = simulator.simulate(held)
    height = centers(held, motion, "box#1")[:, 2]
    assert height[-1] - height[0] == pytest.approx(0.5, abs=1e-6)
    assert certify(held, motion).ok, certify(held, motion).broken

    let_go = stage(
        ground(), box(at=(0, 0, 0)),
        actions=(led("box#1", path), act("release", "box#1", start_secs=0.75)), secs=2.0,
    )  # fmt: skip
    motion = simulator.simulate(let_go)
    height = centers(let_go, motion, "box#1")[:, 2]
    falling = (motion.times > 0.76) & (motion.times < 1.0)
    secs = motion.times[falling] - 0.75
    np.testing.assert_allclose(height[falling], height[0] + 0.5 - 9.81 / 2 * secs**2, atol=4e-3)
    assert height[-1] == pytest.approx(height[0], abs=2e-3)
    assert certify(let_go, motion).ok, certify(let_go, motion).broken


def test_what_is_attached_goes_with_its_carrier_until_it_is_released(simulator):
    arm = box("arm#1", size=(0.3, 0.05, 0.05), at=(0, 0, 0.3), mobility="kinematic")
    path = path_to((0, 0, 0.3), (0, 0, 0.6), (0.5, 0, 0.6))
    load = box("load#1", at=(0, 0, 0.0))
    actions = (
        StageAction(kind="attach", body="load#1", other="arm#1"),
        led("arm#1", path, 0.1),
        act("release", "load#1", start_secs=1.5),
    )
    scene = stage(ground(), arm, load, actions=actions, secs=2.5)
    motion = simulator.simulate(scene)
    apart = centers(scene, motion, "load#1") - centers(scene, motion, "arm#1")
    carried = motion.times < 1.49
    assert np.linalg.norm(apart[carried] - apart[0], axis=1).max() < 2e-3
    landed = centers(scene, motion, "load#1")[-1]
    assert landed[2] == pytest.approx(0.05, abs=3e-3)
    assert landed[0] == pytest.approx(0.5, abs=0.05)
    assert certify(scene, motion).ok, certify(scene, motion).broken


def test_a_walker_that_goes_through_a_table_gets_no_certificate(simulator):
    path = path_to((-1.5, 0, 0), (1.5, 0, 0), secs=1.0)
    walker = box(size=(0.3, 0.3, 1.2), at=(-1.5, 0, 0), mobility="kinematic")
    scene = stage(ground(), table(), walker, actions=(led("box#1", path),))
    broken = certify(scene, simulator.simulate(scene)).broken
    assert "overlap" in {check.law for check in broken}


def test_a_path_that_begins_elsewhere_is_shifted_to_where_the_body_is(simulator):
    path = path_to((5, 5, 5), (5, 5, 5.5))
    scene = stage(ground(), ball(at=(0, 0, 0)), actions=(led("ball#1", path, 0.2),), secs=1.0)
    motion = simulator.simulate(scene)
    center = centers(scene, motion, "ball#1")
    np.testing.assert_allclose(center[-1] - center[0], (0, 0, 0.5), atol=1e-3)


def test_paths_and_welds_are_checked_when_they_are_made():
    with pytest.raises(ValueError, match="ascend from 0"):
        TimedPath(times=np.zeros(2), positions=np.zeros((2, 3)), wxyz=np.ones((2, 4)))
    with pytest.raises(ValueError, match="path is given exactly"):
        StageAction(kind="follow_path", body="box#1")
    with pytest.raises(ValueError, match="another body"):
        StageAction(kind="attach", body="box#1")
