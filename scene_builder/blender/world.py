"""What surrounds the stage: a plain sky, a physical sky, or a soft picture of a place.

Whatever is drawn, the radiance averaged over the upper half of the sky is
`sky_color * sky_strength` in luminance, so that a change of place does not change the exposure.
"""

from pathlib import Path

import bpy
import numpy as np

from scene_builder.blender.panorama import (
    LUMINANCE,
    mirrored_in,
    panorama_file,
    panorama_light,
    sky_luminance,
)
from scene_builder.blender.shading.graph import Graph, Socket
from scene_builder.model.light import Environment


def blender_world(environment: Environment, *, has_sun: bool) -> bpy.types.World:
    """Make the world of `environment`; the caller gives it to a scene.

    Args:
        environment: The place.
        has_sun: Whether a lamp is the sun already, so that the sky must not hold another.
    """
    world = bpy.data.worlds.new("worldreel")
    graph = Graph(world)
    picture = panorama_file(environment)
    color = _sky(graph, environment, picture, has_sun)
    background = graph.node("Background", {"Color": color, "Strength": 1.0})
    graph.node("OutputWorld", {"Surface": background.outputs[0]})
    if environment.indoor:
        # So even a light is found as well by rays that leave a surface: a map of where it is
        # bright takes seconds to draw, and a shadow ray through every hit.
        world.cycles.sampling_method = "NONE"
    else:
        # A sky without its sun's disc is smooth: a coarse map of where it is bright will do.
        world.cycles.sampling_method = "MANUAL"
        world.cycles.sample_map_resolution = PICTURE_MAP_PX if picture else SKY_MAP_PX
    return world


def _sky(graph: Graph, environment: Environment, picture: Path | None, has_sun: bool) -> Socket:
    if environment.place == AIRLESS:
        return _stars(graph)
    if environment.indoor:
        plain = _gradient(graph, environment)
        return plain if picture is None else mirrored_in(graph, plain, picture, environment)
    if picture is not None:
        return panorama_light(graph, picture, environment)
    if environment.sun_elevation_deg is not None:
        return _physical(graph, environment, has_sun)
    return _gradient(graph, environment)


AIRLESS = "space"

SKY_MAP_PX, PICTURE_MAP_PX = 128, 512
"""Width of the map by which light from a drawn sky, and from a panorama, is found [px]."""


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
    target = sky_luminance(environment)
    light = graph.scaled(sky.outputs[0], target / _nishita_mean(elevation))
    return _cloudy(graph, _hazy(graph, light, target, elevation), target)


def _hazy(graph: Graph, sky: Socket, mean: float, elevation_deg: float) -> Socket:
    """Air over the horizon: pale blue by day, where light scattered once alone is brown and dark.

    While the sun is low it glows: dust and light scattered more than once are missing as well.
    """
    day = float(np.clip((elevation_deg - 10.0) / 20.0, 0.0, 1.0))
    low = float(np.clip((12.0 - elevation_deg) / 5.0, 0.0, 1.0))
    color, most, veils = (HAZE, 0.8 * day, 0.25) if day >= low else (GLOW, 0.8 * low, 0.45)
    _, _, z = graph.xyz(graph.once("TexCoord", "Generated"))
    # Its share falls evenly up to half of the sine of the height: a quarter of the sky. It veils
    # as much of an even sky's light, and more of one that is bright at the horizon (measured).
    gain = 1.0 / (1.0 + most * (float(np.array(color) @ LUMINANCE) / 4 - veils))
    pale = tuple(float(c) * mean * gain for c in color)
    return graph.mix(graph.ramp(z, 0.0, 0.5, most, 0.0), graph.scaled(sky, gain), pale)


HAZE = (1.25, 2.05, 3.4)
GLOW = (2.6, 0.95, 0.36)
"""Colour of the air over the horizon by day and at sunset, in units of the sky's mean luminance."""


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
