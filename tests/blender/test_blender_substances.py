import colorsys

import numpy as np
import pytest

from scene_builder.knowledge.materials import known_substances, material_for, substance
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.bpy

SHADERS = sorted({substance(name).shader for name in known_substances()})
OPAQUE = [shader for shader in SHADERS if shader not in {"glass", "ice", "emission"}]
HUES = {"red": 0.0, "blue": 2 / 3}
CELL_PX = 32
COLUMNS = 10


@pytest.fixture(scope="module")
def studio():
    """A scene without lamps; the sky is white."""
    from scene_builder.blender.session import fresh_scene

    scene = fresh_scene()
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.data.type = "ORTHO"
    camera.rotation_mode = "QUATERNION"
    camera.rotation_quaternion = (0.7071068, 0.7071068, 0, 0)
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 8
    scene.cycles.use_denoising = False
    scene.cycles.max_bounces = 4
    scene.render.resolution_percentage = 100
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"
    return scene


@pytest.fixture(scope="module")
def balls(studio, build, tmp_path_factory):
    """A function that renders a wall of balls, and returns the middle of each in linear light."""
    folder = tmp_path_factory.mktemp("balls")

    def look(materials, mesh=None):
        rows = -(-len(materials) // COLUMNS)
        stage = build.stage_of(
            *(
                build.body(
                    f"ball#{k + 1}",
                    mesh or build.sphere_mesh(0.4),
                    material,
                    pose=Pose.at(k % COLUMNS + 0.5, 0, rows - k // COLUMNS - 0.9),
                )
                for k, material in enumerate(materials)
            )
        )
        picture = shoot(studio, stage, (COLUMNS, rows), folder / "balls.exr")
        return [
            inner(picture[r * CELL_PX :, c * CELL_PX :][:CELL_PX, :CELL_PX])
            for r, c in (divmod(k, COLUMNS) for k in range(len(materials)))
        ]

    return look


def shoot(scene, stage, size, path):
    from scene_builder.blender.assemble import assemble
    from scene_builder.blender.session import quiet

    made = assemble(stage, scene.collection)
    scene.world = made.world
    width, height = size
    scene.camera.location = (width / 2, -5, height / 2)
    scene.camera.data.ortho_scale = max(size)
    scene.render.resolution_x, scene.render.resolution_y = width * CELL_PX, height * CELL_PX
    scene.render.filepath = str(path)
    with quiet():
        bpy.ops.render.render(write_still=True, scene=scene.name)
    picture = bpy.data.images.load(str(path))
    flat = np.zeros(4 * picture.size[0] * picture.size[1], np.float32)
    picture.pixels.foreach_get(flat)
    bpy.data.images.remove(picture)
    for thing in made.objects.values():
        bpy.data.objects.remove(thing)
    return flat.reshape(height * CELL_PX, width * CELL_PX, 4)[::-1, :, :3]


def inner(cell):
    """The pixels of the ball's inner part."""
    y, x = np.mgrid[:CELL_PX, :CELL_PX] - (CELL_PX - 1) / 2
    return cell[np.hypot(x, y) < CELL_PX / 4]


@pytest.mark.slow
def test_every_substance_shows_its_own_colour(balls):
    names = known_substances()
    materials = [material_for(name, None, np.random.default_rng(1)) for name in names]
    for name, material, seen in zip(names, materials, balls(materials), strict=True):
        assert np.isfinite(seen).all(), name
        mean = seen.mean(axis=0)
        brightest = material.base_color.max()
        if substance(name).parameters["transmission"] > 0:
            if material.base_color.min() > 0.3:
                assert mean.min() > 0.25, name  # clear: it shows the white sky
            else:
                assert mean.argmax() == material.base_color.argmax(), name
                assert mean.max() > 0.5 * brightest, name
        elif material.name == "emission":
            assert mean.max() > 5, name
        else:
            # Under a white sky a surface gives back about its albedo; patterns average to it.
            assert 0.45 * brightest < mean.max() < 1.6 * brightest + 0.15, name


@pytest.mark.slow
@pytest.mark.parametrize("color", HUES)
def test_an_asked_colour_stays_the_reading_of_the_surface(balls, color):
    kinds = [next(n for n in known_substances() if substance(n).shader == s) for s in OPAQUE]
    materials = [material_for(kind, color, np.random.default_rng(1)) for kind in kinds]
    for kind, seen in zip(kinds, balls(materials), strict=True):
        hue, saturation, _ = colorsys.rgb_to_hsv(*map(float, seen.mean(axis=0)))
        assert abs((hue - HUES[color] + 0.5) % 1 - 0.5) < 0.06, kind
        assert saturation > 0.35, kind


def test_an_unknown_substance_is_drawn_plain(balls):
    (seen,) = balls([Material(name="unobtainium", base_color=np.array([0.1, 0.5, 0.2]))])
    np.testing.assert_allclose(seen.mean(axis=0), [0.1, 0.5, 0.2], atol=0.12)


def test_thin_glass_lets_through_what_lies_behind(balls, build):
    glass = material_for("glass", None, np.random.default_rng(1))
    outer, hollow = build.sphere_mesh(0.4), build.sphere_mesh(0.385)
    shell = Mesh(
        vertices=np.concatenate([outer.vertices, hollow.vertices + np.array([0, 0, 0.015])]),
        triangles=np.concatenate(
            [outer.triangles, hollow.triangles[:, ::-1] + len(outer.vertices)]
        ),
        material_index=np.zeros(2 * len(outer.triangles), np.int32),
    )
    (seen,) = balls([glass], shell)
    assert seen.mean() > 0.55
    assert np.ptp(seen.mean(axis=0)) < 0.12


def test_the_pattern_stays_on_the_body(studio, build):
    """The shaders read object space: no node may read world coordinates."""
    from scene_builder.blender.assemble import assemble

    for shader in SHADERS:
        stage = build.stage_of(build.body("a#1", build.box_mesh(), build.paint(shader)))
        made = assemble(stage, studio.collection).objects["a#1"]
        tree = made.data.materials[0].node_tree
        for link in tree.links:
            if link.from_node.bl_idname == "ShaderNodeNewGeometry":
                assert link.from_socket.name == "Random Per Island"  # one number for each leaf
            if link.from_node.bl_idname == "ShaderNodeTexCoord":
                assert link.from_socket.name in {"Object", "Normal"}
        bpy.data.objects.remove(made)


def test_textures_need_a_folder_and_a_file(studio, build, tmp_path):
    from scene_builder.blender.assemble import assemble
    from scene_builder.model.errors import AssetError

    plain = build.box_mesh()
    mesh = type(plain)(
        vertices=plain.vertices,
        triangles=plain.triangles,
        material_index=plain.material_index,
        uv=plain.vertices[:, :2],
    )
    material = Material(
        name="plastic", base_color=np.array([0.5, 0.5, 0.5]), textures={"base_color": "a.png"}
    )
    stage = build.stage_of(build.body("a#1", mesh, material))
    with pytest.raises(AssetError, match="no folder to find them in"):
        assemble(stage, studio.collection)
    with pytest.raises(AssetError, match="cannot be read"):
        assemble(stage, studio.collection, textures_root=tmp_path)
    image = bpy.data.images.new("a", 4, 4)
    image.filepath_raw = str(tmp_path / "a.png")
    image.file_format = "PNG"
    image.save()
    made = assemble(stage, studio.collection, textures_root=tmp_path).objects["a#1"]
    shader = made.data.materials[0].node_tree.nodes["Principled BSDF"]
    assert shader.inputs["Base Color"].links[0].from_node.image.filepath.endswith("a.png")
    bpy.data.objects.remove(made)


@pytest.mark.parametrize(
    ("name", "parameters", "is_plain"),
    [
        ("wood", {}, True),
        ("wood", {"alpha": 0.5}, False),
        ("metal", {}, False),
        ("glass", {}, False),
        ("light", {}, False),
    ],
)
def test_bounced_light_meets_plain_color_on_what_is_opaque_and_matt(name, parameters, is_plain):
    from scene_builder.blender.shading.substance import Substance
    from scene_builder.blender.shading.substances import recipe_for
    from scene_builder.blender.shading.surface import surface_material

    material = Material(name=name, base_color=np.array([0.4, 0.2, 0.1]), parameters=parameters)
    made = surface_material(Substance(material=material, defaults=recipe_for(name).defaults))
    plain = [node for node in made.node_tree.nodes if node.type == "BSDF_DIFFUSE"]
    colors = [tuple(node.inputs["Color"].default_value)[:3] for node in plain]
    assert colors == ([pytest.approx((0.4, 0.2, 0.1))] if is_plain else [])
