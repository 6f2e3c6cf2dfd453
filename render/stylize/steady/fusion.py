"""Fusion of a predicted picture with the last one, carried along exact motion.

The last finished picture is fetched along the backward flow and mixed into the predicted one,
as in temporal antialiasing (Karis 2014) and flow-guided video diffusion. It is fetched by bicubic
convolution: what is interpolated linearly in every frame turns soft. Three guards keep old
paint from staying where it does not belong:

- a point that was hidden, or outside, a frame ago has no history (exact visibility);
- a place whose history lies within `GUARD_PX` of a silhouette has none: interpolation would mix
  two bodies there, and leave a trail behind what moves;
- history is cut to the mean ± `SPREAD` standard deviations of the prediction nearby, so that
  shadows and light, which do not move with the surface, are let go.

Without guards the warping error looks better still, and the picture has ghosts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor
from torch.nn import functional

from render.camera_track import CameraTrack
from render.frames import FrameBuffers, Picture
from render.stylize.painting.styles import Kind
from scene_builder.model.arrays import Array

SHARES: Mapping[Kind, float] = MappingProxyType({"stroke": 0.74, "soft": 0.74, "flat": 0.6})
"""Share of history in the mix, where there is any, for each kind of style.

Measured with the painters at 512 × 288 and 11 px of motion a frame (`benchmarks/styles.py`): of the
texture that free noise gives, 81 % (ink) to 95 % (watercolor) is left. With 0.75 or more, pictures
of 8 bits would never forget their history: a difference of 2 would be rounded to 2 again.
"""
GUARD_PX = 2
SPREAD = 1.75
"""Ink on paper is two standard deviations from what is around it: less would wash it out."""
_NEAR_PX = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """How much of the last picture is mixed in; called with predicted pictures.

    Attributes:
        history: The last picture, fetched along the motion (1 3 h w), 0…1.
        trusted: Where it may be used, 0…1 (1 1 h w).
        share: Share of it in the mix.
    """

    history: Tensor
    trusted: Tensor
    share: float

    def __call__(self, clean: Tensor) -> Tensor:
        """Return a predicted picture (1 3 h w), 0…1, with its history mixed in."""
        mean = _mean_nearby(clean)
        spread = SPREAD * (_mean_nearby(clean * clean) - mean * mean).clamp(min=0).sqrt()
        cut = torch.minimum(torch.maximum(self.history, mean - spread), mean + spread)
        return clean + self.share * self.trusted * (cut - clean)


def fusion_with(
    before: Picture,
    index_before: Int[Array, "h w"],
    frame: FrameBuffers,
    track: CameraTrack,
    *,
    share: float,
) -> Fusion:
    """Return the fusion of a frame's predicted picture with the last finished picture.

    Args:
        before: The finished picture of the frame before.
        index_before: The body index of the frame before.
        frame: Its backward flow, visibility and body index are used.
        track: The camera, which moves the background.
        share: Share of history in the mix.
    """
    flow, seen = backward_motion(frame, track)
    places = _places(flow)
    last = torch.from_numpy(np.array(before)).permute(2, 0, 1)[None].float() / 255
    history = _fetched(last, places, mode="bicubic").clamp(0, 1)
    clear = seen & _clear_of_edges(index_before, frame.body_index, places)
    trusted = torch.from_numpy(clear.astype(np.float32))[None, None]
    return Fusion(history=history, trusted=trusted, share=share)


def backward_motion(
    frame: FrameBuffers, track: CameraTrack
) -> tuple[Float[Array, "h w 2"], Bool[Array, "h w"]]:
    """Return where each pixel came from, relative to itself [px], and whether it was seen there.

    The sky has no surface, but it stands still: it goes where the camera's turning takes it. It
    counts as seen if its place was inside of the last picture, whoever hid it there.
    """
    flow = np.array(frame.flow_backward, np.float32)
    seen = np.array(frame.visible_before, np.bool_)
    sky = frame.body_index == 0
    if frame.frame > 0 and sky.any():
        height, width = sky.shape
        rays = track.lens.rays()[sky] @ track.world_from_camera(frame.frame).rotation.T
        before = track.lens.pixels(rays @ track.world_from_camera(frame.frame - 1).rotation)
        rows, columns = np.nonzero(sky)
        flow[sky] = before - np.stack([columns, rows], axis=-1)
        with np.errstate(invalid="ignore"):
            inside = (before >= 0) & (before <= np.array([width - 1, height - 1]))
        seen[sky] = inside.all(-1)
    known = np.isfinite(flow).all(-1)
    return np.where(known[..., None], flow, 0).astype(np.float32), seen & known


def warped(picture: Float[Array, "h w c"], flow: Float[Array, "h w 2"]) -> Float[Array, "h w c"]:
    """Return what a picture (h w c) shows where each pixel came from, bilinearly."""
    given = torch.from_numpy(np.array(picture, np.float32)).permute(2, 0, 1)[None]
    fetched = _fetched(given, _places(flow))
    return np.asarray(fetched[0].permute(1, 2, 0).numpy())


def near_silhouettes(body_index: Array, reach_px: int) -> Bool[Array, "h w"]:
    """Return which pixels lie within some pixels of where one body ends and another begins."""
    ids = torch.from_numpy(np.array(body_index, np.float32))[None, None]
    high, low = functional.max_pool2d(ids, 3, 1, 1), -functional.max_pool2d(-ids, 3, 1, 1)
    edge = (high != low).float()
    wide = functional.max_pool2d(edge, 2 * reach_px + 1, 1, reach_px)
    return np.asarray(wide[0, 0].numpy() > 0)


def _places(flow: Float[Array, "h w 2"]) -> Tensor:
    """Return places in the last picture as `grid_sample` wants them (1 h w 2)."""
    height, width = flow.shape[:2]
    x = np.arange(width, dtype=np.float32)[None, :] + flow[..., 0] + 0.5
    y = np.arange(height, dtype=np.float32)[:, None] + flow[..., 1] + 0.5
    return torch.from_numpy(np.stack([x / width * 2 - 1, y / height * 2 - 1], axis=-1))[None]


def _clear_of_edges(index_before: Array, index: Array, places: Tensor) -> Bool[Array, "h w"]:
    """Return where the last picture showed the same body, and no silhouette nearby."""
    edges = near_silhouettes(index_before, GUARD_PX).astype(np.float32)
    old = np.stack([edges, index_before.astype(np.float32)])
    given = torch.from_numpy(old)[None]
    touched = _fetched(given[:, :1], places)[0, 0].numpy()
    there = _fetched(given[:, 1:], places, mode="nearest")[0, 0].numpy()
    return np.asarray((touched < _TOUCHED) & (there == index))


_TOUCHED = 0.01


def _fetched(x: Tensor, places: Tensor, mode: str = "bilinear") -> Tensor:
    return functional.grid_sample(x, places, mode=mode, padding_mode="border", align_corners=False)


def _mean_nearby(x: Tensor) -> Tensor:
    reach = _NEAR_PX // 2
    return functional.avg_pool2d(functional.pad(x, (reach,) * 4, mode="replicate"), _NEAR_PX, 1)
