"""Patterns that follow the size of what wears them."""

import numpy as np
import pytest

from scene_builder.knowledge.materials import material_for

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.bpy


def noise_scales(build, name, radius):
    from scene_builder.blender.session import fresh_scene
    from scene_builder.blender.wardrobe import Wardrobe

    fresh_scene()
    material = material_for(name, None, np.random.default_rng(1))
    body = build.body("mouse#1", build.sphere_mesh(radius), material)
    (made,) = Wardrobe().dressed_mesh(body).materials
    nodes = made.node_tree.nodes
    assert ("ShaderNodeTexVoronoi" in {n.bl_idname for n in nodes}) == (name == "leather")
    return sorted(
        float(n.inputs["Scale"].default_value) for n in nodes if n.bl_idname == "ShaderNodeTexNoise"
    )


def test_an_animal_s_coat_is_as_fine_as_the_animal_is_small(build):
    small, large = (noise_scales(build, "flesh", radius) for radius in (0.04, 0.4))
    assert small == pytest.approx([10 * scale for scale in large], rel=0.01)
    # Many tufts of hair along even the smallest.
    assert max(small) * 0.08 > 50


def test_a_cow_has_no_coarser_hair_than_a_dog_and_leather_keeps_its_grain(build):
    assert noise_scales(build, "flesh", 1.5) == noise_scales(build, "flesh", 0.9)
    assert noise_scales(build, "leather", 0.1) == noise_scales(build, "leather", 1.0)
