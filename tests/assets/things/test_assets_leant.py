"""What is set against others, what stands on its stand, and what lies flat on the beach."""

import numpy as np
import pytest

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Description
from scene_builder.build.items import item_of
from scene_builder.build.leaning import is_two_wheeled, leaning_of, matter_of
from scene_builder.layout.leaning.stances import erected
from scene_builder.model.chance import stream


def made(noun, seed=1, **words):
    return ProceduralSource().find(noun, Description(**words), stream(seed, noun))


def test_a_straight_ladder_has_two_rails_and_lies_flat():
    asset = made("straight ladder")
    assert asset.mesh.extents == pytest.approx([2.42, 0.47, 0.078], rel=0.02)
    assert leaning_of(asset) == "erect"
    assert 3 <= asset.mass_kg <= 16
    # Between two rungs there is nothing, on either side of the middle.
    points = np.vstack([np.asarray(hull.vertices) for hull in asset.collider.hulls])
    assert not ((np.abs(points[:, 0]) < 0.1) & (np.abs(points[:, 1]) < 0.1)).any()


def test_a_stepladder_stands_by_itself():
    asset = made("stepladder")
    assert asset.furniture
    assert leaning_of(asset) is None
    assert asset.mesh.extents[1] > 0.5


def test_a_folded_umbrella_is_slender_and_leans_with_its_crook_up():
    asset = made("folded umbrella", color="red")
    thin, _, long = np.sort(asset.mesh.extents)
    assert thin < 0.1 * long
    assert leaning_of(asset) == "erect"
    matter = matter_of(asset)
    points = np.vstack(matter.clouds) @ erected(matter).T
    top, bottom = (points[np.abs(points[:, 2] - z) < 0.08] for z in
                   (points[:, 2].max(), points[:, 2].min()))  # fmt: skip
    assert np.ptp(top, axis=0)[:2].max() > 2 * np.ptp(bottom, axis=0)[:2].max()


@pytest.mark.parametrize("seed", range(3))
def test_a_starfish_lies_on_its_broad_side(seed):
    asset = made("starfish", seed)
    item = item_of(asset, id="starfish#1", entity="starfish")
    assert asset.mesh.extents[2] < 0.2 * asset.mesh.extents[:2].min()
    assert item.upright.rotation[2, 2] == pytest.approx(1.0)
    angle = np.arctan2(*asset.mesh.vertices[:, 1::-1].T)
    far = np.linalg.norm(asset.mesh.vertices[:, :2], axis=1) > 0.045
    # Far from its middle there are arms in five directions, and nothing between them.
    filled = np.histogram(angle[far], bins=60, range=(-np.pi, np.pi))[0] > 0
    assert np.count_nonzero(np.diff(filled.astype(int), append=int(filled[0])) == 1) == 5


def test_a_bicycle_stands_on_its_wheels_and_its_stand():
    asset = made("bicycle")
    assert is_two_wheeled(asset)
    points = np.vstack([np.asarray(hull.vertices) for hull in asset.collider.hulls])
    foot = points[points[:, 2] < points[:, 2].min() + 0.004]
    assert np.ptp(foot[:, 1]) > 0.8
    assert foot[:, 0].min() < asset.center_of_mass[0] < foot[:, 0].max() + 0.01
    parked = item_of(asset, id="bicycle#1", entity="bicycle", parked=True)
    assert parked.upright.rotation[2, 2] == pytest.approx(1.0)
