"""Who is alive stands by themselves; a thing of the same form does not."""

from dataclasses import replace

import numpy as np
import pytest

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.source import Description
from scene_builder.build.holding.balance import balanced
from scene_builder.build.items import collider_points, item_of
from scene_builder.layout.resting.turning import resting_turn
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider


@pytest.fixture(scope="module")
def tiptoe():
    """A figure whose one toe is lower than everything else, as real models are."""
    figure = ProceduralSource().find("girl", Description(), np.random.default_rng(0))
    toe = box(0.02, 0.03, 0.02).moved(0.06, -0.07)
    trunk = box(0.3, 0.2, 1.26).moved(z=0.01)
    hulls = tuple(
        Mesh(
            vertices=one.vertices, triangles=one.triangles,
            material_index=np.zeros(len(one.triangles), np.int32),
        )
        for one in (toe, trunk)
    )  # fmt: skip
    solid = Collider(shape="hulls", hulls=hulls)
    return replace(figure, collider=solid, center_of_mass=np.array([-0.12, 0.02, 0.66]))


def test_a_girl_on_one_toe_has_a_sole_and_stands(tiptoe):
    assert resting_turn(collider_points(tiptoe.collider), tiptoe.center_of_mass).wxyz[0] < 1.0
    steady = balanced(tiptoe)
    assert len(steady.collider.hulls) == len(tiptoe.collider.hulls) + 1
    item = item_of(steady, id="girl#1", entity="girl")
    np.testing.assert_allclose(item.upright.wxyz, [1, 0, 0, 0])


def test_what_is_not_alive_falls_over(tiptoe):
    statue = replace(tiptoe, noun="bottle")
    assert balanced(statue) is statue


def test_who_stands_already_is_left_alone():
    man = ProceduralSource().find("man", Description(), np.random.default_rng(0))
    assert balanced(man) is man
