"""Pictures between two key frames: carried straight from them along exact motion.

A heavy model paints every n-th frame. Each frame between fetches both key frames' paint where its
own surface points were, straight from the key frame and never chained (chained fetches blur and
drift), and mixes them by distance in time, as in Jamriška et al. 2019 ("Stylizing Video by
Example"), with exact motion instead of an estimate. What moved in the light since the key frame
is added from the plain pictures. What neither key frame saw is the plain picture in the key
frame's palette, joined without a seam.

Two guards keep paint from staying where it does not belong. All that is mixed for a pixel shows
the same body, at the point's own depth. And a model paints a little over outlines: what lay
within `GUARD_PX` of an outline in the key frame, and does not now, is not taken.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch.nn import functional

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.steady.fusion import GUARD_PX, near_silhouettes, warped
from render.stylize.steady.motion import motion_between
from scene_builder.model.arrays import Array

_LIGHT_PX = 2.0
"""Finest change of light that is carried over [px]: finer is the paint's own."""
_SEAM_PX = 6.0
"""How far colour next to a hole reaches into it [px]."""
_RIDGE = 1e-3
_SAME = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class KeyFrame:
    """A painted frame.

    Attributes:
        frame: The frame.
        plain: Its plain picture.
        picture: Its painted picture, as it was written.
    """

    frame: FrameBuffers
    plain: Picture
    picture: Picture


class Carried(NamedTuple):
    """What a frame takes from one key frame.

    Attributes:
        picture: The key frame's paint, fetched along the motion (h w 3), 0…1.
        trusted: Where it may be used (h w).
    """

    picture: Float[Array, "h w 3"]
    trusted: Bool[Array, "h w"]


def between(frame: FrameBuffers, plain: Picture, keys: tuple[KeyFrame, ...], shot: Shot) -> Picture:
    """Return the picture of a frame from the painted key frames around it.

    Args:
        frame: The frame.
        plain: Its plain picture.
        keys: One key frame, or the one before and the one after.
        shot: The shot that all belong to.
    """
    carried = [carried_from(key, frame, plain, shot) for key in keys]
    away = [abs(key.frame.frame - frame.frame) for key in keys]
    near = np.array([1 - d / sum(away) for d in away] if len(keys) > 1 else [1.0], np.float32)
    weights = np.stack([w * one.trusted for w, one in zip(near, carried, strict=True)])
    total = weights.sum(0)
    seen = total > 0
    shares = weights / np.where(seen, total, 1)
    paint = sum(share[..., None] * one.picture for share, one in zip(shares, carried, strict=True))
    nearest = keys[int(near.argmax())]
    graded = grade_of(nearest)(plain)
    filled = _joined(graded, np.asarray(paint), seen, frame)
    return np.asarray(np.round(255 * np.clip(filled, 0, 1)), np.uint8)


def carried_from(key: KeyFrame, frame: FrameBuffers, plain: Picture, shot: Shot) -> Carried:
    """Return what a frame takes from a key frame; see `between`."""
    flow, seen = motion_between(frame, key.frame, shot)
    ids = key.frame.body_index.astype(np.float32)[..., None]
    pure = np.abs(warped(ids, flow)[..., 0] - frame.body_index) < _SAME
    was, now = (near_silhouettes(f.body_index, GUARD_PX) for f in (key.frame, frame))
    touched = warped(was.astype(np.float32)[..., None], flow)[..., 0] > _SAME
    trusted = seen & pure & ~(touched & ~now)
    sharp, soft = fetched(key.picture / 255.0, flow), warped(key.picture / 255.0, flow)
    picture = np.where(touched[..., None], soft, sharp)
    light = _change_of_light(key, plain, flow, trusted)
    return Carried(np.clip(picture + light, 0, 1).astype(np.float32), trusted)


def fetched(picture: Float[Array, "h w 3"], flow: Float[Array, "h w 2"]) -> Float[Array, "h w 3"]:
    """Return what a picture (h w 3) shows where each pixel was, by bicubic convolution."""
    height, width = flow.shape[:2]
    x = (np.arange(width, dtype=np.float32)[None, :] + flow[..., 0] + 0.5) / width * 2 - 1
    y = (np.arange(height, dtype=np.float32)[:, None] + flow[..., 1] + 0.5) / height * 2 - 1
    given = torch.from_numpy(np.array(picture, np.float32)).permute(2, 0, 1)[None]
    places = torch.from_numpy(np.stack([x, y], axis=-1).astype(np.float32))[None]
    found = functional.grid_sample(
        given, places, mode="bicubic", padding_mode="border", align_corners=False
    )
    return np.asarray(found[0].permute(1, 2, 0).clamp(0, 1).numpy())


@dataclass(frozen=True, slots=True)
class Grade:
    """How plain colours become a key frame's: an affine map, fitted by least squares.

    Attributes:
        matrix: Four rows: red, green, blue and 1; columns are the new colours (4 3).
    """

    matrix: Float[Array, "4 3"]

    def __call__(self, plain: Picture) -> Float[Array, "h w 3"]:
        """Return a plain picture in the key frame's palette, 0…1."""
        return np.asarray(plain / 255.0 @ self.matrix[:3] + self.matrix[3], np.float32)


def grade_of(key: KeyFrame) -> Grade:
    """Return how a key frame's plain colours became its painted ones."""
    plain = key.plain.reshape(-1, 3) / 255.0
    known = np.concatenate([plain, np.ones((len(plain), 1))], axis=1)
    painted = key.picture.reshape(-1, 3) / 255.0
    # where the picture says nothing about a colour, it stays what it is
    prior = np.concatenate([np.eye(3), np.zeros((1, 3))])
    weight = _RIDGE * len(plain)
    squares = known.T @ known + weight * np.eye(4)
    return Grade(np.linalg.solve(squares, known.T @ painted + weight * prior))


def _change_of_light(
    key: KeyFrame, plain: Picture, flow: Float[Array, "h w 2"], trusted: Bool[Array, "h w"]
) -> Float[Array, "h w 3"]:
    """Return by how much shadows and light have changed since a key frame, in its palette."""
    change = plain / 255.0 - warped(key.plain / 255.0, flow)
    return np.asarray(_spread(change, trusted, _LIGHT_PX) @ grade_of(key).matrix[:3])


def _joined(
    graded: Float[Array, "h w 3"],
    paint: Float[Array, "h w 3"],
    seen: Bool[Array, "h w"],
    frame: FrameBuffers,
) -> Float[Array, "h w 3"]:
    """Return paint where it was seen, and graded colours in the holes, without a seam.

    In a hole the difference of both next to it, on the same body, is added.
    """
    filled = np.where(seen[..., None], paint, graded)
    for index in np.unique(frame.body_index[~seen]):
        own = frame.body_index == index
        rows, columns = (_reach(own.any(axis)) for axis in (1, 0))
        part = (rows, columns)
        known = own[part] & seen[part]
        if known.any():
            offset = _spread(paint[part] - graded[part], known, _SEAM_PX)
            hole = own[part] & ~seen[part]
            filled[part][hole] = (graded[part] + offset)[hole]
    return np.asarray(filled)


def _reach(there: Bool[Array, " n"]) -> slice:
    found = np.flatnonzero(there)
    return slice(int(found[0]), int(found[-1]) + 1)


def _spread(
    values: Float[Array, "h w 3"], known: Bool[Array, "h w"], sigma_px: float
) -> Float[Array, "h w 3"]:
    """Return the mean of what is known nearby (normalised convolution, Knutsson 1993)."""
    from scipy.ndimage import gaussian_filter

    weight = known.astype(np.float32)[..., None]
    sums = gaussian_filter(np.asarray(values * weight, np.float32), (sigma_px, sigma_px, 0))
    total = gaussian_filter(weight, (sigma_px, sigma_px, 0))
    return np.asarray(sums / np.maximum(total, _LEAST_WEIGHT))


_LEAST_WEIGHT = 1e-3
