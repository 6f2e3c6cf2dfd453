"""What the director tries, in which order, on how many processes, and how safe it calls a take."""

import os
import signal
import time
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from physics.directing.calming import LEFT, calmer
from physics.directing.crew import Crew
from physics.directing.direction import Direction
from physics.directing.freedoms import apply_freedom, dials_of
from physics.directing.rehearsal import Call, Rehearsal, Tried
from physics.directing.robustness import (
    FRICTION_SHARE,
    MOST_NUDGED,
    PLACE_M,
    SPEED_SHARE,
    Trial,
    nudged_rand,
)
from physics.directing.scoring import preview_of, score_of
from physics.directing.search import SWEEPS, Search
from physics.directing.strategy import GENERATION, Strategy
from physics.director import direct
from physics.outcomes import Verdict
from physics.still import StillSimulator
from scene_builder.model.digest import digest
from scene_builder.model.stage import Freedom
from tests.physics.physics_stages import act, ball, box, graph, ground, stage

KNOCK = [{"predicate": "knocks_over", "subject": "ball", "object": "box"}]


def missing(secs=1.0, **more):
    """A ball that would roll past a small tower."""
    free = Freedom(body="ball#1", heading_deg=(-40, 40), speed_scale=(0.5, 2.0))
    tower = box(size=(0.05, 0.05, 0.14), mass=0.1, at=(0, 0.15, 0))
    thrown = ball(at=(-0.4, 0, 0), mass=0.3)
    action = act("set_velocity", "ball#1", linear=[1.5, 0, 0], angular=[0, 1.5 / 0.035, 0])
    return stage(
        ground(), tower, thrown, secs=secs, freedoms=(free,), actions=(action,), **more
    )  # fmt: skip


def words(outcomes=KNOCK, **counts):
    return graph(outcomes, **(counts or {"ball": 1, "box": 1}))


def verdict(margin):
    return Verdict(holds=margin > 0, margin=margin, evidence="")


@given(st.lists(st.floats(-1, 1).filter(lambda m: abs(m) > 1e-3), min_size=1, max_size=4))
def test_a_score_is_above_zero_if_and_only_if_everything_holds(margins):
    told = words(KNOCK * len(margins))
    score = score_of([verdict(margin) for margin in margins], told)
    assert (score > 0) == all(margin > 0 for margin in margins)
    assert -1.1 <= score <= 1


def test_to_mend_one_of_two_misses_is_progress_and_to_get_so_far_is_too():
    two = words(KNOCK * 2)
    assert score_of([verdict(0.5), verdict(-0.5)], two) > score_of([verdict(-0.5)] * 2, two)
    chain = words([*KNOCK, {**KNOCK[0], "after": 0}])
    near = score_of([verdict(-0.05), verdict(-0.05)], chain)
    assert score_of([verdict(0.5), verdict(-0.9)], chain) > near


def test_a_preview_is_shorter_and_coarser_than_the_film():
    scene = missing(secs=6.0)
    preview = preview_of(scene, words())
    assert preview.frame_count < scene.timeline.frame_count
    assert preview.substeps < scene.timeline.substeps
    late = words([{"predicate": "comes_to_rest", "subject": "ball"}])
    assert preview_of(scene, late).frame_count == scene.timeline.frame_count


@given(st.lists(st.booleans(), min_size=MOST_NUDGED, max_size=MOST_NUDGED))
def test_a_trial_always_comes_to_an_end(outcomes):
    trial = Trial().after(outcomes)
    assert trial.decided is not None
    assert trial.tried <= MOST_NUDGED
    assert trial.held == sum(outcomes[: trial.tried])


@pytest.mark.parametrize(("share", "least", "most"), [(0.99, 0.9, 1.0), (0.5, 0.0, 0.1)])
def test_a_trial_is_rarely_wrong(share, least, most):
    rng = np.random.default_rng(1)
    robust = [Trial().after((rng.random(MOST_NUDGED) < share).tolist()).decided for _ in range(400)]
    assert least <= np.mean(robust) <= most


def test_what_always_holds_is_decided_early():
    assert Trial().after([True] * MOST_NUDGED).tried <= 8
    assert Trial().after([False] * MOST_NUDGED).tried <= 2


def test_small_changes_are_small_repeatable_and_leave_the_set_alone():
    scene = replace(missing(), bodies=(*missing().bodies, box("wall#1", at=(2, 0, 0),
                                                              mobility="static")))  # fmt: skip
    nudged = nudged_rand(scene, 7, 3)
    assert digest(nudged) == digest(nudged_rand(scene, 7, 3))
    assert digest(nudged) != digest(nudged_rand(scene, 7, 4))
    for before, after in zip(scene.bodies, nudged.bodies, strict=True):
        step = after.pose.position - before.pose.position
        assert np.abs(step[:2]).max() <= PLACE_M
        assert step[2] == 0
        assert abs(after.friction / before.friction - 1) <= FRICTION_SHARE + 1e-12
        assert after.mass_kg == before.mass_kg
    assert nudged.body("wall#1") is scene.body("wall#1")
    speeds = [np.linalg.norm(one.actions[0].linear) for one in (scene, nudged)]
    assert 0 < abs(speeds[1] / speeds[0] - 1) <= SPEED_SHARE


@pytest.mark.parametrize("dimensions", [1, 2, 5])
def test_the_search_stays_inside_finds_a_peak_and_repeats_itself(dimensions):
    peak = np.linspace(0.3, 0.8, dimensions)

    def run():
        search, best, asked = Search(dimensions, seed=4), -np.inf, []
        for _ in range(SWEEPS + 14):
            points = search.propose()
            assert len(points) == GENERATION
            asked += [point.tolist() for point in points]
            tried = [
                Tried(number=k, point=p, score=-float(np.linalg.norm(p - peak)))
                for k, p in enumerate(points)
            ]
            search.learn(tried)
            best = max(best, *(one.score for one in tried))
        return best, asked

    best, asked = run()
    assert best > -0.15
    assert np.min(asked) >= 0
    assert np.max(asked) <= 1
    assert run()[1] == asked


def test_the_strategy_leaves_the_world_s_random_numbers_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    strategy = Strategy(np.random.default_rng(0), np.array([0.5, 0.5]))
    strategy.propose_rand([np.array([1.5, -0.5])])
    strategy.learn([0.0] * GENERATION)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_what_lies_on_its_side_is_turned_with_its_way():
    free = Freedom(body="box#1", heading_deg=(-40, 40))
    scene = stage(box(), actions=(act("set_velocity", "box#1", linear=[1, 0, 0]),),
                  freedoms=(free,))  # fmt: skip
    turned = apply_freedom(scene, dials_of(scene), [30.0])
    forward = turned.body("box#1").pose.rotation[:, 0]
    way = turned.actions[0].linear
    assert forward == pytest.approx(way / np.linalg.norm(way))


def test_two_that_act_may_begin_one_after_the_other():
    free = [Freedom(body=f"ball#{k}", delay_secs=(0.0, 0.5)) for k in (1, 2)]
    actions = [act("set_velocity", f"ball#{k}", linear=[1, 0, 0]) for k in (1, 2)]
    scene = stage(ball(), ball("ball#2", at=(1, 0, 0)), actions=tuple(actions),
                  freedoms=tuple(free))  # fmt: skip
    assert [dial.kind for dial in dials_of(scene)] == ["delay", "delay"]
    later = apply_freedom(scene, dials_of(scene), [0.25, 0.0])
    assert [(action.body, action.start_secs) for action in later.actions] == [
        ("ball#2", 0.0), ("ball#1", 0.25),
    ]  # fmt: skip
    alone = replace(scene, actions=scene.actions[:1])
    assert not dials_of(alone)


@pytest.mark.slow
def test_other_processes_change_nothing(simulator, monkeypatch):
    monkeypatch.setattr("physics.directing.crew.WORTH_SECS", 0.0)
    scene = missing(secs=0.75)
    takes = [direct(scene, words(), simulator, seed=2, takes=40, jobs=jobs) for jobs in (1, 2)]
    assert takes[0].reached, takes[0].note
    assert digest(takes[0].stage) == digest(takes[1].stage)
    assert takes[0].trajectory.positions.tobytes() == takes[1].trajectory.positions.tobytes()
    assert takes[0].note == takes[1].note


@pytest.mark.slow
def test_a_process_that_dies_costs_time_only(simulator, monkeypatch, caplog):
    monkeypatch.setattr("physics.directing.crew.WORTH_SECS", 0.0)
    rehearsal = Rehearsal.of(missing(secs=0.25), words(), simulator, seed=0)
    calls = [Call(number=k, point=np.array([0.5, k / 8])) for k in range(6)]
    alone = [rehearsal.shoot(call).score for call in calls]
    with Crew(rehearsal, jobs=2) as crew:
        crew.shoot(calls[:2])
        for process, _ in crew._helpers:
            process.kill()
            process.join()
        assert [one.score for one in crew.shoot(calls)] == alone
    assert "a process is lost" in caplog.text


@pytest.mark.slow
def test_nobody_waits_for_a_process_that_says_nothing(simulator, monkeypatch, caplog):
    monkeypatch.setattr("physics.directing.crew.WORTH_SECS", 0.0)
    rehearsal = Rehearsal.of(missing(secs=0.25), words(), simulator, seed=0)
    calls = [Call(number=k, point=np.array([0.5, k / 8])) for k in range(4)]
    alone = [rehearsal.shoot(call).score for call in calls]
    with Crew(rehearsal, jobs=2) as crew:
        crew.shoot(calls[:2])
        stopped = [process.pid for process, _ in crew._helpers]
        monkeypatch.setattr("physics.directing.crew.SILENT_SECS", 0.2)
        monkeypatch.setattr("physics.directing.crew.ENDING_SECS", 0.2)
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        assert [one.score for one in crew.shoot(calls)] == alone
    assert "a process is lost" in caplog.text
    for pid in stopped:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@dataclass
class Cast:
    """Takes that are safe as filmed, and less so on the preview; with take 0 it is the reverse."""

    calls: list = field(default_factory=list)
    secs: float = 0.0

    def shoot(self, calls):
        time.sleep(self.secs)
        self.calls += calls
        return [
            Tried(number=call.number, point=call.point, score=0.5 if self._holds(call) else -0.5)
            for call in calls
        ]

    def _holds(self, call):
        if call.nudge is None:
            return True
        if call.number == 0:
            return not call.proves
        return call.proves or call.nudge % 2 == 1


def directed(cast, *, changes, limit_secs=60.0):
    rehearsal = Rehearsal.of(missing(), words(), StillSimulator(), seed=1)
    crew = Crew(rehearsal)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Crew, "shoot", lambda _, calls: cast.shoot(calls))
        found = Direction(rehearsal, crew, (24, changes), (limit_secs, limit_secs), None)
        found.search(Tried(number=0, point=np.array([0.5, 0.5]), score=0.9))
    return found


def test_a_take_that_proved_fragile_gives_way_to_a_safer_one():
    found = directed(Cast(), changes=96)
    assert found.best.number > 0
    assert found.satisfied


def test_the_search_hears_how_safe_the_first_take_is(monkeypatch):
    heard = []
    monkeypatch.setattr(Search, "consider", lambda _, take: heard.append(take.score))
    directed(Cast(), changes=96)
    assert heard[0] < 0.5


def test_without_small_changes_or_time_the_preview_is_left_alone():
    cast = Cast()
    assert directed(cast, changes=0).best.holds
    assert not any(call.nudge is not None for call in cast.calls)
    late = Cast(secs=0.02)
    directed(late, changes=96, limit_secs=0.01)
    assert sum(call.nudge is not None and not call.proves for call in late.calls) <= 2


def hasty(speeds):
    """A ball whose planned roll ends before the tower."""
    free = Freedom(body="ball#1", speed_scale=speeds)
    tower = box(size=(0.05, 0.05, 0.14), mass=0.1)
    rolled = ball(at=(-0.4, 0, 0), mass=0.3, linear_velocity=[0.5, 0, 0])
    return stage(ground(), tower, rolled, secs=1.5, freedoms=(free,))


def test_what_a_hard_hit_does_is_done_as_softly_as_it_safely_can(simulator):
    scene = hasty((1.0, 20.0))
    take = direct(scene, words(), simulator, seed=0, takes=24)
    assert take.reached
    assert take.robustness == 1.0
    share = take.stage.body("ball#1").linear_velocity[0] / 0.5
    # The boldest take, 20 times the planned speed, is the safest by its margin.
    boldest = Rehearsal.of(scene, words(), simulator, seed=0)
    [half] = [point for point in boldest.bold if point[0] < 1.0]
    assert boldest.shoot(Call(number=1, point=half, proves=True)).holds
    assert 1.0 < share < 1 + half[0] * 19 * max(LEFT) + 1e-9


def test_a_take_that_is_calm_has_no_calmer_likes():
    rehearsal = Rehearsal.of(hasty((0.5, 1.2)), words(), StillSimulator(), seed=0)
    assert calmer(np.ones(1), rehearsal.neutral, rehearsal.dials) == []
    rehearsal = Rehearsal.of(hasty((0.5, 3.0)), words(), StillSimulator(), seed=0)
    neutral = rehearsal.neutral
    points = calmer(np.ones(1), neutral, rehearsal.dials)
    assert [float((p - neutral)[0] / (1 - neutral[0])) for p in points] == pytest.approx([*LEFT])
