"""What could be seen of every body, frame by frame."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array, set_read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Visibility:
    """Silhouettes in numbers: claims can be judged without the frames.

    Attributes:
        body_ids: The stage's bodies, in its order.
        pixels: Visible pixels (f b).
        box: x0, y0, x1, y1 of the visible pixels, inclusive (f b 4) [px]; −1 where unseen.
        centroid: Mean place of the visible pixels (f b 2) [px]; NaN where unseen.
    """

    body_ids: tuple[str, ...]
    pixels: Int[Array, "f b"]
    box: Int[Array, "f b 4"]
    centroid: Float[Array, "f b 2"]

    def __post_init__(self) -> None:
        frames, bodies = len(self.pixels), len(self.body_ids)
        set_read_only(self, "pixels", np.int64, (frames, bodies))
        set_read_only(self, "box", np.int32, (frames, bodies, 4))
        set_read_only(self, "centroid", np.float64, (frames, bodies, 2))
