"""Light from a panorama: a sky that is a picture, and a room in what shines."""

import logging
from collections.abc import Mapping
from pathlib import Path

import bpy
import numpy as np
from jaxtyping import Float

from scene_builder.blender.shading.graph import Graph, Socket
from scene_builder.model.arrays import Array
from scene_builder.model.light import Environment

log = logging.getLogger(__name__)

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Weights of linear Rec. 709 light (ITU-R BT.709)."""

SUN_DEG: Mapping[str, float] = {"sunset.exr": -31.0, "sunrise.exr": -28.0}
"""Where the sun stands in a panorama, counter-clockwise from +X [deg]."""

BRIGHTEST, BRIGHTEST_MIRRORED = 40.0, 12.0
"""Radiances above are cut, or two bright pixels speckle the film."""


def panorama_file(environment: Environment) -> Path | None:
    """Return the file of the panorama that an environment names.

    Returns:
        None where it names none, and where this Blender does not carry it; that is logged.
    """
    if environment.panorama is None:
        return None
    name = environment.panorama.file
    folder = bpy.utils.system_resource("DATAFILES", path="studiolights/world")
    path = Path(folder) / name
    # A stage is input: a name that leads elsewhere names nothing that Blender carries.
    if folder and path.parent == Path(folder) and path.is_file():
        return path
    log.warning("this Blender carries no panorama %r: the light is drawn instead", name)
    return None


def panorama_light(graph: Graph, path: Path, environment: Environment) -> Socket:
    """Return the light of a panorama, as bright on average as the environment's sky.

    Args:
        graph: The world's.
        path: The picture.
        environment: The place; half of its sky's tint is laid over the picture.
    """
    return _light(graph, path, environment, BRIGHTEST)


def mirrored_in(graph: Graph, plain: Socket, path: Path, environment: Environment) -> Socket:
    """Return a plain light that glossy things see as a panorama: alone it looks like a render.

    Args:
        graph: The world's.
        plain: What everything else sees.
        path: The picture.
        environment: The place.
    """
    mirrored = _light(graph, path, environment, BRIGHTEST_MIRRORED)
    # What is seen through a glass must stay what is seen beside it.
    glossy, back = (graph.once("LightPath", f"Is {kind} Ray") for kind in ("Glossy", "Reflection"))
    return graph.mix(graph.math("MULTIPLY", glossy, back), plain, mirrored)


def sky_luminance(environment: Environment) -> float:
    """Return the luminance that the sky shall have on average."""
    return float(environment.sky_color @ LUMINANCE) * environment.sky_strength


def _light(graph: Graph, path: Path, environment: Environment, brightest: float) -> Socket:
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
    gain = sky_luminance(environment) / (mean * float(tint @ LUMINANCE))
    return graph.vector("MULTIPLY", capped, tuple(gain * tint))


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
