"""Events do not depend on where, when, and under which name a thing happens."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from physics.events import find_events
from physics.still import StillSimulator
from physics.trajectory import Contacts
from scene_builder.model.pose import Pose, multiply_wxyz
from tests.physics.physics_films import FILMS, NAMED_FILMS
from tests.physics.physics_stages import ball, box, ground, stage, told

FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = ("pushed", "bouncing", "billiards", "let_go")


@pytest.fixture(scope="module")
def films(simulator):
    """Four films by name: stage and motion."""
    scenes = {name: FILMS[name]() for name in NAMES}
    return {name: (scene, simulator.simulate(scene)) for name, scene in scenes.items()}


def story(scene, motion):
    """What happens to whom, and when."""
    return sorted(
        (e.kind, e.subject, e.object or "", e.time_secs) for e in find_events(scene, motion)
    )


def same(one, other, later=0.0, within=1e-6):
    assert [row[:3] for row in one] == [row[:3] for row in other]
    assert np.allclose([r[3] + later for r in one], [r[3] for r in other], atol=within)


def placed(scene, motion, position, wxyz, vector, spin):
    """Map a film by functions of points, quaternions, vectors and angular velocities."""
    bodies = tuple(
        replace(
            body,
            pose=Pose(position=position(body.pose.position), wxyz=wxyz(body.pose.wxyz)),
            linear_velocity=vector(body.linear_velocity),
            angular_velocity=spin(body.angular_velocity),
        )
        for body in scene.bodies
    )
    actions = tuple(
        replace(a, linear=vector(a.linear), angular=spin(a.angular)) for a in scene.actions
    )
    c = motion.contacts
    contacts = replace(c, point=position(c.point), normal=vector(c.normal))
    return replace(scene, bodies=bodies, actions=actions), replace(
        motion, positions=position(motion.positions), wxyz=wxyz(motion.wxyz),
        linear_velocities=vector(motion.linear_velocities),
        angular_velocities=spin(motion.angular_velocities), contacts=contacts,
    )  # fmt: skip


@FEW
@given(name=st.sampled_from(NAMES), turn=st.floats(0, 6.28), x=st.floats(-5, 5))
def test_a_turned_and_moved_world_tells_the_same_story(films, name, turn, x):
    c, s = np.cos(turn), np.sin(turn)
    rotation = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    q = np.array([np.cos(turn / 2), 0, 0, np.sin(turn / 2)])
    scene, motion = films[name]

    def turned(v):
        return np.asarray(v) @ rotation.T

    def quaternion(wxyz):
        return multiply_wxyz(np.broadcast_to(q, np.shape(wxyz)), wxyz)

    moved = placed(
        scene, motion, lambda p: turned(p) + np.array([x, -x, 0]), quaternion, turned, turned
    )
    same(story(scene, motion), story(*moved), within=scene.timeline.frame_secs * 1.01)


@pytest.mark.parametrize("name", NAMES)
def test_a_mirrored_world_tells_the_same_story(films, name):
    scene, motion = films[name]
    flip, pseudo = np.array([1.0, -1, 1]), np.array([-1.0, 1, -1])
    other = placed(
        scene, motion, lambda p: p * flip, lambda q: q * np.array([1.0, -1, 1, -1]),
        lambda v: v * flip, lambda w: w * pseudo,
    )  # fmt: skip
    same(story(scene, motion), story(*other))


@FEW
@given(name=st.sampled_from(("pushed", "let_go")), frames=st.integers(1, 30))
def test_a_later_beginning_shifts_every_event(films, name, frames):
    scene, motion = films[name]
    wait = frames * scene.timeline.frame_secs
    timeline = replace(scene.timeline, frame_count=scene.timeline.frame_count + frames)
    actions = tuple(replace(a, start_secs=a.start_secs + wait) for a in scene.actions)

    def longer(values):
        return np.concatenate([np.repeat(values[:1], frames, axis=0), values])

    c = motion.contacts
    first = c.time <= scene.timeline.frame_secs * 1.01
    times = [c.time[first] + k * scene.timeline.frame_secs for k in range(frames)]
    rows = np.concatenate([*[np.flatnonzero(first)] * frames, np.arange(len(c.time))])
    contacts = Contacts(
        time=np.concatenate([*times, c.time + wait]), a=c.a[rows], b=c.b[rows],
        point=c.point[rows], normal=c.normal[rows], impulse=c.impulse[rows],
    )  # fmt: skip
    waited = replace(
        motion, times=timeline.times_secs, contacts=contacts,
        **{name: longer(getattr(motion, name)) for name in (
            "positions", "wxyz", "linear_velocities", "angular_velocities", "present",
            "penetration_m")},
    )  # fmt: skip
    late = replace(scene, timeline=timeline, actions=actions)
    same(story(scene, motion), story(late, waited), later=wait)


@pytest.mark.parametrize("name", NAMES)
def test_other_names_tell_the_same_story_of_others(films, name):
    scene, motion = films[name]
    names = {b.id: b.id if b.id == "ground" else f"thing#{k}" for k, b in enumerate(scene.bodies)}
    bodies = tuple(replace(body, id=names[body.id]) for body in scene.bodies)
    actions = tuple(replace(action, body=names[action.body]) for action in scene.actions)
    other = story(
        replace(scene, bodies=bodies, actions=actions),
        replace(motion, body_ids=tuple(names[i] for i in motion.body_ids)),
    )
    renamed = [(k, names[s], names.get(o, o), t) for k, s, o, t in story(scene, motion)]
    same(sorted(renamed), other)


@FEW
@given(
    places=st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=1, max_size=4),
    secs=st.floats(0.3, 2),
)
def test_nothing_happens_in_a_still_film(places, secs):
    boxes = [box(f"box#{k + 1}", at=(x, y, 0)) for k, (x, y) in enumerate(places)]
    scene = stage(ground(), *boxes, secs=secs)
    assert find_events(scene, StillSimulator().simulate(scene)) == ()
    rows = [(t, b.id, "ground", (0, 0, 1), 0.01) for t in np.arange(0, secs, 0.02) for b in boxes]
    assert find_events(scene, told(scene, touches=rows)) == ()


@pytest.mark.parametrize("name", NAMED_FILMS)
def test_events_are_in_order_and_in_the_film(simulator, name):
    scene = FILMS[name]()
    events = find_events(scene, simulator.simulate(scene))
    times = [event.time_secs for event in events]
    assert times == sorted(times)
    assert all(0 <= time <= scene.timeline.duration_secs for time in times)
    ids = {*scene.body_ids, None}
    assert all({event.subject, event.object} <= ids and event.text for event in events)
    for event in events:
        if event.kind in ("touch", "touches_again"):
            assert event.impulse > 0
            assert event.speed >= 0


def test_bounces_are_counted_and_touches_have_speed_and_impulse(films):
    scene, motion = films["bouncing"]
    events = find_events(scene, motion)
    touches = [e for e in events if e.kind in ("touch", "touches_again")]
    bounces = [e for e in events if e.kind in ("bounces", "bounces_again")]
    assert len(bounces) >= 2
    assert len(touches) >= len(bounces)
    first = touches[0]
    assert first.speed == pytest.approx(np.sqrt(2 * 9.81 * 1.5), rel=0.01)
    e = scene.body("ball#1").restitution * scene.body("ground").restitution
    assert first.impulse == pytest.approx(0.05 * first.speed * (1 + e), rel=0.02)
    assert touches[1].speed == pytest.approx(first.speed * e, rel=0.03)


def test_what_tips_is_knocked_over_when_it_lies_and_not_before():
    scene = stage(ground(), box("post#1", (0.05, 0.05, 0.3)), secs=2)
    t = scene.timeline.times_secs
    tilt = np.clip((t - 0.5) * 180, 0, 90)
    fallen = find_events(scene, told(scene, turns={"post#1": tilt}))
    when = {event.kind: event.time_secs for event in fallen}
    assert 0.7 < when["topples"] < 0.9
    assert 0.95 < when["knocked_over"] < 1.15
    swaying = np.where(t > 0.5, 60 * np.abs(np.sin(4 * (t - 0.5))), 0)
    kinds = {event.kind for event in find_events(scene, told(scene, turns={"post#1": swaying}))}
    assert "knocked_over" not in kinds


@FEW
@given(gap=st.integers(3, 20), count=st.integers(1, 4))
def test_touches_that_are_apart_are_counted_one_by_one(gap, count):
    scene = stage(ground(), ball(at=(0, 0, 0.1)), secs=4)
    t = scene.timeline.times_secs
    path = np.stack([0.1 * t, 0 * t, 0.1 + 0 * t], axis=1)
    dt = float(1 / Fraction(24))
    rows = [(0.3 + k * gap * dt, "ball#1", "ground", (0, 0, 1), 0.1) for k in range(count)]
    events = find_events(scene, told(scene, paths={"ball#1": path}, touches=rows))
    kinds = [e.kind for e in events if e.kind.startswith("touch")]
    assert kinds == ["touch", *["touches_again"] * (count - 1)]
