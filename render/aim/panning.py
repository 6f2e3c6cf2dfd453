"""After the last outcome a standing camera turns after what leaves its picture."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from render.aim.cues import unit_wxyz
from render.aim.framing import wxyz_of
from render.aim.paths import smoothed
from render.aim.subjects import Subjects
from render.camera_track import CameraTrack
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz

INNER_SHARE = 0.6
"""Share of the picture's half-width and half-height in which the subjects' middle may roam."""

MOST_PAN_DEG, MOST_TILT_DEG = 50.0, 15.0
REACH_SECS = 0.5
"""Half the time over which a turn is smoothed [s]."""


def panned(
    track: CameraTrack, subjects: Subjects, after: int, fps: float, *, most_deg: float
) -> CameraTrack:
    """Return the track, turned from a frame on so far that most of the subjects stay in it.

    A picture that everybody has left shows nothing; one who films it would turn after them. What
    counts is the median of the subjects' directions, so that a single one that rolls off while
    the others stay is let go. Up to `after` nothing changes.

    Args:
        track: A camera that stands, or moves by its own cue.
        subjects: What it has to show.
        after: The first frame that may turn.
        fps: Frames a second [Hz].
        most_deg: Most that it turns sideways [deg].
    """
    count = len(track.positions)
    if after >= count - 1:
        return track
    pan, tilt = _directions(track, subjects)
    width, height = track.lens.size_px
    roam = INNER_SHARE * np.array([width, height]) / 2 / track.lens.focal_px
    excess = np.stack(
        [
            np.clip(_beyond(pan, float(np.arctan(roam[0]))), *_within(most_deg)),
            np.clip(_beyond(tilt, float(np.arctan(roam[1]))), *_within(MOST_TILT_DEG)),
        ],
        axis=-1,
    )
    if not excess[after:].any():
        return track
    reach = max(1, round(REACH_SECS * fps))
    excess[: after + reach] = 0.0
    return _turned(track, smoothed(excess, reach))


def _within(most_deg: float) -> tuple[float, float]:
    return -float(np.deg2rad(most_deg)), float(np.deg2rad(most_deg))


def _directions(
    track: CameraTrack, subjects: Subjects
) -> tuple[Float[Array, " f"], Float[Array, " f"]]:
    """Return the median angle to the right and up of the subjects' middles, by frame [rad]."""
    rotations = rotation_from_wxyz(track.wxyz)
    middles = np.stack([points.mean(axis=1) for points in subjects.points], axis=1)
    seen = np.einsum("fji,fsj->fsi", rotations, middles - track.positions[:, None])
    right = np.arctan2(seen[..., 0], -seen[..., 2])
    up = np.arctan2(seen[..., 1], np.hypot(seen[..., 0], seen[..., 2]))
    return np.median(right, axis=1), np.median(up, axis=1)


def _beyond(angles: Float[Array, " f"], allowed: float) -> Float[Array, " f"]:
    return np.asarray(np.sign(angles) * np.maximum(np.abs(angles) - allowed, 0.0))


def _turned(track: CameraTrack, angles: Float[Array, "f 2"]) -> CameraTrack:
    """Return the track, turned to the right about the vertical, and up about its own axis."""
    turned = []
    for rotation, (right, up) in zip(rotation_from_wxyz(track.wxyz), angles, strict=True):
        c, s = np.cos(-right), np.sin(-right)
        about_z = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
        c, s = np.cos(up), np.sin(up)
        about_x = np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])
        turned.append(wxyz_of(about_z @ rotation @ about_x))
    wxyz = np.where(angles.any(axis=1)[:, None], np.stack(turned), track.wxyz)
    return replace(track, wxyz=unit_wxyz(wxyz))
