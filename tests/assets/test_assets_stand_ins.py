"""Nouns without builders of their own get something of the right size, and it is owned up to."""

import numpy as np
import pytest

from scene_builder.assets.procedural.proportions import plausible_mass
from scene_builder.assets.procedural.registry import STAND_INS, builder_of
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Description
from scene_builder.knowledge.nouns import noun_named

SOME = (
    "elephant", "person", "dog", "pigeon", "goldfish", "bicycle", "saxophone", "refrigerator",
    "playing_card", "snake", "diamond", "chess_piece", "cherry", "walnut", "kettle", "goblet",
    "cushion", "mattress", "spool",
)  # fmt: skip


@pytest.mark.parametrize("name", SOME)
def test_size_substance_and_mass_are_the_things_own(make, name):
    noun, asset = noun_named(name), make(name)
    assert asset.noun == name
    assert asset.mesh.extents.max() == pytest.approx(noun.size_m, rel=1e-3)
    assert asset.mesh.low[2] == pytest.approx(0, abs=2e-3 * noun.size_m)
    low, high = noun.mass_range_kg
    assert low * (1 - 1e-9) <= asset.mass_kg <= high * (1 + 1e-9)
    assert asset.substance == noun.substance
    assert asset.credit.fallback is not noun.likeness


@pytest.mark.parametrize(
    ("noun", "shown"),
    [("rapier", "sword"), ("wombat", "kangaroo, as a plain figure")],
)
def test_an_unknown_noun_becomes_its_nearest_kin_and_says_so(make, noun, shown):
    asset = make(noun)
    assert asset.credit.name == shown
    assert asset.credit.fallback
    assert asset.credit.score < 0.9


def test_a_synonym_is_no_stand_in(make):
    for word in ("couch", "goblet", "kettle"):
        assert not make(word).credit.fallback


def test_what_names_no_thing_is_left_to_other_sources():
    source = ProceduralSource()
    assert source.find("justice", Description(), np.random.default_rng(0)) is None


def test_a_larger_thing_weighs_more_and_a_heavier_substance_too():
    cushion = noun_named("cushion")
    usual = plausible_mass(1e9, cushion, Description())
    twice = plausible_mass(1e9, cushion, Description(size=2 * cushion.size_m))
    stone = plausible_mass(1e9, cushion, Description(material="stone"))
    assert twice == pytest.approx(8 * usual)
    assert stone > 5 * usual


@pytest.mark.parametrize("shape", STAND_INS)
def test_every_stand_in_is_closed_and_touches_others(shape):
    blueprint = builder_of(shape)(np.random.default_rng(0))
    assert blueprint.parts[0].solid.hulls
    corners = np.concatenate([part.solid.vertices for part in blueprint.parts])
    assert corners[:, 2].min() == pytest.approx(0, abs=0.02 * np.ptp(corners[:, 2]))
    for part in blueprint.parts:
        t = part.solid.triangles
        edges = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
        assert len({tuple(edge) for edge in edges}) == len(edges)
        assert {tuple(edge) for edge in edges} == {tuple(edge[::-1]) for edge in edges}
