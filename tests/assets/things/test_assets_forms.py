"""Nouns with several forms: every form holds what `test_assets_every_noun` asks of the first."""

import numpy as np
import pytest

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.procedural.things.choices import IN_SEVERAL_FORMS
from scene_builder.assets.source import Description
from scene_builder.knowledge.nouns import noun_named
from scene_builder.model.chance import stream
from scene_builder.model.digest import digest

SEEDS = range(6)


@pytest.fixture(scope="module", params=sorted(IN_SEVERAL_FORMS))
def things(request):
    source = ProceduralSource()
    made = [source.find(request.param, Description(), stream(k, "forms")) for k in SEEDS]
    return noun_named(request.param), made


def test_seeds_give_several_forms_and_the_same_seed_one(things):
    kind, made = things
    assert len({len(one.mesh.vertices) for one in made} | {one.mass_kg for one in made}) > 2
    again = ProceduralSource().find(kind.name, Description(), stream(0, "forms"))
    assert digest(again) == digest(made[0])


def test_every_form_is_closed_and_as_large_and_heavy_as_such_a_thing(things):
    kind, made = things
    for one in made:
        t = one.mesh.triangles.astype(np.int64)
        edges = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
        there = {(int(a), int(b)) for a, b in edges}
        assert len(there) == len(edges)
        assert all((b, a) in there for a, b in there)
        assert float(one.mesh.extents.max()) == pytest.approx(kind.size_m, rel=1e-4)
        assert abs(float(one.mesh.low[2])) < 1e-4
        assert kind.mass_range_kg[0] <= one.mass_kg <= kind.mass_range_kg[1]


def test_every_form_serves_as_the_ordinary_one_does(things):
    kind, made = things
    for one in made:
        assert bool(one.supports) == (kind.name in {"book", "box", "chair", "table"})
        assert (one.cavity is not None) == (kind.name in {"bowl", "cup", "vase"})
        assert (one.rolls == "x") == (kind.name == "bottle")
