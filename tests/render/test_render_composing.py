"""The lens by the size of the shot, and on which third of the picture a subject lies."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from render.aim import aim
from render.aim.framing import axes, frustum, tightest
from render.aim.subjects import subjects_of
from render.aim.thirds import LEFT, MIDDLE, RIGHT, third_of
from scene_builder.model.graph import CameraCue
from scene_builder.model.lens import Lens
from tests.render.stages import ball_mesh, body, box_mesh, ground, make_motion, make_stage

SIZE = (512, 288)
LENS = Lens(focal_length_mm=42, sensor_width_mm=36, size_px=SIZE)


def shot(*speeds, cues=(), extra=(), frames=24, shown=()):
    """Balls side by side that go to the right with some speeds [m/s]."""
    balls = [body(f"ball#{k}", ball_mesh(0.1, rings=6), (1, 0, 0), (0.5 * k, 0, 0))
             for k in range(len(speeds))]  # fmt: skip
    names = tuple(ball.id for ball in balls)
    stage = make_stage([ground(40.0), *balls, *extra], cues=cues, frames=frames, subjects=names)
    moves = {name: ((speed, 0, 0), 0.0) for name, speed in zip(names, speeds, strict=True)}
    return stage, make_motion(stage, moves)


def place(stage, motion, track, frame, name="ball#0"):
    """Where the middle of a body is in the picture, as shares of its width and height."""
    column = subjects_of(stage, motion).indices.index(motion.index(name))
    middle = subjects_of(stage, motion).points[column][frame].mean(axis=0)
    return (track.pixels(frame, middle[None])[0] + 0.5) / np.array(SIZE)


def side(stage, motion):
    held = range(motion.frame_count)
    return third_of(subjects_of(stage, motion), held, stage.shot.azimuth_deg)


@pytest.mark.parametrize(
    ("speeds", "third"),
    [((0.0,), LEFT), ((1.0,), LEFT), ((-1.0,), RIGHT), ((1.0, 0.9), LEFT), ((-1.0, -0.8), RIGHT),
     ((0.0, 0.0), MIDDLE), ((1.0, -1.0), MIDDLE), ((1.0, 0.0), MIDDLE), ((0.01,), LEFT)],
)  # fmt: skip
def test_what_goes_somewhere_has_room_before_it_and_groups_stay_in_the_middle(speeds, third):
    assert side(*shot(*speeds)) == third


@pytest.mark.parametrize(("x", "third"), [(1.0, LEFT), (-1.0, RIGHT), (0.01, LEFT)])
def test_one_that_stands_leaves_room_for_what_else_is_named(x, third):
    box = body("box#1", box_mesh(0.2, 0.2, 0.2), (0, 1, 0), (x, 0.5, 0))
    stage, motion = shot(0.0, extra=(box,))
    stage = replace(stage, shot=replace(stage.shot, shown=("ball#0", "box#1")))
    assert side(stage, motion) == third


@settings(max_examples=60, deadline=None)
@given(
    points=st.lists(
        st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1)), min_size=1, max_size=12
    ),
    third=st.sampled_from([LEFT, RIGHT]),
    fill=st.floats(0.3, 1.0),
)
def test_what_is_aside_stays_in_the_picture_on_its_own_side(points, third, fill):
    points, rotation = np.array(points), axes(20, 10)
    view = frustum(LENS, fill, third=third)
    position = tightest(points, rotation, view)
    x, y, z = ((points - position) @ rotation).T
    assert (np.abs(x / -z) <= view.edge * (1 + 1e-9)).all()
    assert (y / -z <= view.up * (1 + 1e-9)).all()
    assert (y / -z >= -view.down * (1 + 1e-9)).all()
    plain = tightest(points, rotation, frustum(LENS, fill))
    moved = (plain - position) @ rotation[:, 0]
    assert third * moved >= -1e-9
    assert (position - plain) @ rotation[:, 2] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("move", [None, "orbit_left"])
def test_a_still_thing_lies_on_a_third_unless_the_camera_circles_it(move):
    stage, motion = shot(0.0, cues=(CameraCue(shot="medium", move=move),))
    track = aim(stage, motion, size_px=SIZE, seed=0)
    across = place(stage, motion, track, 23)[0]
    assert across == pytest.approx(0.5 if move else 0.4, abs=0.05 if move else 0.08)


def test_who_is_gone_along_with_has_room_before_him_all_the_time():
    stage, motion = shot(3.0, cues=(CameraCue(move="track"),), frames=48)
    track = aim(stage, motion, size_px=SIZE, seed=0)
    across = [place(stage, motion, track, frame)[0] for frame in range(48)]
    assert max(across[12:36]) < 0.5


def lens_mm(*cues, extra=()):
    stage, motion = shot(0.0, cues=cues, extra=extra, frames=18)
    return aim(stage, motion, size_px=SIZE, seed=0).lens.focal_length_mm


def test_the_lens_is_as_long_as_the_shot_is_near():
    usual, wide, near = (
        lens_mm(*cues)
        for cues in ((), (CameraCue(shot="wide"),), (CameraCue(shot="close_up", target="ball"),))
    )
    assert 24 <= wide <= 28
    assert 35 <= usual <= 50
    assert 65 <= near <= 100
    both = CameraCue(shot="wide"), CameraCue(start_secs=0.5, shot="close_up")
    assert lens_mm(*both) == usual


@pytest.mark.slow
def test_a_long_lens_gives_way_where_it_would_stand_in_a_wall():
    """A wall goes through where the long lens of a near shot would be."""
    near = CameraCue(shot="close_up", angle="eye_level", move="static")
    stage, motion = shot(0.0, cues=(near,), frames=6)
    free = aim(stage, motion, size_px=SIZE, seed=0)
    away = float(-free.positions[0][1])
    wall = body("wall#1", box_mesh(9, 0.4, 4), (1, 1, 1), (0, -away, 0), mobility="static")
    walled, still = shot(0.0, cues=(near,), extra=(wall,), frames=6)
    track = aim(walled, still, size_px=SIZE, seed=0)
    assert track.lens.focal_length_mm < free.lens.focal_length_mm
    assert np.abs(track.positions[:, 1] + away).min() > 0.2


def test_a_near_camera_goes_with_what_moves():
    near = CameraCue(shot="close_up", target="ball")
    stage, motion = shot(1.5, cues=(near,), frames=48)
    track = aim(stage, motion, size_px=SIZE, seed=0)
    away = np.linalg.norm(track.positions[24] - motion.positions[24, motion.index("ball#0")])
    assert 0.2 * track.lens.focal_px / away > 0.15 * SIZE[1]
    inside = np.array([place(stage, motion, track, frame) for frame in range(48)])
    assert ((inside > 0) & (inside < 1)).all()
