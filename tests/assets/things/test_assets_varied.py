"""Things of one noun differ in form, within what they are."""

import numpy as np
import pytest

from scene_builder.assets.procedural.families import FORMS
from scene_builder.assets.procedural.registry import BUILDERS, STAND_INS
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.procedural.warping import Form, reformed_rand
from scene_builder.assets.source import Asset, Description
from scene_builder.model.chance import stream

ONE_FORM = ("ball", "bowl", "box", "brick", "coin", "cube", "cup", "die", "domino", "pin", "ramp")
"""What has one form by rule, and what others' motion turns on."""

SEEDS = range(3)


def found(noun: str, seed: int) -> Asset:
    asset = ProceduralSource().find(noun, Description(), stream(seed, "build", noun))
    assert asset is not None
    return asset


def test_eighty_shapes_and_more_vary_and_all_of_them_are_known() -> None:
    assert len(FORMS) >= 120
    assert set(FORMS) <= set(BUILDERS) | set(STAND_INS)
    assert not set(FORMS) & {*ONE_FORM, "table", "wheel", "soccer_ball"}


@pytest.mark.parametrize("shape", ["barrel", "jar", "sofa", "hammer", "snowman", "fence", "bread"])
def test_seeds_give_other_proportions_at_the_same_size(shape: str) -> None:
    extents = [found(shape, seed).mesh.extents for seed in SEEDS]
    assert np.ptp([e.max() for e in extents]) < 1e-5 * extents[0].max()
    shares = np.array([e / e.max() for e in extents])
    assert np.ptp(shares, axis=0).max() > 0.02
    assert np.array_equal(found(shape, 1).mesh.vertices, found(shape, 1).mesh.vertices)


@pytest.mark.parametrize("shape", sorted(FORMS))
def test_what_varies_stays_closed_stands_and_holds_what_it_says(shape: str) -> None:
    rng = np.random.default_rng(5)
    blueprint = (BUILDERS.get(shape) or STAND_INS[shape])(rng)
    for part in blueprint.parts:
        assert np.isfinite(part.solid.vertices).all()
        corners = part.solid.vertices[part.solid.triangles]
        assert np.einsum("ti,ti->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) > 0
    points = np.concatenate([part.solid.vertices for part in blueprint.parts])
    for support in blueprint.supports:
        assert (support.half_extents > 0).all()
        assert support.center[2] <= 1.02 * points[:, 2].max()
    if blueprint.cavity is not None:
        assert 0 < blueprint.cavity.radius < np.hypot(*points[:, :2].T).max()
        assert 0 < blueprint.cavity.depth <= np.ptp(points[:, 2]) + 1e-6


def test_a_hollow_is_measured_where_it_is_narrowest() -> None:
    form = Form(belly=(-0.2, -0.2))
    rng = np.random.default_rng(1)
    blueprint = BUILDERS["can"](rng)
    plain = BUILDERS["cup"](rng)
    drawn = reformed_rand(rng, plain, form)
    assert plain.cavity is not None
    assert drawn.cavity is not None
    assert drawn.cavity.radius < 0.85 * plain.cavity.radius
    assert blueprint.collider is not None
    assert reformed_rand(rng, blueprint, form).collider is None  # no cylinder any more


@pytest.mark.parametrize("shape", ONE_FORM)
def test_what_has_one_form_keeps_it(shape: str) -> None:
    one, other = (found(shape, seed) for seed in (1, 2))
    if shape != "box":  # a box may be a carton
        assert np.array_equal(one.mesh.vertices, other.mesh.vertices)
