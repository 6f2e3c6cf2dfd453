"""What surrounds the stage: a plain sky, a physical sky, or a soft picture of a place.

Whatever is drawn, the radiance averaged over the upper half of the sky is
`sky_color * sky_strength` in luminance, so that a change of place does not change the exposure.
"""

from collections.abc import Mapping
from pathlib import Path

import bpy
import numpy as np
from jaxtyping import Float

from scene_builder.blender.shading.graph import Graph, Socket
from scene_builder.model.arrays import Array
from scene_builder.model.light import Environment

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Weights of linear Rec. 709 light (ITU-R BT.709)."""

PICTURES: Mapping[str, str] = {
    "forest": "forest.exr", "park": "forest.exr", "garden": "forest.exr", "meadow": "forest.exr",
    "outdoors": "forest.exr", "street": "city.exr", "city": "city.exr",
    "parking lot": "city.exr", "rooftop": "city.exr",
}  # fmt: skip
"""Panoramas that every Blender carries (CC0, from Poly Haven), by place."""
HOURS: Mapping[str, Mapping[str, str]] = {
    "sunset.exr": dict.fromkeys(("street", "city", "rooftop"), "sunset dusk evening"),
    "sunrise.exr": dict.fromkeys(
        ("park", "garden", "meadow", "field", "farm", "outdoors"), "sunrise dawn"
    ),
}
"""Panoramas by place and time of day: they win; other country has a physical sky."""
SUN_DEG: Mapping[str, float] = {"sunset.exr": -31.0, "sunrise.exr": -28.0}
"""Where the sun stands in a panorama, counter-clockwise from +X [deg]."""
INDOORS = "interior.exr"
"""What glossy things reflect where the room is open towards the camera."""


def blender_world(environment: Environment, *, has_sun: bool) -> bpy.types.World:
    """Make the world of `environment`; the caller gives it to a scene.

    Args:
        environment: The place.
        has_sun: Whether a lamp is the sun already, so that the sky must not hold another.
    """
    world = bpy.data.worlds.new("worldreel")
    graph = Graph(world)
    color = _sky(graph, environment, has_sun)
    background = graph.node("Background", {"Color": color, "Strength": 1.0})
    graph.node("OutputWorld", {"Surface": background.outputs[0]})
    if environment.indoor:
        # So even a light is found as well by rays that leave a surface: a map of where it is
        # bright takes seconds to draw, and a shadow ray through every hit.
        world.cycles.sampling_method = "NONE"
    else:
        # A sky without its sun's disc is smooth: a coarse map of where it is bright will do.
        world.cycles.sampling_method = "MANUAL"
        drawn = picture_for(environment) is None
        world.cycles.sample_map_resolution = SKY_MAP_PX if drawn else PICTURE_MAP_PX
    return world


def _sky(graph: Graph, environment: Environment, has_sun: bool) -> Socket:
    if environment.place == AIRLESS:
        return _stars(graph)
    if environment.indoor:
        return _indoors(graph, environment)
    picture = picture_for(environment)
    if picture is not None:
        return _panorama(graph, picture, environment)
    if environment.sun_elevation_deg is not None:
        return _physical(graph, environment, has_sun)
    return _gradient(graph, environment)


AIRLESS = "space"

SKY_MAP_PX, PICTURE_MAP_PX = 128, 512
"""Width of the map by which light from a drawn sky, and from a panorama, is found [px]."""


def picture_for(environment: Environment) -> Path | None:
    """Return the panorama that fits a place outdoors, or None."""
    hour = environment.time_of_day
    for picture, places in HOURS.items():
        if hour in places.get(environment.place, "").split():
            return _carried(picture)
    bright = hour not in _NO_DAYLIGHT and environment.weather not in _NO_VIEW
    name = PICTURES.get(environment.place) if bright else None
    return None if name is None else _carried(name)


_NO_DAYLIGHT = frozenset({"night", "midnight", "sunset", "dusk", "evening", "sunrise", "dawn"})
_NO_VIEW = frozenset({"fog", "snow", "rain", "storm"})
"""In such weather a clear day's picture would lie."""


def _carried(name: str) -> Path | None:
    """Return the path of one of Blender's own panoramas, or None if this Blender has none."""
    folder = bpy.utils.system_resource("DATAFILES", path="studiolights/world")
    path = Path(folder) / name
    return path if folder and path.is_file() else None


def _target(environment: Environment) -> float:
    """Luminance that the sky shall have on average."""
    return float(environment.sky_color @ LUMINANCE) * environment.sky_strength


def _indoors(graph: Graph, environment: Environment) -> Socket:
    """A plain light, and for mirrors a room: a bare gradient looks like a render in them."""
    plain = _gradient(graph, environment)
    picture = _carried(INDOORS)
    if picture is None:
        return plain
    mirrored = _panorama(graph, picture, environment, brightest=_BRIGHTEST_MIRRORED)
    # What is seen through a glass must stay what is seen beside it.
    glossy, back = (graph.once("LightPath", f"Is {kind} Ray") for kind in ("Glossy", "Reflection"))
    return graph.mix(graph.math("MULTIPLY", glossy, back), plain, mirrored)


def _panorama(
    graph: Graph, path: Path, environment: Environment, *, brightest: float = 40.0
) -> Socket:
    """A panorama; radiances above `brightest` are cut, or two bright pixels speckle the film."""
    image = bpy.data.images.load(str(path), check_existing=True)
    mean = float(_upper_mean(image, brightest) @ LUMINANCE)
    turn = SUN_DEG.get(path.name)
    away = 0.0 if turn is None else environment.sun_azimuth_deg - turn
    picture = graph.node(
        "TexEnvironment", {"Vector": _above_ground(graph, away)}, image=image, interpolation="Cubic"
    )
    capped = graph.vector("MINIMUM", picture.outputs[0], (brightest,) * 3)
    # Half of the asked tint: the picture brings a colour of its own.
    tint = np.sqrt(environment.sky_color / max(float(environment.sky_color @ LUMINANCE), 1e-6))
    gain = _target(environment) / (mean * float(tint @ LUMINANCE))
    return graph.vector("MULTIPLY", capped, tuple(gain * tint))


_BRIGHTEST_MIRRORED = 12.0


def _above_ground(graph: Graph, turned_deg: float = 0.0) -> Socket:
    """Return the direction of view, mirrored at the horizon where it points down.

    A picture is turned by `turned_deg` [deg] about the vertical, counter-clockwise.

    The stage's ground ends before the horizon; beyond it the mirrored picture looks like more
    of the same, where a sky's lower half would show a gap.
    """
    view = graph.once("TexCoord", "Generated")
    if turned_deg:
        view = graph.node(
            "VectorRotate", {"Vector": view, "Angle": -np.deg2rad(turned_deg)},
            rotation_type="Z_AXIS",
        ).outputs[0]  # fmt: skip
    x, y, z = graph.xyz(view)
    return graph.combine(x, y, graph.math("ABSOLUTE", z))


def _upper_mean(image: bpy.types.Image, brightest: float) -> Float[Array, "3"]:
    """Mean radiance of the upper half of a panorama, weighted by solid angle."""
    width, height = image.size
    pixels = np.zeros(width * height * 4, np.float32)
    image.pixels.foreach_get(pixels)
    upper = pixels.reshape(height, width, 4)[height // 2 :, :, :3]
    weight = np.cos((np.arange(len(upper)) + 0.5) / height * np.pi)
    rows = np.minimum(upper, brightest).mean(axis=1, dtype=np.float64)
    return np.asarray((rows * weight[:, None]).sum(axis=0) / weight.sum())


def _stars(graph: Graph) -> Socket:
    """A sky without air: black, with stars, and the Earth low above the horizon."""
    view = graph.once("TexCoord", "Generated")
    star = graph.scaled((1.0, 1.0, 1.0), _starlight(graph, view, 1.5))
    middle = np.array(EARTH_WAY) / np.linalg.norm(EARTH_WAY)
    off = graph.scaled(graph.vector("SUBTRACT", view, tuple(middle)), 1.0 / EARTH_RAD)
    away = graph.vector("LENGTH", off)
    weather = graph.noise(graph.scaled(off, 1.6), 1.3, detail=5.0, roughness=0.6)
    sea = graph.mix(
        graph.ramp(weather, 0.47, 0.62, 0.0, 1.0), (0.03, 0.12, 0.42), (0.85, 0.88, 0.9)
    )
    lit = graph.ramp(graph.vector("DOT_PRODUCT", off, (0.8, 0.0, 0.6)), -0.35, 0.5, 0.01, 1.3)
    return graph.mix(graph.ramp(away, 0.95, 1.0, 1.0, 0.0), star, graph.scaled(sea, lit))


EARTH_WAY, EARTH_RAD = (-0.2, 1.0, 0.09), 0.034
"""Where the Earth stands over the Moon, and half its angle [rad]: twice the true one, as a long
lens would show it."""


def _starlight(graph: Graph, view: Socket, brightness: float) -> Socket:
    star = graph.ramp(graph.cells(view, 90.0), 0.0, 0.09, 1.0, 0.0)
    return graph.math("MULTIPLY", graph.math("POWER", star, 2.0), brightness)


def _physical(graph: Graph, environment: Environment, has_sun: bool) -> Socket:
    """A sky scattered by air (Nishita et al. 1993), under whichever name Blender has it."""
    sky = graph.node("TexSky", {})
    offered = {kind.identifier for kind in sky.bl_rna.properties["sky_type"].enum_items}
    sky.sky_type = next(kind for kind in _SCATTERING if kind in offered)
    elevation = float(np.clip(environment.sun_elevation_deg or 0.0, 1.0, 90.0))
    sky.sun_disc = not has_sun
    sky.sun_elevation = float(np.deg2rad(elevation))
    sky.sun_rotation = float(np.deg2rad(90.0 - environment.sun_azimuth_deg))
    target = _target(environment)
    return _cloudy(graph, graph.scaled(sky.outputs[0], target / _nishita_mean(elevation)), target)


def _cloudy(graph: Graph, sky: Socket, mean: float) -> Socket:
    """Fair-weather clouds as bright as the sky is on average: they change no exposure."""
    x, y, z = graph.xyz(graph.once("TexCoord", "Generated"))
    rise = graph.math("ADD", graph.math("MAXIMUM", z, 0.0), 0.12)
    sheet = graph.combine(graph.math("DIVIDE", x, rise), graph.math("DIVIDE", y, rise), 0.0)
    heaps = graph.noise(sheet, 0.62, detail=5.0, roughness=0.56)
    cover = graph.math(
        "MULTIPLY", graph.ramp(heaps, 0.5, 0.68, 0.0, 0.8), graph.ramp(z, 0.015, 0.09, 0.0, 1.0)
    )
    shade = graph.ramp(heaps, 0.55, 0.8, 1.3, 0.85)
    white = graph.scaled((0.98 * mean, 1.0 * mean, 1.04 * mean), shade)
    return graph.mix(cover, sky, white)


_SCATTERING = ("NISHITA", "SINGLE_SCATTERING", "MULTIPLE_SCATTERING")


def _nishita_mean(elevation_deg: float) -> float:
    """Mean luminance of that sky's upper half without the disc, as measured in renders."""
    return float(np.interp(elevation_deg, _MEASURED_DEG, _MEASURED_MEAN))


_MEASURED_DEG = (1.0, 3.0, 6.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 75.0, 90.0)
_MEASURED_MEAN = (0.79, 1.47, 2.32, 3.05, 3.51, 3.69, 3.71, 3.59, 3.46, 3.35, 3.23, 3.19)


def _gradient(graph: Graph, environment: Environment) -> Socket:
    """A plain sky: paler towards the horizon, darker below it."""
    base = environment.sky_color * environment.sky_strength
    grey = float(base @ LUMINANCE)
    horizon, zenith, below = 0.55 * base + 0.6 * grey, 0.95 * base, 0.35 * base
    _, _, z = graph.xyz(graph.once("TexCoord", "Generated"))
    above = graph.mix(graph.ramp(z, 0.0, 0.7, 0.0, 1.0), tuple(horizon), tuple(zenith))
    sky = graph.mix(graph.ramp(z, -0.25, 0.0, 0.0, 1.0), tuple(below), above)
    if environment.indoor or environment.time_of_day not in ("night", "midnight"):
        return sky
    star = _starlight(graph, graph.once("TexCoord", "Generated"), 8.0 * grey)
    return graph.vector("ADD", sky, graph.combine(star, star, star))
