"""Whoever acts stays in the picture afterwards, and what the words name is in it at first."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from render.aim import aim
from render.aim.framing import axes, frustum, nearest_holding, tightest, wxyz_of
from render.aim.keeping import kept
from render.aim.subjects import subjects_of
from render.camera_track import CameraTrack
from scene_builder.model.graph import CameraCue
from scene_builder.model.lens import Lens
from tests.render.stages import ball_mesh, body, box_mesh, ground, make_motion, make_stage

SIZE = (256, 144)
LENS = Lens(focal_length_mm=42, sensor_width_mm=36, size_px=SIZE)
VIEW = frustum(LENS, 0.94)
FRAMES, FPS, AFTER = 48, 12.0, 12


def viewed(stage, **names):
    """The stage, with further names in its view."""
    return replace(stage, shot=replace(stage.shot, **names))


def swinging(amplitude=1.1, cues=()):
    """A ball that goes on swinging across the picture, and a block that it has met."""
    things = [
        ground(),
        body("ball#1", ball_mesh(0.1, rings=8), (0.6, 0, 0), (0, 0, 0.1)),
        body("block#1", box_mesh(0.2, 0.2, 0.2), (0, 0.5, 0), (0.2, 0, 0)),
    ]
    stage = make_stage(things, frames=FRAMES, fps=12, subjects=("ball#1", "block#1"), cues=cues)
    motion = make_motion(stage)
    positions = motion.positions.copy()
    ball = motion.index("ball#1")
    positions[:, ball, 0] = -0.3 * np.cos(3.0 * motion.times)
    late = np.maximum(motion.times - motion.times[AFTER], 0.0)
    positions[:, ball, 0] -= amplitude * np.sin(1.5 * late) * (late > 0)
    return viewed(stage, actors=("ball#1",)), replace(motion, positions=positions)


def inside(track, frame, points):
    places = track.pixels(frame, points)
    return bool((places >= -0.5).all() and (places <= np.array(SIZE) - 0.5).all())


@settings(max_examples=60, deadline=None)
@given(
    points=st.lists(
        st.tuples(st.floats(-2, 2), st.floats(-2, 2), st.floats(0, 2)), min_size=1, max_size=12
    ),
    start=st.tuples(st.floats(-3, 3), st.floats(-6, 0), st.floats(0, 3)),
    azimuth=st.floats(-180, 180),
)
def test_the_nearest_place_holds_all_and_a_place_that_does_is_kept(points, start, azimuth):
    rotation, points = axes(azimuth, 14.0), np.array(points)
    position = nearest_holding(points, rotation, VIEW, np.array(start))
    x, y, z = ((points - position) @ rotation).T
    slack = 1e-9
    assert (np.abs(x) <= -VIEW.across * z + slack).all()
    assert (y <= -VIEW.up * z + slack).all()
    assert (-y <= -VIEW.down * z + slack).all()
    again = nearest_holding(points, rotation, VIEW, position)
    assert np.abs(again - position).max() < slack
    far = tightest(points, rotation, VIEW) + 0.5 * rotation[:, 2]
    assert np.abs(nearest_holding(points, rotation, VIEW, far) - far).max() < slack


def test_an_actor_that_swings_out_of_the_picture_is_kept_in_it():
    stage, motion = swinging()
    track = aim(stage, motion, size_px=SIZE, seed=0, until_secs=1.0)
    left = aim(viewed(stage, actors=()), motion, size_px=SIZE, seed=0, until_secs=1.0)
    points = subjects_of(stage, motion).points
    assert all(inside(track, frame, points[0][frame]) for frame in range(FRAMES))
    assert not all(inside(left, frame, points[0][frame]) for frame in range(FRAMES))
    # Until everything has happened the block is in the picture too, and no step is a jump.
    assert all(inside(track, frame, points[1][frame]) for frame in range(AFTER))
    steps = np.linalg.norm(np.diff(track.positions, axis=0, n=2), axis=1)
    assert steps.max() < 0.016


def test_the_camera_stands_still_again_where_one_place_keeps_everybody():
    stage, motion = swinging(amplitude=0.6)
    track = aim(stage, motion, size_px=SIZE, seed=0, until_secs=1.0)
    drift = np.linalg.norm(np.diff(track.positions[AFTER + 18 :], axis=0), axis=1)
    assert drift.max() < 0.004


@pytest.mark.parametrize("cue", [CameraCue(move="pan_left"), CameraCue(shot="close_up")])
def test_words_about_the_camera_win(cue):
    stage, motion = swinging(cues=(cue,))
    with_actors = aim(stage, motion, size_px=SIZE, seed=0, until_secs=1.0)
    without = aim(viewed(stage, actors=()), motion, size_px=SIZE, seed=0, until_secs=1.0)
    assert (with_actors.positions == without.positions).all()


def test_a_track_that_loses_nobody_or_turns_is_left_alone():
    stage, motion = swinging()
    subjects = subjects_of(stage, motion)
    wide = CameraTrack(
        positions=np.tile([0.0, -9.0, 1.0], (FRAMES, 1)),
        wxyz=np.tile(wxyz_of(axes(0.0, 3.0)), (FRAMES, 1)), lens=LENS,
    )  # fmt: skip
    assert list(kept(wide, subjects, AFTER, FPS, VIEW)) == []
    turns = np.stack([wxyz_of(axes(a, 3.0)) for a in np.linspace(0, 30, FRAMES)])
    near = replace(wide, positions=wide.positions / 4)
    assert list(kept(near, subjects, AFTER, FPS, VIEW))
    assert list(kept(replace(near, wxyz=turns), subjects, AFTER, FPS, VIEW)) == []


def bystander(x, y, *, big=0.2):
    """Two balls, of which one rolls to the other, and a box that only stands there."""
    things = [
        ground(),
        body("ball#1", ball_mesh(0.1, rings=8), (0.6, 0, 0), (-0.4, 0, 0)),
        body("ball#2", ball_mesh(0.1, rings=8), (0.6, 0, 0), (0.4, 0, 0)),
        body("box#1", box_mesh(big, big, big), (0, 0.5, 0), (x, y, 0)),
    ]
    return make_stage(things, frames=3, subjects=("ball#1", "ball#2"))


def corners(stage, name):
    one = stage.body(name)
    return one.pose @ np.asarray(one.mesh.vertices, np.float64)


def test_what_the_words_name_is_in_the_picture_when_it_begins():
    stage = bystander(0.0, -0.9)
    motion = make_motion(stage, {"ball#1": ((0.5, 0, 0), 0.0)})
    assert not inside(aim(stage, motion, size_px=SIZE, seed=0), 0, corners(stage, "box#1"))
    shown = viewed(stage, shown=("box#1",))
    track = aim(shown, motion, size_px=SIZE, seed=0)
    assert inside(track, 0, corners(stage, "box#1"))
    assert subjects_of(shown, motion).indices == subjects_of(stage, motion).indices


def test_what_stands_too_far_off_does_not_make_the_subjects_tiny():
    stage = bystander(-25.0, 0.0)
    motion = make_motion(stage, {"ball#1": ((0.5, 0, 0), 0.0)})
    near = aim(stage, motion, size_px=SIZE, seed=0)
    track = aim(viewed(stage, shown=("box#1",)), motion, size_px=SIZE, seed=0)
    assert np.abs(track.positions - near.positions).max() < 1e-9


def test_a_bystander_is_looked_at_from_where_it_is_seen():
    stage = bystander(0.42, 0.35, big=0.12)
    motion = make_motion(stage, {"ball#1": ((0.1, 0, 0), 0.0)})
    shown = viewed(stage, shown=("box#1",))
    from render.aim.outlook import Lookout
    from render.truth.surfaces import SurfaceCaster

    subjects = subjects_of(shown, motion)
    lookout = Lookout(SurfaceCaster(shown, motion), motion, subjects, [0])
    track = aim(shown, motion, size_px=SIZE, seed=0)
    shares = lookout.shares_at_start(track.world_from_camera(0), LENS)
    assert len(shares) == len(subjects.indices) + 1
    assert min(shares) > 0.45
