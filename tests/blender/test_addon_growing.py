"""Scaling by hand: what belongs to a body, and what hangs on it, keeps its place on it."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.blender_addon.restaging.edited import edited
from pipeline.blender_addon.restaging.edits import BodyEdit, Edits
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint

TWICE, FLATTER = np.full(3, 2.0), np.array([2.0, 1.0, 0.5])


@pytest.fixture
def cart(build):
    """A crate with a hinged lid, a wheel of its own, and a lamp on a rope below a hook."""
    crate = build.body("crate#1", build.box_mesh(0.4, 0.2, 0.3), pose=Pose.at(1, 2, 0, yaw_deg=30))
    at = lambda *place: crate.pose @ Pose.at(*place)  # noqa: E731
    lid = build.body("lid#1", build.box_mesh(0.4, 0.2, 0.02), pose=at(0, 0, 0.3))
    wheel = replace(
        build.body("crate#1.wheel", build.box_mesh(0.05, 0.05, 0.05), pose=at(0.15, 0.1, 0)),
        part_of="crate#1",
    )
    lamp = build.body("lamp#1", build.box_mesh(0.1, 0.1, 0.1), pose=Pose.at(0, 0, 1))
    hinge = Joint(
        id="hinge", kind="hinge", parent="crate#1", child="lid#1",
        parent_from_joint=Pose.at(-0.2, 0, 0.3), child_from_joint=Pose.at(-0.2, 0, 0),
    )  # fmt: skip
    axle = Joint(
        id="axle", kind="hinge", parent="crate#1", child="crate#1.wheel",
        parent_from_joint=Pose.at(0.15, 0.1, 0), child_from_joint=Pose.identity(),
    )  # fmt: skip
    rope = Joint(
        id="rope", kind="rope", parent=None, child="lamp#1", parent_from_joint=Pose.at(0, 0, 2),
        child_from_joint=Pose.at(0, 0, 0.1), length_m=0.9,
    )  # fmt: skip
    return replace(build.stage_of(crate, lid, wheel, lamp), joints=(hinge, axle, rope))


def gap_m(stage, joint):
    parent = Pose.identity() if joint.parent is None else stage.body(joint.parent).pose
    one = (parent @ joint.parent_from_joint).position
    other = (stage.body(joint.child).pose @ joint.child_from_joint).position
    return float(np.linalg.norm(one - other))


@pytest.mark.parametrize("scale", [TWICE, FLATTER])
@pytest.mark.parametrize("taken", ["crate#1", "lid#1", "crate#1.wheel"])
def test_hinges_stay_closed(cart, taken, scale):
    grown = edited(cart, Edits(bodies=(BodyEdit(body=taken, scale=scale),)))
    assert grown.body(taken).pose.position == pytest.approx(cart.body(taken).pose.position)
    for joint in grown.joints[:2]:
        assert gap_m(grown, joint) == pytest.approx(0, abs=1e-9)


def test_a_body_grows_with_its_wheels_and_lifts_its_lid(cart):
    grown = edited(cart, Edits(bodies=(BodyEdit(body="crate#1", scale=TWICE),)))
    wheel, crate = grown.body("crate#1.wheel"), grown.body("crate#1")
    place = crate.pose.inverse() @ wheel.pose
    np.testing.assert_allclose(place.position, [0.3, 0.2, 0], atol=1e-9)
    np.testing.assert_allclose(wheel.mesh.extents, [0.1, 0.1, 0.1], rtol=1e-6)
    lid = grown.body("lid#1")
    np.testing.assert_allclose(lid.mesh.extents, [0.4, 0.2, 0.02], rtol=1e-6)  # its own size
    assert lid.pose.position[2] == pytest.approx(0.6)  # on the higher edge


def test_a_wheel_keeps_its_size_where_its_whole_is_stretched_unevenly(cart):
    grown = edited(cart, Edits(bodies=(BodyEdit(body="crate#1", scale=FLATTER),)))
    wheel = grown.body("crate#1.wheel")
    np.testing.assert_allclose(wheel.mesh.extents, [0.05, 0.05, 0.05], rtol=1e-6)
    place = grown.body("crate#1").pose.inverse() @ wheel.pose
    np.testing.assert_allclose(place.position, [0.3, 0.1, 0], atol=1e-9)


def test_a_rope_is_as_long_as_it_has_to_be(cart):
    """A smaller lamp's eye sinks: the rope would be too short, and would jerk it up."""
    smaller = edited(cart, Edits(bodies=(BodyEdit(body="lamp#1", scale=np.full(3, 0.5)),)))
    rope = smaller.joints[2]
    assert gap_m(smaller, rope) == pytest.approx(0.95)
    assert rope.length_m == pytest.approx(0.95)
    larger = edited(cart, Edits(bodies=(BodyEdit(body="lamp#1", scale=TWICE),))).joints[2]
    assert larger.length_m == pytest.approx(0.9)


def test_what_was_moved_as_well_goes_where_it_was_put(cart):
    there = Pose.at(0, 0, 1)
    both = (BodyEdit(body="crate#1", scale=TWICE), BodyEdit(body="lid#1", pose=there))
    grown = edited(cart, Edits(bodies=both))
    np.testing.assert_allclose(grown.body("lid#1").pose.position, there.position, atol=1e-9)
    assert gap_m(grown, grown.joints[0]) == pytest.approx(0, abs=1e-9)
