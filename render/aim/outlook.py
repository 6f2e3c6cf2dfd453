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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How well subjects can be seen.

    Attributes:
        clear: Mean share of their surface points that nothing else hides, 0…1.
        worst: The least share of any subject at any judged frame.
        free: Whether the lens itself is clear of everything.
    """

    clear: float
    worst: float
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
        shares, free = [], True
        for frame, pose in zip(self.frames, poses, strict=True):
            shares.append(self._shares(frame, pose, lens))
            free = free and self._is_free(frame, pose, lens)
        grid = np.array(shares)
        return Sight(clear=float(grid.mean()), worst=float(grid.min()), free=free)

    def fewest_px(self, track: CameraTrack, frames: list[int]) -> float:
        """Return the fewest visible pixels of any subject at some frames, as of 512×288."""
        small = replace(track.lens, size_px=_same_shape(track.lens.size_px))
        pixels = _grid(small.size_px)
        scale = _REFERENCE_PIXELS / (small.size_px[0] * small.size_px[1])
        fewest = np.inf
        for frame in frames:
            pose = track.world_from_camera(frame)
            index, _, _ = self._caster.first_hits(frame, pose, small, pixels)
            count = np.bincount(index, minlength=len(self._motion.body_ids) + 1)[1:]
            here = [k for k in self._subjects.indices if self._motion.present[frame, k]]
            fewest = min([fewest, *(count[here] * scale)])
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

    def _is_free(self, frame: int, pose: Pose, lens: Lens) -> bool:
        """Return whether nothing stands right before the lens, and the ground is below it."""
        if pose.position[2] < _LOWEST_M:
            return False
        coarse = _grid((_COARSE_PX, _COARSE_PX))
        width, height = lens.size_px
        places = coarse * (np.array([width, height]) - 1) / (_COARSE_PX - 1)
        _, _, depth = self._caster.first_hits(frame, pose, lens, places)
        return bool(depth.min() > _CLEARANCE_M)


def _same_shape(size_px: tuple[int, int]) -> tuple[int, int]:
    width, height = size_px
    scale = np.sqrt(_REFERENCE_PIXELS / 4 / (width * height))
    return max(8, round(width * scale)), max(8, round(height * scale))


def _grid(size_px: tuple[int, int]) -> Float[Array, "n 2"]:
    across, down = np.meshgrid(np.arange(size_px[0]), np.arange(size_px[1]))
    return np.asarray(np.stack([across.ravel(), down.ravel()], axis=-1), np.float64)


_REFERENCE_PIXELS = 512 * 288
_BEHIND = 0.985
_LOWEST_M = 0.05
_CLEARANCE_M = 0.12
_COARSE_PX = 12
