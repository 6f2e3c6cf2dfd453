"""The network, its sampler, its weights, and the stylizer made of them."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.diffusion.known import OWN_WEIGHTS, styles_known
from render.stylize.diffusion.network import Shape, StyleNetwork, parameter_count, shape_of
from render.stylize.diffusion.sampler import sample, style_weights
from render.stylize.diffusion.stylizer import WARM_UP_FRAMES, DiffusionStylizer
from render.stylize.diffusion.weights import load_network
from render.stylize.painter import PAINTED, PainterStylizer
from render.stylize.plain import PlainStylizer
from render.stylize.training.train import own_shape
from scene_builder.model.errors import ModelError, SettingsError
from scene_builder.model.graph import Look
from tests.render.stages import ball_mesh, body, ground, make_motion, make_stage, make_track
from tests.render.tiny_stylizer import TINY, save_tiny, tiny_network

FRAMES = WARM_UP_FRAMES + 5
FEW = 5
SIZE_PX = (70, 46)
OIL = Look(style="oil")


@pytest.fixture(scope="module")
def shot():
    ball = body("ball#1", ball_mesh(0.3), (0.6, 0.02, 0.02), (-0.4, 0.0, 0.5))
    stage = make_stage([ground(), ball], frames=FRAMES, subjects=("ball#1",))
    motion = make_motion(stage, {"ball#1": ((2.0, 0.0, 0.0), 4.0)})
    track = make_track(FRAMES, drift=0.02)
    track = replace(track, lens=replace(track.lens, size_px=SIZE_PX))
    return Shot(stage=stage, trajectory=motion, track=track)


@pytest.fixture(scope="module")
def film(shot):
    return list(FlatRenderer().render(shot.stage, shot.trajectory, shot.track))


@pytest.fixture(scope="module")
def frames(film):
    return film[:FEW]


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    return save_tiny(tmp_path_factory.mktemp("weights") / "tiny.safetensors", change=0.3)


def painted(stylizer, shot, frames, look=OIL):
    return np.stack(list(stylizer.stylize(shot, iter(frames), look, np.random.default_rng(5))))


def given(height=32, width=48, seed=0):
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(1, 4, height, width, generator=generator)
    condition = torch.rand(1, TINY.condition, height, width, generator=generator) * 2 - 1
    return noise, condition


def test_our_own_network_fits_into_25_megabytes():
    with torch.device("meta"):
        network = StyleNetwork(own_shape())
    assert 8e6 < parameter_count(network) < 12.5e6


def test_an_untrained_network_leaves_the_picture_as_it_is():
    noise, condition = given()
    picture = sample(tiny_network(), noise, condition, style_weights(TINY.styles, {"oil": 1}))
    torch.testing.assert_close(picture, (condition[:, :3] + 1) / 2)


def test_what_is_far_away_changes_nothing():
    network = tiny_network(0.4)
    noise, condition = given(32, 192)
    other = condition.clone()
    other[..., 182:] = 0.9
    style = style_weights(TINY.styles, {"oil": 1})
    one, two = (sample(network, noise, known, style) for known in (condition, other))
    torch.testing.assert_close(one[..., :40], two[..., :40])
    assert (one[..., 177:] - two[..., 177:]).abs().max() > 0.01


@pytest.mark.parametrize("steps", [1, 2])
def test_no_strength_is_the_plain_picture_and_half_is_half_way(steps):
    network, (noise, condition) = tiny_network(0.1), given()
    style = style_weights(TINY.styles, {"ink": 1})
    rendered = (condition[:, :3] + 1) / 2

    def at(strength):
        return sample(network, noise, condition, style, steps=steps, strength=strength)

    torch.testing.assert_close(at(0.0), rendered)
    if steps == 1:
        inside = (at(1.0) > 0.02) & (at(1.0) < 0.98)
        half_way = (at(1.0) + rendered) / 2
        torch.testing.assert_close(at(0.5)[inside], half_way[inside])


def test_strength_may_differ_from_place_to_place():
    network, (noise, condition) = tiny_network(0.4), given()
    strength = torch.ones(1, 1, 32, 48)
    strength[..., :20] = 0
    style = style_weights(TINY.styles, {"oil": 1})
    picture = sample(network, noise, condition, style, steps=2, strength=strength)
    rendered = (condition[:, :3] + 1) / 2
    torch.testing.assert_close(picture[..., :20], rendered[..., :20])
    assert (picture - rendered)[..., 20:].abs().max() > 0.05


def test_pictures_of_any_size_come_out_whole():
    network, (noise, condition) = tiny_network(0.4), given(29, 45)
    picture = sample(network, noise, condition, style_weights(TINY.styles, {"oil": 1}))
    assert picture.shape == (1, 3, 29, 45)


def test_styles_can_be_mixed_but_not_invented():
    weights = style_weights(("oil", "ink"), {"oil": 1.0, "ink": 3.0})
    torch.testing.assert_close(weights, torch.tensor([[0.25, 0.75]]))
    with pytest.raises(KeyError):
        style_weights(("oil", "ink"), {"fresco": 1.0})


def test_weights_come_back_in_16_bits_with_their_card(tmp_path):
    path = save_tiny(tmp_path / "tiny.safetensors", change=0.3)
    network = load_network(path, dtype=torch.float32)
    assert network.shape == TINY
    assert shape_of(json.loads(json.dumps(TINY.record()))) == TINY
    for name, value in tiny_network(0.3).state_dict().items():
        torch.testing.assert_close(network.state_dict()[name], value.half().float())
    card = json.loads(path.with_suffix(".json").read_text())
    assert card["styles"] == list(TINY.styles)
    assert card["parameters"] == parameter_count(network)


def test_missing_and_damaged_weights_are_said_in_one_line(tmp_path):
    with pytest.raises(ModelError, match="there are no stylizer weights"):
        load_network(tmp_path / "none.safetensors")
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(b"\x00" * 100)
    with pytest.raises(ModelError, match="damaged"):
        load_network(damaged)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("steps", [1, 2])
def test_a_chunk_painted_apart_is_the_serial_film(weights, shot, film, steps, own):
    stylizer = DiffusionStylizer(weights=OWN_WEIGHTS if own else weights, steps=steps)
    serial = painted(stylizer, shot, film)
    session = stylizer.session(shot, film[0], OIL, int(np.random.default_rng(5).integers(2**31)))
    begin = FRAMES - WARM_UP_FRAMES - 2
    chunk = [session.picture(frame) for frame in film[begin:]]
    apart = [np.abs(chunk[k].astype(int) - serial[begin + k]).max() for k in range(len(chunk))]
    assert apart[0] > 5  # without its history it is another picture
    assert max(apart[WARM_UP_FRAMES:]) <= 1


LEARNT = [name for name in styles_known() if name in PAINTED and name != "pixel"]


@pytest.mark.parametrize("style", LEARNT)
def test_our_own_weights_paint_nearly_what_the_painter_paints(shot, frames, style):
    """One step from the same noise, on a film that no training has seen."""
    asked = (
        PainterStylizer(style=style, share=0), DiffusionStylizer(style=style, share=0),
        PlainStylizer(),
    )  # fmt: skip
    target, made, plain = (painted(one, shot, frames[:2]).astype(float) / 255 for one in asked)
    assert np.square(made - target).mean() < 0.6 * np.square(plain - target).mean()


def test_a_film_that_was_left_goes_on_the_same(weights, shot, frames):
    stylizer = DiffusionStylizer(weights=weights, steps=2)
    serial = painted(stylizer, shot, frames)
    session = stylizer.session(shot, frames[0], OIL, int(np.random.default_rng(5).integers(2**31)))
    session.resume(frames[2], serial[2])
    for k in (3, 4):
        np.testing.assert_array_equal(session.picture(frames[k]), serial[k])


def test_history_makes_the_film_steadier(weights, shot, frames):
    still = [replace(frame, visible_before=np.ones_like(frame.visible_before)) for frame in frames]
    apart = []
    for share in (0.0, 0.6):
        film = painted(DiffusionStylizer(weights=weights, share=share), shot, still).astype(float)
        ground = frames[1].body_index == 1
        apart.append(np.abs(film[2:] - film[1:-1])[:, ground].mean())
    assert apart[1] < apart[0]


def test_one_body_can_be_painted_more_weakly(weights, shot, frames):
    stylizer = DiffusionStylizer(weights=weights)
    session = stylizer.session(shot, frames[0], OIL, 7)
    session.strengths = {2: 0.0}
    picture = session.picture(frames[0])
    plain = next(iter(PlainStylizer().stylize(shot, frames, Look(), np.random.default_rng(0))))
    ball = frames[0].body_index == 2
    assert np.abs(picture.astype(int) - plain)[ball].max() <= 1
    assert np.abs(picture.astype(int) - plain)[~ball].max() > 5


def test_styles_go_by_their_names_and_words(weights):
    stylizer = DiffusionStylizer(weights=weights)
    assert stylizer.style_of(Look()).name == TINY.styles[0]
    assert stylizer.style_of(Look(style="oil style")).name == "oil"
    assert stylizer.style_of(Look(style="水彩")).name == "watercolor"
    with pytest.raises(SettingsError, match="there are: oil"):
        stylizer.style_of(Look(style="zzzzzzzzzz"))


def test_which_styles_weights_know_is_read_from_their_head(weights, tmp_path):
    assert styles_known(weights) == TINY.styles
    assert styles_known(tmp_path / "none.safetensors") == ()
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(b"\x10\x00\x00\x00\x00\x00\x00\x00not json at all!")
    assert styles_known(damaged) == ()


def test_settings_out_of_range_are_refused(weights):
    for wrong in ({"steps": 0}, {"strength": 1.5}, {"share": 1.0}):
        with pytest.raises(SettingsError, match="allowed are"):
            DiffusionStylizer(weights=weights, **wrong)


def test_other_weights_are_another_identity(tmp_path, weights):
    other = save_tiny(tmp_path / "other.safetensors", change=0.2)
    one, two = DiffusionStylizer(weights=weights), DiffusionStylizer(weights=other)
    assert one.identity != two.identity
    assert one.identity == DiffusionStylizer(weights=weights).identity
    assert one.identity != DiffusionStylizer(weights=weights, strength=0.5).identity


def test_a_shape_says_what_sizes_it_takes():
    assert Shape(condition=3, styles=("oil",)).multiple == 16
