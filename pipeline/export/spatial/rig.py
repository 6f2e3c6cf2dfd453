"""Two parallel cameras: how far they stand apart, and what lies on the screen's plane.

The left eye is the film's own camera, so that only one more film is rendered. The right eye
stands beside it and looks the same way. Its picture is a part of a wider one, `shift_px` off its
middle, exactly what a shifted sensor would see: what is `screen_m` away has no parallax.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import UInt8

from render.camera_track import CameraTrack
from render.frames import FrameBuffers, Picture
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens

MOST_PARALLAX_DEG = 1.0
"""Parallax that most people see without strain, crossed or not (Lambooij et al. 2009)."""
_LEAST_SCREEN_M = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What a film shows between its nearest and its farthest point.

    Attributes:
        near_m: Distance of the nearest point along the camera's axis [m].
        far_m: Distance of the farthest [m]; inf for the sky.
        subject_m: Distance of what the film is about [m].
    """

    near_m: float
    far_m: float
    subject_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """Two parallel cameras.

    Attributes:
        baseline_mm: How far apart they stand [mm].
        shift_px: How far the right picture is shifted [px].
        lens: The left camera's, which is the film's.
    """

    baseline_mm: float
    shift_px: int
    lens: Lens

    @property
    def screen_m(self) -> float:
        """Where there is no parallax [m]."""
        return self._reach / self.shift_px if self.shift_px else math.inf

    @property
    def _reach(self) -> float:
        """Parallax times distance [px·m]."""
        return self.lens.focal_px * self.baseline_mm / 1000

    @property
    def hfov_deg(self) -> float:
        """What each camera sees from left to right [deg]."""
        return math.degrees(2 * math.atan(self.lens.size_px[0] / 2 / self.lens.focal_px))

    def parallax_px(self, distance_m: float) -> float:
        """Return how much farther right the right eye sees a point [px]; below 0 in front."""
        return self.shift_px - self._reach / distance_m

    def parallax_deg(self, distance_m: float) -> float:
        """Return the same as an angle, for eyes that see the film as wide as the camera did."""
        return math.degrees(math.atan(self.parallax_px(distance_m) / self.lens.focal_px))

    @property
    def wide_lens(self) -> Lens:
        """The lens of the wider picture that the right eye's is a part of."""
        width, height = self.lens.size_px
        wide = width + 2 * self.shift_px
        return replace(
            self.lens,
            sensor_width_mm=self.lens.sensor_width_mm * wide / width,
            size_px=(wide, height),
        )

    def right_track(self, track: CameraTrack) -> CameraTrack:
        """Return the right camera's motion, with the lens of the wider picture."""
        beside = np.array([self.baseline_mm / 1000, 0.0, 0.0])
        places = [track.world_from_camera(k) @ beside for k in range(len(track.positions))]
        return CameraTrack(positions=np.array(places), wxyz=track.wxyz, lens=self.wide_lens)

    def cut(self, picture: Picture) -> UInt8[Array, "h part 3"]:
        """Return the right eye's part of a wider picture (h w 3)."""
        return picture[:, : self.lens.size_px[0]]


def rig_for(lens: Lens, seen: Range, *, baseline_mm: float) -> Rig:
    """Return cameras as far apart as asked for, or as far as eyes bear.

    Args:
        lens: The film's.
        seen: What it shows.
        baseline_mm: Distance of the cameras that is asked for [mm].
    """
    rig = _rig(lens, seen, baseline_mm)
    most = max(abs(rig.parallax_deg(seen.near_m)), abs(rig.parallax_deg(seen.far_m)))
    while most > MOST_PARALLAX_DEG and rig.baseline_mm > 0.1:  # noqa: PLR2004 - mm
        rig = _rig(lens, seen, math.floor(rig.baseline_mm * 10 * MOST_PARALLAX_DEG / most) / 10)
        most = max(abs(rig.parallax_deg(seen.near_m)), abs(rig.parallax_deg(seen.far_m)))
    return rig


def _rig(lens: Lens, seen: Range, baseline_mm: float) -> Rig:
    shift = lens.focal_px * baseline_mm / 1000 / max(seen.subject_m, _LEAST_SCREEN_M)
    return Rig(baseline_mm=baseline_mm, shift_px=round(shift), lens=lens)


def range_of(shot: Shot, frames: Iterable[FrameBuffers]) -> Range:
    """Return what a film shows between its nearest and its farthest visible point."""
    near, far = math.inf, 0.0
    for frame in frames:
        near = min(near, float(frame.depth.min()))
        far = max(far, float(frame.depth.max()))
    return Range(near_m=near, far_m=far, subject_m=_subject_m(shot, near, far))


def _subject_m(shot: Shot, near: float, far: float) -> float:
    """Return how far away the film's subjects are, in the middle of all frames [m]."""
    stage, motion = shot.stage, shot.trajectory
    names = stage.shot.subjects or stage.shot.shown
    distances = []
    for name in names:
        k, center = motion.index(name), stage.body(name).center_of_mass
        for frame in np.flatnonzero(motion.present[:, k]):
            place = motion.pose(int(frame), name) @ center
            camera = shot.track.world_from_camera(int(frame)).inverse()
            distances.append(-float((camera @ place)[2]))
    ahead = [distance for distance in distances if distance > 0]
    middle = float(np.median(ahead)) if ahead else 2 * near
    return float(np.clip(middle, near, far))
