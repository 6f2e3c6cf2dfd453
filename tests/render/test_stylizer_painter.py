"""The stylizer made of procedural painters: steady, resumable, the same in any threads."""

from dataclasses import replace

import numpy as np
import pytest

from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.painter import PAINTED, PainterStylizer
from render.stylize.plain import PlainStylizer
from render.stylize.session import SessionStylizer
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look
from tests.render.stages import ball_mesh, body, ground, make_motion, make_stage, make_track

FRAMES = 6
SIZE_PX = (96, 64)


@pytest.fixture(scope="module")
def shot():
    ball = body("ball#1", ball_mesh(0.3), (0.6, 0.02, 0.02), (-0.4, 0.0, 0.5))
    stage = make_stage([ground(), ball], frames=FRAMES, subjects=("ball#1",))
    motion = make_motion(stage, {"ball#1": ((2.0, 0.0, 0.0), 4.0)})
    track = make_track(FRAMES, drift=0.02)
    track = replace(track, lens=replace(track.lens, size_px=SIZE_PX))
    return Shot(stage=stage, trajectory=motion, track=track)


@pytest.fixture(scope="module")
def frames(shot):
    return list(FlatRenderer().render(shot.stage, shot.trajectory, shot.track))


def painted(shot, frames, style="oil", **options):
    stylizer = PainterStylizer(style=style, **options)
    return np.stack(list(stylizer.stylize(shot, iter(frames), Look(), np.random.default_rng(5))))


@pytest.fixture(scope="module")
def plain(shot, frames):
    return np.stack(list(PlainStylizer().stylize(shot, frames, Look(), np.random.default_rng(0))))


def test_every_style_is_painted_and_no_two_are_alike(shot, frames, plain):
    stills = {name: painted(shot, frames[:1], name)[0].astype(float) for name in PAINTED}
    stills["plain"] = plain[0].astype(float)
    names = list(stills)
    apart = {
        (one, other): np.abs(stills[one] - stills[other]).mean()
        for k, one in enumerate(names) for other in names[k + 1 :]
    }  # fmt: skip
    assert len(PAINTED) >= 9
    assert min(apart.values()) > 3, min(apart, key=apart.get)


def test_threads_change_nothing(shot, frames):
    def made(threads):
        session = PainterStylizer(style="oil").session(shot, frames[0], Look(), 7)
        return np.stack(list(session.pictures(frames, threads=threads))).astype(int)

    assert np.abs(made(1) - made(3)).max() <= 1


def test_a_film_taken_up_again_is_the_same_film(shot, frames):
    stylizer = PainterStylizer(style="watercolor")
    session = stylizer.session(shot, frames[0], Look(), 7)
    whole = [session.picture(frame) for frame in frames]
    again = stylizer.session(shot, frames[0], Look(), 7)
    again.resume(frames[2], whole[2])
    for frame, picture in zip(frames[3:], whole[3:], strict=True):
        np.testing.assert_array_equal(again.picture(frame), picture)


def test_history_makes_a_moving_film_steadier(shot, frames):
    ground_seen = [f.body_index == 1 for f in frames]
    apart = []
    for share in (0.0, 0.7):
        film = painted(shot, frames, "oil", share=share).astype(float)
        pairs = zip(film[1:-1], film[2:], ground_seen[2:], strict=True)
        steps = [np.abs(after - before)[seen].mean() for before, after, seen in pairs]
        apart.append(np.mean(steps))
    assert apart[1] < apart[0]


def test_no_strength_is_the_plain_picture_and_one_body_can_be_weaker(shot, frames, plain):
    none = painted(shot, frames, "oil", strength=0.0, share=0.0).astype(int)
    assert np.abs(none - plain).max() <= 1
    session = PainterStylizer(style="toon").session(shot, frames[0], Look(), 7)
    session.strengths = {2: 0.0}
    apart = np.abs(session.picture(frames[0]).astype(int) - plain[0])
    ball = frames[0].body_index == 2
    assert apart[ball].max() <= 1
    assert apart[~ball].max() > 5


def test_where_a_pencil_is_weak_it_goes_over_into_grey(shot, frames):
    weak = painted(shot, frames[:1], "pencil", strength=0.0)[0].astype(int)
    assert np.ptp(weak, axis=-1).max() <= 1


def test_the_style_follows_the_words_and_unknown_ones_are_refused():
    assert PainterStylizer().style_of(Look()).name == "oil"
    assert PainterStylizer().style_of(Look(style="水彩画风格")).name == "watercolor"
    assert PainterStylizer(style="ink").style_of(Look(style="oil")).name == "ink"
    with pytest.raises(SettingsError, match="there are: oil"):
        PainterStylizer(style="photoreal").style_of(Look())
    assert isinstance(PainterStylizer(), SessionStylizer)
    assert not isinstance(PlainStylizer(), SessionStylizer)


def test_settings_out_of_range_are_refused():
    for wrong in ({"strength": 1.5}, {"share": 1.0}):
        with pytest.raises(SettingsError, match="allowed are"):
            PainterStylizer(**wrong)
