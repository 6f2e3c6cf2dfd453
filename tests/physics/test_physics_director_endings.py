"""What the director need not see: the rest before a take, and its aftermath."""

from dataclasses import replace

import numpy as np
import pytest

from physics.directing.ending import Ending
from physics.directing.freedoms import apply_freedom, dials_of
from physics.directing.proxies import proxies_of
from physics.directing.rehearsal import Call, Rehearsal
from physics.directing.scoring import hastened, idle_frames
from physics.director import direct
from physics.outcomes import judge_all
from physics.stepping.run import StoppableSimulator
from scene_builder.model.stage import Freedom
from tests.physics.physics_stages import act, ball, box, graph, ground, stage

KNOCK = [{"predicate": "knocks_over", "subject": "ball", "object": "box"}]
TALL = {"size": (0.06, 0.06, 0.25), "mass": 0.2}


def bowled(speed=2.0, aside=0.05, start_secs=0.5, **more):
    """A ball rolls at a tall box, which it knocks over, and on into the distance."""
    roll = act("set_velocity", "ball#1", start_secs=start_secs, linear=[speed, 0, 0],
               angular=[0, speed / 0.1, 0])  # fmt: skip
    rolling = ball(radius=0.1, mass=1.0, at=(-0.6, aside, 0))
    return stage(ground(), rolling, box(at=(0, 0, 0), **TALL), actions=(roll,), secs=3.0, **more)


def rehearsed(scene, words, simulator):
    rehearsal = Rehearsal.of(scene, words, simulator, seed=0)
    return rehearsal.knowing(simulator.simulate(scene))


def frames_told(scene, words, simulator):
    """The motion, and when it was asked whether it is over."""
    ending, asked = Ending.of(scene, words), []
    assert isinstance(simulator, StoppableSimulator)

    def over(secs, motions):
        asked.append(secs)
        return ending(secs, motions)

    return simulator.simulate_until(scene, over), asked


def test_what_rolls_away_when_all_else_lies_is_not_waited_for(simulator):
    scene, words = bowled(), graph(KNOCK, ball=1, box=1)
    motion, asked = frames_told(scene, words, simulator)
    assert len(asked) < scene.timeline.frame_count - 15
    assert motion.frame_count == scene.timeline.frame_count
    assert (motion.positions[len(asked) :] == motion.positions[len(asked)]).all()
    whole = simulator.simulate(scene)
    np.testing.assert_array_equal(motion.positions[: len(asked)], whole.positions[: len(asked)])


def test_what_still_comes_near_something_is_waited_for(simulator):
    late = box("box#2", at=(3.2, 0, 0), **TALL)
    scene = bowled()
    scene = replace(scene, bodies=(*scene.bodies, late))
    motion, _ = frames_told(scene, graph(KNOCK, ball=1, box=2), simulator)
    whole = simulator.simulate(scene)
    met = whole.contacts.a.tolist(), whole.contacts.b.tolist()
    hit = (np.isin(met[0], [1, 3]) & np.isin(met[1], [1, 3])).any()
    seen = np.isin(motion.contacts.a, [1, 3]) & np.isin(motion.contacts.b, [1, 3])
    assert hit == seen.any()


def test_a_take_is_worth_the_same_with_and_without_its_aftermath(simulator):
    words = graph(KNOCK, ball=1, box=1)
    for speed in (0.6, 2.0):
        rehearsal = rehearsed(bowled(speed), words, simulator)
        whole, cut = (rehearsal.film(rehearsal.stage, rehearsal.preview, whole=w)[1][0]
                      for w in (True, False))  # fmt: skip
        assert whole.holds == cut.holds
        assert whole.margin == pytest.approx(cut.margin, abs=0.05)


def test_where_the_end_itself_matters_it_is_waited_for():
    rests = [{"predicate": "comes_to_rest", "subject": "ball"}]
    assert Ending.of(bowled(), graph(KNOCK, ball=1, box=1)) is not None
    assert Ending.of(bowled(), graph(rests, ball=1, box=1)) is None


def test_the_rest_before_a_take_is_left_out_of_previews(simulator):
    scene, words = bowled(start_secs=0.5), graph(KNOCK, ball=1, box=1)
    idle = idle_frames(scene, simulator.simulate(scene))
    assert 0 < idle * scene.timeline.frame_secs < 0.5
    sooner = hastened(scene, idle * scene.timeline.frame_secs)
    assert sooner.actions[0].start_secs == pytest.approx(0.5 - idle * scene.timeline.frame_secs)
    rehearsal = rehearsed(scene, words, simulator)
    late = rehearsal.shoot(Call(number=0, point=rehearsal.neutral, proves=True))
    early = rehearsal.shoot(Call(number=0, point=rehearsal.neutral))
    assert early.holds == late.holds
    falling = replace(scene, bodies=(*scene.bodies, ball("ball#2", at=(2, 0, 1))))
    assert idle_frames(falling, simulator.simulate(falling)) == 0


def test_what_no_word_speaks_of_is_its_hull():
    shelf = box("shelf#1", at=(2, 2, 0), hull=True, mobility="static", entity=None)
    parts = shelf.collider.hulls * 6
    shelf = replace(shelf, collider=replace(shelf.collider, hulls=parts))
    words = graph(KNOCK, ball=1, box=1)
    assert len(proxies_of(stage(ground(), box(), shelf), words)["shelf#1"].hulls) == 1
    named = graph(KNOCK, ball=1, box=1, shelf=1)
    assert "shelf#1" not in proxies_of(stage(ground(), box(), shelf), named)


def test_a_group_turns_about_its_middle_and_keeps_facing():
    free = tuple(Freedom(body=f"box#{k}", group="two", turn_deg=(-90, 90)) for k in (1, 2))
    scene = stage(box("box#1", at=(1, 0, 0)), box("box#2", at=(1.4, 0, 0)), freedoms=free)
    dials = dials_of(scene)
    assert [dial.kind for dial in dials] == ["turn"]
    turned = apply_freedom(scene, dials, [90.0])
    assert turned.bodies[0].pose.position == pytest.approx([1.2, -0.2, 0])
    assert turned.bodies[1].pose.position == pytest.approx([1.2, 0.2, 0])
    assert turned.bodies[0].pose.rotation == pytest.approx(np.eye(3))


def test_a_throw_is_lofted_and_its_spin_is_not():
    throw = act("set_velocity", "ball#1", linear=[2, 0, 3], angular=[0, 0, 4])
    free = Freedom(body="ball#1", loft_scale=(0.5, 2.0))
    scene = stage(ball(), actions=(throw,), freedoms=(free,))
    dials = dials_of(scene)
    assert [dial.kind for dial in dials] == ["loft"]
    higher = apply_freedom(scene, dials, [1.5]).actions[0]
    assert higher.linear == pytest.approx([2, 0, 4.5])
    assert higher.angular == pytest.approx([0, 0, 4])


def test_what_is_of_one_kind_has_one_friction():
    free = tuple(
        Freedom(body=f"box#{k}", group="two", friction=(0.3, 0.7), spread=(0.9, 1.1))
        for k in (1, 2)
    )
    scene = stage(box("box#1", friction=0.5), box("box#2", at=(1, 0, 0), friction=0.5),
                  freedoms=free)  # fmt: skip
    assert [(d.kind, d.bodies) for d in dials_of(scene)] == [
        ("spread", ("box#1", "box#2")), ("friction", ("box#1", "box#2")),
    ]  # fmt: skip


def test_a_ball_bounces_as_often_as_it_is_said_to(simulator):
    """Neither where it starts nor how springy it is are said: both are turned, inside of bounds."""
    wish = {"predicate": "bounces", "subject": "ball", "count": 4, "compare": "exactly"}
    low, high = np.array([0, 0, -0.3]), np.zeros(3)
    free = Freedom(body="ball#1", offset_low=low, offset_high=high, restitution=(0.68, 0.9))
    springy = ball(at=(0, 0, 0.8), restitution=0.8)
    scene = stage(ground(restitution=0.9), springy, secs=2.5, freedoms=(free,))
    words = graph([wish], ball=1)
    take = direct(scene, words, simulator, seed=0, takes=40, changes=8)
    assert take.tries > 1
    assert take.reached, take.note
    chosen = take.stage.body("ball#1")
    assert 0.68 <= chosen.restitution <= 0.9
    assert 0.5 <= chosen.pose.position[2] <= 0.8
    assert judge_all(words, take.stage, simulator.simulate(take.stage))[0].holds
