"""What large models are told, and how their key frames are carried: no model is needed for it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.large.controls import (
    depth_picture,
    depth_range,
    edge_picture,
    mixed,
    normal_picture,
)
from render.stylize.large.latent_noise import latent_noise, summed
from render.stylize.large.propagation import KeyFrame, between, carried_from, grade_of
from render.stylize.large.video.windows import fade_weights, planned, whole_length
from render.stylize.large.wishes import Wishes, wishes_from
from render.stylize.large.words import PHOTOGRAPH, prompt_of
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look
from tests.render.stages import (
    aimed_pose,
    ball_mesh,
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
    make_track,
)

FRAMES = 9
SIZE_PX = (160, 96)


@pytest.fixture(scope="module")
def shot():
    bodies = [
        ground(),
        body("table#1", box_mesh(1.2, 0.7, 0.74), (0.35, 0.2, 0.1), (0, 0, 0), mobility="static"),
        body("ball#1", ball_mesh(0.2), (0.6, 0.02, 0.02), (-0.45, -0.1, 0.74)),
    ]
    stage = make_stage(bodies, frames=FRAMES, subjects=("ball#1",))
    motion = make_motion(stage, {"ball#1": ((1.5, 0.1, 0.0), 4.0)})
    track = make_track(FRAMES, drift=0.02)
    track = replace(track, lens=replace(track.lens, size_px=SIZE_PX))
    return Shot(stage=stage, trajectory=motion, track=track)


@pytest.fixture(scope="module")
def frames(shot):
    return list(FlatRenderer().render(shot.stage, shot.trajectory, shot.track))


def test_what_is_nearer_is_never_darker_and_the_background_is_black(frames):
    fitted = depth_range(frames[0])
    depths = np.concatenate([np.geomspace(1e-3, 1e5, 400), [np.inf]])
    grey = depth_picture(depths[None], fitted)[0, :, 0].astype(int)
    assert (np.diff(grey) <= 0).all()
    assert (grey[0], grey[-1]) == (255, 0)
    shown = depth_picture(frames[0].depth, fitted)[..., 0].astype(int)
    order = np.argsort(frames[0].depth, axis=None)
    assert (np.diff(shown.ravel()[order]) <= 0).all()
    assert np.ptp(shown[np.isfinite(frames[0].depth)]) > 100


def test_lines_are_wherever_one_body_ends_and_nowhere_on_a_plain_one(shot, frames):
    frame = frames[3]
    lines = edge_picture(frame, shot.track.world_from_camera(3).rotation)[..., 0] > 0
    index = frame.body_index
    border = np.zeros(index.shape, bool)
    border[:, :-1] |= index[:, :-1] != index[:, 1:]
    border[:-1] |= index[:-1] != index[1:]
    assert lines[border].all()
    ground_only = (index == 1) & ~border
    assert not lines[ground_only].any()
    assert (lines & ~border & (index == 2)).any()  # the creases of the table


def test_normals_are_those_of_the_view(shot, frames):
    shown = normal_picture(frames[0], shot.track.world_from_camera(0).rotation)
    floor = shown[frames[0].body_index == 1].mean(0)
    assert floor[1] > 200  # up in the picture
    assert abs(floor[0] - 127.5) < 30
    assert (shown[frames[0].body_index == 0] == [128, 128, 255]).all()


def test_several_controls_become_one_that_keeps_the_order_of_depths():
    grey = np.repeat(np.arange(0, 250, 10, np.uint8)[None, :, None], 3, axis=-1)
    line = np.full_like(grey, 255)
    assert (np.diff(mixed((grey, line))[0, :, 0].astype(int)) > 0).all()
    np.testing.assert_array_equal(mixed((grey, np.zeros_like(grey))), grey)


def test_latent_noise_is_normal_and_every_channel_is_its_own(shot, frames):
    noise = latent_noise(frames[0], shot.track, 5, channels=16, size_px=SIZE_PX)
    assert noise.shape == (16, SIZE_PX[1] // 8, SIZE_PX[0] // 8)
    assert noise.std() == pytest.approx(1, abs=0.02)
    apart = np.corrcoef(noise.reshape(16, -1)) - np.eye(16)
    assert np.abs(apart).max() < 0.3  # of 240 numbers: 5 standard deviations
    again = latent_noise(frames[0], shot.track, 5, channels=16, size_px=SIZE_PX)
    np.testing.assert_array_equal(noise, again)


def test_latent_noise_rides_along_and_beta_takes_that_away(shot, frames):
    def alike(independent):
        one, two = (
            latent_noise(frames[k], shot.track, 5, channels=4, size_px=SIZE_PX,
                         independent=independent)
            for k in (0, 1)
        )  # fmt: skip
        return (one * two).mean()

    assert alike(0.0) > 0.6
    assert abs(alike(1.0)) < 0.15


def test_sums_over_cells_reach_beyond_the_picture():
    rng = np.random.default_rng(0)
    sums = summed(rng.standard_normal((4, 90, 150)).astype(np.float32), (160, 96), 8)
    assert sums.shape == (4, 12, 20)
    assert sums.std() == pytest.approx(1, abs=0.02)


def facing(size_px=(48, 32)):
    """A camera that stands still, and a shot in which bodies move before it without turning."""
    wall = body("wall#1", box_mesh(8, 0.1, 8), (0.5,) * 3, (0, 1, -4), mobility="static")
    square = body("square#1", box_mesh(0.5, 0.1, 0.5), (0.9, 0.1, 0.1), (0, 0, 0))
    stage = make_stage([wall, square], frames=FRAMES)
    track = make_track(FRAMES)
    pose = aimed_pose((0, -4, 0.0), (0, 0, 0))
    lens = replace(track.lens, size_px=size_px)
    return stage, replace(
        track, lens=lens, positions=np.tile(pose.position, (FRAMES, 1)),
        wxyz=np.tile(pose.wxyz, (FRAMES, 1)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def passing():
    """A square that runs 3 px a frame to the right before a wall, exactly."""
    stage, track = facing()
    depth_m = 4 - 0.05
    step_m = 3 * depth_m / track.lens.focal_px
    speed = step_m * float(stage.timeline.fps)
    start = np.array([-0.8, 0, -0.25])
    motion = make_motion(stage, {"square#1": ((speed, 0, 0), 0.0)})
    positions = motion.positions.copy()
    positions[:, 1] += start
    motion = replace(motion, positions=positions)
    shot = Shot(stage=stage, trajectory=motion, track=track)
    return shot, list(FlatRenderer().render(stage, motion, track))


def paint_of(frame, seed=0):
    """Paint with detail, fixed to each body's own surface, and its plain picture."""
    point = np.where(np.isfinite(frame.body_point), frame.body_point, 0)
    wave = np.sin(point[..., :1] * 9 + seed) * np.sin(point[..., 2:] * 7)
    square = frame.body_index[..., None] == 2
    color = np.where(square, [230.0, 60, 40], [40.0, 80, 190])
    picture = np.clip(color + 20 * wave, 0, 255).round().astype(np.uint8)
    plain = np.where(square, [180, 90, 80], [90, 90, 120]).astype(np.uint8)
    return KeyFrame(frame, plain, picture)


def test_a_square_moves_exactly_so_far(passing):
    _, frames = passing
    lefts = [np.nonzero((f.body_index == 2).any(0))[0][0] for f in frames]
    assert set(np.diff(lefts)) == {3}


def test_carried_paint_is_the_key_frames_paint_moved(passing):
    shot, frames = passing
    key, other = paint_of(frames[1]), paint_of(frames[4])
    picture = between(frames[4], other.plain, (key,), shot)
    _, trusted = carried_from(key, frames[4], other.plain, shot)
    inside = trusted & (frames[4].body_index == 2)
    assert inside.sum() > 0.9 * (frames[4].body_index == 2).sum()
    moved = np.roll(key.picture, 9, axis=1)  # three frames, 3 px each
    assert np.abs(picture.astype(int) - moved)[inside].max() <= 1
    still = trusted & (frames[4].body_index == 1)
    assert still.sum() > 0.7 * (frames[4].body_index == 1).sum()
    assert np.abs(picture.astype(int) - key.picture)[still].max() <= 1


def test_nothing_is_left_behind_where_a_body_was(passing):
    shot, frames = passing
    key = paint_of(frames[1])
    # a model paints a little over outlines: spill, two pixels wide
    spill = key.picture.copy()
    square = frames[1].body_index == 2
    wide = np.zeros_like(square)
    for dx in range(-2, 3):
        for dy in range(-2, 3):
            wide |= np.roll(square, (dy, dx), axis=(0, 1))
    spill[wide & ~square] = [230, 60, 40]
    key = replace(key, picture=spill)
    for k in (5, 7, 8):
        picture = between(frames[k], paint_of(frames[k]).plain, (key,), shot).astype(int)
        wall = (frames[k].body_index == 1) & ~_near(frames[k].body_index == 2, 3)
        assert (picture[wall][:, 0] < 110).all(), k  # no red on the wall
    careless = np.where(frames[8].body_index[..., None] == 1, spill, 0)
    assert (careless[..., 0] > 200).any()


def _near(mask, reach):
    wide = mask.copy()
    for dx in range(-reach, reach + 1):
        for dy in range(-reach, reach + 1):
            wide |= np.roll(mask, (dy, dx), axis=(0, 1))
    return wide


def test_between_two_key_frames_nearer_ones_weigh_more_and_each_fills_the_others_holes(passing):
    shot, frames = passing
    one, two = paint_of(frames[0]), paint_of(frames[8])
    darker = replace(two, picture=(two.picture * 0.8).astype(np.uint8))
    picture = between(frames[2], paint_of(frames[2]).plain, (one, darker), shot)
    trusted = [carried_from(key, frames[2], paint_of(frames[2]).plain, shot).trusted
               for key in (one, darker)]  # fmt: skip
    truth = paint_of(frames[2]).picture.astype(float)
    both, only_later = trusted[0] & trusted[1], ~trusted[0] & trusted[1]
    assert only_later.sum() > 20
    ratio = picture.astype(float) / np.maximum(truth, 1)
    assert ratio[both].mean() == pytest.approx(0.75 + 0.25 * 0.8, abs=0.01)
    assert ratio[only_later].mean() == pytest.approx(0.8, abs=0.02)


def test_what_no_key_frame_saw_is_the_plain_picture_in_their_palette(passing):
    shot, frames = passing
    key = paint_of(frames[0])
    square = frames[0].body_index[..., None] == 2
    flat = replace(key, picture=np.where(square, [230, 60, 40], [40, 80, 190]).astype(np.uint8))
    frame = frames[3]
    picture = between(frame, paint_of(frame).plain, (flat,), shot)
    hole = ~carried_from(flat, frame, paint_of(frame).plain, shot).trusted
    wall = hole & (frame.body_index == 1)
    assert wall.sum() > 20
    assert np.abs(picture[wall].astype(int) - [40, 80, 190]).max() <= 12
    graded = grade_of(flat)(flat.plain) * 255
    assert np.abs(graded - flat.picture).mean() < 6


def test_light_that_moves_on_is_taken_along(passing):
    shot, frames = passing
    key, frame = paint_of(frames[0]), frames[4]
    plain = paint_of(frame).plain.copy()
    plain[20:30, 30:46] //= 2  # a shadow has come
    lit, shaded = (between(frame, p, (key,), shot) for p in (paint_of(frame).plain, plain))
    core = (slice(23, 27), slice(34, 42))
    assert shaded[core].mean() < 0.85 * lit[core].mean()
    np.testing.assert_array_equal(shaded[:8], lit[:8])


PLANS = [(200, 81, 9, 1), (30, 13, 5, 1), (30, 13, 5, 0), (30, 13, 5, 5), (17, 9, 5, 1),
         (7, 13, 5, 1), (13, 13, 5, 1), (14, 13, 5, 1), (1, 5, 1, 1)]  # fmt: skip


@pytest.mark.parametrize(("total", "length", "overlap", "hold"), PLANS)
def test_windows_finish_each_frame_once_and_in_order(total, length, overlap, hold):
    windows = planned(total, length=length, overlap=overlap, hold=hold)
    finished = [k for window in windows for k in range(window.first, window.shown)]
    assert finished == list(range(total))
    for window, following in pairwise(windows):
        assert window.stop - following.start == overlap
        assert following.sole == window.stop
        assert following.start % 4 == 0
    assert all(window.length % 4 == 1 and window.length >= window.stop - window.start
               for window in windows)  # fmt: skip


def test_fades_rise_from_nothing_to_all():
    weights = fade_weights(4)
    assert (np.diff(weights) > 0).all()
    assert 0 < weights[0] < 0.2 < 0.8 < weights[-1] < 1
    assert whole_length(6) == 9


def test_the_prompt_is_made_of_the_looks_words_and_the_scenes_nouns(shot):
    assert prompt_of(shot.stage, Look(style="水彩", mood="calm")) == "水彩, table, ball, calm"
    assert prompt_of(shot.stage, Look()) == f"{PHOTOGRAPH}, table, ball"


def test_options_are_read_and_wrong_ones_refused_in_one_line():
    wishes = wishes_from("steps=20 offload=model prompt='oil, on canvas' denoise=0.5")
    assert wishes == Wishes(steps=20, offload="model", prompt="oil, on canvas", denoise=0.5)
    for wrong in ("stepps=3", "steps=x", "denoise=2", "window=80", "offload=disk", "steps",
                  "hold=10", "prompt='a"):  # fmt: skip
        with pytest.raises(SettingsError) as refused:
            wishes_from(wrong)
        assert "\n" not in str(refused.value)
