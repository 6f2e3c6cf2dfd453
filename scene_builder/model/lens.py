"""The camera's lens and the picture's size."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """A pinhole lens with square pixels and its centre in the middle of the picture.

    Attributes:
        focal_length_mm: Focal length [mm].
        sensor_width_mm: Width of the sensor [mm]; the picture's width fills it.
        size_px: Width and height of the picture [px].
    """

    focal_length_mm: float
    sensor_width_mm: float
    size_px: tuple[int, int]

    @property
    def focal_px(self) -> float:
        """Focal length [px]."""
        return self.focal_length_mm / self.sensor_width_mm * self.size_px[0]

    def pixels(self, points: Float[Array, "*n 3"]) -> Float[Array, "*n 2"]:
        """Project points in camera space [m] to the picture [px]; NaN behind the camera.

        Pixel (0, 0) is the centre of the top left pixel, x runs right and y down.
        """
        x, y, z = np.moveaxis(np.asarray(points, np.float64), -1, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.where(z < 0, self.focal_px / -z, np.nan)
        width, height = self.size_px
        return np.stack([x * scale + (width - 1) / 2, (height - 1) / 2 - y * scale], axis=-1)

    def rays(self) -> Float[Array, "h w 3"]:
        """Return, for every pixel's centre, the camera-space direction with z = −1."""
        width, height = self.size_px
        x = (np.arange(width) - (width - 1) / 2) / self.focal_px
        y = ((height - 1) / 2 - np.arange(height)) / self.focal_px
        grid_x, grid_y = np.meshgrid(x, y)
        return np.stack([grid_x, grid_y, -np.ones_like(grid_x)], axis=-1)
