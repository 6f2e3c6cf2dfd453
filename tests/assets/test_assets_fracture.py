"""Pieces are closed, fill the whole, do not overlap, and are the same for the same seed."""

import numpy as np
import pytest
import trimesh

from scene_builder.assets.fracture.cells import cells_of, seeds_rand
from scene_builder.assets.fracture.shattering import shattered_rand
from scene_builder.assets.mass import combined, mass_of
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider


def _mesh(shape, slots=None):
    index = np.zeros(len(shape.faces), np.int32) if slots is None else np.sort(slots)
    order = np.arange(len(shape.faces)) if slots is None else np.argsort(slots, kind="stable")
    return Mesh(vertices=shape.vertices, triangles=shape.faces[order], material_index=index)


def _hull(mesh):
    return Collider(shape="hulls", hulls=(mesh,))


def _cut(mesh, seed=1, mass_kg=2.0, **more):
    rng = np.random.default_rng(seed)
    return shattered_rand(rng, mesh, _hull(mesh), mass_kg=mass_kg, **{"count": 12, **more})


@pytest.fixture(scope="module")
def tube():
    """A vase without a floor: hollow, closed."""
    return _mesh(trimesh.creation.annulus(r_min=0.08, r_max=0.1, height=0.3, sections=32))


def _volume(mesh):
    return trimesh.Trimesh(mesh.vertices, mesh.triangles, process=False).volume


def test_cells_part_all_space():
    seeds = np.random.default_rng(0).random((9, 3))
    cells = list(cells_of(seeds, np.zeros(3), np.ones(3)))
    assert sum(cell.volume() for cell in cells) == pytest.approx(8.0)


def test_seeds_lie_on_the_surface_and_apart(tube):
    corners = np.asarray(tube.vertices, float)[tube.triangles]
    seeds = seeds_rand(np.random.default_rng(2), corners, 12)
    radius = np.hypot(seeds[:, 0], seeds[:, 1])
    assert (radius > 0.079).all()
    assert (radius < 0.1001).all()
    gaps = np.linalg.norm(seeds[:, None] - seeds, axis=-1) + np.eye(12)
    assert gaps.min() > 0.02


def test_pieces_are_closed_and_fill_the_whole(tube):
    pieces = _cut(tube)
    assert 10 <= len(pieces) <= 20
    for piece in pieces:
        shape = trimesh.Trimesh(piece.mesh.vertices, piece.mesh.triangles)
        assert shape.is_watertight
        assert shape.body_count == 1
    assert sum(_volume(piece.mesh) for piece in pieces) == pytest.approx(_volume(tube), rel=1e-4)


def test_pieces_weigh_and_turn_like_the_whole(tube):
    whole = mass_of(np.asarray(tube.vertices, float), tube.triangles, 1.0).weighing(2.0)
    together = combined([piece.mass for piece in _cut(tube)])
    assert together.mass_kg == pytest.approx(2.0)
    assert together.center_of_mass == pytest.approx(whole.center_of_mass, abs=1e-6)
    assert together.inertia == pytest.approx(whole.inertia, rel=1e-4, abs=1e-8)


def test_colliders_of_pieces_hold_them_and_do_not_overlap(tube):
    from manifold3d import Manifold

    hulls = [
        Manifold.hull_points(np.asarray(piece.collider.hulls[0].vertices, float))
        for piece in _cut(tube)
    ]
    total = sum(hull.volume() for hull in hulls)
    for k, one in enumerate(hulls):
        for other in hulls[:k]:
            assert (one ^ other).volume() < 1e-6 * total


def test_a_break_has_a_slot_of_its_own_and_the_others_stay():
    shape = trimesh.creation.box([0.2, 0.2, 0.2])
    slots = (shape.triangles_center[:, 2] > 0.05).astype(np.int32)
    pieces = _cut(_mesh(shape, slots))
    for piece in pieces:
        corners = np.asarray(piece.mesh.vertices, float)[piece.mesh.triangles].mean(axis=1)
        outside = np.isclose(np.abs(corners).max(axis=1), 0.1, atol=1e-6)
        assert ((piece.mesh.material_index == 2) == ~outside).all()
        top = outside & np.isclose(corners[:, 2], 0.1, atol=1e-6)
        assert (piece.mesh.material_index[top] == 1).all()


def test_an_open_surface_is_cut_as_its_collider():
    shape = trimesh.creation.box([0.2, 0.2, 0.2])
    mesh = _mesh(trimesh.Trimesh(shape.vertices, shape.faces[:-2], process=False))
    box = Collider(shape="box", size=(0.2, 0.2, 0.2))
    pieces = shattered_rand(np.random.default_rng(0), mesh, box, mass_kg=1.0, count=8)
    assert sum(_volume(piece.mesh) for piece in pieces) == pytest.approx(0.008, rel=1e-4)


def test_overlapping_boards_are_one_skin():
    boards = [trimesh.creation.box([0.5, 0.02, 0.1]), trimesh.creation.box([0.02, 0.5, 0.1])]
    pieces = _cut(_mesh(trimesh.util.concatenate(boards)), count=8)
    union = 2 * 0.5 * 0.02 * 0.1 - 0.02 * 0.02 * 0.1
    assert sum(_volume(piece.mesh) for piece in pieces) == pytest.approx(union, rel=1e-3)


def test_splinters_are_long_along_the_grain():
    mesh = _mesh(trimesh.creation.box([0.3, 0.3, 0.3]))
    extents = np.mean([p.mesh.extents for p in _cut(mesh, count=16, stretch=(3.0, 1, 1))], axis=0)
    assert extents[0] > 1.3 * extents[1:].max()


def test_the_seed_decides(tube):
    one, two, other = _cut(tube, 5), _cut(tube, 5), _cut(tube, 6)
    assert [p.mesh.vertices.tobytes() for p in one] == [p.mesh.vertices.tobytes() for p in two]
    assert [p.mass.mass_kg for p in one] != [p.mass.mass_kg for p in other]
