"""Soft-edged bodies are closed and as large as they are asked to be; gadgets rest as they lie."""

import numpy as np
import pytest
from scipy.spatial import ConvexHull, Delaunay

from scene_builder.assets.mass import mass_of
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.soft import (
    bent_bar,
    common,
    rectangle,
    ring_painted,
    soft_slab,
    swollen_box,
)
from scene_builder.assets.shapes.solid import manifold_of

RESTING = (
    "paper_cup", "ice_cream", "broccoli", "drone", "vacuum_cleaner", "spotlight", "robot",
    "kettlebell", "controller", "keyboard", "blanket", "tie", "magnet", "pizza", "sandwich",
    "hair_dryer", "chisel", "toothbrush",
)  # fmt: skip


def volume(solid) -> float:
    return mass_of(solid.vertices, solid.triangles, 1.0).mass_kg


def test_a_soft_slab_loses_only_its_edges():
    slab = soft_slab(rectangle(0.2, 0.1, 0.02), 0.03, 0.01)
    assert np.ptp(slab.vertices, axis=0) == pytest.approx([0.2, 0.1, 0.03], rel=1e-6)
    assert slab.vertices[:, 2].min() == pytest.approx(0)
    assert 0.8 * 6e-4 < volume(slab) < 6e-4


@pytest.mark.parametrize(("power", "share"), [(1.0, np.pi / 6), (0.3, 0.9)])
def test_a_swollen_box_lies_between_an_ellipsoid_and_a_box(power, share):
    body = swollen_box(0.05, 0.04, 0.03, power=power)
    assert np.ptp(body.vertices, axis=0) == pytest.approx([0.1, 0.08, 0.06], rel=0.01)
    assert volume(body) == pytest.approx(share * 0.1 * 0.08 * 0.06, rel=0.06)


def test_a_bent_bar_is_as_long_as_its_path():
    turn = np.linspace(0, np.pi, 60)
    path = 0.1 * np.column_stack([np.cos(turn), np.sin(turn)])
    bar = bent_bar(path, 0.02, 0.01, edge=0.0001)
    assert str(manifold_of(bar).status()).endswith("NoError")
    assert volume(bar) == pytest.approx(np.pi * 0.1 * 0.02 * 0.01, rel=0.01)


def test_what_boxes_have_in_common_is_a_box():
    both = common(box(0.1, 0.1, 0.1, bevel=0), box(0.1, 0.1, 0.1, bevel=0).moved(x=0.06))
    assert volume(both) == pytest.approx(0.04 * 0.1 * 0.1)
    assert not both.hulls


def test_a_pattern_of_slots_lies_where_it_is_put():
    turn = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    rings = [np.column_stack([np.cos(turn), np.sin(turn), np.full(8, z)]) for z in range(4)]
    skin = skinned(rings, (0, 0, 0), (0, 0, 3))
    painted = ring_painted(skin, np.repeat([[0], [1], [2]], 8, axis=1))
    height = painted.vertices[painted.triangles].mean(axis=1)[:, 2]
    assert (painted.slots == np.clip(np.floor(height), 0, 2)).all()


@pytest.mark.parametrize("noun", RESTING)
def test_what_is_made_to_rest_has_its_weight_over_its_base(make, noun):
    asset = make(noun)
    corners = np.concatenate([hull.vertices for hull in asset.collider.hulls]).astype(float)
    size = float(asset.mesh.extents.max())
    base = corners[corners[:, 2] < 0.006 * size][:, :2]
    assert len(base) >= 3
    outline = base[ConvexHull(base).vertices]
    assert Delaunay(outline).find_simplex(asset.center_of_mass[:2]) >= 0
