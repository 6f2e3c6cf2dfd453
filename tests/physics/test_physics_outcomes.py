"""Verdicts on motions that are told by hand, so that every number is known."""

from dataclasses import replace

import numpy as np
import pytest

from physics.events import find_events
from physics.outcomes import judge, judge_all
from scene_builder.model.words import OUTCOME_PREDICATES
from tests.physics.physics_stages import ball, box, cup, graph, ground, stage, table, told

UP, SIDE = (0, 0, 1), (-1, 0, 0)


def resting(a, b, secs=2.0, start=0.0):
    return [(t, a, b, UP, 0.01) for t in np.arange(start + 1 / 480, secs, 1 / 48)]


@pytest.fixture
def toppling():
    """ball#1 rolls to cup#1, which topples into cup#2, which topples; cup#3 stands."""
    cups = [cup(f"cup#{k + 1}", at=(0.3 + 0.1 * k, 0, 0)) for k in range(3)]
    scene = stage(ground(), ball(mass=0.2), *cups)
    t = scene.timeline.times_secs
    path = np.stack([np.minimum(t, 0.5) * 0.45, 0 * t, 0 * t], axis=1)
    motion = told(
        scene,
        paths={"ball#1": path},
        turns={
            "cup#1": np.clip((t - 0.5) * 300, 0, 90),
            "cup#2": np.clip((t - 0.8) * 300, 0, 90),
        },
        touches=[
            (0.5, "cup#1", "ball#1", (1, 0, 0), 0.05),
            (0.8, "cup#2", "cup#1", (1, 0, 0), 0.03),
            (0.9, "cup#3", "cup#2", (1, 0, 0), 0.0001),
            *[row for k in range(3) for row in resting(f"cup#{k + 1}", "ground")],
        ],
    )
    return scene, motion


def verdict_of(outcome, scene, motion, **counts):
    words = graph([outcome], **counts)
    return judge(words.outcomes[0], words, scene, motion)


@pytest.mark.parametrize(
    ("count", "compare", "holds"),
    [
        (2, "exactly", True), (3, "exactly", False), (1, "exactly", False),
        (None, "exactly", False),
        (2, "at_least", True), (3, "at_least", False), (2, "at_most", True), (1, "at_most", False),
    ],
)  # fmt: skip
def test_counts_are_compared(toppling, count, compare, holds):
    outcome = {"predicate": "knocks_over", "subject": "ball", "object": "cup",
               "count": count, "compare": compare}  # fmt: skip
    verdict = verdict_of(outcome, *toppling, ball=1, cup=3)
    assert verdict.holds is holds
    assert (verdict.margin > 0) is holds


def test_the_evidence_names_the_chain(toppling):
    outcome = {"predicate": "knocks_over", "subject": "ball", "object": "cup#2"}
    verdict = verdict_of(outcome, *toppling, ball=1, cup=3)
    assert verdict.holds
    assert "cup#2 topples at 0.96 s, to 90°" in verdict.evidence
    assert "after cup#1, which ball#1 set going, touches it at 0.80 s" in verdict.evidence
    assert verdict.time_secs == pytest.approx(23 / 24)


def test_what_topples_by_itself_was_not_knocked_over():
    scene = stage(ground(), ball(), cup(at=(0.5, 0, 0)))
    t = scene.timeline.times_secs
    motion = told(scene, turns={"cup#1": np.clip((t - 0.5) * 300, 0, 90)})
    knocked = {"predicate": "knocks_over", "subject": "ball", "object": "cup"}
    assert verdict_of(knocked, scene, motion, ball=1, cup=1).holds is False
    assert verdict_of({"predicate": "falls", "subject": "cup"}, scene, motion, ball=1, cup=1).holds


def test_a_miss_is_judged_by_how_near_it_came():
    margins = []
    for gap in (0.4, 0.2, 0.05):
        scene = stage(ground(), ball(), cup(at=(0.075 + gap, 0, 0)))
        outcome = {"predicate": "touches", "subject": "ball", "object": "cup"}
        margins.append(verdict_of(outcome, scene, told(scene), ball=1, cup=1).margin)
    assert margins == sorted(margins)
    assert max(margins) < 0


def test_negation_turns_holds_and_margin(toppling):
    for ref, fell in (("cup#1", True), ("cup#3", False)):
        says = {"predicate": "falls", "subject": ref}
        plain = verdict_of(says, *toppling, ball=1, cup=3)
        negated = verdict_of(says | {"negated": True}, *toppling, ball=1, cup=3)
        assert (plain.holds, negated.holds) == (fell, not fell)
        assert negated.margin == -plain.margin


def test_negated_without_a_count_means_none_of_them(toppling):
    verdict = verdict_of({"predicate": "falls", "subject": "cup", "negated": True}, *toppling,
                         ball=1, cup=3)  # fmt: skip
    assert verdict.holds is False


@pytest.mark.parametrize(("count", "compare", "holds"), [
    (1, "exactly", True), (2, "exactly", False), (3, "exactly", False), (1, "at_least", True),
    (2, "at_least", False), (1, "at_most", True), (0, "at_most", False),
])  # fmt: skip
def test_negated_with_a_count_counts_those_that_do_not(toppling, count, compare, holds):
    """Two of the three cups fall: exactly one does not."""
    says = {"predicate": "falls", "subject": "cup", "negated": True, "count": count,
            "compare": compare}  # fmt: skip
    verdict = verdict_of(says, *toppling, ball=1, cup=3)
    assert verdict.holds is holds
    assert (verdict.margin > 0) is holds


def test_bounces_of_one_thing_are_counted_as_often_as_it_comes_back():
    """A ball that rises 1.5 m, then e² of it each time, trembles at last: nobody counts that."""
    scene = stage(ground(), ball(radius=0.1, at=(0, 0, 1.5)), secs=4)
    t, height, clock, touches = scene.timeline.times_secs, 1.5, 0.0, []
    z = np.zeros_like(t)
    down = np.sqrt(2 * height / 9.81)
    z = np.where(t < down, height - 0.5 * 9.81 * t**2, z)
    speeds = np.where(t < down, -9.81 * t, 0)
    clock = down
    for rise in (0.6, 0.2, 0.07, 0.012, 0.004):
        speed = np.sqrt(2 * 9.81 * rise)
        since = t - clock
        up = (since >= 0) & (since < 2 * speed / 9.81)
        z = np.where(up, speed * since - 0.5 * 9.81 * since**2, z)
        speeds = np.where(up, speed - 9.81 * since, speeds)
        touches.append((clock, "ball#1", "ground", UP, 0.5))
        clock += 2 * speed / 9.81
    touches += [(at, "ball#1", "ground", UP, 0.01) for at in np.arange(clock, 4, 1 / 48)]
    path = np.stack([0 * t, 0 * t, z], axis=1)
    motion = told(scene, paths={"ball#1": path}, touches=touches)
    velocities = motion.linear_velocities.copy()
    velocities[:, motion.index("ball#1"), 2] = speeds
    motion = replace(motion, linear_velocities=velocities)
    verdicts = {}
    for count in (1, 2, 3, 4):
        says = {"predicate": "bounces", "subject": "ball", "count": count}
        verdicts[count] = verdict_of(says, scene, motion, ball=1)
        denied = verdict_of(says | {"negated": True}, scene, motion, ball=1)
        assert denied.holds is not verdicts[count].holds
    assert {count: verdict.holds for count, verdict in verdicts.items()} == {
        1: False, 2: False, 3: True, 4: False}  # fmt: skip
    assert "bounces 3 times" in verdicts[3].evidence
    assert verdicts[3].time_secs == pytest.approx(touches[2][0])


def test_after_asks_for_the_order_of_time(toppling):
    scene, motion = toppling
    first = {"predicate": "touches", "subject": "cup#1", "object": "cup#2"}
    then = {"predicate": "touches", "subject": "ball", "object": "cup#1", "after": 0}
    words = graph([first, then], ball=1, cup=3)
    assert [v.holds for v in judge_all(words, scene, motion)] == [True, False]
    swapped = graph([then | {"after": None}, first | {"after": 0}], ball=1, cup=3)
    assert [v.holds for v in judge_all(swapped, scene, motion)] == [True, True]


def test_what_comes_after_something_that_never_happens_does_not_hold(toppling):
    first = {"predicate": "touches", "subject": "ball", "object": "cup#3"}
    then = {"predicate": "moves", "subject": "ball", "after": 0}
    verdicts = judge_all(graph([first, then], ball=1, cup=3), *toppling)
    assert [v.holds for v in verdicts] == [False, False]


@pytest.fixture
def rolling_off():
    """ball#1 rolls over the edge of the table, falls to the ground, bounces and comes to rest."""
    scene = stage(ground(), table(), ball(at=(0, 0, 0.7)), secs=3)
    t = scene.timeline.times_secs
    x = np.minimum(t, 1.5)
    fall = np.clip(t - 0.6, 0, None)
    z = np.maximum(0.7 - 9.81 * fall**2 / 2, 0)
    up = np.clip(t - 0.978, 0, 0.3)
    z = z + np.where(t > 0.978, up * 1.4715 - 9.81 * up**2 / 2, 0)
    touches = [*resting("ball#1", "table#1", 0.55), (0.978, "ball#1", "ground", UP, 0.2),
               *resting("ball#1", "ground", 3, 1.278)]  # fmt: skip
    return scene, told(scene, {"ball#1": np.stack([x, 0 * x, z], axis=1)}, touches=touches)


@pytest.mark.parametrize(
    ("predicate", "other", "holds"),
    [
        ("falls_off", "table", True), ("falls", None, True), ("lands_on", "ground", True),
        ("bounces", None, True), ("bounces", "ground", True), ("bounces", "table", False),
        ("comes_to_rest", None, True), ("stays_on", "table", False), ("moves", None, True),
        ("avoids", "ground", False), ("touches", "ground", True), ("lands_on", "table", False),
        ("falls_off", None, True),
    ],
)  # fmt: skip
def test_a_ball_that_rolls_off_a_table(rolling_off, predicate, other, holds):
    outcome = {"predicate": predicate, "subject": "ball", "object": other}
    verdict = verdict_of(outcome, *rolling_off, ball=1, table=1)
    assert verdict.holds is holds, verdict.evidence
    assert (verdict.time_secs is not None) is holds


def test_events_tell_the_same_story_in_order(rolling_off):
    own = [e for e in find_events(*rolling_off) if e.subject == "ball#1"]
    told_kinds = [(e.kind, e.object) for e in own if not e.kind.endswith("_again")]
    assert told_kinds == [
        ("moves", None), ("falls", None), ("falls_off", "table#1"), ("bounces", None),
        ("lands_on", "ground"), ("touch", "ground"), ("comes_to_rest", None),
    ] or [kind for kind, _ in told_kinds][:2] == ["moves", "falls_off"]  # fmt: skip
    times = [event.time_secs for event in find_events(*rolling_off)]
    assert times == sorted(times)


def test_what_stands_still_stays_on_its_table():
    scene = stage(ground(), table(), cup(at=(0, 0, 0.7)))
    motion = told(scene, touches=resting("cup#1", "table#1"))
    stays = {"predicate": "stays_on", "subject": "cup", "object": "table"}
    assert verdict_of(stays, scene, motion, cup=1, table=1).holds
    assert find_events(scene, motion) == ()


def test_what_is_dropped_into_a_cup_lands_in_it_and_what_passes_does_not():
    marble = ball("marble#1", radius=0.008, mass=0.005, at=(0, 0, 0.3))
    scene = stage(ground(), cup(), marble)
    t = scene.timeline.times_secs
    for x, holds in ((0.0, True), (0.1, False)):
        path = np.stack([0 * t + x, 0 * t, np.maximum(0.3 - t, 0.004 if holds else 0)], axis=1)
        outcome = {"predicate": "lands_in", "subject": "marble", "object": "cup"}
        verdict = verdict_of(outcome, scene, told(scene, {"marble#1": path}), marble=1, cup=1)
        assert verdict.holds is holds


def test_leaving_the_picture_needs_a_camera(rolling_off):
    verdict = verdict_of({"predicate": "leaves_frame", "subject": "ball"}, *rolling_off, ball=1)
    assert verdict.holds is None
    assert "camera" in verdict.evidence


@pytest.mark.parametrize("predicate", OUTCOME_PREDICATES)
def test_every_predicate_is_judged_with_a_reason(predicate):
    scene = stage(ground(), ball(), box(at=(0.5, 0, 0)), secs=0.5)
    outcome = {"predicate": predicate, "subject": "ball", "object": "box"}
    verdict = verdict_of(outcome, scene, told(scene), ball=1, box=1)
    assert verdict.evidence
    assert -1 <= verdict.margin <= 1
    assert verdict.holds is (None if predicate == "leaves_frame" else predicate == "avoids")
