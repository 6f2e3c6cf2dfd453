"""Pictures that steer a large model, made from a frame's own truth and not guessed from light.

Control models were trained on what estimators see in photographs: inverse depth (near is white),
one-pixel lines, and normals in the view. Here all three are exact. What they are fitted to is
measured once for a shot, so that no control ever flickers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from jaxtyping import Float, UInt8

from render.camera_track import CameraTrack
from render.frames import FrameBuffers
from scene_builder.model.arrays import Array

ControlName = Literal["depth", "edges", "normals"]
UNION_MODES: Mapping[ControlName, int] = MappingProxyType({"depth": 1, "edges": 3, "normals": 4})
"""Which entry of a union ControlNet each control is (controlnet-union-sdxl-1.0: 0 pose, 1 depth,
2 soft edges, 3 canny and line art, 4 normals, 5 segments)."""
_NEAREST, _FARTHEST = 0.02, 0.98
"""Shares of a first frame's pixels that are nearer than, and as near as, what is fitted."""
_MARGIN = 1.25
_LOW, _HIGH = 0.1, 0.9
"""Brightness of the farthest and the nearest depth that was fitted."""
_LEAST_M = 1e-3
_STEP = 0.06
"""Share by which neighbours' depths differ across a step."""
_CREASE = 0.75
"""Cosine of neighbours' normals below which the surface has a crease."""
_SLANTED = 0.35
"""Cosine to the viewer below which a plane's own depth steps from pixel to pixel."""


@dataclass(frozen=True, slots=True)
class DepthRange:
    """What depths a shot's depth pictures spread over.

    Attributes:
        near_m: Depth that is shown at 90 % [m].
        far_m: Depth that is shown at 10 % [m].
    """

    near_m: float
    far_m: float


def depth_range(frame: FrameBuffers) -> DepthRange:
    """Return the range of a shot's depths, measured on its first frame with some margin."""
    known = frame.depth[np.isfinite(frame.depth)]
    if not known.size:
        return DepthRange(1.0, 10.0)
    near, far = np.quantile(known, [_NEAREST, _FARTHEST])
    near = max(float(near) / _MARGIN, _LEAST_M)
    return DepthRange(near, max(float(far), near) * _MARGIN)


def depth_picture(depth: Float[Array, "h w"], fitted: DepthRange) -> UInt8[Array, "h w 3"]:
    """Return depths [m] as a grey picture: near is white, the background is black.

    Inverse depth is linear between the fitted depths. Beyond them it is bent, never cut: what is
    farther is never brighter, at any depth.
    """
    inverse = 1 / np.maximum(np.asarray(depth, np.float64), _LEAST_M)
    low, high = 1 / fitted.far_m, 1 / fitted.near_m
    t = (inverse - low) / (high - low)
    rise = _HIGH - _LOW
    beyond = _HIGH + (1 - _HIGH) * -np.expm1(-np.maximum(t - 1, 0) * rise / (1 - _HIGH))
    before = _LOW * np.clip(inverse / low, 0, 1)
    value = np.where(t > 1, beyond, np.where(t < 0, before, _LOW + rise * t))
    return _grey(value)


def edge_picture(
    frame: FrameBuffers, world_from_camera: Float[Array, "3 3"]
) -> UInt8[Array, "h w 3"]:
    """Return white lines on black: wherever one body ends and another begins, steps, creases.

    A line is one pixel wide and lies on the pixel left of, or above, the border.

    Args:
        frame: Its body index, depth and normals are used.
        world_from_camera: The camera's rotation.
    """
    index, depth = frame.body_index, np.minimum(frame.depth, _FAR_M).astype(np.float64)
    normals = frame.normal @ np.asarray(world_from_camera, np.float32)
    lines = np.zeros(index.shape, np.bool_)
    for axis in (0, 1):
        here = (slice(None),) * axis + (slice(0, -1),)
        there = (slice(None),) * axis + (slice(1, None),)
        inside = (index[here] == index[there]) & (index[here] > 0)
        bend = np.einsum("hwk,hwk->hw", normals[here], normals[there]) < _CREASE
        nearer = np.minimum(depth[here], depth[there])
        step = np.abs(depth[here] - depth[there]) > _STEP * nearer
        slanted = np.minimum(normals[here][..., 2], normals[there][..., 2]) < _SLANTED
        lines[here] |= (index[here] != index[there]) | (inside & (bend | (step & ~slanted)))
    return _grey(lines)


_FAR_M = 1e6


def normal_picture(
    frame: FrameBuffers, world_from_camera: Float[Array, "3 3"]
) -> UInt8[Array, "h w 3"]:
    """Return normals in the view as colours: red right, green up, blue to the viewer."""
    normals = frame.normal @ np.asarray(world_from_camera, np.float32)
    normals = np.where(frame.body_index[..., None] > 0, normals, np.array([0, 0, 1], np.float32))
    return np.asarray(np.round((normals + 1) * 127.5), np.uint8)


def control_pictures(
    frame: FrameBuffers, track: CameraTrack, names: tuple[ControlName, ...], fitted: DepthRange
) -> tuple[UInt8[Array, "h w 3"], ...]:
    """Return the control pictures of a frame, in the order of `names`."""
    rotation = track.world_from_camera(frame.frame).rotation
    made: Mapping[ControlName, Callable[[], UInt8[Array, "h w 3"]]] = {
        "depth": lambda: depth_picture(frame.depth, fitted),
        "edges": lambda: edge_picture(frame, rotation),
        "normals": lambda: normal_picture(frame, rotation),
    }
    return tuple(made[name]() for name in names)


def mixed(pictures: tuple[UInt8[Array, "h w 3"], ...]) -> UInt8[Array, "h w 3"]:
    """Return several controls as one, for models that take one: the first, lined with the others.

    Lines are drawn into the depth picture at half strength, as borders that depth alone would
    lose where two things touch.
    """
    first, *others = pictures
    value = first.astype(np.float32)
    for other in others:
        value += (255 - value) * (other.astype(np.float32) / 255) * _LINE_SHARE
    return np.asarray(np.round(value), np.uint8)


_LINE_SHARE = 0.35


def _grey(value: Array) -> UInt8[Array, "h w 3"]:
    grey = np.round(255 * np.asarray(value, np.float64)).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=-1)
