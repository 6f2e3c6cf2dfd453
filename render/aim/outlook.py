"""Which direction sees the subjects best: candidates, judged by lines of sight."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int

from physics.trajectory import Trajectory
from render.aim.cues import motion_frame
from render.aim.subjects import Subjects
from render.camera_track import CameraTrack
from render.truth.surfaces import SurfaceCaster
from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose

ENOUGH_PX = 230.0
"""Pixels at 512×288 that every subject should have, with a little to spare."""

LARGE_SHARE = 0.0115
"""Of the picture, what all of a kind should cover at their best moment, with a little to spare."""


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
        self,
        caster: SurfaceCaster,
        motion: Trajectory,
        subjects: Subjects,
        frames: list[int],
        *,
        kinds: Sequence[Sequence[int]] = (),
        piles: Sequence[Sequence[int]] = (),
    ) -> None:
        """Take up what is looked at, when, and which bodies are of one kind, by column.

        Args:
            caster: Casts the rays.
            motion: How everything moves.
            subjects: What is looked at.
            frames: The frames that are judged, the first one first.
            kinds: Columns of the subjects, by kind.
            piles: Columns of what else may hide its own kind, by kind.
        """
        self._caster = caster
        self._motion = motion
        self._subjects = subjects
        self._kinds, self._piles = kinds, [*kinds, *piles]
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

    def shares_at_start(self, pose: Pose, lens: Lens) -> list[float]:
        """Return which share of everybody's silhouette nothing hides at first (s + o), 0…1.

        That is of each subject, then of the others that have to be seen when the shot begins.

        Silhouettes are looked at where they are, however small, in the picture; what is outside
        of it is hidden. What is piled with its own kind may be hidden by it: nested plates are.

        Args:
            pose: The camera at the first of `self.frames`.
            lens: Its lens.
        """
        frame, inverse = self.frames[0], pose.inverse()
        owners, places = [], []
        clouds = (*(points[frame] for points in self._subjects.points), *self._subjects.beginnings)
        columns = (*self._subjects.indices, *self._subjects.others)
        for k, points in zip(columns, clouds, strict=True):
            if self._motion.present[frame, k]:
                rays = _over_box(lens.pixels(inverse @ points), lens.size_px)
                alone, _, _ = self._caster.first_hits(frame, pose, lens, rays, only=k)
                places.append(rays[alone > 0])
                owners.append(k)
        if not owners:
            return []
        seen, _, _ = self._caster.first_hits(frame, pose, lens, np.concatenate(places))
        ends = np.cumsum([len(rays) for rays in places])
        return [
            float(np.isin(mine, [one + 1 for one in self._pile(k)]).mean()) if len(mine) else 0.0
            for k, mine in zip(owners, np.split(seen, ends[:-1]), strict=True)
        ]

    def _pile(self, k: int) -> list[int]:
        """Return the columns of a body and of those of its kind that stand above or below it."""
        kind = next((kind for kind in self._piles if k in kind), [k])
        here = self._motion.positions[self.frames[0]]
        away = np.linalg.norm((here[list(kind)] - here[k])[:, :2], axis=1)
        return [one for one, far in zip(kind, away.tolist(), strict=True) if far < _PILED_M]

    def worth_px(self, track: CameraTrack) -> tuple[float, float]:
        """Return how large a camera shows its subjects at the judged frames, as two sizes [px].

        The first is the smallest silhouette of any subject, as pixels of 512×288. Only what lies
        in the picture counts; what others hide counts as well, because coming nearer would not
        uncover it. The second is at least `ENOUGH_PX` if, besides, all of a kind together are
        seen on `LARGE_SHARE` of the picture at their best moment, and less in proportion if not.
        """
        small = replace(track.lens, size_px=_same_shape(track.lens.size_px, _FINE_PIXELS))
        pixels = _grid(small.size_px)
        fewest, covered = np.inf, np.zeros((len(self.frames), len(self._motion.body_ids) + 1))
        for row, frame in zip(covered, self.frames, strict=True):
            pose = track.world_from_camera(frame)
            seen, _, _ = self._caster.first_hits(frame, pose, small, pixels)
            row[:] = np.bincount(seen, minlength=len(row)) / len(pixels)
            for k in self._subjects.indices:
                if self._motion.present[frame, k]:
                    index, _, _ = self._caster.first_hits(frame, pose, small, pixels, only=k)
                    fewest = min(fewest, (index > 0).sum() * _as_reference(small.size_px))
        shares = [covered[:, np.array(kind) + 1].sum(axis=1).max() for kind in self._kinds]
        large = ENOUGH_PX * min(shares, default=np.inf) / LARGE_SHARE
        return float(fewest), float(min(fewest, large))

    def is_free(self, track: CameraTrack, frames: range) -> bool:
        """Return whether, at some of the frames, the lens is clear and every actor is seen."""
        return self._is_free(track, frames, np.array(self._subjects.actors, np.int64) + 1)

    def is_clear(self, track: CameraTrack, frames: range) -> bool:
        """Return whether, at some of the frames, the lens is clear and above the ground."""
        return self._is_free(track, frames, np.zeros(0, np.int64))

    def _is_free(self, track: CameraTrack, frames: range, indices: Int[Array, " n"]) -> bool:
        """Return whether the lens is clear and sees some surfaces, by body index."""
        small = replace(track.lens, size_px=_same_shape(track.lens.size_px, _COARSE_PIXELS))
        judged = np.linspace(frames.start, frames.stop - 1, _SAMPLES).round().astype(int)
        for frame in sorted(set(judged.tolist())):
            pose = track.world_from_camera(frame)
            seen, _, depth = self._caster.first_hits(frame, pose, small, _grid(small.size_px))
            clear = depth.min() > _CLEARANCE_M and pose.position[2] > _LOWEST_M
            if not clear or not np.isin(indices, seen).all():
                return False
        return True

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


def telling_frames(motion: Trajectory, interest: range) -> list[int]:
    """Return a few frames that are judged: evenly, and the strongest blow."""
    even = np.linspace(interest.start, interest.stop - 1, _TELLING).round().astype(int)
    frames = set(even.tolist())
    if len(motion.contacts.impulse):
        blow = motion_frame(motion, float(motion.contacts.time[motion.contacts.impulse.argmax()]))
        frames.add(min(blow, interest.stop - 1))
    return sorted(frames)


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


def _over_box(places: Float[Array, "n 2"], size_px: tuple[int, int]) -> Float[Array, "m 2"]:
    """Return a grid over what of the box around places lies in the picture (m 2) [px].

    What is partly behind the camera may cover all of it.
    """
    if not np.isfinite(places).all():
        places = np.array([[-0.5, -0.5], size_px]) - 0.5
    low = np.maximum(places.min(axis=0), -0.5)
    high = np.minimum(places.max(axis=0), np.array(size_px) - 0.5)
    if (high <= low).any():
        return np.zeros((0, 2))
    steps = (np.arange(_RAYS) + 0.5) / _RAYS
    across, down = np.meshgrid(*(low[k] + steps * (high[k] - low[k]) for k in (0, 1)))
    return np.stack([across.ravel(), down.ravel()], axis=-1)


_SAMPLES = 4
_TELLING = 5
_RAYS = 16
"""Rays across a silhouette, and down it."""
_PILED_M = 0.02
"""What is piled stands as exactly above each other [m]."""
_REFERENCE_PIXELS = 512 * 288
_COARSE_PIXELS = 160 * 90
_FINE_PIXELS = 256 * 144
_BEHIND = 0.985
_LOWEST_M = 0.05
_CLEARANCE_M = 0.12
