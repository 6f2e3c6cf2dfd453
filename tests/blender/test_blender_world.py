import numpy as np
import pytest

from scene_builder.model.light import Panorama

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.bpy

WIDTH, HEIGHT = 64, 32
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def panorama_named(file):
    """A picture that Blender carries."""
    return Panorama(
        file=file, title="", source="", author="", licence="", licence_url="", changes=""
    )


@pytest.fixture
def panorama(scene, tmp_path):
    """A function that renders a whole world; its middle column looks along +Y."""
    from scene_builder.blender.session import quiet
    from scene_builder.blender.world import blender_world

    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.rotation_euler = (np.pi / 2, 0, 0)
    camera.data.type = "PANO"
    owner = camera.data if hasattr(camera.data, "panorama_type") else camera.data.cycles
    owner.panorama_type = "EQUIRECTANGULAR"
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 1
    scene.cycles.use_denoising = False
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT
    scene.render.resolution_percentage = 100
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"
    scene.render.filepath = str(tmp_path / "world.exr")

    def render(environment, *, has_sun=True, colored=False):
        scene.world = blender_world(environment, has_sun=has_sun)
        with quiet():
            bpy.ops.render.render(write_still=True)
        picture = bpy.data.images.load(scene.render.filepath)
        flat = np.zeros(4 * WIDTH * HEIGHT, np.float32)
        picture.pixels.foreach_get(flat)
        bpy.data.images.remove(picture)
        colors = flat.reshape(HEIGHT, WIDTH, 4)[::-1, :, :3]
        return colors if colored else colors @ LUMINANCE

    return render


def sky_mean(light):
    """Mean over the upper half, weighted by solid angle."""
    upper = light[: HEIGHT // 2]
    weight = np.sin((np.arange(HEIGHT // 2) + 0.5) / HEIGHT * np.pi)
    return float((upper.mean(axis=1) * weight).sum() / weight.sum())


@pytest.mark.parametrize(
    "place",
    [
        {"place": "room", "indoor": True, "panorama": panorama_named("interior.exr")},
        {"place": "park", "indoor": False, "panorama": panorama_named("forest.exr")},
        {"place": "street", "indoor": False, "panorama": panorama_named("sunset.exr")},
        {"place": "city", "indoor": False, "time_of_day": "night"},
        {"place": "meadow", "indoor": False, "time_of_day": "sunset", "sun_elevation_deg": 7.0},
        {"place": "field", "indoor": False, "weather": "overcast"},
    ],
    ids=lambda place: place["place"],
)
def test_the_sky_is_as_bright_as_asked_whatever_is_drawn(panorama, build, place):
    color, strength = np.array([0.55, 0.68, 0.9]), 0.3
    light = panorama(build.environment(sky_color=color, sky_strength=strength, **place))
    assert np.isfinite(light).all()
    assert sky_mean(light) == pytest.approx(float(color @ LUMINANCE) * strength, rel=0.15)


@pytest.mark.parametrize("elevation", [7.0, 40.0])
def test_a_physical_sky_is_as_bright_as_asked(panorama, build, elevation):
    light = panorama(build.environment(place="beach", indoor=False, sun_elevation_deg=elevation))
    assert sky_mean(light) == pytest.approx(1.0, rel=0.15)


@pytest.mark.parametrize(("azimuth", "column"), [(90.0, 32), (0.0, 48)])
def test_the_sky_is_brightest_around_the_sun(panorama, build, azimuth, column):
    place = build.environment(
        place="beach", indoor=False, sun_elevation_deg=30.0, sun_azimuth_deg=azimuth
    )
    row, found = np.unravel_index(panorama(place, has_sun=True).argmax(), (HEIGHT, WIDTH))
    assert abs(found + 0.5 - column) <= 3
    assert abs((90 - (row + 0.5) * 180 / HEIGHT) - 30) < 12


def test_the_horizon_glows_while_the_sun_is_low_and_is_blue_by_day(panorama, build):
    def redness(elevation):
        sky = build.environment(
            place="desert", indoor=False, sun_elevation_deg=elevation, sky_color=np.full(3, 0.5)
        )
        above = panorama(sky, colored=True)[HEIGHT // 2 - 3 : HEIGHT // 2].mean(axis=(0, 1))
        return above[0] / above[2]

    assert redness(7.0) > 2.5
    assert redness(50.0) < 1.0


def test_there_is_no_sky_without_air(panorama, build):
    assert sky_mean(panorama(build.environment(place="space", indoor=False))) < 0.02


@pytest.mark.parametrize("file", ["forest.exr", "city.exr", "interior.exr", "sunset.exr"])
def test_blender_carries_the_panoramas(build, file):
    from scene_builder.blender.panorama import panorama_file

    assert panorama_file(build.environment(panorama=panorama_named(file))).name == file


@pytest.mark.parametrize("file", ["no_such.exr", "../../../etc/passwd", "/etc/passwd", ""])
def test_without_its_file_the_light_is_drawn_and_that_is_said(build, file, caplog):
    from scene_builder.blender.panorama import panorama_file

    assert panorama_file(build.environment(panorama=panorama_named(file))) is None
    assert "drawn instead" in caplog.text


def test_a_panorama_indoors_is_mirrored_but_not_seen(panorama, build):
    plain = panorama(build.environment())
    seen = panorama(build.environment(panorama=panorama_named("interior.exr")))
    np.testing.assert_allclose(seen, plain, rtol=1e-3)
