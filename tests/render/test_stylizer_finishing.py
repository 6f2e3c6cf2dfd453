"""What a network's picture gets by rule: blocks of a palette, cut edges, rims of pigment."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.diffusion.stylizer import DiffusionStylizer
from render.stylize.painting.finishing import FINISHES, finished
from render.stylize.painting.guides import Guides
from render.stylize.painting.pixels import palette_of
from render.stylize.painting.strokes import BLOCK_PX, stroke_field
from render.stylize.session import Easel
from scene_builder.model.graph import Look
from tests.render.stages import ball_mesh, body, ground, make_motion, make_stage, make_track
from tests.render.tiny_stylizer import save_tiny

SIZE_PX = (96, 64)
ROUNDING = 0.5 / 255


@pytest.fixture(scope="module")
def shot():
    ball = body("ball#1", ball_mesh(0.4), (0.6, 0.02, 0.02), (0.0, 0.0, 0.5))
    stage = make_stage([ground(), ball], frames=2, subjects=("ball#1",))
    track = make_track(2, drift=0.0)
    track = replace(track, lens=replace(track.lens, size_px=SIZE_PX))
    return Shot(stage=stage, trajectory=make_motion(stage, {}), track=track)


@pytest.fixture(scope="module")
def frame(shot):
    return next(iter(FlatRenderer().render(shot.stage, shot.trajectory, shot.track)))


@pytest.fixture(scope="module")
def known(shot, frame) -> tuple[Guides, torch.Tensor]:
    easel = Easel.before(shot, frame, style="oil", seed=1, strength=1.0, share=0.0)
    guides = easel.guides(frame)
    return guides, stroke_field(guides, easel.noise(frame))


@pytest.mark.parametrize("steps", [1, 2])
def test_pixel_art_lies_on_its_grid_and_in_its_palette(shot, frame, steps, tmp_path):
    weights = save_tiny(tmp_path / "tiny.safetensors", change=0.3)
    stylizer = DiffusionStylizer(weights=weights, style="pixel", steps=steps)
    (picture,) = stylizer.stylize(shot, [frame], Look(), np.random.default_rng(5))
    blocks = picture.reshape(SIZE_PX[1] // BLOCK_PX, BLOCK_PX, SIZE_PX[0] // BLOCK_PX, BLOCK_PX, 3)
    assert (blocks == blocks[:, :1, :, :1]).all()
    palette = palette_of(torch.device("cpu")).numpy()
    colors = np.unique(picture.reshape(-1, 3), axis=0) / 255
    apart = np.abs(colors[:, None] - palette).max(axis=-1).min(axis=1)
    assert apart.max() <= ROUNDING + 1e-6


def test_paper_is_white_where_it_was_cut_and_even_elsewhere(known):
    guides, strokes = known
    noisy = (guides.rgb + 0.02 * torch.randn(guides.rgb.shape, generator=_seeded())).clamp(0, 1)
    paper = finished("papercut", noisy, guides, strokes)
    ball = (guides.ids == guides.ids.max()).float()
    inside = _eroded(ball, 3)
    rim = 1 - _eroded(ball, 1) - _eroded(1 - ball, 3)
    lighter = (paper - noisy).mean(1, keepdim=True)
    # Half of the way to white and more, on the edge that faces the light.
    assert (lighter / (1 - noisy.mean(1, keepdim=True)).clamp(min=0.1) * rim).amax() > 0.5
    assert abs(float((lighter * inside).sum() / inside.sum())) < 0.03


def test_pigment_gathers_at_the_border_of_a_wash(known):
    guides, strokes = known
    wash = finished("watercolor", guides.rgb, guides, strokes)
    darker = (guides.rgb - wash).mean(1, keepdim=True)
    border = (guides.edges > 0.5).float()
    assert border.sum() > 0
    flat = _eroded((guides.edges < 0.05).float(), 4)
    at_border = float((darker * border).sum() / border.sum())
    assert at_border > 0.02
    assert at_border > 4 * abs(float((darker * flat).sum() / flat.sum()))


def test_other_styles_are_left_as_they_are(known):
    guides, strokes = known
    for style in ("oil", "pencil", "ink", "noir", "toon", "clay", "photoreal"):
        assert style not in FINISHES
        assert finished(style, guides.rgb, guides, strokes) is guides.rgb


def _seeded() -> torch.Generator:
    return torch.Generator().manual_seed(3)


def _eroded(mask: torch.Tensor, px: int) -> torch.Tensor:
    return -torch.nn.functional.max_pool2d(-mask, 2 * px + 1, stride=1, padding=px)
