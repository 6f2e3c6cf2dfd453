"""Fog as a volume, and as surfaces are seen through it."""

from dataclasses import replace

import bpy
import numpy as np
import pytest

from scene_builder.blender.assemble import assemble
from scene_builder.blender.fog import THINNER

pytestmark = pytest.mark.bpy

HAZE = {"haze_m": 16.0, "haze_r": 0.8, "haze_g": 0.7, "haze_b": 0.6}


@pytest.fixture
def foggy(build):
    paint = build.paint("concrete", (0.4, 0.4, 0.4), **HAZE)
    return build.stage_of(build.body("box#1", build.box_mesh(), paint), weather="fog")


def shader_of(assembly):
    tree = assembly.objects["box#1"].data.materials[0].node_tree
    return next(node for node in tree.nodes if node.type == "BSDF_PRINCIPLED")


def test_fog_is_in_the_air_or_on_the_surfaces_and_never_both(foggy, scene):
    plain = assemble(foggy, scene.collection)
    assert shader_of(plain).inputs["Emission Strength"].is_linked
    assert "fog" not in bpy.data.objects
    thick = assemble(foggy, scene.collection, volumes=True)
    assert not shader_of(thick).inputs["Emission Strength"].is_linked
    fog = bpy.data.objects["fog"]
    low, high = (np.array([list(c) for c in fog.bound_box])[k] for k in (0, 6))
    assert (low < [-50, -50, -0.1]).all()
    assert (high > [50, 50, 5]).all()


def test_clear_air_is_no_volume(foggy, scene):
    clear = replace(foggy, environment=replace(foggy.environment, weather="rain"))
    made = assemble(clear, scene.collection, volumes=True)
    assert "fog" not in bpy.data.objects
    assert shader_of(made).inputs["Emission Strength"].is_linked


def test_the_volume_takes_out_what_it_scatters_absorbs_and_no_more(foggy, scene):
    assemble(foggy, scene.collection, volumes=True)
    tree = bpy.data.objects["fog"].data.materials[0].node_tree
    shares = {n.type: n for n in tree.nodes if n.type in ("VOLUME_SCATTER", "VOLUME_ABSORPTION")}
    assert len(shares) == 2
    factors = [node.inputs["Density"].links[0].from_node.inputs[1] for node in shares.values()]
    assert sum(f.default_value for f in factors) == pytest.approx(1.0)
    whole = next(
        n for n in tree.nodes
        if n.type == "MATH" and n.inputs[1].default_value == pytest.approx(1 / (THINNER * 16.0))
    )  # fmt: skip
    assert whole.operation == "MULTIPLY"
