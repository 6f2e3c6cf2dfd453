"""One frame with its exact truth."""

from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from scene_builder.model.arrays import Array, set_read_only

Picture = UInt8[Array, "h w 3"]
"""A finished picture: sRGB, 8 bits, row 0 at the top."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FrameBuffers:
    """All passes of one frame; row 0 is the top.

    Attributes:
        frame: Which frame of the shot.
        rgb: Linear light (h w 3), float32, not tone-mapped.
        albedo: Base colour, linear (h w 3), float32.
        depth: Distance along the camera's axis (h w) [m], float32; background inf.
        normal: Unit surface normals in the world (h w 3), float32; background 0.
        flow_forward: Where each pixel goes in the next frame (h w 2) [px], x right, y down;
            NaN where undefined (background without geometry, last frame).
        flow_backward: Where each pixel came from: its place in the previous frame minus its
            place here (h w 2) [px]; NaN where undefined (first frame).
        visible_before: Whether the point was seen in the previous frame (h w).
        body_point: The surface point in its body's frame (h w 3) [m], float32; background NaN.
        body_index: 0 for background, k for `bodies[k - 1]` (h w), int32.
    """

    frame: int
    rgb: Float[Array, "h w 3"]
    albedo: Float[Array, "h w 3"]
    depth: Float[Array, "h w"]
    normal: Float[Array, "h w 3"]
    flow_forward: Float[Array, "h w 2"]
    flow_backward: Float[Array, "h w 2"]
    visible_before: Bool[Array, "h w"]
    body_point: Float[Array, "h w 3"]
    body_index: Int[Array, "h w"]

    def __post_init__(self) -> None:
        height, width = np.shape(self.depth)
        for field in fields(self):
            if field.name == "frame":
                continue
            value = getattr(self, field.name)
            dtype = {"visible_before": np.bool_, "body_index": np.int32}.get(field.name, np.float32)
            set_read_only(self, field.name, dtype, (height, width, *np.shape(value)[2:]))

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height [px]."""
        height, width = self.depth.shape
        return width, height
