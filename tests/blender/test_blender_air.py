"""Air in materials, and marks on grounds."""

import numpy as np
import pytest

from scene_builder.blender.shading.substance import Substance
from scene_builder.blender.shading.substances import RECIPES, recipe_for
from scene_builder.blender.shading.surface import surface_material
from scene_builder.model.material import Material

HAZE = {"haze_m": 40.0, "haze_r": 0.8, "haze_g": 0.7, "haze_b": 0.6}


def shader_of(name, parameters, role="thing"):
    material = Material(name=name, base_color=np.array([0.4, 0.3, 0.2]), parameters=parameters)
    dressed = Substance(material=material, defaults=recipe_for(name).defaults, role=role)
    made = surface_material(dressed)
    return next(node for node in made.node_tree.nodes if node.type == "BSDF_PRINCIPLED")


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_every_recipe_can_be_drawn_and_seen_through_air(name):
    shader = shader_of(name, HAZE)
    assert shader.inputs["Emission Strength"].is_linked
    assert shader.inputs["Base Color"].is_linked


def test_the_air_shines_in_its_own_color_and_is_no_lamp():
    shader = shader_of("concrete", HAZE)
    color = np.array(shader.inputs["Emission Color"].default_value)[:3]
    assert color / color.max() == pytest.approx(np.array([0.8, 0.7, 0.6]) / 0.8, abs=1e-6)
    # From one half on, Cycles aims shadow rays at a surface.
    assert color.max() < 0.5


def test_without_air_nothing_shines():
    assert not shader_of("concrete", {}).inputs["Emission Strength"].is_linked


@pytest.mark.parametrize(
    ("name", "marks"),
    [("asphalt", {"lane_y_m": 1.5}), ("asphalt", {"bay_m": 2.6}), ("grass", {"mown_m": 4.0}),
     ("grass", {"edge_y_m": 7.0}), ("sand", {"shore_y_m": 5.0})],
)  # fmt: skip
def test_marks_are_drawn_where_they_are_asked_for_alone(name, marks):
    def reads_the_world(parameters):
        shader = shader_of(name, parameters, role="floor")
        return any(node.type == "NEW_GEOMETRY" for node in shader.id_data.nodes)

    assert reads_the_world(marks)
    assert not reads_the_world({})
