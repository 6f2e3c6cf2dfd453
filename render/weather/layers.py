"""Ranges of depth, and the particles that a camera sees in each."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from render.weather.field import ParticleField, Particles
from render.weather.precipitation import Matter, Precipitation
from render.weather.shelter import Shelter
from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A range of depths in which each drawn particle stands for several.

    Attributes:
        near_m: Where it begins [m].
        far_m: Where it ends [m].
        stands_for: How many particles one drawn one stands for; the light of all is kept.
    """

    near_m: float
    far_m: float
    stands_for: float


LAYERS: dict[Matter, tuple[Layer, ...]] = {
    "water": (
        Layer(near_m=0.5, far_m=3.0, stands_for=10.0),
        Layer(near_m=3.0, far_m=13.0, stands_for=45.0),
    ),
    "snow": (
        Layer(near_m=0.15, far_m=2.5, stands_for=1.0),
        Layer(near_m=2.5, far_m=12.0, stands_for=16.0),
    ),
}
"""Farther away, the air's haze is all that is seen of them."""

_BLEND = 0.15
"""Share of a layer's depth over which it gives way to the next."""


class FilledLayer:
    """A layer and the particles that may be seen in it.

    Attributes:
        axis_m: How far ahead of the camera the middle of its cube of particles is [m].
        edge_m: Edge of that cube [m].
    """

    def __init__(
        self,
        layer: Layer,
        falls: Precipitation,
        lens: Lens,
        wind: Float[Array, "3"],
        rng: np.random.Generator,
    ) -> None:
        self._layer = layer
        self._lens = lens
        corner = np.array(lens.size_px) / 2 / lens.focal_px
        near, far = layer.near_m * (1 - _BLEND), layer.far_m * (1 + _BLEND)
        # The ball around a frustum's slice: it holds the slice wherever the camera looks.
        spread = float(corner @ corner)
        self.axis_m = min((1 + spread) * (near + far) / 2, far)
        radius = np.hypot(far - self.axis_m, far * np.sqrt(spread))
        self.edge_m = 2 * float(radius) + 2 * _MARGIN_M
        count = int(np.ceil(falls.density * self.edge_m**3 / layer.stands_for))
        self._field = ParticleField(falls, rng, edge_m=self.edge_m, count=count, wind=wind)

    def middle(self, camera: Pose) -> Float[Array, "3"]:
        """Return the middle of what a camera sees of the layer (3) [m]."""
        return np.asarray(camera.position - self.axis_m * camera.rotation[:, 2])

    def seen(
        self, time_secs: float, camera: Pose, shelter: Shelter
    ) -> tuple[Particles, Float[Array, " n"]]:
        """Return the particles before the camera that nothing shelters, and their weights (n)."""
        low = self.middle(camera) - self.edge_m / 2
        particles, weights = in_view(
            self._field.at(time_secs, low), self._layer, camera, self._lens
        )
        reached = shelter.reached(particles.points)
        return particles.where(reached), weights[reached]


def in_view(
    particles: Particles, layer: Layer, camera: Pose, lens: Lens
) -> tuple[Particles, Float[Array, " n"]]:
    """Return the particles of a layer that are in a camera's picture, and their weights (n)."""
    turned = camera.inverse() @ particles.points
    weights = _faded(-turned[:, 2], layer.near_m, layer.far_m) * layer.stands_for
    half = np.array(lens.size_px) / 2 / lens.focal_px * _WIDER
    beside = (np.abs(turned[:, :2]) <= half * -turned[:, 2:]).all(-1)
    kept = (weights > 0) & beside
    return particles.where(kept), weights[kept]


_MARGIN_M = 0.1
"""Room for swaying at the edges of a field [m]."""

_WIDER = 1.15
"""Streaks begin outside of the picture."""


def _faded(depths: Float[Array, " n"], near: float, far: float) -> Float[Array, " n"]:
    """Return by how much particles at depths (n) [m] count: all inside, none outside."""
    begin = (depths - near * (1 - _BLEND)) / (2 * _BLEND * near)
    end = (far * (1 + _BLEND) - depths) / (2 * _BLEND * far)
    return np.asarray(np.clip(np.minimum(begin, end), 0, 1))
