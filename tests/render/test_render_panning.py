"""A standing camera turns after what leaves its picture once everything has happened."""

import numpy as np
import pytest

from render.aim.framing import axes, wxyz_of
from render.aim.panning import MOST_PAN_DEG, panned
from render.aim.subjects import subjects_of
from render.camera_track import CameraTrack
from scene_builder.model.lens import Lens
from tests.render.stages import ball_mesh, body, ground, make_motion, make_stage

FRAMES, FPS, AFTER = 96, 24.0, 24
LENS = Lens(focal_length_mm=42, sensor_width_mm=36, size_px=(512, 288))


def shot(*speeds):
    """Balls that roll off along x at some speeds [m/s], under a camera that stands."""
    names = [f"ball#{k}" for k in range(1, len(speeds) + 1)]
    balls = [body(name, ball_mesh(0.1, rings=8), (0.6, 0, 0), (0, 0, 0)) for name in names]
    stage = make_stage([ground(), *balls], frames=FRAMES, subjects=tuple(names))
    motion = make_motion(
        stage, {name: ((v, 0, 0), 0.0) for name, v in zip(names, speeds, strict=True)}
    )
    track = CameraTrack(
        positions=np.tile([0.0, -3.0, 0.3], (FRAMES, 1)),
        wxyz=np.tile(wxyz_of(axes(0.0, 3.0)), (FRAMES, 1)),
        lens=LENS,
    )
    return subjects_of(stage, motion), motion, track


def columns(track, motion, name):
    places = motion.positions[:, motion.index(name)]
    return np.array([track.pixels(k, places[k])[0] for k in range(FRAMES)])


@pytest.mark.parametrize("speed", [1.5, -1.5])
def test_what_everybody_leaves_is_left_by_the_camera_too(speed):
    subjects, motion, track = shot(speed, speed)
    assert not 0 < columns(track, motion, "ball#1")[-1] < 512
    turned = panned(track, subjects, AFTER, FPS, most_deg=MOST_PAN_DEG)
    assert 0 < columns(turned, motion, "ball#1")[-1] < 512
    assert (turned.positions == track.positions).all()
    assert np.abs(turned.wxyz[:AFTER] - track.wxyz[:AFTER]).max() < 1e-15


def test_one_that_rolls_off_alone_is_let_go():
    subjects, _, track = shot(2.0, 0.0, 0.0)
    assert panned(track, subjects, AFTER, FPS, most_deg=MOST_PAN_DEG) is track


def test_the_horizon_stays_level_and_the_turn_is_smooth():
    subjects, _, track = shot(1.5)
    turned = panned(track, subjects, AFTER, FPS, most_deg=MOST_PAN_DEG)
    rights = np.stack([turned.world_from_camera(k).rotation[:, 0] for k in range(FRAMES)])
    assert np.abs(rights[:, 2]).max() < 1e-12
    angles = np.unwrap(np.arctan2(rights[:, 1], rights[:, 0]))
    assert np.rad2deg(np.abs(angles).max()) <= MOST_PAN_DEG + 1e-9
    assert np.rad2deg(np.abs(np.diff(angles, 2)).max()) < 0.5


def test_a_shot_whose_end_is_its_last_outcome_is_not_turned():
    subjects, _, track = shot(3.0)
    assert panned(track, subjects, FRAMES - 1, FPS, most_deg=MOST_PAN_DEG) is track
