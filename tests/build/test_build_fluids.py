"""Lakes, waterlines, helium and wind, from words to a stage."""

from fractions import Fraction

import numpy as np
import pytest

from scene_builder.assets.primitives import PrimitiveSource
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.build.stage import build_stage
from scene_builder.model.fluids.fluid import AIR_DENSITY, WATER_DENSITY
from scene_builder.model.graph import SceneGraph
from scene_builder.model.solids.displacement import cells_of
from scene_builder.model.stage import GROUND_ID
from scene_builder.model.timeline import Timeline

SHOT = Timeline.lasting(2.0, fps=Fraction(24))


def built(noun, *actions, setting=None, more=(), relations=(), **entity):
    graph = SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1", "title": "t", "prompt": "t", "setting": setting or {},
            "entities": [{"id": noun.replace(" ", "_"), "noun": noun, **entity}, *more],
            "actions": [{"actor": noun.replace(" ", "_"), **action} for action in actions],
            "relations": list(relations),
        }
    )  # fmt: skip
    sources = [ProceduralSource(), PrimitiveSource()]
    return build_stage(graph, sources=sources, timeline=SHOT, seed=1)


def test_a_boat_that_floats_gets_a_lake_and_its_waterline():
    made = built("boat", {"verb": "float"}, material="wood")
    stage = made.stage
    assert stage.environment.place == "lake"
    [felt], [water] = stage.immersions, stage.fluids
    assert (felt.fluid, felt.hollow, water.density) == ("water", True, WATER_DENSITY)
    boat = stage.body("boat#1")
    cells = cells_of(boat.collider, boat.mesh, hollow=True)
    heights = (boat.pose @ cells.centers)[:, 2] - water.surface_z
    under = cells.covered(boat.pose.rotation, heights).mean() * cells.volume
    assert under * WATER_DENSITY == pytest.approx(boat.mass_kg, rel=1e-3)
    assert (boat.pose @ boat.mesh.vertices.astype(float))[:, 1].min() > water.shore_y
    ground = stage.body(GROUND_ID)
    assert ground.collider.shape == "box"
    assert ground.collider.center[1] + ground.collider.size[1] / 2 == pytest.approx(water.shore_y)
    assert any("lake" in note for note in made.notes)


def test_what_stands_stays_ashore_and_what_is_too_heavy_is_said_to_sink():
    made = built(
        "rubber duck", {"verb": "float"}, setting={"place": "lake"}, mass_kg=30.0,
        more=[{"id": "crate", "noun": "crate"}],
    )  # fmt: skip
    stage = made.stage
    crate = stage.body("crate#1")
    assert crate.pose.position[1] + crate.mesh.extents[1] / 2 < stage.fluids[0].shore_y
    assert any("sinks" in note for note in made.notes)


def test_a_balloon_that_floats_up_is_lighter_than_air_and_a_stated_mass_stays():
    balloon = built("balloon", {"verb": "float", "direction": "up"}).stage
    [felt] = balloon.immersions
    body = balloon.body("balloon#1")
    assert 0.5 < body.mass_kg / (AIR_DENSITY * felt.volume_m3) < 1
    heavy = built("balloon", {"verb": "float", "direction": "up"}, mass_kg=0.05).stage
    assert heavy.body("balloon#1").mass_kg == 0.05


def test_wind_takes_light_things_outdoors_only():
    windy = {"place": "beach", "weather": "windy"}
    made = built(
        "beach ball", {"verb": "roll"}, setting=windy, more=[{"id": "rock", "noun": "rock"}]
    )
    assert [one.body for one in made.stage.immersions] == ["beach_ball#1"]
    assert np.linalg.norm(made.stage.fluids[0].velocity) == pytest.approx(8.0)
    assert any("wind" in note for note in made.notes)
    anywhere = built("leaf", {"verb": "fall"}, setting={"weather": "windy"}).stage
    assert anywhere.environment.place == "park"
    assert anywhere.fluids[0].velocity.any()
    indoors = built("beach ball", {"verb": "roll"}, setting={"place": "kitchen"}).stage
    assert not indoors.immersions


def test_light_things_that_fly_feel_air_and_heavy_ones_do_not():
    assert built("feather", {"verb": "drop"}).stage.immersions
    assert not built("bowling ball", {"verb": "drop"}).stage.immersions
    still = built("feather", {"verb": "drop"}, setting={"place": "space"}).stage
    assert not still.immersions


def test_a_balloon_rises_from_beside_what_it_passes_and_a_duck_is_weighted_low():
    stage = built("balloon", {"verb": "float", "direction": "up"}).stage
    assert stage.body("balloon#1").pose.position[2] < 0.05
    duck = built("rubber duck", {"verb": "float"}).stage.body("rubber_duck#1")
    assert duck.center_of_mass[2] < 0.25 * duck.mesh.extents[2]


def test_what_nothing_carries_is_said_to_fall():
    assert any("carries the mug" in note for note in built("mug", {"verb": "float"}).notes)
    weightless = built("mug", {"verb": "float"}, setting={"gravity": "zero"})
    assert not any("carries the mug" in note for note in weightless.notes)
