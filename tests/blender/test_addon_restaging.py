from dataclasses import replace

import numpy as np
import pytest

from pipeline.blender_addon.restaging.documents import read_edits, write_edits
from pipeline.blender_addon.restaging.edited import edited
from pipeline.blender_addon.restaging.edits import Addition, BodyEdit, Edits
from pipeline.blender_addon.restaging.scaling import scaled
from scene_builder.assets.mass import mass_of
from scene_builder.model.errors import SceneError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Collider, Joint


@pytest.fixture
def crate(build):
    mesh = build.box_mesh(0.2, 0.1, 0.3)
    mass = mass_of(mesh.vertices, mesh.triangles, 500.0)
    return replace(
        build.body("crate#1", mesh), mass_kg=mass.mass_kg, center_of_mass=mass.center_of_mass,
        inertia=mass.inertia,
        collider=Collider(shape="box", size=(0.2, 0.1, 0.3), center=np.array([0, 0, 0.15])),
    )  # fmt: skip


def test_a_stretched_body_weighs_what_its_new_surface_holds(crate):
    factors = np.array([1.5, 2.0, 0.5])
    grown = scaled(crate, factors)
    exact = mass_of(grown.mesh.vertices, grown.mesh.triangles, 500.0)
    assert grown.mass_kg == pytest.approx(exact.mass_kg, rel=1e-5)
    np.testing.assert_allclose(grown.inertia, exact.inertia, rtol=1e-4, atol=1e-7)
    np.testing.assert_allclose(grown.center_of_mass, exact.center_of_mass, atol=1e-6)
    assert grown.collider.size == pytest.approx((0.3, 0.2, 0.15))


def test_a_ball_that_is_stretched_unevenly_touches_with_its_hull(build):
    ball = replace(
        build.body("ball#1", build.sphere_mesh(0.5, rings=12, segments=16)),
        collider=Collider(shape="sphere", size=(0.5,), center=np.array([0, 0, 0.5])),
    )
    assert scaled(ball, np.full(3, 2.0)).collider.size == (1.0,)
    hull = scaled(ball, np.array([2.0, 1.0, 1.0])).collider
    assert hull.shape == "hulls"
    assert np.ptp(hull.hulls[0].vertices, axis=0) == pytest.approx([2, 1, 1], rel=0.07)


def test_parts_go_along_with_a_moved_whole(build, crate):
    wheel = replace(
        build.body("crate#1.wheel", build.box_mesh(0.05, 0.05, 0.05), pose=Pose.at(0.1, 0, 0)),
        part_of="crate#1",
    )
    stage = build.stage_of(crate, wheel)
    turned = edited(
        stage, Edits(bodies=(BodyEdit(body="crate#1", pose=Pose.at(1, 2, 0, yaw_deg=90)),))
    )
    np.testing.assert_allclose(turned.body("crate#1.wheel").pose.position, [1, 2.1, 0], atol=1e-9)


def test_joints_stay_closed_when_what_they_hold_is_moved(build, crate):
    """A lid hinged to a crate that hangs on the world's rope: any of them may be taken."""
    lid = build.body("lid#1", build.box_mesh(0.2, 0.1, 0.02), pose=Pose.at(0, 0, 0.3))
    hinge = Joint(
        id="hinge", kind="hinge", parent="crate#1", child="lid#1",
        parent_from_joint=Pose.at(-0.1, 0, 0.3), child_from_joint=Pose.at(-0.1, 0, 0),
    )  # fmt: skip
    rope = Joint(
        id="rope", kind="ball", parent=None, child="crate#1",
        parent_from_joint=Pose.at(0, 0, 0.5), child_from_joint=Pose.at(0, 0, 0.5),
    )  # fmt: skip
    stage = replace(build.stage_of(crate, lid), joints=(hinge, rope))
    for taken, to in (("crate#1", Pose.at(1, 2, 0.1, yaw_deg=90)), ("lid#1", Pose.at(0, 1, 0.3))):
        moved = edited(stage, Edits(bodies=(BodyEdit(body=taken, pose=to),)))
        np.testing.assert_allclose(moved.body(taken).pose.position, to.position, atol=1e-9)
        for joint in moved.joints:
            parent = Pose.identity() if joint.parent is None else moved.body(joint.parent).pose
            one = parent @ joint.parent_from_joint
            other = moved.body(joint.child).pose @ joint.child_from_joint
            np.testing.assert_allclose(one.position, other.position, atol=1e-9)


def test_what_is_deleted_is_gone_with_all_that_names_it(build, crate):
    ground = build.body("ground", build.box_mesh(4, 4, 0.1))
    stage = build.stage_of(crate, ground)
    assert edited(stage, Edits(removed=("crate#1",))).body_ids == ("ground",)
    with pytest.raises(SceneError, match="ground was deleted"):
        edited(stage, Edits(removed=("ground",)))


def test_edits_come_back_from_the_disk(tmp_path, build, crate):
    mesh = build.box_mesh()
    edits = Edits(
        bodies=(
            BodyEdit(body="crate#1", scale=np.array([1.0, 2.0, 3.0]), mobility="static",
                     colors=((0, (0.1, 0.2, 0.3)),), friction=0.4),
        ),
        added=(
            Addition(body="block#1", noun="block", vertices=mesh.vertices,
                     triangles=mesh.triangles, slots=mesh.material_index, colors=((0.5, 0.5, 0.5),),
                     substance="wood", mobility="dynamic", pose=Pose.at(0, 0, 1)),
        ),
    )  # fmt: skip
    write_edits(tmp_path / "edits.json", edits)
    stage = edited(build.stage_of(crate), read_edits(tmp_path / "edits.json"))
    body, block = stage.bodies
    assert (body.mobility, body.friction) == ("static", 0.4)
    np.testing.assert_allclose(body.materials[0].base_color, [0.1, 0.2, 0.3])
    np.testing.assert_allclose(body.mesh.extents, [0.2, 0.2, 0.9], rtol=1e-5)
    assert block.mass_kg == pytest.approx(0.2 * 0.1 * 0.1 * 700, rel=0.3)
    assert block.collider.shape == "box"


def test_edits_that_break_their_contract_are_refused(tmp_path):
    (tmp_path / "edits.json").write_text('{"bodies": [{"body": "a", "mass_kg": -1}]}')
    with pytest.raises(SceneError, match="mass_kg"):
        read_edits(tmp_path / "edits.json")
