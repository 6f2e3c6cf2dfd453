"""What every stylizer promises."""

import numpy as np
import pytest

from pipeline.plugins import create, listing
from scene_builder.model.graph import Look
from tests.render.exemplars import poster
from tests.render.tiny_stylizer import save_tiny


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    return save_tiny(tmp_path_factory.mktemp("weights") / "tiny.safetensors")


@pytest.fixture(params=list(listing("stylizer")))
def stylizer(request, weights):
    exemplar = np.asarray(poster())
    return create("stylizer", request.param, weights=weights, exemplar=exemplar)


def test_one_picture_for_each_frame_of_its_size(stylizer, shot, flat_frames, rng):
    pictures = list(stylizer.stylize(shot, iter(flat_frames), Look(), rng))
    assert len(pictures) == len(flat_frames)
    for picture, frame in zip(pictures, flat_frames, strict=True):
        assert picture.dtype == np.uint8
        assert picture.shape == (*frame.depth.shape, 3)


def test_pictures_come_while_frames_come(stylizer, shot, flat_frames, rng):
    taken = []

    def counted():
        for frame in flat_frames:
            taken.append(frame.frame)
            yield frame

    next(iter(stylizer.stylize(shot, counted(), Look(), rng)))
    assert len(taken) < len(flat_frames)


def test_the_same_chance_gives_the_same_pictures(stylizer, shot, flat_frames):
    runs = [
        np.stack(list(stylizer.stylize(shot, flat_frames, Look(), np.random.default_rng(5))))
        for _ in range(2)
    ]
    np.testing.assert_array_equal(runs[0], runs[1])


def test_a_red_ball_stays_red(stylizer, shot, flat_frames, rng):
    index = shot.stage.body_ids.index("ball#1") + 1
    picture = next(iter(stylizer.stylize(shot, flat_frames, Look(), rng)))
    seen = flat_frames[0].body_index == index
    red, green, blue = picture[seen].astype(float).mean(axis=0)
    assert red > 1.3 * max(green, blue)
