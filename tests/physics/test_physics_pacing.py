"""Beats: at rest first, then the event; and what is held meanwhile is judged from then on."""

from dataclasses import replace

import numpy as np
import pytest

from physics.certificate import certify
from physics.directing.pacing import (
    AFTERMATH_SECS,
    LONGEST_HOVER_SECS,
    LONGEST_LEAD_SECS,
    begins_at,
    paced,
)
from physics.director import direct
from physics.events import find_events
from physics.observe.view import View
from physics.outcomes import Verdict, judge_all
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Freedom
from tests.physics.physics_stages import act, ball, box, graph, ground, stage


def rolling(start_secs=0.5, room=0.6, secs=4.0):
    spin = [0, 1.0 / 0.035, 0]
    return stage(
        ground(), ball(at=(-0.4, 0, 0)), box("box#1", size=(0.03, 0.06, 0.12), mass=0.05),
        actions=(act("set_velocity", "ball#1", start_secs=start_secs, linear=[1.0, 0, 0],
                     angular=spin, verb="roll"),),
        freedoms=(Freedom(body="ball#1", delay_secs=(0.0, room)),),
        secs=secs,
    )  # fmt: skip


def verdict(time_secs):
    return Verdict(holds=True, margin=1.0, evidence="", time_secs=time_secs)


def test_a_short_event_in_a_long_film_begins_later_by_whole_frames(simulator):
    scene = rolling()
    motion = simulator.simulate(scene)
    later = paced(scene, motion, [verdict(1.0)])
    delay = begins_at(later) - begins_at(scene)
    frames = delay / scene.timeline.frame_secs
    assert frames == pytest.approx(round(frames))
    assert frames > 1
    assert begins_at(later) <= LONGEST_LEAD_SECS
    quiet = scene.timeline.duration_secs - (1.0 + AFTERMATH_SECS - begins_at(scene))
    assert begins_at(later) <= 0.3 * quiet
    assert later.bodies is scene.bodies


@pytest.mark.parametrize(
    ("room", "times"), [(0.0, [1.0]), (0.6, [None]), (0.6, []), (0.6, [3.9583333333333335])]
)
def test_what_is_stated_or_has_no_moment_is_not_delayed(room, times, simulator):
    scene = rolling(room=room)
    motion = simulator.simulate(scene)
    assert paced(scene, motion, [verdict(time) for time in times]) is scene


def test_no_delay_is_longer_than_every_acting_body_allows(simulator):
    scene = rolling(room=0.2)
    later = paced(scene, simulator.simulate(scene), [verdict(0.9)])
    assert 0 < begins_at(later) - begins_at(scene) <= 0.2


def test_a_directed_take_is_paced_and_keeps_its_promise(simulator):
    scene = rolling()
    promised = graph(
        [{"predicate": "knocks_over", "subject": "ball", "object": "box"}], ball=1, box=1
    )
    early = judge_all(promised, scene, simulator.simulate(scene))[0]
    take = direct(scene, promised, simulator, seed=0, takes=4, changes=4)
    assert take.reached
    delay = begins_at(take.stage) - begins_at(scene)
    assert delay > 0.1
    assert take.verdicts[0].time_secs == pytest.approx(early.time_secs + delay, abs=0.05)
    # Until the delayed action, everything stands where it stood.
    still = take.trajectory.times <= begins_at(take.stage)
    assert np.ptp(take.trajectory.positions[still], axis=0).max() < 1e-4
    assert certify(take.stage, take.trajectory).ok


@pytest.mark.parametrize("start_frames", range(7, 25, 3))
def test_an_action_at_any_frame_is_where_the_energy_comes_from(start_frames, simulator):
    scene = rolling(start_secs=start_frames * (1 / 24))
    certificate = certify(scene, simulator.simulate(scene))
    assert certificate.worst("energy").ok


def slope_with_ball(secs=2.0):
    tilt = np.deg2rad(20)
    slope = Pose(
        position=np.array([0, 0, 0.4]), wxyz=np.array([np.cos(tilt / 2), 0, np.sin(tilt / 2), 0])
    )
    ramp = box("ramp#1", size=(1, 0.4, 0.05), pose=slope, mobility="static")
    foot = slope @ np.array([-0.3, 0, 0.05]) + slope.rotation[:, 2] * 0.035
    return stage(
        ramp, ball(at=foot - [0, 0, 0.035]), ground(),
        actions=(act("release", "ball#1", start_secs=0.5, verb="roll"),), secs=secs,
    )  # fmt: skip


def test_what_is_held_on_a_slope_stood_there_from_the_start(simulator):
    scene = slope_with_ball()
    motion = simulator.simulate(scene)
    view = View(scene, motion)
    assert view.held_until("ball#1") == 0.5
    assert view.support_at_start("ball#1") == "ramp#1"
    told = {(event.kind, event.subject, event.object) for event in find_events(scene, motion)}
    assert ("falls_off", "ball#1", "ramp#1") in told
    assert ("touch", "ball#1", "ramp#1") not in told
    assert ("lands_on", "ball#1", "ramp#1") not in told
    assert ("lands_on", "ball#1", "ground") in told


def test_what_spins_in_its_place_is_not_at_rest(simulator):
    top = ball(spinning_friction=0.0, rolling_friction=0.0)
    scene = stage(
        ground(), top,
        actions=(act("set_velocity", "ball#1", angular=[0, 0, 20], verb="spin"),),
    )  # fmt: skip
    motion = simulator.simulate(scene)
    assert not [check for check in certify(scene, motion).checks if check.law == "rest"]
    still = stage(ground(), top)
    assert [c for c in certify(still, simulator.simulate(still)).checks if c.law == "rest"]


def test_a_fast_spin_is_stepped_finely_enough_to_keep_its_energy(simulator):
    coin = box("coin#1", size=(0.04, 0.003, 0.04), mass=0.06, friction=0.15)
    coin = replace(coin, spinning_friction=2e-6, rolling_friction=2e-6)
    scene = stage(
        ground(friction=0.6), coin, secs=3.0,
        actions=(act("set_velocity", "coin#1", start_secs=0.5, angular=[2, 0, 38], verb="spin"),),
    )  # fmt: skip
    certificate = certify(scene, simulator.simulate(scene))
    assert certificate.worst("energy").ok
    assert certificate.worst("overlap").ok


def test_what_starts_in_mid_air_does_not_hang_there_for_long(simulator):
    held = stage(
        ground(), ball(at=(0, 0, 0.5)), box("box#1", size=(0.3, 0.3, 0.1), mass=1.0),
        actions=(act("release", "ball#1", start_secs=0.05, verb="fall"),),
        freedoms=(Freedom(body="ball#1", delay_secs=(0.0, 1.0)),), secs=2.0,
    )  # fmt: skip
    later = paced(held, simulator.simulate(held), [verdict(0.6)])
    assert 0.05 < begins_at(later) <= LONGEST_HOVER_SECS
