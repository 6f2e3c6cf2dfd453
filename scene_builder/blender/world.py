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
    "farm": "forest.exr", "outdoors": "forest.exr", "street": "city.exr", "city": "city.exr",
}  # fmt: skip
"""Panoramas that every Blender carries (CC0, from Poly Haven), by place."""
HOURS: Mapping[str, str] = {
    "sunset": "sunset.exr", "dusk": "sunset.exr", "evening": "sunset.exr",
    "sunrise": "sunrise.exr", "dawn": "sunrise.exr", "night": "night.exr",
}  # fmt: skip
"""Panoramas by time of day: they win over those by place; open country has a physical sky."""
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


def picture_for(environment: Environment) -> Path | None:
    """Return the panorama that fits a place outdoors, or None."""
    name = PICTURES.get(environment.place)
    if name is not None or environment.sun_elevation_deg is None:
        name = HOURS.get(environment.time_of_day, name)
    return None if name is None else _carried(name)


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
    picture = graph.node(
        "TexEnvironment", {"Vector": _above_ground(graph)}, image=image, interpolation="Cubic"
    )
    capped = graph.vector("MINIMUM", picture.outputs[0], (brightest,) * 3)
    # Half of the asked tint: the picture brings a colour of its own.
    tint = np.sqrt(environment.sky_color / max(float(environment.sky_color @ LUMINANCE), 1e-6))
    gain = _target(environment) / (mean * float(tint @ LUMINANCE))
    return graph.vector("MULTIPLY", capped, tuple(gain * tint))


_BRIGHTEST_MIRRORED = 12.0


def _above_ground(graph: Graph) -> Socket:
    """Return the direction of view, mirrored at the horizon where it points down.

    The stage's ground ends before the horizon; beyond it the mirrored picture looks like more
    of the same, where a sky's lower half would show a gap.
    """
    x, y, z = graph.xyz(graph.once("TexCoord", "Generated"))
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
    """A sky without air: black, with stars."""
    cells = graph.cells(graph.once("TexCoord", "Generated"), 90.0)
    star = graph.ramp(cells, 0.0, 0.09, 1.0, 0.0)
    shine = graph.math("MULTIPLY", graph.math("POWER", star, 2.0), 1.5)
    return graph.combine(shine, shine, shine)


def _physical(graph: Graph, environment: Environment, has_sun: bool) -> Socket:
    """A sky scattered by air (Nishita et al. 1993), under whichever name Blender has it."""
    sky = graph.node("TexSky", {})
    offered = {kind.identifier for kind in sky.bl_rna.properties["sky_type"].enum_items}
    sky.sky_type = next(kind for kind in _SCATTERING if kind in offered)
    elevation = float(np.clip(environment.sun_elevation_deg or 0.0, 1.0, 90.0))
    sky.sun_disc = not has_sun
    sky.sun_elevation = float(np.deg2rad(elevation))
    sky.sun_rotation = float(np.deg2rad(90.0 - environment.sun_azimuth_deg))
    return graph.scaled(sky.outputs[0], _target(environment) / _nishita_mean(elevation))


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
    return graph.mix(graph.ramp(z, -0.25, 0.0, 0.0, 1.0), tuple(below), above)
