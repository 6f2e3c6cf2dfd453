"""Painters: what chance makes is the noise's alone, and bodies keep their colours."""

import numpy as np
import pytest
import torch

from render.stylize.painting.guides import Guides, guides_of, joined
from render.stylize.painting.paint import PAINTERS, paint
from render.stylize.painting.strokes import CHANNELS, NOISE_CHANNELS, stroke_field
from render.stylize.painting.styles import STYLES, style_named
from scene_builder.model.errors import UnknownNameError

HEIGHT, WIDTH = 48, 64
RED, BLUE = np.array([0.85, 0.12, 0.10]), np.array([0.12, 0.25, 0.85])
COLORED = [style.name for style in STYLES if style.keeps_colors and style.painted]


def two_balls(shift_px: int = 0) -> Guides:
    """A red and a blue ball on a grey floor under a pale sky, lit from the upper left."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    x -= shift_px
    ids = np.where(y < 14, 0, 1)
    normals = np.where((y < 14)[..., None], 0.0, [0.0, 0.94, 0.34])
    depth = np.where(y < 14, np.inf, 60 / (y - 8.0 + 1e-9))
    albedo = np.where((y < 14)[..., None], [0.75, 0.82, 0.9], [0.55, 0.55, 0.52])
    for index, center, color in ((2, 19, RED), (3, 45, BLUE)):
        across, down = (x - center) / 11, (y - 27) / 11
        inside = across**2 + down**2 < 1
        facing = np.sqrt(np.clip(1 - across**2 - down**2, 0, 1))
        ids = np.where(inside, index, ids)
        sphere = np.stack([across, -down, facing], axis=-1)
        normals = np.where(inside[..., None], sphere, normals)
        depth = np.where(inside, 2.5 - 0.4 * facing, depth)
        albedo = np.where(inside[..., None], color, albedo)
    light = np.clip(normals @ np.array([-0.4, 0.7, 0.6]), 0, 1) * 0.65 + 0.35
    light = np.where(ids == 0, 1.0, light)
    rgb = np.round(255 * np.clip(albedo * light[..., None], 0, 1)).astype(np.uint8)
    base = np.round(255 * albedo).astype(np.uint8)
    return guides_of(
        rgb=rgb, albedo=base, depth=depth, normals=normals, ids=ids.astype(np.int32), scale_m=3.0
    )


def noise_rand(seed: int, batch: int = 1, size: tuple[int, int] = (HEIGHT, WIDTH)) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(batch, NOISE_CHANNELS, *size, generator=generator)


def chroma(color: torch.Tensor) -> torch.Tensor:
    return color - color.mean()


@pytest.mark.parametrize("style", list(PAINTERS))
def test_a_painting_is_a_picture_and_the_same_each_time(style: str) -> None:
    guides, noise = two_balls(), noise_rand(1)
    picture = paint(style, guides, noise)
    assert picture.shape == (1, 3, HEIGHT, WIDTH)
    assert picture.dtype == torch.float32
    assert torch.isfinite(picture).all()
    assert 0 <= float(picture.min()) <= float(picture.max()) <= 1
    assert float(picture.std()) > 0.05
    assert torch.equal(picture, paint(style, guides, noise))


@pytest.mark.parametrize("style", list(PAINTERS))
def test_a_batch_is_painted_as_its_frames_are_one_by_one(style: str) -> None:
    first, second = two_balls(), two_balls(shift_px=5)
    noise = noise_rand(2, batch=2)
    both = paint(style, joined([first, second]), noise)
    alone = torch.cat([paint(style, first, noise[:1]), paint(style, second, noise[1:])])
    assert torch.allclose(both, alone, atol=2e-5)


@pytest.mark.parametrize("style", COLORED)
def test_bodies_keep_their_hue(style: str) -> None:
    guides = two_balls()
    picture = paint(style, guides, noise_rand(3))
    for index, color in ((2, RED), (3, BLUE)):
        here = (guides.ids[0, 0] == index).expand(3, -1, -1)
        mean = picture[0][here].view(3, -1).mean(1)
        wanted = chroma(torch.tensor(color, dtype=torch.float32))
        cosine = torch.nn.functional.cosine_similarity(chroma(mean), wanted, dim=0)
        assert float(cosine) > 0.95
        assert float(chroma(mean).norm()) > 0.4 * float(wanted.norm())


@pytest.mark.parametrize("style", [s.name for s in STYLES if not s.keeps_colors])
def test_styles_without_colours_have_none(style: str) -> None:
    picture = paint(style, two_balls(), noise_rand(3))
    assert float((picture.amax(1) - picture.amin(1)).max()) < 0.16  # warm paper at most


@pytest.mark.parametrize("style", ["oil", "watercolor", "pencil", "ink", "clay", "noir"])
def test_another_noise_gives_another_texture_on_the_same_scene(style: str) -> None:
    guides = two_balls()
    one, other = (paint(style, guides, noise_rand(seed)) for seed in (4, 5))
    assert float((one - other).abs().mean()) > 0.004
    soft = torch.nn.functional.avg_pool2d
    apart = soft(one, 12) - soft(other, 12)
    assert float(apart.abs().mean()) < 0.08


def test_what_is_far_away_does_not_matter() -> None:
    """A painter that looked at the whole picture would flicker, and could not be learnt."""
    guides = two_balls()
    noise = noise_rand(6)
    other = noise.clone()
    other[..., 56:] = noise_rand(7)[..., 56:]
    field, changed = stroke_field(guides, noise), stroke_field(guides, other)
    assert torch.allclose(field[..., :8], changed[..., :8], atol=1e-5)
    for style in PAINTERS:
        one, two = paint(style, guides, noise), paint(style, guides, other)
        assert torch.allclose(one[..., :8], two[..., :8], atol=2e-3), style


def test_the_stroke_field_of_white_noise_has_mean_0_and_deviation_1() -> None:
    size = (96, 128)
    y, x = np.mgrid[0 : size[0], 0 : size[1]]
    waves = np.stack([np.sin(x / 31 + y / 47), np.sin(x / 27 - y / 23), np.cos(y / 17)], -1)
    normals = np.zeros((*size, 3))
    normals[..., 2] = 1
    pale = np.full((*size, 3), 128, np.uint8)
    guides = guides_of(
        rgb=(127 + 90 * waves).astype(np.uint8), albedo=pale, depth=np.full(size, 2.0),
        normals=normals, ids=np.ones(size, np.int32),
    )  # fmt: skip
    field = stroke_field(joined([guides] * 6), noise_rand(8, 6, size))
    assert field.shape == (6, len(CHANNELS), *size)
    for k, name in enumerate(CHANNELS[:7]):
        assert abs(float(field[:, k].mean())) < 0.12, name
        assert 0.88 < float(field[:, k].std()) < 1.12, name


def test_strokes_are_longer_along_their_direction_than_across() -> None:
    size = (64, 96)
    y = np.mgrid[0 : size[0], 0 : size[1]][0]
    bands = np.repeat((127 + 100 * np.sin(y / 5.0))[..., None], 3, axis=-1).astype(np.uint8)
    facing = np.zeros((*size, 3))
    facing[..., 2] = 1
    guides = guides_of(
        rgb=bands, albedo=bands, depth=np.ones(size), normals=facing, ids=np.ones(size, np.int32)
    )
    field = stroke_field(guides, noise_rand(9, size=size))
    for name in ("fine", "wide", "dab"):
        texture = field[0, CHANNELS.index(name)]
        along = float((texture[:, 4:] * texture[:, :-4]).mean())
        across = float((texture[4:] * texture[:-4]).mean())
        assert along > across + 0.15, name


def test_guides_say_what_the_frame_holds() -> None:
    guides = two_balls()
    sky = guides.ids == 0
    assert float(guides.depth[sky].min()) == 1.0
    assert float(guides.depth[~sky].max()) < 1.0
    assert guides.ids.dtype == torch.int32
    assert torch.equal(
        guides.albedo[sky.expand(-1, 3, -1, -1)], guides.rgb[sky.expand(-1, 3, -1, -1)]
    )
    assert torch.allclose(guides.tangents.norm(dim=1), torch.ones(1), atol=1e-4)
    ring = guides.edges[0, 0, 27, 5:34] == 1
    assert int(ring.sum()) == 2  # a ball's left and right border
    assert float(guides.edges[0, 0, 24:30, 14:24].max()) == 0  # nothing inside of it


def test_a_part_of_the_picture_is_cut_out_of_every_guide() -> None:
    part = two_balls().crop(8, 16, 24, 32)
    assert part.rgb.shape == (1, 3, 24, 32)
    assert part.ids.shape == part.edges.shape == (1, 1, 24, 32)


def test_styles_are_named_in_words_of_two_languages() -> None:
    names = [style.name for style in STYLES]
    assert len(set(names)) == len(names) >= 10
    assert {style.name for style in STYLES if style.painted} == set(PAINTERS)
    for style in STYLES:
        assert any("一" <= letter <= "鿿" for letter in style.words)
        assert style_named(style.name) is style


def test_a_style_without_a_painter_is_refused_in_one_line() -> None:
    with pytest.raises(UnknownNameError, match="there are: oil, watercolor"):
        paint("photoreal", two_balls(), noise_rand(1))
