"""What a shot needs is not hidden when it begins, and the horizon stays if it can."""

from dataclasses import replace

import numpy as np
import pytest

from render.aim.directions import directions
from render.aim.framing import axes, wxyz_of
from render.aim.outlook import ENOUGH_PX, LARGE_SHARE, Lookout
from render.aim.subjects import kinds_of, subjects_of
from render.camera_track import CameraTrack
from render.truth.surfaces import SurfaceCaster
from scene_builder.model.graph import CameraCue
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose
from tests.render.stages import (
    aimed_pose,
    ball_mesh,
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
)

LENS = Lens(focal_length_mm=42, sensor_width_mm=36, size_px=(512, 288))
HORIZON_DEG = np.rad2deg(np.arctan(288 / 2 / LENS.focal_px))
"""A camera that looks down by more has no horizon in its picture."""


def lookout_of(stage):
    motion = make_motion(stage)
    subjects = subjects_of(stage, motion)
    kinds = kinds_of(stage, motion, subjects.indices)
    return Lookout(SurfaceCaster(stage, motion), motion, subjects, [0], kinds=kinds), subjects


def plates(aside: float, *, gap: float = 0.01) -> Lookout:
    """Two plates, one behind the other and `aside` [m] to the right of it."""
    both = [
        body("near#1", box_mesh(0.4, 0.002, 0.4), (0, 0, 0), (0, 0, 0)),
        body("far#1", box_mesh(0.4, 0.002, 0.4), (0, 0, 0), (aside, gap, 0)),
    ]
    return lookout_of(make_stage(both, subjects=("near#1", "far#1")))[0]


def best(stage):
    """The direction taken, and what it sees at the start of what is seen least."""
    lookout, subjects = lookout_of(stage)
    return directions(stage, lookout, subjects.over(range(1)), LENS)[0]


def balls(extra=(), cues=()):
    """Two balls under the open sky."""
    both = [body(f"ball#{k}", ball_mesh(0.1, rings=8), (1, 0, 0), (0.8 * k - 1.2, 0, 0))
            for k in (1, 2)]  # fmt: skip
    return make_stage(
        [ground(), *both, *extra], cues=cues, subjects=("ball#1", "ball#2")
    )  # fmt: skip


def board(x, width, height, y=-0.35):
    return body("board#1", box_mesh(width, 0.02, height), (1, 1, 1), (x, y, 0), mobility="static")


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.9])
@pytest.mark.parametrize("away", [4.0, 80.0])
def test_the_share_that_is_seen_is_known_however_small_a_thing_is(share, away):
    pose = aimed_pose((0.2, -away, 0.2), (0.2, 0.0, 0.2))
    near, far = plates(0.4 * share).shares_at_start(pose, LENS)
    assert near == pytest.approx(1.0)
    assert far == pytest.approx(share, abs=0.07)


def test_what_is_outside_of_the_picture_is_hidden():
    beside = Pose(position=np.array([0.0, -4.0, 0.2]), wxyz=wxyz_of(axes(90.0, 0.0)))
    assert plates(0.2).shares_at_start(beside, LENS) == [0.0, 0.0]


def test_what_is_piled_with_its_own_kind_is_seen_with_it():
    pile = [body(f"plate#{k}", box_mesh(0.2, 0.2, 0.03), (1, 1, 1), (0, 0, 0.002 * k))
            for k in (1, 2)]  # fmt: skip
    pose = aimed_pose((0.0, -2.0, 0.5), (0.0, 0.0, 0.0))
    apart = [replace(one, entity=None) for one in pile]
    for stage, least in ((make_stage(pile), 0.95), (make_stage(apart), 0.0)):
        shares = lookout_of(stage)[0].shares_at_start(pose, LENS)
        assert min(shares) >= least
    assert min(shares) < 0.4


def test_under_the_open_sky_the_horizon_is_in_the_picture():
    assert best(balls()).elevation_deg < HORIZON_DEG


def test_a_camera_turns_before_it_climbs():
    # A narrow board hides a ball from the front, but not from a little to the side.
    stage = balls([board(-0.4, 0.16, 1.2, y=-1.0)])
    direction = best(stage)
    assert direction.elevation_deg < HORIZON_DEG
    assert abs(direction.azimuth_deg) <= 15


@pytest.mark.parametrize(("before", "low", "high"), [(0.5, HORIZON_DEG, 21), (0.35, 21, 40)])
def test_a_camera_climbs_where_no_turn_helps_and_no_higher_than_it_has_to(before, low, high):
    stage = balls([board(0, 6.0, 0.3, y=-before)])
    assert low < best(stage).elevation_deg <= high


@pytest.mark.parametrize(("angle", "highest"), [("low", 3.0), ("eye_level", 13.0)])
def test_an_angle_that_the_words_ask_for_is_kept_though_something_is_hidden(angle, highest):
    stage = balls([board(0, 6.0, 0.3)], cues=(CameraCue(angle=angle),))
    assert best(stage).elevation_deg <= highest


@pytest.mark.parametrize("share", [0.5 * LARGE_SHARE, 2 * LARGE_SHARE])
def test_what_acts_is_enough_if_all_of_its_kind_fill_their_share_of_the_picture(share):
    stage = make_stage([body("plate#1", box_mesh(0.4, 0.002, 0.4), (0, 0, 0), (0, 0, 0))])
    away = 0.4 * LENS.focal_px / np.sqrt(share * 512 * 288)
    pose = aimed_pose((0.0, -away, 0.2), (0.0, 0.0, 0.2))
    track = CameraTrack(
        positions=np.tile(pose.position, (6, 1)), wxyz=np.tile(pose.wxyz, (6, 1)), lens=LENS
    )
    fewest, worth = lookout_of(stage)[0].worth_px(track)
    assert fewest == pytest.approx(share * 512 * 288, rel=0.1)
    assert worth == pytest.approx(ENOUGH_PX * share / LARGE_SHARE, rel=0.1)
    assert (worth >= ENOUGH_PX) == (share >= LARGE_SHARE)
