"""Animals, spacecraft and other things that stories are full of."""

import numpy as np
import pytest
import trimesh

from scene_builder.assets.procedural.families import FORMS
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.procedural.things.creatures.clay import (
    both,
    limb,
    modelled,
    smooth_limb,
    surface_net,
)
from scene_builder.assets.procedural.things.storied import STORIED
from scene_builder.assets.procedural.things.wonders.worlds import globe
from scene_builder.assets.source import Description
from scene_builder.knowledge.colors import surface_color
from scene_builder.knowledge.neighbours import nearest_noun
from scene_builder.knowledge.nouns import noun_named
from scene_builder.model.chance import stream

LYING = {"microphone", "planet", "strawberry", "trumpet"}
"""What has no foot: the layout turns it to where it comes to rest."""

HANGING = {"parachute", "wall_clock"}
"""What hangs in the air or on a wall has no foot, either."""

BY_CHANCE = {"cat", "dog"}
"""Whose own forms differ."""

STANDING = tuple(noun for noun in STORIED if noun not in LYING | HANGING)


def made(noun, **words):
    return ProceduralSource().find(noun, Description(**words), stream(1, noun))


def as_trimesh(solid):
    return trimesh.Trimesh(solid.vertices, solid.triangles, process=False)


def test_a_modelled_ball_has_the_volume_of_a_ball():
    shape = as_trimesh(modelled([limb((0, 0, 1.5, 0.5))], blend=0.1, cells=40))
    assert shape.is_watertight
    assert shape.volume == pytest.approx(4 / 3 * np.pi * 0.5**3, rel=0.01)
    assert np.abs(np.linalg.norm(shape.vertices - [0, 0, 1.5], axis=1) - 0.5).max() < 0.005


def test_limbs_run_into_one_another_in_a_fillet_and_stand_on_level_soles():
    legs = both(limb((0.3, 0, 0.1, 0.2), (0.2, 0, 0.8, 0.15)))
    body = limb((0, -0.4, 1.0, 0.25), (0, 0.4, 1.0, 0.25))
    sharp, soft = (modelled([body, *legs], blend=b, cells=40) for b in (1e-6, 0.2))
    assert as_trimesh(soft).volume > 1.01 * as_trimesh(sharp).volume
    for skin in (sharp, soft):
        assert as_trimesh(skin).is_watertight
        sole = skin.vertices[skin.vertices[:, 2] < 1e-9]
        assert len(sole) > 20
        assert sole[:, 2].min() > -1e-9
        assert {*np.sign(sole[:, 0])} == {-1.0, 1.0}
    assert len(soft.hulls) == 3


def test_a_limb_bends_smoothly_through_its_balls():
    bent = smooth_limb((0, 0, 0, 0.2), (1, 0, 0, 0.1), (1, 1, 0, 0.1), count=41)
    assert bent.balls[[0, 20, 40], :3] == pytest.approx(np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0)]))
    along = np.diff(bent.balls[:, :3], axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    assert (along[1:] * along[:-1]).sum(axis=1).min() > np.cos(np.deg2rad(15))
    assert (bent.balls[:20, 3] > 0.1).all()


def test_a_net_is_closed_where_samples_touch_across_a_diagonal():
    field = np.ones((6, 6, 6))
    field[2, 2, 2] = field[3, 3, 2] = field[2, 3, 3] = -1
    assert as_trimesh(surface_net(field, np.zeros(3), 0.1)).is_watertight
    rng = np.random.default_rng(0)
    field = np.pad(rng.normal(size=(12, 12, 12)), 2, constant_values=1.0)
    shape = as_trimesh(surface_net(field, np.zeros(3), 0.1))
    assert shape.is_watertight
    assert shape.is_winding_consistent
    assert shape.volume > 0


@pytest.mark.parametrize("noun", STANDING)
def test_its_weight_falls_within_what_it_stands_on(noun):
    asset = made(noun)
    corners = np.concatenate([hull.vertices for hull in asset.collider.hulls])
    feet = corners[corners[:, 2] < 0.012 * float(asset.mesh.extents.max())][:, :2]
    ground = trimesh.points.PointCloud(
        np.concatenate([np.column_stack([feet, np.full(len(feet), z)]) for z in (-1.0, 1.0)])
    ).convex_hull
    assert ground.contains([[*asset.center_of_mass[:2], 0.0]])[0]


@pytest.mark.parametrize("noun", STORIED)
def test_it_is_the_thing_itself_and_as_long_wide_and_high_as_the_table_says(noun):
    asset, box = made(noun), np.array(noun_named(noun).box_m)
    assert not asset.credit.fallback
    plain = STORIED[noun](np.random.default_rng(0))
    extents = np.ptp(np.concatenate([part.solid.vertices for part in plain.parts]), axis=0)
    assert extents * box.max() / extents.max() == pytest.approx(
        box, rel=0.3 if noun in BY_CHANCE else 0.03
    )
    # Its own form is drawn by the seed, within what it is.
    assert np.asarray(asset.mesh.extents) == pytest.approx(
        box, rel=0.3 if noun in FORMS or noun in BY_CHANCE else 0.03
    )


@pytest.mark.parametrize("noun", ["zebra", "owl", "frog", "shark", "astronaut", "cannon"])
def test_no_two_seeds_give_the_same_creature(noun):
    shares = []
    for seed in range(3):
        extents = ProceduralSource().find(noun, Description(), stream(seed, noun)).mesh.extents
        shares.append(np.asarray(extents) / float(extents.max()))
    assert np.ptp(shares, axis=0).max() > 0.015


def test_a_zebra_is_striped_black_on_white_and_a_cannon_s_wheels_are_round():
    skin = STORIED["zebra"](np.random.default_rng(0)).parts[0].solid
    corners = skin.vertices[skin.triangles]
    areas = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    assert 0.3 < areas[skin.slots == 2].sum() / areas.sum() < 0.65
    iron = made("cannon").mesh
    for side in (-1, 1):
        tyre = iron.vertices[np.unique(iron.triangles[iron.material_index == 2])]
        tyre = tyre[np.sign(tyre[:, 0]) == side]
        _, deep, high = np.ptp(tyre, axis=0)
        assert deep == pytest.approx(high, rel=0.01)


@pytest.mark.parametrize("noun", ["elephant", "dragon", "toy_rocket", "astronaut", "globe"])
def test_a_colour_in_the_words_is_its_main_part_s(noun):
    plain, dyed = made(noun), made(noun, color="purple")
    wanted = surface_color("purple")
    assert np.abs(dyed.materials[0].base_color - wanted).max() < 0.1
    assert np.abs(plain.materials[0].base_color - wanted).max() > 0.1
    assert len(dyed.materials) == len(plain.materials) > 1


def test_a_globe_has_more_sea_than_land_and_its_axis_leans():
    ball = globe().parts[0].solid
    corners = ball.vertices[ball.triangles]
    areas = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    share = np.bincount(ball.slots, areas) / areas.sum()
    assert 0.55 < share[0] < 0.75
    assert 0.2 < share[1] < 0.4
    poles = corners.mean(axis=1)[ball.slots == 2] - ball.vertices.mean(axis=0)
    north = poles[poles[:, 2] > 0].mean(axis=0)
    assert np.rad2deg(np.arctan2(north[0], north[2])) == pytest.approx(23.4, abs=4)


@pytest.mark.parametrize(
    ("word", "indoors", "outdoors"),
    [
        ("rocket", "toy_rocket", "rocket"), ("UFO", "toy_spaceship", "spaceship"),
        ("t-rex", "toy_dinosaur", "dinosaur"), ("igloo", "toy_igloo", "igloo"),
        ("elephants", "elephant", "elephant"), ("hourglass", "hourglass", "hourglass"),
        ("bull", "cow", "cow"), ("spaceman", "astronaut", "astronaut"),
        ("lighthouse", "toy_lighthouse", "lighthouse"), ("toads", "frog", "frog"),
        ("submarine", "toy_submarine", "submarine"), ("cherries", "cherry", "cherry"),
    ],
)  # fmt: skip
def test_words_find_them(word, indoors, outdoors):
    for where, name in ((False, indoors), (True, outdoors)):
        found = nearest_noun(word, outdoors=where)
        assert (found.noun.name, found.how, found.noun.likeness) == (name, "name", True)
