"""How bright a drop or a flake is, for the eye that looks at it."""

from functools import cache

import numpy as np
from jaxtyping import Float

from render.weather.precipitation import Matter
from scene_builder.model.arrays import Array
from scene_builder.model.light import Light
from scene_builder.model.stage import GROUND_ID, Stage

WATER_IOR = 1.333
_BIN_DEG = 3.0
_RAYS = 20_000
_WOBBLE_DEG = 18.0
"""By how much trembling drops spread their light [deg]."""
FLAKE_ALBEDO = 0.95
_FORWARD = 0.5
"""How much more a flake scatters ahead than back (linear anisotropy)."""
_SPOT_HALF_RAD = 0.5


class ParticleLight:
    """Light that reaches particles outdoors, unhindered, and leaves them towards the eye."""

    def __init__(self, stage: Stage, matter: Matter) -> None:
        self._matter = matter
        self._lights = stage.lights
        self._sky = stage.environment.sky_color * stage.environment.sky_strength
        self._ground = _ground_radiance(stage, self._sky)

    def radiance(self, points: Float[Array, "n 3"], eye: Float[Array, "3"]) -> Float[Array, "n 3"]:
        """Return the mean radiance (n 3) of particles' discs as seen from `eye`.

        Args:
            points: Where the particles are (n 3) [m].
            eye: Where the camera is (3) [m].
        """
        towards = eye - points
        towards /= np.linalg.norm(towards, axis=-1, keepdims=True)
        light = self._from_around(towards)
        for lamp in self._lights:
            arriving, strength = irradiance(lamp, points)
            cosine = (arriving * towards).sum(-1)
            light += (strength * phase(self._matter, cosine))[:, None] * lamp.color
        return light

    def _from_around(self, towards: Float[Array, "n 3"]) -> Float[Array, "n 3"]:
        """Return what sky and ground send through a drop, or off a flake (n 3)."""
        if self._matter == "snow":
            return np.tile(FLAKE_ALBEDO * (self._sky + self._ground) / 2, (len(towards), 1))
        # A drop shows, upside down, half of all directions: those behind it (Garg and Nayar
        # 2007). Of a half space that is tilted by an angle, this share is sky.
        tilt = np.arcsin(np.clip(-towards[:, 2], -1, 1))
        above = (0.5 + tilt / np.pi)[:, None]
        return np.asarray(above * self._sky + (1 - above) * self._ground)


def irradiance(
    lamp: Light, points: Float[Array, "n 3"]
) -> tuple[Float[Array, "n 3"], Float[Array, " n"]]:
    """Return which way a lamp's light arrives (n 3, unit), and how much of it (n) [W/m²]."""
    shines = -lamp.pose.rotation[:, 2]
    if lamp.kind == "sun":
        return np.tile(shines, (len(points), 1)), np.full(len(points), lamp.power)
    way = points - lamp.pose.position
    far = np.maximum((way * way).sum(-1), (lamp.size / 2) ** 2)
    arriving = way / np.sqrt(far)[:, None]
    cosine = arriving @ shines
    if lamp.kind == "area":
        return arriving, lamp.power * np.maximum(cosine, 0) / (np.pi * far)
    strength = lamp.power / (4 * np.pi * far)
    if lamp.kind == "spot":
        strength = np.where(cosine > np.cos(_SPOT_HALF_RAD), strength, 0.0)
    return arriving, strength


def phase(matter: Matter, cosine: Float[Array, " n"]) -> Float[Array, " n"]:
    """Return the share of light that is scattered by an angle of `cosine` (n) [1/sr]."""
    if matter == "snow":
        return np.asarray(FLAKE_ALBEDO * (1 + _FORWARD * cosine) / (4 * np.pi))
    table = drop_phase()
    angle = np.rad2deg(np.arccos(np.clip(cosine, -1, 1)))
    return np.asarray(np.interp(angle, (np.arange(len(table)) + 0.5) * _BIN_DEG, table))


@cache
def drop_phase() -> Float[Array, " b"]:
    """Return what a drop of water scatters, by angle (b) [1/sr]; all of it sums to one.

    Geometrical optics: light that is reflected, that goes through, and that is reflected once
    inside (the rainbow), as Descartes drew it, with Fresnel's shares. Drops that fall are
    flattened and tremble (Beard et al. 2010), which spreads their light over many degrees.
    """
    impact = (np.arange(_RAYS) + 0.5) / _RAYS
    entry, inside = np.arcsin(impact), np.arcsin(impact / WATER_IOR)
    mirrored = _fresnel(entry, inside)
    through = (1 - mirrored) ** 2
    turns = (np.pi - 2 * entry, 2 * (entry - inside), np.pi + 2 * entry - 4 * inside)
    shares = (mirrored, through, through * mirrored)
    edges = np.deg2rad(np.arange(0, 180 + _BIN_DEG, _BIN_DEG))
    energy = np.zeros(len(edges) - 1)
    for turn, share in zip(turns, shares, strict=True):
        scattered = np.arccos(np.cos(turn))
        energy += np.histogram(scattered, edges, weights=share * 2 * impact)[0]
    solid = -2 * np.pi * np.diff(np.cos(edges))
    steps = np.arange(len(solid))
    blur = np.exp(-(((steps[:, None] - steps) * _BIN_DEG / _WOBBLE_DEG) ** 2) / 2)
    smooth = blur @ energy / (blur @ solid)
    return np.asarray(smooth / (smooth @ solid))


def _fresnel(entry: Float[Array, " n"], inside: Float[Array, " n"]) -> Float[Array, " n"]:
    """Return the share of unpolarised light that water mirrors."""
    across = np.sin(entry - inside) / np.sin(entry + inside)
    along = np.tan(entry - inside) / np.tan(entry + inside)
    return np.asarray((across**2 + along**2) / 2)


def _ground_radiance(stage: Stage, sky: Float[Array, "3"]) -> Float[Array, "3"]:
    """Return what a matt ground sends up under the sky and the sun alone."""
    albedo = np.full(3, 0.2)
    if GROUND_ID in stage.body_ids:
        albedo = stage.body(GROUND_ID).materials[0].base_color
    light = np.array(sky, np.float64)
    for lamp in stage.lights:
        if lamp.kind == "sun":
            light += lamp.color * lamp.power * max(lamp.pose.rotation[2, 2], 0.0) / np.pi
    return np.asarray(albedo * light)
