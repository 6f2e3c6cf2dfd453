"""Tone, toon, storyboard, estimate."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from render.estimate import RenderEstimate
from render.flat import FlatRenderer
from render.shot import Shot
from render.storyboard import storyboard, telling_frames
from render.stylize.ink import ink
from render.stylize.plain import PlainStylizer, printed, shot_exposure_stops
from render.stylize.toon import ToonStylizer
from render.tonemap import agx, metered_stops, tone_mapped
from scene_builder.model.graph import Look
from tests.render.stages import ground, make_motion, make_stage, make_track

RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def shot(table_stage, table_motion, table_track):
    return Shot(stage=table_stage, trajectory=table_motion, track=table_track)


@pytest.fixture(scope="module")
def frames(shot):
    return list(FlatRenderer().render(shot.stage, shot.trajectory, shot.track, frames=range(3)))


@given(st.floats(0, 100), st.floats(1e-6, 10))
def test_more_light_is_never_darker(light, more):
    grey = agx(np.array([[light] * 3, [light + more] * 3]), contrast=1.2)
    assert (grey[1] >= grey[0]).all()
    assert ((grey >= 0) & (grey <= 1)).all()


def test_tones_are_those_of_agx():
    # Blender 4.5, AgX with the look "Medium High Contrast": grey light to 8-bit sRGB.
    stops = np.array([-6.5, -4.1, -1.9, 0.0, 1.5, 3.0])
    grey = 0.18 * 2.0**stops
    picture = tone_mapped(np.tile(grey[None, :, None], (1, 1, 3)))
    assert np.ptp(picture.astype(int), axis=-1).max() <= 1
    shown = picture[0, :, 1].astype(int)
    assert abs(shown[3] - 119) <= 3
    assert (np.diff(shown) > 0).all()


def test_colours_keep_their_hue():
    colours = np.array([[[0.5, 0.02, 0.02], [0.02, 0.5, 0.02], [0.02, 0.02, 0.5]]])
    red, green, blue = tone_mapped(colours)[0]
    assert red.argmax() == 0
    assert green.argmax() == 1
    assert blue.argmax() == 2


def test_a_print_keeps_an_apple_red_and_blacks_black():
    # A red apple in full light, its core shadow, and a white wall: linear light.
    lit = np.array([[[1.1, 0.07, 0.05], [0.02, 0.018, 0.016], [0.7, 0.7, 0.7]]])
    plain, print_ = (one.astype(float)[0] for one in (tone_mapped(lit), printed(lit, 0.0)))

    def purity(color):
        return (color.max() - color.min()) / color.max()

    assert purity(print_[0]) > purity(plain[0]) + 0.05
    assert print_[2].mean() > plain[2].mean() + 5
    assert print_[2].mean() / print_[1].mean() > 1.1 * plain[2].mean() / plain[1].mean()
    assert np.ptp(print_[2]) <= 2, "white stays white"


def test_nothing_in_gives_nothing_out():
    odd = np.array([[[np.nan, -1.0, 0.0], [1e9, 1e9, 1e9]]])
    picture = tone_mapped(odd)
    assert picture[0, 0].max() <= 2
    assert picture[0, 1].min() >= 240


@settings(max_examples=20)
@given(st.floats(-3, 3))
def test_the_meter_undoes_part_of_a_change_of_light(stops):
    picture = RNG.uniform(0.1, 0.3, (8, 12, 3))
    change = metered_stops(picture * 2.0**stops) - metered_stops(picture)
    assert change == pytest.approx(-0.8 * stops, abs=1e-6)


def test_plain_keeps_one_exposure_for_the_shot(shot, frames):
    darker = [frames[0], replace(frames[1], rgb=frames[1].rgb / 4)]
    first, second = PlainStylizer().stylize(shot, darker, Look(), RNG)
    assert first.shape == (64, 96, 3)
    assert second.mean() < 0.8 * first.mean()


def test_a_white_field_is_shown_white_and_a_grey_one_is_not(shot, frames):
    stage, one = shot.stage, frames[0]

    def shown(albedo):
        colors = np.full_like(one.albedo, albedo)
        frame = replace(one, rgb=np.full_like(one.rgb, 2.0 * albedo), albedo=colors)
        return tone_mapped(frame.rgb, exposure_stops=shot_exposure_stops(stage, frame)).mean()

    assert shown(0.8) > 150
    assert shown(0.8) > shown(0.4) + 20


def test_toon_is_repeatable_and_drawn(shot, frames):
    one = list(ToonStylizer().stylize(shot, frames, Look(), np.random.default_rng(1)))
    two = list(ToonStylizer().stylize(shot, frames, Look(), np.random.default_rng(2)))
    for a, b in zip(one, two, strict=True):
        np.testing.assert_array_equal(a, b)
    cup = frames[0].body_index == 4
    middle = cup.copy()
    for shift in (-1, 1):
        middle &= np.roll(cup, shift, 0) & np.roll(cup, shift, 1)
    assert middle.any()
    assert (one[0][middle].argmax(-1) == 2).all()


def test_ink_lies_on_outlines_and_nowhere_on_a_plane(shot, frames):
    lines = ink(frames[0], shot.track, width_px=1.5)
    assert lines.shape == (64, 96)
    assert ((lines >= 0) & (lines <= 1)).all()
    index = frames[0].body_index
    change = np.zeros(index.shape, bool)
    change[:, 1:] |= index[:, 1:] != index[:, :-1]
    change[1:] |= index[1:] != index[:-1]
    assert lines[change].mean() > 0.3
    plain = (index == 1) | (index == 0)
    far = ~change.copy()
    for shift in range(-4, 5):
        far &= ~np.roll(change, shift, 0) & ~np.roll(change, shift, 1)
    assert lines[far & plain].max() < 0.01


def test_still_frames_are_inked_alike(shot, table_stage):
    motion, track = make_motion(table_stage), make_track(6)
    still = list(FlatRenderer().render(table_stage, motion, track, frames=range(2)))
    quiet = Shot(stage=table_stage, trajectory=motion, track=track)
    a, b = ToonStylizer().stylize(quiet, still, Look(), RNG)
    np.testing.assert_array_equal(a, b)


def test_storyboard_shows_six_frames(shot, tmp_path):
    path = tmp_path / "board.tmp"
    captions = [(0.08, "the ball leaves the table, and this is a very long sentence about it")]
    storyboard(
        shot.stage, shot.trajectory, shot.track, path, captions=captions, renderer=FlatRenderer()
    )  # fmt: skip
    page = np.asarray(Image.open(path))
    assert page.shape[1] == 3 * (384 + 16) + 16
    assert page.std() > 10


@given(
    count=st.integers(1, 60),
    moments=st.lists(st.floats(0, 3), max_size=9),
)
@settings(max_examples=50, deadline=None)
def test_telling_frames_are_few_ordered_and_begin_at_the_beginning(count, moments):
    motion = make_motion(make_stage([ground()], frames=count))
    chosen = telling_frames(motion, moments)
    assert chosen == sorted(set(chosen))
    assert len(chosen) == min(6, count)
    assert chosen[0] == 0
    assert chosen[-1] < count


def test_the_estimate_forgets_the_first_frame():
    estimate = RenderEstimate(frame_count=10)
    assert estimate.secs_left is None
    estimate.took(20.0)
    assert estimate.secs_left == pytest.approx(180)
    for secs in (2.0, 2.0, 3.0):
        estimate.took(secs)
    assert estimate.secs_a_frame == 2.0
    assert estimate.secs_left == pytest.approx(12)
