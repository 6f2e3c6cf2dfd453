"""The camera: what it holds, from where, and how smoothly."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from render.aim import aim
from render.aim.cues import Direction, cue_path
from render.aim.framing import axes, frustum, pivot_radius, tightest
from render.aim.paths import following
from render.aim.subjects import frames_of_interest, subjects_of
from render.camera_track import CameraTrack
from render.flat import FlatRenderer
from render.visibility import VisibilityMeter
from scene_builder.model.graph import CameraCue
from scene_builder.model.lens import Lens
from scene_builder.model.words import MOVES
from tests.render.stages import (
    aimed_pose,
    ball_mesh,
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
)

SIZE = (512, 288)
LENS = Lens(focal_length_mm=42, sensor_width_mm=36, size_px=SIZE)


def tabletop(cues=(), *, azimuth_deg=0.0, frames=24, extra=()):
    """A ball that rolls towards two cups on a table."""
    return make_stage(
        [
            ground(),
            body("table#1", box_mesh(1.2, 0.7, 0.74), (0.3, 0.2, 0.1), (0, 0, 0),
                 mobility="static"),
            body("ball#1", ball_mesh(0.08, rings=8), (0.6, 0, 0), (-0.45, -0.1, 0.74)),
            body("cup#1", box_mesh(0.08, 0.08, 0.1), (0, 0.1, 0.5), (0.2, -0.1, 0.74)),
            body("cup#2", box_mesh(0.08, 0.08, 0.1), (0, 0.1, 0.5), (0.35, -0.05, 0.74)),
            *extra,
        ],
        cues=cues, azimuth_deg=azimuth_deg, frames=frames, subjects=("ball#1", "cup#1", "cup#2"),
    )  # fmt: skip


def rolling(stage):
    return make_motion(stage, {"ball#1": ((0.5, 0.02, 0), 0.0)})


def overshoot_px(stage, motion, track):
    """How far any hull point of any subject leaves the picture at any frame [px]."""
    worst = -np.inf
    for points in subjects_of(stage, motion).points:
        for frame in range(motion.frame_count):
            places = track.pixels(frame, points[frame])
            assert np.isfinite(places).all()
            worst = max(worst, -places.min(), (places - np.array(track.lens.size_px) + 1).max())
    return worst


def from_scene_deg(track, frame, pivot):
    offset = track.positions[frame] - pivot
    return np.rad2deg(np.arctan2(offset[0], -offset[1]))


@settings(max_examples=60, deadline=None)
@given(
    points=st.lists(
        st.tuples(st.floats(-2, 2), st.floats(-2, 2), st.floats(0, 2)), min_size=1, max_size=12
    ),
    azimuth=st.floats(-180, 180),
    elevation=st.floats(-5, 85),
    fill=st.floats(0.3, 1.0),
)
def test_the_tightest_camera_holds_all_and_touches_one(points, azimuth, elevation, fill):
    points = np.array(points)
    rotation, view = axes(azimuth, elevation), frustum(LENS, fill)
    position = tightest(points, rotation, view)
    x, y, z = ((points - position) @ rotation).T
    use = np.max([np.abs(x) / view.across, y / view.up, -y / view.down], axis=0) / -z
    assert (z < 0).all()
    assert use.max() <= 1 + 1e-9
    # Either a side is touched on both ends, or the nearest point is as near as allowed.
    nearer = tightest(points, rotation, view) - 0.01 * rotation[:, 2]
    x, y, z = ((points - nearer) @ rotation).T
    spread = max(
        (x - view.across * z).max() - (x + view.across * z).min(),
        0,
    )
    assert use.max() > 1 - 1e-6 or (-z).min() < 0.25 or spread > 0


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1000), reach=st.integers(1, 8))
def test_a_following_camera_holds_its_subjects_at_every_frame(seed, reach):
    rng = np.random.default_rng(seed)
    frames = 30
    path = np.cumsum(rng.normal(0, 0.1, (frames, 3)), axis=0)
    rotation, view = axes(10, 15), frustum(LENS, 0.8)
    positions = following(
        lambda span: path[span.start : span.stop] + 0.05 * np.array([[1.0, 0, 0]]),
        rotation, view, frame_count=frames, held=range(frames), reach=reach,
    )  # fmt: skip
    for k in range(frames):
        x, y, z = (path[k] + [0.05, 0, 0] - positions[k]) @ rotation
        assert abs(x) <= -z * view.across * (1 + 1e-9)
        assert -view.down * -z * (1 + 1e-9) <= y <= view.up * -z * (1 + 1e-9)


def test_a_pivoting_camera_holds_its_subjects():
    rng = np.random.default_rng(5)
    points, rotation, view = rng.normal(0, 1, (50, 3)), axes(40, 20), frustum(LENS, 0.8)
    radius = pivot_radius(points, rotation, np.zeros(3), view)
    x, y, z = ((points - radius * rotation[:, 2]) @ rotation).T
    use = np.max([np.abs(x) / view.across, y / view.up, -y / view.down], axis=0) / -z
    assert use.max() == pytest.approx(1)


def moving_camera(move, target=None):
    """The camera of one cue, from a fixed direction."""
    stage = tabletop((CameraCue(move=move, target=target),))
    motion = rolling(stage)
    positions, wxyz = cue_path(
        stage, motion, subjects_of(stage, motion), range(24), Direction(6.0, 15.0), LENS,
        follow=False, reach_secs=0.3, seed=3,
    )  # fmt: skip
    return stage, motion, CameraTrack(positions=positions, wxyz=wxyz, lens=LENS)


@pytest.mark.parametrize("move", [None, *MOVES])
def test_every_move_holds_its_subjects_smoothly(move):
    stage, motion, track = moving_camera(move)
    assert overshoot_px(stage, motion, track) <= 0
    scale = np.linalg.norm(track.positions[0] - [0, -0.1, 0.8])
    assert np.abs(np.diff(track.positions, n=2, axis=0)).max() < 0.02 * scale
    turns = np.abs((track.wxyz[1:] * track.wxyz[:-1]).sum(-1))
    assert turns.min() > np.cos(np.deg2rad(2.0))


@pytest.mark.parametrize(
    ("move", "moved"),
    [
        ("dolly_in", lambda t: np.dot(t.positions[-1] - t.positions[0], forward(t)) > 0.2),
        ("dolly_out", lambda t: np.dot(t.positions[-1] - t.positions[0], forward(t)) < -0.2),
        ("orbit_left", lambda t: t.positions[-1][0] < t.positions[0][0] - 0.2),
        ("orbit_right", lambda t: t.positions[-1][0] > t.positions[0][0] + 0.2),
        ("crane_up", lambda t: t.positions[-1][2] > t.positions[0][2] + 0.2),
        ("crane_down", lambda t: t.positions[-1][2] < t.positions[0][2] - 0.2),
        ("pan_left", lambda t: forward(t, -1)[0] < forward(t)[0] - 0.05),
        ("pan_right", lambda t: forward(t, -1)[0] > forward(t)[0] + 0.05),
        ("tilt_up", lambda t: forward(t, -1)[2] > forward(t)[2] + 0.05),
        ("tilt_down", lambda t: forward(t, -1)[2] < forward(t)[2] - 0.05),
        ("static", lambda t: np.ptp(t.positions, axis=0).max() == 0),
        ("track", lambda t: t.positions[-1][0] > t.positions[0][0] + 0.1),
    ],
)
def test_moves_go_where_their_names_say(move, moved):
    assert moved(moving_camera(move, target="ball")[2])


def forward(track, frame=0):
    return -track.world_from_camera(frame).rotation[:, 2]


@pytest.mark.parametrize("azimuth_deg", [0.0, -120.0])
def test_the_camera_starts_at_the_stages_azimuth(azimuth_deg):
    stage = tabletop(azimuth_deg=azimuth_deg)
    track = aim(stage, rolling(stage), size_px=SIZE, seed=1)
    off = from_scene_deg(track, 0, np.array([0, -0.1, 0.8])) - azimuth_deg
    assert abs((off + 180) % 360 - 180) <= 15


def test_subjects_are_large_and_whole_in_the_pictures():
    stage = tabletop()
    motion = rolling(stage)
    track = aim(stage, motion, size_px=SIZE, seed=1)
    meter = VisibilityMeter(stage.body_ids, motion.frame_count)
    for frame in FlatRenderer().render(stage, motion, track, frames=range(0, 24, 6)):
        meter.add(frame)
    subjects = [stage.body_ids.index(name) for name in stage.shot.subjects]
    assert (meter.result().pixels[0:24:6][:, subjects] >= 200).all()


@pytest.mark.parametrize("huge_m", [1.5, 12.0])
def test_small_things_at_the_foot_of_a_huge_one_are_large_in_the_picture(huge_m):
    things = [
        ground(),
        body("mast#1", box_mesh(0.3, 0.3, huge_m), (0.3, 0.2, 0.1), (0, 0, 0), mobility="static"),
        body("ball#1", ball_mesh(0.11, rings=8), (0.6, 0, 0), (-0.6, -0.3, 0.0)),
        body("ball#2", ball_mesh(0.11, rings=8), (0.6, 0.5, 0), (0.5, -0.2, 0.0)),
    ]
    stage = make_stage(things, frames=12, subjects=("mast#1", "ball#1", "ball#2"))
    motion = make_motion(stage, {})
    track = aim(stage, motion, size_px=SIZE, seed=1)
    meter = VisibilityMeter(stage.body_ids, motion.frame_count)
    for frame in FlatRenderer().render(stage, motion, track, frames=range(1)):
        meter.add(frame)
    pixels = meter.result().pixels[0]
    assert (pixels[2:] >= 200).all()
    # what is small enough to be shown whole is
    assert (overshoot_px(stage, motion, track) > 0) == (huge_m > 2)
    assert pixels[1] > 1000


def test_the_camera_looks_past_what_stands_in_the_way():
    screen = body("screen#1", box_mesh(0.4, 0.02, 0.5), (1, 1, 1), (-0.5, -0.9, 0.5),
                  mobility="static")  # fmt: skip
    stage = tabletop(extra=(screen,))
    motion = rolling(stage)
    track = aim(stage, motion, size_px=SIZE, seed=1)
    frame = next(FlatRenderer().render(stage, motion, track, frames=range(1)))
    ball = stage.body_ids.index("ball#1") + 1
    radius_px = 0.08 * track.lens.focal_px / frame.depth[frame.body_index == ball].min()
    assert (frame.body_index == ball).sum() > 0.8 * np.pi * radius_px**2


def test_the_camera_is_never_inside_of_anything_nor_below_the_ground():
    wall = body("wall#1", box_mesh(6, 0.1, 3), (1, 1, 1), (0, -1.0, 0), mobility="static")
    stage = tabletop(extra=(wall,))
    track = aim(stage, rolling(stage), size_px=SIZE, seed=1)
    assert (track.positions[:, 2] > 0.04).all()
    inside = (np.abs(track.positions[:, 1] + 1.0) < 0.06) & (track.positions[:, 2] < 3)
    assert not inside.any()


def test_sizes_of_shots_differ():
    size_px = {}
    for shot in ("close_up", "wide"):
        stage = tabletop((CameraCue(shot=shot, move="static", target="ball"),))
        track = aim(stage, rolling(stage), size_px=SIZE, seed=1)
        distance = np.linalg.norm(track.positions[0] - [-0.2, -0.1, 0.8])
        size_px[shot] = 0.16 * track.lens.focal_px / distance
    assert size_px["close_up"] > 2.5 * size_px["wide"]


@pytest.mark.parametrize(
    ("angle", "low", "high"), [("low", -8, 5), ("high", 28, 45), ("top", 75, 88)]
)
def test_angles_are_what_they_say(angle, low, high):
    stage = tabletop((CameraCue(angle=angle, move="static"),))
    track = aim(stage, rolling(stage), size_px=SIZE, seed=1)
    assert low <= np.rad2deg(np.arcsin(-forward(track)[2])) <= high


def test_two_cues_go_over_into_each_other_without_a_jump():
    cues = (CameraCue(shot="wide", move="static"), CameraCue(start_secs=1.5, shot="close_up"))
    stage = tabletop(cues, frames=72)
    motion = make_motion(stage, {"ball#1": ((0.1, 0, 0), 0.0)})
    track = aim(stage, motion, size_px=SIZE, seed=1)
    steps = np.linalg.norm(np.diff(track.positions, axis=0), axis=-1)
    assert steps[:20].max() < 1e-9
    assert np.linalg.norm(track.positions[-1] - track.positions[0]) > 0.5
    assert np.abs(np.diff(steps)).max() < 0.03


@pytest.mark.slow
def test_what_goes_far_is_followed():
    stage = make_stage(
        [ground(40.0), body("car#1", box_mesh(0.1, 0.06, 0.05), (1, 0, 0), (-3, 0, 0))],
        frames=48, subjects=("car#1",),
    )  # fmt: skip
    motion = make_motion(stage, {"car#1": ((3.0, 0, 0), 0.0)})
    track = aim(stage, motion, size_px=SIZE, seed=1)
    assert overshoot_px(stage, motion, track) <= 0
    meter = VisibilityMeter(stage.body_ids, 48)
    for frame in FlatRenderer().render(stage, motion, track, frames=range(0, 48, 8)):
        meter.add(frame)
    assert (meter.result().pixels[0:48:8, 1] >= 200).all()
    assert np.abs(np.diff(track.positions, n=2, axis=0)).max() < 0.04


def test_the_same_seed_gives_the_same_camera():
    stage = tabletop((CameraCue(move="handheld"),))
    motion = rolling(stage)
    one, two, other = (aim(stage, motion, size_px=SIZE, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.positions, two.positions)
    np.testing.assert_array_equal(one.wxyz, two.wxyz)
    assert (one.wxyz != other.wxyz).any()


def test_interest_ends_after_the_last_thing_that_subjects_do_to_each_other():
    stage = tabletop(frames=96)
    motion = rolling(stage)
    assert frames_of_interest(motion, subjects_of(stage, motion)) == range(96)
    ball, cup = motion.index("ball#1"), motion.index("cup#1")
    touch = replace(
        motion.contacts, time=np.array([1.0, 1.1]), a=np.array([ball, ball]),
        b=np.array([cup, cup]), point=np.zeros((2, 3)), normal=np.eye(3)[:2],
        impulse=np.array([1.0, 1.0]),
    )  # fmt: skip
    interest = frames_of_interest(replace(motion, contacts=touch), subjects_of(stage, motion))
    assert interest == range(39)


def test_poses_of_the_helper_look_at_their_target():
    pose = aimed_pose((1, -2, 1), (0, 0, 0.5))
    np.testing.assert_allclose(LENS.pixels(pose.inverse() @ np.array([0, 0, 0.5])), [255.5, 143.5])


def launched(stage, *, after):
    """The ball rolls to the cups by frame `after`, and then one cup flies far away."""
    motion = make_motion(stage, {"ball#1": ((0.5, 0.02, 0), 0.0)})
    positions = motion.positions.copy()
    cup = motion.index("cup#2")
    late = np.maximum(motion.times - motion.times[after], 0.0)[:, None]
    positions[:, cup] += late * np.array([2.5, 0.0, 0.3])
    return replace(motion, positions=positions)


def test_what_flies_away_after_the_event_is_let_go():
    stage = tabletop(frames=48)
    event = 24
    motion = launched(stage, after=event)
    until = float(motion.times[event])
    track = aim(stage, motion, size_px=SIZE, seed=0, until_secs=until)
    held = aim(stage, rolling(stage), size_px=SIZE, seed=0)
    # It stands, as near as if nothing flew, and everything is whole until the event is over.
    drift = np.linalg.norm(np.diff(track.positions, axis=0), axis=1)
    assert drift.max() < 0.02
    distances = [np.linalg.norm(one.positions[-1] - [0, 0, 0.74]) for one in (track, held)]
    assert distances[0] < 1.35 * distances[1]
    for points in subjects_of(stage, motion).points:
        for frame in range(event + 1):
            places = track.pixels(frame, points[frame])
            assert places.min() >= 0
            assert (places <= np.array(SIZE) - 1).all()


def test_what_comes_after_is_held_too_where_it_costs_little():
    stage = tabletop(frames=48)
    motion = rolling(stage)
    track = aim(stage, motion, size_px=SIZE, seed=0, until_secs=0.5)
    assert overshoot_px(stage, motion, track) <= 0


@pytest.mark.parametrize("elevation", [5.0, 18.0, 40.0])
def test_flat_things_lie_below_the_middle_of_the_picture(elevation):
    points = np.array([[x, y, z] for x in (-1, 1) for y in (-0.05, 0.05) for z in (0, 0.1)], float)
    rotation = axes(0.0, elevation)
    position = tightest(points, rotation, frustum(LENS, 0.86))
    _, y, z = ((points - position) @ rotation).T
    assert np.mean(y / -z) < 0
