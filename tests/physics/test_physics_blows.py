"""Blows on what joints hold: the answer is that of the whole, not of the part that was struck."""

from dataclasses import replace

import numpy as np
import pytest

from physics.bullet.bodies.options import BulletOptions
from physics.bullet.world import BulletWorld
from physics.stepping.blows.coupling import Coupling
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint
from tests.physics.physics_stages import ball, ground
from tests.physics.physics_stages import stage as stage_of

ARM_M, RADIUS_M = 0.5, 0.035


def pinned(kind, parent=None, at=(0.0, 0.0, 1.0 + RADIUS_M), child="a"):
    """Return a joint at a place in the world, for a ball that is ARM_M aside of it."""
    return Joint(
        id=f"{kind}_{child}", kind=kind, parent=parent, child=child,
        parent_from_joint=Pose.at(*at), child_from_joint=Pose.at(-ARM_M, 0.0, RADIUS_M),
    )  # fmt: skip


def group(stage, struck="a"):
    """Return how a body answers a blow on its middle: its index, and its group."""
    with BulletWorld(stage, BulletOptions()) as world:
        k = stage.body_ids.index(struck)
        return k, Coupling(world).groups([k]).get(k)


@pytest.mark.parametrize("kind", ["ball", "hinge"])
def test_what_hangs_on_a_pin_turns_about_it(kind):
    one = ball("a", at=(ARM_M, 0.0, 1.0))
    stage = replace(stage_of(ground(), one), joints=(pinned(kind),))
    k, found = group(stage)
    blow = np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    change = found.response[:, found.part(k)] @ blow
    # About the pin: I = I_c + m d²; the middle moves with ω d (Steiner's law).
    about = float(one.inertia[2, 2]) + one.mass_kg * ARM_M**2
    assert change[5] == pytest.approx(ARM_M / about, rel=1e-6)
    assert change[1] == pytest.approx(ARM_M**2 / about, rel=1e-6)
    # Along the arm it gives way nowhere.
    along = found.response[:, found.part(k)] @ np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert np.abs(along).max() < 1e-9


def test_a_slider_answers_along_its_axis_alone():
    one = ball("a", at=(ARM_M, 0.0, 1.0))
    stage = replace(stage_of(ground(), one), joints=(pinned("slider"),))
    k, found = group(stage)
    linear = found.response[found.part(k), found.part(k)][:3, :3]
    assert linear == pytest.approx(np.diag([0.0, 0.0, 1 / one.mass_kg]), abs=1e-9)


def test_two_that_are_welded_answer_as_one():
    one, other = ball("a", at=(ARM_M, 0.0, 1.0)), ball("b", at=(0.0, 0.0, 1.0))
    weld = pinned("fixed", parent="b", at=(0.0, 0.0, RADIUS_M))
    stage = replace(stage_of(ground(), one, other), joints=(weld,))
    k, found = group(stage)
    assert set(found.ids) == {1, 2}
    change = found.response[:, found.part(k)] @ np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    both = one.mass_kg + other.mass_kg
    assert change[[0, 6]] == pytest.approx([1 / both, 1 / both], rel=1e-5)


def test_what_nothing_holds_is_in_no_group():
    k, found = group(stage_of(ground(), ball("a", at=(0.0, 0.0, 1.0))))
    assert k == 1
    assert found is None
