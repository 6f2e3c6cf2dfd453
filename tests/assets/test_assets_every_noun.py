"""What is true of everything that can be built."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from scene_builder.assets.procedural.registry import BUILDERS
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Description
from scene_builder.knowledge.nouns import built_nouns, noun_named
from scene_builder.model.chance import stream
from scene_builder.model.digest import digest

_spec = importlib.util.spec_from_file_location(
    "assets_conftest", Path(__file__).parent / "conftest.py"
)
_helpers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_helpers)
outside_of = _helpers.outside_of

EVERY = pytest.mark.parametrize("noun", built_nouns())
CAREFUL = (
    "cup", "mug", "bowl", "plate", "glass", "jar", "bottle", "table", "coffee_table", "desk",
    "stool", "chair", "bench", "box", "crate", "book", "block", "brick", "domino", "plank",
    "cube", "ramp", "pin", "barrel", "bucket", "marble", "ball", "die", "coin", "can",
    "toy_brick",
)  # fmt: skip


def test_every_noun_has_a_builder_and_every_builder_a_noun():
    assert set(BUILDERS) == set(built_nouns())
    assert len(BUILDERS) >= 100


@EVERY
def test_surface_is_closed_and_faces_outwards(make, noun):
    mesh = make(noun).mesh
    t = mesh.triangles
    edges = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]).astype(np.int64)
    count = len(mesh.vertices)
    forward = np.sort(edges[:, 0] * count + edges[:, 1])
    backward = np.sort(edges[:, 1] * count + edges[:, 0])
    assert (np.diff(forward) > 0).all(), "an edge is used twice in one direction"
    assert (forward == backward).all(), "an edge has no partner"
    links = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count))
    parts, label = connected_components(links, directed=False)
    corners = np.asarray(mesh.vertices, np.float64)[t]
    corners = corners - corners.mean(axis=(0, 1))
    volumes = np.einsum("ti,ti->t", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    total = np.bincount(label[t[:, 0]], volumes, parts)
    assert (total[np.unique(label[t[:, 0]])] > 0).all()
    assert set(np.unique(t)) == set(range(count)), "a vertex is left over"


AT_ONE_END = {"flag", "nail"}
"""What is held by its end: a flag stands on its pole's foot, a nail is in the wall by its point."""


@EVERY
def test_stands_on_the_origin_at_its_real_size(make, noun):
    asset = make(noun)
    kind = noun_named(noun)
    size = float(asset.mesh.extents.max())
    sunk = 0.004 * size if asset.collider.shape == "sphere" else 1e-4
    assert abs(asset.mesh.low[2]) <= sunk
    assert size == pytest.approx(kind.size_m, rel=1e-4)
    assert kind.low_m <= kind.size_m <= kind.high_m
    middle = (asset.mesh.low + asset.mesh.high)[:2] / 2
    if noun not in AT_ONE_END:
        assert (np.abs(middle) <= 0.25 * asset.mesh.extents[:2] + 1e-3).all()
    assert 12 <= len(asset.mesh.triangles) <= 36_000


@EVERY
def test_weighs_what_such_a_thing_weighs(make, noun):
    asset = make(noun)
    low, high = noun_named(noun).mass_range_kg
    assert low <= asset.mass_kg <= high
    assert (asset.center_of_mass > asset.mesh.low).all()
    assert (asset.center_of_mass < asset.mesh.high).all()
    moments = np.linalg.eigvalsh(asset.inertia)
    assert moments[0] > 0
    assert moments[0] + moments[1] >= moments[2] * (1 - 1e-6)
    # No moment can be larger than if all the mass sat in the corner farthest from the centre.
    reach = np.maximum(
        asset.mesh.high - asset.center_of_mass, asset.center_of_mass - asset.mesh.low
    )
    assert moments[2] <= asset.mass_kg * float(reach @ reach)


@EVERY
def test_every_slot_has_a_material_and_every_material_a_use(make, noun):
    asset = make(noun)
    assert set(np.unique(asset.mesh.material_index)) <= set(range(len(asset.materials)))
    assert 0 in asset.mesh.material_index or len(asset.materials) > 1
    for material in asset.materials:
        assert (material.base_color >= 0).all()
        assert (material.base_color <= 1).all()


@EVERY
def test_collider_follows_the_surface(make, noun):
    asset = make(noun)
    size = float(asset.mesh.extents.max())
    gap = outside_of(asset, samples(asset.mesh, 1500))
    if noun in CAREFUL:
        assert np.quantile(gap, 0.97) <= max(0.0015, 0.012 * size)
    elif "plant" not in asset.tags:
        assert np.quantile(gap, 0.7) <= 0.06 * size
    if asset.collider.shape == "hulls":
        corners = np.concatenate([h.vertices for h in asset.collider.hulls]).astype(np.float64)
        allowed = 0.012 * size
        assert (corners >= asset.mesh.low - allowed).all()
        assert (corners <= asset.mesh.high + allowed).all()
        assert corners[:, 2].min() == pytest.approx(0, abs=max(5e-4, 0.004 * size))
        assert max(len(h.vertices) for h in asset.collider.hulls) <= 104
        assert len(asset.collider.hulls) <= 128


@EVERY
def test_supports_lie_on_the_surface(make, noun):
    asset = make(noun)
    corners = np.asarray(asset.mesh.vertices, np.float64)[asset.mesh.triangles]
    size = float(asset.mesh.extents.max())
    areas = [float(s.half_extents.prod()) for s in asset.supports]
    assert areas == sorted(areas, reverse=True)
    for support in asset.supports:
        assert (support.half_extents > 0).all()
        grid = [(u, v) for u in (-0.5, 0, 0.5) for v in (-0.62, -0.27, 0, 0.27, 0.62)]
        spots = [support.center[:2] + np.array(uv) * support.half_extents for uv in grid]
        near = np.concatenate([heights_at(corners, spot) for spot in spots]) - support.center[2]
        assert np.abs(near).min() <= max(0.002, 0.004 * size)


@EVERY
def test_cavity_is_empty_and_open(make, noun):
    asset = make(noun)
    if asset.cavity is None:
        return
    cavity = asset.cavity
    angle = np.linspace(0, 2 * np.pi, 25)[:-1]
    points = [
        [*(share * cavity.radius * np.array([np.cos(a), np.sin(a)])), z]
        for a in angle
        for share in (0.0, 0.5, 0.97)
        for z in np.linspace(0.04, 1.0, 9) * cavity.depth
    ]
    free = outside_of(asset, np.array(points) + cavity.floor)
    assert (free > 0).all()
    below = outside_of(asset, (cavity.floor - [0, 0, 0.003 * asset.mesh.extents[2]])[None])
    assert below[0] < 0.13 * float(asset.mesh.extents[2])


@pytest.mark.parametrize("noun", ["apple", "rock", "grass_tuft", "picture_frame"])
def test_equal_chance_makes_equal_things(noun):
    source = ProceduralSource()
    first, second = (source.find(noun, Description(), stream(7, "a")) for _ in range(2))
    assert digest(first) == digest(second)
    other = source.find(noun, Description(), stream(8, "a"))
    assert digest(first) != digest(other)


def samples(mesh, count: int) -> np.ndarray:
    """Return points (count 3) spread evenly over a surface."""
    rng = np.random.default_rng(0)
    corners = np.asarray(mesh.vertices, np.float64)[mesh.triangles]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(cross, axis=1)
    picked = corners[rng.choice(len(area), count, p=area / area.sum())]
    weights = rng.dirichlet((1.0, 1.0, 1.0), count)
    return np.einsum("nk,nki->ni", weights, picked)


def heights_at(corners: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the heights at which the vertical through `at` crosses triangles (t 3 3)."""
    a, b, c = (corners[:, k, :2] - at for k in range(3))
    cross = lambda p, q: p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]  # noqa: E731
    u, v, w = cross(b, c), cross(c, a), cross(a, b)
    total = u + v + w
    inside = ((u >= 0) & (v >= 0) & (w >= 0)) | ((u <= 0) & (v <= 0) & (w <= 0))
    inside &= np.abs(total) > 1e-16
    weights = np.stack([u, v, w], 1)[inside] / total[inside, None]
    return (weights * corners[inside][:, :, 2]).sum(axis=1)
