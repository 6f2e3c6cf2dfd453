"""Legs, points, petals and boards by number; things folded of paper."""

import numpy as np
import pytest

from scene_builder.assets.procedural.counted import COUNTED
from scene_builder.assets.source import COUNTED_TAG
from scene_builder.knowledge.parts import PARTS, Counted, counted_parts, with_parts


def feet_of(asset):
    """Number of separate places at which a thing touches the floor."""
    from scipy.cluster.hierarchy import fcluster, linkage

    points = np.asarray(asset.mesh.vertices, np.float64)
    low = points[points[:, 2] < points[:, 2].min() + 0.01 * np.ptp(points[:, 2])][:, :2]
    return int(fcluster(linkage(low, "single"), 0.06, "distance").max())


@pytest.mark.parametrize(
    ("noun", "count"),
    [("three-legged stool", 3), ("stool", 4), ("five-legged stool", 5), ("three-legged chair", 3),
     ("chair", 4), ("three-legged table", 3), ("six-legged table", 6)],
)  # fmt: skip
def test_things_stand_on_as_many_legs_as_are_said(make, noun, count):
    asset = make(noun, seed=4)
    assert feet_of(asset) == count
    assert (COUNTED_TAG in asset.tags) == ("legged" in noun)
    assert not asset.credit.fallback


@pytest.mark.parametrize("count", [4, 5, 6, 8])
def test_a_star_has_as_many_points_and_stands_on_two(make, count):
    word = {4: "four", 5: "five", 6: "six", 8: "eight"}[count]
    points = np.asarray(make(f"{word}-pointed star").mesh.vertices, np.float64)[:, [0, 2]]
    middle = points.mean(axis=0)
    away = points - middle
    reach = np.linalg.norm(away, axis=1)
    turns = np.sort(np.arctan2(away[:, 1], away[:, 0])[reach > 0.8 * reach.max()])
    assert (np.diff(np.append(turns, turns[0] + 2 * np.pi)) > 0.3).sum() == count
    assert np.ptp(points[points[:, 1] < points[:, 1].min() + 1e-3][:, 0]) > 0.02


def test_petals_and_boards_are_counted(make):
    few, many = make("five-petalled flower"), make("twenty-petalled flower".replace("twenty", "20"))
    assert len(few.mesh.vertices) < len(many.mesh.vertices)
    heights = [s.center[2] for s in make("three-boarded bookshelf").supports]
    assert heights
    low, lower = make("three-boarded shelf"), make("two-boarded shelf")
    # A low bookcase: neither wider than a high one, nor with sides that stand out of its top.
    assert low.mesh.extents == pytest.approx([0.84, 0.28, 0.77], abs=0.01)
    assert lower.mesh.extents == pytest.approx([0.84, 0.28, 0.425], abs=0.01)
    assert max(s.center[2] for s in lower.supports) == pytest.approx(lower.mesh.extents[2])
    assert make("two-boarded shelf", size=0.5).mesh.extents.max() == pytest.approx(0.5)
    assert lower.mesh.triangles.shape < make("shelf").mesh.triangles.shape


def test_every_counted_shape_has_a_builder_and_limits():
    assert set(COUNTED) == set(PARTS)
    assert with_parts("stool", Counted("leg", 3)) == "three-legged stool"
    assert with_parts("stool", Counted("leg", 40)) is None
    assert with_parts("dog", Counted("leg", 3)) is None
    assert counted_parts("five-petaled flower") == Counted("petal", 5)
    assert counted_parts("old stool") is None


def test_paper_weighs_what_a_sheet_weighs_and_is_no_stand_in(make):
    for noun in ("paper plane", "paper boat"):
        asset = make(noun)
        assert 0.002 < asset.mass_kg < 0.008
        assert not asset.credit.fallback
        assert asset.substance == "paper"


def test_a_rubber_duck_is_yellow_though_rubber_is_said(make):
    red, green, blue = make("rubber duck", material="rubber").materials[0].base_color
    assert red > 0.3 > blue
    assert green > 3 * blue
