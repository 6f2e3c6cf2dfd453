"""What every asset source promises."""

import numpy as np
import pytest

from pipeline.plugins import create, listing
from scene_builder.assets.source import Description
from scene_builder.model.digest import digest


@pytest.fixture(params=list(listing("assets")))
def source(request):
    return create("assets", request.param)


@pytest.mark.parametrize("noun", ["ball", "cup", "table"])
def test_an_asset_stands_on_its_origin_and_has_a_body(source, noun):
    asset = source.find(noun, Description(), np.random.default_rng(1))
    assert asset is not None
    assert asset.mesh.low[2] == pytest.approx(0, abs=1e-4)
    middle = (asset.mesh.low + asset.mesh.high)[:2] / 2
    assert np.abs(middle).max() < 0.35 * asset.mesh.extents[:2].max()
    assert asset.mass_kg > 0
    assert (np.linalg.eigvalsh(asset.inertia) > 0).all()
    assert (asset.center_of_mass >= asset.mesh.low).all()
    assert (asset.center_of_mass <= asset.mesh.high).all()
    assert asset.credit.licence


def test_the_colour_that_is_asked_for_is_there(source):
    asset = source.find("ball", Description(color="red"), np.random.default_rng(1))
    red, green, blue = asset.materials[0].base_color
    assert red > 3 * max(green, blue)


def test_the_mass_that_is_asked_for_is_kept(source):
    asset = source.find("ball", Description(mass_kg=3.0), np.random.default_rng(1))
    assert asset.mass_kg == pytest.approx(3.0)


def test_the_same_chance_gives_the_same_asset(source):
    one, two = (source.find("cup", Description(), np.random.default_rng(4)) for _ in range(2))
    assert digest(one) == digest(two)
