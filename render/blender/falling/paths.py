"""The ways that drops and flakes take: from the sky to what they land on, again and again."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from render.camera_track import CameraTrack
from render.shot import Shot
from render.truth.surfaces import SurfaceCaster
from render.weather.layers import LAYERS, Layer
from render.weather.precipitation import PRECIPITATION, Precipitation
from render.weather.shelter import Shelter
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.pose import rotation_from_wxyz

MOST_PATHS = 24_000
"""Most particles of a layer: what a viewport still plays."""
_LEAST_HEIGHT_M = 3.0
_VIEWS = 24
"""Of how many of its frames a camera's view is looked at."""
_SLANTED = 1.2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paths:
    """One layer of particles; each falls along its way, and begins anew after its period.

    Attributes:
        near_m: Particles nearer to the camera than this [m] belong to another layer.
        tops: Where the ways begin (n 3) [m].
        velocities: How particles move along them (n 3) [m/s].
        periods_secs: After which time each begins anew (n) [s].
        phases_secs: How long ago each began at frame 0 (n) [s].
        ends_secs: At which age each has landed (n) [s].
        diameters_m: Their diameters (n) [m].
        stands_for: How many particles one of them stands for.
    """

    near_m: float
    tops: Float[Array, "n 3"]
    velocities: Float[Array, "n 3"]
    periods_secs: Float[Array, " n"]
    phases_secs: Float[Array, " n"]
    ends_secs: Float[Array, " n"]
    diameters_m: Float[Array, " n"]
    stands_for: float

    def ages(self, time_secs: float) -> Float[Array, " n"]:
        """Return how long each has been falling at a time (n) [s]."""
        return np.asarray((time_secs + self.phases_secs) % self.periods_secs)

    def places(self, time_secs: float) -> Float[Array, "n 3"]:
        """Return where each is at a time (n 3) [m]; flakes sway around that."""
        return np.asarray(self.tops + self.ages(time_secs)[:, None] * self.velocities)


def falling_in(shot: Shot) -> Precipitation | None:
    """Return what falls in a shot: nothing indoors, or in dry weather."""
    place = shot.stage.environment
    return None if place.indoor else PRECIPITATION.get(place.weather)


def paths_of(shot: Shot, falls: Precipitation, *, seed: int) -> list[Paths]:
    """Return the ways of all particles that the shot's camera may see, layer by layer.

    The wind is that of the rendered film; drops are not the same ones.

    Args:
        shot: What is there, and who looks at it.
        falls: What falls.
        seed: Seed of the run.
    """
    azimuth = stream(seed, "weather", "wind").uniform(0, 2 * np.pi)
    wind = falls.wind_mps * np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
    caster = SurfaceCaster(shot.stage, shot.trajectory)
    return [
        _layer(shot.track, layer, falls, wind, caster, stream(seed, "weather", "paths", k))
        for k, layer in enumerate(LAYERS[falls.matter])
    ]


def _layer(
    track: CameraTrack,
    layer: Layer,
    falls: Precipitation,
    wind: Float[Array, "3"],
    caster: SurfaceCaster,
    rng: np.random.Generator,
) -> Paths:
    low, high = _seen_box(track, layer)
    usual = float(falls.fall_mps(np.array([np.mean(falls.diameters_m)]))[0])
    radius = _SLANTED * float(np.linalg.norm(high - low)) / 2
    shelter = Shelter(
        caster, middle=(low + high) / 2, radius_m=radius, falling=wind - [0.0, 0.0, usual]
    )
    all_of_them = falls.density * float(np.prod(high - low))
    count = int(np.ceil(min(all_of_them / layer.stands_for, MOST_PATHS)))
    diameters = falls.diameters_rand(rng, count)
    velocities = np.tile(wind, (count, 1))
    velocities[:, 2] -= falls.fall_mps(diameters)
    through = low + rng.random((count, 3)) * (high - low)
    speed = -velocities[:, 2]
    before = (high[2] - through[:, 2]) / speed
    periods = (high[2] - low[2]) / speed
    landed, _ = shelter.landings(through)
    ends = np.where(np.isfinite(landed[:, 2]), (high[2] - landed[:, 2]) / speed, periods)
    return Paths(
        near_m=layer.near_m,
        tops=through - before[:, None] * velocities,
        velocities=velocities,
        periods_secs=periods,
        phases_secs=rng.random(count) * periods,
        ends_secs=np.clip(ends, 0.0, periods),
        diameters_m=diameters,
        stands_for=all_of_them / count,
    )


def _seen_box(track: CameraTrack, layer: Layer) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
    """Return the box (3), (3) [m] around all that a camera sees of a layer, above the ground."""
    chosen = np.unique(np.linspace(0, len(track.positions) - 1, _VIEWS).astype(int))
    x, y = np.array(track.lens.size_px) / 2 / track.lens.focal_px
    rays = np.array([[sx * x, sy * y, -1.0] for sx in (-1, 1) for sy in (-1, 1)])
    corners = np.concatenate([rays * layer.near_m, rays * layer.far_m])
    turns = rotation_from_wxyz(track.wxyz[chosen])
    places = corners @ turns.transpose(0, 2, 1) + track.positions[chosen, None]
    low, high = places.min(axis=(0, 1)), places.max(axis=(0, 1))
    low[2] = max(low[2], 0.0)
    high[2] = max(high[2], low[2] + _LEAST_HEIGHT_M)
    return low, high
