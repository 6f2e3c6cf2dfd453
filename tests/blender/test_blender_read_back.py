import numpy as np
import pytest

from scene_builder.model.errors import SceneError

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.bpy


@pytest.fixture
def stood(scene, three_bodies):
    from scene_builder.blender.assemble import assemble

    return assemble(three_bodies, scene.collection).objects


@pytest.fixture
def read_back(scene):
    from scene_builder.blender.read_back import read_back

    return lambda: read_back(scene.collection)


def test_untouched_bodies_read_back_where_they_were_put(stood, read_back, three_bodies):
    poses = read_back()
    assert set(poses) == set(three_bodies.body_ids)
    for body in three_bodies.bodies:
        got = poses[body.id]
        np.testing.assert_allclose(got.position, body.pose.position, atol=1e-6)
        assert abs(got.wxyz @ body.pose.wxyz) == pytest.approx(1, abs=1e-6)


def test_a_move_is_read_through_renames_and_parents(scene, stood, read_back):
    cup = stood["cup#1"]
    cup.name = "my favourite"
    holder = bpy.data.objects.new("holder", None)
    scene.collection.objects.link(holder)
    holder.location = (0, 0, 2)
    cup.parent = holder
    cup.location = (1, 0, 0)
    cup.rotation_mode = "XYZ"
    cup.rotation_euler = (0, 0, np.pi / 2)
    pose = read_back()["cup#1"]
    np.testing.assert_allclose(pose.position, [1, 0, 2], atol=1e-6)
    np.testing.assert_allclose(pose.rotation @ [1, 0, 0], [0, 1, 0], atol=1e-6)


def test_things_of_the_user_are_left_out(scene, stood, read_back):
    scene.collection.objects.link(bpy.data.objects.new("teapot", None))
    assert set(read_back()) == {"ground", "cup#1", "cup#2"}


@pytest.mark.parametrize("scale", [(2, 2, 2), (1, 1, -1), (1, 1.01, 1)])
def test_scaled_or_mirrored_bodies_are_refused(stood, read_back, scale):
    stood["cup#2"].scale = scale
    with pytest.raises(SceneError, match=r"cup#2 was scaled to .* set the scale to 1"):
        read_back()


def test_bodies_out_of_reach_are_refused(stood, read_back):
    stood["cup#2"].location = (0, 1e5, 0)
    with pytest.raises(SceneError, match="at most 1000 m"):
        read_back()


def test_copies_are_refused(scene, stood, read_back):
    scene.collection.objects.link(stood["cup#1"].copy())
    with pytest.raises(SceneError, match="two objects say that they are 'cup#1'"):
        read_back()


def test_a_broken_id_is_refused(stood, read_back):
    stood["cup#1"]["worldreel_id"] = 5
    with pytest.raises(SceneError, match="must be a body's id"):
        read_back()
