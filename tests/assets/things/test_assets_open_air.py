"""What is picked up, played with, worn and met along a street."""

import numpy as np
import pytest
import trimesh

from scene_builder.assets.procedural.registry import builder_of
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.shapes.sheets import fine_prism, sheet, thickened
from scene_builder.assets.source import Description
from scene_builder.knowledge.neighbours import nearest_noun
from scene_builder.knowledge.nouns import noun_named
from scene_builder.model.chance import stream

CHANCED = ("leaf", "stick", "branch", "rose", "feather", "seashell", "traffic_light", "shirt",
           "sweater", "jacket")  # fmt: skip
STANDING = ("traffic_light", "stop_sign", "parking_meter", "cart", "toy_castle", "toy_helicopter",
            "toy_hot_air_balloon", "toy_canoe", "bridge")  # fmt: skip
LYING = ("ski", "snowboard", "frisbee", "pipe", "stick", "branch", "shirt", "seashell")


def made(noun, seed=1, **words):
    return ProceduralSource().find(noun, Description(**words), stream(seed, noun))


def inside(asset, points):
    found = np.zeros(len(points), bool)
    for hull in asset.collider.hulls:
        found |= np.asarray(trimesh.Trimesh(hull.vertices, hull.triangles).contains(points))
    return found


def grid(bend=0.0):
    x, y = np.meshgrid(np.linspace(0, 2, 9), np.linspace(0, 1, 5), indexing="ij")
    return np.stack([x, y, bend * x**2], axis=2)


def test_a_sheet_encloses_what_lies_between_its_sides():
    flat = sheet(grid() + np.array([0, 0, 0.1]), grid())
    shape = trimesh.Trimesh(flat.vertices, flat.triangles, process=False)
    assert shape.is_watertight
    assert shape.volume == pytest.approx(0.2, rel=1e-9)
    bent = thickened(grid(0.3), 0.01)
    shape = trimesh.Trimesh(bent.vertices, bent.triangles, process=False)
    assert shape.is_watertight
    x = np.linspace(0, 2, 2001)
    length = np.hypot(np.diff(x), np.diff(0.3 * x**2)).sum()
    assert shape.volume == pytest.approx(0.01 * length, rel=0.02)


def test_a_fine_prism_is_cut_finely_and_keeps_its_volume():
    corners = np.array([(0, 0), (0.3, 0), (0.3, 0.1), (0.1, 0.1), (0.1, 0.2), (0, 0.2)])
    body = fine_prism(corners, 0.02, 0.03)
    edges = body.vertices[body.triangles] - np.roll(body.vertices[body.triangles], 1, axis=1)
    assert np.linalg.norm(edges, axis=2).max() <= 2 * 0.03
    shape = trimesh.Trimesh(body.vertices, body.triangles, process=False)
    assert shape.volume == pytest.approx(0.02 * (0.3 * 0.1 + 0.1 * 0.1), rel=1e-6)


@pytest.mark.parametrize("noun", CHANCED)
def test_chance_changes_the_thing_but_not_what_it_is(noun):
    kind = noun_named(noun)
    for seed in (2, 3):
        asset = made(noun, seed)
        shape = trimesh.Trimesh(asset.mesh.vertices, asset.mesh.triangles, process=False)
        assert shape.is_watertight
        assert shape.volume > 0
        assert kind.mass_range_kg[0] <= asset.mass_kg <= kind.mass_range_kg[1]
        low = min(float(hull.vertices[:, 2].min()) for hull in asset.collider.hulls)
        assert low == pytest.approx(0, abs=max(5e-4, 0.004 * kind.size_m))
    builder = builder_of(noun)
    first, other = (builder(np.random.default_rng(seed)) for seed in (1, 2))
    if noun != "traffic_light":
        one, two = (np.concatenate([part.solid.vertices for part in blueprint.parts])
                    for blueprint in (first, other))  # fmt: skip
        assert len(one) != len(two) or np.abs(one - two).max() > 1e-4


@pytest.mark.parametrize("noun", STANDING + LYING)
def test_its_weight_falls_within_what_it_stands_on(noun):
    asset = made(noun)
    corners = np.concatenate([hull.vertices for hull in asset.collider.hulls])
    slack = 0.012 * float(asset.mesh.extents.max())
    feet = corners[corners[:, 2] < slack][:, :2]
    hull = trimesh.points.PointCloud(
        np.concatenate([np.column_stack([feet, np.full(len(feet), z)]) for z in (-1.0, 1.0)])
    ).convex_hull
    assert hull.contains([[*asset.center_of_mass[:2], 0.0]])[0]


def test_just_one_lamp_of_a_traffic_light_is_lit_and_never_amber():
    lit = set()
    for seed in range(8):
        blueprint = builder_of("traffic_light")(np.random.default_rng(seed))
        on = [k for k, slot in enumerate(blueprint.slots) if slot.substance == "light"]
        assert len(on) == 1
        lit.add(on[0] - 3)
    assert lit == {0, 2}


def test_one_can_look_through_a_pipe_and_sit_in_a_canoe():
    pipe = made("pipe")
    radius = float(pipe.mesh.extents[2]) / 2
    axis = np.array([(x, 0, radius) for x in np.linspace(-0.6, 0.6, 25)])
    assert not inside(pipe, axis).any()
    wall = axis[4:-4] + np.array([0, 0.0037, 0.0424])
    assert inside(pipe, wall).all()
    canoe = made("canoe", place="lake")
    length, _, high = map(float, canoe.mesh.extents)
    line = np.array([(share * length, 0, 0.5 * high) for share in np.linspace(-0.25, 0.25, 9)])
    assert not inside(canoe, line).any()


def test_a_cart_rolls_on_its_wheels_and_holds_a_load():
    cart = made("cart")
    assert cart.rolls == "x"
    assert cart.substance == "wheels"
    assert "wheeled" in cart.tags
    floor = cart.supports[0].center[2]
    assert cart.cavity.floor[2] == pytest.approx(floor)
    assert inside(cart, np.array([(0, 0, floor - 0.01)])).all()
    assert not inside(cart, np.array([(0, 0, floor + 0.05), (0.3, 0.1, floor + 0.1)])).any()


@pytest.mark.parametrize(
    ("word", "indoors", "outdoors"),
    [
        ("castle", "toy_castle", "castle"), ("helicopter", "toy_helicopter", "helicopter"),
        ("canoe", "toy_canoe", "canoe"), ("skis", "ski", "ski"),
        ("hot air balloon", "toy_hot_air_balloon", "hot_air_balloon"),
        ("stop sign", "stop_sign", "stop_sign"), ("hoodie", "sweater", "sweater"),
        ("parking meter", "parking_meter", "parking_meter"), ("jacket", "jacket", "jacket"),
        ("catcher's mitt", "baseball_glove", "baseball_glove"), ("leaves", "leaf", "leaf"),
    ],
)  # fmt: skip
def test_words_find_them(word, indoors, outdoors):
    for where, name in ((False, indoors), (True, outdoors)):
        found = nearest_noun(word, outdoors=where)
        assert (found.noun.name, found.how, found.noun.likeness) == (name, "name", True)
