"""Three tiny films, pinned step by step: a failure names the step that moved."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.golden.making import (
    FRAMES,
    PINNED,
    PROMPTS,
    events_told,
    first_contact_frame,
    golden_film,
    psnr_db,
    stage_numbers,
)

pytestmark = [pytest.mark.slow, pytest.mark.bpy]
LEAST_PSNR_DB = 38.0


@pytest.fixture(params=list(PROMPTS), scope="module")
def name(request):
    return request.param


@pytest.fixture(scope="module")
def film(name, tmp_path_factory):
    with golden_film(name, tmp_path_factory.mktemp("golden")) as film:
        yield film


def test_the_words_give_the_pinned_graph(name, film):
    pinned = json.loads((PINNED / f"{name}.graph.json").read_text())
    assert film.reading.graph.model_dump(mode="json", exclude_defaults=True) == pinned


def test_the_graph_gives_the_pinned_stage(name, film):
    numbers = stage_numbers(film.stage)
    with np.load(PINNED / f"{name}.stage.npz") as pinned:
        assert set(numbers) == set(pinned.files)
        for key in pinned.files:
            np.testing.assert_allclose(numbers[key], pinned[key], atol=1e-6, err_msg=key)


def test_the_stage_moves_as_pinned_until_the_first_touch(name, film):
    with np.load(PINNED / f"{name}.motion.npz") as pinned:
        until = int(pinned["until"])
        assert first_contact_frame(film) == until
        motion = film.trajectory
        np.testing.assert_allclose(motion.positions[: until + 1], pinned["positions"], atol=1e-5)
        np.testing.assert_allclose(motion.wxyz[: until + 1], pinned["wxyz"], atol=1e-5)


def test_the_same_things_happen(name, film):
    assert sorted(events_told(film)) == sorted(
        json.loads((PINNED / f"{name}.events.json").read_text())
    )


def test_the_pictures_look_the_same(name, film):
    import bpy

    folder = PINNED / f"blender-{'.'.join(map(str, bpy.app.version[:2]))}"
    pictures = dict(enumerate(film.pictures))
    for frame in FRAMES:
        with Image.open(folder / f"{name}_{frame}.png") as image:
            pinned = np.asarray(image.convert("RGB"))
        assert psnr_db(np.asarray(pictures[frame]), pinned) >= LEAST_PSNR_DB
