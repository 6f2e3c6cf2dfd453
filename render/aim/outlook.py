"""Which direction sees the subjects best: candidates, judged by lines of sight."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.aim.subjects import Subjects
from render.camera_track import CameraTrack
from render.truth.surfaces import SurfaceCaster
from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose

ENOUGH_PX = 230.0
"""Pixels at 512×288 that every subject should have, with a little to spare."""

SEEN_SHARE = 0.4
"""Of every subject's silhouette, so much should be free when a shot begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How well subjects can be seen.

    Attributes:
        clear: Mean share of their surface points that nothing else hides, 0…1.
        worst: The least share of any subject at any judged frame.
        enough: Mean of how much of `ENOUGH_PX` visible pixels each of them has, at most 1.
        free: Whether the lens itself is clear of everything.
    """

    clear: float
    worst: float
    enough: float
    free: bool


class Lookout:
    """Judges camera poses at a few telling frames."""

    def __init__(
        self, caster: SurfaceCaster, motion: Trajectory, subjects: Subjects, frames: list[int]
    ) -> None:
        self._caster = caster
        self._motion = motion
        self._subjects = subjects
        self.frames = frames

    def sight(self, poses: list[Pose], lens: Lens) -> Sight:
        """Judge one pose for each of the judged frames.

        Args:
            poses: The camera at each of `self.frames`.
            lens: Its lens.
        """
        small = replace(lens, size_px=_same_shape(lens.size_px, _COARSE_PIXELS))
        shares, enough, free = [], [], True
        for frame, pose in zip(self.frames, poses, strict=True):
            shares.append(self._shares(frame, pose, lens))
            index, _, depth = self._caster.first_hits(frame, pose, small, _grid(small.size_px))
            count = np.bincount(index, minlength=len(self._motion.body_ids) + 1)[1:]
            pixels = count[list(self._subjects.indices)] * _as_reference(small.size_px)
            enough.append(np.minimum(pixels / ENOUGH_PX, 1).mean())
            free = free and depth.min() > _CLEARANCE_M and pose.position[2] > _LOWEST_M
        grid = np.array(shares)
        return Sight(
            clear=float(grid.mean()),
            worst=float(grid.min()),
            enough=float(np.mean(enough)),
            free=bool(free),
        )

    def least_at_start(self, pose: Pose, lens: Lens) -> float:
        """Return the least share of any subject's silhouette that nothing hides at first, 0…1.

        Args:
            pose: The camera at the first of `self.frames`.
            lens: Its lens.
        """
        small = replace(lens, size_px=_same_shape(lens.size_px, _COARSE_PIXELS))
        frame, pixels, least = self.frames[0], _grid(small.size_px), 1.0
        seen, _, _ = self._caster.first_hits(frame, pose, small, pixels)
        for k in self._subjects.indices:
            if self._motion.present[frame, k]:
                alone, _, _ = self._caster.first_hits(frame, pose, small, pixels, only=k)
                if (alone > 0).any():
                    least = min(least, float((seen[alone > 0] == k + 1).mean()))
        return least

    def fewest_px(self, track: CameraTrack, frames: list[int]) -> float:
        """Return the smallest silhouette of any subject at some frames, as pixels of 512×288.

        Only what lies in the picture counts; what others hide counts as well, because coming
        nearer would not uncover it.
        """
        small = replace(track.lens, size_px=_same_shape(track.lens.size_px, _FINE_PIXELS))
        pixels = _grid(small.size_px)
        fewest = np.inf
        for frame in frames:
            pose = track.world_from_camera(frame)
            for k in self._subjects.indices:
                if self._motion.present[frame, k]:
                    index, _, _ = self._caster.first_hits(frame, pose, small, pixels, only=k)
                    fewest = min(fewest, (index > 0).sum() * _as_reference(small.size_px))
        return float(fewest)

    def _shares(self, frame: int, pose: Pose, lens: Lens) -> list[float]:
        """Return the share of each subject's hull points that are seen past all others."""
        sizes = [len(points[frame]) for points in self._subjects.points]
        points = np.concatenate([points[frame] for points in self._subjects.points])
        places = lens.pixels(pose.inverse() @ points)
        index, _, depth = self._caster.first_hits(frame, pose, lens, places)
        distance = -(pose.inverse() @ points)[:, 2]
        owner = np.repeat(np.array(self._subjects.indices) + 1, sizes)
        # A ray just beside the silhouette meets what is behind, or what it stands on.
        seen = (index == owner) | (depth > distance * _BEHIND)
        return [float(part.mean()) for part in np.split(seen, np.cumsum(sizes)[:-1])]


def _same_shape(size_px: tuple[int, int], pixels: int) -> tuple[int, int]:
    """Return a picture size of about so many pixels in all, of the same shape."""
    width, height = size_px
    scale = np.sqrt(pixels / (width * height))
    return max(8, round(width * scale)), max(8, round(height * scale))


def _as_reference(size_px: tuple[int, int]) -> float:
    """Return how many pixels of 512×288 one pixel of a picture stands for."""
    return _REFERENCE_PIXELS / (size_px[0] * size_px[1])


def _grid(size_px: tuple[int, int]) -> Float[Array, "n 2"]:
    across, down = np.meshgrid(np.arange(size_px[0]), np.arange(size_px[1]))
    return np.asarray(np.stack([across.ravel(), down.ravel()], axis=-1), np.float64)


_REFERENCE_PIXELS = 512 * 288
_COARSE_PIXELS = 160 * 90
_FINE_PIXELS = 256 * 144
_BEHIND = 0.985
_LOWEST_M = 0.05
_CLEARANCE_M = 0.12
