"""Pouring, from words to a stage: grains in a vessel, and a vessel that tips over its target."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scene_builder.assets.primitives import PrimitiveSource
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Description
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.pouring import USUAL_GRAINS, poured, told_in_grains
from scene_builder.build.staging.pouring_grains import grain_named, packed_rand
from scene_builder.build.staging.pouring_vessels import is_tight, sources_for
from scene_builder.layout.items import Hollow
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading, Span
from scene_builder.model.solids.grains import grains_of
from scene_builder.model.timeline import Timeline

SHOT = Timeline.lasting(4.0, fps=Fraction(24))


def graph(content="marble", vessel="jug", target="bowl", count=1):
    things = [content, *([vessel] if vessel else []), target]
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "entities": [
                {"id": n, "noun": n, "count": count if n == content else 1} for n in things
            ],
            "relations": [{"subject": content, "predicate": "inside", "object": vessel}]
            if vessel else [],
            "actions": [{"actor": content, "verb": "pour", "target": target}],
            "outcomes": [{"predicate": "lands_in", "subject": content, "object": target}],
        }
    )  # fmt: skip


def test_grains_are_counted_and_most_of_them_have_to_arrive():
    told = told_in_grains(Reading(graph=graph("rice")))
    assert told.graph.entities[0].count == USUAL_GRAINS
    assert (told.graph.outcomes[0].count, told.graph.outcomes[0].compare) == (108, "at_least")
    assert any("rice" in note for note in told.assumptions)


def test_a_number_that_the_words_give_is_kept():
    span = Span(path="entities.0.count", start=0, end=5)
    told = told_in_grains(Reading(graph=graph(count=40), spans=(span,)))
    assert told.graph.entities[0].count == 40
    assert told.graph.outcomes[0].count == 36


def test_what_is_not_poured_is_left_alone():
    reading = Reading(graph=graph("cat", None, "bowl"))
    assert told_in_grains(reading) is reading
    assert poured(reading.graph)[1] == ()


def test_a_bucket_that_pours_lets_its_sand_do_so():
    said = graph("sand", None, "box", 1).model_copy(
        update={"entities": (*graph("sand", "bucket", "box").entities,), "outcomes": ()}
    )
    said = said.model_copy(update={"actions": (said.actions[0].model_copy(
        update={"actor": "bucket"}),)})  # fmt: skip
    told = told_in_grains(Reading(graph=said)).graph
    assert told.actions[0].actor == "sand"
    assert told.relations[0].object == ("bucket",)


def test_a_liquid_is_shown_as_beads_from_a_vessel_that_nobody_named():
    reading = Reading(
        graph=graph("water", None, "glass"), not_served=("'water' flows, and is not staged",)
    )
    told = told_in_grains(reading)
    assert told.not_served == ()
    laid_out, pours, notes = poured(told.graph)
    assert pours[0].vessel == "pitcher#1"
    assert laid_out.entity("water") is None
    assert laid_out.entity("pitcher").mobility == "kinematic"
    assert any("beads" in note for note in notes)


@pytest.mark.parametrize(
    ("noun", "name"),
    [("marbles", "glass marble"), ("brown rice", "rice grain"), ("milk", "bead"),
     ("smoke", None), ("cat", None)],
)  # fmt: skip
def test_grains_are_found_by_their_noun(noun, name):
    found = grain_named(noun)
    assert (found.name if found else None) == name


@pytest.mark.parametrize("noun", ["marble", "bean"])
def test_grains_lie_in_a_hollow_apart_from_each_other_and_its_wall(noun):
    hollow = Hollow(
        floor=np.array([0.0, 0.0, 0.01]), heights=np.array([0.0, 0.2]), radii=np.array([0.03, 0.05])
    )
    grain = grain_named(noun)
    radius, places = packed_rand(np.random.default_rng(1), hollow, grain, 60, 0.02)
    across = np.linalg.norm(places[:, None] - places, axis=2) + np.eye(60)
    assert across.min() >= 2 * radius
    away = np.hypot(*places[:, :2].T)
    assert (away + radius < np.interp(places[:, 2] - 0.01, hollow.heights, hollow.radii)).all()
    assert places[:, 2].min() > 0.01 + radius
    assert places[:, 2].max() < 0.01 + 0.2 * 0.6


def test_too_many_grains_for_a_thimble_are_refused():
    thimble = Hollow(
        floor=np.zeros(3), heights=np.array([0.0, 0.02]), radii=np.array([0.008, 0.008])
    )
    grain = grain_named("marble")
    assert packed_rand(np.random.default_rng(1), thimble, grain, 60, 0.02) is None


def test_a_jug_stands_over_its_bowl_and_tips_without_touching_it():
    told = told_in_grains(Reading(graph=graph()))
    stage = build_stage(
        told.graph, sources=[ProceduralSource(), PrimitiveSource()], timeline=SHOT, seed=1
    ).stage
    grains = grains_of(stage.bodies)
    assert sorted(grains) == sorted(told.graph.body_ids("marble"))
    assert len({id(stage.body(name).mesh) for name in grains}) == 1
    jug, bowl = stage.body("jug#1"), stage.body("bowl#1")
    assert jug.mobility == "kinematic"
    # At first it stands where its bowl does, and its marbles are in it.
    corners = jug.pose @ jug.mesh.vertices.astype(float)
    assert corners[:, 2].min() == pytest.approx(float(bowl.pose.position[2]), abs=1e-3)
    for name in grains:
        place = stage.body(name).pose.position
        assert (corners.min(axis=0) < place).all()
        assert (place < corners.max(axis=0)).all()
    # Its actions follow each other without a gap, lift it above the bowl, and turn it over.
    tips = [action for action in stage.actions if action.body == "jug#1"]
    rim = float((bowl.pose @ bowl.mesh.vertices)[:, 2].max())
    lifts = sum(one.duration_secs * one.linear[2] for one in tips if abs(one.angular[1]) < 1e-9)
    assert corners[:, 2].min() + lifts > rim
    starts = np.array([one.start_secs for one in tips])
    lasts = np.array([one.duration_secs for one in tips])
    assert starts[1:] == pytest.approx(starts[:-1] + lasts[:-1])
    turned = sum(one.duration_secs * one.angular[1] for one in tips)
    assert np.rad2deg(turned) == pytest.approx(128.0, abs=0.01)
    speeds = [np.linalg.norm(one.angular) for one in tips]
    assert max(speeds[0], speeds[-1]) < 0.02 * max(speeds)


class Leaky:
    """A source whose jug has a hole in its floor."""

    def find(self, noun, description, rng):
        asset = ProceduralSource().find(noun, description, rng)
        if asset is None or noun != "jug":
            return None
        low = asset.cavity.floor[2] + 0.01
        walls = tuple(h for h in asset.collider.hulls if h.vertices[:, 2].mean() > low)
        return replace(asset, collider=replace(asset.collider, hulls=walls))


def test_a_vessel_that_would_leak_is_passed_over():
    rng = np.random.default_rng(1)
    leaky, jug = Leaky().find("jug", Description(), rng), ProceduralSource()
    assert is_tight(jug.find("jug", Description(), rng))
    assert not is_tight(leaky)
    said = graph()
    first, *rest = sources_for(said, poured(said)[1], [Leaky(), jug])
    assert len(rest) == 2
    assert is_tight(first.find("jug", Description(), rng))
    assert first.find("table", Description(), rng) is None
