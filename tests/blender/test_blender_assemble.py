import os

import numpy as np
import pytest

from scene_builder.model.pose import rotation_from_wxyz

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.bpy


@pytest.fixture
def assemble():
    from scene_builder.blender.assemble import assemble

    return assemble


def coordinates(mesh):
    flat = np.zeros(3 * len(mesh.vertices), np.float32)
    mesh.vertices.foreach_get("co", flat)
    return flat.reshape(-1, 3)


def corners(mesh):
    flat = np.zeros(3 * len(mesh.polygons), np.int32)
    mesh.loops.foreach_get("vertex_index", flat)
    return flat.reshape(-1, 3)


def test_everything_is_linked_into_the_given_collection_and_nothing_else_moves(
    scene, assemble, three_bodies
):
    own = bpy.data.objects.new("cup#1", bpy.data.meshes.new("own"))
    own.location = (1, 2, 3)
    scene.collection.objects.link(own)
    world = bpy.data.worlds.new("own")
    scene.world = world
    into = bpy.data.collections.new("ours")
    scene.collection.children.link(into)

    made = assemble(three_bodies, into)

    assert set(made.objects) == {"ground", "cup#1", "cup#2"}
    assert set(made.lights) == {"key"}
    assert set(into.objects) == {*made.objects.values(), *made.lights.values()}
    assert own.name == "cup#1"
    assert tuple(own.location) == (1, 2, 3)
    assert list(scene.collection.objects) == [own]
    assert scene.world == world
    assert made.world != world


def test_objects_carry_id_index_and_pose(scene, assemble, three_bodies):
    made = assemble(three_bodies, scene.collection)
    bpy.context.view_layer.update()
    for index, body in enumerate(three_bodies.bodies, start=1):
        thing = made.objects[body.id]
        assert thing["worldreel_id"] == body.id
        assert thing.pass_index == index
        assert thing.rotation_mode == "QUATERNION"
        matrix = np.array(thing.matrix_world)
        np.testing.assert_allclose(matrix[:3, 3], body.pose.position, atol=1e-6)
        np.testing.assert_allclose(matrix[:3, :3], rotation_from_wxyz(body.pose.wxyz), atol=1e-6)


def test_geometry_is_copied_exactly(scene, assemble, build):
    mesh = build.sphere_mesh(0.31)
    made = assemble(build.stage_of(build.body("ball#1", mesh)), scene.collection)
    data = made.objects["ball#1"].data
    assert np.array_equal(coordinates(data), mesh.vertices)
    assert np.array_equal(corners(data), mesh.triangles)
    assert not data.validate()


def test_equal_bodies_share_one_mesh_and_others_do_not(scene, assemble, build, three_bodies):
    made = assemble(three_bodies, scene.collection)
    first, second = made.objects["cup#1"].data, made.objects["cup#2"].data
    assert first == second
    assert first.users == 2

    box = build.box_mesh()
    other = assemble(
        build.stage_of(
            build.body("a#1", box, build.paint("plastic", (1.0, 0.0, 0.0))),
            build.body("a#2", box, build.paint("plastic", (0.0, 0.0, 1.0))),
        ),
        scene.collection,
    )
    assert other.objects["a#1"].data != other.objects["a#2"].data


def test_equal_materials_are_made_once(scene, assemble, build):
    red = build.paint("plastic", (1.0, 0.0, 0.0))
    stage = build.stage_of(
        build.body("a#1", build.box_mesh(), red), build.body("b#1", build.sphere_mesh(), red)
    )
    made = assemble(stage, scene.collection)
    assert made.objects["a#1"].data.materials[0] == made.objects["b#1"].data.materials[0]
    assert len(bpy.data.materials) == 1


def test_material_slots_and_uv_follow_the_mesh(scene, assemble, build):
    plain = build.box_mesh()
    index = np.repeat([0, 1], 6)
    uv = plain.vertices[:, :2] * 3
    mesh = type(plain)(
        vertices=plain.vertices, triangles=plain.triangles, material_index=index, uv=uv
    )
    paints = build.paint("plastic"), build.paint("metal")
    made = assemble(build.stage_of(build.body("a#1", mesh, *paints)), scene.collection)
    data = made.objects["a#1"].data
    assert [material.name for material in data.materials] == ["plastic", "metal"]
    got = np.zeros(12, np.int32)
    data.polygons.foreach_get("material_index", got)
    assert np.array_equal(got, index)
    laid = np.zeros(2 * 36, np.float32)
    data.uv_layers[0].uv.foreach_get("vector", laid)
    np.testing.assert_array_equal(laid.reshape(-1, 2), mesh.uv[mesh.triangles.ravel()])


@pytest.mark.parametrize(("angle", "sharp"), [(35.0, 12), (120.0, 0)])
def test_creases_are_where_edges_bend_more_than_the_angle(scene, assemble, build, angle, sharp):
    mesh = build.box_mesh(sharp_angle_deg=angle)
    made = assemble(build.stage_of(build.body("a#1", mesh)), scene.collection)
    data = made.objects["a#1"].data
    assert sum(edge.use_edge_sharp for edge in data.edges) == sharp
    assert all(face.use_smooth for face in data.polygons)


def test_lamps_keep_power_size_and_aim(scene, assemble, build):
    from scene_builder.model.light import Light
    from scene_builder.model.pose import Pose

    tilt = Pose(position=np.array([1.0, 2, 3]), wxyz=np.array([0.8, 0.6, 0, 0]))
    kinds = {"sun": 0.01, "area": 1.5, "point": 0.2, "spot": 0.2}
    lights = [
        Light(id=kind, kind=kind, pose=tilt, color=np.array([1, 0.5, 0.25]), power=7.0, size=size)
        for kind, size in kinds.items()
    ]
    made = assemble(
        build.stage_of(build.body("a#1", build.box_mesh()), lights=lights), scene.collection
    ).lights
    for kind, hung in made.items():
        assert hung.data.type == kind.upper()
        assert hung.data.energy == 7.0
        assert tuple(hung.data.color) == (1, 0.5, 0.25)
        assert tuple(hung.location) == (1, 2, 3)
        np.testing.assert_allclose(hung.rotation_quaternion, tilt.wxyz, atol=1e-7)
    assert made["sun"].data.angle == pytest.approx(0.01)
    assert made["area"].data.size == 1.5
    assert made["spot"].data.shadow_soft_size == pytest.approx(0.1)


def test_what_blender_prints_is_swallowed_and_ours_is_not(scene, capfd):
    from scene_builder.blender.session import quiet

    with quiet():
        bpy.ops.wm.read_factory_settings(use_empty=True)
        os.write(1, b"from C\n")
    os.write(1, b"from us\n")
    assert capfd.readouterr().out == "from us\n"
