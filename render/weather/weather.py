"""Rain or snow of one shot: drawn over each frame's light, behind none of its surfaces."""

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.camera_track import CameraTrack
from render.truth.surfaces import SurfaceCaster
from render.weather.field import Particles
from render.weather.layers import LAYERS, FilledLayer, in_view
from render.weather.light import ParticleLight
from render.weather.precipitation import PRECIPITATION, Precipitation
from render.weather.shelter import Shelter
from render.weather.splashes import SPLASH_LAYER, Splashes
from render.weather.streaks import Streaks, draw_over
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Stage


class Weather:
    """What falls during one shot."""

    def __init__(
        self,
        falls: Precipitation,
        stage: Stage,
        motion: Trajectory,
        track: CameraTrack,
        caster: SurfaceCaster,
        *,
        seed: int,
    ) -> None:
        self._lens = track.lens
        self._exposure_secs = falls.exposure_secs
        self._light = ParticleLight(stage, falls.matter)
        azimuth = stream(seed, "weather", "wind").uniform(0, 2 * np.pi)
        wind = falls.wind_mps * np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
        self._layers = [
            FilledLayer(layer, falls, track.lens, wind, stream(seed, "weather", k))
            for k, layer in enumerate(LAYERS[falls.matter])
        ]
        usual = falls.fall_mps(np.array([np.mean(falls.diameters_m)]))[0]
        middle, radius = self._reach(track)
        self._shelter = Shelter(
            caster, middle=middle, radius_m=radius, falling=wind - np.array([0, 0, usual])
        )
        self._splashes = None
        if falls.matter == "water":
            rng = stream(seed, "weather", "splashes")
            self._splashes = Splashes(falls, rng, edge_m=_SPLASHED_M)
        # What moves away would leave its splashes hanging in the air.
        still = (np.ptp(motion.positions, axis=0) < _STILL_M).all(-1)
        self._solid = np.concatenate([[False], still])

    def over(
        self,
        rgb: Float[Array, "h w 3"],
        depth: Float[Array, "h w"],
        *,
        time_secs: float,
        world_from_camera: Pose,
    ) -> Float[Array, "h w 3"]:
        """Return a frame's light with what falls in front of it.

        Args:
            rgb: Linear light (h w 3).
            depth: Exact depth of what each pixel shows (h w) [m].
            time_secs: When [s].
            world_from_camera: Where the camera is.
        """
        camera = world_from_camera
        parts = [layer.seen(time_secs, camera, self._shelter) for layer in self._layers]
        if self._splashes is not None:
            ahead = camera.position - _SPLASHED_M / 2 * camera.rotation[:, 2]
            thrown = self._splashes.at(time_secs, ahead, self._shelter, self._solid)
            parts.insert(1, in_view(thrown, SPLASH_LAYER, camera, self._lens))
        for particles, weights in reversed(parts):  # what is nearer is drawn later
            rgb = draw_over(rgb, depth, self._streaks(particles, weights, camera))
        return rgb

    def _streaks(self, particles: Particles, weights: Float[Array, " n"], camera: Pose) -> Streaks:
        inverse = camera.inverse()
        half = particles.velocities * self._exposure_secs / 2
        depths = -(inverse @ particles.points)[:, 2]
        return Streaks(
            starts=self._lens.pixels(inverse @ (particles.points - half)),
            ends=self._lens.pixels(inverse @ (particles.points + half)),
            widths=particles.diameters_m * self._lens.focal_px / depths,
            depths=depths,
            weights=weights,
            radiance=self._light.radiance(particles.points, camera.position),
        )

    def _reach(self, track: CameraTrack) -> tuple[Float[Array, "3"], float]:
        """Return middle and radius [m] of all that may hold particles in any frame."""
        backs = rotation_from_wxyz(track.wxyz)[:, :, 2]
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        for layer in self._layers:
            middles = track.positions - layer.axis_m * backs
            low = np.minimum(low, middles.min(0) - layer.edge_m / 2)
            high = np.maximum(high, middles.max(0) + layer.edge_m / 2)
        return (low + high) / 2, float((high - low).max()) / 2 * _SLANTED


_SLANTED = 1.2
"""Wind shifts what is above one place: room for that."""

_SPLASHED_M = 9.0
"""Edge of the square before the camera in which splashes are drawn [m]."""

_STILL_M = 0.005
"""What moves less during the shot is at rest [m]."""


def weather_of(
    stage: Stage, motion: Trajectory, track: CameraTrack, caster: SurfaceCaster, *, seed: int
) -> Weather | None:
    """Return what falls during a shot, or None: indoors, and in weather that is dry.

    Args:
        stage: Names the weather.
        motion: How the bodies move.
        track: The camera.
        caster: Sees what keeps off the rain.
        seed: Seed of the run.
    """
    falls = PRECIPITATION.get(stage.environment.weather)
    if falls is None or stage.environment.indoor:
        return None
    return Weather(falls, stage, motion, track, caster, seed=seed)
