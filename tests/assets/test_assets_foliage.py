"""Leaves of bushes and crowns, and what else is drawn anew for each seed."""

import numpy as np
import pytest
import trimesh

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.shapes.foliage import leaf_places_rand, leaves_rand
from scene_builder.assets.shapes.letters import letters
from scene_builder.assets.source import Description
from scene_builder.model.chance import stream

CLUMPS = np.array([(0, 0, 0.5, 0.4), (0.5, 0, 0.3, 0.3)])


def made(noun, seed=1):
    return ProceduralSource().find(noun, Description(), stream(seed, noun))


def test_every_leaf_is_a_closed_blade_that_faces_outwards_above_the_ground():
    solid = leaves_rand(np.random.default_rng(3), CLUMPS, 400, 0.08)
    assert len(solid.triangles) == 8 * 400
    assert solid.vertices[:, 2].min() >= 0
    blades = trimesh.Trimesh(solid.vertices, solid.triangles, process=False)
    assert blades.is_watertight
    corners = solid.vertices[solid.triangles].reshape(400, 8, 3, 3)
    corners = corners - corners.mean(axis=(1, 2), keepdims=True)
    normals = np.cross(corners[..., 1, :], corners[..., 2, :])
    volumes = np.einsum("ltk,ltk->l", corners[..., 0, :], normals) / 6
    assert (volumes > 0).all()
    assert volumes.max() < 0.05 * 0.08**3


def test_leaves_sit_on_the_outside_of_all_clumps():
    at, outward = leaf_places_rand(np.random.default_rng(4), CLUMPS, 600)
    assert np.linalg.norm(outward, axis=1) == pytest.approx(np.ones(600))
    away = np.linalg.norm(at[:, None] - CLUMPS[None, :, :3], axis=2) / CLUMPS[:, 3]
    assert away.min() > 0.77
    assert away.min(axis=1).max() < 1.09
    # Each clump has its share of them.
    assert 0.15 < (away.argmin(axis=1) == 1).mean() < 0.6


@pytest.mark.parametrize("noun", ["bush", "tree"])
def test_foliage_hides_its_heart_from_every_side(noun):
    asset = made(noun)
    mesh = asset.mesh
    parts = trimesh.Trimesh(mesh.vertices, mesh.triangles, process=False).body_count
    assert parts > 3000
    crown = mesh.vertices[mesh.vertices[:, 2] > 0.5 * mesh.extents[2]]
    turns = np.arctan2(crown[:, 1], crown[:, 0])
    share = np.histogram(turns, bins=12, range=(-np.pi, np.pi))[0] / len(crown)
    assert share.min() > 0.02


def test_bold_letters_have_more_ink_and_the_same_holes():
    plain, bold = (letters("O", 0.03, 0.03, 0.001, bold=b) for b in (0.0, 0.0008))
    ink, more = (trimesh.Trimesh(s.vertices, s.triangles) for s in (plain, bold))
    assert more.volume > 1.3 * ink.volume
    assert ink.euler_number == more.euler_number == 0
    assert np.ptp(bold.vertices, axis=0)[:2] == pytest.approx(
        np.ptp(plain.vertices, axis=0)[:2] + 0.0016, abs=2e-4
    )


def test_an_alphabet_block_has_a_letter_in_another_colour_on_each_face():
    asset = made("alphabet_block")
    half = asset.mesh.extents / 2
    middle = (asset.mesh.low + asset.mesh.high) / 2
    inked = asset.mesh.triangles[asset.mesh.material_index > 0]
    centres = asset.mesh.vertices[inked].mean(axis=1) - middle
    for axis in range(3):
        for side in (-1, 1):
            near = side * centres[:, axis] > 0.97 * half[axis]
            # What lies in the middle of the face is the letter, not its frame.
            flat = np.delete(centres[near], axis, axis=1)
            assert (np.abs(flat) < 0.5 * half[0]).all(axis=1).any()
    assert len({tuple(m.base_color) for m in asset.materials}) == 4
    tops = [made("alphabet_block", seed).mesh for seed in (1, 2)]
    assert len(tops[0].triangles) != len(tops[1].triangles)


def test_a_wall_clock_shows_its_face_to_the_front_and_lies_flat_against_the_wall():
    asset = made("wall_clock")
    assert "hangs" in asset.tags
    mesh = asset.mesh
    ink = mesh.vertices[np.unique(mesh.triangles[mesh.material_index == 2])]
    assert (ink[:, 1] < 0).all()
    turns = np.arctan2(ink[:, 0], ink[:, 2] - mesh.extents[2] / 2)
    # Twelve numerals and their marks go all around.
    assert (np.histogram(turns, bins=12, range=(-np.pi, np.pi))[0] > 50).all()
    back = mesh.vertices[mesh.vertices[:, 1] > mesh.high[1] - 1e-4]
    assert np.ptp(back[:, 0]) > 0.9 * mesh.extents[0]


def test_a_parachute_is_a_vault_of_two_colours_above_its_harness():
    asset = made("parachute")
    mesh = asset.mesh
    cloth = mesh.vertices[np.unique(mesh.triangles[mesh.material_index < 2])]
    pack = mesh.vertices[np.unique(mesh.triangles[mesh.material_index == 3])]
    assert cloth[:, 2].min() > pack[:, 2].max() + 0.5
    assert np.ptp(cloth, axis=0)[0] > 8 * np.ptp(pack, axis=0)[0]
    corners = mesh.vertices[mesh.triangles].astype(np.float64)
    areas = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    shares = np.bincount(mesh.material_index, areas)[:2]
    assert shares[0] == pytest.approx(shares[1], rel=0.05)
