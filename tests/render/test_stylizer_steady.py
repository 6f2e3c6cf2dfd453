"""Noise pinned to surfaces, and history along exact motion."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from render.flat import FlatRenderer
from render.frames import FrameBuffers
from render.stylize.steady.fusion import Fusion, fusion_with, near_silhouettes, warped
from render.stylize.steady.noise import surface_noise
from render.truth.flow import places_at, seen_at
from render.truth.passes import Truth
from tests.render.stages import (
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
    stage = make_stage(
        [
            ground(),
            body("table#1", box_mesh(1.2, 0.7, 0.74), (0.35, 0.2, 0.1), (0, 0, 0),
                 mobility="static"),
            body("ball#1", ball_mesh(0.2), (0.6, 0.02, 0.02), (-0.45, -0.1, 0.74)),
        ],
        frames=FRAMES,
        subjects=("ball#1",),
    )  # fmt: skip
    motion = make_motion(stage, {"ball#1": ((1.5, 0.1, 0.0), 4.0)})
    track = make_track(FRAMES, drift=0.02)
    return stage, motion, replace(track, lens=replace(track.lens, size_px=SIZE_PX))


@pytest.fixture(scope="module")
def frames(shot):
    return list(FlatRenderer().render(*shot))


@pytest.fixture(scope="module")
def fields(shot, frames):
    return [surface_noise(frame, shot[2], 5) for frame in frames]


def test_noise_is_standard_normal_and_its_channels_are_apart(fields):
    every = np.concatenate([field.reshape(4, -1) for field in fields], axis=1)
    assert abs(every.mean()) < 0.02
    assert every.std() == pytest.approx(1, abs=0.02)
    kurtosis = (every**4).mean() / every.var() ** 2
    assert kurtosis == pytest.approx(3, abs=0.2)
    apart = np.corrcoef(every) - np.eye(4)
    assert np.abs(apart).max() < 0.03


def test_neighbours_hardly_know_of_each_other(fields):
    noise = fields[0]
    assert (noise[:, :, 1:] * noise[:, :, :-1]).mean() < 0.35
    assert abs((noise[:, :, 2:] * noise[:, :, :-2]).mean()) < 0.05


@pytest.mark.parametrize("lag", [1, 4, 8])
def test_noise_rides_on_surfaces(shot, fields, lag):
    stage, motion, track = shot
    truth = Truth(stage, motion, track)
    last = FRAMES - 1
    surfaces = truth.surfaces(last)
    places, depths = places_at(last - lag, surfaces, motion, track)
    seen = seen_at(last - lag, surfaces, places, depths, truth.caster, track)
    width, height = SIZE_PX
    x, y = np.clip(np.rint(places[seen]), 0, [width - 1, height - 1]).astype(int).T
    then, now = fields[last - lag][:, y, x], fields[last].reshape(4, -1)[:, seen]
    assert (then * now).mean() >= 0.5


def test_another_seed_is_other_noise_and_the_same_is_the_same(shot, frames, fields):
    again, other = (surface_noise(frames[0], shot[2], seed) for seed in (5, 6))
    np.testing.assert_array_equal(again, fields[0])
    assert abs((again * other).mean()) < 0.03


def test_silhouettes_are_where_bodies_meet():
    index = np.zeros((9, 9), np.int32)
    index[3:6, 3:6] = 1
    near = near_silhouettes(index, 1)
    assert near[3, 3]
    assert near[2, 2]
    assert not near[0, 0]


def moving_square(left, *, frame, speed=4, size=(48, 32)):
    """A square that runs to the right before a wall, with its exact passes."""
    width, height = size
    index = np.full((height, width), 1, np.int32)
    index[10:20, left : left + 10] = 2
    flow = np.zeros((height, width, 2), np.float32)
    flow[index == 2] = [-speed, 0]
    seen = np.ones((height, width), bool)
    seen[10:20, left - speed : left] = False
    blank = np.zeros((height, width, 3), np.float32)
    return FrameBuffers(
        frame=frame, rgb=blank, albedo=blank, depth=np.where(index == 2, 2.0, 3.0),
        normal=blank, flow_forward=-flow, flow_backward=flow, visible_before=seen,
        body_point=blank, body_index=index,
    )  # fmt: skip


def painted(frame):
    """What a perfect model paints: a white square before a black wall."""
    return np.repeat((frame.body_index == 2)[..., None], 3, axis=-1).astype(np.uint8) * 255


def test_a_moving_square_leaves_no_trail(shot):
    track = shot[2]
    before = moving_square(8, frame=0)
    picture = painted(before)
    for k in range(1, 6):
        frame = moving_square(8 + 4 * k, frame=k)
        fusion = fusion_with(picture, before.body_index, frame, track, share=0.6)
        clean = torch.from_numpy(painted(frame)).permute(2, 0, 1)[None].float() / 255
        fused = fusion(clean)[0].permute(1, 2, 0).numpy()
        picture, before = np.round(fused * 255).astype(np.uint8), frame
        np.testing.assert_array_equal(picture, painted(frame))


def test_without_guards_the_square_would_leave_a_trail(shot):
    before, frame = moving_square(8, frame=0), moving_square(12, frame=1)
    careless = replace_visibility(frame)
    history = warped(painted(before) / 255.0, careless.flow_backward)
    assert np.abs(history - painted(frame) / 255.0).max() > 0.5


def replace_visibility(frame):
    return replace(frame, visible_before=np.ones_like(frame.visible_before))


def test_history_steadies_what_has_no_motion(shot):
    rng = np.random.default_rng(0)
    before, frame = moving_square(8, frame=0), moving_square(12, frame=1)
    last = rng.integers(90, 166, (*frame.body_index.shape, 3)).astype(np.uint8)
    fusion = fusion_with(last, before.body_index, frame, shot[2], share=0.6)
    clean = torch.from_numpy(rng.uniform(0.35, 0.65, (1, 3, *frame.body_index.shape))).float()
    history = fusion.history
    apart = (clean - history).abs().mean()
    assert (fusion(clean) - history).abs().mean() < 0.7 * apart


def test_history_that_light_has_left_is_let_go():
    bright = torch.ones(1, 3, 16, 16)
    fusion = Fusion(history=torch.zeros_like(bright), trusted=torch.ones(1, 1, 16, 16), share=0.6)
    torch.testing.assert_close(fusion(bright), bright)
