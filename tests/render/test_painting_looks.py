"""What an art director asks of painters: clean shapes, firm lines, few colours, steady paint."""

import numpy as np
import pytest
import torch

from render.stylize.painting.guides import Guides, guides_of
from render.stylize.painting.lines import contours
from render.stylize.painting.paint import PAINTERS, paint
from render.stylize.painting.pixels import palette_of
from render.stylize.painting.strokes import BLOCK_PX, CHANNELS, stroke_field
from tests.render.test_painting import chroma, noise_rand, two_balls

HEIGHT, WIDTH = 48, 64
GREEN = np.array([0.30, 0.55, 0.22])


def lawn(*, blades_deeper_by: float, grain: float = 0.0, level: float = 1.0) -> Guides:
    """Flat ground (body 1) before which threads of one pixel stand upright (body 2)."""
    rng = np.random.default_rng(5)
    ids = np.ones((HEIGHT, WIDTH), np.int32)
    for x in range(6, WIDTH - 4, 9):
        ids[10:38, x] = 2
    normals = np.where((ids == 1)[..., None], [0.0, 0.94, 0.34], [0.6, 0.0, 0.8])
    speckled = GREEN + grain * rng.standard_normal((HEIGHT, WIDTH, 1))
    own = np.round(255 * np.clip(speckled, 0, 1)).astype(np.uint8)
    seen = np.round(255 * np.clip(speckled * level, 0, 1)).astype(np.uint8)
    depth = np.where(ids == 1, 3.0, 3.0 - blades_deeper_by)
    return guides_of(rgb=seen, albedo=own, depth=depth, normals=normals, ids=ids, scale_m=3.0)


def test_blades_belong_to_the_lawn_and_a_leg_before_a_far_wall_stays() -> None:
    grass = lawn(blades_deeper_by=0.05)
    assert bool((grass.ids == 1).all())
    assert float(grass.edges.max()) == 0
    assert float((grass.normals[:, 1] - 0.94).abs().max()) < 1e-6
    legs = lawn(blades_deeper_by=1.5)
    assert int((legs.ids == 2).sum()) == 28 * len(range(6, WIDTH - 4, 9))
    assert float(legs.edges.max()) > 0.9


@pytest.mark.parametrize("style", ["toon", "pixel"])
def test_the_grain_of_a_lawn_is_gone_in_flat_styles(style: str) -> None:
    grass = lawn(blades_deeper_by=0.05, grain=0.05)
    rough, flat = float(grass.rgb.std((2, 3)).max()), paint(style, grass, noise_rand(1))
    assert float(flat.std((2, 3)).max()) < 0.35 * rough


def test_pixel_art_has_whole_blocks_of_one_palette() -> None:
    picture = paint("pixel", two_balls(), noise_rand(2))
    blocks = picture[..., ::BLOCK_PX, ::BLOCK_PX]
    again = blocks.repeat_interleave(BLOCK_PX, 2).repeat_interleave(BLOCK_PX, 3)
    assert torch.equal(picture, again)
    palette = palette_of(picture.device)
    assert len(palette) <= 64
    assert float(palette.min()) >= 0
    assert float(palette.max()) <= 1
    apart = torch.cdist(blocks[0].flatten(1).T, palette).amin(1)
    assert float(apart.max()) < 1e-5


@pytest.mark.parametrize("width_px", [1.0, 2.0, 3.0])
def test_a_line_is_as_wide_as_it_is_told(width_px: float) -> None:
    line = torch.zeros(1, 1, HEIGHT, WIDTH)
    line[..., 30] = 1
    drawn = contours(two_balls(), borders_px=width_px, creases_px=0.0, edges=line)
    across = drawn[0, 0, HEIGHT // 2].sum()
    assert abs(float(across) - width_px) < 0.3


def test_ink_draws_one_unbroken_line_about_a_ball() -> None:
    picture = paint("ink", two_balls(), noise_rand(3))[0].mean(0)
    angles = torch.linspace(0, 2 * torch.pi, 72)
    darkest = torch.ones_like(angles)
    for radius in (9.5, 10.0, 10.5, 11.0, 11.5):
        x = (19 + radius * torch.cos(angles)).round().long()
        y = (27 + radius * torch.sin(angles)).round().long()
        darkest = torch.minimum(darkest, picture[y, x])
    assert float((darkest < 0.45).float().mean()) > 0.97


@pytest.mark.parametrize("style", ["pencil", "ink"])
def test_darker_ground_takes_more_strokes(style: str) -> None:
    covered = [
        float(1 - paint(style, lawn(blades_deeper_by=0.05, level=level), noise_rand(4)).mean())
        for level in (1.0, 0.55, 0.3)
    ]
    assert covered[0] + 0.05 < covered[1] < covered[2] - 0.05


def test_hatching_keeps_its_distance() -> None:
    """Across its direction hatching swings: a line, a gap, a line."""
    size = (96, 96)
    facing = np.zeros((*size, 3))
    facing[..., 2] = 1
    grey = np.full((*size, 3), 120, np.uint8)
    guides = guides_of(
        rgb=grey, albedo=grey, depth=np.ones(size), normals=facing, ids=np.ones(size, np.int32)
    )
    hatch = stroke_field(guides, noise_rand(6, size=size))[0, CHANNELS.index("hatch")]
    angle = -0.85
    for far_px, low, high in ((0.0, 0.9, 1.1), (2.5, -0.9, -0.05)):
        right, down = round(-far_px * np.sin(angle)), round(far_px * np.cos(angle))
        moved = torch.roll(hatch, (-down, -right), (0, 1))
        alike = float((hatch * moved)[8:-8, 8:-8].mean() / (hatch**2)[8:-8, 8:-8].mean())
        assert low < alike < high


@pytest.mark.parametrize("style", ["watercolor", "toon", "clay", "papercut", "noir"])
def test_silhouettes_stand_out_of_soft_and_flat_pictures(style: str) -> None:
    guides = two_balls()
    picture = paint(style, guides, noise_rand(7))[0]
    rise = torch.zeros(HEIGHT, WIDTH)
    rise[:, 1:-1] = (picture[:, :, 2:] - picture[:, :, :-2]).abs().amax(0)
    ids = guides.ids[0, 0]
    row = HEIGHT // 2 + 3
    borders = (ids[row, 1:] != ids[row, :-1]).nonzero().flatten()
    for x in borders.tolist():
        assert float(rise[row, max(0, x - 1) : x + 3].max()) > 0.08
    inner = torch.cat([rise[row, 14:25], rise[row, 40:51]])
    assert float(inner.median()) < 0.06


@pytest.mark.parametrize("style", list(PAINTERS))
def test_paint_goes_with_what_it_lies_on(style: str) -> None:
    """What moves by 8 px with its noise is painted alike, 8 px on."""
    noise = noise_rand(8)
    here = paint(style, two_balls(), noise)
    there = paint(style, two_balls(shift_px=8), torch.roll(noise, 8, -1))
    apart = (there[..., 24:-8] - here[..., 16:-16]).abs()
    assert float(apart.mean()) < 0.02


def test_what_shines_through_black_glass_is_painted_as_it_is_seen() -> None:
    size = (HEIGHT, WIDTH)
    facing = np.zeros((*size, 3))
    facing[..., 2] = 1
    seen = np.broadcast_to(np.array([90, 150, 70], np.uint8), (*size, 3)).copy()
    guides = guides_of(
        rgb=seen, albedo=np.zeros((*size, 3), np.uint8), depth=np.ones(size), normals=facing,
        ids=np.ones(size, np.int32),
    )  # fmt: skip
    for style in ("toon", "papercut", "watercolor", "clay", "pixel"):
        color = paint(style, guides, noise_rand(9))[0].mean((1, 2))
        wanted = chroma(guides.rgb[0, :, 0, 0])
        cosine = torch.nn.functional.cosine_similarity(chroma(color), wanted, dim=0)
        assert float(cosine) > 0.9, style
